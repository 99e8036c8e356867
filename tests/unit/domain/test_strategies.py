"""How a department gives out its tickets, and what a ticket weighs."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.assignment import (
    AgentLoad,
    AssignmentRules,
    Candidate,
    SkillFallback,
    Strategy,
    holder,
    in_order,
    load_changes,
    most_load,
)
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Priority
from tests.builders import NOON, a_ticket

QUEUE, ANYONE = SkillFallback.QUEUE, SkillFallback.ANYONE


def _load(name: str, **changes: object) -> AgentLoad:
    return AgentLoad(**{"agent_id": name, "available": True} | changes)  # type: ignore[arg-type]


def _names(loads: tuple[AgentLoad, ...]) -> list[str]:
    return [load.agent_id for load in loads]


@pytest.mark.row(41)
def test_least_loaded_goes_by_the_share_of_what_each_can_hold() -> None:
    team = [Candidate("a", 10), Candidate("b", 2), Candidate("c", 4)]
    loads = [_load("a", open_count=4), _load("b", open_count=1), _load("c", open_count=1)]

    assert _names(in_order(Strategy.LEAST_LOADED, QUEUE, team, loads)) == ["c", "a", "b"]


@pytest.mark.row(41)
def test_equal_loads_go_in_turn() -> None:
    team = [Candidate("a", 5), Candidate("b", 5)]
    loads = [_load("a", turn=7), _load("b", turn=3)]

    assert _names(in_order(Strategy.LEAST_LOADED, QUEUE, team, loads)) == ["b", "a"]


@pytest.mark.row(42)
def test_the_skilled_come_first_and_others_only_where_anyone_may() -> None:
    team = [
        Candidate("both", 5),
        Candidate("speaks", 5, knows=False),
        Candidate("knows", 5, speaks=False),
        Candidate("neither", 5, speaks=False, knows=False),
    ]
    loads = [_load(c.agent_id) for c in team]

    assert _names(in_order(Strategy.BY_SKILL, QUEUE, team, loads)) == ["both"]
    everybody = in_order(Strategy.BY_SKILL, ANYONE, team, loads)
    assert _names(everybody) == ["both", "speaks", "knows", "neither"]


@pytest.mark.row(42)
def test_a_ticket_waits_in_the_queue_while_the_skilled_are_away() -> None:
    team = [Candidate("skilled", 5), Candidate("other", 5, knows=False)]
    loads = [_load("skilled", available=False), _load("other")]

    assert in_order(Strategy.BY_SKILL, QUEUE, team, loads) == ()
    assert _names(in_order(Strategy.BY_SKILL, ANYONE, team, loads)) == ["other"]


@pytest.mark.row(42)
def test_a_skill_that_no_member_has_is_not_waited_for() -> None:
    team = [
        Candidate("a", 5, knows=False),
        Candidate("b", 5, speaks=False, knows=False),
        Candidate("full", 0),
    ]

    found = in_order(Strategy.BY_SKILL, QUEUE, team, [_load("a"), _load("b"), _load("full")])

    assert _names(found) == ["a"]


@pytest.mark.row(41)
def test_by_hand_nobody_is_dealt_a_ticket() -> None:
    assert in_order(Strategy.MANUAL, QUEUE, [Candidate("a", 5)], [_load("a")]) == ()


@pytest.mark.row(41, "J10")
@pytest.mark.parametrize("strategy", [Strategy.ROUND_ROBIN, Strategy.LEAST_LOADED])
def test_nobody_is_dealt_a_ticket_outside_his_hours(strategy: Strategy) -> None:
    team = [Candidate("a", 5, is_at_work=False), Candidate("b", 5)]

    assert _names(in_order(strategy, QUEUE, team, [_load("a"), _load("b")])) == ["b"]


@pytest.mark.row(41)
@pytest.mark.parametrize(
    ("capacity", "weight", "most"), [(10, 1, 9), (10, 3, 7), (2, 5, 0), (0, 1, -1), (1, 1, 0)]
)
def test_there_is_room_for_a_ticket_up_to_a_load(capacity: int, weight: int, most: int) -> None:
    assert most_load(capacity, weight) == most


@pytest.mark.row(41)
def test_the_weight_of_a_type_goes_before_that_of_a_priority() -> None:
    rules = AssignmentRules({"urgent": 3}, {"incident": 5})

    assert rules.weight_of(a_ticket()) == 1
    assert rules.weight_of(a_ticket(priority=Priority.URGENT)) == 3
    assert rules.weight_of(a_ticket(priority=Priority.URGENT, type_id="incident")) == 5


@pytest.mark.row(41, "K2")
@settings(max_examples=100)
@given(st.data())
def test_loads_are_the_weights_of_what_is_held_however_weights_are_edited(
    data: st.DataObject,
) -> None:
    loads = {"ana": 0, "bia": 0}
    ticket = None
    for _ in range(data.draw(st.integers(1, 20))):
        after = a_ticket(
            status=data.draw(st.sampled_from(list(Status))),
            assignee_id=data.draw(st.sampled_from(["", "ana", "bia"])),
            weight=data.draw(st.integers(1, 9)),
        )
        for name, change in load_changes(ticket, after).items():
            loads[name] += change
        ticket = after

        held = {name: ticket.weight if holder(ticket) == name else 0 for name in loads}
        assert loads == held


@pytest.mark.row(41, "J10")
@settings(max_examples=150)
@given(st.data())
def test_over_any_history_no_available_agent_is_more_than_one_ticket_behind(
    data: st.DataObject,
) -> None:
    """Agents come, go, solve and fill up; counted since both were last there together with room."""
    names = ("ana", "bia", "cid")
    team = [Candidate(name, 4) for name in names]
    loads = {name: _load(name) for name in names}
    since: dict[tuple[str, str], int] = {}

    for _ in range(data.draw(st.integers(1, 80))):
        fit = set(_names(in_order(Strategy.ROUND_ROBIN, QUEUE, team, loads.values())))
        # A pair counts while both could be dealt a ticket at every step.
        since = {p: n for p, n in since.items() if set(p) <= fit}
        name = data.draw(st.sampled_from(names))
        step = data.draw(st.sampled_from(["deal", "deal", "deal", "solve", "come", "go"]))
        load = loads[name]
        if step == "come":
            loads[name] = replace(load, available=True)
        elif step == "go":
            loads[name] = replace(load, available=False)
        elif step == "solve":
            loads[name] = replace(load, open_count=max(0, load.open_count - 1))
        elif fit:
            chosen = in_order(Strategy.ROUND_ROBIN, QUEUE, team, loads.values())[0]
            turn = max(each.turn for each in loads.values()) + 1
            grown = replace(chosen, open_count=chosen.open_count + 1, turn=turn)
            loads[chosen.agent_id] = grown
            for other in fit - {chosen.agent_id}:
                ahead, behind = (chosen.agent_id, other), (other, chosen.agent_id)
                since[ahead] = since.get(ahead, 0) + 1
                since[behind] = since.get(behind, 0) - 1
                assert since[ahead] <= 1


@pytest.mark.row("J10")
def test_an_agent_is_away_too_long_after_the_time_that_the_desk_says() -> None:
    rules = AssignmentRules(release_after_minutes=30)
    gone = _load("a", available=False, away_since=int(NOON.timestamp()))

    def is_gone(load: AgentLoad, minutes: int, by: AssignmentRules = rules) -> bool:
        return by.is_away_too_long(load, NOON + timedelta(minutes=minutes))

    assert (is_gone(gone, 29), is_gone(gone, 30)) == (False, True)
    assert not is_gone(gone, 9999, AssignmentRules())
    assert not is_gone(replace(gone, available=True), 30)
    assert not is_gone(replace(gone, away_since=0), 30)
