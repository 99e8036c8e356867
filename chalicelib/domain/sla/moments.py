"""How the clocks of a ticket follow what happens to it. Pure: the caller says what and when."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.calendar import (
    BusinessCalendar,
    add_business_seconds,
    business_seconds_between,
)
from chalicelib.domain.sla.clock import Clock, Clocks, ClockState, is_overdue
from chalicelib.domain.sla.policy import TARGET_ORDER, Target, Terms
from chalicelib.domain.sla.standing import Moment, Standing, standing_after, standing_from

RESPONSES = frozenset({Target.FIRST_RESPONSE, Target.NEXT_RESPONSE})
EVERY_TARGET = frozenset(TARGET_ORDER)

History = Iterable[tuple[datetime, Moment, Terms | None]]
"""Moments in the order in which they happened, each with the terms that apply from then on."""


def clocks_after(
    clocks: Clocks,
    moment: Moment,
    at: datetime,
    terms: Terms | None,
    *,
    standing: Standing | None = None,
) -> Clocks:
    """The clocks after something happened.

    Args:
        at: when; a fraction of a second is dropped.
        terms: what applies from now on. None promises nothing: what ran is cancelled.
        standing: how the ticket stood before; matters only where terms change. Without it the
            clocks are asked: time that ran is measured by the new calendar, and a ticket without
            clocks is taken for one that just came.
    """
    at = at.replace(microsecond=0)
    if moment is Moment.TERMS_CHANGED or terms is None:
        return _under_new_terms(clocks, at, terms, standing or standing_from(clocks, terms))
    return _HAPPENS[moment](clocks, at, terms)


def recompute(history: History) -> Clocks:
    """The clocks of a ticket from everything that happened to it, oldest first.

    What was told (``warned_at``, ``breached_at``) is no part of the history and stays None.
    """
    clocks: Clocks = ()
    standing = Standing()
    for at, moment, terms in history:
        clocks = clocks_after(clocks, moment, at, terms, standing=standing)
        standing = standing_after(standing, moment, at, terms)
    return clocks


def _created(_: Clocks, at: datetime, terms: Terms) -> Clocks:
    started = (Target.FIRST_RESPONSE, Target.RESOLUTION)
    return tuple(_started(target, at, terms) for target in started if target in terms.seconds)


def _customer_wrote(clocks: Clocks, at: datetime, terms: Terms) -> Clocks:
    """A message ends a postponement, and after the first answer it asks for the next one."""
    clocks = _resumed(clocks, at, terms)
    waits = any(clock.is_live and clock.target in RESPONSES for clock in clocks)
    if waits or Target.NEXT_RESPONSE not in terms.seconds:
        return clocks
    return _with(clocks, _started(Target.NEXT_RESPONSE, at, terms))


def _agent_answered(clocks: Clocks, at: datetime, terms: Terms) -> Clocks:
    """An answer ends a postponement too; by option the resolution then waits for the customer."""
    clocks = _met(clocks, RESPONSES, at, terms)
    return _paused(clocks, at, terms) if terms.pause_on_answered else _resumed(clocks, at, terms)


def _paused(clocks: Clocks, at: datetime, terms: Terms) -> Clocks:
    return tuple(
        _halted(clock, ClockState.PAUSED, at, terms.calendar)
        if clock.state is ClockState.RUNNING
        else clock
        for clock in clocks
    )


def _resumed(clocks: Clocks, at: datetime, terms: Terms) -> Clocks:
    return tuple(
        _running(clock, at, terms) if clock.state is ClockState.PAUSED else clock
        for clock in clocks
    )


def _resolved(clocks: Clocks, at: datetime, terms: Terms) -> Clocks:
    """Solving is an answer too: whoever still waited for one has got it."""
    return _met(clocks, EVERY_TARGET, at, terms)


def _reopened(clocks: Clocks, at: datetime, terms: Terms) -> Clocks:
    """The resolution goes on with what was spent before; the time while it was solved is free."""
    clock = _of(clocks, Target.RESOLUTION)
    if Target.RESOLUTION not in terms.seconds or (clock and clock.is_live):
        return clocks
    return _with(clocks, _taken_up(clock, Target.RESOLUTION, at, terms))


_HAPPENS: Mapping[Moment, Callable[[Clocks, datetime, Terms], Clocks]] = {
    Moment.CREATED: _created,
    Moment.CUSTOMER_WROTE: _customer_wrote,
    Moment.AGENT_ANSWERED: _agent_answered,
    Moment.PAUSED: _paused,
    Moment.RESUMED: _resumed,
    Moment.RESOLVED: _resolved,
    Moment.REOPENED: _reopened,
}


def _under_new_terms(
    clocks: Clocks, at: datetime, terms: Terms | None, standing: Standing
) -> Clocks:
    """What ran goes on with what it spent; what is promised now for the first time starts now."""
    changed = (
        _renewed(_of(clocks, target), target, at, terms, standing) for target in TARGET_ORDER
    )
    return tuple(clock for clock in changed if clock is not None)


def _renewed(
    clock: Clock | None, target: Target, at: datetime, terms: Terms | None, standing: Standing
) -> Clock | None:
    """One target's clock under new terms; None where there was and is no promise."""
    if clock is None or not clock.is_live:
        return _begun_late(clock, target, at, terms, standing)
    # Only the old hours can measure what ran until now.
    before = standing.terms or terms
    calendar = before.calendar if before else None
    if terms is None or target not in terms.seconds:
        return _halted(clock, ClockState.CANCELLED, at, calendar)
    halted = _halted(clock, ClockState.PAUSED, at, calendar)
    return _carried_on(halted, target, at, terms, standing)


