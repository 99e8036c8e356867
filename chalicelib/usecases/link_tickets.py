"""Tickets are linked and unlinked, and what is linked is listed with how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain.access import Action, require_on_ticket, sees_department
from chalicelib.domain.decisions import linked, unlinked
from chalicelib.domain.desk import Agent
from chalicelib.domain.errors import Fault, InvalidRequest, LostRace, StaleTicket
from chalicelib.domain.relations import (
    BY_HAND,
    MOST_LEVELS,
    SEEN_FROM_THE_OTHER,
    Link,
    LinkKind,
    numbers_of,
)
from chalicelib.domain.status import UNSOLVED
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.wording import words
from chalicelib.usecases.answer_ticket import actor_of
from chalicelib.usecases.commits import completed_commit, with_beside
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.promises import renewed

_ATTEMPTS = 8


@dataclass(frozen=True, slots=True)
class LinkedTickets:
    """What is linked to a ticket, as far as one agent may see it.

    Attributes:
        done, children: how many of the tickets that are part of this one are solved, and of how
            many.
    """

    links: Sequence[tuple[Link, Ticket]]
    done: int
    children: int


def list_linked(ports: Ports, agent: Agent, ticket: Ticket) -> LinkedTickets:
    """The linked tickets in the order in which they were linked. One call."""
    numbers = [link.number for link in ticket.links]
    found = {t.number: t for t in ports.tickets.list_by_numbers(numbers)} if numbers else {}
    seen = [
        (link, found[link.number])
        for link in ticket.links
        if link.number in found and sees_department(agent, found[link.number].department_id)
    ]
    children = [other for link, other in seen if link.kind is LinkKind.CHILD]
    done = sum(1 for child in children if child.status not in UNSOLVED)
    return LinkedTickets(seen, done, len(children))


def link_tickets(ports: Ports, agent: Agent, number: int, link: Link) -> Ticket:
    """Link two tickets, told on both in one write, and give the first. Safe to repeat.

    Raises:
        TicketNotFound, NotAllowed: the agent may not, with one of the two.
        InvalidRequest: to itself, in a ring, a second parent, or too many.
        LostRace: others were faster every time.
    """
    if link.kind not in BY_HAND:
        raise InvalidRequest(
            Fault("kind", words("This kind of link tells how a ticket came about; choose another."))
        )
    return _both_changed(ports, agent, number, link, adds=True)


def unlink_tickets(ports: Ports, agent: Agent, number: int, link: Link) -> Ticket:
    """Take a link away from both tickets, and give the first. Safe to repeat.

    Raises:
        TicketNotFound, NotAllowed: the agent may not, with one of the two.
        LostRace: others were faster every time.
    """
    return _both_changed(ports, agent, number, link, adds=False)


def _both_changed(ports: Ports, agent: Agent, number: int, link: Link, *, adds: bool) -> Ticket:
    desk = ports.settings.desk()
    change = linked if adds else unlinked
    for _ in range(_ATTEMPTS):
        first = _changeable(ports, agent, number)
        second = _changeable(ports, agent, link.number)
        if adds:
            _require_no_ring(ports, first, second, link.kind)
        back = Link(SEEN_FROM_THE_OTHER[link.kind], first.number)
        actor, at = actor_of(agent), ports.clock.now()
        own, beside = renewed(ports, desk, first), renewed(ports, desk, second)
        here = change(own.ticket, link, actor=actor, at=at)
        there = change(beside.ticket, back, actor=actor, at=at)
        if not here.changed and not there.changed:
            return first
        commit = completed_commit(ports, desk, own, here)
        other = completed_commit(ports, desk, beside, there)
        try:
            ports.tickets.commit(with_beside(commit, other))
        except (StaleTicket, LostRace):
            continue
        return commit.after
    raise LostRace


def _changeable(ports: Ports, agent: Agent, number: int) -> Ticket:
    """One after the other: which of two is missing must not tell that the other one is there."""
    ticket = ports.tickets.get(number)
    require_on_ticket(agent, Action.CHANGE_TICKET, number, ticket.department_id)
    return ticket


def _require_no_ring(ports: Ports, first: Ticket, second: Ticket, kind: LinkKind) -> None:
    """Refuse a family in which a ticket would be part of itself. One call per level above."""
    if kind not in (LinkKind.PARENT, LinkKind.CHILD):
        return
    child, parent = (first, second) if kind is LinkKind.PARENT else (second, first)
    above = parent
    for _ in range(MOST_LEVELS):
        if above.number == child.number:
            message = words(
                "Ticket {number} is part of {parent}, at some level.",
                number=parent.number,
                parent=child.number,
            )
            raise InvalidRequest(Fault("number", message))
        parents = numbers_of(above.links, LinkKind.PARENT)
        found = ports.tickets.list_by_numbers(parents[:1]) if parents else ()
        if not found:
            return
        above = found[0]
    message = words(
        "There are {most} levels above this already; link it higher up.", most=MOST_LEVELS
    )
    raise InvalidRequest(Fault("number", message))
