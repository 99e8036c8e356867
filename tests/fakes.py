"""A fake of each port, in memory. The contract suite in ``tests/storage`` holds them to the table.

``FakePorts`` has them all; a test looks at what they kept instead of counting calls.
"""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from chalicelib.domain.desk import Desk
from chalicelib.domain.errors import LostRace, NotFound, StaleSetting
from chalicelib.domain.sla import Terms
from chalicelib.domain.tokens import Keyring
from chalicelib.usecases.ports import (
    Addresses,
    ForwardingCheck,
    MailReceipt,
    Notice,
    SettingChange,
    SuspendedMail,
)
from chalicelib.usecases.project_ticket import rows_on
from chalicelib.usecases.settings_schema import desk_from_documents
from tests.fake_answers import FakeAnswers
from tests.fake_breaches import FakeBreaches
from tests.fake_dead_letters import FakeDeadLetters
from tests.fake_gateways import (
    FakeComposer,
    FakeFiles,
    FakeIdentities,
    FakeJobs,
    FakeMailSender,
    FakeRawMails,
)
from tests.fake_mail_accounts import FakeMailAccounts
from tests.fake_mail_out import FakeMailLedger, FakeRedelivery, FakeSuppressions
from tests.fake_rules import FakeUseCounts, FakeWebhooks
from tests.fake_scheduled import FakeScheduledReplies
from tests.fake_tickets import (
    FakeCustomers,
    FakeLoads,
    FakeReadModels,
    FakeStore,
    FakeTickets,
    folded,
)

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_MONDAY_IN_ULID = "01KJPWD6M0"


@dataclass
class FakeClock:
    """A clock that stands until it is moved."""

    at: datetime = MONDAY

    def now(self) -> datetime:
        return self.at

    def advance(self, **amount: float) -> datetime:
        """Move on, by what ``timedelta`` takes; gives the new time."""
        self.at += timedelta(**amount)
        return self.at


class FakeIds:
    """Ids that count: ULIDs of one instant, that Monday at nine."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count = 0

    def new(self) -> str:
        with self._lock:
            self._count += 1
            return f"{_MONDAY_IN_ULID}{self._count:016d}"

    def secret(self) -> str:
        with self._lock:
            self._count += 1
            return f"{self._count:064x}"


class FakeSettings:
    """The set-up in memory: documents, or a ready desk that stands for them."""

    def __init__(self, ready: Desk | None = None) -> None:
        self.ready = ready
        self.kept_terms: dict[str, Terms] = {}
        self.changes: list[tuple[str, str, SettingChange | None]] = []
        self._revision = 0
        self._stored: dict[tuple[str, str], tuple[dict[str, Any], int]] = {}

    def desk(self) -> Desk:
        if self.ready is not None:
            return self.ready
        by_kind: dict[str, list[Mapping[str, Any]]] = {}
        for (kind, _), (document, _) in sorted(self._stored.items()):
            by_kind.setdefault(kind, []).append(document)
        return desk_from_documents(by_kind)

    def document(self, kind: str, setting_id: str) -> tuple[Mapping[str, Any], int]:
        if (kind, setting_id) not in self._stored:
            raise NotFound(kind, setting_id)
        return self._stored[kind, setting_id]

    def list_documents(self, kind: str) -> Sequence[tuple[Mapping[str, Any], int]]:
        return [stored for (of, _), stored in sorted(self._stored.items()) if of == kind]

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
        version = self._version(kind, setting_id)
        if based_on not in (None, version):
            raise StaleSetting(kind, setting_id)
        self._count_on(as_of)
        self._stored[kind, setting_id] = (dict(document), version + 1)
        self.changes.append((kind, setting_id, change))
        return version + 1

    def remove(
        self, kind: str, setting_id: str, *, based_on: int | None, as_of: int | None = None
    ) -> None:
        version = self._version(kind, setting_id)
        if not version:
            raise NotFound(kind, setting_id)
        if based_on not in (None, version):
            raise StaleSetting(kind, setting_id)
        self._count_on(as_of)
        del self._stored[kind, setting_id]

    def revision(self) -> int:
        return self._revision

    def _count_on(self, as_of: int | None) -> None:
        if as_of is None:
            return
        if as_of != self._revision:
            raise LostRace
        self._revision += 1

    def keep_terms(self, terms: Iterable[Terms]) -> None:
        self.kept_terms.update({each.id: each for each in terms})

    def past_terms(self, names: Sequence[str]) -> Mapping[str, Terms]:
        return {name: self.kept_terms[name] for name in names if name in self.kept_terms}

    def _version(self, kind: str, setting_id: str) -> int:
        return self._stored.get((kind, setting_id), ({}, 0))[1]


class FakePublicHolidays:
    """A country with one holiday a year, and a part of it with another."""

    def days(
        self, country: str, subdivision: str, years: Iterable[int]
    ) -> Mapping[date, str] | None:
        if country != "XX" or subdivision not in {"", "N"}:
            return None
        named = {"": {(10, 5): "Republic Day"}, "N": {(10, 5): "Republic Day", (6, 24): "St. John"}}
        return {
            date(year, *day): name for year in years for day, name in named[subdivision].items()
        }

    def regions(self) -> Mapping[str, Mapping[str, str]]:
        return {"XX": {"N": "North"}}


class FakeMailIntake:
    """The ledger of mails that came in, in memory."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store

    @property
    def suspended(self) -> dict[str, SuspendedMail]:
        """What was kept out, by id."""
        return self._store.suspended

    def suspend(self, mail: SuspendedMail, receipt: MailReceipt) -> None:
        if not self._store.has_receipt(receipt):
            self._store.keep_receipt(receipt)
            self.suspended[mail.id] = mail

    def note_taken(self, receipt: MailReceipt, number: int, now: datetime) -> None:
        self._store.keep_receipt(receipt)

    def list_suspended(self, *, limit: int, cursor: str) -> tuple[Sequence[SuspendedMail], str]:
        ids = sorted((i for i in self.suspended if not cursor or i < cursor), reverse=True)
        more = ids[limit - 1] if len(ids) > limit else ""
        return [self.suspended[id_] for id_ in ids[:limit]], more

    def find_suspended(self, mail_id: str) -> SuspendedMail:
        if mail_id not in self.suspended:
            raise NotFound("Suspended mail", mail_id)
        return self.suspended[mail_id]

    def throw_away(self, mail_id: str) -> None:
        del self.suspended[self.find_suspended(mail_id).id]


