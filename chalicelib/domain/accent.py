"""The desk's one colour, and the colours made of it that can be read (WCAG 2.2, 1.4.3)."""

import re

LEAST_CONTRAST = 4.5
DARK_INK = "#14171c"
LIGHT_INK = "#ffffff"
FALLBACK = "#2f5bd0"
_STEPS = 40
_HEX = re.compile(r"#[0-9a-f]{6}")


def accent_of(colour: str) -> str:
    """The colour if it is ``#rrggbb``, else the product's own.

    >>> accent_of("#2F5BD0"), accent_of("red; }")
    ('#2f5bd0', '#2f5bd0')
    """
    lowered = colour.strip().lower()
    return lowered if _HEX.fullmatch(lowered) else FALLBACK


def ink_on(background: str) -> str:
    """Black or white, whichever reads better on this colour.

    >>> ink_on("#2f5bd0"), ink_on("#ffd54a")
    ('#ffffff', '#14171c')
    """
    return max((LIGHT_INK, DARK_INK), key=lambda ink: contrast(ink, background))


def readable_on(background: str, colour: str) -> str:
    """The colour, moved towards black or white until it can be read on this background."""
    ink = ink_on(background)
    for step in range(_STEPS + 1):
        candidate = _mixed(colour, ink, step / _STEPS)
        if contrast(candidate, background) >= LEAST_CONTRAST:
            return candidate
    return ink


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21.

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
