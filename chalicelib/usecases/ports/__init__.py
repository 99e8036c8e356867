"""What the use cases need from outside, as protocols; ``tests/fakes.py`` has a fake of each.

Writes go through ``Tickets.commit``: one transaction for the ticket, its messages and events, the
load of agents, and every ledger entry that makes the write safe to repeat.
"""

from typing import Protocol

from chalicelib.usecases.ports.customers import Contact, Customers, MailContext
from chalicelib.usecases.ports.dead_letters import DeadLetters, PutAside, QueueDepth, Redriven
from chalicelib.usecases.ports.mail import (
    Composer,
    MailLedger,
    MailReceipt,
    MailSender,
    SuspendedMail,
)
from chalicelib.usecases.ports.outside import Clock, Files, Ids, Job, Jobs, StoredFile
from chalicelib.usecases.ports.people import (
    Identities,
    LinkRequests,
    Loads,
    Notice,
    Notices,
)
from chalicelib.usecases.ports.raw_mails import (
    COPY_OF_ANOTHER,
    MailAccounts,
    RawMails,
    StoredMail,
    StrayMail,
    TakenMail,
)
from chalicelib.usecases.ports.set_up import Addresses, ReadModels, Secrets, Settings
from chalicelib.usecases.ports.tickets import (
    WAKE_SHARDS,
    AlreadyDone,
    Claim,
    Commit,
    Remembered,
    Thread,
    Tickets,
)

__all__ = [
    "COPY_OF_ANOTHER",
    "WAKE_SHARDS",
    "Addresses",
    "AlreadyDone",
    "Claim",
    "Clock",
    "Commit",
    "Composer",
    "Contact",
    "Customers",
    "DeadLetters",
    "Files",
    "Identities",
    "Ids",
    "Job",
    "Jobs",
    "LinkRequests",
    "Loads",
    "MailAccounts",
    "MailContext",
    "MailLedger",
    "MailReceipt",
    "MailSender",
    "Notice",
    "Notices",
    "Ports",
    "PutAside",
    "QueueDepth",
    "RawMails",
    "ReadModels",
    "Redriven",
    "Remembered",
    "Secrets",
    "Settings",
    "StoredFile",
    "StoredMail",
    "StrayMail",
    "SuspendedMail",
    "TakenMail",
    "Thread",
    "Tickets",
]


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
    def mail_accounts(self) -> MailAccounts: ...

    @property
    def dead_letters(self) -> DeadLetters: ...

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
