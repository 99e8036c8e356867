"""Which writes bring the rows of a ticket from what is shown to what is wanted, in few transactions.

DynamoDB takes 100 writes and 4 MB in one. What does not fit goes on in the next; each leaves rows,
counts and the note of what is shown in agreement, so that a worker that dies in between, or another
version of the ticket, goes on from there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from pynamodb.attributes import JSONAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.operand import Path

from chalicelib.domain.ticket import Ticket
from chalicelib.domain.views import SAVED
from chalicelib.persistence import keys
from chalicelib.persistence.attributes import IntegerAttribute
from chalicelib.persistence.items import SCHEMA, Item
from chalicelib.persistence.table import Write
from chalicelib.persistence.ticket_items import row_item

_MOST_WRITES = 100
_MOST_BYTES = 3_500_000
"""Under DynamoDB's 4 MB, with room for the counts and the note."""


class CountItem(Item):
    """How many rows a list has."""

    kind = UnicodeAttribute(default="view_count")
    rows = IntegerAttribute(default=0)


class CountsItem(Item):
    """How many rows the saved views have of one owner: a number for each edition, by its key."""

    kind = UnicodeAttribute(default="view_counts")


class ProjectedItem(Item):
    """What the lists show of a ticket: from which version, and the rows by list.

    Attributes:
        version: the newest that is shown whole.
        revision: counts the writes, for one version may take several.
    """

    kind = UnicodeAttribute(default="projected")
    version = IntegerAttribute()
    revision = IntegerAttribute(default=0)
    rows = JSONAttribute(default=dict)


class ShownMeanwhile(Exception):
    """Another worker moved the rows of this ticket between the read and the write."""


class _Move(NamedTuple):
    """What becomes of a ticket's row in one partition; an empty place is none."""

    pk: str
    before: str
    after: str

    @property
    def tally(self) -> keys.Key | None:
        """The item whose number changes; None where none does."""
        if bool(self.before) == bool(self.after):
            return None
        if keys.name_of_view(self.pk).startswith(SAVED):
            return keys.view_counts(keys.owner_of_view(self.pk))
        return keys.view_count(self.pk)


@dataclass(slots=True)
class _Batch:
    """Moves of one transaction."""

    moves: list[_Move] = field(default_factory=list)
    counts: set[keys.Key] = field(default_factory=set)
    writes: int = 1  # the note

    def takes(self, move: _Move, row_bytes: int) -> bool:
        """Whether there is room for one more."""
        counts = len(self.counts | ({move.tally} - {None}))
        puts = sum(bool(m.after) for m in self.moves) + bool(move.after)
        enough_room = puts * row_bytes <= _MOST_BYTES or puts <= 1
        return enough_room and self.writes + counts + _row_writes(move) <= _MOST_WRITES

    def add(self, move: _Move) -> None:
        self.moves.append(move)
        self.writes += _row_writes(move)
        if move.tally:
            self.counts.add(move.tally)


def transactions(
    ticket: Ticket, projected: ProjectedItem | None, wanted: Mapping[str, str]
) -> Iterator[list[Write]]:
    """The transactions to make one after the other; none where nothing is to change.

    Args:
        wanted: place by partition.
    """
    version = projected.version if projected else 0
    revision = projected.revision if projected else 0
    shown: dict[str, str] = dict(projected.rows) if projected else {}
    is_new = version < ticket.version
    moves = [
        _Move(pk, shown.get(pk, ""), wanted.get(pk, ""))
        # Those of one owner together: their counts are in one item.
        for pk in sorted(shown.keys() | wanted.keys(), key=lambda pk: (keys.owner_of_view(pk), pk))
        if is_new or shown.get(pk) != wanted.get(pk)
    ]
    if not moves and not is_new:
        return
    condition = as_read(projected)
    batches = _packed(moves, _bytes_of(ticket))
    for batch in batches:
        is_last = batch is batches[-1]
        shown = _after(shown, batch.moves)
        note = ProjectedItem(
            *keys.projected(ticket.number),
            version=max(version, ticket.version) if is_last else version,
            revision=revision + 1,
            rows=dict(shown),
        )
        yield [
            *_writes(ticket, batch.moves),
            Write("put", note, condition, refused=lambda _: ShownMeanwhile()),
        ]
        revision += 1
        condition = ProjectedItem.revision == revision


