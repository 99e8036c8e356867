"""A calendar invitation as a few lines of text: what, when, where, from whom."""

import re

_UNESCAPE = re.compile(r"\\([nN,;\\])")
_SHOWN = (
    ("SUMMARY", ""),
    ("DTSTART", "Start: "),
    ("DTEND", "End: "),
    ("LOCATION", "Place: "),
    ("ORGANIZER", "Organizer: "),
    ("STATUS", "Status: "),
    ("DESCRIPTION", "\n"),
)
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z)?)?\Z")
_MAX_CHARACTERS = 200_000


def calendar_text(ics: str) -> str:
    r"""The first event of an iCalendar file as text; empty when there is none.

    >>> calendar_text("BEGIN:VEVENT\nSUMMARY:Demo\nDTSTART:20260203T090000Z\nEND:VEVENT")
    'Demo\nStart: 2026-02-03 09:00 UTC'
    """
    values = _first_event(ics[:_MAX_CHARACTERS])
    lines = [label + values[name] for name, label in _SHOWN if values.get(name)]
    return "\n".join(lines).strip()


def _first_event(ics: str) -> dict[str, str]:
    values: dict[str, str] = {}
    inside = False
    for line in re.sub(r"\r?\n[ \t]", "", ics).splitlines():
        upper = line[:20].strip().upper()
        if upper in ("BEGIN:VEVENT", "BEGIN:VTODO"):
            inside = True
        elif upper in ("END:VEVENT", "END:VTODO", "BEGIN:VALARM"):
            if values:
                break
        elif inside and ":" in line:
            name, value = _property(line)
            values.setdefault(name, value)
    return values


def _property(line: str) -> tuple[str, str]:
    """Name and readable value of a content line; quoted parameters may hold colons."""
    head, _, value = _outside_quotes(line)
    name, *parameters = head.split(";")
    name = name.strip().upper()
    value = _UNESCAPE.sub(lambda m: "\n" if m.group(1) in "nN" else m.group(1), value.strip())
    if name in ("DTSTART", "DTEND"):
        return name, _moment(value, parameters)
    return name, value[7:] if value.lower().startswith("mailto:") else value


def _outside_quotes(line: str) -> tuple[str, str, str]:
    quoted = False
    for position, character in enumerate(line[:1_000]):
        if character == '"':
            quoted = not quoted
        elif character == ":" and not quoted:
            return line[:position], ":", line[position + 1 :]
    return line.partition(":")


def _moment(value: str, parameters: list[str]) -> str:
    match = _MOMENT.match(value)
    if match is None:
        return value
    year, month, day, hour, minute, utc = match.groups()
    zones = [text[5:].strip('"') for text in parameters if text.upper().startswith("TZID=")]
    zone = "UTC" if utc else "".join(zones[:1])
    time = f" {hour}:{minute} {zone}" if hour else ""
    return f"{year}-{month}-{day}{time}".rstrip()
