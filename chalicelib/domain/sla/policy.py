"""What a desk promises: the policy as it is set up, and the terms that apply to one ticket."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.calendar import BusinessCalendar
from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.predicate import ALWAYS, Predicate
from chalicelib.domain.step import AT_BREACH, DEFAULT_BREACH_STEPS, Step, check_steps
from chalicelib.domain.wording import words

MOST_MINUTES = 525_600
"""A year around the clock; a longer promise is a slip of the finger."""


class Target(StrEnum):
    """What is promised; the order here is the order of a ticket's clocks."""

    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    RESOLUTION = "resolution"


TARGET_ORDER = tuple(Target)


@dataclass(frozen=True, slots=True)
class SLAPolicy:
    """The promises of one department or contract.

    Attributes:
        minutes: business minutes allowed, by priority and target. What is missing is not promised.
        at_risk_lead_minutes: how many business minutes before the due time a target is at risk.
        pause_on_answered: whether the resolution pauses while the customer's answer is awaited.
        conditions: which tickets it is for, whatever their department; without any it is for the
            departments that name it.
        position: policies with conditions are tried from the lowest, and the first that holds
            applies.
        breach_steps: what is done when a promise is missed.

    Raises:
        InvalidSetting: an allowance is not between a minute and a year, or the lead is negative.
    """

    id: str
    name: str
    calendar_id: str
    minutes: Mapping[str, Mapping[Target, int]]
    at_risk_lead_minutes: int
    pause_on_answered: bool = False
    conditions: Predicate = ALWAYS
    position: int = 0
    breach_steps: tuple[Step, ...] = DEFAULT_BREACH_STEPS

    def __post_init__(self) -> None:
        """Refuse what cannot be promised."""
        check_steps(self.breach_steps, AT_BREACH)
        for priority, targets in self.minutes.items():
            for target, allowed in targets.items():
                if not 1 <= allowed <= MOST_MINUTES:
                    reason = words("Give between 1 and {most} minutes (a year).", most=MOST_MINUTES)
                    raise InvalidSetting(f"minutes.{priority}.{target}", reason)
        if not 0 <= self.at_risk_lead_minutes <= MOST_MINUTES:
            reason = words("Give between 0 and {most} minutes (a year).", most=MOST_MINUTES)
            raise InvalidSetting("at_risk_lead_minutes", reason)


@dataclass(frozen=True, slots=True)
class Terms:
    """What applies to one ticket now: policy, priority and calendar taken together.

    Attributes:
        seconds: business seconds allowed by target; a target that is missing has no clock.
        at_risk_lead_seconds: business seconds before the due time.
        breach_steps: what follows a missed promise; no part of what is promised.
    """

    calendar: BusinessCalendar
    seconds: Mapping[Target, int]
    at_risk_lead_seconds: int
    policy_id: str
    pause_on_answered: bool
    breach_steps: tuple[Step, ...] = DEFAULT_BREACH_STEPS

    @property
    def id(self) -> str:
        """A name made of all that counts: the same promise in the same hours has the same name.

        Tickets and events keep it, so that what applied then can be found when the set-up has
        changed.
        """
        zone, spans, closed = self.calendar.rules
        counts = (
            self.policy_id, zone, spans, sorted(closed),
            [(str(t), self.seconds[t]) for t in TARGET_ORDER if t in self.seconds],
            self.at_risk_lead_seconds, self.pause_on_answered,
        )  # fmt: skip
        return hashlib.sha256(repr(counts).encode()).hexdigest()[:20]


def terms_for(policy: SLAPolicy, calendar: BusinessCalendar, priority: str) -> Terms:
    """The terms of a policy for one priority; a priority that it does not name promises nothing."""
    minutes = policy.minutes.get(priority, {})
    return Terms(
        calendar=calendar,
        seconds={target: minutes[target] * 60 for target in TARGET_ORDER if target in minutes},
        at_risk_lead_seconds=policy.at_risk_lead_minutes * 60,
        policy_id=policy.id,
        pause_on_answered=policy.pause_on_answered,
        breach_steps=policy.breach_steps,
    )
