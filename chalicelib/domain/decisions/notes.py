"""Notes: what colleagues tell each other, with things to do, a time, and names."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.decisions.decision import Decision, with_message
from chalicelib.domain.errors import Fault, InvalidRequest, InvalidTransition
from chalicelib.domain.note_extras import MAX_REMINDERS, Reminder, tick_of
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import SYSTEM, Actor, Event, EventKind, Message, Ticket
from chalicelib.domain.wording import words


def note_added(ticket: Ticket, message: Message, *, remind_at: datetime | None = None) -> Decision:
    """An internal note: it never changes the status and never reaches the customer.

    Args:
        remind_at: when its author is told of it again.

    Raises:
        InvalidTransition: a closed or deleted ticket takes no more notes.
        InvalidRequest: the reminder is not in the future, or one too many.
    """
    if ticket.status in (Status.CLOSED, Status.DELETED):
        raise InvalidTransition(ticket.number, ticket.status, "noted")
    at, author = message.created_at, message.author
    noted = with_message(ticket, message)
    if remind_at is not None:
        if remind_at <= at:
            raise InvalidRequest(Fault("remind_at", words("Choose a time in the future.")))
        if len(ticket.reminders) >= MAX_REMINDERS:
            reason = words(
                "This ticket has {most} reminders to come already; take one off first.",
                most=MAX_REMINDERS,
            )
            raise InvalidRequest(Fault("remind_at", reason))
        reminder = Reminder(remind_at, author.id, message.id)
        noted = replace(noted, reminders=tuple(sorted((*ticket.reminders, reminder))))
    events = [Event(EventKind.NOTE_ADDED, author, at, message_id=message.id)]
    events += [
        Event(EventKind.AGENT_MENTIONED, author, at, {}, {"agent": name}, message.id)
        for name in message.mentions
    ]
    return Decision(noted, tuple(events), message)


def item_ticked(
    ticket: Ticket, message: Message, index: int, *, done: bool, actor: Actor, at: datetime
) -> Decision:
    """An item of a note is done, or is not after all. Safe to repeat.

    Raises:
        InvalidRequest: the note has no such item.
    """
    if not 0 <= index < len(message.items):
        raise InvalidRequest(Fault("item", words("This note has no such item.")))
    tick = tick_of(message.id, index)
    if (tick in ticket.ticked) is done:
        return Decision(ticket)
    left = tuple(known for known in ticket.ticked if known != tick)
    moved = replace(ticket, ticked=(*left, tick) if done else left, updated_at=at)
    kind = EventKind.ITEM_TICKED if done else EventKind.ITEM_UNTICKED
    told = {"item": message.items[index]}
    return Decision(moved, (Event(kind, actor, at, {}, told, message.id),))


def reminded(ticket: Ticket, now: datetime) -> Decision:
    """Who wanted to be told again by now is told, each once."""
    due = [reminder for reminder in ticket.reminders if reminder.at <= now]
    if not due or ticket.put_away_at:
        return Decision(ticket)
    left = tuple(reminder for reminder in ticket.reminders if reminder.at > now)
    events = tuple(
        Event(EventKind.REMINDER_DUE, SYSTEM, now, {}, {"agent": r.agent_id}, r.message_id)
        for r in due
    )
    return Decision(replace(ticket, reminders=left), events)
