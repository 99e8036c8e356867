"""Replies that wait, in memory."""

from chalicelib.domain.errors import TicketNotFound
from chalicelib.domain.scheduled_reply import ScheduledReply
from chalicelib.domain.ticket import Ticket
from chalicelib.usecases.ports import Remembered
from tests.fake_tickets import FakeStore


class FakeScheduledReplies:
    """Waiting replies in memory."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store

    def find(self, number: int, reply_id: str) -> ScheduledReply | None:
        return self._store.scheduled.get((number, reply_id))

    def get_with_ticket(self, number: int) -> tuple[Ticket, tuple[ScheduledReply, ...]]:
        with self._store.lock:
            if number not in self._store.tickets:
                raise TicketNotFound(number)
            return self._store.tickets[number], self._store.waiting_on(number)

    def schedule(self, reply: ScheduledReply, remembered: Remembered | None) -> None:
        store = self._store
        with store.lock:
            if remembered:
                store.remember(remembered, reply.created_at)
            store.scheduled[reply.number, reply.id] = reply

    def save(self, reply: ScheduledReply) -> None:
        with self._store.lock:
            self._store.require_scheduled(reply, 1)
            self._store.scheduled[reply.number, reply.id] = reply

    def remove(self, reply: ScheduledReply) -> None:
        with self._store.lock:
            self._store.require_scheduled(reply, 0)
            del self._store.scheduled[reply.number, reply.id]
