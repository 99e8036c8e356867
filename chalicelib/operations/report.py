"""What an operator's command answers: lines for the terminal, and whether all is well."""

import re
from dataclasses import dataclass
from datetime import timedelta

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_SPAN = re.compile(r"([1-9][0-9]{0,4})([mhdw])")


class NotASpan(ValueError):
    """A text that is no length of time; it says what one looks like."""


@dataclass(frozen=True, slots=True)
class Report:
    """Lines to print, and the exit code: 0 when nothing needs a person."""

    lines: tuple[str, ...]
    exit_code: int = 0


def span_of(text: str) -> timedelta:
    """A length of time as it is written on the command line.

    >>> span_of("36h")
    datetime.timedelta(days=1, seconds=43200)

    Raises:
        NotASpan: it is none.
    """
    found = _SPAN.fullmatch(text.strip().lower())
    if not found:
        raise NotASpan(f"{text!r} is no length of time; write 90m, 36h, 7d or 2w.")
    return timedelta(**{_UNITS[found.group(2)]: int(found.group(1))})


def table(rows: list[tuple[str, object]]) -> list[str]:
    """Names on the left, figures on the right, each in one column."""
    width = max(len(name) for name, _ in rows)
    figures = max(len(str(figure)) for _, figure in rows)
    return [f"{name:<{width}}  {figure!s:>{figures}}" for name, figure in rows]
