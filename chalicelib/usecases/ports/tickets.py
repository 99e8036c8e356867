"""Tickets: the aggregate of ticket, messages and events, and the one transaction that writes it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from chalicelib.domain.assignment import most_load
from chalicelib.domain.judgement import Tally
from chalicelib.domain.scheduled_reply import ScheduledReply
from chalicelib.domain.ticket import DeliveryState, Event, Message, Ticket
from chalicelib.usecases.ports.customers import Contact
from chalicelib.usecases.ports.intake import MailReceipt

FIRST_NUMBER = 1001
"""The first ticket's; the next ones follow, with gaps."""
WAKE_SHARDS = 4
"""Partitions of the alarm index: enough for a thousand new alarms a second on each."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The condition of an assignment: the agent is below capacity in the same transaction.

    Attributes:
        turn: what the agent's turn becomes with a pushed ticket; None leaves it.
        needs_available: pushed tickets go only to agents who are there.
        weight: how much the ticket weighs.
    """

    agent_id: str
    capacity: int
    turn: int | None = None
    needs_available: bool = False
    weight: int = 1

    @property
    def most_load(self) -> int:
        """Up to which load the agent may take it; below 0 he may not at all."""
        return most_load(self.capacity, self.weight)


@dataclass(frozen=True, slots=True)
class Remembered:
    """The first answer to a POST with an Idempotency-Key, to be given again.

    Attributes:
        request_hash: of the body; another body under the same key is an error.
    """

    client: str
    key: str
    request_hash: str
    answer: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Commit:
    """One write of a ticket and of everything that goes with it.

    Attributes:
        before: the state that was read, None for a new ticket.
        new_contact: stored only if the address has no contact yet.
        thread_ids: Message-IDs that from now on lead to this ticket.
        tallies: counts that go up by one.
        released: id of the suspended mail that this lets in; it leaves the list.
        spent: a waiting reply that leaves by this write, as it was read.
        held: a waiting reply that could not leave, as it stays.
        kept_fresh: waiting replies that this write does not make stale, as they stay.
        passed_by: the agent who leaves the ticket to others by this write; it is counted.
        suggests_tags: whether new tags are suggested to everybody from now on.
        beside: another ticket that changes in the same write; only its ``before``, ``after``,
            ``messages`` and ``events`` count, its loads are among those of this one.
    """

    before: Ticket | None
    after: Ticket
    messages: tuple[Message, ...] = ()
    events: tuple[Event, ...] = ()
    load_changes: Mapping[str, int] = field(default_factory=dict)
    claim: Claim | None = None
    new_contact: Contact | None = None
    thread_ids: tuple[str, ...] = ()
    receipt: MailReceipt | None = None
    remembered: Remembered | None = None
    tallies: tuple[Tally, ...] = ()
    released: str = ""
    spent: ScheduledReply | None = None
    held: ScheduledReply | None = None
    kept_fresh: tuple[ScheduledReply, ...] = ()
    passed_by: str = ""
    suggests_tags: bool = True
    beside: "Commit | None" = None


class Due(NamedTuple):
    """Whose time has come: a ticket, or a reply that waits on it."""

    number: int
    reply_id: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """A ticket and the newest page of what was said and done, oldest first.

    Attributes:
        older: id of the first entry when there are older ones, else empty.
        scheduled: replies that wait to be sent, in the order in which they were written.
    """

    ticket: Ticket
    entries: tuple[Message | Event, ...]
    older: str
    scheduled: tuple[ScheduledReply, ...] = ()


class AlreadyDone(Exception):
    """The write was made before: a redelivered mail, or a repeated POST.

    Attributes:
        remembered: the first answer, where one was kept.
    """

    def __init__(self, remembered: Remembered | None = None) -> None:
        self.remembered = remembered
        super().__init__("This was done before.")


class Tickets(Protocol):
    """The aggregate of ticket, messages and events."""

    def next_number(self) -> int:
        """A number never given before; gaps are fine. One call."""

    def last_number(self) -> int:
        """The number that was given last, 0 for none. One call."""

    def get(self, number: int) -> Ticket:
        """The current state. One call. Raises TicketNotFound."""

    def list_by_numbers(self, numbers: Sequence[int]) -> Sequence[Ticket]:
        """Those of these tickets that exist, by number; consistent. One call per hundred."""

    def bring_messages(self, source: int, target: int) -> None:
        """Show what was said on one ticket on another too, by the same ids. Safe to repeat.

        Nobody sees the copies while the target's ``merged_from`` does not name the source. One
        call per page of the source, and one per 25 messages.
        """

    def drop_messages(self, source: int, target: int) -> None:
        """Take the copies away that ``bring_messages`` made. Safe to repeat."""

    def remove(self, ticket: Ticket) -> None:
        """Take a ticket away, as it was read; what was said on it stays for ``remove_entries``.

        Raises:
            StaleTicket: it was changed meanwhile.
        """

    def list_messages(self, number: int) -> Iterator[Message]:
        """Everything that was said, page by page, whether the ticket is still there or not."""

    def remove_entries(self, number: int) -> None:
        """Take all messages, events, waiting replies and list rows of a ticket that is gone away.

        Safe to repeat.
        """

    def open_thread(self, number: int, *, limit: int) -> Thread:
        """Ticket and newest entries. One call. Raises TicketNotFound."""

    def list_older(self, number: int, *, before: str, limit: int) -> Thread:
        """Entries before an id, oldest first. Raises TicketNotFound."""

    def get_message(self, number: int, message_id: str) -> Message:
        """One message. Raises NotFound."""

    def list_events(self, number: int) -> Sequence[Event]:
        """All that happened to a ticket, oldest first."""

    def commit(self, commit: Commit) -> None:
        """Write all or nothing. One call.

        Raises:
            StaleTicket: the ticket has another version than ``before``.
            AtCapacity: the claim's agent has no room or went away.
            AlreadyDone: the receipt or the remembered answer exists, or the suspended mail is gone.
            ScheduledReplyGone: the waiting reply was sent, changed or taken back meanwhile.
            LostRace: a concurrent transaction won, or the new contact exists meanwhile.
        """

    def find_remembered(self, client: str, key: str) -> Remembered | None:
        """The first answer under an Idempotency-Key, None when there was none."""

    def list_by_requester(
        self, contact_id: str, *, limit: int, cursor: str
    ) -> tuple[Sequence[Ticket], str]:
        """A customer's tickets, newest first, and the next cursor."""

    def suggest_tags(self, prefix: str, *, limit: int) -> Sequence[str]:
        """Tags that begin so, those that were given most often first. One call."""

    def record_delivery(
        self, number: int, message_id: str, state: DeliveryState, ses_id: str = ""
    ) -> None:
        """What became of a message that left. Safe to repeat; a state never goes back."""

    def list_due(self, shard: int, now: datetime, cursor: str) -> tuple[Sequence[Due], str]:
        """Tickets and waiting replies whose ``wake_at`` has come, one page of one shard."""
