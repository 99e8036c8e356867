"""Who takes part besides the requester: added by an agent, taken off by an agent or by himself."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.decisions.decision import Decision
from chalicelib.domain.ticket import Actor, Event, EventKind, Ticket


def participants_set(
    ticket: Ticket, addresses: Iterable[str], *, actor: Actor, at: datetime
) -> Decision:
    """From now on these addresses take part, whatever the ticket's status; safe to repeat.

    The requester is never among them and nobody is twice, by any case of the letters. Whether an
    address may take part at all is for the caller to say. What was said stays as fresh as it was:
    a reply that is being written is not stale because of this.
    """
    wanted = _distinct(addresses, ticket.requester.email)
    if wanted == ticket.participants:
        return Decision(ticket)
    moved = replace(ticket, participants=wanted, updated_at=at)
    change = {"participants": _listed(ticket.participants)}, {"participants": _listed(wanted)}
    return Decision(moved, (Event(EventKind.PARTICIPANTS_CHANGED, actor, at, *change),))


def _distinct(addresses: Iterable[str], requester: str) -> tuple[str, ...]:
    """Each address once, as it was first written and in this order."""
    seen = {requester.casefold()}
    kept: list[str] = []
    for address in (given.strip() for given in addresses):
        if address and address.casefold() not in seen:
            seen.add(address.casefold())
            kept.append(address)
    return tuple(kept)


def _listed(addresses: Iterable[str]) -> str:
    return ", ".join(addresses)
