"""Saved views show what their conditions say, in their order, whatever happens in which order."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.domain.errors import Unavailable
from chalicelib.domain.predicate import Condition, Field, Operator, Predicate
from chalicelib.domain.saved_views import (
    MOST_SHARED,
    Selection,
    Sort,
    Split,
    ViewState,
    all_rows,
    saved_partitions,
)
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Ticket
from chalicelib.persistence.table import Table, Write
from tests.builders import NOON, a_clock, a_ticket
from tests.fakes import FakePorts
from tests.storage.desks import Storage, TablePorts
from tests.view_worlds import AGENTS, CHANGES, DEPARTMENTS, SELECTIONS, history, seen_of, states_of

FULL = bool(os.environ.get("FULL"))
"""The long form: every change, and every place to die; a transaction of a hundred parts is slow on moto."""

WORLD = st.tuples(
    st.lists(SELECTIONS, min_size=1, max_size=4),
    st.lists(st.lists(CHANGES, max_size=4), min_size=1, max_size=5),
    st.randoms(use_true_random=False),
)
VIEWERS = (("agent-rui", ("support",)), ("agent-eva", DEPARTMENTS))


def _show(storage: Storage, states: Sequence[ViewState], *tickets: Ticket) -> None:
    for ticket in tickets:
        storage.read_models.apply(ticket, all_rows(ticket, states, {}))


def _listed(
    storage: Storage, state: ViewState, agent_id: str, departments: Sequence[str]
) -> list[int]:
    """All pages of a view, three rows each."""
    assert state.listed
    partitions = saved_partitions(state.listed, agent_id, departments)
    seen: list[int] = []
    cursor = ""
    while True:
        page, cursor = storage.read_models.page(partitions, limit=3, cursor=cursor)
        seen += [ticket.number for ticket in page]
        if not cursor:
            break
    counts = storage.read_models.counts(partitions)
    assert sum(counts.values()) == len(seen)
    return seen


def _assert_every_view_is_right(
    storage: Storage, states: Sequence[ViewState], tickets: Sequence[Ticket]
) -> None:
    for state in states:
        for agent_id, departments in VIEWERS:
            assert state.listed
            expected = seen_of(state.listed.selection, tickets, departments, agent_id)
            assert _listed(storage, state, agent_id, departments) == expected


def _live(storage: Storage, world: Any) -> tuple[list[ViewState], list[Ticket]]:
    """Every state of every ticket is shown, twice and in any order."""
    selections, changes, random = world
    states = states_of(selections)
    histories = [history(own, 1001 + place) for place, own in enumerate(changes)]
    steps = [state for own in histories for state in own] * 2
    random.shuffle(steps)
    _show(storage, states, *steps)
    return states, [own[-1] for own in histories]


@pytest.mark.row(66, 67, 77, "K6")
@given(WORLD)
@settings(max_examples=150, deadline=None)
def test_a_view_shows_what_the_conditions_say_of_all_tickets_in_its_order(world: Any) -> None:
    storage = FakePorts()
    _assert_every_view_is_right(storage, *_live(storage, world))


@pytest.mark.row(66, "K6")
@given(WORLD)
@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_table_shows_the_same(dynamodb_table: Table, world: Any) -> None:
    from tests.storage.desks import empty

    storage = TablePorts(dynamodb_table)
    try:
        _assert_every_view_is_right(storage, *_live(storage, world))
    finally:
        empty(dynamodb_table)


def _many(count: int) -> list[ViewState]:
    """So many views that every open ticket is in all of them, of all sorts and splits."""
    splits, sorts = tuple(Split), tuple(Sort)
    not_closed = Predicate((Condition(Field.STATUS, Operator.IS_NOT, ("closed",)),))
    return states_of(
        Selection(not_closed, sorts[n % len(sorts)], splits[n % len(splits)]) for n in range(count)
    )


def _moved() -> tuple[Ticket, Ticket]:
    """A ticket, and the same after everything that places it changed at once."""
    before = a_ticket(
        status=Status.OPEN, assignee_id="agent-rui", clocks=(a_clock(due_at=NOON),), version=1
    )
    after = replace(
        before, version=2, department_id="sales", assignee_id="agent-eva", subject="Other",
        clocks=(a_clock(due_at=NOON + timedelta(hours=1)),), updated_at=NOON + timedelta(hours=2),
        waiting_since=NOON + timedelta(hours=1), created_at=NOON - timedelta(hours=1),
    )  # fmt: skip
    return before, after


@contextmanager
def _transactions(table: Table, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many writes each transaction had."""
    made: list[int] = []
    transact = Table.transact

    def counted(self: Table, writes: Sequence[Write]) -> None:
        made.append(len(writes))
        transact(self, writes)

    with monkeypatch.context() as patch:
        patch.setattr(Table, "transact", counted)
        yield made


