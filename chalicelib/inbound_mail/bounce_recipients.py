"""Whose mail came back: the address in the words of a delivery report."""

import re

from chalicelib.inbound_mail.bounce_phrases import COPY_BELOW
from chalicelib.inbound_mail.header_fields import HeaderFields

MAX_PROSE_CHARACTERS = 20_000
ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,200}[A-Za-z0-9])?"
)
_BARE_ADDRESS = r"([\w!#$%&*+/=?^`{|}~.-]{1,64}@[\w.-]{1,200}\w)"
# "<jo@example.org>: host ... said" (Postfix, qmail), and an address that has a line for itself.
_OPENS_LINE = re.compile(rf"^[ \t>*]{{0,12}}<{_BARE_ADDRESS}>\s?:", re.MULTILINE)
_ALONE = re.compile(rf"^[ \t]{{0,12}}<?{_BARE_ADDRESS}>?[ \t]*$", re.MULTILINE)
NAMED_RECIPIENT = re.compile(
    r"(?:recipients?(?:\(s\))?(?: address)?|addressed(?: to)?|delivered to|delivery to|deliver(?: it)? to"
    r"|target (?:e-?)?(?:mail )?address|following users?|following address(?:es)?|sent to|addressee|destinataire|empfänger"
    r"|destinatario|destinatário|an die adresse)[^@\w]{0,4}(?:[^@]{0,60}?[\s\"'<(=:])?"
    + _BARE_ADDRESS,
    re.IGNORECASE,
)
_INTERNATIONAL = re.compile(r"[^\s<>(),;:\"']{1,64}@[^\s<>(),;:\"'@]{1,200}")
_IN_BRACKETS = re.compile(rf"<{_BARE_ADDRESS}>")
# "... are not accepting mail from jo@example.com": whose mail it was.
_NAMES_SENDER = re.compile(
    r"\b(?:mail|messages?|sent|received) (?:from|by):?\s{1,3}[<\"']{0,2}\Z", re.IGNORECASE
)
_BARE_NAME = re.compile(
    r"\b(?:recipients?|address(?:es)?|users?)\b[^:\n]{0,120}(?:\n[^:\n]{1,80})?:[ \t]*\n\s{0,20}"
    r"([A-Za-z][\w.+-]{1,40})[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
# Whom the server advises to ask.
_HELPERS = ("postmaster@", "abuse@", "support@", "mailer-daemon@", "helpdesk@", "hostmaster@")
_LIST_HELPERS = ("-owner", "-admin", "-request", "-ctl", "-help", "-subscribe", "-unsubscribe")


def recipient_in_prose(prose: str, own: set[str]) -> str | None:
    """The first foreign address in the prose above the copy of the mail.

    What opens a line in brackets comes first, then what follows the words for a recipient, then
    what stands alone on a line, then any other in brackets, and whom to ask for help last.
    """
    head = _above_copy(prose[:MAX_PROSE_CHARACTERS])
    found = [
        _bare(match.group())
        for match in ADDRESS.finditer(head)
        if not _NAMES_SENDER.search(head, max(0, match.start() - 40), match.start())
    ]
    strangers = [address for address in found if address.lower() not in own]
    wanted = [address for address in strangers if not _is_helper(address.lower())]
    for pattern in (_OPENS_LINE, NAMED_RECIPIENT, _ALONE, _IN_BRACKETS):
        for match in pattern.finditer(head):
            named = address_in(match.group(1))
            if named in wanted:
                return named
    return (wanted + strangers)[0] if strangers else None


def _is_helper(address: str) -> bool:
    return address.startswith(_HELPERS) or address.partition("@")[0].endswith(_LIST_HELPERS)


def bare_recipient(prose: str, domain: str) -> str | None:
    """A mailbox that the server names without its domain, which is the server's own (AOL)."""
    match = _BARE_NAME.search(_above_copy(prose[:MAX_PROSE_CHARACTERS]))
    return f"{match.group(1)}@{domain}" if match and domain else None


def _above_copy(head: str) -> str:
    cut = len(head)
    folded = head.casefold()
    for mark in COPY_BELOW:
        at = folded.find(mark)
        if 0 < at < cut and ADDRESS.search(head, 0, at):
            cut = at
    return head[:cut]


def addresses_of(fields: HeaderFields, names: tuple[str, ...]) -> set[str]:
    """All addresses in fields of these names, lower case."""
    own: set[str] = set()
    for name in names:
        for raw in fields.all_raw(name):
            own.update(found.lower() for found in ADDRESS.findall(fields.decode_raw(raw)[:2_000]))
    return own


def address_in_field(value: str) -> str | None:
    """The first address of a field of a report, which may hold other letters (RFC 6533)."""
    if value.isascii():
        return address_in(value)
    match = _INTERNATIONAL.search(value[:1_000])
    return match.group() if match else None


def address_in(value: str) -> str | None:
    """The first address of a text, or None."""
    match = ADDRESS.search(value[:1_000])
    return _bare(match.group()) if match else None


def _bare(address: str) -> str:
    """Without the quote in front of it, and without the ``SMTP=`` of X.400 gateways."""
    address = address.lstrip("'")
    return address[5:] if address[:5].upper() == "SMTP=" else address