class FakeForwardingChecks:
    """Forwarding checks in memory."""

    def __init__(self) -> None:
        self._by_address: dict[str, ForwardingCheck] = {}

    def begin(self, check: ForwardingCheck) -> None:
        self._by_address[folded(check.address)] = check

    def finish(self, check_id: str, now: datetime) -> bool:
        for address, check in self._by_address.items():
            if check.id == check_id:
                arrived = check.arrived_at or now
                self._by_address[address] = replace(check, arrived_at=arrived)
                return True
        return False

    def list_all(self) -> Sequence[ForwardingCheck]:
        return [self._by_address[address] for address in sorted(self._by_address)]


class FakeNotices:
    """Notices in memory."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Notice] = {}
        self._read: dict[str, str] = {}

    def add(self, notice: Notice) -> None:
        self._kept.setdefault((notice.agent_id, notice.id), notice)

    def list_by_agent(
        self, agent_id: str, *, limit: int, cursor: str
    ) -> tuple[Sequence[Notice], str]:
        own = [n for (who, _), n in sorted(self._kept.items(), reverse=True) if who == agent_id]
        left = [notice for notice in own if not cursor or notice.id < cursor]
        read = self._read.get(agent_id, "")
        shown = [replace(notice, read=notice.id <= read) for notice in left[:limit]]
        return shown, shown[-1].id if len(left) > limit else ""

    def mark_read(self, agent_id: str, up_to: str) -> None:
        self._read[agent_id] = max(up_to, self._read.get(agent_id, ""))


class FakeApiKeyUses:
    """Days of use in memory."""

    def __init__(self) -> None:
        self._days: dict[str, date] = {}

    def note(self, use_id: str, day: date) -> None:
        self._days[use_id] = max(day, self._days.get(use_id, day))

    def last_days(self) -> Mapping[str, date]:
        return dict(self._days)


class FakeSecrets:
    """One key that everybody may know."""

    def keyring(self) -> Keyring:
        return Keyring({1: b"k" * 32})


class FakeLinkRequests:
    """Wishes for links in memory."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, datetime]] = []

    def ask(self, address: str, language: str, now: datetime) -> None:
        own = [at for who, _, at in self.asked if folded(who) == folded(address)]
        if not own or own[-1] <= now - timedelta(minutes=10):
            self.asked.append((address, language, now))


class FakePorts:
    """Everything outside, in memory. ``store`` is what the table would hold."""

    def __init__(self, desk: Desk | None = None, *, now: datetime = MONDAY) -> None:
        self.store = FakeStore()
        self.tickets = FakeTickets(self.store)
        self.scheduled_replies = FakeScheduledReplies(self.store)
        self.customers = FakeCustomers(self.store)
        self.loads = FakeLoads(self.store)
        self.read_models = FakeReadModels()
        self.breaches = FakeBreaches()
        self.settings = FakeSettings(desk)
        self.public_holidays = FakePublicHolidays()
        self.mail_intake = FakeMailIntake(self.store)
        self.forwarding_checks = FakeForwardingChecks()
        self.suppressions = FakeSuppressions()
        self.mail_ledger = FakeMailLedger(self.store, self.suppressions)
        self.redelivery = FakeRedelivery()
        self.mail_accounts = FakeMailAccounts(self.store)
        self.dead_letters = FakeDeadLetters()
        self.notices = FakeNotices()
        self.secrets = FakeSecrets()
        self.link_requests = FakeLinkRequests()
        self.clock = FakeClock(now)
        self.ids = FakeIds()
        self.files = FakeFiles()
        self.raw_mails = FakeRawMails()
        self.mail_sender = FakeMailSender()
        self.composer = FakeComposer()
        self.jobs = FakeJobs()
        self.identities = FakeIdentities()
        self.use_counts = FakeUseCounts()
        self.api_key_uses = FakeApiKeyUses()
        self.answers = FakeAnswers()
        self.webhooks = FakeWebhooks()
        self.addresses = Addresses("https://desk.example.com")

    def project_all(self) -> None:
        """Bring the lists up to date, as the projection's jobs do."""
        for ticket in self.store.tickets.values():
            self.read_models.apply(ticket, rows_on(self.settings.desk(), ticket))