@pytest.mark.row("K6", "J7")
def test_the_most_views_that_can_be_shared_follow_any_change_in_two_transactions(
    on_table: TablePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = _moved()
    states = _many(MOST_SHARED)
    with _transactions(on_table.table, monkeypatch) as first:
        _show(on_table, states, before)
    with _transactions(on_table.table, monkeypatch) as second:
        _show(on_table, states, after)

    assert len(first) == 1
    assert len(second) == 2
    assert max(*first, *second) <= 100
    _assert_every_view_is_right(on_table, states[:21], [after])


@pytest.mark.row("K6")
@pytest.mark.parametrize("change", [{"tags": ("x",)}, {"assignee_id": "agent-eva"}, {
    "waiting_since": NOON + timedelta(hours=1), "updated_at": NOON + timedelta(hours=2),
    "clocks": (a_clock(due_at=NOON + timedelta(hours=3)),),
}, {"status": Status.CLOSED}][:: 1 if FULL else 3])  # fmt: skip
def test_a_change_of_a_ticket_in_a_hundred_views_takes_two_transactions(
    on_table: TablePorts, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any]
) -> None:
    before, _ = _moved()
    states = _many(100)
    _show(on_table, states, before)
    after = replace(before, version=2, **change)

    with _transactions(on_table.table, monkeypatch) as made:
        _show(on_table, states, after)

    assert len(made) <= 2
    _assert_every_view_is_right(on_table, states[:21], [after])


@pytest.mark.parametrize("late", [None, 1, 3] if FULL else [1])
def test_a_worker_that_dies_between_two_transactions_leaves_nothing_wrong(
    on_table: TablePorts, monkeypatch: pytest.MonkeyPatch, late: int | None
) -> None:
    before, after = _moved()
    states = _many(MOST_SHARED)
    _show(on_table, states, before)
    made: list[int] = []
    transact = Table.transact

    def dying(self: Table, writes: Sequence[Write]) -> None:
        made.append(1)
        if len(made) == 2:
            raise Unavailable("The machine is gone.")
        transact(self, writes)

    with monkeypatch.context() as patch:
        patch.setattr(Table, "transact", dying)
        with pytest.raises(Unavailable):
            _show(on_table, states, after)
    newest = replace(after, version=3, tags=("x",), department_id="support")
    # The job comes again, or another version of the ticket comes in between.
    come = {None: [after], 1: [before, after], 3: [newest, before, after]}[late]
    _show(on_table, states, *come)

    last = newest if late == 3 else after
    _assert_every_view_is_right(on_table, states[:21], [last])
    assert on_table.read_models.lagging([(last, all_rows(last, states, {}))]) == []


def test_rows_of_new_views_are_made_without_a_change_of_the_ticket(storage: Storage) -> None:
    ticket, states = a_ticket(), _many(3)
    _show(storage, [], ticket)
    rows = all_rows(ticket, states, {})

    assert storage.read_models.lagging([(ticket, rows)]) == [ticket]
    assert storage.read_models.apply(ticket, rows) is False
    assert storage.read_models.apply(ticket, rows, again=True)
    assert storage.read_models.lagging([(ticket, rows)]) == []
    _assert_every_view_is_right(storage, states, [ticket])


def test_an_older_version_is_not_shown_again(storage: Storage) -> None:
    before, after = _moved()
    states = _many(3)
    _show(storage, states, after)

    assert not storage.read_models.apply(before, all_rows(before, states, {}), again=True)
    _assert_every_view_is_right(storage, states, [after])


def test_a_ticket_that_is_gone_is_in_no_view_and_no_count(storage: Storage) -> None:
    states = _many(100)
    _show(storage, states, a_ticket(assignee_id="agent-rui"))

    storage.read_models.withdraw(1001)
    storage.read_models.withdraw(1001)

    _assert_every_view_is_right(storage, states[:21], [])


def test_numbers_of_a_view_that_is_gone_are_forgotten(on_table: TablePorts) -> None:
    (state,) = _many(1)
    _show(on_table, [state], a_ticket())
    assert state.listed
    partitions = saved_partitions(state.listed, AGENTS[1], DEPARTMENTS)

    on_table.read_models.forget_counts(partitions)

    assert set(on_table.read_models.counts(partitions).values()) == {0}
