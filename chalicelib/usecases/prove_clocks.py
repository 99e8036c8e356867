"""What the clocks of a ticket are made of, worked out of its events anew."""

from collections.abc import Sequence

from chalicelib.domain.access import Action, require_on_ticket
from chalicelib.domain.clock_history import Proof, Step, history_of, proofs
from chalicelib.domain.desk import Agent
from chalicelib.domain.promises import terms_id, terms_of
from chalicelib.domain.ticket import Event, Ticket
from chalicelib.usecases.ports import Ports


def prove_clocks(ports: Ports, agent: Agent, number: int) -> list[Proof]:
    """Every clock that a ticket has or had, with the pieces of time that add up to it.

    Raises:
        TicketNotFound: it is not there for this agent.
    """
    ticket = ports.tickets.get(number)
    require_on_ticket(agent, Action.READ_TICKET, ticket.number, ticket.department_id)
    events = ports.tickets.list_events(number)
    return proofs(ticket, events, history_of_ticket(ports, ticket, events), ports.clock.now())


def history_of_ticket(ports: Ports, ticket: Ticket, events: Sequence[Event]) -> list[Step]:
    """The moments of a ticket's clocks under the terms of then. At most one call."""
    today = terms_of(ports.settings.desk(), ticket)
    names = {event.after["terms"] for event in events if event.after.get("terms")}
    known = {terms_id(today): today} if today else {}
    missing = sorted(names - known.keys())
    kept = {**known, **(ports.settings.past_terms(missing) if missing else {})}
    return history_of(events, kept, today)
