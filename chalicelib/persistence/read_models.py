"""The repository of ready-made lists and their counts.

A row carries the ticket's state, so that a page needs no second read. What the lists show of a
ticket is remembered with the version it came from: an older state, or the same once more, changes
nothing, in whatever order they come.
"""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from pynamodb.attributes import JSONAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.domain.errors import LostRace
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.views import Partition, ViewRow
from chalicelib.persistence import keys
from chalicelib.persistence.attributes import IntegerAttribute
from chalicelib.persistence.items import SCHEMA, Item, RawItem
from chalicelib.persistence.table import Table, Write
from chalicelib.persistence.ticket_items import RowItem, row_item, ticket_of_raw

_MOST_AT_ONCE = 8
_ATTEMPTS = 5


class CountItem(Item):
    """How many rows a list has."""

    kind = UnicodeAttribute(default="view_count")
    rows = IntegerAttribute(default=0)


class ProjectedItem(Item):
    """What the lists show of a ticket: from which version, and the rows by list."""

    kind = UnicodeAttribute(default="projected")
    version = IntegerAttribute()
    rows = JSONAttribute(default=dict)


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
        """How many rows each partition has. One call per hundred."""
        wanted = {part: keys.view_count(keys.view(part)) for part in partitions}
        found = self._table.find_many(wanted.values())
        return {
            part: int(found[key]["rows"]["N"]) if key in found else 0
            for part, key in wanted.items()
        }

    def apply(self, ticket: Ticket, rows: frozenset[ViewRow]) -> bool:
        """Make the rows of a ticket these; False when a version as new is shown already.

        Safe to repeat and to call in any order. One read and one transaction.

        Raises:
            LostRace: others were at the same lists every time.
        """
        wanted = {keys.view(row.partition): keys.row_sort(row.sort, row.number) for row in rows}
        for _ in range(_ATTEMPTS):
            projected = self._table.find(
                ProjectedItem, keys.projected(ticket.number), consistent=True
            )
            if projected is not None and projected.version >= ticket.version:
                return False
            try:
                self._table.transact(list(_moves(ticket, projected, wanted)))
            except _ShownMeanwhile:
                continue
            return True
        raise LostRace

    def _rows(self, partition: Partition, limit: int, cursor: str) -> Sequence[RawItem]:
        # A space sorts before whatever could follow a row's place: the range begins after it.
        after = RowItem.sk.between(f"{cursor} ", keys.ROWS_END)
        return self._table.query(keys.view(partition), after, limit=limit).items


class _ShownMeanwhile(Exception):
    """Another worker moved the rows of this ticket between the read and the write."""


def _moves(
    ticket: Ticket, projected: ProjectedItem | None, wanted: Mapping[str, str]
) -> Iterator[Write]:
    shown: Mapping[str, str] = projected.rows if projected else {}
    for pk, sk in shown.items():
        if wanted.get(pk) != sk:
            yield Write("delete", Item(pk, sk))
    for pk, sk in wanted.items():
        yield Write("put", row_item(pk, sk, ticket))
    for pk in sorted(shown.keys() ^ wanted.keys()):
        yield _counted(pk, 1 if pk in wanted else -1)
    item = ProjectedItem(*keys.projected(ticket.number), version=ticket.version, rows=dict(wanted))
    yield Write("put", item, _as_read(projected), refused=lambda _: _ShownMeanwhile())


def _as_read(projected: ProjectedItem | None) -> Condition:
    if projected is None:
        return ProjectedItem.pk.does_not_exist()
    return ProjectedItem.version == projected.version


def _counted(pk: str, change: int) -> Write:
    actions = [
        CountItem.kind.set("view_count"), CountItem.schema.set(SCHEMA), CountItem.rows.add(change)
    ]  # fmt: skip
    return Write("update", CountItem(*keys.view_count(pk)), None, actions)


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
