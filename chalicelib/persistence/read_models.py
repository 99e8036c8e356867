"""The repository of ready-made lists and their counts.

A row carries the ticket's state, so that a page needs no second read. What the lists show of a
ticket is remembered with the version it came from: an older state, or the same once more, changes
nothing, in whatever order they come.
"""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from pynamodb.expressions.operand import Path

from chalicelib.domain.errors import LostRace
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.views import Partition, ViewRow
from chalicelib.persistence import keys
from chalicelib.persistence.failures import ConditionFailed
from chalicelib.persistence.items import RawItem, read
from chalicelib.persistence.row_moves import (
    CountsItem,
    ProjectedItem,
    ShownMeanwhile,
    transactions,
    withdrawals,
)
from chalicelib.persistence.table import Table
from chalicelib.persistence.ticket_items import RowItem, ticket_of_raw

_MOST_AT_ONCE = 8
_ATTEMPTS = 5


class ReadModelRepository:
    """Lists in the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def page(
        self, partitions: Sequence[Partition], *, limit: int, cursor: str
    ) -> tuple[Sequence[Ticket], str]:
        """One page of several partitions merged by sort and number, and the next cursor.

        One Query per partition, side by side. The cursor is the place of the last row.
        """
        if not partitions:
            return [], ""
        with ThreadPoolExecutor(max_workers=min(len(partitions), _MOST_AT_ONCE)) as pool:
            queried = pool.map(lambda part: self._rows(part, limit + 1, cursor), partitions)
            merged = list(_each_ticket_once(heapq.merge(*queried, key=_place)))
        shown = [ticket_of_raw(raw) for raw in merged[:limit]]
        return shown, _place(merged[limit - 1]) if len(merged) > limit else ""

    def counts(self, partitions: Sequence[Partition]) -> Mapping[Partition, int]:
        """How many rows each partition has. One call per hundred lists of every desk and owners."""
        places = {part: place_of_count(part) for part in partitions}
        found = self._table.find_many(key for key, _ in places.values())
        return {
            part: int(found[key][name]["N"]) if name in found.get(key, {}) else 0
            for part, (key, name) in places.items()
        }

    def apply(self, ticket: Ticket, rows: frozenset[ViewRow], *, again: bool = False) -> bool:
        """Make the rows of a ticket these; False when a version as new is shown already.

        Safe to repeat and to call in any order. One read, and one transaction for about fifty rows
        that move.

        Args:
            again: the version may be shown already, in other rows: views changed, not the ticket.

        Raises:
            LostRace: others were at the same lists every time.
        """
        wanted = _places(rows)
        for _ in range(_ATTEMPTS):
            projected = self._table.find(
                ProjectedItem, keys.projected(ticket.number), consistent=True
            )
            oldest_to_show = ticket.version + (0 if again else -1)
            if projected and projected.version > oldest_to_show:
                return False
            try:
                for writes in transactions(ticket, projected, wanted):
                    self._table.transact(writes)
            except ShownMeanwhile:
                continue
            return True
        raise LostRace

    def lagging(self, wanted: Sequence[tuple[Ticket, frozenset[ViewRow]]]) -> Sequence[Ticket]:
        """Those tickets of whom the lists show other rows, or an older version.

        Consistent. One call per hundred.
        """
        found = self._table.find_many(
            [keys.projected(ticket.number) for ticket, _ in wanted], consistent=True
        )
        notes = {key: read(ProjectedItem, raw) for key, raw in found.items()}
        return [
            ticket for ticket, rows in wanted
            if (note := notes.get(keys.projected(ticket.number))) is None
            or note.version < ticket.version
            or (note.version == ticket.version and note.rows != _places(rows))
        ]  # fmt: skip

    def withdraw(self, number: int) -> None:
        """Take all rows of a ticket away that is gone. Safe to repeat.

        Raises:
            LostRace: others were at the same lists every time.
        """
        for _ in range(_ATTEMPTS):
            projected = self._table.find(ProjectedItem, keys.projected(number), consistent=True)
            if projected is None:
                return
            try:
                for writes in withdrawals(number, projected):
                    self._table.transact(writes)
            except ShownMeanwhile:
                continue
            return
        raise LostRace

    def forget_counts(self, partitions: Iterable[Partition]) -> None:
        """Take away the numbers of saved views that there are no more. One call for each owner."""
        for part in partitions:
            key, name = place_of_count(part)
            with suppress(ConditionFailed):
                self._table.update(key, [Path([name]).remove()], CountsItem.pk.exists())

    def _rows(self, partition: Partition, limit: int, cursor: str) -> Sequence[RawItem]:
        # A space sorts before whatever could follow a row's place: the range begins after it.
        after = RowItem.sk.between(f"{cursor} ", keys.ROWS_END)
        return self._table.query(keys.view(partition), after, limit=limit).items


def _places(rows: Iterable[ViewRow]) -> dict[str, str]:
    return {keys.view(row.partition): keys.row_sort(row.sort, row.number) for row in rows}


def place_of_count(partition: Partition) -> tuple[keys.Key, str]:
    """Item and attribute that tell how many rows a partition has."""
    if partition.is_saved:
        return keys.view_counts(partition.owner), partition.view
    return keys.view_count(keys.view(partition)), "rows"


def _place(raw: RawItem) -> str:
    return str(raw["sk"]["S"])


def _each_ticket_once(rows: Iterator[RawItem]) -> Iterator[RawItem]:
    """A ticket that is just moving between lists can stand in both for a moment."""
    seen: set[str] = set()
    for raw in rows:
        number = raw["number"]["N"]
        if number not in seen:
            seen.add(number)
            yield raw
