"""Conditions as plain data: a field, an operator, values; one language wherever a rule has an "if".

Nothing here knows a ticket: what is asked is a mapping of facts (``domain/facts.py`` makes it), so a
condition can be stored, shown, tried dry, and asked of a ticket that does not exist yet. Whether
what a condition names exists, and whether conditions contradict each other, is looked at when they
are saved (``domain/condition_checks.py``): a set-up that was stored before is always read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from chalicelib.domain.condition_fields import (
    DOMAINS,
    KINDS,
    OPERATORS_OF,
    ORDERED,
    WITHOUT_VALUE,
    Field,
    Operator,
    custom_id,
)
from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.known_facts import Known, words_of
from chalicelib.domain.names import field_name
from chalicelib.domain.wording import words

__all__ = ["LEVELS", "OPERATORS", "Condition", "Facts", "Field", "Operator", "Predicate"]

Facts = Mapping[str, str | frozenset[str]]
"""What is known, by field: one text, or a set of them. A field that is missing is empty."""

MOST_CONDITIONS = 20
MOST_VALUES = 50
LEVELS = ("low", "normal", "high", "urgent")

OPERATORS: Mapping[Field, frozenset[Operator]] = {
    field: frozenset(OPERATORS_OF[kind]) for field, kind in KINDS.items()
}
"""Which operators a field understands."""


@dataclass(frozen=True)
class Condition:
    """One question.

    Attributes:
        field: one of ``Field``, or ``field:`` and the id of one of the desk's own fields.
        values: any of them will do; of a "not", none of them must. Upper and lower case are one.

    Raises:
        InvalidSetting: the field has no such operator, or the values do not go with it.

    >>> Condition(Field.TAGS, Operator.HAS, ("vip",)).holds({"tags": frozenset({"VIP", "new"})})
    True
    """

    field: Field | str
    operator: Operator
    values: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a question that makes no sense."""
        if not custom_id(self.field):
            self._check_operator()
        if self.operator in WITHOUT_VALUE:
            if self.values:
                raise InvalidSetting(
                    "values",
                    words("“{operator}” takes no value; leave it out.", operator=self.operator),
                )
        elif not self.values or not all(value.strip() for value in self.values):
            raise InvalidSetting(
                "values", words("Say which {field} is meant.", field=field_name(self.field))
            )
        if len(self.values) > MOST_VALUES:
            raise InvalidSetting("values", words("Give at most {most} values.", most=MOST_VALUES))
        if self.operator in ORDERED and len(self.values) > 1:
            raise InvalidSetting(
                "values", words("“{operator}” takes one value.", operator=self.operator)
            )
        if self.field == Field.PRIORITY:
            self._check_levels()

    def holds(self, facts: Facts) -> bool:
        """Whether the answer is yes."""
        known = facts if isinstance(facts, Known) else Known.of(facts)
        return _ASK[self.operator](known, self)

    @cached_property
    def wanted(self) -> frozenset[str]:
        """The values as they are compared."""
        return frozenset(value.strip().casefold() for value in self.values)

    @cached_property
    def wanted_words(self) -> tuple[str, ...]:
        """The values as whole words are looked for."""
        return tuple(words_of(value) for value in self.values)

    @cached_property
    def bound(self) -> float:
        """The one value of an ordered question; nothing reaches what is no number and no date."""
        found = rank(next(iter(self.wanted), ""))
        return float("nan") if found is None else found

    def _check_operator(self) -> None:
        try:
            allowed = OPERATORS[Field(self.field)]
        except ValueError as error:
            reason = words(
                "Nothing is known by the name of “{field}”; choose one of the fields.",
                field=self.field,
            )
            raise InvalidSetting("field", reason) from error
        if self.operator not in allowed:
            known = ", ".join(sorted(allowed))
            reason = words(
                "The field {field} cannot be asked “{operator}”; use one of {known}.",
                field=self.field,
                operator=self.operator,
                known=known,
            )
            raise InvalidSetting("operator", reason)

    def _check_levels(self) -> None:
        unknown = self.wanted - set(LEVELS)
        if unknown:
            reason = words(
                "{value} is no priority; use one of {known}.",
                value=min(unknown),
                known=", ".join(LEVELS),
            )
            raise InvalidSetting("values", reason)


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
            raise InvalidSetting(
                "conditions", words("Use at most {most} conditions.", most=MOST_CONDITIONS)
            )

    def __bool__(self) -> bool:
        """Whether anything is asked."""
        return bool(self.all_of or self.any_of)

    def holds(self, facts: Facts) -> bool:
        """Whether the facts are as asked."""
        known = facts if isinstance(facts, Known) else Known.of(facts)
        if not all(condition.holds(known) for condition in self.all_of):
            return False
        return not self.any_of or any(condition.holds(known) for condition in self.any_of)

    def may_hold_where(self, field: Field | str, value: str) -> bool:
        """Whether it could hold of something whose ``field`` is ``value``, the rest unknown."""
        facts: Facts = {field: value}
        asked = [c for c in self.all_of if c.field == field]
        if not all(condition.holds(facts) for condition in asked):
            return False
        return not self.any_of or any(c.field != field or c.holds(facts) for c in self.any_of)


