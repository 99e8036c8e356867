"""Sentences that are said to a person: English where they are made, any language where they are told.

A rule refuses in words, and does not know who reads them. ``Words`` is the English sentence, filled
in, so it can be logged, compared and stored like every text; and it remembers what it was made of,
so the edge that tells it can look it up in a catalogue (``translations/telling.py``). Pybabel finds
the sentences by the names of these functions, so each is called with the sentence itself.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

Value = str | int | float
_NONE: Mapping[str, Value] = MappingProxyType({})


class Words(str):
    """A sentence in English that can be told in another language.

    Attributes:
        template: the sentence with ``{names}`` where the values stand.
        many: the same of several; empty where the sentence counts nothing.
        amount: how many it counts.
        values: what stands in; those that are ``Words`` themselves are told in the language too.
    """

    __slots__ = ("amount", "many", "template", "values")
    template: str
    many: str
    amount: int
    values: Mapping[str, Value]

    def __reduce__(self) -> Any:
        """Pickled and copied whole."""
        return _made, (self.template, self.many, self.amount, dict(self.values))


def words(template: str, /, **values: Value) -> Words:
    """A sentence with its values.

    >>> words("Ticket {number} has an owner.", number=7)
    'Ticket 7 has an owner.'
    """
    return _made(template, "", 0, values or _NONE)


def counted(one: str, many: str, /, count: int, **values: Value) -> Words:
    """A sentence about one or several; ``{count}`` stands in both.

    >>> counted("Give {count} value.", "Give at most {count} values.", 3)
    'Give at most 3 values.'
    """
    return _made(one, many, count, {"count": count, **values})


def joined(between: str, parts: Iterable[str]) -> Words:
    """Sentences or names in a row, each told in its own way.

    >>> joined("; ", [words("One."), words("Two.")])
    'One.; Two.'
    """
    values = {f"part{place}": part for place, part in enumerate(parts)}
    return _made(between.join(f"{{{name}}}" for name in values), "", 0, values)


def _made(template: str, many: str, count: int, values: Mapping[str, Value]) -> Words:
    chosen = many if many and count != 1 else template
    made = Words(chosen.format(**values))
    made.template, made.many, made.amount, made.values = template, many, count, values
    return made
