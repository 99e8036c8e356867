"""Files of a mail, with the envelopes opened that hide some: winmail.dat, signatures, invitations."""

from dataclasses import dataclass, field

from chalicelib.domain.inbound_mail import MailAttachment
from chalicelib.inbound_mail.attachments import MAX_ATTACHMENTS, attachment, file_of_bytes
from chalicelib.inbound_mail.calendar_text import calendar_text
from chalicelib.inbound_mail.charsets import decode_text
from chalicelib.inbound_mail.parts import MAX_DEPTH, Part, parse_parts, walk
from chalicelib.inbound_mail.sealed import PKCS7_TYPES, signed_content
from chalicelib.inbound_mail.tnef import TNEF_TYPES, open_tnef

_MAX_CALENDAR_BYTES = 500_000


@dataclass(slots=True)
class Files:
    """The files of a mail, and a text for it in case it has none of its own."""

    attachments: list[MailAttachment] = field(default_factory=list)
    spare_text: str = ""
    spare_html: str = ""


def open_signed(root: Part, defects: list[str]) -> None:
    """Put the content of an opaque S/MIME signature in the place of the part that wraps it."""
    for part in walk(root)[:50]:
        if part.content_type not in PKCS7_TYPES or part.depth >= MAX_DEPTH - 1:
            continue
        if part.parameter("smime-type").lower() not in ("", "signed-data"):
            continue
        content = signed_content(part.content()[0])
        if content is not None:
            inner = parse_parts(content, defects)
            part.children = [inner]
            part.content_type = "multipart/mixed"
            defects.append("signed-smime")
            return


def read_files(parts: list[Part], hints: tuple[str, ...], defects: list[str]) -> Files:
    """All files, at most 100; envelopes that can be opened are replaced by what is in them."""
    files = Files()
    for number, part in enumerate(parts[:MAX_ATTACHMENTS], start=1):
        if part.content_type == "text/calendar" and not files.spare_text:
            files.spare_text = _calendar(part, hints)
        if not _is_tnef(part) or not _open_tnef(part, files):
            files.attachments.append(attachment(part, number, hints, defects))
    if len(parts) > MAX_ATTACHMENTS or len(files.attachments) > MAX_ATTACHMENTS:
        defects.append("attachments-truncated")
    return files


def _calendar(part: Part, hints: tuple[str, ...]) -> str:
    content, _ = part.content()
    charset = part.parameter("charset") or "utf-8"
    return calendar_text(decode_text(content[:_MAX_CALENDAR_BYTES], charset, hints)[0])


def _is_tnef(part: Part) -> bool:
    if part.content_type in TNEF_TYPES:
        return True
    return part.parameter("name").lower() == "winmail.dat"


def _open_tnef(part: Part, files: Files) -> bool:
    """Whether the envelope could be opened; an empty one is kept as it is."""
    opened = open_tnef(part.content()[0])
    if opened is None or not (opened.files or opened.text or opened.html):
        return False
    files.spare_text = files.spare_text or opened.text
    files.spare_html = files.spare_html or opened.html
    for number, file in enumerate(opened.files, start=1):
        files.attachments.append(
            file_of_bytes(
                file.name,
                file.content,
                content_type=file.content_type,
                content_id=file.content_id,
                number=number,
            )
        )
    return True
