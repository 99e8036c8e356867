"""Rules on events: when something happens to a ticket and conditions hold, something is done.

A rule acts at most once on one event, whatever it and others change; docs/rules.md says why that is
enough to keep rules from running in circles.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.predicate import ALWAYS, Predicate
from chalicelib.domain.step import Step, check_steps
from chalicelib.domain.ticket import ActorKind, Event, EventKind
from chalicelib.domain.wording import words

MOST_LEVELS = 5
"""How often changes that rules made are looked at by rules again, for one event."""


MOST_EFFECTS = 40
"""After so many events nobody is asked any more: DynamoDB writes a hundred items at once."""


class Trigger(StrEnum):
    """What a rule waits for."""

    CREATED = "created"
    CUSTOMER_WROTE = "customer_wrote"
    AGENT_WROTE = "agent_wrote"
    CHANGED = "changed"


_BY_KIND = {
    EventKind.TICKET_CREATED: Trigger.CREATED,
    EventKind.CUSTOMER_MESSAGE_RECEIVED: Trigger.CUSTOMER_WROTE,
    EventKind.SOLUTION_REFUSED: Trigger.CUSTOMER_WROTE,
    EventKind.PUBLIC_REPLY_SENT: Trigger.AGENT_WROTE,
    **dict.fromkeys(
        (
            EventKind.STATUS_CHANGED, EventKind.PRIORITY_CHANGED, EventKind.DEPARTMENT_CHANGED,
            EventKind.TICKET_ASSIGNED, EventKind.TICKET_UNASSIGNED, EventKind.TAGS_CHANGED,
            EventKind.SUBJECT_CHANGED, EventKind.REQUESTER_CHANGED, EventKind.TYPE_CHANGED,
            EventKind.FIELD_CHANGED,
        ),
        Trigger.CHANGED,
    ),
}  # fmt: skip


def triggers_of(events: Iterable[Event]) -> frozenset[Trigger]:
    """What these events are for rules. What a rule wrote to the customer is no agent's answer."""
    found = {
        _BY_KIND[event.kind]
        for event in events
        if event.kind in _BY_KIND
        and not (
            event.kind is EventKind.PUBLIC_REPLY_SENT and event.actor.kind is not ActorKind.AGENT
        )
    }
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class EventRule:
    """One rule.

    Attributes:
        on: what it waits for. One that waits for changes acts when a change makes its conditions
            true, and not at every further change while they are.
        position: rules are tried from the lowest.

    Raises:
        InvalidSetting: it waits for nothing, does nothing, or could not be kept.
    """

    id: str
    name: str
    on: frozenset[Trigger]
    steps: tuple[Step, ...]
    conditions: Predicate = ALWAYS
    position: int = 0
    is_active: bool = True

    def __post_init__(self) -> None:
        """Refuse a rule that could not be kept."""
        if not self.on:
            raise InvalidSetting("on", words("Say what the rule waits for."))
        if not self.steps:
            raise InvalidSetting("steps", words("Say what is to be done."))
        if self.on == {Trigger.CHANGED} and not self.conditions:
            reason = words(
                "A rule on changes needs a condition: it acts when a change makes it true."
            )
            raise InvalidSetting("conditions", reason)
        check_steps(self.steps)


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where another system is told: an address with https, never one inside a network."""

    id: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Macro:
    """What an agent does again and again: steps, and words to the customer.

    Attributes:
        text: with variables; empty says nothing.
    """

    id: str
    title: str
    steps: tuple[Step, ...] = ()
    text: str = ""
