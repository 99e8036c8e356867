"""The part of the set-up that is about the life of tickets, as it is written down."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chalicelib.domain.desk import Desk
from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.set_up import Organisation, StatusLabel, TicketRules
from chalicelib.domain.status import Status
from chalicelib.usecases.settings_base import Document, Language, Name

TICKET_RULES_ID = "tickets"
Domain = Annotated[
    str, StringConstraints(max_length=253, pattern=r"^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")
]


class TicketRulesDocument(Document):
    """How long a ticket can come back; there is one. ``reopen_days`` null is for ever."""

    id: Literal["tickets"] = "tickets"
    reopen_days: int | None = Field(default=14, ge=0, le=3650)

    def to_domain(self) -> TicketRules:
        return TicketRules(self.reopen_days)


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
        names = {str(language): name for language, name in self.names.items()}
        return StatusLabel(self.id, self.status, names, self.is_name_of_status, self.position)


class OrganisationDocument(Document):
    """A customer's house, known by the domains that its people write from."""

    name: Name
    domains: list[Domain] = Field(min_length=1, max_length=50)

    def to_domain(self) -> Organisation:
        domains = tuple(dict.fromkeys(domain.lower() for domain in self.domains))
        return Organisation(self.id, self.name, domains)


def check_tickets(desk: Desk) -> None:
    """Refuse what does not fit together in this part of the set-up.

    Raises:
        InvalidSetting: which entry, and what it collides with.
    """
    _check_labels(desk)
    seen: dict[str, str] = {}
    for house in desk.organisations.values():
        for domain in house.domains:
            if domain in seen:
                reason = f"{domain} belongs to {seen[domain]} already."
                raise InvalidSetting(f"organisations.{house.id}.domains", reason)
            seen[domain] = house.id


def _check_labels(desk: Desk) -> None:
    """Refuse two names of one status.

    Raises:
        InvalidSetting: which label, and which it collides with.
    """
    renamed: dict[Status, str] = {}
    for label in desk.status_labels.values():
        if not label.is_name_of_status:
            continue
        if label.status in renamed:
            reason = f"{renamed[label.status]} is the name of this status already."
            raise InvalidSetting(f"status_labels.{label.id}.is_name_of_status", reason)
        renamed[label.status] = label.id
