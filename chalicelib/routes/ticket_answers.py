"""Answers that several ticket routes share: with the version as ETag, and with what is newer."""

from typing import Any

from chalicelib import bootstrap
from chalicelib.domain.access import Action, require_on_ticket
from chalicelib.domain.desk import Agent
from chalicelib.domain.errors import Fault, InvalidRequest, StaleTicket
from chalicelib.domain.scheduled_reply import ScheduledReply
from chalicelib.domain.ticket import Message, Ticket
from chalicelib.domain.wording import words
from chalicelib.routes import bodies
from chalicelib.routes.endpoint import Call, Reply
from chalicelib.routes.problems import MEDIA_TYPE, content_language, problem_of
from chalicelib.routes.schemas import tickets as wire
from chalicelib.usecases.ports import Thread

PAGE = 100


def read_thread(agent: Agent, number: int) -> Thread:
    """The ticket with its newest entries, for somebody who may read it.

    Raises:
        TicketNotFound: it is not there for this agent.
    """
    thread = bootstrap.ports().tickets.open_thread(number, limit=PAGE)
    ticket = thread.ticket
    require_on_ticket(agent, Action.READ_TICKET, ticket.number, ticket.department_id)
    return thread


def required_version(call: Call[Any]) -> int:
    """The version of the ticket that the caller has before his eyes.

    Raises:
        InvalidRequest: there is no If-Match.
    """
    version = call.based_on
    if version is None:
        message = words("Send the ETag of the ticket that you have before your eyes.")
        raise InvalidRequest(Fault("If-Match", message))
    return version


def etag(ticket: Ticket) -> str:
    """The ticket's version as a header."""
    return f'"{ticket.version}"'


def with_version(ticket: Ticket, agent: Agent) -> Reply:
    """The ticket as it is now."""
    body = bodies.ticket_body(ticket, agent, bootstrap.ports().clock.now())
    return Reply(body, {"ETag": etag(ticket)})


def added(ticket: Ticket, message: Message, agent: Agent) -> Reply:
    """A new message and the ticket as it is now."""
    body = wire.MessageAdded(
        message=bodies.message_body(message),
        ticket=bodies.ticket_body(ticket, agent, bootstrap.ports().clock.now()),
    )
    return Reply(body, {"ETag": etag(ticket)})


def waiting(ticket: Ticket, reply: ScheduledReply | None, agent: Agent) -> Reply:
    """202: a reply waits; without one it left, or was taken back, since the first answer."""
    body = wire.MessageAdded(
        scheduled=bodies.scheduled_body(reply) if reply else None,
        ticket=bodies.ticket_body(ticket, agent, bootstrap.ports().clock.now()),
    )
    return Reply(body, {"ETag": etag(ticket)}, status=202)


def stale(call: Call[Any], error: StaleTicket) -> Reply:
    """409 with the ticket as it is now, so that a person can look before sending again."""
    thread = read_thread(call.agent, error.number)
    current = bodies.opened_ticket(thread, call.agent, bootstrap.ports().clock.now())
    problem = wire.StaleProblem(**problem_of(error, call.language).model_dump(), current=current)
    headers = {"ETag": etag(thread.ticket), "Content-Type": MEDIA_TYPE}
    return Reply(problem, {**headers, **content_language(call.language)}, status=409)
