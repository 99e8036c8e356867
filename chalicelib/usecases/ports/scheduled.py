"""Replies that wait for their time."""

from typing import Protocol

from chalicelib.domain.scheduled_reply import ScheduledReply
from chalicelib.domain.ticket import Ticket
from chalicelib.usecases.ports.tickets import Remembered


class ScheduledReplies(Protocol):
    """Public replies that wait for their time. What leaves does so by ``Tickets.commit``."""

    def find(self, number: int, reply_id: str) -> ScheduledReply | None:
        """One that waits; None when it left or was taken back. One call."""

    def get_with_ticket(self, number: int) -> tuple[Ticket, tuple[ScheduledReply, ...]]:
        """The ticket and all replies that wait on it. One call. Raises TicketNotFound."""

    def schedule(self, reply: ScheduledReply, remembered: Remembered | None) -> None:
        """Keep a new one. One call.

        Raises:
            AlreadyDone: the remembered answer exists.
        """

    def save(self, reply: ScheduledReply) -> None:
        """Store a changed one; its version is one above the one that was read. One call.

        Raises:
            ScheduledReplyGone: it left, was taken back or was changed meanwhile.
        """

    def remove(self, reply: ScheduledReply) -> None:
        """Take one back, as it was read. One call. Raises ScheduledReplyGone as ``save`` does."""
