"""Who gets a ticket, and how an agent's load follows from it.

The load counts the tickets of an agent in which a customer waits for an answer. It is changed in
the very transaction that changes the ticket, so it can never drift.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chalicelib.domain.status import WAITING_FOR_US
from chalicelib.domain.ticket import Ticket


@dataclass(frozen=True, slots=True)
class AgentLoad:
    """How busy an agent is right now.

    Attributes:
        turn: number of the last ticket dealt to this agent by push; the lowest is next in turn.
    """

    agent_id: str
    open_count: int = 0
    available: bool = False
    turn: int = 0


def holder(ticket: Ticket | None) -> str:
    """The agent on whose load the ticket counts; empty when it counts on nobody's."""
    if ticket is None or ticket.status not in WAITING_FOR_US:
        return ""
    return ticket.assignee_id


def load_changes(before: Ticket | None, after: Ticket) -> Mapping[str, int]:
    """By how much each agent's load changes with this write."""
    lost, gained = holder(before), holder(after)
    if lost == gained:
        return {}
    changes = {lost: -1, gained: +1}
    changes.pop("", None)
    return changes


def is_waiting_for_agent(ticket: Ticket) -> bool:
    """Whether the ticket needs an owner now."""
    return not ticket.assignee_id and ticket.status in WAITING_FOR_US


def next_in_turn(
    loads: Iterable[AgentLoad], capacities: Mapping[str, int]
) -> tuple[AgentLoad, ...]:
    """Who may be dealt a ticket, in turn: round robin among the available below capacity.

    Whoever was dealt a ticket longest ago comes first, so that over any run of tickets no
    available agent with room is more than one behind another.

    Args:
        capacities: the department's members and how many tickets each may hold.
    """
    fit = [
        load
        for load in loads
        if load.available and load.open_count < capacities.get(load.agent_id, 0)
    ]
    return tuple(sorted(fit, key=lambda load: (load.turn, load.agent_id)))
