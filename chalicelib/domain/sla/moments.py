"""How the clocks of a ticket follow what happens to it. Pure: the caller says what and when."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from chalicelib.domain.sla.clock import Clock, Clocks, ClockState
from chalicelib.domain.sla.policy import TARGET_ORDER, Target, Terms
from chalicelib.domain.sla.standing import (
    Moment,
    Standing,
    standing_after,
    standing_from,
    whole_second,
)
from chalicelib.domain.sla.timing import halted, running, started, taken_up, with_due_time

RESPONSES = (Target.FIRST_RESPONSE, Target.NEXT_RESPONSE)

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
    standing = standing or standing_from(clocks, terms)
    return _with_due_times(undated_after(clocks, moment, at, terms, standing), terms)


def recompute(history: History) -> Clocks:
    """The clocks of a ticket from everything that happened to it, oldest first.

    What was told (``warned_at``, ``breached_at``) is no part of the history and stays None.
    """
    clocks: Clocks = ()
    standing = Standing()
    for at, moment, terms in history:
        clocks = undated_after(clocks, moment, at, terms, standing)
        standing = standing_after(standing, moment, at, terms)
    return _with_due_times(clocks, standing.terms)


def undated_after(
    clocks: Clocks, moment: Moment, at: datetime, terms: Terms | None, standing: Standing
) -> Clocks:
    """As ``clocks_after``, with the due times of what starts now left open."""
    at = whole_second(at)
    if moment is Moment.ESCALATED and terms is not None:
        return _begun_again(clocks, at, terms, standing)
    if moment in (Moment.TERMS_CHANGED, Moment.ESCALATED) or terms is None:
        return _under_new_terms(clocks, at, terms, standing)
    return _HAPPENS[moment](clocks, at, terms)


def _with_due_times(clocks: Clocks, terms: Terms | None) -> Clocks:
    return tuple(with_due_time(clock, terms) for clock in clocks) if terms else clocks


def _created(_: Clocks, at: datetime, terms: Terms) -> Clocks:
    at_once = (Target.FIRST_RESPONSE, Target.RESOLUTION)
    return tuple(started(target, at, terms) for target in at_once if target in terms.seconds)


def _customer_wrote(clocks: Clocks, at: datetime, terms: Terms) -> Clocks:
    """A message ends a postponement, and after the first answer it asks for the next one."""
    clocks = _resumed(clocks, at, terms)
    waits = any(clock.is_live and clock.target in RESPONSES for clock in clocks)
    if waits or Target.NEXT_RESPONSE not in terms.seconds:
        return clocks
    return _with(clocks, started(Target.NEXT_RESPONSE, at, terms))


def _agent_answered(clocks: Clocks, at: datetime, terms: Terms) -> Clocks:
    """An answer ends a postponement too; by option the resolution then waits for the customer."""
    clocks = _met(clocks, RESPONSES, at, terms)
    return _paused(clocks, at, terms) if terms.pause_on_answered else _resumed(clocks, at, terms)


def _paused(clocks: Clocks, at: datetime, terms: Terms) -> Clocks:
    return tuple(
        halted(clock, ClockState.PAUSED, at, terms.calendar)
        if clock.state is ClockState.RUNNING
        else clock
        for clock in clocks
    )


def _resumed(clocks: Clocks, at: datetime, terms: Terms) -> Clocks:
    return tuple(
        running(clock, at, terms) if clock.state is ClockState.PAUSED else clock for clock in clocks
    )


def _resolved(clocks: Clocks, at: datetime, terms: Terms) -> Clocks:
    """Solving is an answer too: whoever still waited for one has got it."""
    return _met(clocks, TARGET_ORDER, at, terms)


def _reopened(clocks: Clocks, at: datetime, terms: Terms) -> Clocks:
    """The resolution goes on with what was spent before; the time while it was solved is free."""
    clock = _of(clocks, Target.RESOLUTION)
    if Target.RESOLUTION not in terms.seconds or (clock and clock.is_live):
        return clocks
    return _with(clocks, taken_up(clock, Target.RESOLUTION, at, terms))


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


def _begun_again(clocks: Clocks, at: datetime, terms: Terms, standing: Standing) -> Clocks:
    """Another tier promises anew: what is still to be met starts at nothing, as if it came now."""
    before = standing.terms or terms
    found = []
    for target in TARGET_ORDER:
        clock = _of(clocks, target)
        if target in terms.seconds and standing.wants(target):
            clock = _carried_on(None, target, at, terms, standing)
        elif clock is not None and clock.is_live:
            clock = halted(clock, ClockState.CANCELLED, at, before.calendar)
        found.append(clock)
    return tuple(clock for clock in found if clock is not None)


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
        return halted(clock, ClockState.CANCELLED, at, calendar)
    resting = halted(clock, ClockState.PAUSED, at, calendar)
    return _carried_on(resting, target, at, terms, standing)


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
    going = taken_up(clock, target, at, terms)
    if standing.pauses(target, terms):
        return halted(going, ClockState.PAUSED, at, terms.calendar)
    return going


def _is_of_this_round(clock: Clock | None, standing: Standing) -> bool:
    """Whether a cancelled clock was for the answer that the customer still waits for."""
    if clock is None or clock.state is not ClockState.CANCELLED or standing.waiting_since is None:
        return False
    return clock.started_at >= whole_second(standing.waiting_since)


def _met(clocks: Clocks, targets: tuple[Target, ...], at: datetime, terms: Terms) -> Clocks:
    return tuple(
        halted(clock, ClockState.MET, at, terms.calendar)
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
