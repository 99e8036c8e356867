"""Business time: which seconds of the world count for a desk, and how to add and measure them.

A second counts when the clock on the desk's wall shows a time within its hours and the date on the
wall is no holiday. Everything is whole seconds of UTC; nothing here knows tickets or targets.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from chalicelib.domain.errors import InvalidSetting

DAY_SECONDS = 86_400
LEAST_WEEKLY_SECONDS = 3_600
"""With less than an hour a week, a target of a few days would fall due in another century."""

_WEEK_DAYS = 7
_WEEK_SECONDS = _WEEK_DAYS * DAY_SECONDS
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_WEEKDAY = _EPOCH.weekday()
_EPOCH_ORDINAL = _EPOCH.toordinal()

_Span = tuple[int, int]
"""From (inclusive) and to (exclusive), in seconds."""


@dataclass(frozen=True, slots=True)
class HourRange:
    """Hours of one day on the wall clock; ``closes`` at or before ``opens`` is on the next day.

    ``time(0)`` as ``closes`` is therefore the end of the day, and equal times are 24 hours.
    """

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """When a desk is at work.

    Attributes:
        time_zone: IANA name, such as ``Europe/Lisbon``.
        weekly_hours: seven entries, Monday first. Ranges of one day may touch or overlap; a second
            counts once.
        holidays: dates on which nothing counts from midnight to midnight on the wall clock. A
            night shift that began the day before pauses at that midnight.
        open_spans: derived; the open seconds of each weekday, cut at midnight, sorted and merged.
        closed_days: derived; the holidays as days since 1970-01-01.

    Raises:
        InvalidSetting: the zone is unknown, there are not seven days, a time has a zone or a
            fraction of a second, or less than one hour a week is open.
    """

    id: str
    name: str
    time_zone: str
    weekly_hours: tuple[tuple[HourRange, ...], ...]
    holidays: frozenset[date] = frozenset()
    open_spans: tuple[tuple[_Span, ...], ...] = field(init=False, repr=False, compare=False)
    closed_days: frozenset[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse what cannot work and derive what counting needs."""
        _check_zone(self.time_zone)
        spans = _weekly_spans(self.weekly_hours)
        if sum(closes - opens for day in spans for opens, closes in day) < LEAST_WEEKLY_SECONDS:
            reason = "The calendar needs at least one opening hour in a week."
            raise InvalidSetting("weekly_hours", reason)
        closed = frozenset(day.toordinal() - _EPOCH_ORDINAL for day in self.holidays)
        object.__setattr__(self, "open_spans", spans)
        object.__setattr__(self, "closed_days", closed)


def always_open(calendar_id: str = "always") -> BusinessCalendar:
    """Calendar time: every second counts."""
    whole_day = (HourRange(time(0), time(0)),)
    return BusinessCalendar(calendar_id, "Around the clock", "UTC", (whole_day,) * _WEEK_DAYS)


def add_business_seconds(calendar: BusinessCalendar, start: datetime, seconds: int) -> datetime:
    """The earliest instant at which this many business seconds have passed since ``start``.

    Time that runs out exactly when the desk closes is over at closing time, not when it opens
    again. A fraction of a second in ``start`` is dropped; zero or less adds nothing.

    >>> always = always_open()
    >>> add_business_seconds(always, datetime(2026, 3, 6, 17, 30, tzinfo=UTC), 3600).isoformat()
    '2026-03-06T18:30:00+00:00'
    """
    reached = _seconds_of(start)
    missing = seconds
    if missing > 0:
        for opens, closes in _open_seconds(calendar, reached, None):
            reached = opens + missing
            if reached <= closes:
                break
            missing -= closes - opens
    return _instant(reached)


def business_seconds_between(calendar: BusinessCalendar, start: datetime, end: datetime) -> int:
    """How many business seconds lie from ``start`` to ``end``; zero when ``end`` is not later.

    Fractions of a second are dropped from both, so that neighbouring intervals add up exactly.

    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> business_seconds_between(always_open(), monday, monday + timedelta(minutes=2))
    120
    """
    spans = _open_seconds(calendar, _seconds_of(start), _seconds_of(end))
    return sum(closes - opens for opens, closes in spans)


