"""The repository of mails that were kept out, and of mails that leave."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from chalicelib.persistence import keys
from chalicelib.persistence.commit_writes import (
    RECEIPTS_KEPT,
    receipt_items,
    thread_references,
)
from chalicelib.persistence.failures import ConditionFailed
from chalicelib.persistence.items import SCHEMA, Item, RawItem, read
from chalicelib.persistence.ledger_items import (
    AcknowledgementsItem,
    SentMailItem,
    SentReferenceItem,
    SuspendedItem,
)
from chalicelib.persistence.table import Table, Write
from chalicelib.usecases.ports import AlreadyDone, MailReceipt, SuspendedMail

_SENDING, _SENT = "sending", "sent"
_SENT_KEPT = timedelta(days=60)
_MOST_PER_HOUR = 5
_MOST_PER_DAY = 20
_SUSPENDED = ("received_at", "reason", "from_address", "subject", "size", "raw_key", "detail")


class MailLedgerRepository:
    """The mail ledgers in the table."""

    def __init__(self, table: Table, *, ses_region: str) -> None:
        self._table = table
        self._domains = ("email.amazonses.com", f"{ses_region}.amazonses.com")

    def suspend(self, mail: SuspendedMail, receipt: MailReceipt) -> None:
        """Keep one entry for a mail; one that was taken or suspended before changes nothing."""
        fields = {name: getattr(mail, name) for name in _SUSPENDED}
        writes = [Write("put", SuspendedItem(*keys.suspended(mail.id), **fields))]
        for item in receipt_items(receipt):
            item.expires_at = mail.received_at + RECEIPTS_KEPT
            new = Item.pk.does_not_exist()
            writes.append(Write("put", item, new, refused=lambda _: AlreadyDone()))
        with suppress(AlreadyDone):
            self._table.transact(writes)

    def list_suspended(self, *, limit: int, cursor: str) -> tuple[Sequence[SuspendedMail], str]:
        """Newest first, and the next cursor. One Query."""
        start = {"pk": {"S": keys.SUSPENDED}, "sk": {"S": cursor}} if cursor else None
        page = self._table.query(keys.SUSPENDED, limit=limit, newest_first=True, start=start)
        return [_suspended_of(raw) for raw in page.items], page.last["sk"]["S"] if page.last else ""

    def begin_sending(self, key: str, now: datetime, *, lease_seconds: int) -> bool:
        """Whether this worker may send the mail with this key now. One call.

        False when it was sent, or when another worker is at it and its lease has not run out.
        """
        actions = [
            SentMailItem.kind.set("sent_mail"),
            SentMailItem.schema.set(SCHEMA),
            SentMailItem.state.set(_SENDING),
            SentMailItem.lease_until.set(now + timedelta(seconds=lease_seconds)),
            SentMailItem.expires_at.set(now + _SENT_KEPT),
        ]
        abandoned = (SentMailItem.state == _SENDING) & (SentMailItem.lease_until <= now)
        free = SentMailItem.pk.does_not_exist() | abandoned
        try:
            self._table.update(keys.sent_mail(key), actions, free)
        except ConditionFailed:
            return False
        return True

    def finish_sending(self, key: str, ses_id: str, number: int, message_id: str) -> None:
        """The mail left: remember the id that SES gave, so that answers find the ticket.

        Safe to repeat. SES makes the Message-ID of its id and a domain of the region; mail clients
        answer to that one, so every form of it leads to the ticket. One call.

        Args:
            ses_id: empty when there was nothing to send, or SES refused it for good.
            number: zero for a mail that is about no ticket.
        """
        bare = keys.bare_ses_id(ses_id)
        sent = [SentMailItem.state.set(_SENT), SentMailItem.ses_id.set(bare)]
        writes = [Write("update", SentMailItem(*keys.sent_mail(key)), None, sent)]
        if bare:
            place = keys.sent_reference(bare)
            reference = SentReferenceItem(*place, number=number, message_id=message_id)
            writes.append(Write("put", reference))
        if bare and number:
            forms = (bare, *(f"{bare}@{domain}" for domain in self._domains))
            writes.extend(thread_references(forms, number))
        self._table.transact(writes)

    def sent_mail(self, ses_id: str) -> tuple[int, str] | None:
        """Ticket number and message id (or empty) of a mail that left under this id. One call."""
        item = self._table.find(SentReferenceItem, keys.sent_reference(ses_id))
        return None if item is None else (item.number, item.message_id)

    def may_acknowledge(self, address: str, now: datetime) -> bool:
        """Whether an automatic mail to this address is within the limits, and count it.

        Five in an hour and twenty in a day, whatever the mails' headers say: a person who opens a
        few tickets hears of each, and a loop of two machines ends here. When two ask at once, one
        is told no. Two calls.
        """
        key = keys.acknowledgements(address)
        known = self._table.find(AcknowledgementsItem, key, consistent=True)
        recent = [at for at in known.sent_at if at > now - timedelta(days=1)] if known else []
        in_last_hour = [at for at in recent if at > now - timedelta(hours=1)]
        if len(in_last_hour) >= _MOST_PER_HOUR or len(recent) >= _MOST_PER_DAY:
            return False
        revision = known.revision if known else 0
        item = AcknowledgementsItem(
            *key,
            revision=revision + 1,
            sent_at=[*recent, now],
            expires_at=now + timedelta(days=2),
        )
        as_read = AcknowledgementsItem.revision == revision if known else Item.pk.does_not_exist()
        try:
            self._table.put(item, as_read)
        except ConditionFailed:
            return False
        return True


def _suspended_of(raw: RawItem) -> SuspendedMail:
    item = read(SuspendedItem, raw)
    return SuspendedMail(id=item.sk, **{name: getattr(item, name) for name in _SUSPENDED})
