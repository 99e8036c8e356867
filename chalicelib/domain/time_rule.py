"""Rules on time: when a ticket has been in a state for so long, something is done, once.

A rule counts from an instant on the ticket, its anchor: since when it has its status, since when the
customer waits. It has crossed when the time from the anchor has passed and its conditions hold. What
was done is remembered with the anchor, so each crossing counts once, and a new anchor is a new one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.domain.calendar import (
    BusinessCalendar,
    add_business_days,
    add_business_seconds,
)
from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.facts import facts_of
from chalicelib.domain.predicate import ALWAYS, Facts, Predicate
from chalicelib.domain.set_up import Organisation
from chalicelib.domain.sla import MOST_MINUTES
from chalicelib.domain.status import Status
from chalicelib.domain.step import BY_TIME, ENDS, Step, check_steps
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.wording import words

MOST_DAYS = 365


class Anchor(StrEnum):
    """From which instant of a ticket the time is counted."""

    CREATED = "created"
    STATUS = "status"
    CUSTOMER_WAITS = "customer_waits"
    LAST_MESSAGE = "last_message"
    ASSIGNED = "assigned"


_INSTANTS: Mapping[Anchor, Callable[[Ticket], datetime | None]] = {
    Anchor.CREATED: lambda ticket: ticket.created_at,
    Anchor.STATUS: lambda ticket: ticket.status_since or ticket.created_at,
    Anchor.CUSTOMER_WAITS: lambda ticket: ticket.waiting_since,
    Anchor.LAST_MESSAGE: lambda ticket: ticket.last_message_at,
    Anchor.ASSIGNED: lambda ticket: ticket.assigned_at,
}
_OUT_OF_REACH = frozenset({Status.SPAM, Status.DELETED})


@dataclass(frozen=True, slots=True)
class TimeRule:
    """One rule.

    Attributes:
        after_minutes, after_days: how long; one of the two is given and the other is 0.
        calendar_id: whose hours count; empty counts every minute and every day.
        position: rules are tried from the lowest.

    Raises:
        InvalidSetting: no time or two, nothing to do, steps that do not go together.
    """

    id: str
    name: str
    since: Anchor
    steps: tuple[Step, ...]
    after_minutes: int = 0
    after_days: int = 0
    calendar_id: str = ""
    conditions: Predicate = ALWAYS
    position: int = 0
    is_active: bool = True

    def __post_init__(self) -> None:
        """Refuse a rule that could not be kept."""
        if bool(self.after_minutes) == bool(self.after_days):
            raise InvalidSetting(
                "after_minutes", words("Give minutes or days: one of them, not both.")
            )
        if not 0 <= self.after_minutes <= MOST_MINUTES or not 0 <= self.after_days <= MOST_DAYS:
            raise InvalidSetting("after_minutes", words("Give at most a year."))
        if not self.steps:
            raise InvalidSetting("steps", words("Say what is to be done."))
        check_steps(self.steps, BY_TIME)

    def anchor_of(self, ticket: Ticket, facts: Facts) -> datetime | None:
        """The instant that the rule counts from, where the rule is about this ticket at all.

        Whoever postponed a ticket has looked at it: no rule resolves or closes it meanwhile. For a
        ticket that was merged another one stands, and rules look at that.
        """
        ends = any(step.kind in ENDS for step in self.steps)
        if ticket.status in _OUT_OF_REACH or ticket.merged_into:
            return None
        if ends and ticket.status is Status.POSTPONED:
            return None
        if not self.is_active or not self.conditions.holds(facts):
            return None
        return _INSTANTS[self.since](ticket)

    def crosses_at(self, anchor: datetime, calendar: BusinessCalendar | None) -> datetime:
        """When the time is over that began at the anchor."""
        if calendar is None:
            return anchor + timedelta(minutes=self.after_minutes, days=self.after_days)
        if self.after_days:
            return add_business_days(calendar, anchor, self.after_days)
        return add_business_seconds(calendar, anchor, self.after_minutes * 60)


@dataclass(frozen=True, slots=True)
class Crossing:
    """A rule's time on one ticket."""

    rule: TimeRule
    anchor: datetime
    at: datetime


def crossings(
    rules: Iterable[TimeRule],
    calendars: Mapping[str, BusinessCalendar],
    ticket: Ticket,
    organisations: Mapping[str, Organisation],
) -> list[Crossing]:
    """What is ahead of a ticket, or due, that was not done yet; in the order of the rules."""
    found = []
    facts = facts_of(ticket, organisations)
    for rule in sorted(rules, key=lambda rule: (rule.position, rule.id)):
        anchor = rule.anchor_of(ticket, facts)
        if anchor is not None and (rule.id, anchor) not in ticket.rules_done:
            at = rule.crosses_at(anchor, calendars.get(rule.calendar_id))
            found.append(Crossing(rule, anchor, at))
    return found


def noted(ticket: Ticket, crossing: Crossing) -> Ticket:
    """The ticket with a crossing remembered; of each rule the last one is enough."""
    others = [done for done in ticket.rules_done if done[0] != crossing.rule.id]
    return replace(ticket, rules_done=(*others, (crossing.rule.id, crossing.anchor)))
