"""How long a mail is tried again, and how long each pause is.

Over its quota SES drops what it is given and keeps no queue, so the waiting is ours.
"""

from datetime import UTC, datetime, timedelta

TRIED_FOR = timedelta(hours=24)
"""A daily quota is whole again by then; later, an answer is better sent anew by a person."""

FIRST_PAUSE_SECONDS = 30
LONGEST_PAUSE_SECONDS = 15 * 60
FAILURES_ALLOWED = 5
"""How often a job may fail for a reason that does not pass by itself before it is put aside."""

_ULID_TIME_CHARACTERS = 10
_ULID_DIGITS = {c: value for value, c in enumerate("0123456789ABCDEFGHJKMNPQRSTVWXYZ")}


def pause_seconds(attempt: int) -> int:
    """How long to wait after this attempt, the first being 1.

    >>> [pause_seconds(attempt) for attempt in (1, 2, 3, 6, 60)]
    [30, 60, 120, 900, 900]
    """
    doubled: int = FIRST_PAUSE_SECONDS * 2 ** min(max(attempt - 1, 0), 10)
    return min(doubled, LONGEST_PAUSE_SECONDS)


def made_at(ulid: str) -> datetime | None:
    """When an id was made, None for a text that is no ULID.

    >>> made_at("01HQXW5P7R0000000000000000").isoformat()
    '2024-03-01T20:44:27.256000+00:00'
    """
    digits = [_ULID_DIGITS.get(c) for c in ulid[:_ULID_TIME_CHARACTERS].upper()]
    if len(ulid) < _ULID_TIME_CHARACTERS or None in digits:
        return None
    milliseconds = 0
    for digit in digits:
        milliseconds = milliseconds * 32 + (digit or 0)
    try:
        return datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None


def is_given_up(since: datetime, now: datetime) -> bool:
    """Whether a mail that was to leave then is no longer tried."""
    return now - since >= TRIED_FOR
