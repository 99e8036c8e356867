"""Conditions as plain data: a field, an operator, values; one language wherever a rule has an "if".

Nothing here knows a ticket: what is asked is a mapping of facts (``domain/facts.py`` makes it), so a
condition can be stored, shown, tried dry, and asked of a ticket that does not exist yet.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.errors import InvalidSetting

Facts = Mapping[str, str | frozenset[str]]
"""What is known, by field: one text, or a set of them. A field that is missing is empty."""

MOST_CONDITIONS = 20
MOST_VALUES = 50
LEVELS = ("low", "normal", "high", "urgent")


class Field(StrEnum):
    """What a condition can ask about."""

    DEPARTMENT = "department"
    PRIORITY = "priority"
    STATUS = "status"
    TOPIC = "topic"
    TAGS = "tags"
    CHANNEL = "channel"
    MAILBOX = "mailbox"
    ASSIGNEE = "assignee"
    LANGUAGE = "language"
    SUBJECT = "subject"
    REQUESTER_ADDRESS = "requester_address"
    REQUESTER_DOMAIN = "requester_domain"


class Operator(StrEnum):
    """How a field is held against the values; several values are "one of them"."""

    IS = "is"
    IS_NOT = "is_not"
    HAS = "has"
    HAS_NOT = "has_not"
    CONTAINS = "contains"
    CONTAINS_NOT = "contains_not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    IS_EMPTY = "is_empty"
    IS_FILLED = "is_filled"


_WITHOUT_VALUE = frozenset({Operator.IS_EMPTY, Operator.IS_FILLED})
_CHOICE = frozenset({Operator.IS, Operator.IS_NOT, *_WITHOUT_VALUE})
_LEVEL = frozenset({Operator.IS, Operator.IS_NOT, Operator.AT_LEAST, Operator.AT_MOST})
_WORDS = frozenset({Operator.HAS, Operator.HAS_NOT, *_WITHOUT_VALUE})
_TEXT = _CHOICE | {Operator.CONTAINS, Operator.CONTAINS_NOT}

OPERATORS: Mapping[Field, frozenset[Operator]] = {
    Field.DEPARTMENT: _CHOICE,
    Field.PRIORITY: _LEVEL,
    Field.STATUS: _CHOICE,
    Field.TOPIC: _CHOICE,
    Field.TAGS: _WORDS,
    Field.CHANNEL: _CHOICE,
    Field.MAILBOX: _CHOICE,
    Field.ASSIGNEE: _CHOICE,
    Field.LANGUAGE: _CHOICE,
    Field.SUBJECT: _TEXT,
    Field.REQUESTER_ADDRESS: _TEXT,
    Field.REQUESTER_DOMAIN: _CHOICE,
}
"""Which operators a field understands."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One question.

    Attributes:
        values: any of them will do; of a "not", none of them must. Upper and lower case are one.

    Raises:
        InvalidSetting: the field has no such operator, or the values do not go with it.

    >>> Condition(Field.TAGS, Operator.HAS, ("vip",)).holds({"tags": frozenset({"VIP", "new"})})
    True
    """

    field: Field
    operator: Operator
    values: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a question that makes no sense."""
        allowed = OPERATORS[self.field]
        if self.operator not in allowed:
            known = ", ".join(sorted(allowed))
            reason = (
                f"The field {self.field} cannot be asked {self.operator!r}; use one of {known}."
            )
            raise InvalidSetting("operator", reason)
        if self.operator in _WITHOUT_VALUE:
            if self.values:
                raise InvalidSetting("values", f"{self.operator} takes no value; leave it out.")
        elif not self.values or not all(value.strip() for value in self.values):
            raise InvalidSetting("values", f"Say which {self.field} is meant.")
        if len(self.values) > MOST_VALUES:
            raise InvalidSetting("values", f"Give at most {MOST_VALUES} values.")
        if self.field is Field.PRIORITY:
            self._check_levels()

    def holds(self, facts: Facts) -> bool:
        """Whether the answer is yes."""
        known = facts.get(self.field, "")
        own = known if isinstance(known, frozenset) else {known} - {""}
        return _ASK[self.operator]({text.casefold() for text in own}, self)

    @property
    def wanted(self) -> frozenset[str]:
        """The values as they are compared."""
        return frozenset(value.strip().casefold() for value in self.values)

    def _check_levels(self) -> None:
        unknown = self.wanted - set(LEVELS)
        if unknown:
            reason = f"{min(unknown)} is no priority; use one of {', '.join(LEVELS)}."
            raise InvalidSetting("values", reason)
        if self.operator in (Operator.AT_LEAST, Operator.AT_MOST) and len(self.values) > 1:
            raise InvalidSetting("values", f"{self.operator} takes one priority.")


@dataclass(frozen=True, slots=True)
class Predicate:
    """Conditions taken together: every one of the first, and one of the second where there are any.

    Without conditions it holds always.
    """

    all_of: tuple[Condition, ...] = ()
    any_of: tuple[Condition, ...] = ()

    def __post_init__(self) -> None:
        """Refuse more than a person can oversee."""
        if len(self.all_of) + len(self.any_of) > MOST_CONDITIONS:
            raise InvalidSetting("conditions", f"Use at most {MOST_CONDITIONS} conditions.")

    def __bool__(self) -> bool:
        """Whether anything is asked."""
        return bool(self.all_of or self.any_of)

    def holds(self, facts: Facts) -> bool:
        """Whether the facts are as asked."""
        if not all(condition.holds(facts) for condition in self.all_of):
            return False
        return not self.any_of or any(condition.holds(facts) for condition in self.any_of)

    def may_hold_where(self, field: Field, value: str) -> bool:
        """Whether it could hold of something whose ``field`` is ``value``, the rest unknown."""
        facts: Facts = {field: value}
        asked = [c for c in self.all_of if c.field is field]
        if not all(condition.holds(facts) for condition in asked):
            return False
        return not self.any_of or any(c.field is not field or c.holds(facts) for c in self.any_of)


_Answer = Callable[[set[str], Condition], bool]


def _is(own: set[str], asked: Condition) -> bool:
    if asked.field is Field.REQUESTER_DOMAIN:
        # As with blocked senders, a domain stands for those below it too.
        return any(have == d or have.endswith(f".{d}") for have in own for d in asked.wanted)
    return not own.isdisjoint(asked.wanted)


def _contains(own: set[str], asked: Condition) -> bool:
    return any(part in have for have in own for part in asked.wanted)


def _level(own: set[str]) -> int:
    return max((LEVELS.index(text) for text in own if text in LEVELS), default=-1)


_ASK: Mapping[Operator, _Answer] = {
    Operator.IS: _is,
    Operator.IS_NOT: lambda own, asked: not _is(own, asked),
    Operator.HAS: _is,
    Operator.HAS_NOT: lambda own, asked: not _is(own, asked),
    Operator.CONTAINS: _contains,
    Operator.CONTAINS_NOT: lambda own, asked: not _contains(own, asked),
    Operator.AT_LEAST: lambda own, asked: _level(own) >= _level(set(asked.wanted)),
    Operator.AT_MOST: lambda own, asked: _level(own) <= _level(set(asked.wanted)),
    Operator.IS_EMPTY: lambda own, _: not own,
    Operator.IS_FILLED: lambda own, _: bool(own),
}
