"""The customer says of a resolved ticket that it is solved, or that it is not."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.decisions.decision import SETTLED, Decision, status_event
from chalicelib.domain.decisions.messages import reopened_for_customer
from chalicelib.domain.sla import Terms
from chalicelib.domain.ticket import Actor, Event, EventKind, Ticket


def confirmed(ticket: Ticket, *, actor: Actor, at: datetime) -> Decision:
    """It is solved, the customer says; the status stays. Once, and only while it is resolved."""
    if ticket.status not in SETTLED or ticket.confirmed_at:
        return Decision(ticket)
    moved = replace(ticket, confirmed_at=at, updated_at=at)
    return Decision(moved, (Event(EventKind.SOLUTION_CONFIRMED, actor, at),))


def refused(ticket: Ticket, *, actor: Actor, at: datetime, terms: Terms | None) -> Decision:
    """It is not solved, the customer says: the ticket opens, and he waits from now on.

    On a ticket that is open again already it changes nothing.
    """
    if ticket.status not in SETTLED:
        return Decision(ticket)
    moved = reopened_for_customer(ticket, at, terms, since=at)
    told = Event(EventKind.SOLUTION_REFUSED, actor, at)
    return Decision(moved, (told, *status_event(ticket, moved, actor, at)))
