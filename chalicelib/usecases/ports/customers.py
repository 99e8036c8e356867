"""Customers: contacts and their addresses, and what is known about a mail that comes in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from chalicelib.domain.judgement import Tally
from chalicelib.usecases.ports.intake import MailReceipt


@dataclass(frozen=True, slots=True)
class Contact:
    """A person who writes to the desk; an address belongs to one contact.

    Attributes:
        email: the first address.
        more: the other addresses.
        version: counts the writes.
        merged_into: the contact that stands for this one; empty without one.
    """

    id: str
    name: str
    email: str
    created_at: datetime
    more: tuple[str, ...] = ()
    version: int = 1
    merged_into: str = ""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address, the first one first."""
        return (self.email, *self.more)


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

    def get(self, contact_id: str) -> Contact:
        """One customer, consistent. One call. Raises NotFound."""

    def save(self, before: Contact, after: Contact, absorbed: Contact | None = None) -> None:
        """Store a changed contact with its addresses, in one transaction.

        Args:
            absorbed: another contact, as it was read, whose addresses this one takes over.

        Raises:
            LostRace: one of them was changed meanwhile.
            AddressTaken: an address belongs to another contact.
        """

    def list_by_word(
        self, word: str, *, whole: bool, limit: int, cursor: str
    ) -> tuple[Sequence[tuple[str, Contact]], str]:
        """Contacts with the word that each was found by, in the order of words, and what follows.

        A page may be shorter than its limit; the cursor alone says whether there are more. Merged
        contacts are not among them.

        Args:
            word: what it begins with, at least ``SHORTEST`` letters, as ``tokens_of`` gives it.
            whole: only the very word, not one that begins so.
        """

    def mail_context(
        self,
        receipt: MailReceipt,
        references: Sequence[str],
        sender: str,
        tallies: Sequence[Tally] = (),
    ) -> MailContext:
        """Ledger, thread references, contact and counts of a mail. One call."""
