"""The desk's set-up, its keys and addresses, and the ready-made lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from chalicelib.domain.desk import Desk
from chalicelib.domain.sla import Terms
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.tokens import Keyring
from chalicelib.domain.views import Partition, ViewRow


@dataclass(frozen=True, slots=True)
class SettingChange:
    """Who changed a setting, and the id of that change; nobody is the desk itself, or a seed."""

    id: str = ""
    by: str = ""


class Settings(Protocol):
    """The desk's set-up."""

    def desk(self) -> Desk:
        """The whole set-up, at most some seconds old."""

    def document(self, kind: str, setting_id: str) -> tuple[Mapping[str, Any], int]:
        """One setting as stored, and its version. Raises NotFound."""

    def list_documents(self, kind: str) -> Sequence[tuple[Mapping[str, Any], int]]:
        """All settings of a kind, by id, each with its version."""

    def save(
        self,
        kind: str,
        setting_id: str,
        document: Mapping[str, Any],
        *,
        based_on: int | None,
        as_of: int | None = None,
        change: SettingChange | None = None,
    ) -> int:
        """Store and give the new version; ``based_on`` None overwrites, 0 means "is new".

        Args:
            as_of: revision of the set-up that this was found to fit; None where it needs no other
                setting.

        Raises:
            StaleSetting: it has another version than ``based_on``.
            LostRace: another setting was changed since ``as_of``.
        """

    def remove(
        self, kind: str, setting_id: str, *, based_on: int | None, as_of: int | None = None
    ) -> None:
        """Take a setting away. Raises StaleSetting, NotFound, LostRace."""

    def revision(self) -> int:
        """Counts the changes that were checked against the rest of the set-up."""

    def keep_terms(self, terms: Iterable[Terms]) -> None:
        """Keep what is promised, under its name, for as long as tickets may name it."""

    def past_terms(self, names: Sequence[str]) -> Mapping[str, Terms]:
        """Terms that were kept, by name; what is not known is left out. One call per hundred."""


class PublicHolidays(Protocol):
    """The public holidays of the world's countries."""

    def days(
        self, country: str, subdivision: str, years: Iterable[int]
    ) -> Mapping[date, str] | None:
        """Name by day; None where the country or its part is not known."""

    def regions(self) -> Mapping[str, Mapping[str, str]]:
        """Known countries (ISO 3166-1), each with the names of its parts (ISO 3166-2) by code."""


class ReadModels(Protocol):
    """Ready-made lists and their counts."""

    def page(
        self, partitions: Sequence[Partition], *, limit: int, cursor: str
    ) -> tuple[Sequence[Ticket], str]:
        """Tickets of several partitions merged in order; the partitions are read side by side."""

    def counts(self, partitions: Sequence[Partition]) -> Mapping[Partition, int]:
        """How many rows each partition has. One call."""

    def apply(self, ticket: Ticket, rows: frozenset[ViewRow], *, again: bool = False) -> bool:
        """Make the rows of a ticket these, unless a newer version was applied. Safe to repeat.

        Args:
            again: the version may be shown already, in other rows: views changed, not the ticket.
        """

    def lagging(self, wanted: Sequence[tuple[Ticket, frozenset[ViewRow]]]) -> Sequence[Ticket]:
        """Those tickets of whom the lists show other rows, or an older version. Consistent."""

    def withdraw(self, number: int) -> None:
        """Take all rows of a ticket away that is gone. Safe to repeat."""

    def forget_counts(self, partitions: Iterable[Partition]) -> None:
        """Take away the numbers of saved views that there are no more."""


class Secrets(Protocol):
    """Signing keys."""

    def keyring(self) -> Keyring:
        """The desk's keys, made at first use."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where this desk is reached.

    Attributes:
        desk_url: without a trailing slash.
    """

    desk_url: str

    def ticket_page(self, token: str) -> str:
        """The customer's page of a ticket."""
        return f"{self.desk_url}/t/{token}"

    def unfollow_page(self, token: str) -> str:
        """Where somebody who takes part in a ticket leaves it."""
        return f"{self.desk_url}/u/{token}"

    def digest_page(self, token: str) -> str:
        """Where an agent turns his digests off."""
        return f"{self.desk_url}/d/{token}"

    def rating_page(self, token: str) -> str:
        """Where a customer says how our help was."""
        return f"{self.desk_url}/s/{token}"

    def console(self) -> str:
        """The agents' console."""
        return f"{self.desk_url}/console/"

    def console_ticket(self, number: int) -> str:
        """A ticket in the agents' console."""
        return f"{self.desk_url}/console/tickets/{number}"


class ApiKeyUses(Protocol):
    """On which day each API key was used last."""

    def note(self, use_id: str, day: date) -> None:
        """Note the day; the same day is written once by each container."""

    def last_days(self) -> Mapping[str, date]:
        """The last day by use id; what was never used is left out."""
