"""Code that somebody fenced off with three backticks: whatever is in it, he put it there."""

from collections.abc import Sequence

_FENCES = ("```", "~~~")


def fenced(lines: Sequence[str]) -> list[bool]:
    """Which lines stand between two fences, these among them; none when one is never closed.

    >>> fenced(["see", "```", "--", "```", "well?"])
    [False, True, True, True, False]
    """
    inside = [False] * len(lines)
    opened: int | None = None
    for index, line in enumerate(lines):
        if not line.lstrip(" ").startswith(_FENCES):
            continue
        if opened is None:
            opened = index
        else:
            inside[opened : index + 1] = [True] * (index + 1 - opened)
            opened = None
    return inside


def below_fences(lines: Sequence[str]) -> int:
    """Where the text goes on below the last closed fence; 0 when there is none."""
    inside = fenced(lines)
    return len(inside) - inside[::-1].index(True) if any(inside) else 0
