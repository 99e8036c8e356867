"""Delivery reports: standard ones (RFC 3464), complaints (RFC 5965), and servers' own prose."""

import re
from dataclasses import dataclass

from chalicelib.inbound_mail.addresses import parse_addresses
from chalicelib.inbound_mail.automatic import auto_subject
from chalicelib.inbound_mail.bounce_phrases import (
    BODIES,
    COMPLAINT_HEADERS,
    COMPLAINT_SUBJECTS,
    COPY_BELOW,
    DAEMONS,
    POSTMASTERS,
    SUBJECTS,
    SUCCESSES,
)
from chalicelib.inbound_mail.header_fields import HeaderFields, split_headers
from chalicelib.inbound_mail.header_text import decode_words
from chalicelib.inbound_mail.identifiers import id_list, message_id
from chalicelib.inbound_mail.parts import Part, walk

_MAX_REPORT_BYTES = 200_000
_MAX_PROSE_CHARACTERS = 20_000
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(r"(?<![\d.])([45])[0-5]\d[ -]")
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,200}[A-Za-z0-9])?"
)
_TYPED = re.compile(r"^\s*(?:rfc822|utf-8|smtp|x-[\w-]+|system|unknown)?\s*;\s*", re.IGNORECASE)
_ENCLOSED_ID = re.compile(r"^\s*message-id:\s*<([^<>\s]{3,300})>", re.IGNORECASE | re.MULTILINE)
_MAX_ENCLOSED = 5
_MAX_OPENING = 1_500
_BARE_ADDRESS = r"([\w!#$%&*+/=?^`{|}~.-]{1,64}@[\w.-]{1,200}\w)"
# "<jo@example.org>: host ... said" (Postfix, qmail), and an address that has a line for itself.
_OPENS_LINE = re.compile(rf"^[ \t>*]{{0,12}}<{_BARE_ADDRESS}>\s?:", re.MULTILINE)
_ALONE = re.compile(rf"^[ \t]{{0,12}}<?{_BARE_ADDRESS}>?[ \t]*$", re.MULTILINE)
_NAMED_RECIPIENT = re.compile(
    r"(?:recipients?(?:\(s\))?(?: address)?|addressed to|delivered to|delivery to|deliver(?: it)? to"
    r"|following users?|following address(?:es)?|sent to|addressee|destinataire|empfänger"
    r"|destinatario|destinatário|an die adresse)[^@\w]{0,4}(?:[^@]{0,60}?[\s\"'<(=:])?"
    + _BARE_ADDRESS,
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(rf"<{_BARE_ADDRESS}>")
# Whom the server advises to ask.
_HELPERS = ("postmaster@", "abuse@", "support@", "mailer-daemon@", "helpdesk@", "hostmaster@")


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a delivery report says."""

    recipient: str | None
    status: str
    original_ids: tuple[str, ...]
    is_complaint: bool


def find_bounce(root: Part, fields: HeaderFields, author: str, prose: str) -> Bounce | None:
    """The delivery report that a mail is, or None when it is none.

    Args:
        root: the mail's parts.
        fields: the mail's header fields.
        author: the sender's address, or name when there is no address.
        prose: the mail's text.
    """
    parts = walk(root)[:60]
    complaint = _is_complaint(parts, fields)
    if (
        not complaint
        and not _is_report(root, parts)
        and not _is_prose(parts, fields, author, prose)
    ):
        return None
    report = _report_fields(parts)
    status = _status(report, prose)
    if not complaint and _was_delivered(report):
        return None
    recipient = _reported_recipient(report) or _recipient_in_headers(fields)
    if recipient is None and complaint:
        recipient = _complained_recipient(parts, fields)
    if recipient is None:
        recipient = (
            _recipient_in_prose(prose, _addresses_of(fields, _OUR_FIELDS + _DELIVERY_FIELDS))
            or _recipient_in_prose(prose, _addresses_of(fields, _OUR_FIELDS))
            or _recipient_of_enclosed(parts)
        )
    return Bounce(recipient, status, _original_ids(parts, prose), complaint)


def _is_report(root: Part, parts: list[Part]) -> bool:
    if root.content_type.startswith("multipart/"):
        # Virus gateways turn the report into a multipart/mixed and leave the parameter.
        kind = root.parameter("report-type").lower()
        if kind in ("disposition-notification", "feedback-report"):
            return False
        if kind == "delivery-status":
            return True
    return any(part.content_type == "message/delivery-status" and part.depth <= 2 for part in parts)


def _is_prose(parts: list[Part], fields: HeaderFields, author: str, prose: str) -> bool:
    """A report in a server's own words. Needs a machine's sender and words of failure."""
    if fields.raw("x-failed-recipients") and not fields.raw("in-reply-to"):
        return True
    subject = fields.text("subject").casefold()
    if auto_subject(subject):
        return False
    head = prose[:_MAX_PROSE_CHARACTERS].casefold()
    sender = f"{author} {fields.text('from')}".casefold()
    about_failure = any(phrase in subject for phrase in SUBJECTS)
    in_body = any(phrase in head for phrase in BODIES)
    if any(word in sender for word in DAEMONS):
        return about_failure or in_body or _is_daemon_itself(author, subject, head)
    if any(word in sender for word in POSTMASTERS) or _is_null_path(fields):
        has_code = bool(_STATUS.search(head) or _REPLY_CODE.search(head))
        names_somebody = _ADDRESS.search(head) is not None
        return (about_failure and (in_body or names_somebody)) or (in_body and has_code)
    # No machine's name, but the mail that came back is there; or nobody's name, no mail answered,
    # and a server's first words with the address that failed.
    returned = any(part.content_type == "message/rfc822" for part in parts)
    nameless = not _display_name(fields) and not fields.raw("in-reply-to")
    opening = prose[:_MAX_OPENING]
    named = nameless and _NAMED_RECIPIENT.search(opening) is not None
    return about_failure and in_body and (returned or named)


def _is_daemon_itself(author: str, subject: str, head: str) -> bool:
    """A mail of ``mailer-daemon@`` that does not report a success."""
    local = author.rpartition("@")[0].casefold()
    return local in ("mailer-daemon", "mailer_daemon") and not any(
        word in subject or word in head[:_MAX_OPENING] for word in SUCCESSES
    )


def _display_name(fields: HeaderFields) -> str:
    """The display name in From, or an empty string."""
    boxes = parse_addresses(fields.plain("from"), fields.decode)
    return boxes[0].name if boxes else ""


def _is_null_path(fields: HeaderFields) -> bool:
    path = fields.plain("return-path").strip().lower()
    return path in ("<>", "<mailer-daemon>", "<mailer_daemon>")


def _is_complaint(parts: list[Part], fields: HeaderFields) -> bool:
    if any(part.content_type == "message/feedback-report" for part in parts):
        return True
    if any(fields.raw(name) for name in COMPLAINT_HEADERS):
        return True
    subject = fields.text("subject").casefold()
    enclosed = any(part.content_type in ("message/rfc822", "text/rfc822-headers") for part in parts)
    return enclosed and subject.startswith(COMPLAINT_SUBJECTS)


def _report_fields(parts: list[Part]) -> list[HeaderFields]:
    """The blocks of the machine-readable part: one per message, one per recipient."""
    blocks: list[HeaderFields] = []
    for part in parts:
        if part.content_type not in ("message/delivery-status", "message/feedback-report"):
            continue
        content, _ = part.content()
        data = content[:_MAX_REPORT_BYTES].lstrip(b"\r\n")
        position = 0
        while position < len(data) and len(blocks) < 100:
            fields, following = split_headers(data, position, len(data))
            if following <= position:
                break
            position = following
            blocks.append(fields)
    return blocks


def _was_delivered(report: list[HeaderFields]) -> bool:
    actions = {fields.plain("action").split("(")[0].strip().lower() for fields in report} - {""}
    return bool(actions) and actions <= {"delivered", "relayed", "expanded"}


# The address that we wrote to comes first: behind an alias the final one is unknown to us.
_RECIPIENT_FIELDS = (
    "original-recipient",
    "final-recipient",
    "x-actual-recipient",
    "original-rcpt-to",
    "removal-recipient",
)


def _reported_recipient(report: list[HeaderFields]) -> str | None:
    failed = [fields for fields in report if fields.plain("action").strip().lower() == "failed"]
    for block in failed + report:
        for name in _RECIPIENT_FIELDS:
            found = _address_in(_TYPED.sub("", decode_words(block.plain(name))))
            if found:
                return found
    return None


def _recipient_in_headers(fields: HeaderFields) -> str | None:
    return _address_in(fields.plain("x-failed-recipients"))


def _complained_recipient(parts: list[Part], fields: HeaderFields) -> str | None:
    direct = _address_in(fields.plain("x-hmxmroriginalrecipient"))
    return direct or _recipient_of_enclosed(parts)


def _recipient_of_enclosed(parts: list[Part]) -> str | None:
    for enclosed in _enclosed(parts):
        for name in ("to", "x-original-to", "delivered-to", "cc"):
            found = _address_in(enclosed.plain(name))
            if found:
                return found
    return None


def _recipient_in_prose(prose: str, own: set[str]) -> str | None:
    """The first foreign address in the prose above the copy of the mail.

    What opens a line in brackets comes first, then what follows the words for a recipient, then
    what stands alone on a line, then any other in brackets, and whom to ask for help last.
    """
    head = _above_copy(prose[:_MAX_PROSE_CHARACTERS])
    found = [_bare(address) for address in _ADDRESS.findall(head)]
    strangers = [address for address in found if address.lower() not in own]
    wanted = [address for address in strangers if not address.lower().startswith(_HELPERS)]
    for pattern in (_OPENS_LINE, _NAMED_RECIPIENT, _ALONE, _IN_BRACKETS):
        for match in pattern.finditer(head):
            named = _address_in(match.group(1))
            if named in wanted:
                return named
    return (wanted + strangers)[0] if strangers else None


def _above_copy(head: str) -> str:
    cut = len(head)
    folded = head.casefold()
    for mark in COPY_BELOW:
        at = folded.find(mark)
        if 0 < at < cut and _ADDRESS.search(head, 0, at):
            cut = at
    return head[:cut]


# The report's own ends; and where it was delivered, which with a local server can be the address
# that failed.
_OUR_FIELDS = ("from", "to", "reply-to", "return-path", "sender")
_DELIVERY_FIELDS = ("delivered-to", "x-original-to", "envelope-to")


def _addresses_of(fields: HeaderFields, names: tuple[str, ...]) -> set[str]:
    own: set[str] = set()
    for name in names:
        for raw in fields.all_raw(name):
            own.update(found.lower() for found in _ADDRESS.findall(fields.decode_raw(raw)[:2_000]))
    return own


def _address_in(value: str) -> str | None:
    match = _ADDRESS.search(value[:1_000])
    return _bare(match.group()) if match else None


def _bare(address: str) -> str:
    """Without the quote in front of it, and without the ``SMTP=`` of X.400 gateways."""
    address = address.lstrip("'")
    return address[5:] if address[:5].upper() == "SMTP=" else address


def _status(report: list[HeaderFields], prose: str) -> str:
    for fields in report:
        for name in ("status", "diagnostic-code"):
            match = _STATUS.search(fields.plain(name))
            if match and not match.group(1).endswith(".0.0"):
                return match.group(1)
    head = prose[:_MAX_PROSE_CHARACTERS]
    match = _STATUS.search(head)
    if match:
        return match.group(1)
    code = _REPLY_CODE.search(head)
    return f"{code.group(1)}.0.0" if code else ""


def _enclosed(parts: list[Part]) -> list[HeaderFields]:
    """Header fields of the mails enclosed, whole or only their headers."""
    found = []
    for part in parts:
        if part.content_type in (
            "message/rfc822",
            "text/rfc822-headers",
            "message/global",
            "message/partial",
            "message/global-headers",
        ):
            content, _ = part.content()
            found.append(split_headers(content.lstrip(b"\r\n"), 0, len(content))[0])
    return found[:_MAX_ENCLOSED]


def _original_ids(parts: list[Part], prose: str) -> tuple[str, ...]:
    """Ids by which the mail that came back can be found: its own first, then what it answered."""
    ids: list[str] = []
    for enclosed in _enclosed(parts):
        own = message_id(enclosed)
        ids += [own] if own else []
        ids += id_list(enclosed, "references")
    ids += _ENCLOSED_ID.findall(prose[:_MAX_REPORT_BYTES])
    return tuple(dict.fromkeys(ids))
