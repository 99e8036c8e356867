"""Jobs that failed every time, and stream records that could not be forwarded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class QueueDepth:
    """How much is in one queue and in the one where its poison goes. SQS counts approximately.

    Attributes:
        waiting: jobs that wait, are being done, or are kept back.
        dead: jobs that failed every time.
        oldest_dead_at: when the oldest dead job that SQS shows was first queued; SQS shows a
            sample only. None when it shows none.
    """

    waiting: int
    dead: int
    oldest_dead_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Redriven:
    """What became of a wish to send dead jobs back.

    Attributes:
        moved: jobs that are back on their queue.
        in_background: SQS moves the jobs by itself and does not say how many yet.
        left: whether there may be more; ask again then.
    """

    moved: int
    in_background: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class PutAside:
    """A message of the queue of failed stream records.

    Attributes:
        receipt: with which it is taken away once it is done.
        keys: of the item, in DynamoDB's notation; None where the message names a batch of the
            stream only.
    """

    receipt: str
    keys: Mapping[str, Any] | None


class DeadLetters(Protocol):
    """The queues that nobody works on."""

    def depth(self, queue: str) -> QueueDepth:
        """How much is in a queue and in its dead-letter queue. Raises NotFound."""

    def move_back(self, queue: str, most: int) -> Redriven:
        """Send dead jobs back to their queue. Safe to repeat. Raises NotFound."""

    def failed_records(self) -> QueueDepth:
        """How many stream records were put aside; nothing ever waits there."""

    def take_failed_records(self, most: int) -> Sequence[PutAside]:
        """Some of them, hidden from others for a while."""

    def forget_failed_record(self, receipt: str) -> None:
        """This one was replayed."""
