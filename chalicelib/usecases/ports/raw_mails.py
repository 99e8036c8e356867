"""Raw mails as SES stored them, and the account that is kept of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class StoredMail:
    """One object of the raw mail bucket.

    Attributes:
        stored_at: when S3 took it; aware, in UTC.
        size: in bytes.
    """

    key: str
    stored_at: datetime
    size: int

    @property
    def ses_id(self) -> str:
        """SES's id of the delivery: it names the object, behind the rule's prefix if it has one."""
        return self.key.rpartition("/")[2]


class RawMails(Protocol):
    """The mails as they came."""

    def read(self, key: str) -> bytes:
        """The raw bytes. Raises NotFound."""

    def list_page(self, cursor: str) -> tuple[Sequence[StoredMail], str]:
        """Up to a thousand in the order of their keys, which is none of time; the next cursor."""


@dataclass(frozen=True, slots=True)
class TakenMail:
    """What a mail's receipt says.

    Attributes:
        number: of its ticket; 0 for a mail that is on none.
        entry: the message that it became, ``WITHOUT_ENTRY``, or empty.
    """

    number: int
    entry: str = ""


WITHOUT_ENTRY = "none"
"""Nothing was to become of this delivery: another one of the same mail was taken, or the mail was
the desk's own check of a forwarding."""


@dataclass(frozen=True, slots=True)
class StrayMail:
    """A stored mail that nothing was heard of and that was queued again.

    Attributes:
        attempts: how often it was queued again.
        next_at: not to be queued again, nor given up, before.
    """

    key: str
    attempts: int
    next_at: datetime


class MailAccounts(Protocol):
    """What became of stored mails: receipts, strays, and up to when all are accounted for."""

    def taken(self, ses_ids: Sequence[str]) -> Mapping[str, TakenMail]:
        """The receipts of deliveries, by SES id; a mail without one is missing."""

    def note_without_entry(self, ses_id: str, now: datetime) -> None:
        """Nothing was to become of this delivery. Changes no receipt that is there."""

    def strays(self, ses_ids: Sequence[str]) -> Mapping[str, StrayMail]:
        """Those that were queued again before."""

    def note_queued(self, stray: StrayMail, now: datetime) -> None:
        """Remember that a mail was queued again. A count that was overtaken changes nothing."""

    def accounted_up_to(self) -> datetime | None:
        """Every mail stored before is accounted for; None when nobody looked yet."""

    def note_accounted(self, up_to: datetime) -> None:
        """Every mail stored before this is accounted for."""
