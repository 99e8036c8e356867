"""SLA clocks over random histories: against brute force, against themselves, and their proof."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.calendar import business_seconds_between
from chalicelib.domain.sla import (
    AlarmKind,
    Clock,
    Clocks,
    ClockState,
    SegmentKind,
    Standing,
    Target,
    Terms,
    clocks_after,
    due_alarms,
    is_overdue,
    mark_breached,
    mark_warned,
    next_alarm_at,
    recompute,
    segments,
)
from chalicelib.domain.sla.standing import standing_after
from tests.unit.domain.promises import Step, counted_seconds, histories, minutes


def spent_by(clock: Clock, terms: Terms | None, history: list[Step]) -> int:
    """What a clock has spent at the last moment of the history."""
    if clock.running_since is None or terms is None:
        return clock.spent_seconds
    end = history[-1][0]
    return clock.spent_seconds + business_seconds_between(terms.calendar, clock.running_since, end)


@pytest.mark.row("J12")
@settings(max_examples=60, deadline=None)
@given(histories())
def test_what_every_clock_spent_equals_a_count_minute_by_minute(history: list[Step]) -> None:
    end, _, terms = history[-1]

    for clock in recompute(history):
        counted = counted_seconds(history, clock.target, end)
        if clock.target is not Target.NEXT_RESPONSE or clock.is_live:
            assert spent_by(clock, terms, history) == counted, clock
        if counted != clock.allowed_seconds and clock.state is not ClockState.CANCELLED:
            assert is_overdue(clock, end) == (
                spent_by(clock, terms, history) > clock.allowed_seconds
            )


@pytest.mark.row("J12")
@settings(max_examples=60, deadline=None)
@given(histories(may_change_terms=False))
def test_following_moment_by_moment_equals_a_recomputation(history: list[Step]) -> None:
    clocks: Clocks = ()
    for at, moment, terms in history:
        clocks = clocks_after(clocks, moment, at, terms)

    assert clocks == recompute(history)


@pytest.mark.row("J12")
@settings(max_examples=60, deadline=None)
@given(histories())
def test_with_its_standing_a_ticket_is_followed_through_changes_of_terms_too(
    history: list[Step],
) -> None:
    clocks: Clocks = ()
    standing = Standing()
    for at, moment, terms in history:
        clocks = clocks_after(clocks, moment, at, terms, standing=standing)
        standing = standing_after(standing, moment, at, terms)

    assert clocks == recompute(history)


@pytest.mark.row("J12")
@settings(max_examples=60, deadline=None)
@given(histories())
def test_a_running_clock_is_due_when_its_rest_is_used_up(history: list[Step]) -> None:
    terms = history[-1][2]

    for clock in recompute(history):
        rest = clock.allowed_seconds - clock.spent_seconds
        if clock.state is ClockState.RUNNING and rest > 0:
            assert terms is not None
            assert clock.running_since is not None
            assert clock.due_at is not None
            assert clock.at_risk_at is not None
            between = business_seconds_between(terms.calendar, clock.running_since, clock.due_at)
            assert between == rest
            lead = business_seconds_between(terms.calendar, clock.at_risk_at, clock.due_at)
            assert lead == min(rest, terms.at_risk_lead_seconds)


@pytest.mark.row(55, "K9")
@settings(max_examples=60, deadline=None)
@given(histories(), st.sampled_from(Target))
def test_the_segments_of_a_clock_have_no_gap_and_add_up(
    history: list[Step], target: Target
) -> None:
    terms = history[-1][2]
    pieces = segments(history, target)

    for before, after in pairwise(pieces):
        if before.clock_started_at == after.clock_started_at:
            assert before.ends_at == after.starts_at
            assert before.kind is not after.kind
    for clock in recompute(history):
        own = [p for p in pieces if p.clock_started_at == clock.started_at]
        running = sum(p.seconds for p in own if p.kind is SegmentKind.RUNNING)
        if clock.target is target:
            assert running == spent_by(clock, terms, history)


@pytest.mark.row(55, "K9")
@settings(max_examples=60, deadline=None)
@given(histories(may_change_terms=False))
def test_up_to_the_due_time_of_a_breach_the_segments_add_up_to_the_allowance(
    history: list[Step],
) -> None:
    end = history[-1][0] + timedelta(days=20)

    for clock in recompute(history):
        if clock.due_at is not None and is_overdue(clock, end):
            pieces = segments(history, clock.target, until=clock.due_at)
            own = [p for p in pieces if p.clock_started_at == clock.started_at]
            running = sum(p.seconds for p in own if p.kind is SegmentKind.RUNNING)
            assert running == clock.allowed_seconds
            assert own[-1].ends_at == clock.due_at


@pytest.mark.row(51, 52)
@settings(max_examples=60, deadline=None)
@given(histories(may_change_terms=False), st.lists(minutes(3 * 24 * 60), max_size=30))
def test_sweeps_at_any_time_tell_every_breach_once_and_warn_at_most_once(
    history: list[Step], pauses: list[timedelta]
) -> None:
    clocks = recompute(history)
    now = history[-1][0]
    told: list[tuple[AlarmKind, Target]] = []

    for pause in (*pauses, timedelta(days=365)):
        now += pause
        for _ in ("sweep", "the same again by an overlapping sweep"):
            for alarm in due_alarms(clocks, now):
                told.append((alarm.kind, alarm.target))
                mark = mark_warned if alarm.kind is AlarmKind.AT_RISK else mark_breached
                clocks = mark(clocks, alarm.target, now)

    late = [(AlarmKind.BREACH, clock.target) for clock in clocks if is_overdue(clock, now)]
    assert sorted(t for t in told if t[0] is AlarmKind.BREACH) == sorted(late)
    assert len(told) == len(set(told))
    assert next_alarm_at(clocks) is None
    assert all(clock.breached_at in (None, clock.due_at) for clock in clocks)


@settings(max_examples=60, deadline=None)
@given(histories())
def test_there_is_at_most_one_clock_per_target_in_their_order(history: list[Step]) -> None:
    targets = [clock.target for clock in recompute(history)]

    assert targets == [target for target in Target if target in targets]


@settings(max_examples=40, deadline=None)
@given(histories(), minutes(60).map(lambda shift: shift / 61))
def test_fractions_of_a_second_change_nothing(history: list[Step], fraction: timedelta) -> None:
    fraction = timedelta(microseconds=fraction.microseconds)
    shifted = [(at + fraction, moment, terms) for at, moment, terms in history]

    assert recompute(shifted) == recompute(history)
