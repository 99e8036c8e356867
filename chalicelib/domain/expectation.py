"""When a customer may expect the first answer, and in which zone times are told to him."""

from dataclasses import dataclass

from chalicelib.domain.calendar import BusinessCalendar, HourRange
from chalicelib.domain.desk import Desk
from chalicelib.domain.predicate import Field
from chalicelib.domain.promises import terms_by_facts, terms_of
from chalicelib.domain.sla import Target, Terms
from chalicelib.domain.ticket import Priority, Ticket

_DAY_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class Expectation:
    """A promise of the desk, in business minutes.

    Attributes:
        workday_minutes: how long the desk's longest day is; 1,440 for one that never closes.
    """

    minutes: int
    workday_minutes: int


def first_answer_expected(desk: Desk, department_id: str, priority: Priority) -> Expectation | None:
    """What is promised for the first answer to such a ticket; None where nothing is."""
    return _expected(
        terms_by_facts(desk, {Field.DEPARTMENT: department_id, Field.PRIORITY: priority})
    )


def first_answer_of(desk: Desk, ticket: Ticket) -> Expectation | None:
    """The same for a ticket that exists, of which more is known."""
    return _expected(terms_of(desk, ticket))


def _expected(terms: Terms | None) -> Expectation | None:
    seconds = terms.seconds.get(Target.FIRST_RESPONSE) if terms else None
    if terms is None or seconds is None:
        return None
    return Expectation(-(-seconds // 60), _longest_day(terms.calendar))


def time_zone_of(desk: Desk, ticket: Ticket) -> str:
    """The zone in which the ticket's times are told: that of the hours it is answered in."""
    terms = terms_of(desk, ticket)
    return terms.calendar.time_zone if terms else "UTC"


def _longest_day(calendar: BusinessCalendar) -> int:
    """Minutes of the day with the most hours; ranges that overlap are not worth a finer count."""
    days = (sum(_minutes(hours) for hours in day) for day in calendar.weekly_hours)
    return min(max(days), _DAY_MINUTES)


def _minutes(hours: HourRange) -> int:
    opens = hours.opens.hour * 60 + hours.opens.minute
    closes = hours.closes.hour * 60 + hours.closes.minute
    return (closes - opens) % _DAY_MINUTES or _DAY_MINUTES
