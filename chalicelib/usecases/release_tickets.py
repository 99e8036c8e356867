"""Tickets of an agent who stays away, left the department or the desk wait for another owner."""

from chalicelib.domain.access import sees_department
from chalicelib.domain.assignment import AgentLoad, holder
from chalicelib.domain.decisions import unassigned
from chalicelib.domain.desk import Agent, Desk
from chalicelib.domain.errors import TicketNotFound
from chalicelib.domain.ticket import SYSTEM, Ticket
from chalicelib.domain.views import Partition, ViewId, of_agent
from chalicelib.usecases.commits import commit_of, decide_until_written, numbered
from chalicelib.usecases.jobs import ReleaseTickets
from chalicelib.usecases.ports import Commit, Ports

_PAGE = 50


def sweep_absent_agents(ports: Ports) -> int:
    """Ask for the release of tickets of everybody who is away for too long; gives how many.

    One call a minute per hundred agents where the desk releases tickets at all, else none.
    """
    desk = ports.settings.desk()
    rules, now = desk.assignment_rules, ports.clock.now()
    if rules.release_after_minutes is None or not desk.agents:
        return 0
    loads = ports.loads.list_by_agents(sorted(desk.agents))
    minute = now.strftime("%Y%m%dT%H%M")
    jobs = [
        ReleaseTickets(agent_id=load.agent_id, cause=minute)
        for load in loads
        if load.open_count > 0 and rules.is_away_too_long(load, now)
    ]
    ports.jobs.send(jobs)
    return len(jobs)


def release_tickets(ports: Ports, job: ReleaseTickets) -> int:
    """One page of an agent's tickets goes back where nobody has them; the rest by a further job.

    Each is looked at anew, so who came back meanwhile keeps his. Safe to repeat. Gives how many
    were released; assignment follows from each by itself.
    """
    desk = ports.settings.desk()
    own = [Partition(ViewId.MINE, of_agent(job.agent_id))]
    rows, cursor = ports.read_models.page(own, limit=_PAGE, cursor=job.cursor)
    (load,) = ports.loads.list_by_agents([job.agent_id])
    released = 0

    def decide(ticket: Ticket) -> Commit | None:
        if not _goes(ports, desk, load, ticket):
            return None
        decision = unassigned(ticket, actor=SYSTEM, at=ports.clock.now())
        return commit_of(ticket, numbered(ports.ids, decision))

    for row in rows:
        if not _goes(ports, desk, load, row):
            continue
        try:
            after = decide_until_written(ports, row.number, decide)
        except TicketNotFound:
            continue
        released += not after.assignee_id
    if cursor:
        ports.jobs.send([job.model_copy(update={"cursor": cursor, "delay": 0})])
    return released


def _goes(ports: Ports, desk: Desk, load: AgentLoad, ticket: Ticket) -> bool:
    """Whether this ticket of the agent goes to others."""
    if ticket.assignee_id != load.agent_id:
        return False
    agent = desk.agents.get(load.agent_id)
    if agent is None or not agent.is_active or not _belongs(agent, ticket):
        return True
    is_away = desk.assignment_rules.is_away_too_long(load, ports.clock.now())
    # What waits for the customer can wait for its agent too.
    return is_away and holder(ticket) == load.agent_id


def _belongs(agent: Agent, ticket: Ticket) -> bool:
    return sees_department(agent, ticket.department_id)
