"""How a ticket changes: one function per thing that happens to it.

Every function takes the state it found and gives a ``Decision``: the state that follows, the
events that tell what happened, and the message where there is one. Nothing is written here; a use
case commits the decision on the version it was taken on, or decides again.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.errors import Fault, InvalidRequest, InvalidTransition
from chalicelib.domain.sla import (
    Clocks,
    Moment,
    Standing,
    Target,
    Terms,
    clocks_after,
    due_alarms,
    mark_breached,
    mark_warned,
)
from chalicelib.domain.status import Cause, Status, next_status
from chalicelib.domain.ticket import (
    MAX_REFERENCES,
    SYSTEM,
    Actor,
    Event,
    EventKind,
    Message,
    MessageKind,
    Priority,
    Ticket,
    preview,
)

# The silent last word: a reply to a resolved ticket changes nothing else.
_SETTLED = frozenset({Status.RESOLVED, Status.CLOSED})
_TERMINAL_FOR_CUSTOMER = frozenset({Status.SPAM, Status.DELETED})
_LEAD_BACK = frozenset({Status.POSTPONED, Status.SPAM, Status.DELETED})


@dataclass(frozen=True, slots=True)
class Decision:
    """What follows from something that happened.

    Attributes:
        changed: false when nothing is to be written.
    """

    ticket: Ticket
    events: tuple[Event, ...] = ()
    message: Message | None = None

    @property
    def changed(self) -> bool:
        return bool(self.events)


def opened(
    ticket: Ticket, message: Message, terms: Terms | None, *, actor: Actor | None = None
) -> Decision:
    """A request became a ticket: it starts as New and its clocks start.

    Args:
        actor: who opened it, when that was not the author of the message himself.
    """
    started = replace(
        ticket,
        status=Status.NEW,
        clocks=clocks_after((), Moment.CREATED, ticket.created_at, terms),
        waiting_since=ticket.created_at,
    )
    written = _with_message(started, message)
    after = {
        "status": written.status,
        "priority": written.priority,
        "department": written.department_id,
        "channel": written.channel,
    }
    opener = actor or message.author
    created = Event(EventKind.TICKET_CREATED, opener, ticket.created_at, {}, after, message.id)
    return Decision(written, (created,), message)


def customer_wrote(ticket: Ticket, message: Message, terms: Terms | None) -> Decision:
    """The customer wrote on a ticket that exists.

    A message from the sender never revives Spam or a deleted ticket; it is kept and that is all.
    """
    at = message.created_at
    # A new target replaces the one before it: what that one has to say is said first.
    told = Decision(ticket) if ticket.status in _TERMINAL_FOR_CUSTOMER else _alarms_told(ticket, at)
    ticket = told.ticket
    status = next_status(ticket.number, ticket.status, Cause.CUSTOMER_WROTE)
    clocks = ticket.clocks
    if status is not Status.SPAM and status is not Status.DELETED:
        if ticket.status in _SETTLED:
            clocks = clocks_after(clocks, Moment.REOPENED, at, terms)
        elif ticket.status is Status.POSTPONED:
            clocks = clocks_after(clocks, Moment.RESUMED, at, terms)
        clocks = clocks_after(clocks, Moment.CUSTOMER_WROTE, at, terms)
    waiting = ticket.waiting_since or at
    moved = replace(
        _in_status(ticket, status, at),
        clocks=clocks,
        waiting_since=ticket.waiting_since if status in _TERMINAL_FOR_CUSTOMER else waiting,
    )
    received = Event(EventKind.CUSTOMER_MESSAGE_RECEIVED, message.author, at, message_id=message.id)
    changes = _status_event(ticket, moved, message.author, at)
    return Decision(_with_message(moved, message), (*told.events, received, *changes), message)


def agent_replied(ticket: Ticket, message: Message, terms: Terms | None) -> Decision:
    """An agent answered the customer in public.

    Raises:
        InvalidTransition: nobody answers on a closed, deleted or spam ticket.
    """
    at = message.created_at
    status = next_status(ticket.number, ticket.status, Cause.AGENT_REPLIED)
    clocks = ticket.clocks
    if ticket.status is Status.POSTPONED:
        clocks = clocks_after(clocks, Moment.RESUMED, at, terms)
    clocks = clocks_after(clocks, Moment.AGENT_ANSWERED, at, terms)
    moved = replace(
        _in_status(ticket, status, at),
        clocks=clocks,
        waiting_since=None,
        first_answered_at=ticket.first_answered_at or at,
    )
    sent = Event(EventKind.PUBLIC_REPLY_SENT, message.author, at, message_id=message.id)
    changes = _status_event(ticket, moved, message.author, at)
    return Decision(_with_message(moved, message), (sent, *changes), message)


def note_added(ticket: Ticket, message: Message) -> Decision:
    """An internal note: it never changes the status and never reaches the customer.

    Raises:
        InvalidTransition: a closed or deleted ticket takes no more notes.
    """
    if ticket.status in (Status.CLOSED, Status.DELETED):
        raise InvalidTransition(ticket.number, ticket.status, "noted")
    event = Event(EventKind.NOTE_ADDED, message.author, message.created_at, message_id=message.id)
    return Decision(_with_message(ticket, message), (event,), message)


def postponed(
    ticket: Ticket, until: datetime, reason: str, *, actor: Actor, at: datetime, terms: Terms | None
) -> Decision:
    """Somebody will look later; the clocks stand still until then.

    Raises:
        InvalidRequest: the time is not in the future.
        InvalidTransition: the status table has no such step.
    """
    if until <= at:
        raise InvalidRequest(Fault("postponed_until", "Choose a time in the future."))
    status = ticket.status
    if status is not Status.POSTPONED:
        status = next_status(ticket.number, ticket.status, Cause.POSTPONED)
    clocks = clocks_after(ticket.clocks, Moment.PAUSED, at, terms)
    moved = replace(_in_status(ticket, status, at), clocks=clocks)
    moved = replace(moved, postponed_until=until, postponed_reason=reason)
    before = {"status": ticket.status, "until": _text(ticket.postponed_until)}
    after = {"status": status, "until": until.isoformat(), "reason": reason}
    return Decision(moved, (Event(EventKind.STATUS_CHANGED, actor, at, before, after),))


_MOMENTS = {
    Cause.RESOLVED: Moment.RESOLVED,
    Cause.REOPENED: Moment.REOPENED,
    Cause.TIMER_ENDED: Moment.RESUMED,
    Cause.MARKED_SPAM: Moment.PAUSED,
    Cause.DELETED: Moment.PAUSED,
    Cause.RESTORED: Moment.RESUMED,
}


def status_moved(
    ticket: Ticket, cause: Cause, *, actor: Actor, at: datetime, terms: Terms | None
) -> Decision:
    """The status moves for a cause that carries no message.

    Raises:
        InvalidTransition: the status table has no such step.
    """
    status = next_status(ticket.number, ticket.status, cause, before=_restored_to(ticket, cause))
    moment = _moment(ticket, cause, status)
    clocks = clocks_after(ticket.clocks, moment, at, terms) if moment else ticket.clocks
    moved = replace(_in_status(ticket, status, at), clocks=clocks)
    if cause is Cause.RESOLVED:
        # Solving is an answer too: whoever waited for one has got it.
        answered_at = ticket.first_answered_at or at
        moved = replace(moved, resolved_at=at, waiting_since=None, first_answered_at=answered_at)
    if cause is Cause.CLOSED:
        moved = replace(moved, closed_at=at)
    return Decision(moved, _status_event(ticket, moved, actor, at))


def _restored_to(ticket: Ticket, cause: Cause) -> Status | None:
    """The status before this one. A time to come back tells that the ticket was postponed then."""
    if cause is Cause.RESTORED and ticket.postponed_until:
        return Status.POSTPONED
    return ticket.status_before


def _moment(ticket: Ticket, cause: Cause, status: Status) -> Moment | None:
    """What a step of the status is for the clocks; None where they go on standing still."""
    if ticket.status in _SETTLED and cause is not Cause.REOPENED:
        return None
    if cause is Cause.RESTORED and status in (*_SETTLED, Status.POSTPONED):
        return None
    if cause is Cause.RESTORED and status is Status.ANSWERED:
        # By option the resolution waits for the customer again.
        return Moment.AGENT_ANSWERED
    return _MOMENTS.get(cause)


def moved_to_department(
    ticket: Ticket,
    department_id: str,
    *,
    actor: Actor,
    at: datetime,
    terms_before: Terms | None,
    terms: Terms | None,
) -> Decision:
    """Another department takes over: its promises count from now on, and the owner is free again.

    Args:
        terms_before: what the old department promised; its hours measure what ran until now.
        terms: what the new department promises.
    """
    if department_id == ticket.department_id:
        return Decision(ticket)
    moved = replace(
        ticket,
        department_id=department_id,
        assignee_id="",
        assigned_at=None,
        clocks=_new_terms(ticket, at, terms_before, terms),
        updated_at=at,
    )
    events = [
        Event(
            EventKind.DEPARTMENT_CHANGED, actor, at,
            {"department": ticket.department_id}, {"department": department_id},
        )
    ]  # fmt: skip
    if ticket.assignee_id:
        events.append(_unassigned_event(ticket, moved, actor, at))
    return Decision(moved, tuple(events))


def priority_set(
    ticket: Ticket,
    priority: Priority,
    *,
    actor: Actor,
    at: datetime,
    terms_before: Terms | None,
    terms: Terms | None,
) -> Decision:
    """Somebody judged the ticket's weight anew; its promises change with it.

    Args:
        terms_before: what the department promised at the old priority.
        terms: what it promises at the new one.
    """
    if priority is ticket.priority:
        return Decision(ticket)
    clocks = _new_terms(ticket, at, terms_before, terms)
    moved = replace(ticket, priority=priority, clocks=clocks, updated_at=at)
    return Decision(moved, (_priority_event(ticket, moved, actor, at),))


def assigned(ticket: Ticket, agent_id: str, *, actor: Actor, at: datetime) -> Decision:
    """The ticket gets its owner.

    Raises:
        InvalidTransition: a closed, deleted or spam ticket has nobody to answer it.
    """
    if agent_id == ticket.assignee_id:
        return Decision(ticket)
    if ticket.status in (Status.CLOSED, Status.SPAM, Status.DELETED):
        raise InvalidTransition(ticket.number, ticket.status, "assigned")
    moved = replace(ticket, assignee_id=agent_id, assigned_at=at, updated_at=at)
    event = Event(
        EventKind.TICKET_ASSIGNED, actor, at,
        {"assignee": ticket.assignee_id},
        {"assignee": agent_id, "department": ticket.department_id},
    )  # fmt: skip
    return Decision(moved, (event,))


def unassigned(ticket: Ticket, *, actor: Actor, at: datetime) -> Decision:
    """The owner is taken away; the ticket waits for another."""
    if not ticket.assignee_id:
        return Decision(ticket)
    moved = replace(ticket, assignee_id="", assigned_at=None, updated_at=at)
    return Decision(moved, (_unassigned_event(ticket, moved, actor, at),))


def retold(
    ticket: Ticket, *, subject: str | None, tags: tuple[str, ...] | None, actor: Actor, at: datetime
) -> Decision:
    """Subject or tags were corrected."""
    events = []
    moved = ticket
    if subject is not None and subject != ticket.subject:
        moved = replace(moved, subject=subject, updated_at=at)
        change = {"subject": ticket.subject}, {"subject": subject}
        events.append(Event(EventKind.SUBJECT_CHANGED, actor, at, *change))
    if tags is not None and tags != ticket.tags:
        moved = replace(moved, tags=tags, updated_at=at)
        before, after = {"tags": ", ".join(ticket.tags)}, {"tags": ", ".join(tags)}
        events.append(Event(EventKind.TAGS_CHANGED, actor, at, before, after))
    return Decision(moved, tuple(events))


def woken(ticket: Ticket, now: datetime, terms: Terms | None) -> Decision:
    """The ticket's own time came: what is due by ``now`` happens, each thing once.

    A second call at the same time finds nothing to do. Breaches carry the time they were due, not
    the time somebody looked.
    """
    events: list[Event] = []
    if (
        ticket.status is Status.POSTPONED
        and ticket.postponed_until
        and (ticket.postponed_until <= now)
    ):
        ended = status_moved(
            ticket, Cause.TIMER_ENDED, actor=SYSTEM, at=ticket.postponed_until, terms=terms
        )
        ticket = ended.ticket
        events.extend(ended.events)
    told_of = _alarms_told(ticket, now)
    return Decision(told_of.ticket, (*events, *told_of.events))


def _alarms_told(ticket: Ticket, now: datetime) -> Decision:
    """What the clocks have to say by ``now``: warnings and breaches, each once."""
    events: list[Event] = []
    for alarm in due_alarms(ticket.clocks, now):
        told = {"target": alarm.target, "due_at": alarm.due_at.isoformat()}
        if alarm.kind == "breach":
            ticket, raised = _breached(ticket, alarm.target, now)
            events.append(Event(EventKind.TARGET_BREACHED, SYSTEM, now, {}, told))
            events.extend(raised)
        else:
            clocks = mark_warned(ticket.clocks, alarm.target, now)
            ticket = replace(ticket, clocks=clocks)
            events.append(Event(EventKind.TARGET_AT_RISK, SYSTEM, now, {}, told))
    return Decision(ticket, tuple(events))


_RAISED = {Priority.LOW: Priority.NORMAL, Priority.NORMAL: Priority.HIGH}


def _breached(ticket: Ticket, target: Target, now: datetime) -> tuple[Ticket, tuple[Event, ...]]:
    """Flag the breach and raise the priority one step.

    The clocks keep their promises: a breach that tightened them would set off the next breach.
    """
    marked = replace(ticket, clocks=mark_breached(ticket.clocks, target, now))
    raised = _RAISED.get(ticket.priority, Priority.URGENT)
    if raised is ticket.priority:
        return marked, ()
    moved = replace(marked, priority=raised, updated_at=now)
    return moved, (_priority_event(ticket, moved, SYSTEM, now),)


def with_references(ticket: Ticket, message_id: str) -> Ticket:
    """The ticket with one more Message-ID in its chain, the first and the last ones kept."""
    if not message_id or message_id in ticket.references:
        return ticket
    chain = (*ticket.references, message_id)
    if len(chain) > MAX_REFERENCES:
        chain = (chain[0], *chain[-(MAX_REFERENCES - 1) :])
    return replace(ticket, references=chain)


def _with_message(ticket: Ticket, message: Message) -> Ticket:
    at = message.created_at
    counted = replace(ticket, message_count=ticket.message_count + 1, updated_at=at)
    if message.kind is MessageKind.INTERNAL_NOTE:
        return counted
    shown = replace(
        counted,
        last_message_at=at,
        last_message_kind=message.kind,
        last_message_preview=preview(message.text),
    )
    if message.kind is MessageKind.CUSTOMER_MESSAGE and message.message_id:
        shown = replace(shown, last_message_id=message.message_id)
    return with_references(shown, message.message_id)


def _in_status(ticket: Ticket, status: Status, at: datetime) -> Ticket:
    if status is ticket.status:
        return replace(ticket, updated_at=at)
    leaves = status in _LEAD_BACK
    settled = status in _SETTLED
    # A postponed ticket that is thrown away and restored still knows where it came from.
    before = ticket.status_before if ticket.status in _LEAD_BACK else ticket.status
    return replace(
        ticket,
        status=status,
        status_before=before if leaves else None,
        postponed_until=ticket.postponed_until if leaves else None,
        postponed_reason=ticket.postponed_reason if leaves else "",
        resolved_at=ticket.resolved_at if settled or leaves else None,
        closed_at=ticket.closed_at if leaves or status is Status.CLOSED else None,
        updated_at=at,
    )


def _new_terms(
    ticket: Ticket, at: datetime, terms_before: Terms | None, terms: Terms | None
) -> Clocks:
    standing = _standing(ticket, terms_before)
    return clocks_after(ticket.clocks, Moment.TERMS_CHANGED, at, terms, standing=standing)


def _standing(ticket: Ticket, terms: Terms | None) -> Standing:
    """How the ticket stands for its clocks: who was thrown away unsolved is paused."""
    status = ticket.status
    if status in _TERMINAL_FOR_CUSTOMER:
        status = ticket.status_before if ticket.status_before in _SETTLED else Status.POSTPONED
    return Standing(
        terms=terms,
        status=status or Status.POSTPONED,
        waiting_since=ticket.waiting_since,
        is_answered=ticket.first_answered_at is not None,
    )


def _status_event(before: Ticket, after: Ticket, actor: Actor, at: datetime) -> tuple[Event, ...]:
    if before.status is after.status:
        return ()
    change = {"status": before.status}, {"status": after.status}
    return (Event(EventKind.STATUS_CHANGED, actor, at, *change),)


def _priority_event(before: Ticket, after: Ticket, actor: Actor, at: datetime) -> Event:
    return Event(
        EventKind.PRIORITY_CHANGED, actor, at,
        {"priority": before.priority}, {"priority": after.priority},
    )  # fmt: skip


def _unassigned_event(before: Ticket, after: Ticket, actor: Actor, at: datetime) -> Event:
    return Event(
        EventKind.TICKET_UNASSIGNED, actor, at,
        {"assignee": before.assignee_id}, {"department": after.department_id},
    )  # fmt: skip


def _text(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
