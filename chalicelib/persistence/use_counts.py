"""How often rules and ready-made words were used: counted beside the ticket, each use once."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from pynamodb.attributes import UnicodeAttribute

from chalicelib.persistence import keys
from chalicelib.persistence.attributes import IntegerAttribute
from chalicelib.persistence.items import SCHEMA, Item, RawItem
from chalicelib.persistence.table import Table, Write
from chalicelib.usecases.ports import AlreadyDone

_REMEMBERED = timedelta(days=30)
"""A queue keeps a job for 14 days and its dead-letter queue for as long again."""


class UsesItem(Item):
    """How often something of the set-up was used."""

    kind = UnicodeAttribute(default="uses")
    times = IntegerAttribute(default=0)


class CountedItem(Item):
    """A use that was counted, so that it counts once."""

    kind = UnicodeAttribute(default="counted")


class UseCountRepository:
    """Counts of uses in the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def count(self, setting_kind: str, setting_id: str, cause: str, now: datetime) -> None:
        """One more use; the same cause counts once. One call."""
        marker = CountedItem(*keys.counted(cause), expires_at=now + _REMEMBERED)
        place = UsesItem(*keys.uses(setting_kind, setting_id))
        actions = [
            UsesItem.kind.set("uses"),
            UsesItem.schema.set(SCHEMA),
            UsesItem.times.add(1),
        ]
        writes = [
            Write("put", marker, Item.pk.does_not_exist(), refused=lambda _: AlreadyDone()),
            Write("update", place, None, actions),
        ]
        with suppress(AlreadyDone):
            self._table.transact(writes)

    def read(self, setting_kind: str) -> Mapping[str, int]:
        """Times by id; what was never used is left out. One Query per megabyte."""
        found: dict[str, int] = {}
        start: RawItem | None = None
        while True:
            page = self._table.query(keys.uses(setting_kind, "").pk, start=start)
            found |= {raw["sk"]["S"]: int(raw["times"]["N"]) for raw in page.items}
            start = page.last
            if start is None:
                return found
