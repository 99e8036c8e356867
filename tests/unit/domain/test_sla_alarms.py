"""What is told of SLA clocks, when, and what lists show of them."""

import pytest

from chalicelib.domain.sla import (
    Alarm,
    AlarmKind,
    Badge,
    BadgeState,
    Moment,
    badge,
    due_alarms,
    mark_breached,
    mark_warned,
    next_alarm_at,
    next_due_at,
)
from tests.unit.domain.promises import (
    FIRST,
    clocks_of,
    march,
    some_terms,
    the,
)

CREATED = (march(2), Moment.CREATED)
ANSWERED = (march(2, "09:30"), Moment.AGENT_ANSWERED)


@pytest.mark.row(51)
def test_the_warning_comes_at_the_lead_time_and_once() -> None:
    clocks = clocks_of(CREATED)

    assert next_alarm_at(clocks) == march(2, "09:45")
    assert due_alarms(clocks, march(2, "09:44")) == ()
    assert due_alarms(clocks, march(2, "09:45")) == (
        Alarm(AlarmKind.AT_RISK, FIRST, march(2, "10:00")),
    )
    warned = mark_warned(clocks, FIRST, march(2, "09:46"))
    assert due_alarms(warned, march(2, "09:59")) == ()
    assert next_alarm_at(warned) == march(2, "10:00")


@pytest.mark.row(51)
def test_the_lead_time_is_business_time() -> None:
    clocks = clocks_of((march(6, "17:10"), Moment.CREATED))

    # Due on Monday at 9:10: fifteen business minutes before is still on Friday.
    assert the(FIRST, clocks).at_risk_at == march(6, "17:55")


@pytest.mark.row(51)
def test_a_lead_longer_than_the_allowance_puts_a_ticket_at_risk_at_once() -> None:
    clocks = clocks_of(CREATED, terms=some_terms(first_response=10))

    assert next_alarm_at(clocks) == march(2)


@pytest.mark.row(52)
def test_a_breach_is_told_once_with_its_due_time() -> None:
    clocks = clocks_of(CREATED)

    (alarm,) = due_alarms(clocks, march(2, "10:30"))
    told = mark_breached(clocks, FIRST, march(2, "10:30"))

    assert alarm == Alarm(AlarmKind.BREACH, FIRST, march(2, "10:00"))
    assert the(FIRST, told).breached_at == march(2, "10:00")
    assert due_alarms(told, march(2, "10:31")) == ()


def test_an_answer_after_the_due_time_is_told_as_a_breach_even_when_nobody_swept() -> None:
    clocks = clocks_of(CREATED, (march(2, "10:01"), Moment.AGENT_ANSWERED))

    assert due_alarms(clocks, march(2, "12:00")) == (
        Alarm(AlarmKind.BREACH, FIRST, march(2, "10:00")),
    )


@pytest.mark.row(53)
def test_the_nearest_due_time_of_the_running_clocks_orders_tickets() -> None:
    assert next_due_at(clocks_of(CREATED)) == march(2, "10:00")
    assert next_due_at(clocks_of(CREATED, ANSWERED)) == march(2, "17:00")


def test_the_badge_follows_the_day() -> None:
    clocks = clocks_of(CREATED)
    first_due = march(2, "10:00")

    assert badge(clocks, march(2, "09:01")) == Badge(BadgeState.ON_TRACK, first_due, FIRST)
    assert badge(clocks, march(2, "09:50")) == Badge(BadgeState.AT_RISK, first_due, FIRST)
    assert badge(clocks, march(2, "10:00")) == Badge(BadgeState.BREACHED, first_due, FIRST)
    paused = clocks_of(CREATED, (march(2, "09:10"), Moment.PAUSED))
    assert badge(paused, march(9)) == Badge(BadgeState.PAUSED, None, FIRST)
    solved = clocks_of(CREATED, (march(2, "09:40"), Moment.RESOLVED))
    assert badge(solved, march(9)).state is BadgeState.MET
    assert badge((), march(9)) == Badge(BadgeState.NONE)


def test_a_first_response_missed_long_ago_does_not_colour_what_runs_on_track() -> None:
    clocks = clocks_of(CREATED, (march(2, "10:30"), Moment.AGENT_ANSWERED))

    assert badge(clocks, march(2, "11:00")).state is BadgeState.ON_TRACK
