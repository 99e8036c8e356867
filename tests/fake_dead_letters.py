"""Dead-letter queues in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from chalicelib.domain.errors import NotFound
from chalicelib.usecases.ports import PutAside, QueueDepth, Redriven

QUEUES = ("inbound_mail", "assignment", "notification", "projection", "timers", "mail_events")


@dataclass
class FakeDeadLetters:
    """Counts by queue, and the stream records that were put aside."""

    waiting: dict[str, int] = field(default_factory=lambda: dict.fromkeys(QUEUES, 0))
    dead: dict[str, int] = field(default_factory=lambda: dict.fromkeys(QUEUES, 0))
    aside: list[PutAside] = field(default_factory=list)

    def depth(self, queue: str) -> QueueDepth:
        if queue not in self.dead:
            raise NotFound("Queue", queue)
        return QueueDepth(self.waiting[queue], self.dead[queue])

    def move_back(self, queue: str, most: int) -> Redriven:
        dead = self.depth(queue).dead
        moved = min(most, dead)
        self.dead[queue] -= moved
        self.waiting[queue] += moved
        return Redriven(moved, left=dead > moved)

    def failed_records(self) -> QueueDepth:
        return QueueDepth(0, len(self.aside))

    def take_failed_records(self, most: int) -> Sequence[PutAside]:
        return self.aside[:most]

    def forget_failed_record(self, receipt: str) -> None:
        self.aside = [record for record in self.aside if record.receipt != receipt]
