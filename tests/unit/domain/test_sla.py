"""What the SLA clocks of a ticket do, one behaviour each."""

import pytest

from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.sla import (
    Alarm,
    AlarmKind,
    Badge,
    BadgeState,
    ClockState,
    Moment,
    SLAPolicy,
    badge,
    clocks_after,
    due_alarms,
    is_overdue,
    next_alarm_at,
    next_due_at,
    terms_for,
)
from tests.unit.domain.promises import (
    FIRST,
    NEXT,
    OFFICE_HOURS,
    RESOLUTION,
    clocks_of,
    march,
    some_terms,
    the,
)

CREATED = (march(2), Moment.CREATED)
ANSWERED = (march(2, "09:30"), Moment.AGENT_ANSWERED)


@pytest.mark.row(49)
def test_a_new_ticket_has_a_first_response_and_a_resolution_to_meet() -> None:
    clocks = clocks_of(CREATED)

    assert [(clock.target, clock.due_at) for clock in clocks] == [
        (FIRST, march(2, "10:00")),
        (RESOLUTION, march(2, "17:00")),
    ]


@pytest.mark.row(50)
def test_friday_half_past_five_and_one_business_hour_is_monday_half_past_nine() -> None:
    clocks = clocks_of((march(6, "17:30"), Moment.CREATED))

    assert the(FIRST, clocks).due_at == march(9, "09:30")


def test_without_terms_there_are_no_clocks() -> None:
    assert clocks_after((), Moment.CREATED, march(2), None) == ()


def test_a_target_that_the_policy_lacks_has_no_clock() -> None:
    clocks = clocks_of(CREATED, ANSWERED, terms=some_terms(resolution=480))

    assert [clock.target for clock in clocks] == [RESOLUTION]


def test_the_first_answer_meets_the_first_response() -> None:
    first = the(FIRST, clocks_of(CREATED, ANSWERED))

    assert (first.state, first.finished_at, first.spent_seconds) == (
        ClockState.MET,
        march(2, "09:30"),
        1800,
    )
    assert not is_overdue(first, march(3))


def test_an_answer_at_the_due_time_is_in_time() -> None:
    first = the(FIRST, clocks_of(CREATED, (march(2, "10:00"), Moment.AGENT_ANSWERED)))

    assert not is_overdue(first, march(3))


@pytest.mark.row(12)
def test_a_customer_who_writes_after_the_answer_starts_the_next_response() -> None:
    clocks = clocks_of(CREATED, ANSWERED, (march(2, "11:00"), Moment.CUSTOMER_WROTE))

    assert the(NEXT, clocks).due_at == march(2, "13:00")


@pytest.mark.row(12)
def test_a_customer_who_writes_before_the_first_answer_starts_nothing() -> None:
    clocks = clocks_of(CREATED, (march(2, "09:10"), Moment.CUSTOMER_WROTE))

    assert clocks == clocks_of(CREATED)


def test_a_customer_who_writes_twice_waits_since_the_first_time() -> None:
    clocks = clocks_of(
        CREATED,
        ANSWERED,
        (march(2, "11:00"), Moment.CUSTOMER_WROTE),
        (march(2, "12:00"), Moment.CUSTOMER_WROTE),
    )

    assert the(NEXT, clocks).started_at == march(2, "11:00")


def test_each_question_gets_a_next_response_of_its_own() -> None:
    clocks = clocks_of(
        CREATED,
        ANSWERED,
        (march(2, "11:00"), Moment.CUSTOMER_WROTE),
        (march(2, "12:00"), Moment.AGENT_ANSWERED),
        (march(2, "14:00"), Moment.CUSTOMER_WROTE),
    )

    assert (the(NEXT, clocks).spent_seconds, the(NEXT, clocks).due_at) == (0, march(2, "16:00"))


@pytest.mark.row("J12")
def test_a_postponed_ticket_has_no_due_time() -> None:
    clocks = clocks_of(CREATED, (march(2, "09:20"), Moment.PAUSED))

    assert {(clock.state, clock.due_at) for clock in clocks} == {(ClockState.PAUSED, None)}
    assert next_due_at(clocks) is None
    assert next_alarm_at(clocks) is None


@pytest.mark.row("J12")
def test_after_a_postponement_a_clock_goes_on_with_what_it_spent() -> None:
    clocks = clocks_of(CREATED, (march(2, "09:20"), Moment.PAUSED), (march(4), Moment.RESUMED))

    assert the(FIRST, clocks).due_at == march(4, "09:40")


