"""Instants and days in words, in a language and a time zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def moment_in_words(at: datetime, language: str, zone: str = "UTC") -> str:
    """Date and time as people of this language write them, with the zone's short name.

    >>> from datetime import UTC
    >>> moment_in_words(datetime(2026, 3, 6, 17, 30, tzinfo=UTC), "en")
    '6 March 2026, 17:30 UTC'
    """
    # Babel's locale data are only read where a date is shown: they cost start-up time.
    from babel.dates import format_datetime

    local = at.astimezone(ZoneInfo(zone))
    shown = format_datetime(local, _PATTERNS.get(language, _PATTERNS["en"]), locale=language)
    return f"{shown} {local.tzname()}"


def day_in_words(day: str, language: str) -> str:
    """A day in ISO form as people of this language write it; what is no day stays as it is.

    >>> day_in_words("2028-02-29", "pt_PT"), day_in_words("soon", "en")
    ('29 de fevereiro de 2028', 'soon')
    """
    from babel.dates import format_date

    pattern = _PATTERNS.get(language, _PATTERNS["en"]).partition(",")[0]
    try:
        return str(format_date(date.fromisoformat(day), pattern, locale=language))
    except ValueError:
        return day


# One pattern a language, in 24 hours: the medium formats of CLDR abbreviate months differently
# from release to release, and agents and customers would read different dates.
_PATTERNS = {
    "en": "d MMMM y, HH:mm",
    "pt_BR": "d 'de' MMMM 'de' y, HH:mm",
    "pt_PT": "d 'de' MMMM 'de' y, HH:mm",
    "es": "d 'de' MMMM 'de' y, HH:mm",
}
