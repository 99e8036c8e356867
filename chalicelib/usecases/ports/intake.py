"""Mail that comes in: what keeps it from being taken twice, and what was kept out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.domain.delivery import Delivery


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
    """A mail that was kept but not let in.

    Attributes:
        delivery: what SES said of it: who is to read this later needs the verdicts.
        detail: what was wrong with it, in the parser's words.
        text: its first words, to decide by.
        confirmation_code, confirmation_url: of a mail that confirms a forwarding.
    """

    id: str
    received_at: datetime
    reason: str
    from_address: str
    subject: str
    size: int
    raw_key: str
    detail: str
    text: str = ""
    confirmation_code: str = ""
    confirmation_url: str = ""
    delivery: Delivery | None = None


@dataclass(frozen=True, slots=True)
class ForwardingCheck:
    """A mail that was sent to an address outside, to see whether it comes back to the desk.

    Attributes:
        arrived_at: None as long as it did not.
    """

    id: str
    mailbox_id: str
    address: str
    sent_at: datetime
    arrived_at: datetime | None = None


class ForwardingChecks(Protocol):
    """The last check of each forwarded address."""

    def begin(self, check: ForwardingCheck) -> None:
        """Remember that it was sent; it takes the place of an earlier one of this address."""

    def finish(self, check_id: str, now: datetime) -> bool:
        """It came back; false when there is no such check. Safe to repeat."""

    def list_all(self) -> Sequence[ForwardingCheck]:
        """Of all addresses; there are as many as aliases."""


class MailIntake(Protocol):
    """The ledger of mails that came in."""

    def suspend(self, mail: SuspendedMail, receipt: MailReceipt) -> None:
        """Keep one entry for a mail; safe to repeat."""

    def note_taken(self, receipt: MailReceipt, number: int, now: datetime) -> None:
        """A mail became something on a ticket that is no message of it, a bounce for example."""

    def list_suspended(self, *, limit: int, cursor: str) -> tuple[Sequence[SuspendedMail], str]:
        """Newest first."""

    def find_suspended(self, mail_id: str) -> SuspendedMail:
        """One of them. Raises NotFound."""

    def throw_away(self, mail_id: str) -> None:
        """Take it off the list; the raw mail stays as long as all raw mails. Raises NotFound."""
