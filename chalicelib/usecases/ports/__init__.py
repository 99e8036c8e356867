"""What the use cases need from outside, as protocols; ``tests/fakes.py`` has a fake of each.

Writes go through ``Tickets.commit``: one transaction for the ticket, its messages and events, the
load of agents, and every ledger entry that makes the write safe to repeat.
"""

from typing import Protocol

from chalicelib.usecases.ports.answers import Answers
from chalicelib.usecases.ports.breaches import Breaches
from chalicelib.usecases.ports.customers import Contact, Customers, MailContext
from chalicelib.usecases.ports.dead_letters import DeadLetters, PutAside, QueueDepth, Redriven
from chalicelib.usecases.ports.intake import (
    ForwardingCheck,
    ForwardingChecks,
    MailIntake,
    MailReceipt,
    SuspendedMail,
)
from chalicelib.usecases.ports.mail import (
    Clearance,
    Composer,
    MailLedger,
    MailSender,
    SentMail,
    SuppressedAddress,
    SuppressionReason,
    Suppressions,
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
    WITHOUT_ENTRY,
    MailAccounts,
    RawMails,
    StoredMail,
    StrayMail,
    TakenMail,
)
from chalicelib.usecases.ports.redelivery import Redelivery
from chalicelib.usecases.ports.rules import Delivered, UseCounts, Webhooks
from chalicelib.usecases.ports.scheduled import ScheduledReplies
from chalicelib.usecases.ports.set_up import (
    Addresses,
    ApiKeyUses,
    PublicHolidays,
    ReadModels,
    Secrets,
    SettingChange,
    Settings,
)
from chalicelib.usecases.ports.tickets import (
    FIRST_NUMBER,
    WAKE_SHARDS,
    AlreadyDone,
    Claim,
    Commit,
    Due,
    Remembered,
    Thread,
    Tickets,
)

__all__ = [
    "FIRST_NUMBER",
    "WAKE_SHARDS",
    "WITHOUT_ENTRY",
    "Addresses",
    "AlreadyDone",
    "Answers",
    "ApiKeyUses",
    "Breaches",
    "Claim",
    "Clearance",
    "Clock",
    "Commit",
    "Composer",
    "Contact",
    "Customers",
    "DeadLetters",
    "Delivered",
    "Due",
    "Files",
    "ForwardingCheck",
    "ForwardingChecks",
    "Identities",
    "Ids",
    "Job",
    "Jobs",
    "LinkRequests",
    "Loads",
    "MailAccounts",
    "MailContext",
    "MailIntake",
    "MailLedger",
    "MailReceipt",
    "MailSender",
    "Notice",
    "Notices",
    "Ports",
    "PublicHolidays",
    "PutAside",
    "QueueDepth",
    "RawMails",
    "ReadModels",
    "Redelivery",
    "Redriven",
    "Remembered",
    "ScheduledReplies",
    "Secrets",
    "SentMail",
    "SettingChange",
    "Settings",
    "StoredFile",
    "StoredMail",
    "StrayMail",
    "SuppressedAddress",
    "SuppressionReason",
    "Suppressions",
    "SuspendedMail",
    "TakenMail",
    "Thread",
    "Tickets",
    "UseCounts",
    "Webhooks",
]


class Ports(Protocol):
    """Everything outside, each part built when it is first asked for."""

    @property
    def tickets(self) -> Tickets: ...

    @property
    def scheduled_replies(self) -> ScheduledReplies: ...

    @property
    def customers(self) -> Customers: ...

    @property
    def loads(self) -> Loads: ...

    @property
    def read_models(self) -> ReadModels: ...

    @property
    def breaches(self) -> Breaches: ...

    @property
    def settings(self) -> Settings: ...

    @property
    def public_holidays(self) -> PublicHolidays: ...

    @property
    def mail_intake(self) -> MailIntake: ...

    @property
    def forwarding_checks(self) -> ForwardingChecks: ...

    @property
    def mail_ledger(self) -> MailLedger: ...

    @property
    def suppressions(self) -> Suppressions: ...

    @property
    def redelivery(self) -> Redelivery: ...

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
    def answers(self) -> Answers: ...

    @property
    def api_key_uses(self) -> ApiKeyUses: ...

    @property
    def use_counts(self) -> UseCounts: ...

    @property
    def webhooks(self) -> Webhooks: ...

    @property
    def identities(self) -> Identities: ...

    @property
    def addresses(self) -> "Addresses": ...
