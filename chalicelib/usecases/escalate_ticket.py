"""An agent hands a ticket up to the department that comes next."""

from chalicelib.domain.access import Action, may, require_on_ticket
from chalicelib.domain.decisions import escalated
from chalicelib.domain.desk import Agent, Desk
from chalicelib.domain.errors import Fault, InvalidRequest, InvalidTransition, StaleTicket
from chalicelib.domain.status import UNSOLVED
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.wording import words
from chalicelib.usecases.answer_ticket import actor_of
from chalicelib.usecases.commits import completed_commit
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.promises import renewed


def next_tier(desk: Desk, ticket: Ticket, agent: Agent) -> str:
    """The department to which this agent can escalate the ticket now; empty where there is none."""
    department = desk.departments.get(ticket.department_id)
    if department is None or ticket.status not in UNSOLVED:
        return ""
    is_allowed = may(agent, Action.CHANGE_TICKET, ticket.department_id)
    is_seen = department.escalates_to not in agent.hidden_departments
    return department.escalates_to if is_allowed and is_seen else ""


def escalate_ticket(ports: Ports, agent: Agent, number: int, *, based_on: int) -> Ticket:
    """Move the ticket up one tier: its history stays, the promises of the next tier start.

    Raises:
        TicketNotFound, NotAllowed: the agent may not.
        StaleTicket: somebody changed the ticket since that version.
        InvalidRequest: there is no next tier.
        InvalidTransition: the ticket is not open.
    """
    desk = ports.settings.desk()
    ticket = ports.tickets.get(number)
    require_on_ticket(agent, Action.CHANGE_TICKET, ticket.number, ticket.department_id)
    if based_on != ticket.version:
        raise StaleTicket(ticket.number, based_on, ticket.version)
    department = desk.departments.get(ticket.department_id)
    following = department.escalates_to if department else ""
    if not following or following in agent.hidden_departments:
        reason = words("This department has no next one to escalate to; move the ticket by hand.")
        raise InvalidRequest(Fault("number", reason))
    if ticket.status not in UNSOLVED:
        raise InvalidTransition(ticket.number, ticket.status, "escalated")
    renewal = renewed(ports, desk, ticket)
    moved = escalated(desk, renewal.ticket, actor=actor_of(agent), at=ports.clock.now())
    commit = completed_commit(ports, desk, renewal, moved)
    ports.tickets.commit(commit)
    return commit.after
