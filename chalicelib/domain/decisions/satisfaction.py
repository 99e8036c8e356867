"""The question whether our help was good: when it is asked, that it is, and what the answer is.

Closing brings it about, reopening calls it off, and however often a ticket is closed it is asked
once.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.domain.decisions.decision import SETTLED, Decision
from chalicelib.domain.desk import Desk
from chalicelib.domain.satisfaction import NotAsked, Rating, SatisfactionRules
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import SYSTEM, Actor, ActorKind, Event, EventKind, Ticket


def with_question(
    desk: Desk, before: Ticket | None, ticket: Ticket, events: Iterable[Event]
) -> Ticket:
    """A ticket that is written, with the time at which its customer will be asked.

    Args:
        before: as it was read; None for a new one.
        events: what is told with the write.
    """
    known = ticket.satisfaction
    if before is None:
        by_machine = any(_is_by_machine(event) for event in events)
        return replace(ticket, satisfaction=replace(known, never=True)) if by_machine else ticket
    if known.asked_at:
        return ticket
    if ticket.resolved_at and ticket.resolved_at != before.resolved_at:
        solved_by, solved_in = ticket.assignee_id, ticket.department_id
        known = replace(known, agent_id=solved_by, department_id=solved_in)
    rules = desk.satisfaction_rules
    ended = _ended_at(rules, ticket)
    if ended is None:
        known = replace(known, ask_at=None)
    elif ended != _ended_at(rules, before) and may_be_asked(desk, ticket):
        known = replace(known, ask_at=ended + timedelta(hours=rules.delay_hours))
    return ticket if known == ticket.satisfaction else replace(ticket, satisfaction=known)


def may_be_asked(desk: Desk, ticket: Ticket) -> bool:
    """Whether the desk wants to know, and there is somebody to ask about this ticket."""
    rules = desk.satisfaction_rules
    is_wanted = rules.is_active and ticket.department_id not in rules.excluded_departments
    is_someones = not (ticket.is_internal or ticket.merged_into or ticket.satisfaction.never)
    return is_wanted and is_someones


def asked(desk: Desk, ticket: Ticket, now: datetime) -> Decision:
    """The time has come: the customer is asked, unless the desk does not want to know any more.

    A second call finds nothing to do.
    """
    known = ticket.satisfaction
    if known.ask_at is None or known.ask_at > now:
        return Decision(ticket)
    if ticket.status not in SETTLED or not may_be_asked(desk, ticket):
        return Decision(replace(ticket, satisfaction=replace(known, ask_at=None)))
    done = replace(ticket, satisfaction=replace(known, ask_at=None, asked_at=now), updated_at=now)
    told = {"agent": known.agent_id, "department": known.department_id}
    return Decision(done, (Event(EventKind.SATISFACTION_ASKED, SYSTEM, now, {}, told),))


def not_asked(ticket: Ticket, why: NotAsked, now: datetime) -> Decision:
    """The question was to leave and does not: the ticket says so, and its next end may ask.

    A second call finds nothing to do.
    """
    known = ticket.satisfaction
    if known.asked_at is None or known.rating:
        return Decision(ticket)
    done = replace(ticket, satisfaction=replace(known, asked_at=None), updated_at=now)
    told = {"reason": str(why), "agent": known.agent_id, "department": known.department_id}
    return Decision(done, (Event(EventKind.SATISFACTION_NOT_ASKED, SYSTEM, now, {}, told),))


def takes_rating(desk: Desk, ticket: Ticket, at: datetime) -> bool:
    """Whether the customer can answer the question now, or change what he said."""
    asked_at = ticket.satisfaction.asked_at
    is_gone = ticket.status in (Status.SPAM, Status.DELETED)
    if asked_at is None or is_gone or ticket.merged_into or ticket.is_internal:
        return False
    return at <= desk.satisfaction_rules.ends_at(asked_at)


def rated(ticket: Ticket, rating: Rating, comment: str, *, actor: Actor, at: datetime) -> Decision:
    """The customer answered; said again it changes nothing, and he may change his mind.

    Args:
        ticket: one that takes a rating.
    """
    known = ticket.satisfaction
    if (known.rating, known.comment) == (rating, comment):
        return Decision(ticket)
    new = replace(known, rating=rating, comment=comment, rated_at=at)
    was = {"rating": str(known.rating or ""), "comment": known.comment}
    told = {"rating": str(rating), "comment": comment}
    whose = {"agent": known.agent_id, "department": known.department_id}
    event = Event(EventKind.SATISFACTION_RATED, actor, at, was, {**told, **whose})
    return Decision(replace(ticket, satisfaction=new, updated_at=at), (event,))


def _ended_at(rules: SatisfactionRules, ticket: Ticket) -> datetime | None:
    """When it ended in the sense of the rules; None for one that is not at its end."""
    if ticket.status not in SETTLED or ticket.merged_into:
        return None
    return ticket.closed_at if rules.after is Status.CLOSED else ticket.resolved_at


def _is_by_machine(event: Event) -> bool:
    created = event.kind is EventKind.TICKET_CREATED and event.actor.kind is ActorKind.CUSTOMER
    return created and event.after.get("acknowledge") == "no"
