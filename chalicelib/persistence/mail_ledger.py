"""The repository of mails that leave."""

from datetime import datetime, timedelta

from chalicelib.domain.automatic_mail import Limits
from chalicelib.domain.errors import LostRace
from chalicelib.persistence import keys
from chalicelib.persistence.commit_writes import thread_references
from chalicelib.persistence.failures import ConditionFailed
from chalicelib.persistence.items import SCHEMA, Item, RawItem
from chalicelib.persistence.mail_out_items import (
    AcknowledgementsItem,
    JobFailuresItem,
    SentMailItem,
    SentReferenceItem,
    SuppressedAddressItem,
)
from chalicelib.persistence.table import Table, Write
from chalicelib.usecases.ports import Clearance, SentMail

_SENDING, _SENT = "sending", "sent"
_SENT_KEPT = timedelta(days=60)
_COUNTED = timedelta(days=1)
# As long as a queue and its dead-letter queue keep a job together.
_FAILURES_KEPT = timedelta(days=28)
_ATTEMPTS = 3


class MailLedgerRepository:
    """The ledger of mails that leave, in the table."""

    def __init__(self, table: Table, *, ses_region: str) -> None:
        self._table = table
        self._domains = ("email.amazonses.com", f"{ses_region}.amazonses.com")

    def begin_sending(
        self, key: str, address: str, now: datetime, *, lease_seconds: int
    ) -> Clearance:
        """Whether this worker may send the mail with this key to this address now. One call.

        Lease and suppression are asked in one transaction: nobody waits for a second call, and an
        address that is suppressed this instant gets nothing.
        """
        free = SentMailItem.pk.does_not_exist() | (
            (SentMailItem.state == _SENDING) & (SentMailItem.lease_until <= now)
        )
        actions = [
            SentMailItem.kind.set("sent_mail"),
            SentMailItem.schema.set(SCHEMA),
            SentMailItem.state.set(_SENDING),
            SentMailItem.lease_until.set(now + timedelta(seconds=lease_seconds)),
            SentMailItem.expires_at.set(now + _SENT_KEPT),
        ]
        sending = SentMailItem(*keys.sent_mail(key))
        suppressed = SuppressedAddressItem(*keys.suppressed_address(address))
        writes = [
            # First, for a mail that left has left, whatever became of its address.
            Write("update", sending, free, actions, refused=_Taken),
            Write("check", suppressed, Item.pk.does_not_exist(), refused=lambda _: _Suppressed()),
        ]
        try:
            self._table.transact(writes)
        except _Taken as taken:
            return taken.clearance
        except _Suppressed:
            return Clearance.SUPPRESSED
        return Clearance.GRANTED

    def give_back(self, key: str, now: datetime) -> None:
        """The mail surely did not leave: whoever asks next may send it. One call."""
        actions = [SentMailItem.lease_until.set(now)]
        try:
            self._table.update(keys.sent_mail(key), actions, SentMailItem.state == _SENDING)
        except ConditionFailed:
            # It left by another worker's hand after our lease had run out.
            return

    def finish_sending(
        self, key: str, ses_id: str, number: int, message_id: str, own_id: str = ""
    ) -> None:
        """The mail left: remember the id that SES gave, so that answers find the ticket.

        Safe to repeat. SES makes the Message-ID of its id and a domain of the region; mail clients
        answer to that one, so every form of it leads to the ticket. One call.

        Args:
            ses_id: empty when there was nothing to send, or SES refused it for good.
            number: zero for a mail that is about no ticket.
            own_id: our own Message-ID; it stands in References, and in what a bounce returns.
        """
        bare = keys.bare_ses_id(ses_id)
        sent = [SentMailItem.state.set(_SENT), SentMailItem.ses_id.set(bare)]
        writes = [Write("update", SentMailItem(*keys.sent_mail(key)), None, sent)]
        if bare:
            place = keys.sent_reference(bare)
            reference = SentReferenceItem(*place, number=number, message_id=message_id, key=key)
            writes.append(Write("put", reference))
        if bare and number:
            forms = (bare, *(f"{bare}@{domain}" for domain in self._domains), own_id)
            writes.extend(thread_references(forms, number))
        self._table.transact(writes)

    def left_as(self, key: str) -> str:
        """SES's id of the mail with this key; empty when it did not leave. One call."""
        item = self._table.find(SentMailItem, keys.sent_mail(key), consistent=True)
        return item.ses_id if item else ""

    def sent_mail(self, ses_id: str) -> SentMail | None:
        """What a mail was about that left under this id. One call."""
        item = self._table.find(SentReferenceItem, keys.sent_reference(ses_id))
        return None if item is None else SentMail(item.number, item.message_id, item.key)

    def may_acknowledge(self, address: str, key: str, now: datetime, limits: Limits) -> bool:
        """Whether the automatic mail with this key is within the limits, and count it once.

        A mail that was counted may go, however often it is tried. When two ask at once, one of
        them reads again. Two calls.

        Raises:
            LostRace: others were faster every time.
        """
        for _ in range(_ATTEMPTS):
            place = keys.acknowledgements(address)
            known = self._table.find(AcknowledgementsItem, place, consistent=True)
            counted = _within(known.mails if known else {}, now - _COUNTED)
            if key in counted:
                return True
            if not limits.leave_room(counted.values(), now):
                return False
            if self._count(known, place, {**counted, key: now}, now):
                return True
        raise LostRace

    def count_failure(self, job: str, now: datetime) -> int:
        """How often a job failed by now, this time included. One call."""
        actions = [
            JobFailuresItem.kind.set("job_failures"),
            JobFailuresItem.schema.set(SCHEMA),
            JobFailuresItem.expires_at.set(now + _FAILURES_KEPT),
            JobFailuresItem.times.add(1),
        ]
        counted = self._table.update(keys.job_failures(job), actions)
        return int(counted["times"]["N"])

    def _count(
        self,
        known: AcknowledgementsItem | None,
        place: keys.Key,
        mails: dict[str, datetime],
        now: datetime,
    ) -> bool:
        revision = known.revision if known else 0
        item = AcknowledgementsItem(
            *place,
            revision=revision + 1,
            mails={key: at.isoformat() for key, at in mails.items()},
            expires_at=now + 2 * _COUNTED,
        )
        as_read = AcknowledgementsItem.revision == revision if known else Item.pk.does_not_exist()
        try:
            self._table.put(item, as_read)
        except ConditionFailed:
            return False
        return True


class _Taken(Exception):
    """The mail left, or somebody else is at it."""

    def __init__(self, stored: RawItem | None) -> None:
        left = bool(stored) and stored is not None and stored["state"]["S"] == _SENT
        self.clearance = Clearance.SENT if left else Clearance.BUSY
        super().__init__(self.clearance)


class _Suppressed(Exception):
    """Nothing goes to the address."""


def _within(mails: dict[str, str], start: datetime) -> dict[str, datetime]:
    times = {key: datetime.fromisoformat(at) for key, at in mails.items()}
    return {key: at for key, at in times.items() if at > start}
