"""Every promise of a ticket that was missed, with its proof: what the report of breaches lists.

Worked out of the ticket's events anew, so that a line of the report can be shown to anybody.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.calendar import business_seconds_between
from chalicelib.domain.clock_history import Step
from chalicelib.domain.sla import (
    ClockState,
    Moment,
    Segment,
    SegmentKind,
    Target,
    Terms,
    segments,
)
from chalicelib.domain.ticket import Event, EventKind, Ticket

MOST_PIECES = 500
"""Of one proof; who paused a ticket more often finds the rest on the ticket."""

_KEPT = frozenset({Moment.AGENT_ANSWERED, Moment.RESOLVED})


class Outcome(StrEnum):
    """What became of a promise that was missed."""

    OPEN = "open"
    MET = "met"
    ENDED = "ended"
    """Nobody has to keep it any more: escalated, or no longer promised."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One missed promise.

    Attributes:
        department_id: whose promise it was when it was missed.
        assignee_id: who had the ticket then; may be empty.
        started_at: when the clock first ran; None where the history does not tell any more.
        allowed_seconds: business time that was promised.
        ended_at: when it was met or ended; None while it is open.
        late_seconds: business time after the due time, counted up to ``counted_to``.
        is_counting: whether it goes on since then.
        pieces: the time of the clock up to the due time; those that ran add up to the allowance.
    """

    number: int
    target: Target
    due_at: datetime
    department_id: str
    policy_id: str
    assignee_id: str
    started_at: datetime | None
    allowed_seconds: int
    outcome: Outcome
    ended_at: datetime | None
    late_seconds: int
    counted_to: datetime
    is_counting: bool
    pieces: tuple[Segment, ...] = ()

    def seconds_of(self, kind: SegmentKind) -> int:
        """How long the clock was in this state before it was due."""
        return sum(piece.seconds for piece in self.pieces if piece.kind is kind)

    def late_at(self, now: datetime, terms: Terms | None) -> int:
        """Business time after the due time by now.

        Args:
            terms: what the ticket runs under now.
        """
        if not self.is_counting or terms is None or now <= self.counted_to:
            return self.late_seconds
        more = business_seconds_between(terms.calendar, self.counted_to, now)
        return self.late_seconds + more


def may_change_breaches(before: Ticket | None, after: Ticket) -> bool:
    """Whether this write of a ticket can make, end or hold up one of its breaches."""
    clocks = before.clocks if before else ()
    if clocks == after.clocks:
        return False
    return any(clock.breached_at for clock in (*clocks, *after.clocks))


def breaches_of(
    ticket: Ticket, events: Iterable[Event], history: Sequence[Step], now: datetime
) -> list[Breach]:
    """All breaches of a ticket, in the order in which they were told."""
    told = [event for event in events if event.kind is EventKind.TARGET_BREACHED]
    pieces = {
        target: segments(list(history), target, until=now)
        for target in {Target(event.after["target"]) for event in told}
    }
    return [
        _breach(ticket, event, history, pieces[Target(event.after["target"])], now)
        for event in told
    ]


def _breach(
    ticket: Ticket,
    event: Event,
    history: Sequence[Step],
    pieces: Sequence[Segment],
    now: datetime,
) -> Breach:
    target, due_at = Target(event.after["target"]), datetime.fromisoformat(event.after["due_at"])
    started_at = max(
        (p.clock_started_at for p in pieces if p.clock_started_at <= due_at), default=None
    )
    own = [piece for piece in pieces if piece.clock_started_at == started_at]
    cut = [part for piece in own for part in _cut(piece, due_at)]
    late = [p for p in cut if p.starts_at >= due_at and p.kind is SegmentKind.RUNNING]
    terms = next((t for at, _, t in reversed(history) if at <= due_at), None)
    outcome, ended_at, is_counting = _outcome(ticket, target, started_at, own, history)
    return Breach(
        number=ticket.number,
        target=target,
        due_at=due_at,
        department_id=event.after.get("department", ticket.department_id),
        policy_id=terms.policy_id if terms else "",
        assignee_id=event.after.get("assignee", ""),
        started_at=started_at,
        allowed_seconds=terms.seconds.get(target, 0) if terms else 0,
        outcome=outcome,
        ended_at=ended_at,
        late_seconds=sum(piece.seconds for piece in late),
        counted_to=now,
        is_counting=is_counting,
        pieces=tuple(piece for piece in cut if piece.ends_at <= due_at)[:MOST_PIECES],
    )


def _outcome(
    ticket: Ticket,
    target: Target,
    started_at: datetime | None,
    own: Sequence[Segment],
    history: Sequence[Step],
) -> tuple[Outcome, datetime | None, bool]:
    """What became of it, when, and whether its time still runs."""
    current = next((clock for clock in ticket.clocks if clock.target is target), None)
    if current and current.started_at == started_at:
        if current.is_live:
            return Outcome.OPEN, None, current.state is ClockState.RUNNING
        is_met = current.state is ClockState.MET
        return (Outcome.MET if is_met else Outcome.ENDED), current.finished_at, False
    # Another clock of the same target has taken its place: the history says how this one went.
    ended_at = own[-1].ends_at if own else None
    kept = any(
        at.replace(microsecond=0) == ended_at for at, moment, _ in history if moment in _KEPT
    )
    return (Outcome.MET if kept else Outcome.ENDED), ended_at, False


def _cut(piece: Segment, at: datetime) -> Iterator[Segment]:
    if not piece.starts_at < at < piece.ends_at:
        yield piece
    else:
        yield replace(piece, ends_at=at)
        yield replace(piece, starts_at=at)
