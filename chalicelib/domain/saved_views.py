"""Views that somebody saved: which tickets, in which order, split how, for whom.

What the rows of a view depend on is its selection. Each selection that a view was ever given has
its own rows: an edition. So the rows of a changed view are made beside the old ones, which are
shown until the new ones are complete.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.condition_fields import Field
from chalicelib.domain.facts import facts_of
from chalicelib.domain.predicate import LEVELS, Predicate
from chalicelib.domain.set_up import Organisation
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.views import (
    SAVED,
    Partition,
    ViewId,
    ViewRow,
    of_department,
    rows_of,
    solve_order,
    sortable,
)

MOST_SHARED = 80
"""With the four lists of every desk, what one change moves fits two transactions (ADR 43)."""
MOST_PERSONAL = 20
MOST_PERSONAL_OF_ALL = 300
RESERVED = frozenset(ViewId)
_SUBJECT_CHARACTERS = 40
_Houses = Mapping[str, Organisation]


class Sort(StrEnum):
    """Orders of a view; equal ones are told apart by the ticket's number.

    Attributes:
        TIME_LEFT: what is due next first, as in the lists of every desk.
        WAITING: whose customer waits longest first, then those that wait for nothing.
        UPDATED: what changed last first.
        PRIORITY: urgent first, then by time left.
        SUBJECT: A to Z; accents and case do not count.
    """

    TIME_LEFT = "time_left"
    WAITING = "waiting"
    OLDEST = "oldest"
    NEWEST = "newest"
    UPDATED = "updated"
    PRIORITY = "priority"
    SUBJECT = "subject"


class Split(StrEnum):
    """How a view is parted: one list, one under each department, or to everybody his own."""

    NONE = "none"
    DEPARTMENT = "department"
    ASSIGNEE = "assignee"


class Column(StrEnum):
    """What a view shows of a ticket besides number, subject and requester."""

    STATUS = "status"
    PRIORITY = "priority"
    DEPARTMENT = "department"
    ASSIGNEE = "assignee"
    TIME_LEFT = "time_left"
    WAITING = "waiting"
    CREATED = "created"
    UPDATED = "updated"
    TYPE = "type"
    TAGS = "tags"
    CHANNEL = "channel"


DEFAULT_COLUMNS = (Column.STATUS, Column.DEPARTMENT, Column.ASSIGNEE, Column.TIME_LEFT)


@dataclass(frozen=True, slots=True)
class Selection:
    """What the rows of a view depend on.

    Attributes:
        houses: domains of the organisations, by id, where the conditions ask for them: whose
            customer somebody is changes without the ticket.
    """

    conditions: Predicate = field(default_factory=Predicate)
    sort: Sort = Sort.TIME_LEFT
    split: Split = Split.NONE
    houses: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def names(self, asked: Field) -> frozenset[str]:
        """The values that the conditions hold a field against."""
        conditions = (*self.conditions.all_of, *self.conditions.any_of)
        return frozenset(v for c in conditions if c.field == asked for v in c.values)

    def under(self, organisations: _Houses) -> "Selection":
        """The same as it stands with these organisations."""
        asked = (*self.conditions.all_of, *self.conditions.any_of)
        if all(condition.field != Field.ORGANISATION for condition in asked):
            return replace(self, houses=())
        known = sorted((house.id, house.domains) for house in organisations.values())
        return replace(self, houses=tuple(known))


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view by the name that people know it by.

    Attributes:
        owner: the agent whose own it is; empty for one that is shared.
        departments, roles: whom a shared one is for; empty is everybody.
        position: where it stands among the others.
    """

    id: str
    name: str
    selection: Selection = field(default_factory=Selection)
    columns: tuple[Column, ...] = DEFAULT_COLUMNS
    owner: str = ""
    departments: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    position: int = 0

    def is_for(self, agent_id: str, role: str, departments: frozenset[str]) -> bool:
        """Whether a person finds it among his views. What is in it is a matter of its own."""
        if self.owner:
            return self.owner == agent_id
        if self.roles and role not in self.roles:
            return False
        return not self.departments or bool(self.departments & departments)


@dataclass(frozen=True, slots=True)
class Edition:
    """The rows of one selection. ``id`` is never given twice."""

    id: str
    selection: Selection

    @property
    def key(self) -> str:
        """The name of its partitions and of its count."""
        return f"{SAVED}{self.id}"


