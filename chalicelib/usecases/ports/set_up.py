"""The desk's set-up, its keys and addresses, and the ready-made lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from chalicelib.domain.desk import Desk
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.tokens import Keyring
from chalicelib.domain.views import Partition, ViewRow


class Settings(Protocol):
    """The desk's set-up."""

    def desk(self) -> Desk:
        """The whole set-up, at most some seconds old."""

    def document(self, kind: str, setting_id: str) -> tuple[Mapping[str, Any], int]:
        """One setting as stored, and its version. Raises NotFound."""

    def list_documents(self, kind: str) -> Sequence[tuple[Mapping[str, Any], int]]:
        """All settings of a kind, by id, each with its version."""

    def save(
        self, kind: str, setting_id: str, document: Mapping[str, Any], *, based_on: int | None
    ) -> int:
        """Store and give the new version; ``based_on`` None overwrites, 0 means "is new".

        Raises:
            StaleSetting: it has another version than ``based_on``.
        """

    def remove(self, kind: str, setting_id: str, *, based_on: int | None) -> None:
        """Take a setting away. Raises StaleSetting, NotFound."""


class ReadModels(Protocol):
    """Ready-made lists and their counts."""

    def page(
        self, partitions: Sequence[Partition], *, limit: int, cursor: str
    ) -> tuple[Sequence[Ticket], str]:
        """Tickets of several partitions merged in order; the partitions are read side by side."""

    def counts(self, partitions: Sequence[Partition]) -> Mapping[Partition, int]:
        """How many rows each partition has. One call."""

    def apply(self, ticket: Ticket, rows: frozenset[ViewRow]) -> bool:
        """Make the rows of a ticket these, unless a newer version was applied. Safe to repeat."""


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

    @property
    def console_url(self) -> str:
        """The agents' console."""
        return f"{self.desk_url}/console"

    def unfollow_page(self, token: str) -> str:
        """Where somebody who takes part in a ticket leaves it."""
        return f"{self.desk_url}/u/{token}"

    def digest_page(self, token: str) -> str:
        """Where an agent turns his digests off."""
        return f"{self.desk_url}/d/{token}"

    def console(self) -> str:
        """The agents' console."""
        return f"{self.desk_url}/console/"

    def console_ticket(self, number: int) -> str:
        """A ticket in the agents' console."""
        return f"{self.desk_url}/console/tickets/{number}"
