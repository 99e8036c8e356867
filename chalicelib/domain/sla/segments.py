"""The pieces of time that a clock is made of: the proof that a promise was kept or broken."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.calendar import BusinessCalendar, business_spans
from chalicelib.domain.sla.clock import Clock, Clocks, ClockState
from chalicelib.domain.sla.moments import History, undated_after
from chalicelib.domain.sla.policy import Target
from chalicelib.domain.sla.standing import Moment, Standing, standing_after, whole_second


class SegmentKind(StrEnum):
    """What a piece of time was for a clock; only RUNNING counts."""

    RUNNING = "running"
    OUTSIDE_HOURS = "outside_hours"
    PAUSED = "paused"
    STOPPED = "stopped"
    """Solved, or without a promise, until the same clock went on."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of time of one clock.

    Attributes:
        clock_started_at: tells the clocks of one target apart; each next response has its own.
        seconds: how long it lasted; of the running ones, what the clock counted.
    """

    kind: SegmentKind
    starts_at: datetime
    ends_at: datetime
    clock_started_at: datetime

    @property
    def seconds(self) -> int:
        """Its length; those of the running segments add up to what the clock spent."""
        return int((self.ends_at - self.starts_at).total_seconds())


def segments(
    history: History, target: Target, *, until: datetime | None = None
) -> tuple[Segment, ...]:
    """What the time of one target was made of, oldest first and without gaps within one clock.

    Cut at its due time, the running segments of a clock add up to what was allowed.

    Args:
        until: where to cut, or for a clock that still runs how far to go; without it the last
            moment of the history is the end.
    """
    pieces: list[Segment] = []
    for piece in _pieces(history, target, until):
        _append(pieces, piece)
    return tuple(pieces)


def _append(pieces: list[Segment], piece: Segment) -> None:
    """Add a piece; a gap in the same clock is filled, and two of a kind become one."""
    last = pieces[-1] if pieces else None
    if last and last.clock_started_at == piece.clock_started_at:
        if last.ends_at < piece.starts_at:
            gap = last.ends_at, piece.starts_at
            pieces.append(Segment(SegmentKind.STOPPED, *gap, piece.clock_started_at))
        elif last.kind is piece.kind:
            pieces[-1] = replace(last, ends_at=piece.ends_at)
            return
    pieces.append(piece)


def _pieces(history: History, target: Target, until: datetime | None) -> Iterator[Segment]:
    """The history replayed; between two moments a clock only runs or only rests."""
    clocks: Clocks = ()
    standing = Standing()
    since: datetime | None = None
    for at, moment, terms in history:
        if until is not None and at >= until:
            break
        now = whole_second(at)
        changed = moment in (Moment.TERMS_CHANGED, Moment.ESCALATED)
        measuring = standing.terms if changed else terms or standing.terms
        if since is not None and measuring is not None:
            yield from _lasting(clocks, target, since, now, measuring.calendar)
        clocks = undated_after(clocks, moment, at, terms, standing)
        standing = standing_after(standing, moment, at, terms)
        since = now
    if until is not None and since is not None and standing.terms is not None:
        end = whole_second(until)
        yield from _lasting(clocks, target, since, end, standing.terms.calendar)


def _lasting(
    clocks: Clocks, target: Target, since: datetime, until: datetime, calendar: BusinessCalendar
) -> Iterator[Segment]:
    """What one target's clock did from one moment to the next."""
    clock = next((clock for clock in clocks if clock.target is target and clock.is_live), None)
    if clock is None or since >= until:
        return
    if clock.state is ClockState.PAUSED:
        yield Segment(SegmentKind.PAUSED, since, until, clock.started_at)
    else:
        yield from _running(clock, since, until, calendar)


def _running(
    clock: Clock, since: datetime, until: datetime, calendar: BusinessCalendar
) -> Iterator[Segment]:
    reached = since
    for opens, closes in business_spans(calendar, since, until):
        if reached < opens:
            yield Segment(SegmentKind.OUTSIDE_HOURS, reached, opens, clock.started_at)
        yield Segment(SegmentKind.RUNNING, opens, closes, clock.started_at)
        reached = closes
    if reached < until:
        yield Segment(SegmentKind.OUTSIDE_HOURS, reached, until, clock.started_at)
