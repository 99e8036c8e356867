"""Whose ticket it is and how much it weighs: department, owner, priority, subject, tags."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.decisions.decision import Decision, priority_event
from chalicelib.domain.decisions.promises import under_terms
from chalicelib.domain.errors import InvalidTransition
from chalicelib.domain.promises import terms_id
from chalicelib.domain.sla import Moment, Terms
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import (
    Actor,
    Event,
    EventKind,
    Priority,
    Ticket,
)


def moved_to_department(
    ticket: Ticket,
    department_id: str,
    *,
    actor: Actor,
    at: datetime,
    terms_before: Terms | None,
    terms: Terms | None,
    escalates: bool = False,
) -> Decision:
    """Another department takes over: its promises count from now on, and the owner is free again.

    Args:
        escalates: the clocks start again with the promises of the new department, made at the
            priority that the ticket has now; otherwise they keep what was spent.
        terms_before: what the old department promised; its hours measure what ran until now.
        terms: what the new department promises.
    """
    if department_id == ticket.department_id:
        return Decision(ticket)
    moment = Moment.ESCALATED if escalates else Moment.TERMS_CHANGED
    moved = replace(
        under_terms(ticket, at, terms_before, terms, moment=moment),
        department_id=department_id,
        assignee_id="",
        assigned_at=None,
        promised_priority=None if escalates else ticket.promised_priority,
        updated_at=at,
    )
    after = {"department": department_id, "terms": terms_id(terms)}
    if escalates:
        after["escalated"] = "yes"
    before = {"department": ticket.department_id}
    events = [Event(EventKind.DEPARTMENT_CHANGED, actor, at, before, after)]
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
    renewed = under_terms(ticket, at, terms_before, terms)
    moved = replace(renewed, priority=priority, promised_priority=None, updated_at=at)
    event = priority_event(ticket, moved, actor, at)
    told = replace(event, after={**event.after, "terms": terms_id(terms)})
    return Decision(moved, (told,))


def assigned(ticket: Ticket, agent_id: str, *, actor: Actor, at: datetime) -> Decision:
    """The ticket gets its owner.

    Raises:
        InvalidTransition: a closed, deleted or spam ticket has nobody to answer it.
    """
    if agent_id == ticket.assignee_id:
        return Decision(ticket)
    if ticket.status in (Status.CLOSED, Status.SPAM, Status.DELETED):
        raise InvalidTransition(ticket.number, ticket.status, "assigned")
    moved = replace(ticket, assignee_id=agent_id, assigned_at=at, updated_at=at, passed_by=())
    event = Event(
        EventKind.TICKET_ASSIGNED, actor, at,
        {"assignee": ticket.assignee_id},
        {"assignee": agent_id, "department": ticket.department_id},
    )  # fmt: skip
    return Decision(moved, (event,))


def passed_on(ticket: Ticket, reason: str, *, actor: Actor, at: datetime) -> Decision:
    """An agent whose turn it is leaves the ticket to others, and says why. Told once of each."""
    if actor.id in ticket.passed_by:
        return Decision(ticket)
    moved = replace(ticket, passed_by=(*ticket.passed_by, actor.id), updated_at=at)
    told = {"agent": actor.id, "reason": reason}
    return Decision(moved, (Event(EventKind.TICKET_PASSED_ON, actor, at, {}, told),))


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


def labelled(ticket: Ticket, label_id: str, *, actor: Actor, at: datetime) -> Decision:
    """Its status goes by another name; empty for the status's own. Nothing else changes."""
    if label_id == ticket.label_id:
        return Decision(ticket)
    moved = replace(ticket, label_id=label_id, updated_at=at)
    change = {"label": ticket.label_id}, {"label": label_id}
    return Decision(moved, (Event(EventKind.LABEL_CHANGED, actor, at, *change),))


def _unassigned_event(before: Ticket, after: Ticket, actor: Actor, at: datetime) -> Event:
    return Event(
        EventKind.TICKET_UNASSIGNED, actor, at,
        {"assignee": before.assignee_id}, {"department": after.department_id},
    )  # fmt: skip