def withdrawals(number: int, projected: ProjectedItem) -> Iterator[list[Write]]:
    """The transactions that take all rows of a ticket away, and at last the note."""
    shown: dict[str, str] = dict(projected.rows)
    moves = [_Move(pk, shown[pk], "") for pk in sorted(shown, key=keys.owner_of_view)]
    condition, revision = as_read(projected), projected.revision
    batches = _packed(moves, 0)
    for batch in batches:
        shown = _after(shown, batch.moves)
        revision += 1
        key = keys.projected(number)
        note = ProjectedItem(*key, version=projected.version, revision=revision, rows=dict(shown))
        operation: Literal["put", "delete"] = "delete" if batch is batches[-1] else "put"
        last = Write(operation, note, condition, refused=lambda _: ShownMeanwhile())
        yield [*_writes(None, batch.moves), last]
        condition = ProjectedItem.revision == revision


def _packed(moves: Sequence[_Move], row_bytes: int) -> list[_Batch]:
    batches = [_Batch()]
    for move in moves:
        if not batches[-1].takes(move, row_bytes):
            batches.append(_Batch())
        batches[-1].add(move)
    return batches


def _writes(ticket: Ticket | None, moves: Sequence[_Move]) -> Iterator[Write]:
    for move in moves:
        if move.before and move.before != move.after:
            yield Write("delete", Item(move.pk, move.before))
        if move.after and ticket:
            yield Write("put", row_item(move.pk, move.after, ticket))
    yield from _counted(moves)


def _counted(moves: Sequence[_Move]) -> Iterator[Write]:
    by_item: dict[keys.Key, list[_Move]] = {}
    for move in moves:
        if move.tally:
            by_item.setdefault(move.tally, []).append(move)
    for key, own in by_item.items():
        if key.sk != keys.COUNTS_SORT:
            (move,) = own
            actions = [
                CountItem.kind.set("view_count"), CountItem.schema.set(SCHEMA),
                CountItem.rows.add(_change(move)),
            ]  # fmt: skip
            yield Write("update", CountItem(*key), None, actions)
            continue
        numbers = [Path([keys.name_of_view(move.pk)]).add(_change(move)) for move in own]
        actions = [
            CountsItem.kind.set("view_counts"), CountsItem.schema.set(SCHEMA), *numbers
        ]  # fmt: skip
        yield Write("update", CountsItem(*key), None, actions)


def _change(move: _Move) -> int:
    return 1 if move.after else -1


def _row_writes(move: _Move) -> int:
    return bool(move.after) + bool(move.before and move.before != move.after)


def _after(shown: Mapping[str, str], moves: Sequence[_Move]) -> dict[str, str]:
    changed = {**shown, **{move.pk: move.after for move in moves}}
    return {pk: sk for pk, sk in changed.items() if sk}


def as_read(projected: ProjectedItem | None) -> Condition:
    """That the note of what is shown is still the one that was read."""
    if projected is None:
        nothing: Condition = ProjectedItem.pk.does_not_exist()
        return nothing
    revision: Condition = ProjectedItem.revision == projected.revision
    if not projected.revision:
        # An older release counted none.
        revision = revision | ProjectedItem.revision.does_not_exist()
    both: Condition = (ProjectedItem.version == projected.version) & revision
    return both


def _bytes_of(ticket: Ticket) -> int:
    """About how large a row is."""
    return len(str(row_item("", "", ticket).to_dynamodb_dict()).encode())
