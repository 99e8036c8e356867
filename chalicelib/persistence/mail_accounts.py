"""The repository of what became of stored mails."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.persistence import keys
from chalicelib.persistence.attributes import IntegerAttribute
from chalicelib.persistence.commit_writes import RECEIPTS_KEPT
from chalicelib.persistence.failures import ConditionFailed
from chalicelib.persistence.items import Item, read
from chalicelib.persistence.ledger_items import ReceiptItem
from chalicelib.persistence.table import Table
from chalicelib.usecases.ports import WITHOUT_ENTRY, StrayMail, TakenMail

_STRAYS_KEPT = timedelta(days=60)


class StrayMailItem(Item):
    """A stored mail that nothing was heard of and that was queued again."""

    kind = UnicodeAttribute(default="stray_mail")
    raw_key = UnicodeAttribute()
    attempts = IntegerAttribute(default=0)
    next_at = UTCDateTimeAttribute()


class AccountedItem(Item):
    """Every mail stored before this instant is accounted for."""

    kind = UnicodeAttribute(default="accounted")
    up_to = UTCDateTimeAttribute()


class MailAccountRepository:
    """Receipts, strays and the last look, in the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def taken(self, ses_ids: Sequence[str]) -> Mapping[str, TakenMail]:
        """The receipts of deliveries, by SES id. One call per hundred."""
        wanted = {keys.delivery(ses_id): ses_id for ses_id in ses_ids}
        found = self._table.find_many(wanted)
        items = {wanted[key]: read(ReceiptItem, raw) for key, raw in found.items()}
        return {
            ses_id: TakenMail(item.number or 0, item.entry or "") for ses_id, item in items.items()
        }

    def note_without_entry(self, ses_id: str, now: datetime) -> None:
        """Nothing was to become of this delivery. One call; a receipt stays as it is."""
        item = ReceiptItem(*keys.delivery(ses_id), entry=WITHOUT_ENTRY)
        item.expires_at = now + RECEIPTS_KEPT
        with suppress(ConditionFailed):
            self._table.put(item, Item.pk.does_not_exist())

    def strays(self, ses_ids: Sequence[str]) -> Mapping[str, StrayMail]:
        """Those that were queued again before. One call per hundred."""
        wanted = {keys.stray_mail(ses_id): ses_id for ses_id in ses_ids}
        found = self._table.find_many(wanted, consistent=True)
        items = {wanted[key]: read(StrayMailItem, raw) for key, raw in found.items()}
        return {
            ses_id: StrayMail(item.raw_key, item.attempts, item.next_at)
            for ses_id, item in items.items()
        }

    def note_queued(self, stray: StrayMail, now: datetime) -> None:
        """Remember that a mail was queued again. One call.

        Of two sweeps that queued it at the same time, the second changes nothing.
        """
        ses_id = stray.key.rpartition("/")[2]
        item = StrayMailItem(
            *keys.stray_mail(ses_id),
            raw_key=stray.key,
            attempts=stray.attempts,
            next_at=stray.next_at,
            expires_at=now + _STRAYS_KEPT,
        )
        as_read = StrayMailItem.attempts == stray.attempts - 1
        first = Item.pk.does_not_exist()
        with suppress(ConditionFailed):
            self._table.put(item, first if stray.attempts == 1 else as_read)

    def accounted_up_to(self) -> datetime | None:
        """Up to when all are accounted for; None when nobody looked yet. One call."""
        item = self._table.find(AccountedItem, keys.accounted(), consistent=True)
        return None if item is None else item.up_to

    def note_accounted(self, up_to: datetime) -> None:
        """Every mail stored before this is accounted for. One call."""
        self._table.put(AccountedItem(*keys.accounted(), up_to=up_to))
