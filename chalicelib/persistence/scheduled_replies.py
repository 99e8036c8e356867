"""The repository of replies that wait for their time."""

from chalicelib.domain.errors import ScheduledReplyGone, TicketNotFound
from chalicelib.domain.scheduled_reply import ScheduledReply
from chalicelib.domain.ticket import Ticket
from chalicelib.persistence import keys
from chalicelib.persistence.commit_writes import remembered_write
from chalicelib.persistence.failures import ConditionFailed
from chalicelib.persistence.items import Item
from chalicelib.persistence.scheduled_items import (
    ScheduledReplyItem,
    changed_write,
    scheduled_reply_item,
    scheduled_reply_of_raw,
)
from chalicelib.persistence.table import Table, Write
from chalicelib.persistence.ticket_items import ticket_of_raw
from chalicelib.usecases.ports import Remembered


class ScheduledReplyRepository:
    """Waiting replies in the table, each in the partition of its ticket."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, number: int, reply_id: str) -> ScheduledReply | None:
        """One that waits, read consistently because it is decided on. One call."""
        raw = self._table.find_raw(keys.scheduled_reply(number, reply_id), consistent=True)
        return None if raw is None else scheduled_reply_of_raw(raw)

    def get_with_ticket(self, number: int) -> tuple[Ticket, tuple[ScheduledReply, ...]]:
        """The ticket and all replies that wait on it, read consistently. One Query.

        Raises:
            TicketNotFound: there is none.
        """
        pk = keys.ticket(number).pk
        # Backwards, so that the ticket is on the first page however long the replies are.
        last_part = Item.sk.between(keys.SCHEDULED_PREFIX, keys.TICKET_SORT)
        found = self._table.query(pk, last_part, newest_first=True, consistent=True).items
        if not found or found[0]["sk"]["S"] != keys.TICKET_SORT:
            raise TicketNotFound(number)
        replies = tuple(scheduled_reply_of_raw(raw) for raw in reversed(found[1:]))
        return ticket_of_raw(found[0]), replies

    def schedule(self, reply: ScheduledReply, remembered: Remembered | None) -> None:
        """Keep a new one. One call.

        Raises:
            AlreadyDone: the remembered answer exists.
        """
        first = [remembered_write(remembered, reply.created_at)] if remembered else []
        self._table.transact([*first, Write("put", scheduled_reply_item(reply))])

    def save(self, reply: ScheduledReply) -> None:
        """Store a changed one; its version is one above the one that was read. One call.

        Raises:
            ScheduledReplyGone: it left, was taken back or was changed meanwhile.
        """
        self._table.transact([changed_write(reply, ScheduledReplyGone(reply.id))])

    def remove(self, reply: ScheduledReply) -> None:
        """Take one back, as it was read. One call.

        Raises:
            ScheduledReplyGone: it left, was taken back or was changed meanwhile.
        """
        key = keys.scheduled_reply(reply.number, reply.id)
        try:
            self._table.delete(key, ScheduledReplyItem.version == reply.version)
        except ConditionFailed as error:
            raise ScheduledReplyGone(reply.id) from error
