"""One running target of a ticket, and what can be read off it: due times, alarms, the badge."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from chalicelib.domain.sla.policy import Target


class ClockState(StrEnum):
    """What a clock does."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Clock:
    """One target of one ticket. Instants are aware UTC in whole seconds, seconds are business time.

    A clock that ended late is MET too: what was promised was done. ``is_overdue`` tells.

    Attributes:
        allowed_seconds: what was promised.
        started_at: when it first ran.
        spent_seconds: counted up to ``running_since``.
        running_since: None unless it runs.
        due_at: None while paused, unless it fell due before the pause.
        at_risk_at: None unless it runs.
        warned_at: when the at-risk warning was told; None while it was not.
        breached_at: the due time that was missed; None until the breach was told.
        finished_at: when it was met or cancelled.
    """

    target: Target
    state: ClockState
    allowed_seconds: int
    started_at: datetime
    spent_seconds: int = 0
    running_since: datetime | None = None
    due_at: datetime | None = None
    at_risk_at: datetime | None = None
    warned_at: datetime | None = None
    breached_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def is_live(self) -> bool:
        """Whether the target is still to be met."""
        return self.finished_at is None


Clocks = tuple[Clock, ...]
"""The clocks of one ticket: at most one per target, in the order of ``Target``."""


class AlarmKind(StrEnum):
    """What people are told of a clock."""

    AT_RISK = "at_risk"
    BREACH = "breach"


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something to tell about one clock, once."""

    kind: AlarmKind
    target: Target
    due_at: datetime


class BadgeState(StrEnum):
    """How a ticket stands with its promises."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    BREACHED = "breached"
    PAUSED = "paused"
    MET = "met"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Badge:
    """What a list shows: the state, and the target and due time that it comes from."""

    state: BadgeState
    due_at: datetime | None = None
    target: Target | None = None


def is_overdue(clock: Clock, now: datetime) -> bool:
    """Whether the promise was missed by ``now``: not told yet or told, still to do or done late.

    Who does it at the due time itself is in time; who has not done it by then is not.
    """
    if clock.due_at is None or clock.state is ClockState.CANCELLED:
        return clock.breached_at is not None
    if clock.breached_at is not None:
        return True
    if clock.state is ClockState.MET:
        return clock.finished_at is not None and clock.finished_at > clock.due_at
    return clock.due_at <= now


def mark_warned(clocks: Clocks, target: Target, at: datetime) -> Clocks:
    """The clocks after the at-risk warning of a target was told; telling twice changes nothing."""
    return tuple(
        replace(clock, warned_at=at)
        if clock.target is target and clock.warned_at is None
        else clock
        for clock in clocks
    )


def mark_breached(clocks: Clocks, target: Target, at: datetime) -> Clocks:
    """The clocks after the breach of a target was told; telling twice changes nothing.

    What is kept is the due time, however late the breach was noticed.
    """
    return tuple(
        replace(clock, breached_at=clock.due_at or at)
        if clock.target is target and clock.breached_at is None
        else clock
        for clock in clocks
    )


def due_alarms(clocks: Clocks, now: datetime) -> tuple[Alarm, ...]:
    """What is to be told by ``now`` and was not, in the order of targets.

    A clock that is already past its due time is told as breached only: to warn of it would be
    too late. A target done late before anybody noticed is told too, so that no breach is lost.
    """
    alarms = []
    for clock in clocks:
        at = _next_untold(clock)
        if at is not None and at <= now and clock.due_at is not None:
            kind = AlarmKind.BREACH if clock.due_at <= now else AlarmKind.AT_RISK
            alarms.append(Alarm(kind, clock.target, clock.due_at))
    return tuple(alarms)


def next_alarm_at(clocks: Clocks) -> datetime | None:
    """The earliest instant at which something is to be told; it may have passed already."""
    instants = (_next_untold(clock) for clock in clocks)
    return min((at for at in instants if at is not None), default=None)


def next_due_at(clocks: Clocks) -> datetime | None:
    """The earliest due time of the running clocks: what lists are ordered by."""
    running = (clock.due_at for clock in clocks if clock.state is ClockState.RUNNING)
    return min((due for due in running if due is not None), default=None)


def badge(clocks: Clocks, now: datetime) -> Badge:
    """How the ticket stands: what runs decides, then what is paused, then what is done.

    Among several clocks the worst state shows, and of those the one that is due first.
    """
    for state in (ClockState.RUNNING, ClockState.PAUSED, ClockState.MET):
        badges = [_badge_of(clock, now) for clock in clocks if clock.state is state]
        if badges:
            return min(badges, key=_worst_then_nearest)
    return Badge(BadgeState.NONE)


def _next_untold(clock: Clock) -> datetime | None:
    """When the clock has something to tell next: the warning, then the breach, then nothing."""
    if clock.breached_at is not None or clock.due_at is None:
        return None
    if clock.state is ClockState.RUNNING:
        return clock.at_risk_at if clock.warned_at is None else clock.due_at
    # Not running any more: only a due time that was missed before is left to tell.
    ended_late = clock.state is not ClockState.CANCELLED and is_overdue(clock, clock.due_at)
    return clock.due_at if ended_late else None


def _badge_of(clock: Clock, now: datetime) -> Badge:
    if is_overdue(clock, now):
        state = BadgeState.BREACHED
    elif clock.state is ClockState.PAUSED:
        state = BadgeState.PAUSED
    elif clock.state is ClockState.MET:
        state = BadgeState.MET
    elif clock.at_risk_at is not None and clock.at_risk_at <= now:
        state = BadgeState.AT_RISK
    else:
        state = BadgeState.ON_TRACK
    return Badge(state, clock.due_at, clock.target)


_WORST_FIRST = (
    BadgeState.BREACHED,
    BadgeState.AT_RISK,
    BadgeState.ON_TRACK,
    BadgeState.PAUSED,
    BadgeState.MET,
)
_FAR_AWAY = datetime.max.replace(tzinfo=UTC)


def _worst_then_nearest(candidate: Badge) -> tuple[int, datetime]:
    return _WORST_FIRST.index(candidate.state), candidate.due_at or _FAR_AWAY