def business_spans(
    calendar: BusinessCalendar, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """The stretches of business time from ``start`` to ``end``, in order, none touching the next.

    Their lengths add up to ``business_seconds_between`` of the same interval.
    """
    spans = _open_seconds(calendar, _seconds_of(start), _seconds_of(end))
    for opens, closes in _merged(spans):
        yield _instant(opens), _instant(closes)


def _open_seconds(calendar: BusinessCalendar, start: int, end: int | None) -> Iterator[_Span]:
    """Open stretches of UTC seconds; a None end never stops. Neighbours may touch."""
    while end is None or start < end:
        block = start // _WEEK_SECONDS
        for begins, ends, offset in _offsets(calendar.time_zone, block):
            begin = max(start, begins)
            stop = ends if end is None else min(end, ends)
            if begin < stop:
                for opens, closes in _open_on_the_wall(calendar, begin + offset, stop + offset):
                    yield opens - offset, closes - offset
        start = (block + 1) * _WEEK_SECONDS


def _open_on_the_wall(calendar: BusinessCalendar, begin: int, stop: int) -> Iterator[_Span]:
    """Open stretches of wall-clock seconds since 1970 on the wall, while the offset is the same."""
    for day in range(begin // DAY_SECONDS, -(-stop // DAY_SECONDS)):
        if day in calendar.closed_days:
            continue
        midnight = day * DAY_SECONDS
        for from_second, to_second in calendar.open_spans[(day + _EPOCH_WEEKDAY) % _WEEK_DAYS]:
            opens, closes = midnight + from_second, midnight + to_second
            if begin <= opens and closes <= stop:
                yield opens, closes
            elif begin < closes and opens < stop:
                yield max(begin, opens), min(stop, closes)


@lru_cache(maxsize=4096)
def _offsets(time_zone: str, block: int) -> tuple[tuple[int, int, int], ...]:
    """One week of UTC cut where the zone's offset changes: (from, to, offset), all in seconds.

    It looks twice a week: no zone on record changed there and back within four days (Freetown
    took that long in 1939), while within a week Gaza will, in 2040.
    """
    zone = ZoneInfo(time_zone)
    begins = block * _WEEK_SECONDS
    pieces = []
    offset = _offset_at(zone, begins)
    for probe in range(begins, begins + _WEEK_SECONDS, _WEEK_SECONDS // 2):
        until = probe + _WEEK_SECONDS // 2
        later = _offset_at(zone, until)
        if later != offset:
            change = _change_between(zone, probe, until)
            pieces.append((begins, change, offset))
            begins, offset = change, later
    pieces.append((begins, (block + 1) * _WEEK_SECONDS, offset))
    return tuple(pieces)


def _change_between(zone: ZoneInfo, before: int, after: int) -> int:
    """The first second with the new offset, by halving."""
    old = _offset_at(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset_at(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _offset_at(zone: ZoneInfo, second: int) -> int:
    # fromtimestamp is three times as fast here as astimezone, and a cold year asks 160 times.
    offset = datetime.fromtimestamp(second, zone).utcoffset() or timedelta()
    return offset.days * DAY_SECONDS + offset.seconds


def _weekly_spans(weekly_hours: tuple[tuple[HourRange, ...], ...]) -> tuple[tuple[_Span, ...], ...]:
    """Open seconds per weekday; what runs past midnight is moved to the day after."""
    if len(weekly_hours) != _WEEK_DAYS:
        raise InvalidSetting("weekly_hours", "The calendar needs seven days, Monday first.")
    days: list[list[_Span]] = [[] for _ in range(_WEEK_DAYS)]
    for weekday, ranges in enumerate(weekly_hours):
        for hours in ranges:
            opens, closes = _second_of_day(hours.opens), _second_of_day(hours.closes)
            if opens < closes:
                days[weekday].append((opens, closes))
            else:
                days[weekday].append((opens, DAY_SECONDS))
                days[(weekday + 1) % _WEEK_DAYS].append((0, closes))
    return tuple(tuple(_merged(sorted(day))) for day in days)


def _second_of_day(wall: time) -> int:
    if wall.tzinfo is not None or wall.microsecond:
        reason = "Hours are plain times on the wall clock: no zone, no fraction of a second."
        raise InvalidSetting("weekly_hours", reason)
    return wall.hour * 3600 + wall.minute * 60 + wall.second


def _merged(spans: Iterable[_Span]) -> Iterator[_Span]:
    """Sorted spans with those that touch or overlap made one, and empty ones left out."""
    current: _Span | None = None
    for begins, ends in spans:
        if begins == ends:
            continue
        if current is not None and begins <= current[1]:
            current = current[0], max(current[1], ends)
        else:
            if current is not None:
                yield current
            current = begins, ends
    if current is not None:
        yield current


def _check_zone(time_zone: str) -> None:
    """The zone data answer in three ways for a name that is none (a folder is an OSError)."""
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        reason = f"The time zone {time_zone!r} is unknown; use a name such as Europe/Lisbon."
        raise InvalidSetting("time_zone", reason) from error


def _seconds_of(instant: datetime) -> int:
    return (instant - _EPOCH) // timedelta(seconds=1)


def _instant(second: int) -> datetime:
    return _EPOCH + timedelta(seconds=second)
