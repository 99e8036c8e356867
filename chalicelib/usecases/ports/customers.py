"""Customers: contacts and their addresses, and what is known about a mail that comes in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from chalicelib.domain.judgement import Tally
from chalicelib.usecases.ports.intake import MailReceipt


@dataclass(frozen=True, slots=True)
class Contact:
    """A person who writes to the desk; an address belongs to one contact."""

    id: str
    name: str
    email: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class MailContext:
    """All that is known about an incoming mail, read in one call.

    Attributes:
        seen: it was taken, or kept out, before.
        counts: of the tallies that were asked for, by name.
    """

    seen: bool
    known_references: Mapping[str, int]
    contact: Contact | None
    counts: Mapping[str, int] = field(default_factory=dict)


class Customers(Protocol):
    """Contacts and their addresses."""

    def find_by_address(self, address: str) -> Contact | None:
        """Whose address this is. One call."""

    def mail_context(
        self,
        receipt: MailReceipt,
        references: Sequence[str],
        sender: str,
        tallies: Sequence[Tally] = (),
    ) -> MailContext:
        """Ledger, thread references, contact and counts of a mail. One call."""
