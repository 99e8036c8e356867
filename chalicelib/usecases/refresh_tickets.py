"""A change of the set-up reaches the open tickets that nobody touches, page by page."""

from chalicelib.domain.decisions import Decision, with_next_rule
from chalicelib.domain.desk import Desk
from chalicelib.domain.errors import TicketNotFound
from chalicelib.domain.promises import terms_id, terms_of
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.views import Partition, ViewId, of_department
from chalicelib.usecases.commits import commit_of, decide_until_written
from chalicelib.usecases.jobs import RefreshTickets
from chalicelib.usecases.ports import Commit, Ports

PAGE = 50


def refresh_tickets(ports: Ports, job: RefreshTickets) -> int:
    """The set-up changed: bring one page of open tickets under it, and queue the next page.

    Gives how many were changed. Safe to repeat: a ticket that is up to date stays as it is.
    """
    desk = ports.settings.desk()
    if not job.department_id:
        pages = (_of_department(job, name) for name in sorted(desk.departments))
        ports.jobs.send(list(pages))
        return 0
    part = Partition(ViewId.ALL_OPEN, of_department(job.department_id))
    rows, after = ports.read_models.page((part,), limit=PAGE, cursor=job.cursor)
    stale = [row for row in rows if _is_stale(desk, row)]
    changed = sum(_refreshed(ports, desk, row.number) for row in stale)
    if after:
        ports.jobs.send([job.model_copy(update={"cursor": after, "delay": 0})])
    return changed


def _of_department(job: RefreshTickets, department_id: str) -> RefreshTickets:
    """The same job for the open tickets of one department."""
    return job.model_copy(update={"department_id": department_id, "delay": 0})


def _is_stale(desk: Desk, ticket: Ticket) -> bool:
    named = terms_id(terms_of(desk, ticket))
    return ticket.terms_id != named or with_next_rule(desk, ticket) is not ticket


def _refreshed(ports: Ports, desk: Desk, number: int) -> bool:
    read: list[int] = []

    def decide(ticket: Ticket) -> Commit | None:
        read.append(ticket.version)
        if not _is_stale(desk, ticket):
            return None
        return commit_of(ticket, Decision(ticket))

    try:
        after = decide_until_written(ports, number, decide)
    except TicketNotFound:
        return False
    return after.version != read[-1]
