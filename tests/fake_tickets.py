"""Tickets, customers, loads and lists in memory: fakes of what is written in one transaction."""

import threading
from bisect import insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from chalicelib.domain.assignment import AgentLoad
from chalicelib.domain.contact_words import words_of
from chalicelib.domain.errors import (
    AddressTaken,
    AtCapacity,
    LostRace,
    NotFound,
    ScheduledReplyGone,
    StaleTicket,
    TicketNotFound,
)
from chalicelib.domain.judgement import Tally
from chalicelib.domain.scheduled_reply import ScheduledReply
from chalicelib.domain.ticket import DeliveryState, Event, Message, Ticket
from chalicelib.domain.views import Partition, ViewRow
from chalicelib.usecases.ports import (
    WAKE_SHARDS,
    AlreadyDone,
    Claim,
    Commit,
    Contact,
    Due,
    MailContext,
    MailReceipt,
    Remembered,
    SuspendedMail,
    TakenMail,
    Thread,
)

_FORWARD = ("queued", "sent", "failed", "suppressed", "delivered", "bounced", "complained")
_DAY = timedelta(hours=24)


def folded(text: str) -> str:
    """An address or a Message-ID as it is compared."""
    return text.strip().strip("<>").strip().casefold()


@dataclass
class FakeStore:
    """What the fakes share. ``lock`` makes a commit one thing, as a transaction does."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    counter: int = 1000
    tickets: dict[int, Ticket] = field(default_factory=dict)
    entries: dict[int, list[tuple[str, Message | Event]]] = field(default_factory=dict)
    loads: dict[str, AgentLoad] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    absorbed: dict[str, Contact] = field(default_factory=dict)
    tags: dict[str, int] = field(default_factory=dict)
    references: dict[str, int] = field(default_factory=dict)
    receipts: dict[str, TakenMail] = field(default_factory=dict)
    remembered: dict[tuple[str, str], tuple[datetime, Remembered]] = field(default_factory=dict)
    suspended: dict[str, SuspendedMail] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    scheduled: dict[tuple[int, str], ScheduledReply] = field(default_factory=dict)

    def events(self, number: int) -> list[Event]:
        """What happened to a ticket, oldest first."""
        return [entry for _, entry in self.entries.get(number, []) if isinstance(entry, Event)]

    def messages(self, number: int) -> list[Message]:
        """What was said on a ticket, oldest first."""
        return [entry for _, entry in self.entries.get(number, []) if isinstance(entry, Message)]

    def keep_receipt(self, receipt: MailReceipt | None, number: int = 0, entry: str = "") -> None:
        """Remember a mail as taken."""
        self.receipts.update(dict.fromkeys(_receipt_keys(receipt), TakenMail(number, entry)))

    def has_receipt(self, receipt: MailReceipt | None) -> bool:
        """Whether a mail was taken, by this delivery or another."""
        return not _receipt_keys(receipt).isdisjoint(self.receipts)

    def refuse_done(self, asked: Remembered, now: datetime) -> None:
        """Refuse what was answered under this key within the last day."""
        until, first = self.remembered.get((asked.client, asked.key), (now, None))
        if first and until >= now:
            raise AlreadyDone(first)

    def remember(self, asked: Remembered, now: datetime) -> None:
        """Keep the first answer under a key."""
        self.refuse_done(asked, now)
        self.remembered[asked.client, asked.key] = (now + _DAY, asked)

    def waiting_on(self, number: int) -> tuple[ScheduledReply, ...]:
        """Replies that wait on a ticket, as they were written."""
        return tuple(r for (of, _), r in sorted(self.scheduled.items()) if of == number)

    def require_scheduled(self, reply: ScheduledReply, read: int) -> None:
        """Refuse unless the stored reply has the version that was read: so many before this."""
        stored = self.scheduled.get((reply.number, reply.id))
        if stored is None or stored.version != reply.version - read:
            raise ScheduledReplyGone(reply.id)


def _receipt_keys(receipt: MailReceipt | None) -> set[str]:
    if receipt is None:
        return set()
    both = (f"ses:{receipt.ses_id}", f"content:{receipt.fingerprint}")
    return {key for key in both if not key.endswith(":")}


class FakeTickets:
    """Tickets in memory."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store

    def last_number(self) -> int:
        return self._store.counter if self._store.counter > 1000 else 0

    def next_number(self) -> int:
        with self._store.lock:
            self._store.counter += 1
            return self._store.counter

    def get(self, number: int) -> Ticket:
        if number not in self._store.tickets:
            raise TicketNotFound(number)
        return self._store.tickets[number]

    def open_thread(self, number: int, *, limit: int) -> Thread:
        return self._thread(number, self._entries(number), limit)

    def list_older(self, number: int, *, before: str, limit: int) -> Thread:
        earlier = [(id_, entry) for id_, entry in self._entries(number) if id_ < before]
        return self._thread(number, earlier, limit)

    def get_message(self, number: int, message_id: str) -> Message:
        found = dict(self._entries(number)).get(message_id)
        if not isinstance(found, Message):
            raise NotFound("Message", message_id)
        return found

    def list_events(self, number: int) -> Sequence[Event]:
        return self._store.events(number)

    def list_by_numbers(self, numbers: Sequence[int]) -> Sequence[Ticket]:
        known = self._store.tickets
        return [known[number] for number in sorted(set(numbers)) if number in known]

    def bring_messages(self, source: int, target: int) -> None:
        entries = self._store.entries.setdefault(target, [])
        self.drop_messages(source, target)
        for message in self._store.messages(source):
            copy = replace(message, merged_from=source)
            insort(entries, (copy.id, copy), key=lambda stored: stored[0])

    def drop_messages(self, source: int, target: int) -> None:
        entries = self._store.entries.get(target, [])
        entries[:] = [
            (id_, entry)
            for id_, entry in entries
            if not (isinstance(entry, Message) and entry.merged_from == source)
        ]

    def remove(self, ticket: Ticket) -> None:
        stored = self._store.tickets.get(ticket.number)
        if stored is None or stored.version != ticket.version:
            raise StaleTicket(ticket.number, ticket.version, stored.version if stored else 0)
        del self._store.tickets[ticket.number]

    def list_messages(self, number: int) -> Iterator[Message]:
        yield from self._store.messages(number)

    def remove_entries(self, number: int) -> None:
        self._store.entries.pop(number, None)
        for of, reply_id in list(self._store.scheduled):
            if of == number:
                del self._store.scheduled[of, reply_id]

    def commit(self, commit: Commit) -> None:
        store = self._store
        with store.lock:
            self._refuse(commit)
            if commit.beside:
                self._refuse(commit.beside)
                self.commit(replace(commit.beside, load_changes={}))
            known = commit.before.tags if commit.before else ()
            for tag in set(commit.after.tags) - set(known) if commit.suggests_tags else ():
                store.tags[tag] = store.tags.get(tag, 0) + 1
            store.tickets[commit.after.number] = commit.after
            for reply in filter(None, (commit.held, *commit.kept_fresh)):
                store.scheduled[reply.number, reply.id] = reply
            if commit.spent:
                del store.scheduled[commit.spent.number, commit.spent.id]
            self._keep_loads(commit)
            if commit.new_contact:
                store.contacts[folded(commit.new_contact.email)] = commit.new_contact
            self._keep_entries(commit)
            self._keep_ledger(commit)

    def _keep_loads(self, commit: Commit) -> None:
        loads = self._store.loads
        for agent_id, change in commit.load_changes.items():
            load = loads.get(agent_id, AgentLoad(agent_id))
            loads[agent_id] = replace(load, open_count=load.open_count + change)
        if commit.passed_by:
            load = loads.get(commit.passed_by, AgentLoad(commit.passed_by))
            loads[load.agent_id] = replace(load, skipped=load.skipped + 1)
        if commit.claim and commit.claim.turn is not None:
            load = loads.get(commit.claim.agent_id, AgentLoad(commit.claim.agent_id))
            loads[load.agent_id] = replace(load, turn=commit.claim.turn)

    def _keep_entries(self, commit: Commit) -> None:
        entries = self._store.entries.setdefault(commit.after.number, [])
        written: list[Message | Event] = [*commit.messages, *commit.events]
        for entry in written:
            if not entry.id:
                raise ValueError("An entry needs an id.")
            insort(entries, (entry.id, entry), key=lambda stored: stored[0])

    def _keep_ledger(self, commit: Commit) -> None:
        store = self._store
        for reference in filter(None, map(folded, commit.thread_ids)):
            store.references.setdefault(reference, commit.after.number)
        entry = commit.messages[0].id if commit.messages else ""
        store.keep_receipt(commit.receipt, commit.after.number, entry)
        store.suspended.pop(commit.released, None)
        for tally in commit.tallies:
            store.counts[tally.name] = store.counts.get(tally.name, 0) + 1
        if commit.remembered:
            store.remember(commit.remembered, commit.after.updated_at)

    def find_remembered(self, client: str, key: str) -> Remembered | None:
        kept = self._store.remembered.get((client, key))
        return kept[1] if kept else None

    def list_by_requester(
        self, contact_id: str, *, limit: int, cursor: str
    ) -> tuple[Sequence[Ticket], str]:
        own = [t for t in self._store.tickets.values() if t.customer_id == contact_id]
        own.sort(key=lambda ticket: (ticket.created_at, ticket.number), reverse=True)
        start = int(cursor or 0)
        more = str(start + limit) if len(own) > start + limit else ""
        return own[start : start + limit], more

    def suggest_tags(self, prefix: str, *, limit: int) -> Sequence[str]:
        found = [(-n, tag) for tag, n in self._store.tags.items() if tag.startswith(prefix)]
        return [tag for _, tag in sorted(found)[:limit]]

    def record_delivery(
        self, number: int, message_id: str, state: DeliveryState, ses_id: str = ""
    ) -> None:
        with self._store.lock:
            message = self.get_message(number, message_id)
            known = _FORWARD.index(message.delivery) if message.delivery else 0
            forward = _FORWARD.index(state) >= known
            changed = replace(
                message,
                delivery=state if forward else message.delivery,
                message_id=ses_id if ses_id and (forward or not message.message_id)
                else message.message_id,
            )  # fmt: skip
            entries = self._store.entries[number]
            at = [id_ for id_, _ in entries].index(message_id)
            entries[at] = (message_id, changed)

    def list_due(self, shard: int, now: datetime, cursor: str) -> tuple[Sequence[Due], str]:
        waking = [(ticket.wake_at, Due(n)) for n, ticket in self._store.tickets.items()]
        waking += [(r.wake_at, Due(*place)) for place, r in self._store.scheduled.items()]
        found = [
            (wake_at, due)
            for wake_at, due in waking
            if due.number % WAKE_SHARDS == shard and wake_at and wake_at <= now
        ]
        return [due for _, due in sorted(found)], ""

    def _refuse(self, commit: Commit) -> None:
        """What would refuse the transaction, in the order in which the table tells it."""
        self._refuse_done(commit)
        store = self._store
        stored = store.tickets.get(commit.after.number)
        based_on = commit.before.version if commit.before else 0
        if (stored.version if stored else 0) != based_on:
            current = stored.version if stored else 0
            raise StaleTicket(commit.after.number, based_on, current)
        for reply in commit.kept_fresh:
            try:
                store.require_scheduled(reply, 1)
            except ScheduledReplyGone as error:
                raise LostRace from error
        if commit.claim and not self._has_room(commit.claim):
            raise AtCapacity(commit.claim.agent_id, commit.claim.capacity)
        if commit.new_contact and folded(commit.new_contact.email) in store.contacts:
            raise LostRace

    def _refuse_done(self, commit: Commit) -> None:
        store = self._store
        if commit.remembered:
            store.refuse_done(commit.remembered, commit.after.updated_at)
        if store.has_receipt(commit.receipt):
            raise AlreadyDone
        if commit.released and commit.released not in store.suspended:
            raise AlreadyDone
        for waited, read in ((commit.spent, 0), (commit.held, 1)):
            if waited:
                store.require_scheduled(waited, read)

    def _has_room(self, claim: Claim) -> bool:
        load = self._store.loads.get(claim.agent_id, AgentLoad(claim.agent_id))
        return load.open_count <= claim.most_load and (load.available or not claim.needs_available)

    def _entries(self, number: int) -> list[tuple[str, Message | Event]]:
        self.get(number)
        return self._store.entries.get(number, [])

    def _thread(
        self, number: int, entries: list[tuple[str, Message | Event]], limit: int
    ) -> Thread:
        page = tuple(entry for _, entry in entries[-limit:])
        older = page[0].id if len(entries) > limit else ""
        ticket, scheduled = self.get(number), self._store.waiting_on(number)
        shown = tuple(entry for entry in page if _is_shown(ticket, entry))
        return Thread(ticket, shown, older, scheduled)


