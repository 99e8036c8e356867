"""What the use cases need from outside, as protocols; ``tests/fakes.py`` has a fake of each.

Writes go through ``Tickets.commit``: one transaction for the ticket, its messages and events, the
load of agents, and every ledger entry that makes the write safe to repeat.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from chalicelib.domain.assignment import AgentLoad
from chalicelib.domain.desk import Desk, NoticeKind
from chalicelib.domain.ticket import DeliveryState, Event, Message, Ticket
from chalicelib.domain.tokens import Keyring
from chalicelib.domain.views import Partition, ViewRow

if TYPE_CHECKING:
    # Every function imports this module, and only one of them writes letters.
    from chalicelib.domain.letter import Letter

WAKE_SHARDS = 4
"""Partitions of the alarm index: enough for a thousand new alarms a second on each."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person who writes to the desk; an address belongs to one contact."""

    id: str
    name: str
    email: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Claim:
    """The condition of an assignment: the agent is below capacity in the same transaction.

    Attributes:
        turn: what the agent's turn becomes with a pushed ticket; None leaves it.
        needs_available: pushed tickets go only to agents who are there.
    """

    agent_id: str
    capacity: int
    turn: int | None = None
    needs_available: bool = False


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
class MailReceipt:
    """What keeps one mail from being taken twice.

    Attributes:
        ses_id: of this delivery; a redelivery has the same.
        fingerprint: of Message-ID, sender and body; a second copy of one mail has the same.
    """

    ses_id: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Commit:
    """One write of a ticket and of everything that goes with it.

    Attributes:
        before: the state that was read, None for a new ticket.
        new_contact: stored only if the address has no contact yet.
        thread_ids: Message-IDs that from now on lead to this ticket.
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


@dataclass(frozen=True, slots=True)
class Thread:
    """A ticket and the newest page of what was said and done, oldest first.

    Attributes:
        older: id of the first entry when there are older ones, else empty.
    """

    ticket: Ticket
    entries: tuple[Message | Event, ...]
    older: str


@dataclass(frozen=True, slots=True)
class MailContext:
    """All that is known about an incoming mail, read in one call."""

    seen: bool
    known_references: Mapping[str, int]
    contact: Contact | None


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

    def get(self, number: int) -> Ticket:
        """The current state. One call. Raises TicketNotFound."""

    def open_thread(self, number: int, *, limit: int) -> Thread:
        """Ticket and newest entries. One call. Raises TicketNotFound."""

    def list_older(self, number: int, *, before: str, limit: int) -> Thread:
        """Entries before an id, oldest first. Raises TicketNotFound."""

    def get_message(self, number: int, message_id: str) -> Message:
        """One message. Raises NotFound."""

    def commit(self, commit: Commit) -> None:
        """Write all or nothing. One call.

        Raises:
            StaleTicket: the ticket has another version than ``before``.
            AtCapacity: the claim's agent has no room or went away.
            AlreadyDone: the receipt or the remembered answer exists.
            LostRace: a concurrent transaction won, or the new contact exists meanwhile.
        """

    def find_remembered(self, client: str, key: str) -> Remembered | None:
        """The first answer under an Idempotency-Key, None when there was none."""

    def list_by_requester(
        self, contact_id: str, *, limit: int, cursor: str
    ) -> tuple[Sequence[Ticket], str]:
        """A customer's tickets, newest first, and the next cursor."""

    def record_delivery(
        self, number: int, message_id: str, state: DeliveryState, ses_id: str = ""
    ) -> None:
        """What became of a message that left. Safe to repeat; a state never goes back."""

    def list_due(self, shard: int, now: datetime, cursor: str) -> tuple[Sequence[int], str]:
        """Numbers of tickets whose ``wake_at`` has come, one page of one shard."""


class Customers(Protocol):
    """Contacts and their addresses."""

    def find_by_address(self, address: str) -> Contact | None:
        """Whose address this is. One call."""

    def mail_context(
        self, receipt: MailReceipt, references: Sequence[str], sender: str
    ) -> MailContext:
        """Ledger, thread references and contact of a mail. One call."""


class Loads(Protocol):
    """How busy agents are."""

    def list_by_agents(self, agent_ids: Sequence[str]) -> Sequence[AgentLoad]:
        """The loads of these agents; one who never had a ticket has an empty load. One call."""

    def set_available(self, agent_id: str, *, available: bool) -> None:
        """The agent came or went; the stream tells of it, and waiting tickets are dealt."""


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


@dataclass(frozen=True, slots=True)
class SuspendedMail:
    """A mail that was kept but not let in."""

    id: str
    received_at: datetime
    reason: str
    from_address: str
    subject: str
    size: int
    raw_key: str
    detail: str


