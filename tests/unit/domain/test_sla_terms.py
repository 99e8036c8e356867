"""What happens to running clocks when department, priority, policy or calendar change."""

from datetime import timedelta

import pytest

from chalicelib.domain.sla import (
    Clocks,
    ClockState,
    Moment,
    SegmentKind,
    Standing,
    Target,
    clocks_after,
    due_alarms,
    is_overdue,
    mark_breached,
    mark_warned,
    recompute,
    segments,
)
from chalicelib.domain.status import Status
from tests.unit.domain.hours import ALL_DAY, a_calendar
from tests.unit.domain.promises import (
    FIRST,
    NEXT,
    RESOLUTION,
    TERMS,
    Step,
    march,
    some_terms,
    the,
)

CALENDAR_TIME = a_calendar(ALL_DAY, days=7)
STRICT = some_terms(first_response=30, next_response=30, resolution=60)
PATIENT = some_terms(first_response=240, next_response=240, resolution=960)


def after_change(*steps: Step) -> Clocks:
    """The clocks after the history."""
    return recompute(steps)


@pytest.mark.row(49)
def test_another_department_keeps_what_was_spent_and_gives_its_own_allowance() -> None:
    clocks = after_change(
        (march(2), Moment.CREATED, TERMS), (march(2, "09:20"), Moment.TERMS_CHANGED, PATIENT)
    )

    first = the(FIRST, clocks)
    assert (first.spent_seconds, first.due_at) == (20 * 60, march(2, "13:00"))


@pytest.mark.row(49, "J12")
def test_the_old_calendar_measures_what_ran_under_it() -> None:
    at_night = some_terms(CALENDAR_TIME, first_response=600)
    clocks = after_change(
        (march(2, "20:00"), Moment.CREATED, at_night),
        (march(2, "23:00"), Moment.TERMS_CHANGED, some_terms(first_response=600)),
    )

    # Three hours of the night are spent; seven are left from nine o'clock in the morning.
    assert the(FIRST, clocks).spent_seconds == 3 * 3600
    assert the(FIRST, clocks).due_at == march(3, "16:00")


def test_a_shorter_allowance_that_is_used_up_already_falls_due_at_the_change() -> None:
    clocks = after_change(
        (march(2), Moment.CREATED, TERMS), (march(2, "09:45"), Moment.TERMS_CHANGED, STRICT)
    )

    assert the(FIRST, clocks).due_at == march(2, "09:45")


def test_a_breach_under_the_old_terms_stands_when_the_new_ones_do_not_lie_ahead() -> None:
    told = mark_breached(after_change((march(2), Moment.CREATED, TERMS)), FIRST, march(2, "10:00"))

    clocks = clocks_after(told, Moment.TERMS_CHANGED, march(2, "11:00"), STRICT)

    assert the(FIRST, clocks).breached_at == march(2, "10:00")
    assert not [alarm for alarm in due_alarms(clocks, march(2, "11:00")) if alarm.target is FIRST]


def test_what_was_told_is_told_again_when_the_new_terms_put_it_ahead() -> None:
    told = after_change((march(2), Moment.CREATED, TERMS))
    told = mark_warned(told, FIRST, march(2, "09:45"))
    told = mark_breached(told, FIRST, march(2, "10:00"))

    clocks = clocks_after(told, Moment.TERMS_CHANGED, march(2, "10:30"), PATIENT)

    first = the(FIRST, clocks)
    assert (first.warned_at, first.breached_at) == (None, None)
    assert not is_overdue(first, march(2, "10:30"))
    assert due_alarms(clocks, march(2, "13:00"))[0].due_at == march(2, "13:00")


def test_a_warning_is_not_repeated_while_the_ticket_stays_at_risk() -> None:
    warned = mark_warned(after_change((march(2), Moment.CREATED, TERMS)), FIRST, march(2, "09:45"))
    slightly_longer = some_terms(first_response=65)

    clocks = clocks_after(warned, Moment.TERMS_CHANGED, march(2, "09:55"), slightly_longer)

    assert the(FIRST, clocks).warned_at == march(2, "09:45")


def test_terms_of_a_postponed_ticket_change_without_waking_it() -> None:
    clocks = after_change(
        (march(2), Moment.CREATED, TERMS),
        (march(2, "09:20"), Moment.PAUSED, TERMS),
        (march(3), Moment.TERMS_CHANGED, PATIENT),
        (march(4), Moment.RESUMED, PATIENT),
    )

    assert the(FIRST, clocks).due_at == march(4, "12:40")


