"""Customers: contacts and their addresses, and what is known about a mail that comes in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.usecases.ports.mail import MailReceipt


@dataclass(frozen=True, slots=True)
class Contact:
    """A person who writes to the desk; an address belongs to one contact."""

    id: str
    name: str
    email: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class MailContext:
    """All that is known about an incoming mail, read in one call."""

    seen: bool
    known_references: Mapping[str, int]
    contact: Contact | None


class Customers(Protocol):
    """Contacts and their addresses."""

    def find_by_address(self, address: str) -> Contact | None:
        """Whose address this is. One call."""

    def mail_context(
        self, receipt: MailReceipt, references: Sequence[str], sender: str
    ) -> MailContext:
        """Ledger, thread references and contact of a mail. One call."""
