"""The repository of customers' wishes for a fresh link."""

from contextlib import suppress
from datetime import datetime, timedelta

from chalicelib.persistence import keys
from chalicelib.persistence.failures import ConditionFailed
from chalicelib.persistence.items import set_all
from chalicelib.persistence.ledger_items import LinkRequestItem
from chalicelib.persistence.table import Table

_ONCE_IN = timedelta(minutes=10)
_KEPT = timedelta(days=1)


class LinkRequestRepository:
    """Wishes for links in the table; the stream turns each into a job."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def ask(self, address: str, language: str, now: datetime) -> None:
        """Note the wish, at most once in ten minutes per address.

        One call whatever comes of it, so that the answer's time tells nothing.
        """
        key = keys.link_request(address)
        item = LinkRequestItem(
            *key,
            request_id=f"{keys.digest(key.pk)[:16]}-{int(now.timestamp())}",
            address=address,
            language=language,
            requested_at=now,
            expires_at=now + _KEPT,
        )
        asked_before = LinkRequestItem.requested_at
        free = asked_before.does_not_exist() | (asked_before <= now - _ONCE_IN)
        with suppress(ConditionFailed):
            self._table.update(key, set_all(item), free)
