"""Mails as the page of mails and tests see them, and mails written as a customer."""

import re
from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from functools import lru_cache
from typing import Any

from infra.local.mail_store import MAX_MAILS, SentMail

CUSTOMER_HOST = "mail.example.com"


# The tests ask for all mails several times a second while they wait for one.
@lru_cache(maxsize=MAX_MAILS)
def summary(mail: SentMail) -> Mapping[str, Any]:
    """Everything about a mail, as JSON can carry it."""
    message = mail.message
    return {
        "id": mail.id,
        "sent_at": mail.sent_at,
        "envelope": {"sender": mail.sender, "recipients": list(mail.recipients)},
        "subject": str(message["Subject"] or ""),
        "from": str(message["From"] or ""),
        "to": str(message["To"] or ""),
        "reply_to": str(message["Reply-To"] or ""),
        "message_id": str(message["Message-ID"] or ""),
        "in_reply_to": str(message["In-Reply-To"] or ""),
        "references": str(message["References"] or "").split(),
        "headers": [[name, str(value)] for name, value in message.items()],
        "text": _body(message, "plain"),
        "html": _body(message, "html"),
        "attachments": [
            {
                "name": part.get_filename() or "",
                "type": part.get_content_type(),
                "bytes": len(part.get_payload(decode=True) or b""),
            }
            for part in message.iter_attachments()
        ],
    }


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except (LookupError, ValueError):
        return bytes(part.get_payload(decode=True) or b"").decode("utf-8", "replace")


def new_mail(
    *, sender: str, recipient: str, subject: str, text: str, now: datetime
) -> EmailMessage:
    """A mail as a customer's program writes it.

    Raises:
        ValueError: a line break in a header.
    """
    message = EmailMessage()
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=CUSTOMER_HOST)
    message.set_content(text)
    return message


def answer(mail: SentMail, *, text: str, now: datetime) -> EmailMessage:
    """An answer by the mail's recipient, threaded and quoted as mail programs do."""
    told = summary(mail)
    subject = told["subject"]
    if not re.match(r"re:", subject, re.IGNORECASE):
        subject = f"Re: {subject}"
    quoted = "\n".join(f"> {line}" for line in told["text"].splitlines())
    sent_at = datetime.fromisoformat(told["sent_at"])
    introduction = f"On {sent_at:%a, %d %b %Y at %H:%M}, {told['from']} wrote:"
    message = new_mail(
        sender=told["to"] or mail.recipients[0],
        recipient=told["reply_to"] or told["from"],
        subject=subject,
        text=f"{text}\n\n{introduction}\n{quoted}\n",
        now=now,
    )
    message["In-Reply-To"] = told["message_id"]
    message["References"] = " ".join([*told["references"], told["message_id"]])
    return message


def bare_address(header: str) -> str:
    """The address in a From or To header."""
    return parseaddr(header)[1]
