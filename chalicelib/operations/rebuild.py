"""``make rebuild``: do all lists and their counts show what the tickets are? With MEND, make them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from chalicelib.domain.desk import Desk
from chalicelib.domain.saved_views import owners_of
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.views import Partition, ViewId, ViewRow, of_agent, of_department
from chalicelib.operations.report import Report
from chalicelib.usecases.ports import FIRST_NUMBER, Ports
from chalicelib.usecases.ports.list_audit import ListAudit
from chalicelib.usecases.project_ticket import rows_on

_Found = TypeVar("_Found")
_PAGE = 100
_SHOWN = 50


@dataclass(slots=True)
class Look:
    """What one look found, each difference as a line that says it.

    Attributes:
        lagging: tickets of whom the lists remember another version or other rows.
        wrong: rows that are missing or show another state.
        strays: rows of tickets that do not belong there.
        counts: partition, stored number, right number.
    """

    tickets: int = 0
    rows: int = 0
    lists: int = 0
    lagging: dict[str, Ticket] = field(default_factory=dict)
    wrong: dict[str, tuple[ViewRow, Ticket]] = field(default_factory=dict)
    strays: dict[str, ViewRow] = field(default_factory=dict)
    counts: dict[str, tuple[Partition, int, int]] = field(default_factory=dict)

    @property
    def lines(self) -> list[str]:
        """Every difference."""
        return [*self.lagging, *self.wrong, *self.strays, *self.counts]


def run(ports: Ports, audit: ListAudit, *, mend: bool) -> Report:
    """Verify every row and every count against the tickets; print the difference.

    What differs is looked at twice: a desk that works changes while it is looked at.

    Raises:
        Unavailable: the table did not answer.
    """
    found = _look(ports, audit)
    if found.lines:
        found = _in_both(found, _look(ports, audit))
    lines = _said(found)
    if not found.lines or not mend:
        return Report(tuple(lines), exit_code=1 if found.lines else 0)
    _mend(ports, audit, found)
    left = _look(ports, audit)
    if left.lines:
        # What a row lacked may have hidden what a count lacks.
        _mend(ports, audit, left)
        left = _look(ports, audit)
    lines += ["Mended. Looked at again:", *_said(left)]
    return Report(tuple(lines), exit_code=1 if left.lines else 0)


def _said(found: Look) -> list[str]:
    first = (
        f"{found.tickets} tickets, {found.rows} rows in {found.lists} lists, "
        f"{len(found.lines)} differences."
    )
    more = len(found.lines) - _SHOWN
    rest = [f"  and {more} more"] if more > 0 else []
    return [first, *(f"  {line}" for line in found.lines[:_SHOWN]), *rest]


def _look(ports: Ports, audit: ListAudit) -> Look:
    desk, found = ports.settings.desk(), Look()
    expected: dict[Partition, set[int]] = {}
    for wanted in _wanted(ports, desk):
        found.tickets += len(wanted)
        for ticket in ports.read_models.lagging(wanted):
            found.lagging[f"ticket {ticket.number}: not shown as it is"] = ticket
        for _, rows in wanted:
            for row in rows:
                expected.setdefault(row.partition, set()).add(row.number)
        _look_at_rows(audit, wanted, found)
    for partition in sorted(expected.keys() | set(_partitions(desk))):
        _look_at_list(ports, audit, partition, expected.get(partition, set()), found)
    return found


def _wanted(ports: Ports, desk: Desk) -> Iterator[list[tuple[Ticket, frozenset[ViewRow]]]]:
    """All tickets with the rows that they are to have, page by page."""
    for start in range(FIRST_NUMBER, ports.tickets.last_number() + 1, _PAGE):
        tickets = ports.tickets.list_by_numbers(range(start, start + _PAGE))
        yield [(ticket, rows_on(desk, ticket)) for ticket in tickets]


def _look_at_rows(
    audit: ListAudit, wanted: Iterable[tuple[Ticket, frozenset[ViewRow]]], found: Look
) -> None:
    owners = {row: ticket for ticket, rows in wanted for row in rows}
    shown = audit.rows(owners)
    found.rows += len(shown)
    for row, ticket in owners.items():
        if row not in shown:
            found.wrong[f"ticket {row.number}: no row in {row.partition.key}"] = (row, ticket)
        elif shown[row] != ticket:
            line = f"ticket {row.number}: another state in {row.partition.key}"
            found.wrong[line] = (row, ticket)


def _look_at_list(
    ports: Ports, audit: ListAudit, partition: Partition, expected: set[int], found: Look
) -> None:
    found.lists += 1
    cursor, seen = "", set[int]()
    while True:
        rows, cursor = audit.walk(partition, cursor)
        for row in rows:
            if row.number not in expected or row.number in seen:
                line = f"ticket {row.number}: a row too many in {partition.key}"
                found.strays[line] = row
            seen.add(row.number)
        if not cursor:
            break
    stored = ports.read_models.counts([partition])[partition]
    if stored != len(expected):
        line = f"{partition.key}: counts {stored}, has {len(expected)}"
        found.counts[line] = (partition, stored, len(expected))


def _partitions(desk: Desk) -> Iterator[Partition]:
    """Every list that there can be, so that rows of tickets that are gone are found too."""
    for view in ViewId:
        yield from (Partition(view, of_department(name)) for name in desk.departments)
        yield from (Partition(view, of_agent(name)) for name in desk.agents)
    for state in desk.view_states.values():
        for edition in (*state.editions, *state.leaving):
            owners = owners_of(edition, desk.agents, desk.departments)
            yield from (Partition(edition.key, owner) for owner in owners)


def _in_both(first: Look, second: Look) -> Look:
    """What both found, as the second one saw it."""
    second.lagging = _common(first.lagging, second.lagging)
    second.wrong = _common(first.wrong, second.wrong)
    second.strays = _common(first.strays, second.strays)
    second.counts = _common(first.counts, second.counts)
    return second


def _common(first: dict[str, _Found], second: dict[str, _Found]) -> dict[str, _Found]:
    return {line: second[line] for line in first if line in second}


def _mend(ports: Ports, audit: ListAudit, found: Look) -> None:
    desk = ports.settings.desk()
    for ticket in found.lagging.values():
        ports.read_models.apply(ticket, rows_on(desk, ticket), again=True)
    for row, ticket in found.wrong.values():
        audit.restore(row, ticket)
    for row in found.strays.values():
        if not audit.drop(row) and not ports.tickets.list_by_numbers([row.number]):
            ports.read_models.withdraw(row.number)
    for partition, wrong, right in found.counts.values():
        if not found.lagging:
            # Rows that were just moved have changed the numbers; a second look finds what is left.
            audit.correct(partition, wrong=wrong, right=right)
