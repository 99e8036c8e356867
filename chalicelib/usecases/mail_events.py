"""What SES tells of a mail that left: delivered, bounced, complained about."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.errors import TooEarly
from chalicelib.domain.ticket import DeliveryState
from chalicelib.usecases.mail_out.returned import Failure, strike, suppress
from chalicelib.usecases.mail_out.undelivered import Undelivered, note_undelivered
from chalicelib.usecases.ports import Ports, SentMail, SuppressionReason


@dataclass(frozen=True, slots=True)
class FailedRecipient:
    """An address that a mail did not reach.

    Attributes:
        status: the mail server's own code (RFC 3463); may be empty.
    """

    address: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class MailNews:
    """One thing that SES tells of one mail.

    Attributes:
        kind: Delivery, Bounce, Complaint or Reject; others are of no interest.
        ses_id: what SES called the mail when it took it.
        failed: whom it did not reach, or who complained.
        is_permanent: of a bounce: the address does not exist, or SES sends nothing to it.
        is_about_address: false where the mail itself was refused, for its size or its content.
        sent_at: when SES took the mail, None where it does not say.
    """

    kind: str
    ses_id: str
    failed: tuple[FailedRecipient, ...] = ()
    is_permanent: bool = False
    is_about_address: bool = True
    sent_at: datetime | None = None


_STATES = {
    "Bounce": DeliveryState.BOUNCED,
    "Complaint": DeliveryState.COMPLAINED,
    "Reject": DeliveryState.FAILED,
}
_WRITTEN_DOWN_WITHIN = timedelta(minutes=5)
"""SES can tell of a mail before its sender wrote down the id that SES gave it."""

_REASONS = {"Bounce": "bounced", "Complaint": "complained", "Reject": "rejected"}


def note_mail_news(ports: Ports, news: MailNews) -> bool:
    """Note what became of a mail; false when it is none of ours, or of no interest.

    Safe to repeat and in any order: a state never goes back, an address is suppressed once, the
    ticket tells once. What is said of an address counts at once, whatever is known of the mail.

    Raises:
        TooEarly: the mail is young, and not written down yet.
        LostRace, Unavailable: not now; the job comes again.
    """
    if news.kind != "Delivery" and news.kind not in _STATES:
        return False
    about = ports.mail_ledger.sent_mail(news.ses_id)
    for recipient in news.failed:
        _hold_against(ports, about.number if about else 0, news, recipient)
    if about is None:
        return _unknown(ports, news)
    if news.kind == "Delivery":
        return _delivered(ports, about)
    for recipient in news.failed:
        if about.message_id:
            state, reason = _STATES[news.kind], _REASONS[news.kind]
            number, message_id = about.number, about.message_id
            note_undelivered(
                ports,
                Undelivered(number, message_id, recipient.address, state, reason, recipient.status),
            )
    return True


def _unknown(ports: Ports, news: MailNews) -> bool:
    if news.sent_at and ports.clock.now() - news.sent_at < _WRITTEN_DOWN_WITHIN:
        raise TooEarly
    return False


def _delivered(ports: Ports, about: SentMail) -> bool:
    """A copy to somebody else than the requester says nothing of the message as a whole."""
    if not about.is_requesters:
        return False
    ports.tickets.record_delivery(about.number, about.message_id, DeliveryState.DELIVERED)
    return True


def _hold_against(ports: Ports, number: int, news: MailNews, recipient: FailedRecipient) -> None:
    cause = f"{news.ses_id}:{news.kind}:{recipient.address.casefold()}"
    now = ports.clock.now()
    failure = Failure(recipient.address, cause, recipient.status, number, now)
    if news.kind == "Complaint":
        suppress(ports, failure, SuppressionReason.COMPLAINT)
    elif news.kind == "Bounce" and news.is_permanent:
        suppress(ports, failure, SuppressionReason.BOUNCE)
    elif news.kind == "Bounce" and news.is_about_address:
        strike(ports, failure)