def _is_shown(ticket: Ticket, entry: Message | Event) -> bool:
    brought = entry.merged_from if isinstance(entry, Message) else 0
    return not brought or brought in ticket.merged_from


class FakeCustomers:
    """Contacts in memory."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store

    def find_by_address(self, address: str) -> Contact | None:
        return self._store.contacts.get(folded(address))

    def get(self, contact_id: str) -> Contact:
        found = (c for c in self._store.contacts.values() if c.id == contact_id)
        contact = self._store.absorbed.get(contact_id) or next(found, None)
        if contact is None:
            raise NotFound("Contact", contact_id)
        return contact

    def save(self, before: Contact, after: Contact, absorbed: Contact | None = None) -> None:
        with self._store.lock:
            mine = [contact for contact in (before, absorbed) if contact]
            if any(self.get(contact.id).version != contact.version for contact in mine):
                raise LostRace
            for address in after.addresses:
                owner = self._store.contacts.get(folded(address))
                if owner and owner.id not in {contact.id for contact in mine}:
                    raise AddressTaken(address)
            for contact in mine:
                for address in contact.addresses:
                    self._store.contacts.pop(folded(address), None)
            self._store.contacts.update({folded(a): after for a in after.addresses})
            if absorbed:
                left = replace(absorbed, version=absorbed.version + 1, merged_into=after.id)
                self._store.absorbed[absorbed.id] = left

    def list_by_word(
        self, word: str, *, whole: bool, limit: int, cursor: str
    ) -> tuple[Sequence[tuple[str, Contact]], str]:
        contacts = {contact.id: contact for contact in self._store.contacts.values()}
        fitting = sorted(
            (f"{known}#{contact.id}", known, contact)
            for contact in contacts.values()
            for known in words_of(contact.name, contact.addresses)
            if (known == word if whole else known.startswith(word))
        )
        after = [one for one in fitting if one[0] > cursor]
        page = [(known, contact) for _, known, contact in after[:limit]]
        return page, after[limit - 1][0] if len(after) > limit else ""

    def mail_context(
        self,
        receipt: MailReceipt,
        references: Sequence[str],
        sender: str,
        tallies: Sequence[Tally] = (),
    ) -> MailContext:
        counts = {
            t.name: self._store.counts[t.name] for t in tallies if t.name in self._store.counts
        }
        known = self._store.references
        found = {value: known[folded(value)] for value in references if folded(value) in known}
        seen = self._store.has_receipt(receipt)
        return MailContext(seen, found, self.find_by_address(sender), counts)


class FakeLoads:
    """Agents' loads in memory."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store

    def list_by_agents(self, agent_ids: Sequence[str]) -> Sequence[AgentLoad]:
        return [self._store.loads.get(name, AgentLoad(name)) for name in agent_ids]

    def set_available(self, agent_id: str, *, available: bool, at: datetime | None = None) -> None:
        with self._store.lock:
            load = self._store.loads.get(agent_id, AgentLoad(agent_id))
            since = load.away_since or (int(at.timestamp()) if at else 0)
            self._store.loads[agent_id] = replace(
                load, available=available, away_since=0 if available else since
            )


