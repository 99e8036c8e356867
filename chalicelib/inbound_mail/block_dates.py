"""Dates as mail clients write them into the header block of a forward: in words, in any language.

A block names no time zone as a rule: the client shows the time as its user's clock had it.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from chalicelib.inbound_mail.identifiers import iso_date, rfc_date

_MAX_CHARACTERS = 160
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_TIME = re.compile(r"(?<!\d)(\d{1,2})[:.h時시](\d{2})(?:[:.](\d{2}))?(?!\d)")
_LATER_HALF = re.compile(r"\bp\.?\s?m\b|下午|午後|오후", re.IGNORECASE)
_EARLIER_HALF = re.compile(r"\ba\.?\s?m\b|上午|午前|오전", re.IGNORECASE)
_ZONE = re.compile(r"(?:GMT|UTC)?([+-])(\d{2}):?(\d{2})\b")
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)\s?[-./年년]\s?(\d{1,2})\s?[-./月월]\s?(\d{1,2})")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([-./])(\d{1,2})[-./](\d{4}|\d{2})(?!\d)")
_WORD = re.compile(r"[^\W\d_]{3,}")
_DAY = re.compile(r"(?<![\d:.])(\d{1,2})(?![\d:])")

# Beginnings of the months' names, for every language that writes them in words; the longer first.
_MONTHS: tuple[tuple[str, ...], ...] = (
    ("jan", "ene", "gen", "янв", "січ", "sty", "led", "tammi", "oca", "ian", "ιαν"),
    ("feb", "fév", "fev", "фев", "лют", "lut", "úno", "helmi", "şub", "φεβ"),
    ("mar", "mär", "mrt", "maa", "мар", "бер", "bře", "már", "μαρ", "mars"),
    ("apr", "abr", "avr", "апр", "кві", "kwi", "dub", "huhti", "nis", "ápr", "απρ"),
    ("may", "mai", "mag", "maj", "mei", "май", "мая", "тра", "kvě", "touko", "máj", "μαΐ", "μάι"),
    (
        "jun",
        "juin",
        "giu",
        "июн",
        "чер",
        "cze",
        "čvn",
        "červn",
        "kesä",
        "haz",
        "jún",
        "ιουν",
        "iun",
    ),
    (
        "jul",
        "juil",
        "lug",
        "июл",
        "лип",
        "lip",
        "čvc",
        "červen",
        "heinä",
        "tem",
        "júl",
        "ιουλ",
        "iul",
    ),
    ("aug", "ago", "aoû", "aou", "авг", "сер", "sie", "srp", "elo", "ağu", "αυγ"),
    ("sep", "set", "сен", "вер", "wrz", "zář", "syys", "eyl", "sze", "σεπ"),
    ("oct", "okt", "out", "ott", "окт", "жов", "paź", "říj", "loka", "eki", "οκτ"),
    ("nov", "ноя", "лис", "lis", "listop", "marras", "kas", "νοέ", "νοε", "noi"),
    ("dec", "dez", "dic", "déc", "dic", "дек", "гру", "gru", "pro", "joulu", "ara", "δεκ"),
)
_BEGINNINGS = sorted(
    ((start, month) for month, starts in enumerate(_MONTHS, start=1) for start in starts),
    key=lambda pair: -len(pair[0]),
)
# Weekdays that begin like a month, and a word that is March or Tuesday.
_WEEKDAYS = ("mardi", "marte", "marți", "maand", "maanantai", "szerda", "середа")
_WEEKDAY_OR_MONTH = ("mar", "maa")


def block_date(value: str, *, forwarded_at: datetime | None, zone: tzinfo) -> datetime | None:
    """The moment that a date in a header block means, as UTC; None when it cannot be told.

    Args:
        value: what stands behind ``Date:`` or ``Sent:``.
        forwarded_at: when the forward was written, aware; what it forwards is not younger.
        zone: the forwarder's offset, for values that name none.
    """
    value = value[:_MAX_CHARACTERS]
    if _ZONE.search(value):
        found = rfc_date(value) or iso_date(value)
        if found is not None:
            return found
    days = _days(value)
    clock = _clock(value)
    if clock is None:
        return None
    moments = []
    for year, month, day in days:
        try:
            local = datetime(year, month, day, *clock, tzinfo=_zone_in(value) or zone)
            moment = local.astimezone(UTC)
        except (ValueError, OverflowError):
            continue
        if forwarded_at is None or moment <= forwarded_at + timedelta(days=1):
            moments.append(moment)
    return moments[0] if len(set(moments)) == 1 else None


def _zone_in(value: str) -> tzinfo | None:
    match = _ZONE.search(value)
    if match is None:
        return None
    offset = timedelta(hours=int(match.group(2)), minutes=int(match.group(3)))
    if offset >= timedelta(hours=24):
        return None
    sign = -1 if match.group(1) == "-" else 1
    return timezone(sign * offset)


def _clock(value: str) -> tuple[int, int, int] | None:
    """Hours, minutes and seconds of the first group that is no date."""
    without_dates = _NUMBERS.sub(" ", value)
    match = _TIME.search(without_dates)
    if match is None:
        return None
    hour, minute, second = (int(group or 0) for group in match.groups())
    if _LATER_HALF.search(value) and hour < 12:
        hour += 12
    elif _EARLIER_HALF.search(value) and hour == 12:
        hour = 0
    return (hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _days(value: str) -> list[tuple[int, int, int]]:
    """Year, month and day; two candidates where day and month cannot be told apart."""
    match = _YEAR_FIRST.search(value)
    if match:
        year, month, day = (int(group) for group in match.groups())
        return [(year, month, day)]
    match = _NUMBERS.search(value)
    if match:
        return _numeric(match, value)
    year_match = _YEAR.search(value)
    month_named = _month_named(value)
    if year_match is None or not month_named:
        return []
    rest = _TIME.sub(" ", value.replace(year_match.group(), " ", 1))
    day_match = _DAY.search(rest)
    return [(int(year_match.group()), month_named, int(day_match.group(1)))] if day_match else []


def _numeric(match: re.Match[str], value: str) -> list[tuple[int, int, int]]:
    first, second, year = int(match.group(1)), int(match.group(3)), int(match.group(4))
    year += 2000 if year < 100 else 0
    if match.group(2) == "." or first > 12:
        return [(year, second, first)]
    if second > 12 or _LATER_HALF.search(value) or _EARLIER_HALF.search(value):
        return [(year, first, second)]
    return [(year, second, first), (year, first, second)]


def _month_named(value: str) -> int:
    """Number of the month in words; 0 when none is named."""
    fallback = 0
    for word in _WORD.findall(value.casefold()):
        month = next((month for start, month in _BEGINNINGS if word.startswith(start)), 0)
        if not month or word.startswith(_WEEKDAYS):
            continue
        if word not in _WEEKDAY_OR_MONTH:
            return month
        fallback = fallback or month
    return fallback
