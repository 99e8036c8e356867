"""What is kept of a mail: its words as far as an item holds them, the rest and the files beside it.

Our own tokens are cut out of all words: people forward mails, quotes and all.
"""

from chalicelib.domain.delivery import Delivery
from chalicelib.domain.files import safe_filename
from chalicelib.domain.inbound_mail import InboundMail
from chalicelib.domain.ticket import Attachment
from chalicelib.domain.tokens import without_tokens
from chalicelib.usecases.ports import Ports

_LOST = ("-truncated", "-unreadable", "-unknown", "-broken")
"""Ends of the parser's names for what it could not make out."""

_RAW_TYPE = "message/rfc822"
MAX_STORED_BYTES = 100_000
"""Longer texts go to the files bucket, the first part stays: an item holds at most 400 kB."""


def store_attachments(
    ports: Ports, delivery: Delivery, mail: InboundMail
) -> tuple[Attachment, ...]:
    """Store the files of a mail under names made from the delivery, so repeating changes nothing."""
    stored = []
    for position, file in enumerate(mail.attachments):
        key = f"mail/{delivery.ses_id}/{position}"
        ports.files.put(key, file.content, file.content_type)
        stored.append(
            Attachment(
                id=f"{delivery.ses_id[:40]}-{position}",
                filename=safe_filename(file.filename),
                content_type=file.content_type,
                size=file.size,
                key=key,
                content_id=file.content_id,
            )
        )
    return tuple(stored)


def raw_as_file(ports: Ports, delivery: Delivery, mail: InboundMail) -> tuple[Attachment, ...]:
    """The mail itself as a file, when not all of it could be taken apart; else nothing."""
    if not any(defect.endswith(_LOST) for defect in mail.defects):
        return ()
    raw = ports.raw_mails.read(delivery.raw_key)
    key = f"mail/{delivery.ses_id}/raw"
    ports.files.put(key, raw, _RAW_TYPE)
    return (Attachment(f"{delivery.ses_id[:40]}-raw", "mail.eml", _RAW_TYPE, len(raw), key),)


def fitting_text(ports: Ports, delivery: Delivery, mail: InboundMail) -> tuple[str, str]:
    """The text that fits an item, and where the whole is when it does not."""
    text = without_tokens(mail.reply_text or mail.text)
    cut = _cut(text)
    if cut == text:
        return text, ""
    key = f"texts/{delivery.ses_id}"
    ports.files.put(key, text.encode("utf-8", "replace"), "text/plain; charset=utf-8")
    return cut, key


def fitting_html(mail: InboundMail) -> str:
    """Half a document is none: HTML that does not fit is left out, the text says the same."""
    html = without_tokens(mail.html_clean)
    return html if _cut(html) == html else ""


def full_text(mail: InboundMail) -> str:
    """The whole mail's text with its quotes; empty when it says no more than the reply."""
    if mail.text == mail.reply_text or not mail.reply_text:
        return ""
    return _cut(without_tokens(mail.text))


def _cut(text: str) -> str:
    raw = text.encode("utf-8", "replace")
    if len(raw) <= MAX_STORED_BYTES:
        return text
    return raw[:MAX_STORED_BYTES].decode("utf-8", "ignore") + "…"
