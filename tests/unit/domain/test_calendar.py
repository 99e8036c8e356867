"""Business time against a clock that is read minute by minute."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.calendar import (
    BusinessCalendar,
    HourRange,
    add_business_days,
    add_business_seconds,
    always_open,
    business_seconds_between,
    business_spans,
)
from chalicelib.domain.errors import InvalidSetting
from tests.unit.domain.hours import (
    ALL_DAY,
    AROUND_THE_CHANGE,
    NIGHT_SHIFT,
    OFFICE,
    ZONES,
    a_calendar,
    calendars_and_intervals,
    clock_changes,
    counted_minutes,
)


@pytest.mark.row(50)
def test_one_business_hour_from_friday_half_past_five_is_due_on_monday_half_past_nine() -> None:
    friday = datetime(2026, 3, 6, 17, 30, tzinfo=UTC)

    due = add_business_seconds(a_calendar(), friday, 3600)

    assert due == datetime(2026, 3, 9, 9, 30, tzinfo=UTC)


@pytest.mark.row("J12")
@settings(max_examples=60, deadline=None)
@given(calendars_and_intervals())
def test_seconds_between_equal_a_count_minute_by_minute(
    case: tuple[BusinessCalendar, datetime, datetime],
) -> None:
    calendar, start, end = case

    assert business_seconds_between(calendar, start, end) == 60 * counted_minutes(*case)


@pytest.mark.row("J12")
@pytest.mark.parametrize("zone", ZONES)
def test_every_clock_change_from_2026_to_2030_equals_a_count_minute_by_minute(zone: str) -> None:
    calendar = a_calendar(*AROUND_THE_CHANGE, HourRange(time(23), time(0, 10)), zone=zone, days=7)

    for change in clock_changes(zone, 2026, 2030):
        interval = change - timedelta(hours=14), change + timedelta(hours=38)
        counted = 60 * counted_minutes(calendar, *interval)
        assert business_seconds_between(calendar, *interval) == counted, change


@pytest.mark.row("J12")
@given(calendars_and_intervals(), st.integers(1, 400_000))
@settings(max_examples=60, deadline=None)
def test_what_is_added_lies_between(
    case: tuple[BusinessCalendar, datetime, datetime], seconds: int
) -> None:
    calendar, start, _ = case

    due = add_business_seconds(calendar, start, seconds)

    assert business_seconds_between(calendar, start, due) == seconds
    just_before = due - timedelta(seconds=1)
    assert business_seconds_between(calendar, start, just_before) == seconds - 1


@given(calendars_and_intervals(most_hours=2000))
@settings(max_examples=60, deadline=None)
def test_adding_what_lies_between_never_goes_past_the_end(
    case: tuple[BusinessCalendar, datetime, datetime],
) -> None:
    calendar, start, end = case
    seconds = business_seconds_between(calendar, start, end)

    reached = add_business_seconds(calendar, start, seconds)

    assert reached <= end
    assert business_seconds_between(calendar, reached, end) == 0


@given(calendars_and_intervals(most_hours=2000), st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_neighbouring_intervals_add_up(
    case: tuple[BusinessCalendar, datetime, datetime], share: float
) -> None:
    calendar, start, end = case
    middle = start + (end - start) * share

    parts = business_seconds_between(calendar, start, middle) + business_seconds_between(
        calendar, middle, end
    )

    assert parts == business_seconds_between(calendar, start, end)


@given(calendars_and_intervals(most_hours=2000))
@settings(max_examples=60, deadline=None)
def test_spans_are_apart_in_order_and_add_up(
    case: tuple[BusinessCalendar, datetime, datetime],
) -> None:
    spans = list(business_spans(*case))

    assert all(opens < closes for opens, closes in spans)
    assert all(before[1] < after[0] for before, after in pairwise(spans))
    total = sum((closes - opens for opens, closes in spans), timedelta())
    assert total == timedelta(seconds=business_seconds_between(*case))


@pytest.mark.row("J12")
def test_a_night_of_the_lost_hour_is_an_hour_shorter() -> None:
    nights = a_calendar(NIGHT_SHIFT, zone="America/New_York", days=7)
    evening = datetime(2026, 3, 7, 22, tzinfo=ZoneInfo("America/New_York"))
    morning = datetime(2026, 3, 8, 6, tzinfo=ZoneInfo("America/New_York"))

    assert business_seconds_between(nights, evening, morning) == 7 * 3600


@pytest.mark.row("J12")
def test_a_night_of_the_repeated_hour_is_an_hour_longer() -> None:
    nights = a_calendar(NIGHT_SHIFT, zone="Europe/Lisbon", days=7)
    evening = datetime(2026, 10, 24, 22, tzinfo=ZoneInfo("Europe/Lisbon"))
    morning = datetime(2026, 10, 25, 6, tzinfo=ZoneInfo("Europe/Lisbon"))

    assert business_seconds_between(nights, evening, morning) == 9 * 3600


@pytest.mark.row("J12")
def test_nothing_counts_on_a_day_that_a_zone_left_out() -> None:
    # Samoa had no 30 December 2011: it went west of the date line.
    always = a_calendar(ALL_DAY, zone="Pacific/Apia", days=7)
    before = datetime(2011, 12, 29, 23, tzinfo=ZoneInfo("Pacific/Apia"))
    after = datetime(2011, 12, 31, 1, tzinfo=ZoneInfo("Pacific/Apia"))

    assert business_seconds_between(always, before, after) == 2 * 3600


@pytest.mark.row("J12")
def test_a_leap_day_is_a_day_like_others() -> None:
    tuesday = datetime(2028, 2, 29, 17, tzinfo=UTC)

    due = add_business_seconds(a_calendar(), tuesday, 2 * 3600)

    assert due == datetime(2028, 3, 1, 10, tzinfo=UTC)


@pytest.mark.row("J12")
def test_a_holiday_moves_the_due_time_to_the_next_working_day() -> None:
    christmas = frozenset({date(2026, 12, 25)})
    thursday = datetime(2026, 12, 24, 17, 30, tzinfo=UTC)

    due = add_business_seconds(a_calendar(holidays=christmas), thursday, 3600)

    assert due == datetime(2026, 12, 28, 9, 30, tzinfo=UTC)


def test_a_holiday_is_a_date_of_the_desks_own_zone() -> None:
    kathmandu = a_calendar(
        ALL_DAY, zone="Asia/Kathmandu", days=7, holidays=frozenset({date(2026, 1, 2)})
    )
    day = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)

    # Midnight in Nepal is at 18:15 UTC.
    assert business_seconds_between(kathmandu, *day) == (18 * 60 + 15) * 60


def test_a_night_shift_pauses_at_the_midnight_of_a_holiday() -> None:
    friday = frozenset({date(2026, 12, 25)})
    nights = a_calendar(NIGHT_SHIFT, days=7, holidays=friday)
    shift = datetime(2026, 12, 24, 22, tzinfo=UTC), datetime(2026, 12, 25, 6, tzinfo=UTC)

    assert business_seconds_between(nights, *shift) == 2 * 3600


def test_time_that_runs_out_at_closing_time_is_over_at_closing_time() -> None:
    friday = datetime(2026, 3, 6, 17, 30, tzinfo=UTC)

    assert add_business_seconds(a_calendar(), friday, 1800) == friday + timedelta(minutes=30)


def test_overlapping_hours_count_once() -> None:
    overlapping = a_calendar(HourRange(time(9), time(13)), HourRange(time(12), time(14)))
    monday = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)

    assert business_seconds_between(overlapping, *monday) == 5 * 3600


def test_a_shift_over_sunday_night_belongs_to_monday_too() -> None:
    sunday_night = BusinessCalendar("n", "Nights", "UTC", ((),) * 6 + ((NIGHT_SHIFT,),))
    monday = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)

    assert business_seconds_between(sunday_night, *monday) == 6 * 3600


def test_around_the_clock_counts_every_second() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)

    assert (
        business_seconds_between(always_open(), start, start + timedelta(days=400)) == 400 * 86400
    )
    assert list(business_spans(always_open(), start, start + timedelta(days=9))) == [
        (start, start + timedelta(days=9))
    ]


def test_nothing_lies_between_an_instant_and_an_earlier_one() -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)

    assert business_seconds_between(a_calendar(), noon, noon - timedelta(hours=1)) == 0


def test_fractions_of_a_second_are_dropped() -> None:
    noon = datetime(2026, 3, 2, 12, 0, 0, 900_000, tzinfo=UTC)

    assert add_business_seconds(a_calendar(), noon, 60) == datetime(2026, 3, 2, 12, 1, tzinfo=UTC)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(TypeError):
        add_business_seconds(a_calendar(), datetime(2026, 3, 2, 12), 60)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("field", "zone", "week"),
    [
        ("hours", "UTC", ((),) * 7),
        ("hours", "UTC", ((OFFICE,),) * 6),
        ("hours", "UTC", ((HourRange(time(9), time(9, 5)),), *((),) * 6)),
        ("hours", "UTC", ((HourRange(time(9, tzinfo=UTC), time(18)),),) * 7),
        ("hours", "UTC", ((HourRange(time(9, 0, 0, 5), time(18)),),) * 7),
        ("time_zone", "Mars/Base", ((OFFICE,),) * 7),
        ("time_zone", "America", ((OFFICE,),) * 7),
        ("time_zone", "../etc/passwd", ((OFFICE,),) * 7),
        ("time_zone", "", ((OFFICE,),) * 7),
    ],
)
def test_a_calendar_that_cannot_work_is_refused_with_the_field(
    field: str, zone: str, week: tuple[tuple[HourRange, ...], ...]
) -> None:
    with pytest.raises(InvalidSetting) as refused:
        BusinessCalendar("c", "Broken", zone, week)

    assert refused.value.field == field


@pytest.mark.row(21, 50)
@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        ("2026-03-06T12:00", 3, "2026-03-11T12:00"),
        ("2026-03-07T12:00", 1, "2026-03-09T12:00"),
        ("2026-03-06T12:00", 0, "2026-03-06T12:00"),
        # Over the spring change the hands of the wall clock stay, and an hour less passes.
        ("2026-03-27T12:00", 1, "2026-03-30T11:00"),
        # The 3rd of April is a holiday.
        ("2026-04-02T11:00", 1, "2026-04-06T11:00"),
    ],
)
def test_days_of_work_keep_the_time_of_day(start: str, days: int, expected: str) -> None:
    calendar = a_calendar(holidays=frozenset({date(2026, 4, 3)}))
    begins = datetime.fromisoformat(f"{start}+00:00")

    reached = add_business_days(calendar, begins, days)

    assert reached.isoformat()[:16] == expected
