"""Who gets a ticket, and how an agent's load follows from it.

The load adds up the weights of an agent's tickets in which a customer waits for an answer. It is
changed in the very transaction that changes the ticket, so it can never drift.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from chalicelib.domain.status import WAITING_FOR_US
from chalicelib.domain.ticket import Ticket


class Strategy(StrEnum):
    """How a department gives its tickets to its members."""

    ROUND_ROBIN = "round_robin"
    LEAST_LOADED = "least_loaded"
    BY_SKILL = "by_skill"
    MANUAL = "manual"


class SkillFallback(StrEnum):
    """Where a ticket goes when nobody who has the skill can take it now."""

    QUEUE = "queue"
    ANYONE = "anyone"


@dataclass(frozen=True, slots=True)
class AgentLoad:
    """How busy an agent is right now.

    Attributes:
        open_count: the weights of his tickets in which a customer waits, added up.
        turn: number of the last ticket dealt to this agent by push; the lowest is next in turn.
        away_since: seconds since 1970 when he went away; 0 while he is there, or never came.
        skipped: how many tickets he passed on by the *To solve* button.
    """

    agent_id: str
    open_count: int = 0
    available: bool = False
    turn: int = 0
    away_since: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member of a department, as one ticket finds him.

    Attributes:
        capacity: what may wait for him at the same time, in weights.
        is_at_work: it is within his working hours.
        speaks: he answers in the ticket's language.
        knows: he knows its topic, or it has none.
    """

    agent_id: str
    capacity: int
    is_at_work: bool = True
    speaks: bool = True
    knows: bool = True

    @property
    def fitness(self) -> int:
        """How well he fits: language and topic, the language alone, the topic alone, neither."""
        return 2 * self.speaks + self.knows


@dataclass(frozen=True, slots=True)
class AssignmentRules:
    """What holds for the assignment of the whole desk.

    Attributes:
        weights_by_priority, weights_by_type: how much a ticket weighs on its agent; the type's
            weight goes before the priority's, and what is not named weighs 1.
        release_after_minutes: for how long an agent may be away before the tickets in which a
            customer waits for him go to others; None leaves them.
    """

    weights_by_priority: Mapping[str, int] = field(default_factory=dict)
    weights_by_type: Mapping[str, int] = field(default_factory=dict)
    release_after_minutes: int | None = None

    def weight_of(self, ticket: Ticket) -> int:
        """How much a ticket weighs on its agent."""
        by_priority = self.weights_by_priority.get(ticket.priority, 1)
        return self.weights_by_type.get(ticket.type_id, by_priority)

    def is_away_too_long(self, load: AgentLoad, now: datetime) -> bool:
        """Whether an agent is away for so long that his tickets go to others."""
        if self.release_after_minutes is None or load.available or not load.away_since:
            return False
        return now.timestamp() - load.away_since >= self.release_after_minutes * 60


def holder(ticket: Ticket | None) -> str:
    """The agent on whose load the ticket counts; empty when it counts on nobody's."""
    if ticket is None or ticket.status not in WAITING_FOR_US:
        return ""
    return ticket.assignee_id


def load_changes(before: Ticket | None, after: Ticket) -> Mapping[str, int]:
    """By how much each agent's load changes with this write.

    A ticket counts with the weight that stands on it, so what was added is what is taken away,
    whatever the desk's weights are by then.
    """
    changes: dict[str, int] = {}
    for ticket, sign in ((before, -1), (after, +1)):
        agent_id = holder(ticket)
        if ticket is not None and agent_id:
            changes[agent_id] = changes.get(agent_id, 0) + sign * ticket.weight
    return {agent_id: change for agent_id, change in changes.items() if change}


def is_waiting_for_agent(ticket: Ticket) -> bool:
    """Whether the ticket needs an owner now."""
    return not ticket.assignee_id and ticket.status in WAITING_FOR_US


def most_load(capacity: int, weight: int) -> int:
    """Up to which load an agent may take a ticket of this weight; below 0 never.

    One that weighs more than he can hold at all is for whoever has nothing else.
    """
    return capacity - min(weight, capacity) if capacity > 0 else -1


def next_in_turn(
    loads: Iterable[AgentLoad], capacities: Mapping[str, int], weight: int = 1
) -> tuple[AgentLoad, ...]:
    """Who may be dealt a ticket, in turn: round robin among the available with room.

    Whoever was dealt a ticket longest ago comes first, so that over any run of tickets no
    available agent with room is more than one behind another.

    Args:
        capacities: the department's members and what each may hold.
    """
    return tuple(sorted(_with_room(loads, capacities, weight), key=_turn))


def in_order(
    strategy: Strategy,
    fallback: SkillFallback,
    candidates: Sequence[Candidate],
    loads: Iterable[AgentLoad],
    weight: int = 1,
) -> tuple[AgentLoad, ...]:
    """Who may be dealt a ticket, best first; nobody where it is to wait, or to be taken by hand.

    Args:
        candidates: all members of the department, whether they are there or not.
    """
    if strategy is Strategy.MANUAL:
        return ()
    capacities = {c.agent_id: c.capacity for c in candidates if c.is_at_work}
    fit = next_in_turn(loads, capacities, weight)
    if strategy is Strategy.LEAST_LOADED:
        by_load = sorted(
            fit,
            key=lambda load: (Fraction(load.open_count, capacities[load.agent_id]), *_turn(load)),
        )
        return tuple(by_load)
    if strategy is Strategy.BY_SKILL:
        return _by_skill(fit, fallback, candidates)
    return fit


def _by_skill(
    fit: Sequence[AgentLoad], fallback: SkillFallback, candidates: Sequence[Candidate]
) -> tuple[AgentLoad, ...]:
    """In turn among those who fit best, then, where anyone may, among those who fit less.

    A department in which nobody at all has the skill does not wait for him.
    """
    fitness = {candidate.agent_id: candidate.fitness for candidate in candidates}
    best = max((c.fitness for c in candidates if c.capacity > 0), default=0)
    ordered = sorted(fit, key=lambda load: (-fitness[load.agent_id], *_turn(load)))
    if fallback is SkillFallback.ANYONE:
        return tuple(ordered)
    return tuple(load for load in ordered if fitness[load.agent_id] == best)


def _with_room(
    loads: Iterable[AgentLoad], capacities: Mapping[str, int], weight: int
) -> list[AgentLoad]:
    return [
        load
        for load in loads
        if load.available and load.open_count <= most_load(capacities.get(load.agent_id, 0), weight)
    ]


def _turn(load: AgentLoad) -> tuple[int, str]:
    return load.turn, load.agent_id
