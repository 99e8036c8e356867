"""Who may be dealt a ticket now, best first."""

from datetime import datetime, timedelta

from chalicelib.domain.assignment import AgentLoad, Candidate, in_order
from chalicelib.domain.calendar import business_seconds_between
from chalicelib.domain.desk import Agent, Department, Desk
from chalicelib.domain.status import UNSOLVED
from chalicelib.domain.ticket import Ticket
from chalicelib.usecases.ports import Ports

_LOOKED_AT = 10


def find_agents(
    ports: Ports, desk: Desk, department: Department, ticket: Ticket, *, asked: bool = False
) -> tuple[list[AgentLoad], int]:
    """Those who may have this ticket, best first, and the turn that the one who gets it takes.

    One call, and one more where the department keeps customers with their agents.

    Args:
        asked: a rule asks for it, also where tickets are given out by hand.
    """
    now = ports.clock.now()
    members = desk.members(department.id)
    candidates = [_candidate(desk, department, agent, ticket, now) for agent in members]
    loads = ports.loads.list_by_agents([agent.id for agent in members])
    strategy = department.strategy
    if asked and not department.deals:
        strategy = type(strategy).ROUND_ROBIN
    weight = desk.assignment_rules.weight_of(ticket)
    fit = list(in_order(strategy, department.skill_fallback, candidates, loads, weight))
    turn = max((load.turn for load in loads), default=0) + 1
    if department.keep_with_last_agent and fit:
        last = last_agent(ports, ticket)
        # Who knows the customer comes first; sorting keeps the order of the others.
        fit.sort(key=lambda load: load.agent_id != last)
    return fit, turn


def last_agent(ports: Ports, ticket: Ticket) -> str:
    """Who has an open ticket of the same customer, else who had his last one. One Query."""
    found, _ = ports.tickets.list_by_requester(ticket.customer_id, limit=_LOOKED_AT, cursor="")
    earlier = [t for t in found if t.number != ticket.number and t.assignee_id]
    still_open = [t for t in earlier if t.status in UNSOLVED]
    return next((t.assignee_id for t in (*still_open, *earlier)), "")


def is_at_work(desk: Desk, department: Department, agent: Agent, now: datetime) -> bool:
    """Whether it is within the agent's working hours; without any he works always."""
    calendar = desk.calendars.get(agent.calendar_id or department.calendar_id)
    if calendar is None:
        return True
    return business_seconds_between(calendar, now, now + timedelta(seconds=1)) > 0


def _candidate(
    desk: Desk, department: Department, agent: Agent, ticket: Ticket, now: datetime
) -> Candidate:
    return Candidate(
        agent_id=agent.id,
        capacity=agent.capacity,
        # Who has just left it to others is not dealt it again by itself.
        is_at_work=agent.id not in ticket.passed_by and is_at_work(desk, department, agent, now),
        speaks=not agent.languages or ticket.language in agent.languages,
        knows=not ticket.topic_id or ticket.topic_id in agent.skills,
    )
