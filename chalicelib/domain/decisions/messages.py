"""Somebody said something: a request, an answer, a note."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.decisions.decision import (
    SETTLED,
    Decision,
    in_status,
    status_event,
    with_message,
)
from chalicelib.domain.decisions.timers import alarms_told
from chalicelib.domain.errors import Fault, InvalidRequest
from chalicelib.domain.promises import terms_id
from chalicelib.domain.sla import (
    Moment,
    Terms,
    clocks_after,
)
from chalicelib.domain.status import Cause, Status, next_status
from chalicelib.domain.ticket import (
    Actor,
    Event,
    EventKind,
    Message,
    Ticket,
)
from chalicelib.domain.wording import words

TERMINAL_FOR_CUSTOMER = frozenset({Status.SPAM, Status.DELETED})


def opened(
    ticket: Ticket,
    message: Message,
    terms: Terms | None,
    *,
    actor: Actor | None = None,
    facts: Mapping[str, str] | None = None,
) -> Decision:
    """A request became a ticket: it starts as New and its clocks start.

    Args:
        actor: who opened it, when that was not the author of the message himself.
        facts: what the event says besides.
    """
    started = replace(
        ticket,
        status=Status.NEW,
        status_since=ticket.created_at,
        clocks=clocks_after((), Moment.CREATED, ticket.created_at, terms),
        terms_id=terms_id(terms),
        waiting_since=ticket.created_at,
    )
    written = with_message(started, message)
    after = {
        "status": written.status,
        "priority": written.priority,
        "department": written.department_id,
        "channel": written.channel,
        "terms": terms_id(terms),
        **(facts or {}),
    }
    opener = actor or message.author
    created = Event(EventKind.TICKET_CREATED, opener, ticket.created_at, {}, after, message.id)
    return Decision(written, (created,), message)


def customer_wrote(
    ticket: Ticket,
    message: Message,
    terms: Terms | None,
    *,
    facts: Mapping[str, str] | None = None,
) -> Decision:
    """The customer wrote on a ticket that exists.

    A message from the sender never revives Spam or a deleted ticket; it is kept and that is all.

    Args:
        facts: what the event says of the way in which it came.
    """
    at = message.created_at
    # A new target replaces the one before it: what that one has to say is said first.
    told = Decision(ticket) if ticket.status in TERMINAL_FOR_CUSTOMER else alarms_told(ticket, at)
    ticket = told.ticket
    moved = reopened_for_customer(ticket, at, terms, since=at)
    received = Event(
        EventKind.CUSTOMER_MESSAGE_RECEIVED, message.author, at, {}, facts or {}, message.id
    )
    changes = status_event(ticket, moved, message.author, at)
    return Decision(with_message(moved, message), (*told.events, received, *changes), message)


def reopened_for_customer(
    ticket: Ticket, at: datetime, terms: Terms | None, *, since: datetime
) -> Ticket:
    """The ticket once its customer waits for an answer: its status and its clocks.

    Args:
        since: since when he waits, unless he waited already.
    """
    status = next_status(ticket.number, ticket.status, Cause.CUSTOMER_WROTE)
    if status in TERMINAL_FOR_CUSTOMER:
        return in_status(ticket, status, at)
    clocks = ticket.clocks
    if ticket.status in SETTLED:
        clocks = clocks_after(clocks, Moment.REOPENED, at, terms)
    elif ticket.status is Status.POSTPONED:
        clocks = clocks_after(clocks, Moment.RESUMED, at, terms)
    clocks = clocks_after(clocks, Moment.CUSTOMER_WROTE, at, terms)
    waits = min(since, ticket.waiting_since or since)
    return replace(in_status(ticket, status, at), clocks=clocks, waiting_since=waits)


def machine_wrote(ticket: Ticket, message: Message) -> Decision:
    """The customer's machine answered: kept for agents to see, and that is all.

    It reopens nothing, moves no clock and starts no rule; RFC 3834 asks programs not to take it
    for an answer.
    """
    event = Event(
        EventKind.AUTOMATIC_REPLY_RECEIVED, message.author, message.created_at,
        message_id=message.id,
    )  # fmt: skip
    return Decision(with_message(ticket, message), (event,), message)


def agent_replied(ticket: Ticket, message: Message, terms: Terms | None) -> Decision:
    """An agent answered the customer in public.

    Raises:
        InvalidTransition: nobody answers on a closed, deleted or spam ticket.
        InvalidRequest: the ticket is internal.
    """
    if ticket.is_internal:
        reason = words("This ticket is internal, no customer sees it; write a note instead.")
        raise InvalidRequest(Fault("kind", reason))
    at = message.created_at
    status = next_status(ticket.number, ticket.status, Cause.AGENT_REPLIED)
    clocks = ticket.clocks
    if ticket.status is Status.POSTPONED:
        clocks = clocks_after(clocks, Moment.RESUMED, at, terms)
    clocks = clocks_after(clocks, Moment.AGENT_ANSWERED, at, terms)
    moved = replace(
        in_status(ticket, status, at),
        clocks=clocks,
        waiting_since=None,
        first_answered_at=ticket.first_answered_at or at,
    )
    sent = Event(EventKind.PUBLIC_REPLY_SENT, message.author, at, message_id=message.id)
    changes = status_event(ticket, moved, message.author, at)
    return Decision(with_message(moved, message), (sent, *changes), message)


def solved_by_words(decision: Decision, message: Message) -> Decision:
    """A reply that also resolves: its own mail asks whether it is solved, and no second one does.

    So the reply's event says where the ticket went, and the step names the reply that tells of it.
    """
    told = []
    for event in decision.events:
        if event.kind is EventKind.PUBLIC_REPLY_SENT:
            told.append(replace(event, after={**event.after, "status": Status.RESOLVED}))
        elif event.after.get("status") == Status.RESOLVED:
            told.append(replace(event, message_id=message.id))
        else:
            told.append(event)
    return replace(decision, events=tuple(told))
