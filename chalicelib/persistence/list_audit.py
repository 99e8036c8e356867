"""What ``make rebuild`` looks at: rows and numbers of lists as they are stored, one by one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from pynamodb.expressions.operand import Path

from chalicelib.domain.ticket import Ticket
from chalicelib.domain.views import Partition, ViewRow
from chalicelib.persistence import keys
from chalicelib.persistence.failures import ConditionFailed
from chalicelib.persistence.items import SCHEMA, Item
from chalicelib.persistence.read_models import place_of_count
from chalicelib.persistence.row_moves import ProjectedItem, as_read
from chalicelib.persistence.table import Table, Write
from chalicelib.persistence.ticket_items import RowItem, row_item, ticket_of_raw

if TYPE_CHECKING:
    from pynamodb.expressions.condition import Condition

_PAGE = 200


class _Moved(Exception):
    """The ticket's rows were moved meanwhile: what was seen is past."""


class ListAuditRepository:
    """Rows and numbers in the table, for an operator's command."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def rows(self, wanted: Iterable[ViewRow]) -> Mapping[ViewRow, Ticket]:
        """The tickets that these rows show; one that is not there is missing. One call a hundred."""
        places = {_key(row): row for row in wanted}
        found = self._table.find_many(places, consistent=True)
        return {places[key]: ticket_of_raw(raw) for key, raw in found.items()}

    def walk(self, partition: Partition, cursor: str) -> tuple[Sequence[ViewRow], str]:
        """One page of the rows of a partition, and the next cursor. One Query, consistent."""
        after = RowItem.sk.between(f"{cursor} ", keys.ROWS_END)
        page = self._table.query(keys.view(partition), after, limit=_PAGE, consistent=True)
        places = [str(raw["sk"]["S"]) for raw in page.items]
        rows = [
            ViewRow(partition, sort, int(number))
            for sort, _, number in (place.rpartition("#") for place in places)
        ]
        return rows, places[-1] if page.last is not None and places else ""

    def restore(self, row: ViewRow, ticket: Ticket) -> bool:
        """Put a row back that is missing or shows another state; False when it moved meanwhile."""
        place = _key(row)
        return self._write(
            ticket.number, Write("put", row_item(*place, ticket)), place, must_claim=True
        )

    def drop(self, row: ViewRow) -> bool:
        """Take a row away that its ticket does not claim; False when it does by now."""
        place = _key(row)
        return self._write(row.number, Write("delete", Item(*place)), place, must_claim=False)

    def correct(self, partition: Partition, *, wrong: int, right: int) -> bool:
        """Make a number right that was seen to be wrong; False when it changed meanwhile."""
        key, name = place_of_count(partition)
        number = Path([name])
        condition: Condition = number == wrong
        if not wrong:
            condition = condition | number.does_not_exist()
        kind = "view_counts" if partition.is_saved else "view_count"
        actions = [Item.kind.set(kind), Item.schema.set(SCHEMA), number.set(right)]
        try:
            self._table.update(key, actions, condition)
        except ConditionFailed:
            return False
        return True

    def _write(self, number: int, write: Write, place: keys.Key, *, must_claim: bool) -> bool:
        note = self._table.find(ProjectedItem, keys.projected(number), consistent=True)
        claims = note is not None and note.rows.get(place.pk) == place.sk
        if claims is not must_claim:
            return False
        unmoved = Write(
            "check", Item(*keys.projected(number)), as_read(note), refused=lambda _: _Moved()
        )
        try:
            self._table.transact([unmoved, write])
        except _Moved:
            return False
        return True


def _key(row: ViewRow) -> keys.Key:
    return keys.Key(keys.view(row.partition), keys.row_sort(row.sort, row.number))
