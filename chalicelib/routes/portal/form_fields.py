"""The desk's own fields on the form of a topic: what is shown, what was typed, what is wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from gettext import NullTranslations

from chalicelib.domain.custom_fields import (
    MAX_TEXT,
    CustomField,
    FieldKind,
    FieldValue,
    RequiredAt,
    TicketType,
    fields_on_form,
)
from chalicelib.domain.desk import Desk
from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.ticket import Ticket
from chalicelib.routes.portal.form_body import N_, OWN_FIELD, Posted
from chalicelib.translations.dates import day_in_words
from chalicelib.translations.numbers import number_in_words, number_of_words
from chalicelib.usecases.ticket_form import values_of_customer

TICKED = "yes"


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field as the form shows it; numbers as texts, for browsers drop what is no number to them.

    Attributes:
        name: in the form, and where a fault leads.
        choices: value and words of each, in order; empty for what is written freely.
    """

    name: str
    kind: FieldKind
    label: str
    hint: str
    required: bool
    choices: tuple[tuple[str, str], ...]

    @property
    def most(self) -> int:
        """How many characters a text may have."""
        return MAX_TEXT


def asks_more(desk: Desk) -> bool:
    """Whether a topic has fields of its own, so that the form can only follow the choice of one."""
    kinds = (desk.ticket_types.get(topic.type_id) for topic in desk.topics.values())
    return any(True for kind in kinds for _ in fields_on_form(kind, desk.fields))


def shown_fields(desk: Desk, topic_id: str, language: str) -> list[ShownField]:
    """What the form of a topic asks for besides the usual, in words."""
    fallback = desk.profile.languages[0]
    return [
        ShownField(
            name=f"{OWN_FIELD}{known.id}",
            kind=known.kind,
            label=in_language(known.names, language, fallback) or known.id,
            hint=in_language(known.hints, language, fallback),
            required=use.required is RequiredAt.CREATION,
            choices=tuple(
                (choice, in_language(names, language, fallback) or choice)
                for choice, names in known.choices.items()
            ),
        )
        for known, use in fields_on_form(_kind_of(desk, topic_id), desk.fields)
    ]


def typed_values(desk: Desk, posted: Posted, language: str) -> dict[str, object]:
    """What was typed, as the API takes it; what is no value of its field stays a text."""
    values: dict[str, object] = {}
    for name, texts in posted.several.items():
        known = desk.fields.get(name.removeprefix(OWN_FIELD))
        values[name.removeprefix(OWN_FIELD)] = _value(known, texts, language) if known else texts[0]
    return values


def field_faults(
    desk: Desk, topic_id: str, values: Mapping[str, object], words: NullTranslations
) -> dict[str, str]:
    """What is wrong with the desk's own fields, each in the language of the page."""
    topic = desk.topics.get(topic_id)
    try:
        values_of_customer(desk, topic.type_id if topic else "", values)
    except InvalidRequest as error:
        return {
            fault.field: _sentence(desk, fault.field.removeprefix(OWN_FIELD), values, words)
            for fault in error.faults
        }
    return {}


def told_by_customer(
    desk: Desk, ticket: Ticket, language: str, words: NullTranslations
) -> list[tuple[str, str]]:
    """What stands in the fields that the requester of a ticket sees, each with its name."""
    fallback = desk.profile.languages[0]
    shown = fields_on_form(desk.ticket_types.get(ticket.type_id), desk.fields)
    return [
        (
            in_language(known.names, language, fallback) or known.id,
            _in_words(known, ticket.fields[known.id], language, fallback, words),
        )
        for known, _ in shown
        if known.id in ticket.fields
    ]


def in_language(texts: Mapping[str, str], language: str, fallback: str) -> str:
    """One of several texts by language; empty without any."""
    return texts.get(language) or texts.get(fallback) or next(iter(texts.values()), "")


def in_order(faults: Mapping[str, str], fields: Iterable[ShownField]) -> dict[str, str]:
    """Faults in the order in which the form has its fields."""
    names = ["form", "topic", "name", "email", *(field.name for field in fields)]
    names += ["subject", "description", "uploads"]
    return {name: faults[name] for name in [*names, *faults] if name in faults}


def _kind_of(desk: Desk, topic_id: str) -> TicketType | None:
    topic = desk.topics.get(topic_id)
    return desk.ticket_types.get(topic.type_id) if topic else None


def _value(known: CustomField, texts: tuple[str, ...], language: str) -> object:
    text = texts[0].strip()
    if known.kind is FieldKind.MULTI_CHOICE:
        return [one for one in texts if one]
    if known.kind is FieldKind.CHECKBOX:
        return True if text == TICKED else text
    if known.kind is FieldKind.NUMBER:
        number = number_of_words(text, language)
        return text if number is None else number
    return text


def _sentence(
    desk: Desk, field_id: str, values: Mapping[str, object], words: NullTranslations
) -> str:
    known, value = desk.fields.get(field_id), values.get(field_id)
    if known is None:
        return words.gettext(_UNKNOWN)
    if value in (None, "", []):
        return words.gettext(_MISSING.get(known.kind, _FILL_IN))
    refused = _CHOOSE if known.choices else _REFUSED.get(known.kind, _UNKNOWN)
    return words.gettext(refused) % {"max_length": MAX_TEXT}


def _in_words(
    known: CustomField, value: FieldValue, language: str, fallback: str, words: NullTranslations
) -> str:
    if isinstance(value, bool):
        return words.gettext("Yes") if value else words.gettext("No")
    if isinstance(value, int | float):
        return number_in_words(value, language)
    if known.kind is FieldKind.DATE and isinstance(value, str):
        return day_in_words(value, language)
    chosen = value if isinstance(value, tuple) else (value,)
    # A choice that was removed meanwhile is shown by its id.
    names = (in_language(known.choices.get(c, {}), language, fallback) or c for c in chosen)
    return ", ".join(names)


_FILL_IN = N_("Fill this in.")
_CHOOSE = N_("Choose from the list.")
_UNKNOWN = N_("The form did not arrive as we sent it. Load the page again.")
_TOO_LONG = N_("Write at most %(max_length)s characters.")
_MISSING = {
    FieldKind.CHOICE: _CHOOSE,
    FieldKind.MULTI_CHOICE: N_("Choose at least one."),
    FieldKind.CHECKBOX: N_("Tick this box."),
    FieldKind.DATE: N_("Choose a day."),
}
_REFUSED = {
    FieldKind.TEXT: _TOO_LONG,
    FieldKind.LOCATION: _TOO_LONG,
    FieldKind.ASSET: _TOO_LONG,
    FieldKind.NUMBER: N_("Write a number, in digits."),
    FieldKind.DATE: N_("Choose a day."),
}
