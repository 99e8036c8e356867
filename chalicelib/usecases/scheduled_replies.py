"""Replies that wait: for the seconds in which they can be undone, or for a chosen hour.

A reply leaves once, however often its job comes and whoever else is at it: the row that waits goes
in the transaction in which the message is written.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.access import Action, require_on_ticket
from chalicelib.domain.acting import who_acts
from chalicelib.domain.decisions import scheduled_reply_held
from chalicelib.domain.desk import Agent
from chalicelib.domain.errors import (
    DeskError,
    Fault,
    InvalidRequest,
    InvalidTransition,
    NotAllowed,
    ScheduledReplyGone,
    StaleScheduledReply,
    StaleTicket,
    TicketNotFound,
)
from chalicelib.domain.scheduled_reply import (
    MAX_SCHEDULED,
    HeldReason,
    ScheduledReply,
    edited,
    held,
)
from chalicelib.domain.status import Cause, next_status
from chalicelib.domain.ticket import Message, Ticket
from chalicelib.domain.wording import words
from chalicelib.usecases.answer_ticket import Answer, reply_in_public, require_fresh
from chalicelib.usecases.attachments import claim_uploads
from chalicelib.usecases.commits import commit_of, decide_until_written, numbered
from chalicelib.usecases.ports import Commit, Ports, Remembered


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to change about a waiting reply; None leaves it.

    Attributes:
        version: of the reply that the agent read.
        based_on: version of the ticket that the agent had before his eyes.
    """

    version: int
    based_on: int
    text: str | None = None
    send_at: datetime | None = None


def schedule_reply(
    ports: Ports,
    agent: Agent,
    answer: Answer,
    send_at: datetime,
    remembered: Remembered | None = None,
) -> tuple[Ticket, ScheduledReply]:
    """Keep a reply until its time. Its files are taken at once, so that they do not expire.

    What would refuse the reply now refuses it here, for its author is still there to look.

    Raises:
        TicketNotFound, NotAllowed: the agent may not.
        StaleTicket: something was said since the version that the agent saw.
        InvalidTransition: the ticket is closed, spam or deleted.
        InvalidRequest: too many wait on this ticket, or a file did not arrive.
        AlreadyDone: the same was asked before.
    """
    ticket, waiting = ports.scheduled_replies.get_with_ticket(answer.number)
    require_on_ticket(agent, Action.REPLY, ticket.number, ticket.department_id)
    require_fresh(ticket, answer.based_on)
    next_status(ticket.number, ticket.status, Cause.AGENT_REPLIED)
    if len(waiting) >= MAX_SCHEDULED:
        message = words(
            "{most} replies wait on this ticket; send or delete one of them first.",
            most=MAX_SCHEDULED,
        )
        raise InvalidRequest(Fault("send_at", message))
    reply = ScheduledReply(
        id=ports.ids.new(),
        number=ticket.number,
        agent_id=agent.id,
        agent_name=agent.name,
        text=answer.text,
        send_at=send_at,
        created_at=ports.clock.now(),
        based_on=ticket.version if answer.based_on is None else answer.based_on,
        attachments=claim_uploads(ports, answer.uploads),
        resolves=answer.resolves,
    )
    answered = replace(remembered, answer={"scheduled": reply.id}) if remembered else None
    ports.scheduled_replies.schedule(reply, answered)
    return ticket, reply


def send_when_due(ports: Ports, number: int, reply_id: str) -> str:
    """Let a waiting reply leave if its time has come; gives what came of it, for the log.

    Safe to repeat. When it may not leave it stays as held, and its agent is told.

    Raises:
        LostRace: others were faster every time; the job comes again.
    """
    reply = ports.scheduled_replies.find(number, reply_id)
    if reply is None:
        return "gone"
    now = ports.clock.now()
    if not reply.is_due(now):
        return "held" if reply.held else "not due"
    agent = who_acts(ports.settings.desk(), reply.agent_id, now.date())
    if agent is None:
        return _hold(ports, reply, HeldReason.NOT_ALLOWED)
    try:
        reply_in_public(ports, agent, _answer_of(reply, reply.based_on))
    except ScheduledReplyGone:
        return "gone"
    except tuple(_HELD_BY) as error:
        return _hold(ports, reply, _HELD_BY[type(error)])
    return "sent"