def test_a_message_of_the_customer_ends_a_postponement() -> None:
    clocks = clocks_of(
        CREATED, (march(2, "09:20"), Moment.PAUSED), (march(4), Moment.CUSTOMER_WROTE)
    )

    assert the(FIRST, clocks).due_at == march(4, "09:40")


def test_an_answer_to_a_postponed_ticket_meets_what_was_paused() -> None:
    clocks = clocks_of(
        CREATED, (march(2, "09:20"), Moment.PAUSED), (march(4), Moment.AGENT_ANSWERED)
    )

    assert (the(FIRST, clocks).state, the(RESOLUTION, clocks).state) == (
        ClockState.MET,
        ClockState.RUNNING,
    )


def test_by_option_the_resolution_waits_while_the_customer_does_not_answer() -> None:
    pausing = some_terms(
        pause_on_answered=True, first_response=60, next_response=120, resolution=480
    )
    answered = clocks_of(CREATED, ANSWERED, terms=pausing)

    asked_again = clocks_after(answered, Moment.CUSTOMER_WROTE, march(5), pausing)

    assert the(RESOLUTION, answered).state is ClockState.PAUSED
    assert the(RESOLUTION, asked_again).due_at == march(5, "16:30")


@pytest.mark.row("J12")
def test_resolving_without_an_answer_meets_the_first_response_too() -> None:
    clocks = clocks_of(CREATED, (march(2, "09:45"), Moment.RESOLVED))

    assert {clock.state for clock in clocks} == {ClockState.MET}


@pytest.mark.row("J12")
def test_resolving_late_without_an_answer_leaves_the_first_response_breached() -> None:
    clocks = clocks_of(CREATED, (march(2, "11:00"), Moment.RESOLVED))

    assert is_overdue(the(FIRST, clocks), march(3))
    assert not is_overdue(the(RESOLUTION, clocks), march(3))


@pytest.mark.row(18, "J12")
def test_the_time_while_a_ticket_was_resolved_does_not_count() -> None:
    clocks = clocks_of(
        CREATED, ANSWERED, (march(2, "11:00"), Moment.RESOLVED), (march(10), Moment.REOPENED)
    )

    resolution = the(RESOLUTION, clocks)
    assert (resolution.spent_seconds, resolution.due_at) == (2 * 3600, march(10, "15:00"))


@pytest.mark.row(18)
def test_a_ticket_reopened_by_its_customer_waits_for_the_next_response() -> None:
    clocks = clocks_of(
        CREATED,
        (march(2, "11:00"), Moment.RESOLVED),
        (march(10), Moment.REOPENED),
        (march(10), Moment.CUSTOMER_WROTE),
    )

    assert the(NEXT, clocks).due_at == march(10, "11:00")
    assert the(FIRST, clocks).state is ClockState.MET


def test_a_resolution_that_was_late_stays_late_when_reopened() -> None:
    clocks = clocks_of(CREATED, (march(3, "10:00"), Moment.RESOLVED), (march(5), Moment.REOPENED))

    assert the(RESOLUTION, clocks).due_at == march(2, "17:00")


def test_a_postponement_does_not_undo_a_breach() -> None:
    late = clocks_of(CREATED, (march(2, "11:00"), Moment.PAUSED))

    assert due_alarms(late, march(4)) == (Alarm(AlarmKind.BREACH, FIRST, march(2, "10:00")),)
    assert badge(late, march(4)) == Badge(BadgeState.BREACHED, march(2, "10:00"), FIRST)


def test_a_policy_promises_by_priority() -> None:
    policy = SLAPolicy("p", "Standard", "c", {"high": {RESOLUTION: 60, FIRST: 5}}, 10)

    assert dict(terms_for(policy, OFFICE_HOURS, "high").seconds) == {FIRST: 300, RESOLUTION: 3600}
    assert dict(terms_for(policy, OFFICE_HOURS, "low").seconds) == {}


@pytest.mark.parametrize(
    ("minutes", "lead", "field"),
    [
        (0, 10, "minutes.high.resolution"),
        (-5, 10, "minutes.high.resolution"),
        (600_000, 10, "minutes.high.resolution"),
        (60, -1, "at_risk_lead_minutes"),
    ],
)
def test_a_promise_that_cannot_be_kept_or_broken_is_refused(
    minutes: int, lead: int, field: str
) -> None:
    with pytest.raises(InvalidSetting) as refused:
        SLAPolicy("p", "Odd", "c", {"high": {RESOLUTION: minutes}}, lead)

    assert refused.value.field == field
