"""What an administrator says of the life of tickets: how long, and by which names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chalicelib.domain.status import Status


@dataclass(frozen=True, slots=True)
class TicketRules:
    """How long a ticket can come back, and what it needs before it is solved.

    Attributes:
        type_to_resolve: a ticket without a type cannot be resolved.
        reopen_hours: for how many hours after it was closed a customer's message opens a ticket
            again; a later one opens a follow-up. None is for ever.
    """

    reopen_hours: int | None = 14 * 24
    type_to_resolve: bool = False

    def is_past_reopening(self, closed_at: datetime | None, at: datetime) -> bool:
        """Whether a message at this time comes too late to open a closed ticket again."""
        if self.reopen_hours is None or closed_at is None:
            return False
        return at > closed_at + timedelta(hours=self.reopen_hours)


@dataclass(frozen=True, slots=True)
class StatusLabel:
    """A name that people see for a status, or for a part of the tickets in it.

    Attributes:
        status: the fixed status that it stands for.
        names: by language; the first of the desk's languages is the fallback.
        is_name_of_status: it renames the status itself; the others are chosen by hand.
        position: where it stands among the labels of its status.
    """

    id: str
    status: Status
    names: Mapping[str, str] = field(default_factory=dict)
    is_name_of_status: bool = False
    position: int = 0

    def name(self, language: str, fallbacks: Sequence[str] = ()) -> str:
        """The name in a language, or in the first one that it has."""
        chosen = (self.names[tag] for tag in (language, *fallbacks) if tag in self.names)
        return next(chosen, "") or next(iter(self.names.values()), self.id)


@dataclass(frozen=True, slots=True)
class Organisation:
    """A customer's house: whoever writes from one of its domains, or below one, belongs to it."""

    id: str
    name: str
    domains: tuple[str, ...]

    def has(self, address: str) -> bool:
        """Whether an address is of this organisation.

        >>> Organisation("x", "X", ("example.org",)).has("Ana@Mail.Example.org")
        True
        """
        domain = address.rpartition("@")[2].casefold()
        return any(domain == own or domain.endswith(f".{own}") for own in self.domains)


def organisation_of(organisations: Mapping[str, Organisation], address: str) -> str:
    """The id of the organisation that an address belongs to, by the longest domain; or empty."""
    fitting = [
        (max(len(own) for own in house.domains), house.id)
        for house in organisations.values()
        if house.has(address)
    ]
    return max(fitting)[1] if fitting else ""


def label_of(
    labels: Mapping[str, StatusLabel], status: Status, label_id: str = ""
) -> StatusLabel | None:
    """What a ticket is called: its own label, else the name of its status, if it has one.

    A label that was removed, or that now stands for another status, is as good as none.
    """
    own = labels.get(label_id)
    if own and own.status is status:
        return own
    renamed = (x for x in labels.values() if x.status is status and x.is_name_of_status)
    return next(renamed, None)
