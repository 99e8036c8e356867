"""What a customer may expect: the promise, and the hours it counts in."""

from datetime import time
from typing import Any

import pytest

from chalicelib.domain.calendar import BusinessCalendar, HourRange, always_open
from chalicelib.domain.desk import Department, Desk
from chalicelib.domain.expectation import Expectation, first_answer_expected, time_zone_of
from chalicelib.domain.sla import SLAPolicy, Target
from chalicelib.domain.ticket import Priority
from tests.builders import a_desk, a_ticket

OFFICE = BusinessCalendar(
    "hours",
    "Office",
    "Europe/Lisbon",
    ((HourRange(time(9), time(12)), HourRange(time(13), time(18))),) * 4
    + ((HourRange(time(9), time(12)),), (), ()),
)


def a_promising_desk(calendar: BusinessCalendar, **minutes: Any) -> Desk:
    policy = SLAPolicy("standard", "Standard", calendar.id, {"normal": minutes}, 0)
    return a_desk(
        departments={"support": Department("support", "Support", "help", "standard")},
        calendars={calendar.id: calendar},
        sla_policies={"standard": policy},
    )


@pytest.mark.row(50)
@pytest.mark.parametrize(("calendar", "workday"), [(OFFICE, 480), (always_open(), 1440)])
def test_the_promise_comes_with_the_length_of_a_working_day(
    calendar: BusinessCalendar, workday: int
) -> None:
    desk = a_promising_desk(calendar, **{Target.FIRST_RESPONSE: 60})
    assert first_answer_expected(desk, "support", Priority.NORMAL) == Expectation(60, workday)


def test_nothing_is_expected_where_nothing_is_promised() -> None:
    desk = a_promising_desk(OFFICE, **{Target.RESOLUTION: 60})
    assert first_answer_expected(desk, "support", Priority.NORMAL) is None
    assert first_answer_expected(a_desk(), "support", Priority.NORMAL) is None


def test_times_are_told_in_the_zone_of_the_hours_or_in_utc() -> None:
    desk = a_promising_desk(OFFICE, **{Target.FIRST_RESPONSE: 60})
    assert time_zone_of(desk, a_ticket()) == "Europe/Lisbon"
    assert time_zone_of(a_desk(), a_ticket()) == "UTC"
