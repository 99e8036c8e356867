"""How one clock starts, stops and goes on, and when it is due.

The due time is worked out last, by ``with_due_time``: a long history starts and stops a clock
hundreds of times, and only the last due time is ever looked at.
"""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.calendar import (
    BusinessCalendar,
    add_business_seconds,
    business_seconds_between,
)
from chalicelib.domain.sla.clock import Clock, ClockState, is_overdue
from chalicelib.domain.sla.policy import Target, Terms


def started(target: Target, at: datetime, terms: Terms) -> Clock:
    """A new clock of a target, running from ``at``."""
    allowed = terms.seconds[target]
    return running(Clock(target, ClockState.PAUSED, allowed, started_at=at), at, terms)


def taken_up(clock: Clock | None, target: Target, at: datetime, terms: Terms) -> Clock:
    """A clock that goes on under these terms with what it spent; a new one where there is none."""
    if clock is None:
        return started(target, at, terms)
    # A cancelled clock keeps its due time only if that had passed, whether it was told or not.
    was_missed = clock.state is ClockState.CANCELLED or is_overdue(clock, at)
    resting = Clock(
        target=target,
        state=ClockState.PAUSED,
        allowed_seconds=terms.seconds[target],
        started_at=clock.started_at,
        spent_seconds=clock.spent_seconds,
        due_at=clock.due_at if was_missed else None,
        warned_at=clock.warned_at,
        breached_at=clock.breached_at,
    )
    return running(resting, at, terms)


def running(clock: Clock, at: datetime, terms: Terms) -> Clock:
    """The clock running from ``at``, its due time left open while there is a rest to use up.

    Without a rest the due time is the one that was missed, or now. What was told is forgotten
    where it lies ahead again, so that it is told once more.
    """
    rest = clock.allowed_seconds - clock.spent_seconds
    due_at = None if rest > 0 else clock.due_at or at
    # Written out: dataclasses.replace costs four times as much, and long histories come here often.
    return Clock(
        target=clock.target,
        state=ClockState.RUNNING,
        allowed_seconds=clock.allowed_seconds,
        started_at=clock.started_at,
        spent_seconds=clock.spent_seconds,
        running_since=at,
        due_at=due_at,
        at_risk_at=due_at,
        warned_at=None if rest > terms.at_risk_lead_seconds else clock.warned_at,
        breached_at=None if rest > 0 else clock.breached_at,
    )


def with_due_time(clock: Clock, terms: Terms) -> Clock:
    """A running clock with the times at which it will be at risk and due."""
    if clock.running_since is None or clock.due_at is not None:
        return clock
    rest = clock.allowed_seconds - clock.spent_seconds
    lead = min(rest, terms.at_risk_lead_seconds)
    at_risk_at = add_business_seconds(terms.calendar, clock.running_since, rest - lead)
    due_at = add_business_seconds(terms.calendar, at_risk_at, lead)
    return replace(clock, at_risk_at=at_risk_at, due_at=due_at)


def halted(
    clock: Clock, state: ClockState, at: datetime, calendar: BusinessCalendar | None
) -> Clock:
    """A live clock that stops at ``at``, paused, met or cancelled. No calendar measures nothing.

    A due time that passed stays, and so does that of a target that is met, to compare with.
    """
    ran, due_at = 0, clock.due_at
    if clock.running_since is not None and calendar is not None:
        ran = business_seconds_between(calendar, clock.running_since, at)
        rest = clock.allowed_seconds - clock.spent_seconds
        if due_at is None and (ran >= rest or state is ClockState.MET):
            due_at = add_business_seconds(calendar, clock.running_since, rest)
    has_passed = due_at is not None and due_at <= at
    return Clock(
        target=clock.target,
        state=state,
        allowed_seconds=clock.allowed_seconds,
        started_at=clock.started_at,
        spent_seconds=clock.spent_seconds + ran,
        due_at=due_at if has_passed or state is ClockState.MET else None,
        warned_at=clock.warned_at,
        breached_at=clock.breached_at,
        finished_at=None if state is ClockState.PAUSED else at,
    )
