"""Every stored mail is accounted for: it became a message, or is kept out, or is queued again.

SES stores a mail and then announces it. Should the announcement be lost, nobody would ever hear of
the mail; so the bucket is compared with the receipts that every taken mail leaves behind. Queueing
one again is harmless, for the receipt refuses a mail that was taken meanwhile.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from chalicelib.usecases.jobs import StoredMailPlace, TakeStoredMail
from chalicelib.usecases.ports import WITHOUT_ENTRY, Ports, StoredMail, StrayMail, TakenMail

GRACE = timedelta(minutes=15)
"""A younger mail may still be on its way: SES's announcement can take minutes."""

LOOKS_BACK = timedelta(days=55)
"""Receipts are kept for 60 days. An older mail without one may well have been taken."""

OVERLAP = timedelta(hours=1)
"""The sweep looks again at what was stored shortly before its last look: clocks differ."""

PAUSES = (timedelta(hours=1), timedelta(hours=3), timedelta(hours=6))
"""How long a mail that was queued again has to leave a receipt. A job that fails five times is in
the dead-letter queue after half an hour; after the last pause the mail is given up."""

_QUEUED_AT_ONCE = 500
_ASKED_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Account:
    """What became of the mails stored since an instant. The names are keys of the bucket.

    Attributes:
        stored: all of them; the sum of the rest.
        messages: on a ticket, bounces of the desk's mails among them.
        suspended: kept out.
        others: copies of these by another delivery, and checks of a forwarding.
        young: stored less than a quarter of an hour ago and not heard of yet.
        requeued: queued again by this run.
        waiting: queued again by an earlier run, still without a receipt.
        given_up: queued again as often as it makes sense; look into the dead-letter queue.
        settled_up_to: every mail stored before this is accounted for.
    """

    stored: int
    messages: int
    suspended: int
    others: int
    young: int
    requeued: tuple[str, ...]
    waiting: tuple[str, ...]
    given_up: tuple[str, ...]
    settled_up_to: datetime

    @property
    def unaccounted(self) -> int:
        """Mails that are neither messages nor kept out nor given up, and should be by now."""
        return len(self.requeued) + len(self.waiting)


@dataclass(slots=True)
class _Tally:
    """An account in the making."""

    now: datetime
    stored: int = 0
    messages: int = 0
    suspended: int = 0
    others: int = 0
    young: int = 0
    requeued: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)
    oldest_open: datetime | None = None

    def note(self, taken: TakenMail) -> None:
        """Count a mail that has its receipt."""
        if taken.entry == WITHOUT_ENTRY:
            self.others += 1
        elif taken.number:
            self.messages += 1
        else:
            self.suspended += 1

    def leave_open(self, mail: StoredMail) -> None:
        """A mail that is not settled holds back the instant up to which all are."""
        if self.oldest_open is None or mail.stored_at < self.oldest_open:
            self.oldest_open = mail.stored_at

    def account(self) -> Account:
        return Account(
            stored=self.stored,
            messages=self.messages,
            suspended=self.suspended,
            others=self.others,
            young=self.young,
            requeued=tuple(self.requeued),
            waiting=tuple(self.waiting),
            given_up=tuple(self.given_up),
            settled_up_to=min(self.oldest_open or self.now - GRACE, self.now - GRACE),
        )


def reconcile(ports: Ports, since: datetime) -> Account:
    """Compare the bucket with the receipts and queue again what nothing was heard of.

    Safe to repeat and to run twice at once: a mail may be queued twice, and is taken once.

    Args:
        since: mails stored before are left out, as are those older than ``LOOKS_BACK``.

    Raises:
        Unavailable: the bucket, the table or the queue did not answer.
    """
    now = ports.clock.now()
    tally = _Tally(now)
    wanted = _stored_since(ports, max(since, now - LOOKS_BACK))
    for mails in _chunks(wanted, _ASKED_AT_ONCE):
        _settle(ports, tally, mails)
    return tally.account()


def sweep_stored_mails(ports: Ports) -> Account:
    """Look at what was stored since all was accounted for, and remember how far that is now.

    However long no sweep ran, the next one goes on where the last one ended.
    """
    up_to = ports.mail_accounts.accounted_up_to()
    since = up_to - OVERLAP if up_to else ports.clock.now() - LOOKS_BACK
    account = reconcile(ports, since)
    ports.mail_accounts.note_accounted(account.settled_up_to)
    return account


def _stored_since(ports: Ports, since: datetime) -> Iterator[StoredMail]:
    cursor = ""
    while True:
        page, cursor = ports.raw_mails.list_page(cursor)
        yield from (mail for mail in page if mail.stored_at >= since)
        if not cursor:
            return


def _settle(ports: Ports, tally: _Tally, mails: Sequence[StoredMail]) -> None:
    taken = ports.mail_accounts.taken([mail.ses_id for mail in mails])
    tally.stored += len(mails)
    for receipt in taken.values():
        tally.note(receipt)
    missing = [mail for mail in mails if mail.ses_id not in taken]
    old = [mail for mail in missing if mail.stored_at <= tally.now - GRACE]
    tally.young += len(missing) - len(old)
    _recover(ports, tally, old)


def _recover(ports: Ports, tally: _Tally, mails: Sequence[StoredMail]) -> None:
    known = ports.mail_accounts.strays([mail.ses_id for mail in mails])
    due: list[StoredMail] = []
    for mail in mails:
        stray = known.get(mail.ses_id)
        if stray and tally.now >= stray.next_at and stray.attempts >= len(PAUSES):
            tally.given_up.append(mail.key)
            continue
        tally.leave_open(mail)
        if stray and tally.now < stray.next_at:
            tally.waiting.append(mail.key)
        else:
            due.append(mail)
    for some in _chunks(due, _QUEUED_AT_ONCE):
        _queue(ports, tally, some, known)


def _queue(
    ports: Ports, tally: _Tally, mails: Sequence[StoredMail], known: Mapping[str, StrayMail]
) -> None:
    """Queue first, then count: who dies between the two queues again, which does no harm."""
    ports.jobs.send([_job(mail) for mail in mails])
    for mail in mails:
        before = known[mail.ses_id].attempts if mail.ses_id in known else 0
        stray = StrayMail(mail.key, before + 1, tally.now + PAUSES[before])
        ports.mail_accounts.note_queued(stray, tally.now)
        tally.requeued.append(mail.key)


def _job(mail: StoredMail) -> TakeStoredMail:
    return TakeStoredMail(stored_mail=StoredMailPlace(key=mail.key, stored_at=mail.stored_at))


def _chunks(mails: Iterable[StoredMail], size: int) -> Iterator[list[StoredMail]]:
    rest = iter(mails)
    while chunk := list(islice(rest, size)):
        yield chunk
