"""Tickets are linked and unlinked; both tell of it."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.decisions.decision import Decision
from chalicelib.domain.errors import Fault, InvalidRequest
from chalicelib.domain.relations import MAX_LINKS, Link, LinkKind, numbers_of
from chalicelib.domain.ticket import Actor, Event, EventKind, Ticket
from chalicelib.domain.wording import Words, words


def linked(ticket: Ticket, link: Link, *, actor: Actor, at: datetime) -> Decision:
    """The ticket with one more link, as this side sees it. Safe to repeat.

    Raises:
        InvalidRequest: a link to itself, a second parent, or more links than one ticket takes.
    """
    if link in ticket.links:
        return Decision(ticket)
    if link.number == ticket.number:
        _refuse(words("A ticket cannot be linked to itself; choose another one."))
    if len(ticket.links) >= MAX_LINKS:
        _refuse(
            words(
                "Ticket {number} has {most} links already; take one off first.",
                number=ticket.number,
                most=MAX_LINKS,
            )
        )
    if link.kind is LinkKind.PARENT and numbers_of(ticket.links, LinkKind.PARENT):
        (parent, *_) = numbers_of(ticket.links, LinkKind.PARENT)
        _refuse(
            words(
                "Ticket {number} is part of {parent} already; take it off there first.",
                number=ticket.number,
                parent=parent,
            )
        )
    moved = replace(ticket, links=(*ticket.links, link), updated_at=at)
    event = Event(EventKind.LINK_ADDED, actor, at, {}, {"link": link.text})
    return Decision(moved, (event,))


def unlinked(ticket: Ticket, link: Link, *, actor: Actor, at: datetime) -> Decision:
    """The ticket without this link. Safe to repeat."""
    if link not in ticket.links:
        return Decision(ticket)
    moved = replace(ticket, links=tuple(x for x in ticket.links if x != link), updated_at=at)
    event = Event(EventKind.LINK_REMOVED, actor, at, {"link": link.text}, {})
    return Decision(moved, (event,))


def _refuse(message: Words) -> None:
    raise InvalidRequest(Fault("number", message))
