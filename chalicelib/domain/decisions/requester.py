"""The ticket is somebody else's: another person asks, or the same one is known better now."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.decisions.decision import Decision
from chalicelib.domain.ticket import Actor, Event, EventKind, Requester, Ticket


def requester_changed(
    ticket: Ticket, requester: Requester, *, actor: Actor, at: datetime
) -> Decision:
    """From now on answers go to this person; what the one before held of it opens nothing more.

    The one before takes no part any more unless somebody adds him.
    """
    if requester == ticket.requester:
        return Decision(ticket)
    own = requester.email.casefold()
    moved = replace(
        ticket,
        requester=requester,
        contact_id="",
        participants=tuple(a for a in ticket.participants if a.casefold() != own),
        # Signed links and reply addresses of the one before are void.
        link_epoch=ticket.link_epoch + 1,
        updated_at=at,
    )
    change = {"requester": ticket.requester.email}, {"requester": requester.email}
    return Decision(moved, (Event(EventKind.REQUESTER_CHANGED, actor, at, *change),))


def regrouped(ticket: Ticket, contact_id: str, *, actor: Actor, at: datetime) -> Decision:
    """The requester's contact was merged into another: the ticket counts to that one.

    Links and addresses that were given out go on working, for the person is the same.
    """
    if ticket.customer_id == contact_id:
        return Decision(ticket)
    own = "" if contact_id == ticket.requester.id else contact_id
    moved = replace(ticket, contact_id=own, updated_at=at)
    change = {"contact": ticket.customer_id}, {"contact": contact_id}
    return Decision(moved, (Event(EventKind.REQUESTER_CHANGED, actor, at, *change),))