def _begun_late(
    clock: Clock | None, target: Target, at: datetime, terms: Terms | None, standing: Standing
) -> Clock | None:
    """The clock of a target that was not promised until now, if there is still something to do."""
    if terms is None or target not in terms.seconds or not standing.wants(target):
        return clock
    if target is Target.FIRST_RESPONSE and clock is not None and clock.state is ClockState.MET:
        return clock
    if target is Target.NEXT_RESPONSE and not _is_of_this_round(clock, standing):
        clock = None
    return _carried_on(clock, target, at, terms, standing)


def _carried_on(
    clock: Clock | None, target: Target, at: datetime, terms: Terms, standing: Standing
) -> Clock:
    """The clock under new terms, running or at rest as the ticket stands."""
    running = _taken_up(clock, target, at, terms)
    if standing.pauses(target, terms):
        return _halted(running, ClockState.PAUSED, at, terms.calendar)
    return running


def _is_of_this_round(clock: Clock | None, standing: Standing) -> bool:
    """Whether a cancelled clock was for the answer that the customer still waits for."""
    if clock is None or clock.state is not ClockState.CANCELLED or standing.waiting_since is None:
        return False
    return clock.started_at >= standing.waiting_since.replace(microsecond=0)


def _started(target: Target, at: datetime, terms: Terms) -> Clock:
    allowed = terms.seconds[target]
    return _running(Clock(target, ClockState.PAUSED, allowed, started_at=at), at, terms)


def _taken_up(clock: Clock | None, target: Target, at: datetime, terms: Terms) -> Clock:
    """A clock that goes on under these terms with what it spent; a new one where there is none."""
    if clock is None:
        return _started(target, at, terms)
    missed = clock.due_at if is_overdue(clock, at) else None
    resting = replace(
        clock,
        state=ClockState.PAUSED,
        allowed_seconds=terms.seconds[target],
        due_at=missed,
        finished_at=None,
    )
    return _running(resting, at, terms)


def _running(clock: Clock, at: datetime, terms: Terms) -> Clock:
    """The clock running from ``at``, due when the rest of its allowance is used up.

    Without a rest the due time is the one that was missed, or now. What was told is forgotten
    where it lies ahead again, so that it is told once more.
    """
    rest = clock.allowed_seconds - clock.spent_seconds
    due_at = risk_at = clock.due_at or at
    if rest > 0:
        due_at = add_business_seconds(terms.calendar, at, rest)
        risk_at = add_business_seconds(terms.calendar, at, rest - terms.at_risk_lead_seconds)
    # Written out: dataclasses.replace costs four times as much, and long histories come here often.
    return Clock(
        target=clock.target,
        state=ClockState.RUNNING,
        allowed_seconds=clock.allowed_seconds,
        started_at=clock.started_at,
        spent_seconds=clock.spent_seconds,
        running_since=at,
        due_at=due_at,
        at_risk_at=risk_at,
        warned_at=None if risk_at > at else clock.warned_at,
        breached_at=None if due_at > at else clock.breached_at,
    )


def _halted(
    clock: Clock, state: ClockState, at: datetime, calendar: BusinessCalendar | None
) -> Clock:
    """A live clock that stops at ``at``, paused, met or cancelled. No calendar measures nothing.

    A due time that passed stays, and so does that of a target that is met, to compare with.
    """
    ran = 0
    if clock.running_since is not None and calendar is not None:
        ran = business_seconds_between(calendar, clock.running_since, at)
    has_passed = clock.due_at is not None and clock.due_at <= at
    return Clock(
        target=clock.target,
        state=state,
        allowed_seconds=clock.allowed_seconds,
        started_at=clock.started_at,
        spent_seconds=clock.spent_seconds + ran,
        due_at=clock.due_at if has_passed or state is ClockState.MET else None,
        warned_at=clock.warned_at,
        breached_at=clock.breached_at,
        finished_at=None if state is ClockState.PAUSED else at,
    )


def _met(clocks: Clocks, targets: frozenset[Target], at: datetime, terms: Terms) -> Clocks:
    return tuple(
        _halted(clock, ClockState.MET, at, terms.calendar)
        if clock.is_live and clock.target in targets
        else clock
        for clock in clocks
    )


def _of(clocks: Clocks, target: Target) -> Clock | None:
    return next((clock for clock in clocks if clock.target is target), None)


def _with(clocks: Clocks, changed: Clock) -> Clocks:
    """The clocks with one put in its place, in the order of targets."""
    by_target = {clock.target: clock for clock in clocks} | {changed.target: changed}
    return tuple(by_target[target] for target in TARGET_ORDER if target in by_target)
