"""The repository of mails that came in and were kept out, and of what was taken."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from chalicelib.domain.delivery import Delivery
from chalicelib.domain.errors import NotFound
from chalicelib.domain.threading import Verdict
from chalicelib.persistence import keys
from chalicelib.persistence.commit_writes import RECEIPTS_KEPT, receipt_items
from chalicelib.persistence.failures import ConditionFailed
from chalicelib.persistence.items import Item, RawItem, read
from chalicelib.persistence.ledger_items import SuspendedItem
from chalicelib.persistence.table import Table, Write
from chalicelib.usecases.ports import AlreadyDone, MailReceipt, SuspendedMail

_PLAIN = (
    "received_at", "reason", "from_address", "subject", "size", "raw_key", "detail", "text",
    "confirmation_code", "confirmation_url",
)  # fmt: skip
_VERDICTS = ("spam", "virus", "spf", "dkim", "dmarc")


class MailIntakeRepository:
    """Mails that came in, in the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def suspend(self, mail: SuspendedMail, receipt: MailReceipt) -> None:
        """Keep one entry for a mail; one that was taken or suspended before changes nothing."""
        fields = {name: getattr(mail, name) for name in _PLAIN}
        item = SuspendedItem(*keys.suspended(mail.id), delivery=_stored(mail.delivery), **fields)
        writes = [Write("put", item), *_receipts(receipt, 0, mail.received_at)]
        with suppress(AlreadyDone):
            self._table.transact(writes)

    def note_taken(self, receipt: MailReceipt, number: int, now: datetime) -> None:
        """A mail became something on a ticket that is no message; safe to repeat. One call."""
        with suppress(AlreadyDone):
            self._table.transact(_receipts(receipt, number, now))

    def list_suspended(self, *, limit: int, cursor: str) -> tuple[Sequence[SuspendedMail], str]:
        """Newest first, and the next cursor. One Query."""
        start = {"pk": {"S": keys.SUSPENDED}, "sk": {"S": cursor}} if cursor else None
        page = self._table.query(keys.SUSPENDED, limit=limit, newest_first=True, start=start)
        return [_suspended_of(raw) for raw in page.items], page.last["sk"]["S"] if page.last else ""

    def find_suspended(self, mail_id: str) -> SuspendedMail:
        """One of them. One call. Raises NotFound."""
        raw = self._table.find_raw(keys.suspended(mail_id), consistent=True)
        if raw is None:
            raise NotFound("Suspended mail", mail_id)
        return _suspended_of(raw)

    def throw_away(self, mail_id: str) -> None:
        """Take it off the list. One call. Raises NotFound."""
        try:
            self._table.delete(keys.suspended(mail_id), Item.pk.exists())
        except ConditionFailed as error:
            raise NotFound("Suspended mail", mail_id) from error


def _receipts(receipt: MailReceipt, number: int, now: datetime) -> list[Write]:
    writes = []
    for item in receipt_items(receipt):
        item.number = number or None
        item.expires_at = now + RECEIPTS_KEPT
        new = Item.pk.does_not_exist()
        writes.append(Write("put", item, new, refused=lambda _: AlreadyDone()))
    return writes


def _suspended_of(raw: RawItem) -> SuspendedMail:
    item = read(SuspendedItem, raw)
    fields = {name: getattr(item, name) for name in _PLAIN}
    return SuspendedMail(id=item.sk, delivery=_delivery_of(item.delivery, item), **fields)


def _stored(delivery: Delivery | None) -> dict[str, Any]:
    if delivery is None:
        return {}
    return {
        "ses_id": delivery.ses_id,
        "envelope_sender": delivery.envelope_sender,
        "recipients": list(delivery.recipients),
        "dmarc_policy": delivery.dmarc_policy,
        **{name: getattr(delivery, name).value for name in _VERDICTS},
    }


def _delivery_of(stored: Mapping[str, Any], item: SuspendedItem) -> Delivery | None:
    """What SES said; None for an entry of a release that did not keep it."""
    if not stored:
        return None
    return Delivery(
        ses_id=stored["ses_id"],
        raw_key=item.raw_key,
        received_at=item.received_at.astimezone(UTC),
        envelope_sender=stored["envelope_sender"],
        recipients=tuple(stored["recipients"]),
        dmarc_policy=stored.get("dmarc_policy", ""),
        **{name: Verdict(stored[name]) for name in _VERDICTS},
    )
