"""Whose turn it is, and on whose load a ticket counts."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.assignment import (
    AgentLoad,
    holder,
    is_waiting_for_agent,
    load_changes,
    next_in_turn,
)
from chalicelib.domain.status import WAITING_FOR_US, Status
from tests.builders import a_ticket

NAMES = ("ana", "bia", "cid", "dea")


@pytest.mark.row(41, "J10")
@settings(max_examples=40)
@given(st.data(), st.integers(1, 40))
def test_no_available_agent_with_room_is_more_than_one_behind(
    data: st.DataObject, tickets: int
) -> None:
    names = data.draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
    loads = {
        name: AgentLoad(name, 0, available=True, turn=data.draw(st.integers(0, 5)))
        for name in names
    }
    dealt = dict.fromkeys(names, 0)
    capacities = dict.fromkeys(names, 1000)

    for _ in range(tickets):
        chosen = next_in_turn(loads.values(), capacities)[0]
        turn = max(load.turn for load in loads.values()) + 1
        loads[chosen.agent_id] = replace(chosen, open_count=chosen.open_count + 1, turn=turn)
        dealt[chosen.agent_id] += 1

        assert max(dealt.values()) - min(dealt.values()) <= 1


@pytest.mark.row(41, "J10")
@settings(max_examples=40)
@given(st.data())
def test_who_comes_and_goes_is_never_overtaken_twice_while_there_with_room(
    data: st.DataObject,
) -> None:
    loads = {name: AgentLoad(name, 0, available=True) for name in NAMES}
    capacities = dict.fromkeys(NAMES, 3)
    passed_over: dict[tuple[str, str], int] = {}

    for _ in range(data.draw(st.integers(1, 60))):
        name = data.draw(st.sampled_from(NAMES))
        step = data.draw(st.sampled_from(["deal", "deal", "solve", "come", "go"]))
        if step == "come":
            loads[name] = replace(loads[name], available=True)
        elif step == "go":
            loads[name] = replace(loads[name], available=False)
        elif step == "solve":
            loads[name] = replace(loads[name], open_count=max(0, loads[name].open_count - 1))
        fit = {load.agent_id for load in next_in_turn(loads.values(), capacities)}
        passed_over = {p: n for p, n in passed_over.items() if p[1] in fit}
        if step == "deal" and fit:
            chosen = next_in_turn(loads.values(), capacities)[0]
            turn = max(load.turn for load in loads.values()) + 1
            loads[chosen.agent_id] = replace(chosen, open_count=chosen.open_count + 1, turn=turn)
            for other in fit - {chosen.agent_id}:
                pair = (chosen.agent_id, other)
                passed_over[pair] = passed_over.get(pair, 0) + 1
                assert passed_over[pair] <= 1, f"{other} was overtaken by {chosen.agent_id}"
            passed_over = {p: n for p, n in passed_over.items() if p[1] != chosen.agent_id}


@pytest.mark.row(41)
def test_nobody_is_dealt_a_ticket_who_is_away_full_or_no_member() -> None:
    loads = [
        AgentLoad("away", 0, available=False),
        AgentLoad("full", 2, available=True),
        AgentLoad("stranger", 0, available=True),
        AgentLoad("there", 1, available=True, turn=9),
    ]

    in_turn = next_in_turn(loads, {"away": 2, "full": 2, "there": 2})

    assert [load.agent_id for load in in_turn] == ["there"]


def test_an_agent_without_capacity_is_never_dealt_a_ticket() -> None:
    assert next_in_turn([AgentLoad("ana", 0, available=True)], {"ana": 0}) == ()


@pytest.mark.row(41, 43)
@pytest.mark.parametrize("status", sorted(Status))
def test_a_ticket_counts_on_its_owner_only_while_a_customer_waits(status: Status) -> None:
    ticket = a_ticket(status=status, assignee_id="ana")

    assert holder(ticket) == ("ana" if status in WAITING_FOR_US else "")


@given(
    st.lists(st.tuples(st.sampled_from(["", *NAMES]), st.sampled_from(sorted(Status))), max_size=30)
)
def test_changes_of_load_add_up_to_the_tickets_that_are_held(
    history: list[tuple[str, Status]],
) -> None:
    counts = dict.fromkeys(NAMES, 0)
    before = None

    for assignee, status in history:
        after = a_ticket(assignee_id=assignee, status=status)
        for agent_id, change in load_changes(before, after).items():
            counts[agent_id] += change
        before = after

        held = holder(after)
        assert counts == {name: int(name == held) for name in NAMES}


@pytest.mark.row(43)
def test_a_ticket_needs_an_agent_while_it_has_none_and_a_customer_waits() -> None:
    assert is_waiting_for_agent(a_ticket())
    assert not is_waiting_for_agent(a_ticket(assignee_id="ana"))
    assert not is_waiting_for_agent(a_ticket(status=Status.ANSWERED))