class MailLedger(Protocol):
    """Mails that were kept out, and mails that leave."""

    def suspend(self, mail: SuspendedMail, receipt: MailReceipt) -> None:
        """Keep one entry for a mail; safe to repeat."""

    def list_suspended(self, *, limit: int, cursor: str) -> tuple[Sequence[SuspendedMail], str]:
        """Newest first."""

    def begin_sending(self, key: str, now: datetime, *, lease_seconds: int) -> bool:
        """Whether this worker may send the mail with this key now.

        False when it was sent, or when another worker is at it and its lease has not run out.
        """

    def finish_sending(self, key: str, ses_id: str, number: int, message_id: str) -> None:
        """The mail left: remember the id that SES gave, so that answers find the ticket."""

    def sent_mail(self, ses_id: str) -> tuple[int, str] | None:
        """Ticket number and message id (or empty) of a mail that left under this id."""

    def may_acknowledge(self, address: str, now: datetime) -> bool:
        """Whether an automatic mail to this address is within the limits, and count it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something an agent is told of inside the console."""

    id: str
    agent_id: str
    kind: NoticeKind
    number: int
    subject: str
    at: datetime
    read: bool = False


class Notices(Protocol):
    """What agents are told of."""

    def add(self, notice: Notice) -> None:
        """Tell once: the id is made from the event, so repeating changes nothing."""

    def list_by_agent(
        self, agent_id: str, *, limit: int, cursor: str
    ) -> tuple[Sequence[Notice], str]:
        """Newest first."""

    def mark_read(self, agent_id: str, up_to: str) -> None:
        """All up to this id were seen."""


class Secrets(Protocol):
    """Signing keys."""

    def keyring(self) -> Keyring:
        """The desk's keys, made at first use."""


class LinkRequests(Protocol):
    """Customers who ask for a fresh link."""

    def ask(self, address: str, language: str, now: datetime) -> None:
        """Note the wish as an event, at most once in ten minutes per address; tells nothing."""


class Clock(Protocol):
    """What time it is."""

    def now(self) -> datetime:
        """Aware, in UTC."""


class Ids(Protocol):
    """New ids."""

    def new(self) -> str:
        """A ULID that sorts after every earlier one of this process."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What the files bucket says about an object."""

    size: int
    content_type: str


class Files(Protocol):
    """Attachments and long texts."""

    def upload_slot(
        self, key: str, *, content_type: str, size: int
    ) -> tuple[str, Mapping[str, str]]:
        """URL and form fields of a presigned POST, bound to key, type and exact size."""

    def find(self, key: str) -> StoredFile | None:
        """What was uploaded under a key."""

    def keep(self, keys: Sequence[str]) -> None:
        """These uploads now belong to a message and no longer expire."""

    def put(self, key: str, content: bytes, content_type: str) -> None:
        """Store a file; the same key again overwrites with the same."""

    def read(self, key: str) -> bytes:
        """The bytes of a file."""

    def download_url(self, key: str, *, filename: str, content_type: str, seconds: int) -> str:
        """A short-lived address that downloads and never displays."""


class RawMails(Protocol):
    """The mails as they came."""

    def read(self, key: str) -> bytes:
        """The raw bytes. Raises NotFound."""


class MailSender(Protocol):
    """SES."""

    def send(self, raw: bytes, *, sender: str, recipient: str) -> str:
        """Send one mail to one person; the bare id that SES gave it. Raises Unavailable."""


class Jobs(Protocol):
    """SQS."""

    def send(self, jobs: Sequence["Job"]) -> None:
        """Put jobs on their queues. Raises Unavailable when one of them was not taken."""


class Identities(Protocol):
    """The sign-in's directory of agents."""

    def ensure(self, *, email: str, name: str) -> str:
        """The subject of this person's sign-in, invited if there is none; empty without one."""


class Job(Protocol):
    """Something for a queue; see ``jobs.py``."""

    @property
    def queue(self) -> str: ...

    @property
    def group(self) -> str: ...

    @property
    def dedup_id(self) -> str: ...

    def body(self) -> str:
        """The JSON that travels."""


class Ports(Protocol):
    """Everything outside, each part built when it is first asked for."""

    @property
    def tickets(self) -> Tickets: ...

    @property
    def customers(self) -> Customers: ...

    @property
    def loads(self) -> Loads: ...

    @property
    def read_models(self) -> ReadModels: ...

    @property
    def settings(self) -> Settings: ...

    @property
    def mail_ledger(self) -> MailLedger: ...

    @property
    def notices(self) -> Notices: ...

    @property
    def secrets(self) -> Secrets: ...

    @property
    def link_requests(self) -> LinkRequests: ...

    @property
    def clock(self) -> Clock: ...

    @property
    def ids(self) -> Ids: ...

    @property
    def files(self) -> Files: ...

    @property
    def raw_mails(self) -> RawMails: ...

    @property
    def mail_sender(self) -> MailSender: ...

    @property
    def composer(self) -> "Composer": ...

    @property
    def jobs(self) -> Jobs: ...

    @property
    def identities(self) -> Identities: ...

    @property
    def addresses(self) -> "Addresses": ...


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

    def console_ticket(self, number: int) -> str:
        """A ticket in the agents' console."""
        return f"{self.desk_url}/console/tickets/{number}"


class Composer(Protocol):
    """From a letter to the bytes of a mail."""

    def compose(self, letter: "Letter") -> bytes:
        """Multipart text and HTML in the letter's language, with all headers."""
