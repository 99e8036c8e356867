"""A standard queue of SQS with its dead-letter queue, on a clock that the test moves.

At least once, in no order: a message that was received and not deleted comes again after the
queue's visibility time-out, and after five times it is dead. Safe to use in several threads.
"""

import random
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from chalicelib.usecases.ports import Job, QueueDepth, Redriven
from tests.fakes import FakeClock

VISIBILITY = timedelta(seconds=360)
MAX_RECEIVES = 5
_BATCH = 10


@dataclass
class Message:
    """One message with how often it was received."""

    id: str
    body: str
    visible_at: datetime
    received: int = 0

    def record(self) -> dict[str, Any]:
        """As Lambda hands it over."""
        attributes = {"ApproximateReceiveCount": str(self.received)}
        return {"messageId": self.id, "body": self.body, "attributes": attributes}


@dataclass
class SimulatedQueue:
    """The queue; ``dead`` is its dead-letter queue."""

    clock: FakeClock
    random: random.Random
    waiting: dict[str, Message] = field(default_factory=dict)
    dead: list[Message] = field(default_factory=list)
    _made: int = 0
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def send(self, body: str) -> None:
        """Put a message on the queue."""
        with self._lock:
            self._made += 1
            message = Message(f"m{self._made}", body, self.clock.now())
            self.waiting[message.id] = message

    def receive(self, most: int = _BATCH) -> list[Message]:
        """Some that are visible, in any order; hidden from others from now on."""
        with self._lock:
            now = self.clock.now()
            visible = [m for m in self.waiting.values() if m.visible_at <= now]
            batch = self.random.sample(visible, min(len(visible), most))
            taken = []
            for message in batch:
                if message.received == MAX_RECEIVES:
                    self.dead.append(self.waiting.pop(message.id))
                    continue
                message.received += 1
                message.visible_at = now + VISIBILITY
                taken.append(message)
            return taken

    def delete(self, ids: list[str]) -> None:
        """These were done."""
        with self._lock:
            for message_id in ids:
                self.waiting.pop(message_id, None)

    def next_visible_at(self) -> datetime | None:
        """When something is there to be received again; None when the queue is empty."""
        with self._lock:
            return min((m.visible_at for m in self.waiting.values()), default=None)

    def redrive(self) -> int:
        """Send everything dead back; gives how many."""
        with self._lock:
            moved, self.dead = self.dead, []
            for message in moved:
                self.send(message.body)
            return len(moved)


class QueuedJobs:
    """The port of the queues: jobs for this one queue go there, no others are expected."""

    def __init__(self, name: str, queue: SimulatedQueue) -> None:
        self._name = name
        self._queue = queue

    def send(self, jobs: list[Job]) -> None:
        for job in jobs:
            if job.queue != self._name:
                raise AssertionError(f"a job for {job.queue} was not expected")
            self._queue.send(job.body())


class QueuedDeadLetters:
    """The port of dead letters over the one simulated queue."""

    def __init__(self, queue: SimulatedQueue) -> None:
        self._queue = queue

    def depth(self, queue: str) -> QueueDepth:
        return QueueDepth(len(self._queue.waiting), len(self._queue.dead))

    def move_back(self, queue: str, most: int) -> Redriven:
        return Redriven(self._queue.redrive())
