"""Facts that are worked out when they are first asked for, and once: two hundred rules ask few."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

Fact = str | frozenset[str]
_WORD = re.compile(r"\w+")


class Known(Mapping[str, Fact]):
    """What is known, by field; each field is read at most once, and folded once.

    Args:
        beside: more that is known, which stays as it is while this changes.
    """

    __slots__ = ("_beside", "_folded", "_read", "_words")

    def __init__(
        self, read: Mapping[str, Callable[[], Fact]], beside: "Known | None" = None
    ) -> None:
        self._read = read
        self._beside = beside
        self._folded: dict[str, frozenset[str]] = {}
        self._words: dict[str, str] = {}

    @classmethod
    def of(cls, facts: Mapping[str, Fact]) -> "Known":
        """Facts that are there already."""
        return cls({name: partial(facts.__getitem__, name) for name in facts})

    def __getitem__(self, field: str) -> Fact:
        """The fact as it is."""
        if self._beside is not None and self._beside.has(field):
            return self._beside[field]
        return self._read[field]()

    def __iter__(self) -> Iterator[str]:
        """The fields."""
        return iter((*self._read, *(self._beside or ())))

    def __len__(self) -> int:
        """How many fields."""
        return len(self._read) + len(self._beside or ())

    def has(self, field: str) -> bool:
        """Whether the field is one of these."""
        return field in self._read

    def folded(self, field: str) -> frozenset[str]:
        """The texts of a field in lower case, without empty ones."""
        if self._beside is not None and self._beside.has(field):
            return self._beside.folded(field)
        found = self._folded.get(field)
        if found is None:
            read = self._read.get(field)
            fact = read() if read else ""
            texts = fact if isinstance(fact, frozenset) else (fact,)
            found = self._folded[field] = frozenset(t.casefold() for t in texts if t)
        return found

    def words(self, field: str) -> str:
        """The words of a field in a row, each between blanks, so that whole ones can be found."""
        if self._beside is not None and self._beside.has(field):
            return self._beside.words(field)
        found = self._words.get(field)
        if found is None:
            found = self._words[field] = words_of(" ".join(self.folded(field)))
        return found


def words_of(text: str) -> str:
    """The words of a text in lower case, each between blanks.

    >>> words_of("Refund, please: no. 12")
    ' refund please no 12 '
    """
    return f" {' '.join(_WORD.findall(text.casefold()))} "
