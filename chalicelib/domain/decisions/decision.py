"""What every decision is made of: its result, and the pieces that several decisions share."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.status import Status
from chalicelib.domain.ticket import (
    MAX_REFERENCES,
    Actor,
    Event,
    EventKind,
    Message,
    MessageKind,
    Ticket,
    preview,
)

# The silent last word: a reply to a resolved ticket changes nothing else.
SETTLED = frozenset({Status.RESOLVED, Status.CLOSED})


_THROWN_AWAY = frozenset({Status.SPAM, Status.DELETED})
_LEAD_BACK = frozenset({Status.POSTPONED, Status.SPAM, Status.DELETED})


@dataclass(frozen=True, slots=True)
class Decision:
    """What follows from something that happened.

    Attributes:
        changed: false when nothing is to be written.
        said: what rules wrote besides; their ids are empty until they are committed, and so are
            those in the events that tell of them, in the same order.
    """

    ticket: Ticket
    events: tuple[Event, ...] = ()
    message: Message | None = None
    said: tuple[Message, ...] = ()

    @property
    def changed(self) -> bool:
        return bool(self.events)


def merged(first: Decision, second: Decision) -> Decision:
    """Two decisions, the second taken on the first's ticket, as one."""
    return Decision(
        second.ticket,
        first.events + second.events,
        first.message or second.message,
        first.said + second.said,
    )


def with_references(ticket: Ticket, message_id: str) -> Ticket:
    """The ticket with one more Message-ID in its chain, the first and the last ones kept."""
    if not message_id or message_id in ticket.references:
        return ticket
    chain = (*ticket.references, message_id)
    if len(chain) > MAX_REFERENCES:
        chain = (chain[0], *chain[-(MAX_REFERENCES - 1) :])
    return replace(ticket, references=chain)


def with_message(ticket: Ticket, message: Message) -> Ticket:
    """The ticket with one more message in its counts; a note or a machine's shows in no list."""
    at = message.created_at
    counted = replace(ticket, message_count=ticket.message_count + 1, updated_at=at)
    if not message.is_public:
        return counted
    shown = replace(
        counted,
        last_message_at=at,
        last_message_kind=message.kind,
        last_message_preview=preview(message.text),
    )
    if message.kind is MessageKind.CUSTOMER_MESSAGE:
        told = message.message_id or shown.last_message_id
        shown = replace(shown, last_customer_message_at=at, last_message_id=told)
    return with_references(shown, message.message_id)


def in_status(ticket: Ticket, status: Status, at: datetime) -> Ticket:
    """The ticket in this status, with what the status remembers and forgets."""
    if status is ticket.status:
        return replace(ticket, updated_at=at)
    leaves = status in _LEAD_BACK
    settled = status in SETTLED
    thrown_away = status in _THROWN_AWAY
    # A postponed ticket that is thrown away and restored still knows where it came from.
    before = ticket.status_before if ticket.status in _LEAD_BACK else ticket.status
    return replace(
        ticket,
        status=status,
        # A label belongs to one status.
        label_id="",
        put_away_at=at if thrown_away else None,
        status_before=before if leaves else None,
        postponed_until=ticket.postponed_until if leaves else None,
        postponed_reason=ticket.postponed_reason if leaves else "",
        resolved_at=ticket.resolved_at if settled or leaves else None,
        confirmed_at=ticket.confirmed_at if settled or leaves else None,
        closed_at=ticket.closed_at if leaves or status is Status.CLOSED else None,
        status_since=at,
        updated_at=at,
    )


def status_event(before: Ticket, after: Ticket, actor: Actor, at: datetime) -> tuple[Event, ...]:
    """The event of a changed status; none when it stayed."""
    if before.status is after.status:
        return ()
    change = {"status": before.status}, {"status": after.status}
    return (Event(EventKind.STATUS_CHANGED, actor, at, *change),)


def priority_event(before: Ticket, after: Ticket, actor: Actor, at: datetime) -> Event:
    """The event of a changed priority."""
    return Event(
        EventKind.PRIORITY_CHANGED, actor, at,
        {"priority": before.priority}, {"priority": after.priority},
    )  # fmt: skip
