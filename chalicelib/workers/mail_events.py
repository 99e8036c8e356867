"""What SES says of mails that left: through SNS, so the notification may be wrapped."""

import json
from dataclasses import replace
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from chalicelib import bootstrap
from chalicelib.batches import Record, attempt_of, body_of, work_through
from chalicelib.domain.errors import TooEarly
from chalicelib.domain.retrying import pause_seconds
from chalicelib.usecases.mail_events import FailedRecipient, MailNews, note_mail_news

_QUEUE = "mail_events"
# Bounces that say something of the mail and nothing of the address.
_ABOUT_THE_MAIL = frozenset({"MessageTooLarge", "ContentRejected", "AttachmentRejected"})


def handle(event: dict[str, Any]) -> dict[str, Any]:
    """Entry of the ``mail_events`` function."""
    return work_through(event, _work, setbacks=_Soon())


class _Soon:
    """News that overtook their mail come again soon: half a minute, then twice as long each time.

    So the fifth time, the last that the queue allows, the mail is old enough to be none of ours.
    """

    def failed(self, record: Record, error: Exception) -> bool:
        """Never settled; other failures come again at the queue's own time."""
        if isinstance(error, TooEarly):
            pause, receipt = pause_seconds(attempt_of(record)), str(record["receiptHandle"])
            bootstrap.ports().redelivery.postpone(_QUEUE, receipt, seconds=pause)
        return False

    def held(self, record: Record) -> None:
        """Nothing waits for another here."""


def _work(record: Record) -> dict[str, object]:
    said = body_of(record)
    if "Message" in said and "mail" not in said:
        said = json.loads(said["Message"])
    news = news_of(said)
    noted = note_mail_news(bootstrap.ports(), news)
    return {"job": "mail_event", "event": news.kind, "outcome": "noted" if noted else "not ours"}


def news_of(said: dict[str, Any]) -> MailNews:
    """What one notification of SES says ("Contents of event data", its guide)."""
    # Event publishing says eventType, identity notifications say notificationType.
    kind = str(said.get("eventType") or said.get("notificationType") or "")
    mail, details = said.get("mail", {}), said.get(kind.lower(), {})
    ses_id = str(mail.get("messageId", ""))
    # Each mail of ours goes to one person.
    everybody = tuple(_recipient(address) for address in mail.get("destination", []))
    news = _news(kind, ses_id, details, everybody)
    return replace(news, sent_at=_moment(str(mail.get("timestamp", ""))))


def _news(
    kind: str, ses_id: str, details: dict[str, Any], everybody: tuple[FailedRecipient, ...]
) -> MailNews:
    if kind == "Bounce":
        failed = [
            _recipient(one.get("emailAddress", ""), one.get("status", ""))
            for one in details.get("bouncedRecipients", [])
        ]
        return MailNews(
            kind,
            ses_id,
            tuple(failed) or everybody,
            is_permanent=details.get("bounceType") == "Permanent",
            is_about_address=details.get("bounceSubType") not in _ABOUT_THE_MAIL,
        )
    if kind == "Complaint":
        if details.get("complaintFeedbackType") == "not-spam":
            return MailNews("NotSpam", ses_id)
        whole = details.get("complainedRecipients", [])
        named = tuple(_recipient(one.get("emailAddress", "")) for one in whole)
        return MailNews(kind, ses_id, named or everybody)
    if kind == "Reject":
        return MailNews(kind, ses_id, everybody)
    return MailNews(kind, ses_id)


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


def _recipient(address: object, status: object = "") -> FailedRecipient:
    # SES gives the address as the mail had it, which may be with a name.
    return FailedRecipient(parseaddr(str(address))[1] or str(address), str(status))
