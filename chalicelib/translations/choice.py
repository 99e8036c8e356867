"""Which language somebody is spoken to in: what was asked for, else what the browser prefers."""

from collections.abc import Iterable, Sequence

_MOST_PREFERENCES = 20


def choose_language(asked: str, accept_language: str, offered: Sequence[str]) -> str:
    """One of the offered languages; the first of them where nothing fits.

    >>> choose_language("", "pt;q=0.4, es-MX, en;q=0.8", ("en", "pt_BR", "es"))
    'es'
    >>> choose_language("pt_BR", "es", ("en", "pt_BR", "es"))
    'pt_BR'
    """
    for tag in (asked, *_preferred(accept_language)):
        found = _offered_for(tag, offered)
        if found:
            return found
    return offered[0]


def _preferred(header: str) -> Iterable[str]:
    """Language tags of an Accept-Language header, best first (RFC 9110, 12.5.4)."""
    weighted = []
    for part in header.split(",")[:_MOST_PREFERENCES]:
        tag, _, parameter = part.partition(";")
        try:
            weight = float(parameter.strip().removeprefix("q=") or "1")
        except ValueError:
            weight = 0.0
        weighted.append((weight, tag.strip()))
    ranked = sorted(weighted, key=lambda pair: -pair[0])
    return [tag for weight, tag in ranked if weight > 0]


def _offered_for(tag: str, offered: Sequence[str]) -> str | None:
    wanted = tag.replace("-", "_").casefold()
    for language in offered:
        if language.casefold() == wanted:
            return language
    stem = wanted.partition("_")[0]
    same_stem = (language for language in offered if language.partition("_")[0] == stem)
    return next(same_stem, None) if stem else None
