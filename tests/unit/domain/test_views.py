"""Which lists show a ticket, in which order, and whose part of a list somebody sees."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.sla import ClockState
from chalicelib.domain.status import UNSOLVED, WAITING_FOR_US, Status
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.views import (
    NO_SLA_DUE_AFTER,
    Partition,
    ViewId,
    of_agent,
    of_department,
    partitions_for,
    rows_of,
    solve_order,
)
from tests.builders import NOON, a_clock, a_ticket

SUPPORT, RUI = of_department("support"), of_agent("agent-rui")
HOUR = timedelta(hours=1)


def _lists(ticket: Ticket) -> set[Partition]:
    return {row.partition for row in rows_of(ticket)}


def _due(hours: int, **changes: object) -> Ticket:
    return a_ticket(clocks=(a_clock(due_at=NOON + hours * HOUR),), **changes)


@pytest.mark.row(43, 53)
def test_the_ticket_that_is_due_first_stands_first() -> None:
    waiting = [a_ticket(number=4), _due(3, number=3), _due(1, number=1), _due(2, number=2)]

    assert [t.number for t in sorted(waiting, key=solve_order)] == [1, 2, 3, 4]


@pytest.mark.row(43)
def test_of_two_that_are_due_together_the_one_that_waits_longer_stands_first() -> None:
    later, sooner = _due(1, number=1), _due(1, number=2, waiting_since=NOON - HOUR)

    assert solve_order(sooner) < solve_order(later)


@pytest.mark.row(43)
def test_without_a_promise_a_ticket_counts_as_due_seven_days_after_the_customers_last_message() -> (
    None
):
    last = NOON + 5 * HOUR
    written_twice = a_ticket(
        last_customer_message_at=last, last_message_at=last + 48 * HOUR, waiting_since=NOON
    )
    just_before = a_ticket(clocks=(a_clock(due_at=last + NO_SLA_DUE_AFTER - HOUR),))
    just_after = a_ticket(clocks=(a_clock(due_at=last + NO_SLA_DUE_AFTER + HOUR),))

    assert solve_order(just_before) < solve_order(written_twice) < solve_order(just_after)


@pytest.mark.row(43)
def test_a_clock_that_stands_still_promises_nothing() -> None:
    paused = a_ticket(clocks=(a_clock(state=ClockState.PAUSED, due_at=None),))

    assert solve_order(paused) == solve_order(a_ticket())


@pytest.mark.row(43)
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=12))
def test_the_order_of_texts_is_the_order_of_times(pairs: list[tuple[int, int]]) -> None:
    tickets = [_due(due, waiting_since=NOON - wait * HOUR) for due, wait in pairs]

    by_text = sorted(tickets, key=solve_order)

    assert by_text == sorted(tickets, key=lambda t: (t.due_at, t.waiting_since))


@pytest.mark.row(43)
def test_a_free_ticket_in_which_a_customer_waits_is_to_solve_for_its_department() -> None:
    assert _lists(a_ticket()) == {
        Partition(ViewId.ALL_OPEN, SUPPORT),
        Partition(ViewId.UNASSIGNED, SUPPORT),
        Partition(ViewId.TO_SOLVE, SUPPORT),
    }


@pytest.mark.row(43, 46)
def test_an_owned_ticket_is_to_solve_for_its_owner_alone() -> None:
    assert _lists(a_ticket(assignee_id="agent-rui")) == {
        Partition(ViewId.ALL_OPEN, SUPPORT),
        Partition(ViewId.MINE, RUI),
        Partition(ViewId.TO_SOLVE, RUI),
    }


@pytest.mark.row(14)
@pytest.mark.parametrize("status", sorted(UNSOLVED - WAITING_FOR_US))
def test_an_answered_or_postponed_ticket_leaves_the_work_queue_but_stays_open(
    status: Status,
) -> None:
    owned = a_ticket(status=status, assignee_id="agent-rui")

    assert _lists(owned) == {Partition(ViewId.ALL_OPEN, SUPPORT), Partition(ViewId.MINE, RUI)}
    assert _lists(replace(owned, assignee_id="")) == {Partition(ViewId.ALL_OPEN, SUPPORT)}


@pytest.mark.row(67)
@pytest.mark.parametrize("status", sorted(set(Status) - UNSOLVED))
def test_a_settled_ticket_is_in_no_list_of_open_work(status: Status) -> None:
    assert rows_of(a_ticket(status=status, assignee_id="agent-rui")) == frozenset()


@pytest.mark.row(40, 67)
@pytest.mark.parametrize("status", sorted(UNSOLVED))
def test_the_overview_has_every_unsolved_ticket(status: Status) -> None:
    assert Partition(ViewId.ALL_OPEN, SUPPORT) in _lists(a_ticket(status=status))


@pytest.mark.row(67)
def test_an_agent_sees_the_lists_of_his_departments_and_his_own() -> None:
    departments = ["support", "billing"]

    assert partitions_for(ViewId.ALL_OPEN, "agent-rui", departments) == (
        Partition(ViewId.ALL_OPEN, of_department("billing")),
        Partition(ViewId.ALL_OPEN, SUPPORT),
    )
    assert partitions_for(ViewId.MINE, "agent-rui", departments) == (Partition(ViewId.MINE, RUI),)
    assert partitions_for(ViewId.TO_SOLVE, "agent-rui", departments)[0] == (
        Partition(ViewId.TO_SOLVE, RUI)
    )


@pytest.mark.row(5)
@given(st.sampled_from(ViewId), st.frozensets(st.sampled_from(["a", "b", "c"])))
def test_no_list_shows_a_department_that_is_not_ones_own(
    view: ViewId, departments: frozenset[str]
) -> None:
    owners = {part.owner for part in partitions_for(view, "agent-rui", departments)}

    assert owners <= {RUI, *map(of_department, departments)}