_HELD_BY: dict[type[DeskError], HeldReason] = {
    StaleTicket: HeldReason.STALE,
    InvalidTransition: HeldReason.CLOSED,
    NotAllowed: HeldReason.NOT_ALLOWED,
    TicketNotFound: HeldReason.NOT_ALLOWED,
    # A field is missing that resolving asks for, or the ticket became internal.
    InvalidRequest: HeldReason.NOT_ALLOWED,
}


def _hold(ports: Ports, reply: ScheduledReply, reason: HeldReason) -> str:
    def decide(ticket: Ticket) -> Commit:
        decision = scheduled_reply_held(ticket, reply, reason, ports.clock.now())
        commit = commit_of(ticket, numbered(ports.ids, decision))
        return replace(commit, held=held(reply, reason))

    try:
        decide_until_written(ports, reply.number, decide)
    except ScheduledReplyGone:
        return "gone"
    return "held"


def read_scheduled_reply(ports: Ports, agent: Agent, number: int, reply_id: str) -> ScheduledReply:
    """One waiting reply, for everybody who may read the ticket.

    Raises:
        TicketNotFound: the ticket is not there for this agent.
        ScheduledReplyGone: the reply left or was taken back.
    """
    ticket, waiting = ports.scheduled_replies.get_with_ticket(number)
    require_on_ticket(agent, Action.READ_TICKET, ticket.number, ticket.department_id)
    found = next((reply for reply in waiting if reply.id == reply_id), None)
    if found is None:
        raise ScheduledReplyGone(reply_id)
    return found


def edit_scheduled_reply(
    ports: Ports, agent: Agent, number: int, reply_id: str, edit: Edit
) -> ScheduledReply:
    """Other words or another time; a new time lets a held reply go again.

    Raises:
        TicketNotFound, NotAllowed, ScheduledReplyGone: as in ``take_back``.
        StaleScheduledReply: it was changed since the version that the agent read.
        StaleTicket: something was said on the ticket that the agent has not seen.
        InvalidRequest: the new time has passed, or is too far ahead.
    """
    ticket, reply = _touched(ports, agent, number, reply_id)
    if reply.version != edit.version:
        raise StaleScheduledReply(reply_id)
    require_fresh(ticket, edit.based_on)
    if edit.send_at is not None and edit.send_at <= ports.clock.now():
        raise InvalidRequest(
            Fault("send_at", words("Choose a time in the future, or send it now."))
        )
    changed = edited(reply, text=edit.text, send_at=edit.send_at, based_on=edit.based_on)
    ports.scheduled_replies.save(changed)
    return changed


def take_back(ports: Ports, agent: Agent, number: int, reply_id: str) -> ScheduledReply:
    """Undo: the reply does not leave, and its words are given back.

    Raises:
        TicketNotFound: the ticket is not there for this agent.
        NotAllowed: it is another agent's.
        ScheduledReplyGone: it left, or was taken back before.
    """
    _, reply = _touched(ports, agent, number, reply_id)
    ports.scheduled_replies.remove(reply)
    return reply


def send_now(
    ports: Ports, agent: Agent, number: int, reply_id: str, *, based_on: int
) -> tuple[Ticket, Message]:
    """Send a waiting or held reply at once, in the name of whoever says so.

    Args:
        based_on: version of the ticket that this agent has before his eyes.

    Raises:
        TicketNotFound, NotAllowed, ScheduledReplyGone: as in ``take_back``.
        StaleTicket: something was said that this agent has not seen.
        InvalidTransition: the ticket is closed, spam or deleted.
    """
    _, reply = _touched(ports, agent, number, reply_id)
    return reply_in_public(ports, agent, _answer_of(reply, based_on))


def _touched(
    ports: Ports, agent: Agent, number: int, reply_id: str
) -> tuple[Ticket, ScheduledReply]:
    ticket, waiting = ports.scheduled_replies.get_with_ticket(number)
    require_on_ticket(agent, Action.REPLY, ticket.number, ticket.department_id)
    reply = next((waits for waits in waiting if waits.id == reply_id), None)
    if reply is None:
        raise ScheduledReplyGone(reply_id)
    if not reply.may_be_touched_by(agent):
        raise NotAllowed(Action.REPLY)
    return ticket, reply


def _answer_of(reply: ScheduledReply, based_on: int) -> Answer:
    return Answer(
        number=reply.number,
        text=reply.text,
        resolves=reply.resolves,
        based_on=based_on,
        waited=reply,
    )
