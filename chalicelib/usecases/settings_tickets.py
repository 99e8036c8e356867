"""The part of the set-up that is about the life of tickets, as it is written down."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chalicelib.domain.custom_fields import (
    MAY_HAVE_CHOICES,
    NEEDS_CHOICES,
    CustomField,
    FieldKind,
    FieldOfType,
    RequiredAt,
    TicketType,
)
from chalicelib.domain.desk import Desk
from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.satisfaction import SatisfactionRules
from chalicelib.domain.set_up import Organisation, StatusLabel, TicketRules
from chalicelib.domain.status import Status
from chalicelib.domain.wording import words
from chalicelib.usecases.settings_base import Document, Language, Name, SettingId

TICKET_RULES_ID = "tickets"
SATISFACTION_RULES_ID = "satisfaction"
Domain = Annotated[
    str, StringConstraints(max_length=253, pattern=r"^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")
]


class TicketRulesDocument(Document):
    """How long a ticket can come back; there is one. ``reopen_hours`` null is for ever."""

    id: Literal["tickets"] = "tickets"
    reopen_hours: int | None = Field(default=14 * 24, ge=0, le=10 * 366 * 24)
    type_to_resolve: bool = False

    def to_domain(self) -> TicketRules:
        return TicketRules(self.reopen_hours, self.type_to_resolve)


class SatisfactionRulesDocument(Document):
    """Whether customers are asked how the help was; there is one. Without it nobody is asked.

    ``delay_hours`` count from the end that ``after`` names. They are one at least, for an address
    that nobody proved gets one automatic mail an hour, and another tells that it is solved.
    """

    id: Literal["satisfaction"] = "satisfaction"
    is_active: bool = True
    after: Literal[Status.RESOLVED, Status.CLOSED] = Status.RESOLVED
    delay_hours: int = Field(default=24, ge=1, le=24 * 30)
    change_days: int = Field(default=14, ge=1, le=90)
    excluded_departments: list[SettingId] = Field(default=[], max_length=500)

    def to_domain(self) -> SatisfactionRules:
        excluded = frozenset(self.excluded_departments)
        return SatisfactionRules(
            self.is_active, self.after, self.delay_hours, self.change_days, excluded
        )


class StatusLabelDocument(Document):
    """A name of a status, or of a part of the tickets in it; names by language.

    ``status`` is one of the fixed ones. With ``is_name_of_status`` it replaces the status's own
    name, else agents choose it.
    """

    status: Status
    names: dict[Language, Name] = Field(min_length=1)
    is_name_of_status: bool = False
    position: int = Field(default=0, ge=0, le=1000)

    def to_domain(self) -> StatusLabel:
        names = _by_language(self.names)
        return StatusLabel(self.id, self.status, names, self.is_name_of_status, self.position)


class OrganisationDocument(Document):
    """A customer's house, known by the domains that its people write from."""

    name: Name
    domains: list[Domain] = Field(min_length=1, max_length=50)

    def to_domain(self) -> Organisation:
        domains = tuple(dict.fromkeys(domain.lower() for domain in self.domains))
        return Organisation(self.id, self.name, domains)


class ChoiceDocument(BaseModel):
    """A value that can be chosen; names by language."""

    model_config = ConfigDict(extra="forbid", defer_build=True)
    id: SettingId
    names: dict[Language, Name] = Field(min_length=1)


class FieldDocument(Document):
    """A field of tickets. Choices belong to lists of values, and may belong to places and things."""

    kind: FieldKind
    names: dict[Language, Name] = Field(min_length=1)
    hints: dict[Language, Name] = Field(default={})
    choices: list[ChoiceDocument] = Field(default=[], max_length=500)

    def to_domain(self) -> CustomField:
        if self.kind in NEEDS_CHOICES and not self.choices:
            raise InvalidSetting("choices", words("Give the values that can be chosen."))
        if self.choices and self.kind not in MAY_HAVE_CHOICES:
            raise InvalidSetting(
                "choices", words("Only lists, places and things have values to choose.")
            )
        if len({choice.id for choice in self.choices}) < len(self.choices):
            raise InvalidSetting("choices", words("Two values have the same id."))
        choices = {choice.id: _by_language(choice.names) for choice in self.choices}
        names, hints = _by_language(self.names), _by_language(self.hints)
        return CustomField(self.id, self.kind, names, hints, choices)


class FieldOfTypeDocument(BaseModel):
    """A field as one type uses it: when it must be filled in, and whether customers see it."""

    model_config = ConfigDict(extra="forbid", defer_build=True)
    field_id: SettingId
    required: RequiredAt = RequiredAt.NEVER
    on_form: bool = False


class TicketTypeDocument(Document):
    """A kind of request with its own fields; without departments it is for all of them."""

    names: dict[Language, Name] = Field(min_length=1)
    fields: list[FieldOfTypeDocument] = Field(default=[], max_length=50)
    departments: list[SettingId] = Field(default=[])
    position: int = Field(default=0, ge=0, le=1000)

    def to_domain(self) -> TicketType:
        used = tuple(FieldOfType(use.field_id, use.required, use.on_form) for use in self.fields)
        if len({use.field_id for use in used}) < len(used):
            raise InvalidSetting("fields", words("A field stands here twice."))
        departments = frozenset(self.departments)
        return TicketType(self.id, _by_language(self.names), used, departments, self.position)


def references_of_types(desk: Desk) -> Iterable[tuple[str, str, str, str, Mapping[str, Any]]]:
    """Kind, id and field of each reference, what it names, and where that must be."""
    for kind in desk.ticket_types.values():
        for use in kind.fields:
            yield "ticket_types", kind.id, "fields", use.field_id, desk.fields
        for department_id in sorted(kind.departments):
            yield "ticket_types", kind.id, "departments", department_id, desk.departments
    for department_id in sorted(desk.satisfaction_rules.excluded_departments):
        owner, field = SATISFACTION_RULES_ID, "excluded_departments"
        yield "satisfaction_rules", owner, field, department_id, desk.departments
    for topic in desk.topics.values():
        yield "topics", topic.id, "type_id", topic.type_id, desk.ticket_types


def _by_language(names: Mapping[Language, str]) -> dict[str, str]:
    return {str(language): name for language, name in names.items()}


def check_tickets(desk: Desk, changed: str = "") -> None:
    """Refuse what does not fit together in this part of the set-up.

    Args:
        changed: id of the entry that is being saved, which is at fault where two collide.

    Raises:
        InvalidSetting: which entry, and what it collides with.
    """
    _check_labels(desk, changed)
    seen: dict[str, str] = {}
    for house in sorted(desk.organisations.values(), key=lambda one: one.id == changed):
        for domain in house.domains:
            if domain in seen:
                reason = words(
                    "{domain} belongs to {other} already.", domain=domain, other=seen[domain]
                )
                raise InvalidSetting(f"organisations.{house.id}.domains", reason)
            seen[domain] = house.id


def _check_labels(desk: Desk, changed: str) -> None:
    """Refuse two names of one status.

    Raises:
        InvalidSetting: which label, and which it collides with.
    """
    renamed: dict[Status, str] = {}
    for label in sorted(desk.status_labels.values(), key=lambda one: one.id == changed):
        if not label.is_name_of_status:
            continue
        if label.status in renamed:
            reason = words(
                "{label} is the name of this status already.", label=renamed[label.status]
            )
            raise InvalidSetting(f"status_labels.{label.id}.is_name_of_status", reason)
        renamed[label.status] = label.id
