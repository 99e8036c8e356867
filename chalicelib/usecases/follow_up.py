"""A customer writes on a ticket that was closed too long ago: a new one follows it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.decisions import linked
from chalicelib.domain.desk import Desk
from chalicelib.domain.relations import Link, LinkKind
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import SYSTEM, Ticket
from chalicelib.usecases.commits import completed_commit, with_beside
from chalicelib.usecases.open_ticket import NewTicket, open_ticket
from chalicelib.usecases.ports import Commit, Contact, Ports, Remembered
from chalicelib.usecases.promises import renewed


def needs_follow_up(desk: Desk, ticket: Ticket, at: datetime) -> bool:
    """Whether a customer's message at this time comes too late for this ticket."""
    is_closed = ticket.status is Status.CLOSED
    return is_closed and desk.ticket_rules.is_past_reopening(ticket.closed_at, at)


def open_follow_up(
    ports: Ports,
    earlier: Ticket,
    wanted: NewTicket,
    *,
    known_contact: Contact | None = None,
    remembered: Remembered | None = None,
    complete: Callable[[Commit], Commit] = lambda commit: commit,
) -> Ticket:
    """A new ticket in the department of the earlier one; both say so, in one write.

    Args:
        complete: as for ``open_ticket``.

    Raises:
        StaleTicket: the earlier one changed meanwhile; whoever holds the message decides again.
        AlreadyDone, InvalidRequest: as for ``open_ticket``.
    """
    desk = ports.settings.desk()
    in_place = replace(
        wanted,
        department_id=earlier.department_id,
        mailbox_id=earlier.mailbox_id,
        language=earlier.language,
        facts={**wanted.facts, "follow_up_of": str(earlier.number)},
    )

    def told_on_both(commit: Commit) -> Commit:
        at = commit.after.updated_at
        after = replace(commit.after, links=(Link(LinkKind.FOLLOW_UP_OF, earlier.number),))
        link = Link(LinkKind.FOLLOWED_BY, commit.after.number)
        renewal = renewed(ports, desk, earlier)
        told = linked(renewal.ticket, link, actor=SYSTEM, at=at)
        other = completed_commit(ports, desk, renewal, told)
        return complete(with_beside(replace(commit, after=after), other))

    return open_ticket(
        ports, in_place, known_contact=known_contact, remembered=remembered, complete=told_on_both
    )