ALWAYS = Predicate()
"""Nothing is asked."""


def rank(text: str) -> float | None:
    """Where a value stands among its like: a priority, a number or a day; None for neither."""
    if text in LEVELS:
        return LEVELS.index(text)
    try:
        return float(text)
    except ValueError:
        pass
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None


_Answer = Callable[[Known, Condition], bool]


def _is(known: Known, asked: Condition) -> bool:
    own = known.folded(asked.field)
    if asked.field in DOMAINS:
        return any(have == d or have.endswith(f".{d}") for have in own for d in asked.wanted)
    return not own.isdisjoint(asked.wanted) or _is_number(own, asked)


def _is_number(own: frozenset[str], asked: Condition) -> bool:
    """12 is 12.0, as a person would say."""
    if not custom_id(asked.field):
        return False
    ranks = {rank(have) for have in own} - {None}
    return not ranks.isdisjoint({rank(text) for text in asked.wanted})


def _has(known: Known, asked: Condition) -> bool:
    if asked.field == Field.BODY:
        words = known.words(asked.field)
        return any(part in words for part in asked.wanted_words)
    return not known.folded(asked.field).isdisjoint(asked.wanted)


def _contains(known: Known, asked: Condition) -> bool:
    return any(part in have for have in known.folded(asked.field) for part in asked.wanted)


def _at_least(known: Known, asked: Condition) -> bool:
    return any(r is not None and r >= asked.bound for r in map(rank, known.folded(asked.field)))


def _at_most(known: Known, asked: Condition) -> bool:
    return any(r is not None and r <= asked.bound for r in map(rank, known.folded(asked.field)))


def _not(answer: _Answer) -> _Answer:
    return lambda known, asked: not answer(known, asked)


def _is_filled(known: Known, asked: Condition) -> bool:
    return bool(known.folded(asked.field))


def _is_true(known: Known, asked: Condition) -> bool:
    return "yes" in known.folded(asked.field)


_ASK: Mapping[Operator, _Answer] = {
    Operator.IS: _is,
    Operator.IS_NOT: _not(_is),
    Operator.HAS: _has,
    Operator.HAS_NOT: _not(_has),
    Operator.CONTAINS: _contains,
    Operator.CONTAINS_NOT: _not(_contains),
    Operator.AT_LEAST: _at_least,
    Operator.AT_MOST: _at_most,
    Operator.IS_EMPTY: _not(_is_filled),
    Operator.IS_FILLED: _is_filled,
    Operator.IS_TRUE: _is_true,
    Operator.IS_FALSE: _not(_is_true),
    Operator.INSIDE: _has,
    Operator.OUTSIDE: _not(_has),
}
