"""Bytes of a mail into an ``InboundMail``: pure, no I/O, and no exception on any bytes.

What is wrong with a mail becomes a name in ``defects``; what cannot be read at all still becomes a
mail, so that a ticket can be made and nobody's letter is lost.
"""

from dataclasses import replace

from chalicelib.domain.inbound_mail import InboundMail, MailAddress, MailAttachment
from chalicelib.html.clean import clean_html
from chalicelib.inbound_mail.addresses import addresses
from chalicelib.inbound_mail.answerable import (
    Confirmation,
    asks_no_answer,
    forwarding_confirmation,
)
from chalicelib.inbound_mail.attachments import MAX_ATTACHMENTS, file_of_bytes
from chalicelib.inbound_mail.automatic import is_auto_reply, is_list_mail, shown_headers
from chalicelib.inbound_mail.bodies import charset_hints, clean_text, sort_parts
from chalicelib.inbound_mail.bounces import Bounce, find_bounce
from chalicelib.inbound_mail.forwards import Forwarder, find_forward
from chalicelib.inbound_mail.header_fields import HeaderFields
from chalicelib.inbound_mail.identifiers import id_list, mail_date, mail_zone, message_id
from chalicelib.inbound_mail.language import guess_language
from chalicelib.inbound_mail.parts import Part, parse_parts, walk
from chalicelib.inbound_mail.sealed import ENCRYPTED_TEXT, seal_of
from chalicelib.inbound_mail.sender import find_author
from chalicelib.inbound_mail.special_parts import open_signed, read_files
from chalicelib.inbound_mail.visible import Visible, read_bodies, visible_of, visible_reply

__all__ = ["InboundMail", "MailAddress", "MailAttachment", "parse_mail"]

MAX_MAIL_BYTES = 40 * 1024 * 1024
_UNREADABLE_SHOWN_BYTES = 65_536
_UNREADABLE_SEALS = ("encrypted-pgp", "encrypted-smime")
_NOT_ASKED = Confirmation("", "")
_NO_BOUNCE = Bounce(None, "", (), is_complaint=False)


def parse_mail(raw: bytes) -> InboundMail:
    """Read a mail as it came over the wire.

    Never raises: faults become ``defects``, and a mail that cannot be understood becomes one whose
    text is what could be made of its bytes. Work and memory are bounded whatever the bytes are.
    """
    defects: list[str] = []
    if len(raw) > MAX_MAIL_BYTES:
        raw = raw[:MAX_MAIL_BYTES]
        defects.append("mail-truncated")
    return _read(raw, defects, enclosed=False)


def _read_enclosed(raw: bytes) -> InboundMail:
    """A mail inside another; what it encloses itself is left alone."""
    return _read(raw.lstrip(b"\r\n"), [], enclosed=True)


def _read(raw: bytes, defects: list[str], *, enclosed: bool) -> InboundMail:
    try:
        return _parse(raw, defects, enclosed=enclosed)
    except Exception as error:  # noqa: BLE001 - the promise: a fault here must not lose a mail
        return _unreadable(raw, [*defects, f"unreadable-{type(error).__name__}"])


def _parse(raw: bytes, defects: list[str], *, enclosed: bool) -> InboundMail:
    if b"\n" not in raw and b"\r" in raw:
        raw = raw.replace(b"\r", b"\n")
        defects.append("line-ends-are-cr")
    root = parse_parts(raw, defects)
    open_signed(root, defects)
    parts = walk(root)
    hints = charset_hints(parts)
    root.fields.set_charset_hints(hints)
    bodies = sort_parts(root)
    files = read_files(bodies.files, hints, defects)
    visible = read_bodies(bodies, hints, defects)
    seal = seal_of(parts, visible.text)
    if seal:
        defects.append(seal)
    if not visible.text.strip():
        spare = files.spare_text or (ENCRYPTED_TEXT if seal in _UNREADABLE_SEALS else "")
        visible = visible_of(spare, files.spare_html)
    for name, content in visible.inline_files:
        files.attachments.append(file_of_bytes(name, content))
    mail = _assemble(root, visible, files.attachments, defects)
    if enclosed or mail.is_bounce:
        return mail
    zone = mail_zone(root.fields)
    by = Forwarder(mail.subject, mail.from_address, mail.from_name, mail.date, zone)
    forwarded = find_forward(by, visible, parts, _read_enclosed)
    address = forwarded.address if forwarded else ""
    return replace(mail, forwarded=forwarded, forwarded_from=address or None)


def _assemble(
    root: Part, visible: Visible, files: list[MailAttachment], defects: list[str]
) -> InboundMail:
    fields = root.fields
    author = find_author(fields, defects)
    subject = fields.text("subject")
    bounce = find_bounce(root, fields, author.address or author.name, visible.text)
    report = bounce or _NO_BOUNCE
    return_path = _return_path(fields)
    auto = is_auto_reply(fields, root, subject) or (return_path == "<>" and bounce is None)
    asked = forwarding_confirmation(author.address, subject, visible.text)
    reply = visible.text.strip() if bounce else visible_reply(visible, author.signs_as())
    return InboundMail(
        from_address=author.address,
        from_name=author.name,
        header_from=author.header_from,
        sender=addresses(fields, "sender", defects),
        to=addresses(fields, "to", defects),
        cc=addresses(fields, "cc", defects),
        reply_to=addresses(fields, "reply-to", defects),
        return_path=return_path,
        subject=subject,
        message_id=message_id(fields),
        in_reply_to=id_list(fields, "in-reply-to"),
        references=id_list(fields, "references"),
        date=mail_date(fields, defects),
        text=visible.text,
        reply_text=reply,
        html=visible.html,
        html_clean=clean_html(visible.html) if visible.html else "",
        attachments=tuple(files[:MAX_ATTACHMENTS]),
        is_auto_reply=auto,
        is_bounce=bounce is not None,
        is_complaint=report.is_complaint,
        bounced_recipient=report.recipient,
        bounce_status=report.status,
        bounced_ids=report.original_ids,
        is_list=is_list_mail(fields),
        forwarded_from=None,
        language=guess_language((reply, visible.text), fields.plain("content-language")),
        headers=shown_headers(fields),
        received_count=fields.count("received"),
        defects=tuple(dict.fromkeys(defects)),
        asks_no_answer=auto
        or bounce is not None
        or asks_no_answer(fields, author.address, return_path),
        is_forwarding_confirmation=asked is not None,
        confirmation_code=(asked or _NOT_ASKED).code,
        confirmation_url=(asked or _NOT_ASKED).url,
    )


def _return_path(fields: HeaderFields) -> str:
    value = fields.plain("return-path").strip()
    if not value:
        return ""
    inside = value.strip("<> ")
    return inside or "<>"


def _unreadable(raw: bytes, defects: list[str]) -> InboundMail:
    """A mail of which only the bytes are sure."""
    text = clean_text(raw[:_UNREADABLE_SHOWN_BYTES].decode("utf-8", "replace"))
    return InboundMail(
        from_address="",
        from_name="",
        header_from="",
        sender=(),
        to=(),
        cc=(),
        reply_to=(),
        return_path="",
        subject="",
        message_id="",
        in_reply_to=(),
        references=(),
        date=None,
        text=text,
        reply_text=text,
        html="",
        html_clean="",
        attachments=(),
        is_auto_reply=False,
        is_bounce=False,
        is_complaint=False,
        bounced_recipient=None,
        bounce_status="",
        bounced_ids=(),
        is_list=False,
        forwarded_from=None,
        language=None,
        headers={},
        received_count=0,
        defects=tuple(dict.fromkeys(defects)),
    )
