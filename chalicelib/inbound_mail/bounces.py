"""Delivery reports: standard ones (RFC 3464), complaints (RFC 5965), and servers' own prose."""

import re
from dataclasses import dataclass

from chalicelib.inbound_mail.addresses import parse_addresses
from chalicelib.inbound_mail.automatic import auto_subject, is_list_mail
from chalicelib.inbound_mail.bounce_phrases import (
    BODIES,
    COMPLAINT_HEADERS,
    COMPLAINT_SUBJECTS,
    DAEMONS,
    FORWARD_PREFIXES,
    LIST_MANAGERS,
    LIST_REFUSALS,
    POSTMASTERS,
    SUBJECTS,
    SUCCESSES,
)
from chalicelib.inbound_mail.bounce_recipients import (
    ADDRESS,
    MAX_PROSE_CHARACTERS,
    NAMED_RECIPIENT,
    address_in,
    address_in_field,
    addresses_of,
    bare_recipient,
    recipient_in_prose,
)
from chalicelib.inbound_mail.header_fields import HeaderFields, split_headers
from chalicelib.inbound_mail.header_text import decode_words
from chalicelib.inbound_mail.parts import Part, walk
from chalicelib.inbound_mail.returned_mail import (
    MAX_PARTS,
    enclosed_report,
    original_ids,
    recipient_of_enclosed,
)

_MAX_REPORT_BYTES = 200_000
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(r"(?<![\d.])([45])[0-5]\d[ -]")
_TYPED = re.compile(r"^\s*(?:rfc822|utf-8|smtp|x-[\w-]+|system|unknown)?\s*;\s*", re.IGNORECASE)
_DELETED_BY_SERVER = re.compile(
    rb"^disposition:[ \t]*automatic-action/mdn-sent-automatically;[ \t]*(?:deleted|denied|failed)",
    re.IGNORECASE | re.MULTILINE,
)
_REPORT_TYPES = (
    "message/delivery-status",
    "message/feedback-report",
    "message/disposition-notification",
)
_SERVERS = ("postmaster@", "mailer-daemon@", "mailer_daemon@")
# Reports about a mail that nobody complains of (RFC 6591, RFC 6430).
_NO_COMPLAINTS = ("auth-failure", "not-spam")
_MAX_OPENING = 1_500


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
    parts = walk(root)[:MAX_PARTS]
    complaint = _is_complaint(parts, fields)
    if (
        not complaint
        and not _is_report(root, parts)
        and not _is_rejection(parts, author)
        and not _is_prose(parts, fields, author, prose)
    ):
        return None
    report = _report_fields(parts)
    if not report and not complaint:
        parts = parts + enclosed_report(parts)
        report = _report_fields(parts)
    status = _status(report, prose)
    if not complaint and _was_delivered(report):
        return None
    recipient = _reported_recipient(report) or _recipient_in_headers(fields)
    if recipient is None and complaint:
        recipient = _complained_recipient(parts, fields)
    if recipient is None:
        recipient = (
            recipient_in_prose(prose, addresses_of(fields, _OUR_FIELDS + _DELIVERY_FIELDS))
            or recipient_in_prose(prose, addresses_of(fields, _OUR_FIELDS))
            or bare_recipient(prose, author.rpartition("@")[2])
            or recipient_of_enclosed(parts)
        )
    return Bounce(recipient, status, original_ids(parts, report, prose), complaint)


def _is_report(root: Part, parts: list[Part]) -> bool:
    if any(part.content_type == "message/feedback-report" for part in parts):
        return True
    if root.content_type.startswith("multipart/"):
        # Virus gateways turn the report into a multipart/mixed and leave the parameter.
        kind = root.parameter("report-type").lower()
        if kind in ("disposition-notification", "feedback-report"):
            return False
        if kind == "delivery-status":
            return True
    return any(part.content_type == "message/delivery-status" and part.depth <= 2 for part in parts)


def _is_rejection(parts: list[Part], author: str) -> bool:
    """A server's own refusal in the form of a read receipt (Sieve's ``reject``, RFC 5429).

    People's programs write "deleted" too, when a mail was deleted unread: those come from people.
    """
    if not author.casefold().startswith(_SERVERS):
        return False
    notes = [part for part in parts if part.content_type == "message/disposition-notification"]
    return any(_DELETED_BY_SERVER.search(note.content()[0][:_MAX_REPORT_BYTES]) for note in notes)


