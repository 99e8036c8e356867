"""What a worker says to SQS about a job that it could not do."""

from typing import Protocol


class Redelivery(Protocol):
    """When a job comes again, and where it goes that never will be done."""

    def postpone(self, queue: str, receipt: str, *, seconds: int) -> None:
        """Bring a job again after this time, and not after the queue's own.

        Args:
            receipt: the handle that came with the job.
        """

    def set_aside(self, queue: str, body: str, *, group: str, job: str, reason: str) -> None:
        """Put a copy of a job on the queue's dead-letter queue, with the reason beside it.

        Args:
            job: what makes it the same job; twice within five minutes is once.
            reason: the error's name, never what it says: that may hold an address.
        """