@dataclass(frozen=True, slots=True)
class ViewState:
    """How far the rows of a view are.

    Attributes:
        shown: the rows that are listed; None while there never were complete ones.
        building: the rows that are being made.
        leaving: rows that nobody lists any more, until they are gone.
        start_at: when every worker knows of these editions, so that none makes a change of a
            ticket without them; tickets are not gone through before.
        done: how many ticket numbers were gone through; of ``total``, 0 while nobody has looked.
    """

    id: str
    shown: Edition | None = None
    building: Edition | None = None
    leaving: tuple[Edition, ...] = ()
    start_at: datetime | None = None
    done: int = 0
    total: int = 0

    @property
    def listed(self) -> Edition | None:
        """The rows that are read: complete ones, else those that are there already."""
        return self.shown or self.building

    @property
    def editions(self) -> tuple[Edition, ...]:
        """All rows that are kept up to date."""
        return tuple(edition for edition in (self.shown, self.building) if edition)


def all_rows(
    ticket: Ticket, states: Iterable[ViewState], organisations: _Houses
) -> frozenset[ViewRow]:
    """Every row that a ticket has: in the lists of every desk, and in saved views.

    What was thrown away is in none.
    """
    return rows_of(ticket) | saved_rows(ticket, states, organisations)


def saved_rows(
    ticket: Ticket, states: Iterable[ViewState], organisations: _Houses
) -> frozenset[ViewRow]:
    """Its rows in saved views."""
    if ticket.put_away_at:
        return frozenset()
    facts = facts_of(ticket, organisations)
    return frozenset(
        ViewRow(Partition(edition.key, owner), sort_key(edition.selection.sort, ticket),
                ticket.number)
        for state in states
        for edition in state.editions
        if (owner := _owner(edition.selection.split, ticket))
        and edition.selection.conditions.holds(facts)
    )  # fmt: skip


def saved_partitions(
    edition: Edition, agent_id: str, departments: Iterable[str]
) -> tuple[Partition, ...]:
    """The partitions that make up a view for one agent who sees these departments.

    Those that the conditions rule out are not asked.
    """
    selection = edition.selection
    possible = [
        name for name in sorted(departments)
        if selection.conditions.may_hold_where(Field.DEPARTMENT, name)
    ]  # fmt: skip
    if selection.split is Split.ASSIGNEE:
        return tuple(Partition(edition.key, _of_agent_in(agent_id, name)) for name in possible)
    return tuple(Partition(edition.key, of_department(name)) for name in possible)


def owners_of(edition: Edition, agents: Iterable[str], departments: Iterable[str]) -> Iterable[str]:
    """Everybody whose part the edition may have."""
    if edition.selection.split is not Split.ASSIGNEE:
        return map(of_department, departments)
    names = tuple(departments)
    return (_of_agent_in(agent, name) for agent in agents for name in names)


def sort_key(sort: Sort, ticket: Ticket) -> str:
    """What a ticket is sorted by, in letters that sort as the order wants."""
    return _KEYS[sort](ticket)


def _owner(split: Split, ticket: Ticket) -> str:
    """Whose part of a view shows a ticket; empty for nobody's.

    A part is always of one department, so that who does not see it counts none of its tickets.
    """
    if split is not Split.ASSIGNEE:
        return of_department(ticket.department_id)
    return _of_agent_in(ticket.assignee_id, ticket.department_id) if ticket.assignee_id else ""


def _of_agent_in(agent_id: str, department_id: str) -> str:
    return f"agent:{agent_id}@{department_id}"


def _waiting(ticket: Ticket) -> str:
    since = ticket.waiting_since
    if since:
        return f"0{sortable(since)}"
    return f"1{sortable(ticket.last_message_at or ticket.created_at)}"


def _by_priority(ticket: Ticket) -> str:
    return f"{len(LEVELS) - 1 - LEVELS.index(ticket.priority)}~{solve_order(ticket)}"


def _backwards(moment: datetime) -> str:
    """An instant that sorts before all earlier ones."""
    return moment.strftime("%Y%m%d%H%M%S").translate(_COMPLEMENT)


def plain_subject(ticket: Ticket) -> str:
    """A subject as it is sorted."""
    apart = unicodedata.normalize("NFKD", ticket.subject.strip().casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))[:_SUBJECT_CHARACTERS]


_COMPLEMENT = str.maketrans("0123456789", "9876543210")
_KEYS: Mapping[Sort, Callable[[Ticket], str]] = {
    Sort.TIME_LEFT: solve_order,
    Sort.WAITING: _waiting,
    Sort.OLDEST: lambda ticket: sortable(ticket.created_at),
    Sort.NEWEST: lambda ticket: _backwards(ticket.created_at),
    Sort.UPDATED: lambda ticket: _backwards(ticket.updated_at),
    Sort.PRIORITY: _by_priority,
    # In hexadecimal: whatever letters a subject has, its row sorts among the rows.
    Sort.SUBJECT: lambda ticket: plain_subject(ticket).encode().hex(),
}
