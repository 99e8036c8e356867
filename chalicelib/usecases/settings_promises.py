"""How promises and time rules are written down: calendars, policies, conditions, steps."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chalicelib.domain import predicate
from chalicelib.domain.calendar import BusinessCalendar, HourRange
from chalicelib.domain.condition_checks import check_conditions
from chalicelib.domain.condition_fields import CUSTOM
from chalicelib.domain.desk import Desk
from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.escalation import check_no_ring
from chalicelib.domain.predicate import Condition, Operator, Predicate
from chalicelib.domain.sla import SLAPolicy, Target, Terms
from chalicelib.domain.step import DEFAULT_BREACH_STEPS, Step, StepKind
from chalicelib.domain.step_checks import check_steps_of
from chalicelib.domain.ticket import Priority
from chalicelib.domain.time_rule import Anchor, TimeRule
from chalicelib.usecases.settings_base import Document, Name, SettingId

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_WEEK: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Subdivision = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]{0,6}$")]
CustomField = Annotated[str, StringConstraints(pattern=rf"^{CUSTOM}[a-z0-9][a-z0-9_-]{{0,62}}$")]
Value = Annotated[str, StringConstraints(max_length=200)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, defer_build=True)


class HoursDocument(_Part):
    """Opening hours of a day; closing at or before opening means on the next day."""

    opens: time
    closes: time


class RegionDocument(_Part):
    """Whose public holidays are kept: a country (ISO 3166-1), and a part of it (ISO 3166-2)."""

    country: Country
    subdivision: Subdivision = ""


class PublicDayDocument(_Part):
    """A public holiday, by the name that its country gives it."""

    date: date
    name: str = Field(max_length=200)


class CalendarDocument(Document):
    """Business hours in one time zone; a day that is left out is closed.

    ``public_days`` are worked out of ``public_holidays`` whenever the calendar is saved. Own days
    off are ``holidays``, and ``working_days`` are open although they are public holidays.
    """

    name: Name
    time_zone: str = Field(max_length=64)
    hours: dict[Weekday, list[HoursDocument]]
    holidays: list[date] = Field(default=[], max_length=1000)
    public_holidays: list[RegionDocument] = Field(default=[], max_length=5)
    public_days: list[PublicDayDocument] = Field(default=[], max_length=2000)
    working_days: list[date] = Field(default=[], max_length=1000)

    def to_domain(self) -> BusinessCalendar:
        weekly = tuple(
            tuple(HourRange(item.opens, item.closes) for item in self.hours.get(day, []))
            for day in _WEEK
        )
        public = {day.date for day in self.public_days} - set(self.working_days)
        closed = frozenset({*self.holidays, *public})
        return BusinessCalendar(self.id, self.name, self.time_zone, weekly, closed)


class ConditionDocument(_Part):
    """One question about a ticket; several values mean one of them."""

    field: predicate.Field | CustomField
    operator: Operator
    values: list[Value] = Field(default=[], max_length=predicate.MOST_VALUES)

    def to_domain(self) -> Condition:
        return Condition(self.field, self.operator, tuple(self.values))


class PredicateDocument(_Part):
    """Every one of ``all_of`` holds, and one of ``any_of`` where there are any."""

    all_of: list[ConditionDocument] = Field(default=[], max_length=predicate.MOST_CONDITIONS)
    any_of: list[ConditionDocument] = Field(default=[], max_length=predicate.MOST_CONDITIONS)

    def to_domain(self) -> Predicate:
        return Predicate(
            all_of("conditions.all_of", self.all_of), all_of("conditions.any_of", self.any_of)
        )


class StepDocument(_Part):
    """One thing to do.

    ``value`` is a priority, a tag, an id, or what stands in ``field``; ``text`` the words of a reply
    or a note, with variables.
    """

    kind: StepKind
    value: Annotated[str, StringConstraints(max_length=500)] = ""
    field: SettingId | Literal[""] = ""
    text: Annotated[str, StringConstraints(max_length=10_000)] = ""

    def to_domain(self) -> Step:
        return Step(self.kind, self.value, self.field, self.text)


_AT_BREACH = [StepDocument(kind=step.kind, value=step.value) for step in DEFAULT_BREACH_STEPS]


class SLAPolicyDocument(Document):
    """Allowed business minutes by priority and target.

    With conditions it is for the tickets that they hold of, tried in the order of ``position``
    before a department's own policy.
    """

    name: Name
    calendar_id: SettingId
    minutes: dict[Priority, dict[Target, int]]
    at_risk_lead_minutes: int = Field(default=15, ge=0)
    pause_on_answered: bool = False
    conditions: PredicateDocument = PredicateDocument()
    position: int = Field(default=0, ge=0, le=1000)
    breach_steps: list[StepDocument] = _AT_BREACH

    def to_domain(self) -> SLAPolicy:
        return SLAPolicy(
            self.id,
            self.name,
            self.calendar_id,
            {str(priority): targets for priority, targets in self.minutes.items()},
            self.at_risk_lead_minutes,
            self.pause_on_answered,
            self.conditions.to_domain(),
            self.position,
            all_of("breach_steps", self.breach_steps),
        )


class TimeRuleDocument(Document):
    """What is done when a ticket has been in a state for so long; minutes or days, one of the two.

    Without a calendar every minute and every day count; with one, its hours and its days of work.
    """

    name: Name
    is_active: bool = True
    position: int = Field(default=0, ge=0, le=1000)
    conditions: PredicateDocument = PredicateDocument()
    since: Anchor
    after_minutes: int = Field(default=0, ge=0)
    after_days: int = Field(default=0, ge=0)
    calendar_id: SettingId | Literal[""] = ""
    steps: list[StepDocument]

    def to_domain(self) -> TimeRule:
        return TimeRule(
            id=self.id,
            name=self.name,
            since=self.since,
            steps=all_of("steps", self.steps),
            after_minutes=self.after_minutes,
            after_days=self.after_days,
            calendar_id=self.calendar_id,
            conditions=self.conditions.to_domain(),
            position=self.position,
            is_active=self.is_active,
        )


def check_promises(desk: Desk) -> None:
    """Refuse conditions and steps that name what there is not, and departments in a ring.

    Raises:
        InvalidSetting: the first of them.
    """
    for policy in desk.sla_policies.values():
        _check(desk, f"sla_policies.{policy.id}", policy.conditions)
        check_steps_of(desk, f"sla_policies.{policy.id}.breach_steps", policy.breach_steps)
    for rule in desk.time_rules.values():
        _check(desk, f"time_rules.{rule.id}", rule.conditions)
        check_steps_of(desk, f"time_rules.{rule.id}.steps", rule.steps)
    check_no_ring(desk)


def document_of_terms(terms: Terms) -> dict[str, Any]:
    """Terms as they are kept."""
    calendar = terms.calendar
    hours = {
        day: [
            {"opens": hours.opens.isoformat(), "closes": hours.closes.isoformat()} for hours in of
        ]
        for day, of in zip(_WEEK, calendar.weekly_hours, strict=True)
    }
    return {
        "calendar": {
            "id": calendar.id,
            "name": calendar.name,
            "time_zone": calendar.time_zone,
            "hours": hours,
            "holidays": sorted(day.isoformat() for day in calendar.holidays),
        },
        "seconds": {str(target): seconds for target, seconds in terms.seconds.items()},
        "at_risk_lead_seconds": terms.at_risk_lead_seconds,
        "policy_id": terms.policy_id,
        "pause_on_answered": terms.pause_on_answered,
    }


def terms_from_document(document: Mapping[str, Any]) -> Terms:
    """Terms that were kept; what follows a breach is for the policy of today to say."""
    calendar = document["calendar"]
    weekly = tuple(
        tuple(
            HourRange(time.fromisoformat(hours["opens"]), time.fromisoformat(hours["closes"]))
            for hours in calendar["hours"][day]
        )
        for day in _WEEK
    )
    closed = frozenset(date.fromisoformat(day) for day in calendar["holidays"])
    return Terms(
        calendar=BusinessCalendar(
            calendar["id"], calendar["name"], calendar["time_zone"], weekly, closed
        ),
        seconds={Target(target): int(s) for target, s in document["seconds"].items()},
        at_risk_lead_seconds=int(document["at_risk_lead_seconds"]),
        policy_id=str(document["policy_id"]),
        pause_on_answered=bool(document["pause_on_answered"]),
    )


def all_of(field: str, parts: Iterable[ConditionDocument | StepDocument]) -> tuple[Any, ...]:
    """The parts in the domain's words; what is wrong with one is said with its place."""
    made = []
    for place, part in enumerate(parts):
        try:
            made.append(part.to_domain())
        except InvalidSetting as error:
            what = error.field.removeprefix("steps.")
            raise InvalidSetting(f"{field}.{place}.{what}", error.reason) from error
    return tuple(made)


def _check(desk: Desk, owner: str, asked: Predicate) -> None:
    check_conditions(desk, owner, asked, of_a_moment=False)
