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
from chalicelib.domain.wording import words

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

_Rules = tuple[str, tuple[tuple[_Span, ...], ...], frozenset[int]]
"""Time zone; open seconds of each weekday, cut at midnight, sorted and merged; closed days."""


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
        rules: derived; the same as plain numbers, by which counted weeks are kept.

    Raises:
        InvalidSetting: the zone is unknown, there are not seven days, a time has a zone or a
            fraction of a second, or less than one hour a week is open.
    """

    id: str
    name: str
    time_zone: str
    weekly_hours: tuple[tuple[HourRange, ...], ...]
    holidays: frozenset[date] = frozenset()
    rules: _Rules = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse what cannot work and derive what counting needs."""
        _check_zone(self.time_zone)
        spans = _weekly_spans(self.weekly_hours)
        if sum(closes - opens for day in spans for opens, closes in day) < LEAST_WEEKLY_SECONDS:
            reason = words("The calendar needs at least one opening hour in a week.")
            raise InvalidSetting("hours", reason)
        closed = frozenset(day.toordinal() - _EPOCH_ORDINAL for day in self.holidays)
        object.__setattr__(self, "rules", (self.time_zone, spans, closed))


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
    reached, missing = _seconds_of(start), seconds
    block = reached // _WEEK_SECONDS
    while missing > 0:
        spans, whole_week = _open_week(calendar.rules, block)
        if reached <= block * _WEEK_SECONDS and whole_week < missing:
            missing -= whole_week
        else:
            reached, missing = _walked(spans, reached, missing)
        block += 1
    return _instant(reached)


def business_seconds_between(calendar: BusinessCalendar, start: datetime, end: datetime) -> int:
    """How many business seconds lie from ``start`` to ``end``; zero when ``end`` is not later.

    Fractions of a second are dropped from both, so that neighbouring intervals add up exactly.

    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> business_seconds_between(always_open(), monday, monday + timedelta(minutes=2))
    120
    """
    begin, stop = _seconds_of(start), max(_seconds_of(start), _seconds_of(end))
    total = 0
    for block in range(begin // _WEEK_SECONDS, -(-stop // _WEEK_SECONDS)):
        spans, whole_week = _open_week(calendar.rules, block)
        if begin <= block * _WEEK_SECONDS and (block + 1) * _WEEK_SECONDS <= stop:
            total += whole_week
        else:
            for opens, closes in spans:
                if begin < closes and opens < stop:
                    total += min(stop, closes) - max(begin, opens)
    return total


def add_business_days(calendar: BusinessCalendar, start: datetime, days: int) -> datetime:
    """The same time of day on the wall, so many days of work later.

    A day of work is one with any open hours that is no holiday. Three days from a Friday noon are
    Wednesday noon in a desk that works from Monday to Friday. Zero or less adds nothing.

    >>> add_business_days(always_open(), datetime(2026, 3, 6, 12, tzinfo=UTC), 2).isoformat()
    '2026-03-08T12:00:00+00:00'
    """
    zone = ZoneInfo(calendar.time_zone)
    wall = start.astimezone(zone)
    missing = days
    while missing > 0:
        # Adding to a local time moves the wall's hands and no seconds: a day may have 23 hours.
        wall += timedelta(days=1)
        spans = calendar.rules[1][wall.weekday()]
        missing -= bool(spans) and wall.date() not in calendar.holidays
    return wall.astimezone(UTC)


def business_spans(
    calendar: BusinessCalendar, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """The stretches of business time from ``start`` to ``end``, in order, none touching the next.

    Their lengths add up to ``business_seconds_between`` of the same interval.
    """
    begin, stop = _seconds_of(start), _seconds_of(end)
    blocks = range(begin // _WEEK_SECONDS, -(-stop // _WEEK_SECONDS))
    spans = (span for block in blocks for span in _open_week(calendar.rules, block)[0])
    for opens, closes in _merged(_clipped(spans, begin, stop)):
        yield _instant(opens), _instant(closes)


def _walked(spans: Iterable[_Span], reached: int, missing: int) -> tuple[int, int]:
    """Walk through one week's spans: the second that was reached, and what is still missing."""
    for from_second, closes in spans:
        opens = max(from_second, reached)
        if opens < closes:
            reached = min(closes, opens + missing)
            missing -= reached - opens
            if not missing:
                break
    return reached, missing


def _clipped(spans: Iterable[_Span], begin: int, stop: int) -> Iterator[_Span]:
    """The parts of spans that lie between two seconds."""
    for from_second, to_second in spans:
        opens, closes = max(begin, from_second), min(stop, to_second)
        if opens < closes:
            yield opens, closes


@lru_cache(maxsize=4096)
def _open_week(rules: _Rules, block: int) -> tuple[tuple[_Span, ...], int]:
    """The open spans of one week of UTC seconds, in order, and their sum.

    Weeks are counted from 1970-01-01, a Thursday; they are only pieces to remember.
    """
    time_zone, weekdays, closed_days = rules
    spans = []
    for begins, ends, offset in _offsets(time_zone, block):
        first_day, last_day = (begins + offset) // DAY_SECONDS, (ends + offset - 1) // DAY_SECONDS
        for day in range(first_day, last_day + 1):
            if day in closed_days:
                continue
            midnight = day * DAY_SECONDS - offset
            for from_second, to_second in weekdays[(day + _EPOCH_WEEKDAY) % _WEEK_DAYS]:
                opens, closes = midnight + from_second, midnight + to_second
                if begins < closes and opens < ends:
                    spans.append((max(begins, opens), min(ends, closes)))
    return tuple(spans), sum(closes - opens for opens, closes in spans)


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
        raise InvalidSetting("hours", words("The calendar needs seven days, Monday first."))
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
        reason = words("Hours are plain times on the wall clock: no zone, no fraction of a second.")
        raise InvalidSetting("hours", reason)
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
        reason = words(
            "The time zone {time_zone} is unknown; use a name such as Europe/Lisbon.",
            time_zone=time_zone,
        )
        raise InvalidSetting("time_zone", reason) from error


def _seconds_of(instant: datetime) -> int:
    since = instant - _EPOCH
    return since.days * DAY_SECONDS + since.seconds


def _instant(second: int) -> datetime:
    return _EPOCH + timedelta(seconds=second)
