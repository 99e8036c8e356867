"""From a ticket's events to the moments of its clocks: the second book-keeping, and the proof.

The clocks on a ticket are a running result. What is read here is only what happened and the terms
that the events name, so a breach can be shown to anybody piece by piece, years later.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.sla import (
    Clock,
    Moment,
    Segment,
    SegmentKind,
    Target,
    Terms,
    is_overdue,
    segments,
)
from chalicelib.domain.status import Cause, Status, next_status
from chalicelib.domain.ticket import Event, EventKind, Ticket

_SETTLED = frozenset({Status.RESOLVED, Status.CLOSED})
_AWAY = frozenset({Status.SPAM, Status.DELETED})
# The customer waits from now on, whatever the status was.
_ASKS = frozenset({EventKind.CUSTOMER_MESSAGE_RECEIVED, EventKind.SOLUTION_REFUSED})
Step = tuple[datetime, Moment, Terms | None]


def history_of(
    events: Iterable[Event], kept: Mapping[str, Terms], fallback: Terms | None = None
) -> list[Step]:
    """The moments of a ticket's clocks, as its events tell them, oldest first.

    Args:
        kept: terms by the names that events give.
        fallback: what applied where an event names nothing, or a name that is not kept: events
            from before terms had names.
    """
    reader = _Reader(kept, fallback)
    return [step for event in events for step in reader.steps(event)]


class _Reader:
    """Follows status and terms from event to event."""

    def __init__(self, kept: Mapping[str, Terms], fallback: Terms | None) -> None:
        self._kept = kept
        self._fallback = fallback
        self._terms = fallback
        self._status = Status.NEW
        # A message tells its change of status in an event of its own, which is no second moment.
        self._told: tuple[Status, Status, datetime] | None = None
        # A ticket that stands for itself again goes on where it was, as one that is restored.
        self._parted_at: datetime | None = None

    def steps(self, event: Event) -> Iterator[Step]:
        renamed = self._take_terms(event)
        for moment in self._moments(event, renamed=renamed):
            yield event.at, moment, self._terms

    def _take_terms(self, event: Event) -> bool:
        name = event.after.get("terms")
        if name is None:
            return False
        self._terms = self._kept.get(name, self._fallback) if name else None
        return True

    def _moments(self, event: Event, *, renamed: bool) -> Iterator[Moment]:
        if event.kind is EventKind.TICKET_CREATED:
            yield Moment.CREATED
        elif event.kind in _ASKS or event.after.get("customer_waits"):
            yield from self._customer_wrote(event)
        elif event.kind is EventKind.TICKET_UNMERGED:
            self._parted_at = event.at
        elif event.kind is EventKind.PUBLIC_REPLY_SENT:
            yield from self._agent_answered(event)
        elif event.kind is EventKind.STATUS_CHANGED:
            yield from self._status_changed(event)
        elif event.kind is EventKind.DEPARTMENT_CHANGED:
            yield Moment.ESCALATED if event.after.get("escalated") else Moment.TERMS_CHANGED
        elif renamed:
            yield Moment.TERMS_CHANGED

    def _customer_wrote(self, event: Event) -> Iterator[Moment]:
        if self._status in _AWAY:
            return
        if self._status in _SETTLED:
            yield Moment.REOPENED
        elif self._status is Status.POSTPONED:
            yield Moment.RESUMED
        yield Moment.CUSTOMER_WROTE
        self._follow(event, Cause.CUSTOMER_WROTE)

    def _agent_answered(self, event: Event) -> Iterator[Moment]:
        if self._status is Status.POSTPONED:
            yield Moment.RESUMED
        yield Moment.AGENT_ANSWERED
        self._follow(event, Cause.AGENT_REPLIED)

    def _follow(self, event: Event, cause: Cause) -> None:
        before = self._status
        self._status = next_status(0, before, cause)
        self._told = before, self._status, event.at

    def _status_changed(self, event: Event) -> Iterator[Moment]:
        before = Status(event.before["status"])
        after = Status(event.after["status"])
        if self._told == (before, after, event.at):
            self._told = None
            return
        self._told = None
        self._status = after
        is_parted, self._parted_at = self._parted_at == event.at, None
        moment = _back_to(after) if is_parted else _moment_of(before, after)
        if moment:
            yield moment


def _moment_of(before: Status, after: Status) -> Moment | None:
    """What a step without a message is for the clocks; None where they go on standing still."""
    if before in _SETTLED:
        return Moment.REOPENED if after is Status.OPEN else None
    if before in _AWAY:
        return _back_to(after)
    # Only a merge closes what is not solved, and then another ticket's clocks go on.
    if after in _AWAY or after in (Status.POSTPONED, Status.CLOSED):
        return Moment.PAUSED
    return Moment.RESOLVED if after is Status.RESOLVED else Moment.RESUMED


def _back_to(status: Status) -> Moment | None:
    """What coming back from where the clocks stood still is for them."""
    if status in _SETTLED or status is Status.POSTPONED:
        return None
    return Moment.AGENT_ANSWERED if status is Status.ANSWERED else Moment.RESUMED


@dataclass(frozen=True, slots=True)
class Proof:
    """One clock's time, piece by piece.

    Attributes:
        clock: as the ticket has it; None for an answer that was awaited before the present one.
        due_at: the due time that pieces are cut at, where one is known and was passed.
        counted_seconds: the running pieces up to ``due_at``, or all of them.
    """

    target: Target
    started_at: datetime
    pieces: tuple[Segment, ...]
    clock: Clock | None = None
    due_at: datetime | None = None

    @property
    def counted_seconds(self) -> int:
        return sum(
            piece.seconds
            for piece in self.pieces
            if piece.kind is SegmentKind.RUNNING
            and (self.due_at is None or piece.ends_at <= self.due_at)
        )


def proofs(
    ticket: Ticket, events: Iterable[Event], history: list[Step], now: datetime
) -> list[Proof]:
    """The pieces of every clock that the ticket has or had, by target and then by age."""
    missed = [
        (e.after["target"], datetime.fromisoformat(e.after["due_at"]))
        for e in events
        if e.kind is EventKind.TARGET_BREACHED
    ]
    return [
        proof
        for target in Target
        for proof in _of_target(ticket, target, [d for t, d in missed if t == target], history, now)
    ]


def _of_target(
    ticket: Ticket, target: Target, missed: list[datetime], history: list[Step], now: datetime
) -> Iterator[Proof]:
    current = next((clock for clock in ticket.clocks if clock.target is target), None)
    until = current.finished_at if current and current.finished_at else now
    pieces = segments(history, target, until=until)
    for started_at in dict.fromkeys(piece.clock_started_at for piece in pieces):
        own = [piece for piece in pieces if piece.clock_started_at == started_at]
        clock = current if current and current.started_at == started_at else None
        due_at = next((due for due in missed if started_at <= due <= own[-1].ends_at), None)
        if clock and is_overdue(clock, now):
            due_at = clock.breached_at or clock.due_at
        cut = tuple(part for piece in own for part in _cut(piece, due_at))
        yield Proof(target, started_at, cut, clock, due_at)


def _cut(piece: Segment, at: datetime | None) -> Iterator[Segment]:
    """A piece in two at an instant within it."""
    if at is None or not piece.starts_at < at < piece.ends_at:
        yield piece
    else:
        yield replace(piece, ends_at=at)
        yield replace(piece, starts_at=at)
