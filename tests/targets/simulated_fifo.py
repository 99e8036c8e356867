"""An ordered queue of SQS with its dead-letter queue, on a clock that the test moves.

As AWS describes FIFO queues: a group is handed out in order, and nothing of it while any of its
messages is with a worker; other groups go on. A message that was not deleted comes again after its
visibility time-out, which the worker may change, and after so many receives it is dead.
"""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.fakes import FakeClock

VISIBILITY = timedelta(seconds=360)
_BATCH = 10


@dataclass
class OrderedMessage:
    """One message with how often it was received."""

    id: str
    body: str
    group: str
    dedup_id: str
    hidden_until: datetime | None = None
    received: int = 0

    def record(self) -> dict[str, Any]:
        """As Lambda hands it over."""
        return {
            "messageId": self.id,
            "receiptHandle": self.id,
            "body": self.body,
            "attributes": {
                "ApproximateReceiveCount": str(self.received),
                "MessageGroupId": self.group,
                "MessageDeduplicationId": self.dedup_id,
            },
        }


@dataclass
class OrderedQueue:
    """The queue; ``dead`` are ids with the reason that the worker gave, or none.

    It is also the port by which a worker lets a message wait or puts it aside.
    """

    clock: FakeClock
    random: random.Random
    max_receives: int
    groups: dict[str, list[OrderedMessage]] = field(default_factory=lambda: defaultdict(list))
    dead: list[tuple[str, str]] = field(default_factory=list)
    waits: int = 0
    _made: int = 0

    def send(self, body: str, *, group: str, dedup_id: str) -> None:
        """Put a message behind the others of its group."""
        self._made += 1
        self.groups[group].append(OrderedMessage(f"m{self._made}", body, group, dedup_id))

    def receive(self) -> list[OrderedMessage]:
        """Up to ten messages of some groups, each group's in order; hidden from now on."""
        now = self.clock.now()
        free = [group for group in self.groups.values() if group and _is_free(group, now)]
        taken: list[OrderedMessage] = []
        for group in self.random.sample(free, min(len(free), _BATCH)):
            # Some of a group at once, or one after the other: AWS promises neither.
            for message in group[: self.random.randint(1, _BATCH)]:
                if len(taken) < _BATCH:
                    taken.append(message)
        return [message for message in taken if self._hand_out(message, now)]

    def delete(self, messages: list[OrderedMessage]) -> None:
        """These were done."""
        for message in messages:
            self.groups[message.group].remove(message)

    def next_change_at(self) -> datetime | None:
        """When a group may be free again; None when the queue is empty."""
        hidden = [m.hidden_until for group in self.groups.values() for m in group]
        return min((at for at in hidden if at and at > self.clock.now()), default=None)

    def postpone(self, queue: str, receipt: str, *, seconds: int) -> None:
        """A worker says when a message comes again."""
        assert queue == "notification"
        self.waits += 1
        for group in self.groups.values():
            for message in group:
                if message.id == receipt:
                    message.hidden_until = self.clock.now() + timedelta(seconds=seconds)

    def set_aside(self, queue: str, body: str, *, group: str, job: str, reason: str) -> None:
        """A worker says that a message never can be done."""
        self.dead.append((job, reason))

    def _hand_out(self, message: OrderedMessage, now: datetime) -> bool:
        if message.received == self.max_receives:
            self.dead.append((message.dedup_id, ""))
            self.groups[message.group].remove(message)
            return False
        message.received += 1
        message.hidden_until = now + VISIBILITY
        return True


def _is_free(group: list[OrderedMessage], now: datetime) -> bool:
    return all(m.hidden_until is None or m.hidden_until <= now for m in group)
