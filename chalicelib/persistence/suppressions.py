"""The repository of addresses that get no mail of ours."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from chalicelib.domain.errors import LostRace, NotFound
from chalicelib.persistence import keys
from chalicelib.persistence.failures import ConditionFailed
from chalicelib.persistence.items import Item, RawItem, read
from chalicelib.persistence.mail_out_items import (
    OutcomeItem,
    StrikesItem,
    SuppressedAddressItem,
)
from chalicelib.persistence.table import Table, Write
from chalicelib.usecases.ports import AlreadyDone, SuppressedAddress

_CAUSES_KEPT = timedelta(days=60)
_COUNTED = timedelta(days=7)
_ATTEMPTS = 3


class SuppressionRepository:
    """Suppressed addresses in the table, all in one partition, by address."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def suppress(self, suppressed: SuppressedAddress, cause: str) -> None:
        """From now on nothing goes there; one that is suppressed stays as it was. One call.

        The same cause counts once, even when the address was taken off meanwhile.
        """
        item = SuppressedAddressItem(
            *keys.suppressed_address(suppressed.address),
            address=suppressed.address,
            reason=suppressed.reason,
            since=suppressed.since,
            detail=suppressed.detail,
            number=suppressed.number,
        )
        new = Item.pk.does_not_exist()
        writes = [Write("put", item, new, refused=lambda _: AlreadyDone())]
        if cause:
            heard = OutcomeItem(
                *keys.mail_outcome(cause), expires_at=suppressed.since + _CAUSES_KEPT
            )
            writes.append(Write("put", heard, new, refused=lambda _: AlreadyDone()))
        with suppress(AlreadyDone):
            self._table.transact(writes)

    def strike(self, address: str, cause: str, now: datetime) -> int:
        """Count a failure that may pass; gives how many there were within seven days. Two calls.

        Raises:
            LostRace: others were faster every time.
        """
        place = keys.strikes(address)
        for _ in range(_ATTEMPTS):
            known = self._table.find(StrikesItem, place, consistent=True)
            failures = _recent(known.failures if known else {}, now)
            if cause in failures:
                return len(failures)
            revision = known.revision if known else 0
            item = StrikesItem(
                *place,
                revision=revision + 1,
                failures={**failures, cause: now.isoformat()},
                expires_at=now + _COUNTED,
            )
            as_read = StrikesItem.revision == revision if known else Item.pk.does_not_exist()
            with suppress(ConditionFailed):
                self._table.put(item, as_read)
                return len(item.failures)
        raise LostRace

    def list_by_address(
        self, prefix: str, *, limit: int, cursor: str
    ) -> tuple[Sequence[SuppressedAddress], str]:
        """Those that begin so, by address, and the next cursor. One Query."""
        wanted = keys.folded(prefix)
        start = {"pk": {"S": keys.SUPPRESSED}, "sk": {"S": cursor}} if cursor else None
        page = self._table.query(
            keys.SUPPRESSED,
            Item.sk.startswith(wanted) if wanted else None,
            limit=limit,
            start=start,
        )
        return [_address_of(raw) for raw in page.items], page.last["sk"]["S"] if page.last else ""

    def remove(self, address: str) -> None:
        """Mail goes there again, and failures before now are forgotten. Two calls.

        Raises:
            NotFound: the address is not on the list.
        """
        # Forgotten first: in between, the address is still on the list and nothing is lost.
        self._table.delete(keys.strikes(address))
        try:
            self._table.delete(keys.suppressed_address(address), Item.pk.exists())
        except ConditionFailed as error:
            raise NotFound("Suppressed address", address) from error


def _recent(failures: dict[str, str], now: datetime) -> dict[str, str]:
    start = now - _COUNTED
    return {cause: at for cause, at in failures.items() if datetime.fromisoformat(at) > start}


def _address_of(raw: RawItem) -> SuppressedAddress:
    item = read(SuppressedAddressItem, raw)
    return SuppressedAddress(
        address=item.address,
        reason=item.reason,
        since=item.since,
        detail=item.detail,
        number=item.number,
    )
