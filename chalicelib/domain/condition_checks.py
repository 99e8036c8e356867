"""What is wrong with conditions when they are saved: names that lead nowhere, and contradictions."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import reduce
from typing import Any

from chalicelib.domain.condition_fields import (
    KINDS,
    OF_A_MOMENT,
    OPERATORS_OF,
    WITHOUT_VALUE,
    Field,
    Operator,
    ValueKind,
    custom_id,
    kind_of_custom,
)
from chalicelib.domain.desk import Desk
from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.names import OPERATORS, field_name, one_of, value_name
from chalicelib.domain.predicate import LEVELS, Condition, Facts, Predicate, rank
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Channel
from chalicelib.domain.wording import Words, words

_ANY_OTHER = "\x00zzyzx"
_SETS = frozenset({ValueKind.SET, ValueKind.HOURS})
_TEXTS = frozenset({ValueKind.TEXT, ValueKind.WORDS})


def check_conditions(desk: Desk, owner: str, asked: Predicate, *, of_a_moment: bool) -> None:
    """Refuse conditions that cannot be asked here, or that no ticket ever fulfils.

    Args:
        owner: the setting, as the refusal names it.
        of_a_moment: whether they are asked while something happens, with a message at hand.

    Raises:
        InvalidSetting: the first thing that is wrong, in words.
    """
    for group, conditions in (("all_of", asked.all_of), ("any_of", asked.any_of)):
        for place, condition in enumerate(conditions):
            where = f"{owner}.conditions.{group}.{place}"
            if condition.field in OF_A_MOMENT and not of_a_moment:
                reason = words(
                    "{field} is known only while a message comes in; ask it in a rule on events.",
                    field=field_name(condition.field),
                )
                raise InvalidSetting(f"{where}.field", reason)
            _check_one(desk, where, condition)
    clash = contradiction(desk, asked)
    if clash:
        said = reduce(_and_also, map(in_words, clash))
        reason = words("No ticket can be all of this: {said}. Take one of them out.", said=said)
        raise InvalidSetting(f"{owner}.conditions", reason)


def _and_also(one: Words, other: Words) -> Words:
    return words("{one}; and {other}", one=one, other=other)


def contradiction(desk: Desk, asked: Predicate) -> tuple[Condition, ...]:
    """Conditions that can never hold together; empty where they can."""
    clash = _clash(desk, asked.all_of)
    if clash or not asked.any_of:
        return clash
    clashes = [_clash(desk, (*asked.all_of, each)) for each in asked.any_of]
    return clashes[0] if all(clashes) else ()


def kind_of(desk: Desk, field: str) -> ValueKind | None:
    """What a field holds; None for one that there is not."""
    name = custom_id(field)
    if name:
        known = desk.fields.get(name)
        return kind_of_custom(known) if known else None
    return KINDS[Field(field)]


def in_words(condition: Condition) -> Words:
    """A condition as a refusal quotes it."""
    field, operator = field_name(condition.field), OPERATORS[condition.operator]
    if not condition.values:
        return words("{field} {operator}", field=field, operator=operator)
    values = one_of(value_name(condition.field, value) for value in condition.values)
    return words("{field} {operator} {values}", field=field, operator=operator, values=values)


def _check_one(desk: Desk, where: str, condition: Condition) -> None:
    kind = kind_of(desk, condition.field)
    if kind is None:
        name = custom_id(condition.field)
        raise InvalidSetting(
            f"{where}.field", words("There is no field {name}; create it first.", name=name)
        )
    if condition.operator not in OPERATORS_OF[kind]:
        known = ", ".join(OPERATORS_OF[kind])
        reason = words(
            "{field} cannot be asked “{operator}”; use one of {known}.",
            field=field_name(condition.field),
            operator=condition.operator,
            known=known,
        )
        raise InvalidSetting(f"{where}.operator", reason)
    entries = _entries(desk, condition.field)
    for value in condition.values:
        _check_value(where, kind, value)
        if entries is not None and value not in entries:
            reason = words(
                "There is no such entry: {value}. Create it first, or choose another.", value=value
            )
            raise InvalidSetting(f"{where}.values", reason)


def _check_value(where: str, kind: ValueKind, value: str) -> None:
    is_date = value.count("-") > 1
    found = rank(value.strip())
    if kind is ValueKind.NUMBER and (found is None or is_date):
        raise InvalidSetting(f"{where}.values", words("{value} is no number.", value=value))
    if kind is ValueKind.DATE and (found is None or not is_date):
        raise InvalidSetting(
            f"{where}.values", words("{value} is no date; write it like 2030-01-31.", value=value)
        )


def _entries(desk: Desk, field: str) -> Iterable[str] | None:
    """What a value must be one of; None where any text may stand."""
    custom = desk.fields.get(custom_id(field))
    if custom:
        return custom.choices or None
    known: Mapping[str, Mapping[str, Any] | Iterable[str]] = {
        Field.DEPARTMENT: desk.departments,
        Field.TOPIC: desk.topics,
        Field.MAILBOX: desk.mailboxes,
        Field.ASSIGNEE: desk.agents,
        Field.TYPE: desk.ticket_types,
        Field.ORGANISATION: desk.organisations,
        Field.BUSINESS_HOURS: desk.calendars,
        Field.STATUS: tuple(Status),
        Field.CHANNEL: tuple(Channel),
        Field.LANGUAGE: desk.profile.languages,
    }
    return known.get(field)


def _clash(desk: Desk, conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    by_field: dict[str, list[Condition]] = {}
    for condition in conditions:
        by_field.setdefault(condition.field, []).append(condition)
    for field, asked in by_field.items():
        kind = kind_of(desk, field)
        if len(asked) > 1 and kind and not _can_hold(kind, asked):
            return tuple(asked)
    return ()


def _can_hold(kind: ValueKind, asked: list[Condition]) -> bool:
    """Whether some value fulfils every one of these; each way that there could be is tried."""
    field = asked[0].field
    tries: list[Facts] = [{field: value} for value in _candidates(kind, asked)]
    return any(all(c.holds(facts) for c in asked) for facts in tries)


def _candidates(kind: ValueKind, asked: list[Condition]) -> Iterable[str | frozenset[str]]:
    values = {value for c in asked for value in c.wanted if c.operator not in WITHOUT_VALUE}
    unwanted = {
        value for c in asked if c.operator in (Operator.HAS_NOT, Operator.OUTSIDE)
        for value in c.wanted
    }  # fmt: skip
    if kind is ValueKind.LEVEL:
        return LEVELS
    if kind is ValueKind.FLAG:
        return ("yes", "")
    if kind in _SETS:
        return (frozenset(values - unwanted), frozenset({_ANY_OTHER}), frozenset())
    if kind in (ValueKind.NUMBER, ValueKind.DATE):
        return (*values, *_between(kind, asked), _ANY_OTHER, "")
    if kind in _TEXTS:
        return (*values, _text(asked), _ANY_OTHER, "")
    return (*values, _ANY_OTHER, "")


def _between(kind: ValueKind, asked: list[Condition]) -> Iterable[str]:
    """Values on both sides of each that is named, so that a "not" at a bound leaves a way."""
    ranks = [found for c in asked for v in c.wanted if (found := rank(v)) is not None]
    if kind is ValueKind.NUMBER:
        return [str(found + near) for found in ranks for near in (-0.001, 0.001)]
    days = [int(found) + near for found in ranks for near in (-1, 1)]
    return [date.fromordinal(day).isoformat() for day in days if day > 0]


def _text(asked: list[Condition]) -> str:
    """A text with everything that it is to contain and, as far as can be, nothing else."""
    unwanted = [
        v for c in asked if c.operator in (Operator.CONTAINS_NOT, Operator.HAS_NOT)
        for v in c.wanted
    ]  # fmt: skip
    parts = [
        next((v for v in sorted(c.wanted) if not any(no in v for no in unwanted)), "")
        for c in asked
        if c.operator in (Operator.CONTAINS, Operator.HAS)
    ]
    return f" {_ANY_OTHER} ".join(parts)
