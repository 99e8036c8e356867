"""The contract of ready-made lists: the newest version wins, pages merge, counts add up."""

import itertools
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.views import (
    Partition,
    ViewId,
    of_agent,
    of_department,
    partitions_for,
    rows_of,
    solve_order,
)
from tests.builders import NOON, a_clock, a_ticket
from tests.fakes import FakePorts
from tests.storage.desks import Storage, TablePorts

UNASSIGNED = Partition(ViewId.UNASSIGNED, of_department("support"))
ALL_OPEN = Partition(ViewId.ALL_OPEN, of_department("support"))
MINE = Partition(ViewId.MINE, of_agent("agent-rui"))
SALES = Partition(ViewId.ALL_OPEN, of_department("sales"))
EVERY = (UNASSIGNED, ALL_OPEN, MINE, SALES)


def shown(storage: Storage, *tickets: Ticket) -> list[bool]:
    """Project these states one after the other."""
    return [storage.read_models.apply(ticket, rows_of(ticket)) for ticket in tickets]


def listed(storage: Storage, *partitions: Partition) -> list[Ticket]:
    """The first page of these lists."""
    return list(storage.read_models.page(partitions, limit=50, cursor="")[0])


def a_history() -> list[Ticket]:
    """A ticket that is new, assigned, moved to sales, answered and resolved."""
    new = a_ticket()
    mine = replace(new, version=2, assignee_id="agent-rui", status=Status.OPEN)
    moved = replace(mine, version=3, assignee_id="", department_id="sales")
    answered = replace(moved, version=4, assignee_id="agent-rui", status=Status.ANSWERED)
    return [new, mine, moved, answered, replace(answered, version=5, status=Status.RESOLVED)]


def test_a_row_carries_the_whole_ticket(storage: Storage) -> None:
    ticket = a_ticket(clocks=(a_clock(),), tags=("vat",))
    shown(storage, ticket)
    assert listed(storage, UNASSIGNED) == [ticket]


@pytest.mark.row("K6")
def test_a_ticket_moves_between_lists_as_it_changes(storage: Storage) -> None:
    new, mine, moved, answered, resolved = a_history()
    shown(storage, new)
    assert storage.read_models.counts(EVERY) == {UNASSIGNED: 1, ALL_OPEN: 1, MINE: 0, SALES: 0}
    shown(storage, mine)
    assert storage.read_models.counts(EVERY) == {UNASSIGNED: 0, ALL_OPEN: 1, MINE: 1, SALES: 0}
    shown(storage, moved)
    assert listed(storage, SALES) == [moved]
    assert listed(storage, ALL_OPEN, MINE) == []
    shown(storage, answered, resolved)
    assert storage.read_models.counts(EVERY) == dict.fromkeys(EVERY, 0)
    assert listed(storage, *EVERY) == []


def test_the_same_state_again_changes_nothing(storage: Storage) -> None:
    assert shown(storage, a_ticket(), a_ticket()) == [True, False]
    assert storage.read_models.counts([ALL_OPEN]) == {ALL_OPEN: 1}


def assert_shows_the_last(storage: Storage, history: Iterable[Ticket]) -> None:
    """Whatever the order, lists and counts are those of the newest state seen."""
    states = list(history)
    shown(storage, *states)
    last = max(states, key=lambda ticket: ticket.version)
    wanted = {row.partition for row in rows_of(last)}
    for partition in EVERY:
        expected = [last] if partition in wanted else []
        assert listed(storage, partition) == expected
        assert storage.read_models.counts([partition]) == {partition: len(expected)}


def test_states_in_any_order_give_the_same_lists(storage: Storage) -> None:
    for start, order in enumerate(itertools.permutations(a_history()[:4])):
        if start % 5 == 0:
            number = 2000 + start
            own = [replace(state, number=number) for state in order]
            shown(storage, *own)
            newest = max(own, key=lambda ticket: ticket.version)
            assert newest in listed(storage, SALES)
    assert storage.read_models.counts(EVERY) == {UNASSIGNED: 0, ALL_OPEN: 0, MINE: 5, SALES: 5}


@given(st.lists(st.sampled_from(a_history()), min_size=1, max_size=8))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_repeated_states_shows_the_newest(history: list[Ticket]) -> None:
    assert_shows_the_last(FakePorts(), history)


@pytest.mark.parametrize("seed", range(4))
def test_the_table_shows_the_newest_of_repeated_states(on_table: TablePorts, seed: int) -> None:
    states = a_history()
    order = [states[(seed * 3 + step * step) % 5] for step in range(6)]
    assert_shows_the_last(on_table, order)


@pytest.mark.row(43, 53)
def test_a_list_is_ordered_by_due_time_and_pages_in_that_order(storage: Storage) -> None:
    due = [3, 1, 2, 5, 4]
    for n, hours in enumerate(due):
        clocks = (a_clock(due_at=NOON + timedelta(hours=hours)),)
        shown(storage, a_ticket(number=1001 + n, clocks=clocks))
    pages, cursor = [], ""
    while True:
        page, cursor = storage.read_models.page([ALL_OPEN], limit=2, cursor=cursor)
        pages.append([ticket.number for ticket in page])
        if not cursor:
            break
    assert pages == [[1002, 1003], [1001, 1005], [1004]]


def test_tickets_with_equal_order_are_listed_by_number(storage: Storage) -> None:
    for number in (1003, 1001, 1002):
        shown(storage, a_ticket(number=number))
    assert [ticket.number for ticket in listed(storage, ALL_OPEN)] == [1001, 1002, 1003]


@pytest.mark.row(43)
def test_several_partitions_are_merged_and_paged_as_one_list(storage: Storage) -> None:
    for n in range(9):
        owner = "agent-rui" if n % 3 == 0 else ""
        department = "support" if n % 2 else "sales"
        waiting = NOON - timedelta(hours=n)
        ticket = a_ticket(
            number=1001 + n, waiting_since=waiting, department_id=department, assignee_id=owner
        )
        shown(storage, ticket)
    partitions = partitions_for(ViewId.TO_SOLVE, "agent-rui", ["support", "sales"])
    seen: list[Ticket] = []
    cursor = ""
    for _ in range(3):
        page, cursor = storage.read_models.page(partitions, limit=4, cursor=cursor)
        seen.extend(page)
    assert cursor == ""
    assert [ticket.number for ticket in seen] == [1009 - n for n in range(9)]
    assert [solve_order(ticket) for ticket in seen] == sorted(map(solve_order, seen))


def test_no_partition_is_an_empty_list(storage: Storage) -> None:
    assert storage.read_models.page([], limit=5, cursor="") == ([], "")
    assert storage.read_models.counts([]) == {}


def test_more_than_a_hundred_counts_are_read(storage: Storage) -> None:
    partitions = [Partition(ViewId.MINE, of_agent(f"agent-{n}")) for n in range(130)]
    shown(storage, a_ticket(assignee_id="agent-129"))
    counts = storage.read_models.counts(partitions)
    assert len(counts) == len(partitions)
    assert counts[partitions[-1]] == 1
