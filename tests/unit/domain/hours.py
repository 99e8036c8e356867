"""Calendars for tests, and the count minute by minute that business time is held against."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from chalicelib.domain.calendar import BusinessCalendar, HourRange

MINUTE = timedelta(minutes=1)
ZONES = (
    "Europe/Lisbon",
    "America/New_York",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/St_Johns",
    "Africa/Casablanca",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "UTC",
)
OFFICE = HourRange(time(9), time(18))
NIGHT_SHIFT = HourRange(time(22), time(6))
ALL_DAY = HourRange(time(0), time(0))
# Opens and closes inside the hour that a change of the clock removes or repeats, in most zones.
AROUND_THE_CHANGE = (HourRange(time(0, 30), time(1, 30)), HourRange(time(2, 15), time(2, 45)))


def a_calendar(
    *ranges: HourRange,
    zone: str = "Europe/Lisbon",
    days: int = 5,
    holidays: frozenset[date] = frozenset(),
) -> BusinessCalendar:
    """The same hours on the first so many days of the week."""
    week = tuple(ranges or (OFFICE,) if day < days else () for day in range(7))
    return BusinessCalendar("c", "Office", zone, week, holidays)


def is_open(calendar: BusinessCalendar, instant: datetime) -> bool:
    """What a person says who looks at the clock on the wall and at the sheet of hours beside it."""
    wall = instant.astimezone(ZoneInfo(calendar.time_zone))
    now = wall.time()
    if wall.date() in calendar.holidays:
        return False
    for hours in calendar.weekly_hours[wall.weekday()]:
        is_overnight = hours.closes <= hours.opens
        if hours.opens <= now and (is_overnight or now < hours.closes):
            return True
    yesterday = calendar.weekly_hours[(wall.weekday() - 1) % 7]
    return any(hours.closes <= hours.opens and now < hours.closes for hours in yesterday)


def counted_minutes(calendar: BusinessCalendar, start: datetime, end: datetime) -> int:
    """The brute force: each minute looked at by itself."""
    minutes = (end - start) // MINUTE
    return sum(is_open(calendar, start + MINUTE * i) for i in range(minutes))


def clock_changes(zone: str, first_year: int, last_year: int) -> list[datetime]:
    """The days, by midnight UTC, on which the zone changes its offset."""
    days = [datetime(first_year, 1, 1, tzinfo=UTC) + timedelta(days=i) for i in range(366 * 5)]
    offsets = [day.astimezone(ZoneInfo(zone)).utcoffset() for day in days if day.year <= last_year]
    return [days[i] for i, (a, b) in enumerate(pairwise(offsets)) if a != b]


times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
hour_ranges = st.builds(HourRange, times, times)
weeks = st.lists(st.lists(hour_ranges, max_size=2).map(tuple), min_size=7, max_size=7).map(tuple)
minutes_since_2024 = st.integers(0, 7 * 365 * 24 * 60)
instants = minutes_since_2024.map(lambda minute: datetime(2024, 1, 1, tzinfo=UTC) + minute * MINUTE)


@st.composite
def calendars_and_intervals(
    draw: st.DrawFn, *, most_hours: int = 60
) -> tuple[BusinessCalendar, datetime, datetime]:
    """A calendar with at least an hour a week, and an interval with holidays in or beside it."""
    start = draw(instants)
    end = start + draw(st.integers(0, most_hours * 60)) * MINUTE
    week = draw(weeks)
    extra = draw(st.integers(0, 6))
    week = tuple((*day, OFFICE) if i == extra else day for i, day in enumerate(week))
    days = st.integers(-1, 4).map(lambda i: start.date() + timedelta(days=i))
    holidays = draw(st.frozensets(days, max_size=2))
    return BusinessCalendar("r", "Random", draw(st.sampled_from(ZONES)), week, holidays), start, end
