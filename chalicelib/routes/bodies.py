"""From domain objects to what goes over the wire."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from chalicelib.bootstrap import desk_now
from chalicelib.domain.custom_fields import FieldValue
from chalicelib.domain.desk import Agent
from chalicelib.domain.scheduled_reply import ScheduledReply
from chalicelib.domain.set_up import organisation_of
from chalicelib.domain.sla import Clock, badge
from chalicelib.domain.ticket import Actor, Attachment, Event, Message, Ticket
from chalicelib.routes.schemas import tickets as wire
from chalicelib.usecases.change_ticket import allowed_causes
from chalicelib.usecases.escalate_ticket import next_tier
from chalicelib.usecases.ports import Thread


def summary_of(ticket: Ticket, now: datetime) -> wire.TicketSummary:
    """A ticket as a row of a list."""
    return wire.TicketSummary.model_validate(_summary(ticket, now))


def ticket_body(ticket: Ticket, agent: Agent, now: datetime) -> wire.TicketBody:
    """A ticket as this agent sees it."""
    summary = _summary(ticket, now)
    if ticket.department_id in agent.hidden_departments:
        # He has just sent it to where he cannot follow.
        summary["department_id"] = ""
    return wire.TicketBody(
        **summary,
        version=ticket.version,
        mailbox_id=ticket.mailbox_id,
        topic_id=ticket.topic_id,
        language=ticket.language,
        participants=list(ticket.participants),
        clocks=[_clock(clock) for clock in ticket.clocks],
        postponed_until=ticket.postponed_until,
        postponed_reason=ticket.postponed_reason,
        resolved_at=ticket.resolved_at,
        closed_at=ticket.closed_at,
        fields={name: _value(value) for name, value in ticket.fields.items()},
        ticked=list(ticket.ticked),
        reminders=[
            wire.ReminderBody(at=r.at, agent_id=r.agent_id, message_id=r.message_id)
            for r in ticket.reminders
        ],
        confirmed_at=ticket.confirmed_at,
        satisfaction=_satisfaction(ticket),
        gone_at=ticket.gone_at,
        organisation_id=organisation_of(desk_now().organisations, ticket.requester.email),
        merged_into=ticket.merged_into,
        merged_from=list(ticket.merged_from),
        allowed_causes=[str(cause) for cause in allowed_causes(ticket, agent)],
        escalates_to=next_tier(desk_now(), ticket, agent),
    )


def _satisfaction(ticket: Ticket) -> wire.SatisfactionBody | None:
    known = ticket.satisfaction
    if not known.ask_at and not known.asked_at:
        return None
    return wire.SatisfactionBody(
        ask_at=known.ask_at,
        asked_at=known.asked_at,
        rating=known.rating,
        comment=known.comment,
        rated_at=known.rated_at,
        agent_id=known.agent_id,
    )


def opened_ticket(thread: Thread, agent: Agent, now: datetime) -> wire.OpenedTicket:
    """A ticket with the newest part of its thread."""
    return wire.OpenedTicket(
        ticket=ticket_body(thread.ticket, agent, now),
        entries=[entry_body(entry, agent) for entry in thread.entries],
        older=thread.older or None,
        scheduled=[scheduled_body(reply) for reply in thread.scheduled],
    )


def entry_body(entry: Message | Event, agent: Agent) -> wire.MessageBody | wire.EventBody:
    """One line of the thread, as this agent sees it."""
    return message_body(entry) if isinstance(entry, Message) else _event(entry, agent)


def message_body(message: Message) -> wire.MessageBody:
    """A message with its files."""
    return wire.MessageBody(
        id=message.id,
        kind=message.kind,
        author=_actor(message.author),
        channel=message.channel,
        text=message.text,
        html=message.html,
        full_text=message.full_text,
        attachments=_files(message.attachments),
        created_at=message.created_at,
        verified=message.verified,
        delivery=message.delivery,
        copied=list(message.copied),
        items=list(message.items),
        mentions=list(message.mentions),
        merged_from=message.merged_from,
    )


def scheduled_body(reply: ScheduledReply) -> wire.ScheduledReplyBody:
    """A reply that waits."""
    return wire.ScheduledReplyBody(
        id=reply.id,
        agent=wire.NamedAgent(id=reply.agent_id, name=reply.agent_name),
        text=reply.text,
        attachments=_files(reply.attachments),
        resolves=reply.resolves,
        send_at=reply.send_at,
        created_at=reply.created_at,
        version=reply.version,
        held=reply.held,
    )


def _files(attachments: Iterable[Attachment]) -> list[wire.AttachmentBody]:
    return [
        wire.AttachmentBody(
            id=file.id,
            filename=file.filename,
            content_type=file.content_type,
            size=file.size,
            content_id=file.content_id,
        )
        for file in attachments
    ]


def _event(event: Event, agent: Agent) -> wire.EventBody:
    return wire.EventBody(
        id=event.id,
        kind=event.kind,
        actor=_actor(event.actor),
        at=event.at,
        before=_shown(event.before, agent),
        after=_shown(event.after, agent),
        message_id=event.message_id,
    )


def _shown(facts: Mapping[str, str], agent: Agent) -> dict[str, str]:
    """Facts of an event; a department that is not there for this agent is not named."""
    return {
        name: "" if name == "department" and value in agent.hidden_departments else value
        for name, value in facts.items()
    }


def _summary(ticket: Ticket, now: datetime) -> dict[str, Any]:
    standing = badge(ticket.clocks, now)
    return {
        "number": ticket.number,
        "subject": ticket.subject,
        "status": ticket.status,
        "priority": ticket.priority,
        "channel": ticket.channel,
        "department_id": ticket.department_id,
        "assignee_id": ticket.assignee_id,
        "requester": _requester(ticket),
        "tags": list(ticket.tags),
        "type_id": ticket.type_id,
        "created_at": ticket.created_at,
        "updated_at": ticket.updated_at,
        "label_id": ticket.label_id,
        "internal": ticket.is_internal,
        "due_at": ticket.due_at,
        "waiting_since": ticket.waiting_since,
        "badge": wire.SLABadge(state=standing.state, due_at=standing.due_at),
        "last_message_preview": ticket.last_message_preview,
        "last_message_kind": ticket.last_message_kind,
        "last_message_at": ticket.last_message_at,
        "message_count": ticket.message_count,
    }


def _requester(ticket: Ticket) -> wire.RequesterBody:
    person = ticket.requester
    return wire.RequesterBody(id=ticket.customer_id, name=person.name, email=person.email)


def _value(value: FieldValue) -> wire.FieldValue:
    return list(value) if isinstance(value, tuple) else value


def _actor(actor: Actor) -> wire.ActorBody:
    return wire.ActorBody(kind=actor.kind, id=actor.id, name=actor.name)


def _clock(clock: Clock) -> wire.ClockBody:
    return wire.ClockBody.model_validate(clock, from_attributes=True)
