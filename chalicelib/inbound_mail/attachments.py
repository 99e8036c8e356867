"""Files of a mail: their names made safe, their content decoded."""

import re
import unicodedata

from chalicelib.domain.inbound_mail import MailAttachment
from chalicelib.inbound_mail.header_fields import split_headers
from chalicelib.inbound_mail.header_text import one_line, parameter
from chalicelib.inbound_mail.parts import Part

MAX_ATTACHMENTS = 100
MAX_NAME_BYTES = 255

# Extension for a file that came without a name. A fixed table, because the one of the standard
# library depends on the machine.
_EXTENSIONS = {
    "application/gzip": "gz",
    "application/json": "json",
    "application/ms-tnef": "dat",
    "application/msword": "doc",
    "application/octet-stream": "bin",
    "application/pdf": "pdf",
    "application/pgp-encrypted": "asc",
    "application/pgp-keys": "asc",
    "application/pgp-signature": "asc",
    "application/pkcs7-mime": "p7m",
    "application/pkcs7-signature": "p7s",
    "application/x-pkcs7-mime": "p7m",
    "application/x-pkcs7-signature": "p7s",
    "application/rtf": "rtf",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/xml": "xml",
    "application/zip": "zip",
    "application/x-zip-compressed": "zip",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    "image/bmp": "bmp",
    "image/gif": "gif",
    "image/heic": "heic",
    "image/jpeg": "jpg",
    "image/jpg": "jpg",
    "image/png": "png",
    "image/svg+xml": "svg",
    "image/tiff": "tif",
    "image/webp": "webp",
    "message/delivery-status": "txt",
    "message/disposition-notification": "txt",
    "message/feedback-report": "txt",
    "message/rfc822-headers": "txt",
    "message/rfc822": "eml",
    "message/global": "eml",
    "text/calendar": "ics",
    "text/css": "css",
    "text/csv": "csv",
    "text/html": "html",
    "text/markdown": "md",
    "text/plain": "txt",
    "text/rfc822-headers": "txt",
    "text/rtf": "rtf",
    "text/vcard": "vcf",
    "text/x-vcard": "vcf",
    "text/xml": "xml",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
}
_TYPES = {extension: kind for kind, extension in _EXTENSIONS.items()} | {
    "txt": "text/plain",
    "eml": "message/rfc822",
    "jpg": "image/jpeg",
    "zip": "application/zip",
    "xml": "application/xml",
    "rtf": "application/rtf",
    "vcf": "text/vcard",
    "asc": "application/pgp-keys",
    "p7m": "application/pkcs7-mime",
    "p7s": "application/pkcs7-signature",
}

_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f<>:\"|?*]")


def attachment(
    part: Part, number: int, hints: tuple[str, ...], defects: list[str]
) -> MailAttachment:
    """A leaf part as a file. ``number`` names it when nothing else does."""
    content, defect = part.content()
    if defect:
        defects.append(defect)
    word, _ = part.disposition()
    content_id = one_line(part.fields.plain("content-id")).strip("<> ")
    disposition = (
        "inline" if word == "inline" or (content_id and word != "attachment") else "attachment"
    )
    return MailAttachment(
        filename=safe_filename(
            _declared_name(part, hints), fallback=_fallback(part, content, number)
        ),
        content_type=part.content_type,
        size=len(content),
        content_id=content_id,
        disposition=disposition,
        content=content,
    )


def file_of_bytes(
    name: str, content: bytes, *, content_type: str = "", content_id: str = "", number: int = 1
) -> MailAttachment:
    """A file that was found inside something else. The type is guessed by the extension."""
    guessed = content_type or type_by_name(name)
    fallback = f"attachment-{number}.{_EXTENSIONS.get(guessed, 'bin')}"
    return MailAttachment(
        filename=safe_filename(name, fallback=fallback),
        content_type=guessed,
        size=len(content),
        content_id=content_id,
        disposition="inline" if content_id else "attachment",
        content=content,
    )


def type_by_name(name: str) -> str:
    """Content type for a file name's extension.

    >>> type_by_name("Scan.PDF"), type_by_name("x")
    ('application/pdf', 'application/octet-stream')
    """
    extension = name.rpartition(".")[2].lower()
    extension = {"jpeg": "jpg", "htm": "html", "tiff": "tif"}.get(extension, extension)
    return _TYPES.get(extension, "application/octet-stream")


def _declared_name(part: Part, hints: tuple[str, ...]) -> str:
    _, disposition = part.disposition()
    return (
        parameter(disposition, "filename", hints)
        or parameter(part.parameters, "name", hints)
        or parameter(disposition, "name", hints)
        or parameter(part.parameters, "filename", hints)
    )


def _fallback(part: Part, content: bytes, number: int) -> str:
    """A name for a file without one: its description, its subject, its location or a number."""
    description = part.fields.text("content-description")
    extension = _EXTENSIONS.get(part.content_type, "bin")
    if part.content_type in ("message/rfc822", "message/global"):
        fields, _ = split_headers(content, 0, len(content))
        subject = fields.text("subject") or description
        return f"{subject[:120]}.eml" if subject else f"attachment-{number}.eml"
    if part.content_type == "text/calendar":
        return "invite.ics"
    if description:
        return description if "." in description[-6:] else f"{description[:200]}.{extension}"
    location = one_line(part.fields.plain("content-location"))
    if location and "." in location.rpartition("/")[2][-6:]:
        return location.rpartition("/")[2]
    return f"attachment-{number}.{extension}"


def safe_filename(name: str, *, fallback: str) -> str:
    r"""A name that is safe to show and to write: no path, no controls, no direction tricks.

    >>> safe_filename("..\\..\\evil\u202efdp.exe", fallback="x")
    'evilfdp.exe'
    """
    for candidate in (name, fallback):
        text = unicodedata.normalize("NFC", candidate)
        # Format characters (bidi overrides, zero-width) go before any check looks at the name.
        text = "".join(
            letter for letter in text if unicodedata.category(letter) not in ("Cf", "Cs")
        )
        text = re.split(r"[/\\]", text)[-1] if candidate is name else re.sub(r"[/\\]", "-", text)
        text = _FORBIDDEN.sub("_" if candidate is fallback else " ", text)
        text = " ".join(text.split()).strip(" .")
        if text.strip("_- "):
            return _shortened(text)
    return "attachment.bin"


def _shortened(text: str) -> str:
    """At most 255 bytes of UTF-8, the extension kept."""
    if len(text.encode()) <= MAX_NAME_BYTES:
        return text
    stem, dot, extension = text.rpartition(".")
    if not dot or len(extension) > 12:
        stem, dot, extension = text, "", ""
    tail = dot + extension
    room = MAX_NAME_BYTES - len(tail.encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip() + tail
