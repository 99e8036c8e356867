"""Mails that leave, in memory: the ledger, who gets nothing, and what a worker says to SQS."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chalicelib.domain.automatic_mail import Limits
from chalicelib.domain.errors import NotFound
from chalicelib.usecases.ports import Clearance, SentMail, SuppressedAddress
from tests.fake_tickets import FakeStore, folded


class FakeSuppressions:
    """Suppressed addresses in memory."""

    def __init__(self) -> None:
        self.suppressed: dict[str, SuppressedAddress] = {}
        self._causes: set[str] = set()
        self._strikes: dict[str, dict[str, datetime]] = {}

    def suppress(self, suppressed: SuppressedAddress, cause: str) -> None:
        if cause in self._causes or folded(suppressed.address) in self.suppressed:
            return
        self._causes.update(filter(None, [cause]))
        self.suppressed[folded(suppressed.address)] = suppressed

    def strike(self, address: str, cause: str, now: datetime) -> int:
        failures = self._strikes.setdefault(folded(address), {})
        recent = {c: at for c, at in failures.items() if at > now - timedelta(days=7)}
        recent.setdefault(cause, now)
        self._strikes[folded(address)] = recent
        return len(recent)

    def list_by_address(
        self, prefix: str, *, limit: int, cursor: str
    ) -> tuple[Sequence[SuppressedAddress], str]:
        found = sorted(a for a in self.suppressed if a.startswith(folded(prefix)) and a > cursor)
        more = found[limit - 1] if len(found) > limit else ""
        return [self.suppressed[address] for address in found[:limit]], more

    def remove(self, address: str) -> None:
        self._strikes.pop(folded(address), None)
        if not self.suppressed.pop(folded(address), None):
            raise NotFound("Suppressed address", address)


class FakeMailLedger:
    """The ledger of mails that leave, in memory."""

    def __init__(self, store: FakeStore, suppressions: FakeSuppressions) -> None:
        self._store = store
        self._suppressions = suppressions
        self.leases: dict[str, datetime | None] = {}
        self.sent: dict[str, SentMail] = {}
        self._automatic: dict[str, dict[str, datetime]] = {}
        self._failures: dict[str, int] = {}

    def begin_sending(
        self, key: str, address: str, now: datetime, *, lease_seconds: int
    ) -> Clearance:
        if key in self.leases:
            until = self.leases[key]
            if until is None:
                return Clearance.SENT
            if until > now:
                return Clearance.BUSY
        if folded(address) in self._suppressions.suppressed:
            return Clearance.SUPPRESSED
        self.leases[key] = now + timedelta(seconds=lease_seconds)
        return Clearance.GRANTED

    def give_back(self, key: str, now: datetime) -> None:
        if self.leases.get(key):
            self.leases[key] = now

    def finish_sending(
        self, key: str, ses_id: str, number: int, message_id: str, own_id: str = ""
    ) -> None:
        self.leases[key] = None
        bare = ses_id.strip("<>").partition("@")[0]
        if bare:
            self.sent[bare] = SentMail(number, message_id, key)
        if bare and number:
            domains = ("email.amazonses.com", "us-east-1.amazonses.com")
            forms = (bare, *(f"{bare}@{domain}" for domain in domains), own_id)
            for form in filter(None, forms):
                self._store.references.setdefault(folded(form), number)

    def left_as(self, key: str) -> str:
        return next((ses_id for ses_id, mail in self.sent.items() if mail.key == key), "")

    def sent_mail(self, ses_id: str) -> SentMail | None:
        return self.sent.get(ses_id.strip("<>").partition("@")[0])

    def may_acknowledge(self, address: str, key: str, now: datetime, limits: Limits) -> bool:
        known = self._automatic.setdefault(folded(address), {})
        in_day = {k: at for k, at in known.items() if at > now - timedelta(days=1)}
        if key in in_day:
            return True
        if not limits.leave_room(in_day.values(), now):
            return False
        self._automatic[folded(address)] = {**in_day, key: now}
        return True

    def count_failure(self, job: str, now: datetime) -> int:
        self._failures[job] = self._failures.get(job, 0) + 1
        return self._failures[job]


@dataclass(frozen=True)
class AsideJob:
    """A job that went to a dead-letter queue."""

    queue: str
    body: str
    group: str
    job: str
    reason: str


@dataclass
class FakeRedelivery:
    """What workers said to SQS. ``failures`` are raised by the next calls, one each."""

    postponed: list[tuple[str, str, int]] = field(default_factory=list)
    aside: list[AsideJob] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    def postpone(self, queue: str, receipt: str, *, seconds: int) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.postponed.append((queue, receipt, seconds))

    def set_aside(self, queue: str, body: str, *, group: str, job: str, reason: str) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.aside.append(AsideJob(queue, body, group, job, reason))