def test_a_target_that_is_not_promised_any_more_is_cancelled() -> None:
    clocks = after_change(
        (march(2), Moment.CREATED, TERMS), (march(2, "09:20"), Moment.TERMS_CHANGED, None)
    )

    assert {clock.state for clock in clocks} == {ClockState.CANCELLED}
    assert due_alarms(clocks, march(9)) == ()


def test_a_promise_taken_back_and_given_again_goes_on_with_what_was_spent() -> None:
    clocks = after_change(
        (march(2), Moment.CREATED, TERMS),
        (march(2, "09:20"), Moment.TERMS_CHANGED, None),
        (march(5), Moment.TERMS_CHANGED, TERMS),
    )

    assert the(FIRST, clocks).due_at == march(5, "09:40")


def test_a_question_asked_without_a_promise_gets_the_whole_next_response_later() -> None:
    clocks = after_change(
        (march(2), Moment.CREATED, TERMS),
        (march(2, "09:20"), Moment.AGENT_ANSWERED, TERMS),
        (march(2, "10:00"), Moment.CUSTOMER_WROTE, TERMS),
        (march(2, "10:30"), Moment.TERMS_CHANGED, None),
        (march(2, "11:00"), Moment.AGENT_ANSWERED, None),
        (march(2, "12:00"), Moment.CUSTOMER_WROTE, None),
        (march(2, "13:00"), Moment.TERMS_CHANGED, TERMS),
    )

    assert (the(NEXT, clocks).spent_seconds, the(NEXT, clocks).due_at) == (0, march(2, "15:00"))


@pytest.mark.row(45)
def test_a_ticket_that_comes_under_terms_starts_then() -> None:
    clocks = after_change((march(2), Moment.CREATED, None), (march(4), Moment.TERMS_CHANGED, TERMS))

    assert the(FIRST, clocks).due_at == march(4, "10:00")


def test_an_answered_ticket_that_comes_under_terms_needs_no_first_response() -> None:
    answered = Standing(status=Status.ANSWERED, is_answered=True)

    clocks = clocks_after((), Moment.TERMS_CHANGED, march(4), TERMS, standing=answered)

    assert [clock.target for clock in clocks] == [RESOLUTION]


@pytest.mark.parametrize("status", [Status.RESOLVED, Status.CLOSED, Status.SPAM, Status.DELETED])
def test_nothing_starts_on_a_ticket_without_work_left(status: Status) -> None:
    done = Standing(status=status, is_answered=True)

    assert clocks_after((), Moment.TERMS_CHANGED, march(4), TERMS, standing=done) == ()


def test_without_its_standing_a_ticket_without_clocks_is_taken_for_new() -> None:
    clocks = clocks_after((), Moment.TERMS_CHANGED, march(4), TERMS)

    assert [clock.target for clock in clocks] == [FIRST, RESOLUTION]


def test_without_its_standing_a_resolved_ticket_is_known_by_its_clocks() -> None:
    solved = after_change(
        (march(2), Moment.CREATED, TERMS), (march(2, "09:20"), Moment.RESOLVED, TERMS)
    )

    assert clocks_after(solved, Moment.TERMS_CHANGED, march(4), PATIENT) == solved


@pytest.mark.row(55, "K9")
def test_the_segments_of_a_breach_name_the_hours_that_made_it() -> None:
    history: list[Step] = [
        (march(6, "16:00"), Moment.CREATED, TERMS),
        (march(6, "17:00"), Moment.PAUSED, TERMS),
        (march(6, "17:30"), Moment.RESUMED, TERMS),
        (march(9, "09:10"), Moment.RESOLVED, TERMS),
        (march(9, "10:00"), Moment.REOPENED, TERMS),
    ]

    pieces = segments(history, Target.RESOLUTION, until=march(9, "11:00"))

    assert [(piece.kind, piece.seconds // 60) for piece in pieces] == [
        (SegmentKind.RUNNING, 60),
        (SegmentKind.PAUSED, 30),
        (SegmentKind.RUNNING, 30),
        (SegmentKind.OUTSIDE_HOURS, 63 * 60),
        (SegmentKind.RUNNING, 10),
        (SegmentKind.STOPPED, 50),
        (SegmentKind.RUNNING, 60),
    ]
    assert pieces[-1].ends_at - pieces[0].starts_at == timedelta(days=2, hours=19)
