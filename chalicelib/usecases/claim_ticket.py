"""How a ticket gets its owner: pulled by an agent, or pushed by a job. One claim serves both.

A claim is one transaction: the ticket is still unassigned at the version that was read, and the
agent's load is below his capacity. Whoever loses looks again; nobody ever overwrites.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from chalicelib.domain.access import Action, require_on_ticket, sees_department
from chalicelib.domain.assignment import is_waiting_for_agent, next_in_turn
from chalicelib.domain.decisions import assigned, merged, passed_on, unassigned
from chalicelib.domain.desk import Agent
from chalicelib.domain.errors import (
    AlreadyAssigned,
    AtCapacity,
    LostRace,
    NothingToSolve,
    StaleTicket,
    TicketNotFound,
)
from chalicelib.domain.status import WAITING_FOR_US
from chalicelib.domain.ticket import SYSTEM, Actor, Ticket
from chalicelib.domain.views import Partition, ViewId, of_department, partitions_for
from chalicelib.usecases.answer_ticket import actor_of
from chalicelib.usecases.commits import commit_of, decide_until_written, numbered
from chalicelib.usecases.find_agent import find_agents, is_at_work
from chalicelib.usecases.ports import Claim, Commit, Ports
from chalicelib.usecases.promises import completed

_CANDIDATES = 25
_ROUNDS = 5


def claim(ports: Ports, ticket: Ticket, wanted: Claim, actor: Actor) -> Ticket:
    """Give one ticket to one agent, if it is still free and he still has room.

    Args:
        ticket: as it was just read; it is read again only when somebody else was faster.

    Raises:
        AlreadyAssigned: it has an owner, needs none, or went to another department.
        AtCapacity: the agent has no room, or went away.
        LostRace: others kept changing the ticket.
    """
    department_id = ticket.department_id
    for _ in range(_ROUNDS):
        if not is_waiting_for_agent(ticket) or ticket.department_id != department_id:
            raise AlreadyAssigned(ticket.number)
        decision = assigned(ticket, wanted.agent_id, actor=actor, at=ports.clock.now())
        commit = commit_of(ticket, numbered(ports.ids, decision))
        commit = completed(ports, ports.settings.desk(), commit)
        commit = replace(commit, claim=replace(wanted, weight=commit.after.weight))
        try:
            ports.tickets.commit(commit)
        except (StaleTicket, LostRace):
            ticket = ports.tickets.get(ticket.number)
            continue
        return commit.after
    raise LostRace


def pass_on(ports: Ports, agent: Agent, number: int, reason: str) -> None:
    """The agent leaves a ticket that he was dealt to others; told on it once, and counted.

    One that is his goes back where nobody has it.

    Raises:
        TicketNotFound, NotAllowed: the agent may not.
        LostRace: others kept changing the ticket.
    """
    actor = actor_of(agent)

    def decide(ticket: Ticket) -> Commit | None:
        require_on_ticket(agent, Action.CLAIM, number, ticket.department_id)
        at = ports.clock.now()
        decision = passed_on(ticket, reason, actor=actor, at=at)
        if not decision.changed:
            return None
        if ticket.assignee_id == agent.id:
            decision = merged(decision, unassigned(decision.ticket, actor=actor, at=at))
        commit = commit_of(ticket, numbered(ports.ids, decision))
        return replace(commit, passed_by=agent.id)

    decide_until_written(ports, number, decide)


def deal_next(ports: Ports, agent: Agent, skip: Sequence[int] = ()) -> tuple[Ticket, bool]:
    """The *To solve* button: the next ticket for this agent, and whether it is newly his.

    In order of due time, then of waiting: the agent's own tickets in which a customer waits, and
    those of his departments that nobody has. An agent without room is dealt from his own. What he
    passed on comes back to him when nothing else waits.

    Raises:
        NothingToSolve: nothing waits for this agent.
        AtCapacity: only tickets that nobody has are waiting, and he may not take more.
    """
    try:
        return _deal(ports, agent, skip, again=False)
    except NothingToSolve:
        return _deal(ports, agent, skip, again=True)


def _deal(ports: Ports, agent: Agent, skip: Sequence[int], *, again: bool) -> tuple[Ticket, bool]:
    partitions = partitions_for(ViewId.TO_SOLVE, agent.id, agent.departments)
    full: AtCapacity | None = None
    cursor = ""
    for _ in range(_ROUNDS):
        rows, cursor = ports.read_models.page(partitions, limit=_CANDIDATES, cursor=cursor)
        for row in rows:
            if row.number in skip or (agent.id in row.passed_by) is not again:
                continue
            try:
                return _dealt(ports, agent, row.number, may_claim=full is None)
            except AtCapacity as error:
                full = error
            except (AlreadyAssigned, LostRace, TicketNotFound):
                # The list is a little behind: somebody was faster.
                continue
        if not cursor:
            break
    raise full or NothingToSolve


def _dealt(ports: Ports, agent: Agent, number: int, *, may_claim: bool) -> tuple[Ticket, bool]:
    ticket = ports.tickets.get(number)
    if not sees_department(agent, ticket.department_id):
        raise TicketNotFound(number)
    if ticket.assignee_id == agent.id and ticket.status in WAITING_FOR_US:
        return ticket, False
    if not may_claim or ticket.department_id not in agent.departments:
        raise AlreadyAssigned(number)
    wanted = Claim(agent.id, agent.capacity)
    return claim(ports, ticket, wanted, actor_of(agent)), True


def push_ticket(ports: Ports, number: int, *, asked: bool = False) -> Ticket | None:
    """Deal a ticket to the member of its department whose turn it is; None when nobody has room.

    Safe to repeat: a ticket with an owner stays as it is. A ticket that finds nobody is dealt when
    an agent comes back or is freed.

    Args:
        asked: a rule asks for it, also in a department that gives out no tickets by itself.
    """
    desk = ports.settings.desk()
    try:
        ticket = ports.tickets.get(number)
    except TicketNotFound:
        return None
    department = desk.departments.get(ticket.department_id)
    if department is None or not is_waiting_for_agent(ticket):
        return None
    if not (department.deals or asked):
        return None
    for _ in range(_ROUNDS):
        fit, turn = find_agents(ports, desk, department, ticket, asked=asked)
        if not fit:
            return None
        chosen = desk.agents[fit[0].agent_id]
        wanted = Claim(chosen.id, chosen.capacity, turn=turn, needs_available=True)
        try:
            return claim(ports, ticket, wanted, SYSTEM)
        except AtCapacity:
            # He was filled or went away between the reading and the claim: ask the loads again.
            continue
        except AlreadyAssigned:
            return None
    raise LostRace


def fill_agent(ports: Ports, agent_id: str) -> int:
    """Deal waiting tickets of his departments to one agent until he is full; gives how many."""
    agent = ports.settings.desk().agents.get(agent_id)
    if agent is None or not agent.is_active:
        return 0
    return fill_departments(ports, agent.departments)


def fill_departments(ports: Ports, departments: Iterable[str]) -> int:
    """Deal what waits in these departments, in order, until nobody has room; gives how many."""
    desk = ports.settings.desk()
    pushed = [
        name for name in sorted(departments)
        if name in desk.departments and desk.departments[name].deals
    ]  # fmt: skip
    partitions = [Partition(ViewId.UNASSIGNED, of_department(name)) for name in pushed]
    dealt = 0
    full: set[str] = set()
    cursor = ""
    while partitions:
        rows, cursor = ports.read_models.page(partitions, limit=_CANDIDATES, cursor=cursor)
        for row in rows:
            if row.department_id in full:
                continue
            if push_ticket(ports, row.number):
                dealt += 1
            elif _nobody_has_room(ports, row.department_id):
                full.add(row.department_id)
        if not cursor or len(full) == len(pushed):
            break
    return dealt


def _nobody_has_room(ports: Ports, department_id: str) -> bool:
    """Whether not even the lightest ticket would find somebody, whatever skill it asks for."""
    desk = ports.settings.desk()
    department, now = desk.departments[department_id], ports.clock.now()
    capacities = {
        agent.id: agent.capacity
        for agent in desk.members(department_id)
        if is_at_work(desk, department, agent, now)
    }
    return not next_in_turn(ports.loads.list_by_agents(tuple(capacities)), capacities)