class FakeReadModels:
    """Lists in memory."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._shown: dict[int, tuple[Ticket, frozenset[ViewRow]]] = {}

    def page(
        self, partitions: Sequence[Partition], *, limit: int, cursor: str
    ) -> tuple[Sequence[Ticket], str]:
        with self._lock:
            rows = {
                (row.sort, row.number): ticket
                for ticket, own in self._shown.values()
                for row in own
                if row.partition in partitions
            }
        places = [place for place in sorted(rows) if _text(place) > cursor]
        more = _text(places[limit - 1]) if len(places) > limit else ""
        return [rows[place] for place in places[:limit]], more

    def counts(self, partitions: Sequence[Partition]) -> Mapping[Partition, int]:
        with self._lock:
            rows = [row.partition for _, own in self._shown.values() for row in own]
        return {partition: rows.count(partition) for partition in partitions}

    def apply(self, ticket: Ticket, rows: frozenset[ViewRow], *, again: bool = False) -> bool:
        with self._lock:
            shown = self._shown.get(ticket.number)
            newer = shown is not None and shown[0].version > ticket.version
            same = shown is not None and shown[0].version == ticket.version
            if newer or (same and not again):
                return False
            self._shown[ticket.number] = (ticket, rows)
            return True

    def lagging(self, wanted: Sequence[tuple[Ticket, frozenset[ViewRow]]]) -> Sequence[Ticket]:
        def lags(ticket: Ticket, rows: frozenset[ViewRow]) -> bool:
            shown = self._shown.get(ticket.number)
            if shown is None or shown[0].version != ticket.version:
                return shown is None or shown[0].version < ticket.version
            return shown[1] != rows

        return [ticket for ticket, rows in wanted if lags(ticket, rows)]

    def all_rows(self) -> frozenset[ViewRow]:
        """Every row of every list."""
        return frozenset(row for _, own in self._shown.values() for row in own)

    def withdraw(self, number: int) -> None:
        self._shown.pop(number, None)

    def forget_counts(self, partitions: Iterable[Partition]) -> None:
        """Here numbers are counted, not kept."""


def _text(place: tuple[str, int]) -> str:
    return f"{place[0]}#{place[1]:012d}"
