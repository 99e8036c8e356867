"""Made-up tickets, changes of them, and views: what property tests of lists draw from."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unicodedata import combining, normalize

from hypothesis import strategies as st

from chalicelib.domain.facts import facts_of
from chalicelib.domain.predicate import LEVELS, Condition, Field, Operator, Predicate
from chalicelib.domain.saved_views import (
    Edition,
    Selection,
    Sort,
    Split,
    ViewState,
)
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Priority, Ticket
from chalicelib.domain.views import solve_order
from tests.builders import NOON, a_clock, a_ticket

DEPARTMENTS = ("support", "sales")
AGENTS = ("", "agent-rui", "agent-eva")
STATUSES = tuple(Status)
SUBJECTS = (
    "Árvore",
    "arvore",
    "Arvore b",
    "arvore a",
    "Zebra",
    "ärger",
    "",
    "日本語",
    "a~b",
    "B#1",
)
MOMENTS = st.integers(-500, 500).map(lambda minutes: NOON + timedelta(minutes=minutes))

CHANGES: Any = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(STATUSES),
        "priority": st.sampled_from(Priority),
        "department_id": st.sampled_from(DEPARTMENTS),
        "assignee_id": st.sampled_from(AGENTS),
        "subject": st.sampled_from(SUBJECTS),
        "tags": st.sampled_from([(), ("vip",), ("vip", "late")]),
        "fields": st.sampled_from([{}, {"room": "b12"}, {"room": "c1"}]),
        "waiting_since": st.none() | MOMENTS,
        "created_at": MOMENTS,
        "updated_at": MOMENTS,
        "clocks": st.just(()) | MOMENTS.map(lambda at: (a_clock(due_at=at),)),
        "put_away_at": st.none() | st.just(NOON),
    },
)
CONDITIONS = st.sampled_from(
    [
        Condition(Field.STATUS, Operator.IS, ("new", "open")),
        Condition(Field.STATUS, Operator.IS_NOT, ("closed",)),
        Condition(Field.PRIORITY, Operator.AT_LEAST, ("high",)),
        Condition(Field.DEPARTMENT, Operator.IS, ("support",)),
        Condition(Field.ASSIGNEE, Operator.IS_EMPTY),
        Condition(Field.ASSIGNEE, Operator.IS, ("agent-rui",)),
        Condition(Field.TAGS, Operator.HAS, ("vip",)),
        Condition(Field.TAGS, Operator.HAS_NOT, ("late",)),
        Condition(Field.SUBJECT, Operator.CONTAINS, ("r",)),
        Condition("field:room", Operator.IS, ("b12",)),
    ]
)
SELECTIONS = st.builds(
    Selection,
    st.builds(
        Predicate,
        st.lists(CONDITIONS, max_size=2).map(tuple),
        st.lists(CONDITIONS, max_size=2).map(tuple),
    ),
    st.sampled_from(Sort),
    st.sampled_from(Split),
)


def states_of(selections: Iterable[Selection]) -> list[ViewState]:
    """Views that are ready, one of each selection."""
    return [
        ViewState(f"view-{place}", Edition(f"{place:010d}", selection))
        for place, selection in enumerate(selections)
    ]


def history(changes: Sequence[dict[str, Any]], number: int) -> list[Ticket]:
    """A ticket after each change."""
    states = [a_ticket(number=number)]
    for change in changes:
        states.append(replace(states[-1], **change, version=states[-1].version + 1))
    return states


def seen_of(
    selection: Selection, tickets: Iterable[Ticket], departments: Iterable[str], agent_id: str
) -> list[int]:
    """What a view shows, asked of every ticket one by one: the numbers in order."""
    found = [
        ticket for ticket in tickets
        if selection.conditions.holds(facts_of(ticket, {}))
        and ticket.department_id in departments
        and not ticket.put_away_at
        and (selection.split is not Split.ASSIGNEE or ticket.assignee_id == agent_id)
    ]  # fmt: skip
    return [ticket.number for ticket in sorted(found, key=lambda t: _order(selection.sort, t))]


def _order(sort: Sort, ticket: Ticket) -> tuple[Any, ...]:
    """Each order in its own words, not in those of the keys of rows."""
    created, updated = ticket.created_at.timestamp(), ticket.updated_at.timestamp()
    since = ticket.waiting_since or ticket.last_message_at or ticket.created_at
    words: dict[Sort, tuple[Any, ...]] = {
        Sort.TIME_LEFT: (solve_order(ticket),),
        Sort.WAITING: (ticket.waiting_since is None, since),
        Sort.OLDEST: (created,),
        Sort.NEWEST: (-created,),
        Sort.UPDATED: (-updated,),
        Sort.PRIORITY: (-LEVELS.index(ticket.priority), solve_order(ticket)),
        Sort.SUBJECT: (_plain(ticket.subject).encode(),),
    }
    return (*words[sort], ticket.number)


def _plain(subject: str) -> str:
    """Without accents and case."""
    return "".join(c for c in normalize("NFKD", subject.casefold()) if not combining(c))
