"""Mail in and out: raw mails, the ledgers, SES, the composer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # Every function imports this module, and only one of them writes letters.
    from chalicelib.domain.letter import Letter


@dataclass(frozen=True, slots=True)
class MailReceipt:
    """What keeps one mail from being taken twice.

    Attributes:
        ses_id: of this delivery; a redelivery has the same.
        fingerprint: of Message-ID, sender and body; a second copy of one mail has the same.
    """

    ses_id: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class SuspendedMail:
    """A mail that was kept but not let in."""

    id: str
    received_at: datetime
    reason: str
    from_address: str
    subject: str
    size: int
    raw_key: str
    detail: str


class MailLedger(Protocol):
    """Mails that were kept out, and mails that leave."""

    def suspend(self, mail: SuspendedMail, receipt: MailReceipt) -> None:
        """Keep one entry for a mail; safe to repeat."""

    def list_suspended(self, *, limit: int, cursor: str) -> tuple[Sequence[SuspendedMail], str]:
        """Newest first."""

    def begin_sending(self, key: str, now: datetime, *, lease_seconds: int) -> bool:
        """Whether this worker may send the mail with this key now.

        False when it was sent, or when another worker is at it and its lease has not run out.
        """

    def finish_sending(self, key: str, ses_id: str, number: int, message_id: str) -> None:
        """The mail left: remember the id that SES gave, so that answers find the ticket."""

    def sent_mail(self, ses_id: str) -> tuple[int, str] | None:
        """Ticket number and message id (or empty) of a mail that left under this id."""

    def may_acknowledge(self, address: str, now: datetime) -> bool:
        """Whether an automatic mail to this address is within the limits, and count it."""


class MailSender(Protocol):
    """SES."""

    def send(self, raw: bytes, *, sender: str, recipient: str) -> str:
        """Send one mail to one person; the bare id that SES gave it. Raises Unavailable."""


class Composer(Protocol):
    """From a letter to the bytes of a mail."""

    def compose(self, letter: "Letter") -> bytes:
        """Multipart text and HTML in the letter's language, with all headers."""
