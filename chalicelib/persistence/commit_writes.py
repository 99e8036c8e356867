"""One commit as the parts of one transaction, and what each refused part means."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from pynamodb.expressions.condition import Condition

from chalicelib.domain.errors import AtCapacity, LostRace, StaleTicket
from chalicelib.persistence import keys
from chalicelib.persistence.entry_items import event_item, message_item
from chalicelib.persistence.items import SCHEMA, Item, RawItem, read, set_all
from chalicelib.persistence.ledger_items import (
    ReceiptItem,
    RememberedItem,
    SuspendedItem,
    TagItem,
    TallyItem,
    ThreadReferenceItem,
)
from chalicelib.persistence.people_items import LoadItem, contact_items, load_naming, word_items
from chalicelib.persistence.scheduled_items import scheduled_writes
from chalicelib.persistence.table import Write
from chalicelib.persistence.ticket_items import TicketItem, ticket_item
from chalicelib.usecases.ports import AlreadyDone, Claim, Commit, MailReceipt, Remembered

RECEIPTS_KEPT = timedelta(days=60)
"""A queue keeps a mail for 14 days and its dead-letter queue for as long again."""

ANSWERS_KEPT = timedelta(hours=24)


def writes_of(commit: Commit) -> Sequence[Write]:
    """The parts of the transaction, in the order in which their refusals count.

    "Done before" comes first: a repeated mail finds the ticket changed as well, by itself.
    """
    return [
        *_remembered(commit),
        *receipt_writes(commit),
        *_released(commit),
        *scheduled_writes(commit),
        _ticket(commit),
        *_loads(commit),
        *_contact(commit),
        *_entries(commit),
        *_beside(commit),
        *thread_references(commit.thread_ids, commit.after.number),
        *_tallies(commit),
        *_tags(commit),
    ]


def receipt_items(receipt: MailReceipt) -> Sequence[ReceiptItem]:
    """The receipts of one mail; an id that is missing has none."""
    both = (
        (receipt.ses_id, keys.delivery(receipt.ses_id)),
        (receipt.fingerprint, keys.fingerprint(receipt.fingerprint)),
    )
    return [ReceiptItem(*key) for value, key in both if value]


def thread_references(message_ids: Iterable[str], number: int) -> Iterator[Write]:
    """From now on these Message-IDs lead to the ticket; the first ticket of an id keeps it.

    A sender chooses his Message-ID: he must not be able to draw away one that we know.
    """
    unique = {keys.message_id(value) for value in message_ids if keys.bare_message_id(value)}
    for key in sorted(unique):
        item = ThreadReferenceItem(*key, number=number)
        first = ThreadReferenceItem.number.set(ThreadReferenceItem.number | number)
        actions = [ThreadReferenceItem.kind.set(item.kind), ThreadReferenceItem.schema.set(SCHEMA)]
        yield Write("update", item, None, [*actions, first])


def remembered_of_raw(raw: RawItem | None) -> Remembered | None:
    """The first answer in an item as DynamoDB gave it."""
    if raw is None:
        return None
    item = read(RememberedItem, raw)
    return Remembered(item.client, item.key, item.request_hash, item.answer)


def receipt_writes(commit: Commit) -> Iterator[Write]:
    """The receipts that refuse a mail that was taken before."""
    for item in receipt_items(commit.receipt) if commit.receipt else ():
        item.number = commit.after.number
        item.entry = commit.messages[0].id if commit.messages else ""
        item.expires_at = commit.after.updated_at + RECEIPTS_KEPT
        yield Write("put", item, Item.pk.does_not_exist(), refused=lambda _: AlreadyDone())


def _released(commit: Commit) -> Iterator[Write]:
    """A suspended mail that is let in leaves the list; if it is gone, somebody was faster."""
    if commit.released:
        item = SuspendedItem(*keys.suspended(commit.released))
        yield Write("delete", item, Item.pk.exists(), refused=lambda _: AlreadyDone())


def _tallies(commit: Commit) -> Iterator[Write]:
    for tally in commit.tallies:
        actions = [
            TallyItem.kind.set("tally"),
            TallyItem.schema.set(SCHEMA),
            TallyItem.expires_at.set(tally.ends_at),
            TallyItem.times.add(1),
        ]
        yield Write("update", TallyItem(*keys.tally(tally.name)), None, actions)


def _tags(commit: Commit) -> Iterator[Write]:
    """Tags that the ticket did not have are suggested from now on."""
    known = commit.before.tags if commit.before else ()
    new = set(commit.after.tags) - set(known) if commit.suggests_tags else set()
    for name in sorted(new):
        named = [TagItem.kind.set("tag"), TagItem.schema.set(SCHEMA)]
        yield Write("update", TagItem(*keys.tag(name)), None, [*named, TagItem.times.add(1)])


def _remembered(commit: Commit) -> Iterator[Write]:
    if commit.remembered:
        yield remembered_write(commit.remembered, commit.after.updated_at)


def remembered_write(remembered: Remembered, now: datetime) -> Write:
    """The first answer under an Idempotency-Key; refuses when one is kept and holds."""
    item = RememberedItem(
        *keys.remembered(remembered.client, remembered.key),
        client=remembered.client,
        key=remembered.key,
        request_hash=remembered.request_hash,
        answer=dict(remembered.answer),
        expires_at=now + ANSWERS_KEPT,
    )
    # DynamoDB takes its time to delete what has expired.
    free = Item.pk.does_not_exist() | (Item.expires_at < now)
    return Write("put", item, free, refused=lambda raw: AlreadyDone(remembered_of_raw(raw)))


def _ticket(commit: Commit) -> Write:
    before, after = commit.before, commit.after
    item = ticket_item(after)
    as_read = TicketItem.version == before.version if before else TicketItem.pk.does_not_exist()
    based_on = before.version if before else 0

    def stale(raw: RawItem | None) -> StaleTicket:
        current = int(raw["version"]["N"]) if raw else 0
        return StaleTicket(after.number, based_on, current)

    return Write("update", item, as_read, set_all(item), refused=stale)


def _beside(commit: Commit) -> Iterator[Write]:
    if commit.beside:
        yield _ticket(commit.beside)
        yield from _entries(commit.beside)


def _loads(commit: Commit) -> Iterator[Write]:
    claim = commit.claim
    agents = {*commit.load_changes, *({claim.agent_id} if claim else ())}
    for agent_id in sorted(agents | ({commit.passed_by} - {""})):
        own = claim if claim and claim.agent_id == agent_id else None
        skips = commit.passed_by == agent_id
        yield _load(agent_id, commit.load_changes.get(agent_id, 0), own, skips=skips)


def _load(agent_id: str, change: int, claim: Claim | None, *, skips: bool) -> Write:
    actions = [*load_naming(agent_id), LoadItem.open_count.add(change)]
    if skips:
        actions.append(LoadItem.skipped.add(1))
    if claim is None:
        return Write("update", LoadItem(*keys.load(agent_id)), None, actions)
    if claim.turn is not None:
        actions.append(LoadItem.turn.set(claim.turn))
    full = AtCapacity(agent_id, claim.capacity)
    room = _has_room(claim)
    return Write("update", LoadItem(*keys.load(agent_id)), room, actions, refused=lambda _: full)


def _has_room(claim: Claim) -> Condition:
    below = LoadItem.open_count <= claim.most_load
    if claim.most_load >= 0:
        below = LoadItem.open_count.does_not_exist() | below
    return below & (LoadItem.available == True) if claim.needs_available else below  # noqa: E712


def _contact(commit: Commit) -> Iterator[Write]:
    if commit.new_contact is None:
        return
    by_id, by_address = contact_items(commit.new_contact)
    yield Write("put", by_address, Item.pk.does_not_exist(), refused=lambda _: LostRace())
    yield Write("put", by_id)
    yield from (Write("put", item) for item in word_items(commit.new_contact))


def _entries(commit: Commit) -> Iterator[Write]:
    number = commit.after.number
    yield from (Write("put", message_item(number, message)) for message in commit.messages)
    yield from (Write("put", event_item(number, event)) for event in commit.events)
