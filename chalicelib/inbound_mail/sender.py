"""Who wrote the mail: From, or what has to stand in for it, and how sure that is."""

import re
from dataclasses import dataclass

from chalicelib.domain.inbound_mail import MailAddress
from chalicelib.inbound_mail.addresses import addresses, parse_addresses
from chalicelib.inbound_mail.header_fields import HeaderFields

# In this order when From says nothing. Return-Path last: for a list it is the list's.
# "Jo Doe via lamps": how lists name the author beside their own address.
_VIA = re.compile(r"['\"]?(.{1,100}?)['\"]? (?:via|por meio de|über|através de) .{1,100}\Z")
_LIST_FIELDS = ("x-mailman-version", "list-id", "list-post", "x-beenthere", "mailing-list")
_QUOTED = re.compile(r'"[^"]{0,500}"')
_TWO_DOMAINS = re.compile(r"[^\s<>(),;:@]@[^\s<>(),;:@]{1,255}@")
_COMMENT_INSIDE = re.compile(r"<[^<>(]{0,300}\([^<>()]{0,200}@")
_STAND_INS = ("reply-to", "sender", "x-original-from", "x-envelope-from", "return-path")


@dataclass(frozen=True, slots=True)
class Author:
    """The sender as shown, and the address that authentication is about."""

    address: str
    name: str
    header_from: str

    def signs_as(self) -> str:
        """The name that a signature may consist of; out of the address when there is no other."""
        if self.name and "@" not in self.name:
            return self.name
        return re.sub(r"[._+\d-]+", " ", self.address.partition("@")[0]).strip()


def find_author(fields: HeaderFields, defects: list[str]) -> Author:
    """Who wrote the mail, with a defect for everything that makes it doubtful."""
    written = [box for box in addresses(fields, "from", defects) if _is_plausible(box)]
    if fields.count("from") > 1:
        defects.append("from-repeated")
    if len(written) > 1:
        defects.append("from-ambiguous")
    if not written:
        return _stand_in(fields, defects)
    first = written[0]
    single = len(written) == 1 and fields.count("from") == 1
    header_from = first.address if single else ""
    if _names_another_address(first):
        defects.append("from-name-is-an-address")
    if _is_glued(fields):
        defects.append("from-ambiguous")
        header_from = ""
    rewritten = _behind_list(fields, first)
    if rewritten is not None:
        defects.append("from-rewritten-by-list")
        return Author(rewritten.address, rewritten.name or first.name, first.address)
    return Author(first.address, first.name, header_from)


def _is_plausible(box: MailAddress) -> bool:
    local, _, domain = box.address.partition("@")
    return bool(local and domain) and not domain.startswith((".", "-"))


def _names_another_address(box: MailAddress) -> bool:
    """``"boss@company.example" <someone@else.example>``: the name poses as an address."""
    claimed = parse_addresses(box.name.replace(",", " ")) if "@" in box.name else []
    return any(claim.address.lower() != box.address.lower() for claim in claimed)


def _is_glued(fields: HeaderFields) -> bool:
    """``a@good.example<b@evil.example>`` and ``<a@good.example@evil.example>``."""
    value = _QUOTED.sub("", fields.plain("from"))
    if value.count("@") < 2:
        return False
    if _TWO_DOMAINS.search(value) or _COMMENT_INSIDE.search(value):
        return True
    head = value.partition("<")[0]
    return "@" in head and "<" in value and not head.endswith((" ", "\t"))


def _behind_list(fields: HeaderFields, written: MailAddress) -> MailAddress | None:
    """The author when a mailing list has put its own address into From.

    Google Groups and Mailman do so for domains with a strict DMARC policy. They keep the author in
    X-Original-From or X-MailFrom, and most in Reply-To. Two signs are needed: two of these fields
    that agree, or one of them with a list's "Jo via lamps" in a list's mail. What is found differs
    from From, so it never counts as authenticated.
    """
    kept = _first_of(fields, ("x-original-from", "x-mailfrom"))
    answers = _first_of(fields, ("reply-to",))
    if kept is None or kept.address.lower() == written.address.lower():
        kept = None
    elif answers is not None and answers.address.lower() == kept.address.lower():
        return kept
    name = _VIA.match(written.name)
    if name is None or not any(fields.raw(field) for field in _LIST_FIELDS):
        return None
    if kept is None and answers is not None and not _same_domain(answers, written):
        kept = answers
    return MailAddress(kept.address, kept.name or name.group(1)) if kept else None


def _first_of(fields: HeaderFields, names: tuple[str, ...]) -> MailAddress | None:
    for name in names:
        for box in parse_addresses(fields.plain(name), fields.decode):
            return box
    return None


def _same_domain(one: MailAddress, other: MailAddress) -> bool:
    return one.address.rpartition("@")[2] == other.address.rpartition("@")[2]


def _stand_in(fields: HeaderFields, defects: list[str]) -> Author:
    defects.append("from-unreadable" if fields.raw("from") else "from-missing")
    name = _name_of_unreadable(fields)
    for header in _STAND_INS:
        for raw in fields.all_raw(header):
            boxes = parse_addresses(fields.decode_raw(raw), fields.decode)
            if boxes and _is_plausible(boxes[0]):
                return Author(boxes[0].address, boxes[0].name or name, "")
    return Author("", name, "")


def _name_of_unreadable(fields: HeaderFields) -> str:
    return fields.text("from").strip(" <>\"'")[:200]
