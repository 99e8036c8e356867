"""The report of missed promises: kept by a job, read page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.access import sees_department
from chalicelib.domain.breaches import Breach, breaches_of
from chalicelib.domain.desk import Agent, Desk
from chalicelib.domain.errors import TicketNotFound
from chalicelib.domain.promises import terms_of
from chalicelib.domain.ticket import Ticket
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.prove_clocks import history_of_ticket


@dataclass(frozen=True, slots=True)
class ReportedBreach:
    """A line of the report.

    Attributes:
        ticket: as it is now; None when it was thrown away for good.
        late_seconds: business time after the due time, by now where it goes on.
    """

    breach: Breach
    ticket: Ticket | None
    late_seconds: int


def keep_breaches(ports: Ports, number: int) -> int:
    """Work out all breaches of a ticket from its events, and keep them; gives how many.

    Safe to repeat, and in any order: what an older state of the ticket says changes nothing.
    """
    try:
        ticket = ports.tickets.get(number)
    except TicketNotFound:
        return 0
    events = ports.tickets.list_events(number)
    history = history_of_ticket(ports, ticket, events)
    found = breaches_of(ticket, events, history, ports.clock.now())
    ports.breaches.keep(found, ticket.version)
    return len(found)


def list_breaches(
    ports: Ports,
    agent: Agent,
    *,
    department_id: str,
    since: datetime,
    until: datetime,
    limit: int,
    cursor: str,
) -> tuple[list[ReportedBreach], str]:
    """One page of what was due in a period and missed, as far as this agent may see it.

    Two calls that wait for each other: the lines, and their tickets.
    """
    desk = ports.settings.desk()
    departments = _departments(desk, agent, department_id)
    found, after = ports.breaches.page(departments, since, until, limit=limit, cursor=cursor)
    numbers = [breach.number for breach in found]
    tickets = {t.number: t for t in ports.tickets.list_by_numbers(numbers)} if numbers else {}
    now = ports.clock.now()
    shown = [
        _reported(desk, breach, tickets.get(breach.number), now)
        for breach in found
        if _may_see(agent, tickets.get(breach.number))
    ]
    return shown, after


def _departments(desk: Desk, agent: Agent, department_id: str) -> Sequence[str]:
    """Those asked for that are there for this agent; all of them where none is named."""
    seen = [name for name in sorted(desk.departments) if sees_department(agent, name)]
    return [name for name in seen if department_id in ("", name)]


def _may_see(agent: Agent, ticket: Ticket | None) -> bool:
    """A promise that was missed stays in the report of its department wherever the ticket goes.

    Only into a confidential one nobody follows it.
    """
    return ticket is None or ticket.department_id not in agent.hidden_departments


def _reported(desk: Desk, breach: Breach, ticket: Ticket | None, now: datetime) -> ReportedBreach:
    terms = terms_of(desk, ticket) if ticket else None
    return ReportedBreach(breach, ticket, breach.late_at(now, terms))
