"""Which lists of every desk show a ticket, and in which order (saved ones: ``saved_views.py``).

A list is a set of rows kept ready by the projection, so that a page of it costs one query. A row
stands in a partition: a department's, or an agent's. What an agent sees is the union of the
partitions that are his.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.domain.status import UNSOLVED, WAITING_FOR_US
from chalicelib.domain.ticket import Ticket

NO_SLA_DUE_AFTER = timedelta(days=7)
SAVED = "e-"
"""What the name of a saved view's edition begins with; no list of every desk does."""


class ViewId(StrEnum):
    """The lists that every desk has."""

    TO_SOLVE = "to_solve"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    ALL_OPEN = "all_open"


@dataclass(frozen=True, slots=True, order=True)
class Partition:
    """One ready-made list: a view, and whose part of it."""

    view: str
    owner: str

    @property
    def key(self) -> str:
        return f"{self.view}#{self.owner}"

    @property
    def is_saved(self) -> bool:
        """Whether it belongs to a view that somebody saved, and not to a list of every desk."""
        return self.view.startswith(SAVED)


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A ticket's place in one partition; rows are listed by ``sort`` and then by number."""

    partition: Partition
    sort: str
    number: int


def of_department(department_id: str) -> str:
    """Owner of the rows that a department shares."""
    return f"department:{department_id}"


def of_agent(agent_id: str) -> str:
    """Owner of the rows that are one agent's own."""
    return f"agent:{agent_id}"


def rows_of(ticket: Ticket) -> frozenset[ViewRow]:
    """Every row that this ticket has now; none once it is settled."""
    return frozenset(
        ViewRow(partition, solve_order(ticket), ticket.number) for partition in _partitions(ticket)
    )


def _partitions(ticket: Ticket) -> Iterable[Partition]:
    if ticket.status not in UNSOLVED:
        return
    department = of_department(ticket.department_id)
    waits = ticket.status in WAITING_FOR_US
    yield Partition(ViewId.ALL_OPEN, department)
    if ticket.assignee_id:
        yield Partition(ViewId.MINE, of_agent(ticket.assignee_id))
        if waits:
            yield Partition(ViewId.TO_SOLVE, of_agent(ticket.assignee_id))
    elif waits:
        yield Partition(ViewId.UNASSIGNED, department)
        yield Partition(ViewId.TO_SOLVE, department)


def partitions_for(
    view: ViewId, agent_id: str, departments: Iterable[str]
) -> tuple[Partition, ...]:
    """The partitions that make up a view for one agent."""
    shared = tuple(Partition(view, of_department(name)) for name in sorted(departments))
    own = Partition(view, of_agent(agent_id))
    if view is ViewId.MINE:
        return (own,)
    return (own, *shared) if view is ViewId.TO_SOLVE else shared


def solve_order(ticket: Ticket) -> str:
    """What a ticket is sorted by: next due time, then since when the customer waits.

    A ticket without a running target counts as due seven days after its customer last wrote,
    whatever we said since; where he never did, after the last message.
    """
    waiting = ticket.waiting_since or ticket.last_message_at or ticket.created_at
    said = ticket.last_customer_message_at or ticket.last_message_at or waiting
    due = ticket.due_at or said + NO_SLA_DUE_AFTER
    return f"{sortable(due)}~{sortable(waiting)}"


def sortable(moment: datetime) -> str:
    """An instant, in UTC, as a text that sorts by time; to the second."""
    return moment.strftime("%Y%m%dT%H%M%S")
