"""The repository of tickets with their messages and events."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from chalicelib.domain.errors import NotFound, StaleTicket, TicketNotFound
from chalicelib.domain.scheduled_reply import MAX_SCHEDULED, ScheduledReply
from chalicelib.domain.ticket import DeliveryState, Event, Message, Ticket
from chalicelib.persistence import keys
from chalicelib.persistence.commit_writes import remembered_of_raw, writes_of
from chalicelib.persistence.entry_items import (
    MESSAGE,
    MessageItem,
    copy_to,
    entry_of_raw,
    event_of_raw,
    message_of_raw,
)
from chalicelib.persistence.failures import ConditionFailed
from chalicelib.persistence.items import Item, RawItem, kind_of
from chalicelib.persistence.people_items import CounterItem
from chalicelib.persistence.scheduled_items import scheduled_reply_of_raw
from chalicelib.persistence.table import Table
from chalicelib.persistence.ticket_items import TicketItem, ticket_of_raw
from chalicelib.usecases.ports import FIRST_NUMBER, Commit, Due, Remembered, Thread

_DUE_PAGE = 500
_REMOVED_AT_ONCE = 100
_TAGS_LOOKED_AT = 1000
_FORWARD = (
    DeliveryState.QUEUED,
    DeliveryState.SENT,
    DeliveryState.FAILED,
    DeliveryState.SUPPRESSED,
    DeliveryState.DELIVERED,
    DeliveryState.BOUNCED,
    DeliveryState.COMPLAINED,
)
"""A mail's state only moves to the right, for events come late and in any order."""


