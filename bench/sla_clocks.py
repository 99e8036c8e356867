"""What the SLA clocks cost, and a count minute by minute at a size that unit tests cannot afford.

python -m bench.sla_clocks                    prints CPU time against the budgets
python -m bench.sla_clocks --brute-force      100,000 random cases in 12 zones (minutes)
"""

import argparse
import random
import time as stopwatch
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from chalicelib.domain.calendar import (
    BusinessCalendar,
    HourRange,
    add_business_seconds,
    business_seconds_between,
)
from chalicelib.domain.sla import Moment, Target, Terms, recompute

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
FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
LAST_DAY = datetime(2031, 1, 1, tzinfo=UTC)
CASES = 100_000
MINUTE = timedelta(minutes=1)


def main() -> None:
    """Print one line per measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--brute-force", nargs="*", metavar="ZONE")
    zones = parser.parse_args().brute_force
    if zones is None:
        measure()
    else:
        count_minute_by_minute(zones or ZONES)


def measure() -> None:
    """CPU milliseconds of what DESIGN gives a budget."""
    office = an_office("America/New_York")
    start = FIRST_DAY + timedelta(hours=15)
    year_of_office = 261 * 9 * 3600
    cold = milliseconds(lambda: add_business_seconds(office, start, year_of_office), times=1)
    warm = milliseconds(lambda: add_business_seconds(office, start, year_of_office), times=200)
    history = a_long_history(an_office("Europe/Lisbon"), 1000)
    fold = milliseconds(lambda: recompute(history), times=20)
    machine = milliseconds(lambda: sum(i for i in range(1_000_000)), times=3)
    print(f"this machine now: adding up a million numbers       {machine:8.3f} ms")
    print(f"adding a year of business time, first in a process  {cold:8.3f} ms  (budget 1 ms)")
    print(f"adding a year of business time                      {warm:8.3f} ms  (budget 1 ms)")
    print(f"recomputing clocks over 1,000 moments               {fold:8.3f} ms  (budget 20 ms)")


def milliseconds(work: Callable[[], object], *, times: int) -> float:
    """CPU time of one run, the least of several: what is more is the machine's other work."""
    runs = []
    for _ in range(times):
        begun = stopwatch.process_time()
        work()
        runs.append(stopwatch.process_time() - begun)
    return min(runs) * 1000


def an_office(zone: str) -> BusinessCalendar:
    """Nine to six on working days, closed on four days a year."""
    hours = (HourRange(time(9), time(18)),)
    days = ((1, 1), (5, 1), (12, 24), (12, 25))
    closed = frozenset(date(year, *day) for year in range(2026, 2031) for day in days)
    return BusinessCalendar("office", "Office", zone, (hours,) * 5 + ((), ()), closed)


def a_long_history(
    calendar: BusinessCalendar, length: int
) -> list[tuple[datetime, Moment, Terms | None]]:
    """A ticket that goes back and forth for months, with postponements and changes of terms."""
    allowed = {
        Target.FIRST_RESPONSE: 3600,
        Target.NEXT_RESPONSE: 14_400,
        Target.RESOLUTION: 360_000,
    }
    terms = Terms(calendar, allowed, 1800, "bench", pause_on_answered=False)
    cycle = (
        Moment.CUSTOMER_WROTE,
        Moment.AGENT_ANSWERED,
        Moment.CUSTOMER_WROTE,
        Moment.PAUSED,
        Moment.RESUMED,
        Moment.TERMS_CHANGED,
        Moment.AGENT_ANSWERED,
        Moment.RESOLVED,
        Moment.REOPENED,
    )
    moments = [Moment.CREATED, *(cycle[i % len(cycle)] for i in range(length - 1))]
    return [(FIRST_DAY + i * timedelta(hours=5), m, terms) for i, m in enumerate(moments)]


def count_minute_by_minute(zones: Iterable[str]) -> None:
    """Five years of minutes read from the wall clock of each zone, then random cases against it."""
    per_zone = -(-CASES // len(ZONES))
    for zone in zones:
        luck = random.Random(zone)  # The same cases each time.
        calendar = a_random_calendar(zone, luck)
        open_now = reader_of_the_wall(calendar)
        minutes = range((LAST_DAY - FIRST_DAY) // MINUTE)
        counted = array("l", [0])
        counted.extend(accumulate(open_now(FIRST_DAY + minute * MINUTE) for minute in minutes))
        wrong = sum(not agrees(calendar, counted, luck) for _ in range(per_zone))
        print(f"{zone:24} {per_zone} intervals and as many due times, {wrong} wrong", flush=True)


def agrees(calendar: BusinessCalendar, counted: Sequence[int], luck: random.Random) -> bool:
    """One random interval and one random due time, both against the counted minutes."""
    first, last = sorted(luck.choices(range(len(counted)), k=2))
    start = FIRST_DAY + first * MINUTE
    between = business_seconds_between(calendar, start, FIRST_DAY + last * MINUTE)
    allowed = luck.randint(1, 5_000)
    if counted[first] + allowed > counted[-1]:
        return between == 60 * (counted[last] - counted[first])
    due = FIRST_DAY + bisect_left(counted, counted[first] + allowed) * MINUTE
    reached = add_business_seconds(calendar, start, allowed * 60)
    return between == 60 * (counted[last] - counted[first]) and reached == due


def a_random_calendar(zone: str, luck: random.Random) -> BusinessCalendar:
    """Up to two ranges a day, over midnight too, and twelve holidays a year."""

    def a_range() -> HourRange:
        opens, closes = (time(luck.randrange(24), luck.choice((0, 15, 30, 45))) for _ in range(2))
        return HourRange(opens, closes)

    week = tuple(tuple(a_range() for _ in range(luck.randint(0, 2))) for _ in range(6))
    days = (LAST_DAY - FIRST_DAY).days
    closed = {FIRST_DAY.date() + timedelta(days=luck.randrange(days)) for _ in range(60)}
    return BusinessCalendar("r", "Random", zone, (*week, (a_range(),)), frozenset(closed))


def reader_of_the_wall(calendar: BusinessCalendar) -> Callable[[datetime], bool]:
    """Whether a desk is open at an instant, by the wall clock and the sheet of hours alone."""
    zone = ZoneInfo(calendar.time_zone)

    def is_open(instant: datetime) -> bool:
        wall = instant.astimezone(zone)
        now = wall.time()
        if wall.date() in calendar.holidays:
            return False
        today = calendar.weekly_hours[wall.weekday()]
        yesterday = calendar.weekly_hours[wall.weekday() - 1]
        return any(
            hours.opens <= now and (now < hours.closes or hours.closes <= hours.opens)
            for hours in today
        ) or any(hours.closes <= hours.opens and now < hours.closes for hours in yesterday)

    return is_open


if __name__ == "__main__":
    main()
