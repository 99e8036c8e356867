"""By which words a customer is found: the beginnings of his name, his addresses and their domains."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

SHORTEST = 2
"""Fewer letters than this find nothing: they would find everybody."""

_MOST_OF_NAME = 6
_LONGEST = 100
_BETWEEN = re.compile(r"[^\w]+")


def words_of(name: str, addresses: Iterable[str]) -> frozenset[str]:
    """Every word by whose beginning this customer is found.

    >>> sorted(words_of("Ána Example-Braga", ["Ana@mail.example.org"]))
    ['ana', 'ana@mail.example.org', 'braga', 'example', 'example.org', 'mail.example.org']
    """
    words = set(_plain_words(name)[:_MOST_OF_NAME])
    for address in addresses:
        whole = _folded(address)
        words.add(whole)
        words.update(_domains(whole.rpartition("@")[2]))
    return frozenset(_cut(word) for word in words if len(word) >= SHORTEST)


def tokens_of(text: str) -> tuple[str, ...]:
    """What somebody typed, as it is compared; addresses and domains stay whole.

    >>> tokens_of("  Braga, ANA ana@Exa ")
    ('braga', 'ana', 'ana@exa')
    """
    tokens: list[str] = []
    for part in _folded(text).split():
        if "@" in part or "." in part.strip("."):
            tokens.append(part.strip(".,;<>"))
        else:
            tokens += _plain_words(part)
    return tuple(_cut(token) for token in tokens if token)


def fit(tokens: Sequence[str], words: Iterable[str]) -> bool:
    """Whether each of them is the beginning of a word.

    >>> fit(("an", "bra"), {"ana", "braga"}), fit(("an", "bo"), {"ana", "braga"})
    (True, False)
    """
    known = tuple(words)
    return all(any(word.startswith(token) for word in known) for token in tokens)


def _plain_words(text: str) -> list[str]:
    return [word for word in _BETWEEN.split(_folded(text)) if word]


def _domains(domain: str) -> list[str]:
    """A domain and those above it, down to two labels."""
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(max(1, len(labels) - 1))]


def _folded(text: str) -> str:
    """Without case and accents, and without the sign that parts the words of a key."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("#", " "))
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).strip()


def _cut(word: str) -> str:
    return word[:_LONGEST]