class TicketRepository:
    """Tickets in the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def next_number(self) -> int:
        """A number never given before, from 1001 on; one ``ADD`` of its own.

        Inside the transaction that makes the ticket, this one item would make concurrent creates
        cancel each other.
        """
        drawn = self._table.update(keys.ticket_counter(), CounterItem.drawing())
        return FIRST_NUMBER - 1 + int(drawn["value"]["N"])

    def last_number(self) -> int:
        """The number that was given last; 0 on a desk without tickets. One call."""
        found = self._table.find(CounterItem, keys.ticket_counter())
        return FIRST_NUMBER - 1 + found.value if found else 0

    def get(self, number: int) -> Ticket:
        """The current state, read consistently because decisions are taken on it. One call.

        Raises:
            TicketNotFound: there is none.
        """
        raw = self._table.find_raw(keys.ticket(number), consistent=True)
        if raw is None:
            raise TicketNotFound(number)
        return ticket_of_raw(raw)

    def list_by_numbers(self, numbers: Sequence[int]) -> Sequence[Ticket]:
        """Those of these tickets that exist, by number; consistent. One call per hundred."""
        wanted = [keys.ticket(number) for number in sorted(set(numbers))]
        found = self._table.find_many(wanted, consistent=True)
        return [ticket_of_raw(found[key]) for key in wanted if key in found]

    def bring_messages(self, source: int, target: int) -> None:
        """Show what was said on one ticket on another too, by the same ids. Safe to repeat.

        Nobody sees the copies while the target's ``merged_from`` does not name the source. One
        Query per page of the source, and one BatchWriteItem per 25 messages.
        """
        for raws in self._messages(source):
            self._table.put_many(copy_to(target, source, raw) for raw in raws)

    def drop_messages(self, source: int, target: int) -> None:
        """Take the copies away that ``bring_messages`` made. Safe to repeat.

        One Query per page of the target, and one BatchWriteItem per 25 copies.
        """
        for raws in self._messages(target):
            self._table.delete_many(
                keys.Key(raw["pk"]["S"], raw["sk"]["S"])
                for raw in raws
                if message_of_raw(raw).merged_from == source
            )

    def remove(self, ticket: Ticket) -> None:
        """Take a ticket away, as it was read; what was said on it stays for ``remove_entries``.

        One call.

        Raises:
            StaleTicket: it was changed meanwhile.
        """
        key = keys.ticket(ticket.number)
        try:
            self._table.delete(key, TicketItem.version == ticket.version)
        except ConditionFailed as error:
            raise StaleTicket(ticket.number, ticket.version, 0) from error

    def list_messages(self, number: int) -> Iterator[Message]:
        """Everything that was said, page by page. One Query per page."""
        for raws in self._messages(number):
            yield from (message_of_raw(raw) for raw in raws)

    def remove_entries(self, number: int) -> None:
        """Take all messages, events, waiting replies and list rows of a ticket that is gone away.

        Safe to repeat. One Query and one BatchWriteItem per 25 items.
        """
        pk = keys.ticket(number).pk
        while found := self._table.query(pk, limit=_REMOVED_AT_ONCE, consistent=True).items:
            self._table.delete_many(keys.Key(pk, raw["sk"]["S"]) for raw in found)
        self._table.delete(keys.projected(number))

    def _messages(self, number: int) -> Iterator[Sequence[RawItem]]:
        """The messages of a ticket as they are stored, page by page."""
        pk, start = keys.ticket(number).pk, None
        while True:
            entries = Item.sk.startswith(keys.ENTRY_PREFIX)
            page = self._table.query(pk, entries, consistent=True, start=start)
            yield [raw for raw in page.items if kind_of(raw) == MESSAGE]
            if page.last is None:
                return
            start = page.last

    def open_thread(self, number: int, *, limit: int) -> Thread:
        """The ticket, what waits on it, and its newest entries, oldest first. One Query backwards.

        Raises:
            TicketNotFound: there is none.
        """
        pk = keys.ticket(number).pk
        page = self._table.query(pk, limit=limit + 2 + MAX_SCHEDULED, newest_first=True)
        found = page.items
        if not found or found[0]["sk"]["S"] != keys.TICKET_SORT:
            raise TicketNotFound(number)
        waiting = [raw for raw in found[1:] if _is_scheduled(raw)]
        return _thread(
            ticket_of_raw(found[0]),
            found[1 + len(waiting) :],
            limit,
            scheduled=[scheduled_reply_of_raw(raw) for raw in reversed(waiting)],
            is_cut=page.last is not None,
        )

    def list_older(self, number: int, *, before: str, limit: int) -> Thread:
        """Entries before the one with this id, oldest first. Two calls.

        Raises:
            TicketNotFound: there is none.
        """
        key = keys.ticket(number)
        raw = self._table.find_raw(key)
        if raw is None:
            raise TicketNotFound(number)
        earlier = Item.sk.between(keys.ENTRY_PREFIX, keys.entry(number, before).sk)
        # The upper end belongs to the range, hence one more.
        page = self._table.query(key.pk, earlier, limit=limit + 2, newest_first=True)
        found = [raw for raw in page.items if raw["sk"]["S"] != keys.entry(number, before).sk]
        return _thread(ticket_of_raw(raw), found, limit, is_cut=page.last is not None)

    def get_message(self, number: int, message_id: str) -> Message:
        """One message.

        Raises:
            NotFound: the ticket has no such message.
        """
        raw = self._table.find_raw(keys.entry(number, message_id), consistent=True)
        if raw is None or kind_of(raw) != MESSAGE:
            raise NotFound("Message", message_id)
        return message_of_raw(raw)

    def list_events(self, number: int) -> Sequence[Event]:
        """All that happened to a ticket, oldest first; consistent, for proofs are made of it.

        One Query per megabyte of its thread.
        """
        events: list[Event] = []
        entries = Item.sk.startswith(keys.ENTRY_PREFIX)
        start: RawItem | None = None
        while True:
            page = self._table.query(keys.ticket(number).pk, entries, consistent=True, start=start)
            events.extend(event_of_raw(raw) for raw in page.items if kind_of(raw) != MESSAGE)
            start = page.last
            if start is None:
                return events

    def commit(self, commit: Commit) -> None:
        """Write all or nothing. One call.

        Raises:
            AlreadyDone: the receipt or the remembered answer exists.
            ScheduledReplyGone: the waiting reply was sent, changed or taken back meanwhile.
            StaleTicket: the ticket has another version than ``before``.
            AtCapacity: the claim's agent has no room or went away.
            LostRace: a concurrent transaction won, or the new contact exists meanwhile.
        """
        self._table.transact(writes_of(commit))

    def find_remembered(self, client: str, key: str) -> Remembered | None:
        """The first answer under an Idempotency-Key, kept for 24 hours at least. One call."""
        raw = self._table.find_raw(keys.remembered(client, key), consistent=True)
        return remembered_of_raw(raw)

    def list_by_requester(
        self, contact_id: str, *, limit: int, cursor: str
    ) -> tuple[Sequence[Ticket], str]:
        """A customer's tickets, newest first, and the next cursor. One Query."""
        start = _index_position(keys.BY_REQUESTER, contact_id, cursor)
        page = self._table.query(
            contact_id, limit=limit, newest_first=True, index=keys.BY_REQUESTER, start=start
        )
        return [ticket_of_raw(raw) for raw in page.items], _cursor(keys.BY_REQUESTER, page.last)

    def suggest_tags(self, prefix: str, *, limit: int) -> Sequence[str]:
        """Tags that begin so, those that were given most often first. One Query.

        Among the first thousand by name; whoever has more of them types another letter.
        """
        begins = Item.sk.startswith(prefix) if prefix else None
        found = self._table.query(keys.TAGS, begins, limit=_TAGS_LOOKED_AT).items
        by_use = sorted(found, key=lambda raw: (-int(raw["times"]["N"]), raw["sk"]["S"]))
        return [raw["sk"]["S"] for raw in by_use[:limit]]

    def record_delivery(
        self, number: int, message_id: str, state: DeliveryState, ses_id: str = ""
    ) -> None:
        """What became of a message that left. Safe to repeat; a state never goes back.

        Raises:
            NotFound: the ticket has no such message.
        """
        key = keys.entry(number, message_id)
        earlier = MessageItem.delivery.is_in(*_FORWARD[: _FORWARD.index(state) + 1])
        known = MessageItem.pk.exists()
        actions = [MessageItem.delivery.set(state)]
        named = [MessageItem.message_id.set(ses_id)] if ses_id else []
        try:
            forward = known & (MessageItem.delivery.does_not_exist() | earlier)
            self._table.update(key, [*actions, *named], forward)
        except ConditionFailed:
            self._name_only(key, message_id, ses_id)

    def list_due(self, shard: int, now: datetime, cursor: str) -> tuple[Sequence[Due], str]:
        """Tickets and waiting replies whose ``wake_at`` has come, earliest first.

        One Query of one shard.
        """
        pk = keys.shard(shard)
        page = self._table.query(
            pk,
            TicketItem.wake_at <= now,
            limit=_DUE_PAGE,
            index=keys.BY_WAKE,
            start=_index_position(keys.BY_WAKE, pk, cursor),
        )
        return [_due(raw) for raw in page.items], _cursor(keys.BY_WAKE, page.last)

    def _name_only(self, key: keys.Key, message_id: str, ses_id: str) -> None:
        """The news is older than what is known; the id it brings may still be missing."""
        stored = self._table.find(MessageItem, key, consistent=True)
        if stored is None:
            raise NotFound("Message", message_id)
        if ses_id and not stored.message_id:
            self._table.update(key, [MessageItem.message_id.set(ses_id)], MessageItem.pk.exists())


