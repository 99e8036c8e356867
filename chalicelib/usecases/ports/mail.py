"""Mail that leaves: the ledger, who gets nothing, SES, the composer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # Every function imports this module, and only one of them writes letters.
    from chalicelib.domain.automatic_mail import Limits
    from chalicelib.domain.letter import Letter


class Clearance(StrEnum):
    """Whether a mail may leave now.

    Busy: another worker has it and may have died with it; its lease says when to ask again.
    """

    GRANTED = "granted"
    SENT = "sent"
    BUSY = "busy"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class SentMail:
    """What a mail that left was about; number 0 and an empty message id stand for nothing.

    Attributes:
        key: of its sending; empty for mails of before this was kept.
    """

    number: int
    message_id: str
    key: str = ""

    @property
    def is_requesters(self) -> bool:
        """Whether it carried the message to the requester, and not a copy to somebody else."""
        return bool(self.message_id) and self.key in {"", f"reply:{self.message_id}"}


class MailLedger(Protocol):
    """Mails that leave."""

    def begin_sending(
        self, key: str, address: str, now: datetime, *, lease_seconds: int
    ) -> Clearance:
        """Whether this worker may send the mail with this key to this address now. One call."""

    def give_back(self, key: str, now: datetime) -> None:
        """The mail surely did not leave: whoever asks next may send it."""

    def finish_sending(
        self, key: str, ses_id: str, number: int, message_id: str, own_id: str = ""
    ) -> None:
        """The mail left: remember the id that SES gave, and ours, so that answers find the ticket."""

    def left_as(self, key: str) -> str:
        """SES's id of the mail with this key; empty when it did not leave."""

    def sent_mail(self, ses_id: str) -> SentMail | None:
        """What a mail was about that left under this id."""

    def may_acknowledge(self, address: str, key: str, now: datetime, limits: "Limits") -> bool:
        """Whether the automatic mail with this key is within the limits, and count it once.

        Raises LostRace.
        """

    def count_failure(self, job: str, now: datetime) -> int:
        """How often a job failed by now, this time included."""


class SuppressionReason(StrEnum):
    """Why an address gets no mail of ours."""

    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class SuppressedAddress:
    """An address that gets no mail of ours.

    Attributes:
        detail: the mail server's code, or what an administrator noted.
        number: the ticket whose mail came back, 0 for none.
    """

    address: str
    reason: SuppressionReason
    since: datetime
    detail: str = ""
    number: int = 0


class Suppressions(Protocol):
    """Addresses that get no mail of ours."""

    def suppress(self, suppressed: SuppressedAddress, cause: str) -> None:
        """From now on nothing goes there. One that is suppressed stays as it was.

        The same cause counts once, even when the address was taken off meanwhile; an empty cause
        is a person's wish and always counts.
        """

    def strike(self, address: str, cause: str, now: datetime) -> int:
        """Count a failure that may pass; gives how many there were within seven days.

        Raises LostRace.
        """

    def list_by_address(
        self, prefix: str, *, limit: int, cursor: str
    ) -> tuple[Sequence[SuppressedAddress], str]:
        """Those that begin so, by address, and the next cursor."""

    def remove(self, address: str) -> None:
        """Mail goes there again, and failures before now are forgotten. Raises NotFound."""


class MailSender(Protocol):
    """SES."""

    def send(self, raw: bytes, *, sender: str, recipient: str) -> str:
        """Send one mail to one person; the bare id that SES gave it.

        Raises:
            Throttled: SES surely did not take it, and will later.
            Unavailable: it may have left, or not.
            MailRefused: SES will never take it.
        """

    def forgive(self, address: str) -> None:
        """Take an address off the account's own list of those that SES sends nothing to."""


class Composer(Protocol):
    """From a letter to the bytes of a mail."""

    def compose(self, letter: "Letter") -> bytes:
        """Multipart text and HTML in the letter's language, with all headers."""
