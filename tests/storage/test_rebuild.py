"""``make rebuild`` finds every row and count that is not what the tickets are, and mends them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.ticket import Priority
from chalicelib.domain.views import Partition, ViewId, of_department
from chalicelib.operations.rebuild import run
from chalicelib.persistence import keys
from chalicelib.persistence.list_audit import ListAuditRepository
from chalicelib.persistence.row_moves import CountItem
from chalicelib.persistence.ticket_items import row_item, ticket_item
from chalicelib.usecases.project_ticket import project_ticket
from tests.builders import a_ticket
from tests.storage.desks import TablePorts
from tests.view_desk import a_seeded_desk, asking, do_all, share

OPEN = Partition(ViewId.ALL_OPEN, of_department("support"))
pytestmark = pytest.mark.row(66, "K6")


@pytest.fixture
def ports(on_table: TablePorts) -> Any:
    """Three tickets on a table, a view of the urgent ones, and a set-up in memory."""
    desk = a_seeded_desk()
    share(desk, conditions=asking("priority", "is", "urgent"), split="department")
    do_all(desk)
    on_table.settings = desk.settings  # type: ignore[assignment]
    for priority in (Priority.URGENT, Priority.NORMAL, Priority.URGENT):
        ticket = a_ticket(number=on_table.tickets.next_number(), priority=priority)
        on_table.table.put(ticket_item(ticket))
        project_ticket(on_table, ticket)  # type: ignore[arg-type]
    return on_table


def _run(ports: Any, *, mend: bool = False) -> tuple[list[str], int]:
    report = run(ports, ListAuditRepository(ports.table), mend=mend)
    return list(report.lines), report.exit_code


def _urgent(ports: Any) -> Partition:
    edition = ports.settings.desk().view_states["urgent"].shown
    return Partition(edition.key, of_department("support"))


def test_a_desk_whose_lists_are_right_has_no_difference(ports: Any) -> None:
    lines, code = _run(ports)

    assert (code, len(lines)) == (0, 1)
    assert lines[0].startswith("3 tickets, 11 rows in ")
    assert lines[0].endswith(", 0 differences.")


def _lose_a_row(ports: Any) -> None:
    (row, *_), _ = ListAuditRepository(ports.table).walk(_urgent(ports), "")
    ports.table.delete(keys.Key(keys.view(row.partition), keys.row_sort(row.sort, row.number)))


def _age_a_row(ports: Any) -> None:
    (row, *_), _ = ListAuditRepository(ports.table).walk(OPEN, "")
    old = replace(ports.tickets.get(row.number), subject="What it was called once")
    place = keys.Key(keys.view(OPEN), keys.row_sort(row.sort, row.number))
    ports.table.put(row_item(*place, old))


def _leave_a_row(ports: Any) -> None:
    stray = a_ticket(number=1002)
    ports.table.put(row_item(keys.view(_urgent(ports)), keys.row_sort("x", 1002), stray))


def _miscount(ports: Any) -> None:
    ports.table.put(CountItem(*keys.view_count(keys.view(OPEN)), rows=7))


def _forget_to_project(ports: Any) -> None:
    ticket = replace(ports.tickets.get(1002), version=2, priority=Priority.URGENT)
    ports.table.put(ticket_item(ticket))


def _lose_a_ticket(ports: Any) -> None:
    ports.table.delete(keys.ticket(1001))


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_lose_a_row, "ticket 1001: no row in e-"),
        (_age_a_row, "ticket 1001: another state in all_open#department:support"),
        (_leave_a_row, "ticket 1002: a row too many in e-"),
        (_miscount, "all_open#department:support: counts 7, has 3"),
        (_forget_to_project, "ticket 1002: not shown as it is"),
        (_lose_a_ticket, "ticket 1001: a row too many in "),
    ],
)
def test_every_difference_is_told_and_mended_when_asked(
    ports: Any, harm: Callable[[Any], None], said: str
) -> None:
    harm(ports)

    told, code = _run(ports)
    still, _ = _run(ports)
    mended, after = _run(ports, mend=True)

    assert code == 1
    assert any(line.strip().startswith(said) for line in told)
    assert still == told
    assert (after, mended[-1].endswith(", 0 differences.")) == (0, True)
    assert _run(ports)[1] == 0
