"""On which day API keys were used last: at most one write a day for each key and container."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from pynamodb.attributes import UnicodeAttribute

from chalicelib.persistence import keys
from chalicelib.persistence.failures import ConditionFailed
from chalicelib.persistence.items import SCHEMA, Item, RawItem
from chalicelib.persistence.table import Table


class ApiKeyUseItem(Item):
    """The last day of use, in UTC, as ``2030-01-31``."""

    kind = UnicodeAttribute(default="api_key_use")
    used_on = UnicodeAttribute()


class ApiKeyUseRepository:
    """Days of use in the table."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._noted: dict[str, date] = {}

    def note(self, use_id: str, day: date) -> None:
        """Note the day; no call when this container has noted it, else one."""
        if self._noted.get(use_id) == day:
            return
        text = day.isoformat()
        actions = [
            ApiKeyUseItem.kind.set("api_key_use"),
            ApiKeyUseItem.schema.set(SCHEMA),
            ApiKeyUseItem.used_on.set(text),
        ]
        is_newer = ApiKeyUseItem.used_on.does_not_exist() | (ApiKeyUseItem.used_on < text)
        with suppress(ConditionFailed):
            self._table.update(keys.api_key_use(use_id), actions, is_newer)
        self._noted[use_id] = day

    def last_days(self) -> Mapping[str, date]:
        """The last day by use id; what was never used is left out. One Query per megabyte."""
        found: dict[str, date] = {}
        start: RawItem | None = None
        while True:
            page = self._table.query(keys.api_key_use("").pk, start=start)
            found |= {r["sk"]["S"]: date.fromisoformat(r["used_on"]["S"]) for r in page.items}
            start = page.last
            if start is None:
                return found