def _thread(
    ticket: Ticket,
    newest_first: Sequence[RawItem],
    limit: int,
    *,
    scheduled: Sequence[ScheduledReply] = (),
    is_cut: bool = False,
) -> Thread:
    """One page of a thread.

    Args:
        is_cut: DynamoDB gave less than was asked for, as it does after a megabyte.
    """
    page = [entry_of_raw(raw) for raw in reversed(newest_first[:limit])]
    older = page[0].id if (len(newest_first) > limit or is_cut) and page else ""
    shown = tuple(entry for entry in page if _is_shown(ticket, entry))
    return Thread(ticket, shown, older, tuple(scheduled))


def _is_shown(ticket: Ticket, entry: Message | Event) -> bool:
    """Not what was brought from a ticket for which this one does not stand, or not any more."""
    brought = entry.merged_from if isinstance(entry, Message) else 0
    return not brought or brought in ticket.merged_from


def _is_scheduled(raw: RawItem) -> bool:
    return bool(raw["sk"]["S"].startswith(keys.SCHEDULED_PREFIX))


def _due(raw: RawItem) -> Due:
    reply_id = raw["sk"]["S"].removeprefix(keys.SCHEDULED_PREFIX) if _is_scheduled(raw) else ""
    return Due(keys.number_of(raw["pk"]["S"]), reply_id)


def _cursor(index: str, last: RawItem | None) -> str:
    """Where a page of an index ended: its sort key, the ticket's number, the waiting reply."""
    if last is None:
        return ""
    number, reply_id = _due(last)
    waiting = f"#{reply_id}" if reply_id else ""
    return f"{last[keys.INDEX_KEYS[index][1]]['S']}~{number}{waiting}"


def _index_position(index: str, pk: str, cursor: str) -> RawItem | None:
    if not cursor:
        return None
    sort, _, named = cursor.rpartition("~")
    number, _, reply_id = named.partition("#")
    hashed, ranged = keys.INDEX_KEYS[index]
    place = keys.scheduled_reply(int(number), reply_id) if reply_id else keys.ticket(int(number))
    texts = {"pk": place.pk, "sk": place.sk, hashed: pk, ranged: sort}
    return {name: {"S": text} for name, text in texts.items()}
