"""A reply whose time came could not leave."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.decisions.decision import Decision
from chalicelib.domain.scheduled_reply import HeldReason, ScheduledReply
from chalicelib.domain.ticket import SYSTEM, Event, EventKind, Ticket


def scheduled_reply_held(
    ticket: Ticket, reply: ScheduledReply, reason: HeldReason, at: datetime
) -> Decision:
    """The history tells it and the agent is told; nothing else about the ticket changes."""
    told = {"agent": reply.agent_id, "reason": reason, "reply": reply.id}
    event = Event(EventKind.SCHEDULED_REPLY_HELD, SYSTEM, at, {}, told)
    return Decision(replace(ticket, updated_at=at), (event,))
