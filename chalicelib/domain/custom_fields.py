"""Types of tickets and the fields that an administrator gives them.

A value is checked when it is written, and what is missing is asked for when the ticket is opened or
before it is resolved: each in a sentence that names the field as people see it.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from chalicelib.domain.errors import Fault
from chalicelib.domain.wording import Words, words

FieldValue = str | int | float | bool | tuple[str, ...]
Values = Mapping[str, FieldValue]

MAX_TEXT = 2000


class FieldKind(StrEnum):
    """What can stand in a field. Places and things are chosen from a list, if the field has one."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    CHECKBOX = "checkbox"
    LOCATION = "location"
    ASSET = "asset"


NEEDS_CHOICES = frozenset({FieldKind.CHOICE, FieldKind.MULTI_CHOICE})
MAY_HAVE_CHOICES = NEEDS_CHOICES | {FieldKind.LOCATION, FieldKind.ASSET}


class RequiredAt(StrEnum):
    """When a field must be filled in."""

    NEVER = "never"
    CREATION = "creation"
    RESOLVE = "resolve"


@dataclass(frozen=True, slots=True)
class CustomField:
    """A field that tickets can have.

    Attributes:
        names, hints: by language.
        choices: their names by id and language, in order.
    """

    id: str
    kind: FieldKind
    names: Mapping[str, str]
    hints: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """As it is named where no language is known: in the first one that it has."""
        return next(iter(self.names.values()), self.id)


@dataclass(frozen=True, slots=True)
class FieldOfType:
    """A field as one type uses it.

    Attributes:
        on_form: whether customers see it and fill it in; the others are for agents only.
    """

    field_id: str
    required: RequiredAt = RequiredAt.NEVER
    on_form: bool = False


@dataclass(frozen=True, slots=True)
class TicketType:
    """A kind of request with its own form.

    Attributes:
        departments: where it can be chosen; empty is everywhere.
    """

    id: str
    names: Mapping[str, str]
    fields: tuple[FieldOfType, ...] = ()
    departments: frozenset[str] = frozenset()
    position: int = 0


def checked(known: CustomField, value: object) -> tuple[FieldValue | None, Words | None]:
    """A value as it is kept, and what is wrong with it; one of the two.

    None and an empty text, or no choice at all, empty the field.
    """
    if value is None or value in ("", [], ()):
        return None, None
    return _CHECKS[known.kind](known, value)


def missing(
    kind: TicketType | None, known: Mapping[str, CustomField], values: Values, at: RequiredAt
) -> Iterator[Fault]:
    """What must be filled in now and is not; what creation asks for, resolving asks for too.

    A box that must be ticked is missing while it is not.
    """
    asked = {RequiredAt.CREATION, at}
    for use in kind.fields if kind else ():
        named = known.get(use.field_id)
        if named and use.required in asked and values.get(use.field_id) in (None, False):
            if at is RequiredAt.RESOLVE:
                said = words("Fill in {name} before the ticket is resolved.", name=named.name)
            else:
                said = words("Fill in {name} now.", name=named.name)
            yield Fault(f"fields.{named.id}", said)


def fields_on_form(
    kind: TicketType | None, known: Mapping[str, CustomField]
) -> Iterator[tuple[CustomField, FieldOfType]]:
    """What customers fill in on the form of a type, in its order."""
    for use in kind.fields if kind else ():
        if use.on_form and use.field_id in known:
            yield known[use.field_id], use


def as_text(value: FieldValue | None) -> str:
    """A value as the history writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def typed_value(kind: FieldKind, text: str) -> object:
    """What a text stands for in a field: a number, yes or no, several choices between commas."""
    if kind is FieldKind.NUMBER and text:
        try:
            return float(text) if "." in text else int(text)
        except ValueError:
            return text
    if kind is FieldKind.CHECKBOX and text:
        return {"yes": True, "no": False}.get(text, text)
    if kind is FieldKind.MULTI_CHOICE:
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


_Checked = tuple[FieldValue | None, Words | None]


def _text(known: CustomField, value: object) -> _Checked:
    if not isinstance(value, str):
        return None, words("{name} is a text.", name=known.name)
    if len(value) > MAX_TEXT:
        return None, words("{name} has at most {most} characters.", name=known.name, most=MAX_TEXT)
    return value, None


def _number(known: CustomField, value: object) -> _Checked:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return value, None
    return None, words("{name} is a number.", name=known.name)


def _date(known: CustomField, value: object) -> _Checked:
    if isinstance(value, str):
        with suppress(ValueError):
            return date.fromisoformat(value).isoformat(), None
    return None, words("{name} is a date, like 2030-01-31.", name=known.name)


def _choice(known: CustomField, value: object) -> _Checked:
    if isinstance(value, str) and value in known.choices:
        return value, None
    return None, words("Choose one of the values of {name}.", name=known.name)


def _place_or_thing(known: CustomField, value: object) -> _Checked:
    return _choice(known, value) if known.choices else _text(known, value)


def _choices(known: CustomField, value: object) -> _Checked:
    if isinstance(value, list | tuple) and all(one in known.choices for one in value):
        # In the order of the list, each once.
        return tuple(one for one in known.choices if one in value), None
    return None, words("Choose among the values of {name}.", name=known.name)


def _box(known: CustomField, value: object) -> _Checked:
    return (
        (value, None)
        if isinstance(value, bool)
        else (None, words("{name} is yes or no.", name=known.name))
    )


_CHECKS: Mapping[FieldKind, Callable[[CustomField, object], _Checked]] = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: _date,
    FieldKind.CHOICE: _choice,
    FieldKind.MULTI_CHOICE: _choices,
    FieldKind.CHECKBOX: _box,
    FieldKind.LOCATION: _place_or_thing,
    FieldKind.ASSET: _place_or_thing,
}