def _is_prose(parts: list[Part], fields: HeaderFields, author: str, prose: str) -> bool:
    """A report in a server's own words. Needs a machine's sender and words of failure."""
    if fields.raw("x-failed-recipients") and not fields.raw("in-reply-to"):
        return True
    subject = fields.text("subject").casefold()
    if auto_subject(subject):
        return False
    head = prose[:MAX_PROSE_CHARACTERS].casefold()
    sender = f"{author} {fields.text('from')}".casefold()
    if any(word in sender for word in DAEMONS):
        failed = any(word in subject for word in SUBJECTS) or any(word in head for word in BODIES)
        return failed or _is_daemon_itself(author, subject, head)
    is_null_path = _is_null_path(fields)
    if subject.startswith(FORWARD_PREFIXES) and not is_null_path:
        return False
    if is_null_path or any(word in sender for word in POSTMASTERS):
        return _is_postmasters(subject, head)
    return _is_list_refusal(fields, sender, head) or _is_nobodys(parts, fields, subject, prose)


def _is_list_refusal(fields: HeaderFields, sender: str, head: str) -> bool:
    """A list's answer to somebody who may not write to it; people have such addresses, too."""
    if not any(word in sender for word in LIST_MANAGERS):
        return False
    is_machine = is_list_mail(fields) or bool(fields.raw("auto-submitted"))
    return is_machine and any(phrase in head[:_MAX_OPENING] for phrase in LIST_REFUSALS)


def _is_postmasters(subject: str, head: str) -> bool:
    about_failure = any(phrase in subject for phrase in SUBJECTS)
    in_body = any(phrase in head for phrase in BODIES)
    has_code = bool(_STATUS.search(head) or _REPLY_CODE.search(head))
    names_somebody = ADDRESS.search(head) is not None
    return (about_failure and (in_body or names_somebody)) or (in_body and has_code)


def _is_nobodys(parts: list[Part], fields: HeaderFields, subject: str, prose: str) -> bool:
    """Nobody's name, no mail answered, words of failure and the mail that came back or its address."""
    if _display_name(fields) or fields.raw("in-reply-to"):
        return False
    head = prose[:MAX_PROSE_CHARACTERS].casefold()
    if not any(word in subject for word in SUBJECTS) or not any(word in head for word in BODIES):
        return False
    returned = any(part.content_type == "message/rfc822" for part in parts)
    return returned or NAMED_RECIPIENT.search(prose[:_MAX_OPENING]) is not None


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
    feedback = [part for part in parts if part.content_type == "message/feedback-report"]
    if feedback:
        kinds = [block.plain("feedback-type").strip().lower() for block in _report_fields(feedback)]
        return not any(kind in _NO_COMPLAINTS for kind in kinds)
    if any(fields.raw(name) for name in COMPLAINT_HEADERS):
        return True
    subject = fields.text("subject").casefold()
    enclosed = any(part.content_type in ("message/rfc822", "text/rfc822-headers") for part in parts)
    return enclosed and subject.startswith(COMPLAINT_SUBJECTS)


def _report_fields(parts: list[Part]) -> list[HeaderFields]:
    """The blocks of the machine-readable part: one per message, one per recipient."""
    blocks: list[HeaderFields] = []
    for part in parts:
        if part.content_type not in _REPORT_TYPES:
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
            found = address_in_field(_TYPED.sub("", decode_words(block.plain(name))))
            if found:
                return found
    return None


def _recipient_in_headers(fields: HeaderFields) -> str | None:
    return address_in_field(fields.text("x-failed-recipients"))


def _complained_recipient(parts: list[Part], fields: HeaderFields) -> str | None:
    direct = address_in(fields.plain("x-hmxmroriginalrecipient"))
    return direct or recipient_of_enclosed(parts)


# The report's own ends; and where it was delivered, which with a local server can be the address
# that failed.
_OUR_FIELDS = ("from", "to", "reply-to", "return-path", "sender")
_DELIVERY_FIELDS = ("delivered-to", "x-original-to", "envelope-to")


def _status(report: list[HeaderFields], prose: str) -> str:
    for fields in report:
        for name in ("status", "diagnostic-code"):
            match = _STATUS.search(fields.plain(name))
            if match and not match.group(1).endswith(".0.0"):
                return match.group(1)
    head = prose[:MAX_PROSE_CHARACTERS]
    match = _STATUS.search(head)
    if match:
        return match.group(1)
    code = _REPLY_CODE.search(head)
    return f"{code.group(1)}.0.0" if code else ""
