"""Jobs that fail wait longer and longer; one that fails for good makes way for its group.

A mail that SES throttles must wait a day and keep its place among the mails of its ticket. SQS's own
way out, so many receives and then the dead-letter queue, counts those waits as failures. So the
queue allows many receives, and what is a failure is counted here.
"""

import logging

from chalicelib import bootstrap
from chalicelib.batches import Record, attempt_of, group_of
from chalicelib.domain.errors import DeskError
from chalicelib.domain.retrying import FAILURES_ALLOWED, pause_seconds

log = logging.getLogger("chamado.jobs")


class Patience:
    """Setbacks of one batch of a FIFO queue.

    Args:
        queue: its name among the job queues.
    """

    def __init__(self, queue: str) -> None:
        self._queue = queue
        self._pauses: dict[str, int] = {}

    def failed(self, record: Record, error: Exception) -> bool:
        """Let the job wait; put it aside when it failed too often for a reason of its own.

        Putting aside twice is harmless: SQS takes the same job once within five minutes, and every
        job may be done twice.
        """
        passes = isinstance(error, DeskError) and error.is_transient
        if not passes and self._count(record) >= FAILURES_ALLOWED:
            self._set_aside(record, type(error).__name__)
            return True
        pause = pause_seconds(attempt_of(record))
        self._pauses[group_of(record)] = pause
        self._postpone(record, pause)
        return False

    def held(self, record: Record) -> None:
        """Come again together with the one that this one waits for."""
        if pause := self._pauses.get(group_of(record)):
            self._postpone(record, pause)

    def _count(self, record: Record) -> int:
        ports = bootstrap.ports()
        return ports.mail_ledger.count_failure(_job_of(record), ports.clock.now())

    def _set_aside(self, record: Record, reason: str) -> None:
        bootstrap.ports().redelivery.set_aside(
            self._queue,
            record["body"],
            group=group_of(record),
            job=_job_of(record),
            reason=reason,
        )
        log.error("job put aside", extra={"job_id": record["messageId"], "reason": reason})

    def _postpone(self, record: Record, seconds: int) -> None:
        receipt = str(record.get("receiptHandle", ""))
        bootstrap.ports().redelivery.postpone(self._queue, receipt, seconds=seconds)


def _job_of(record: Record) -> str:
    """What makes it the same job, also when SQS gives it another id after a redrive."""
    attributes = record.get("attributes", {})
    return str(attributes.get("MessageDeduplicationId") or record["messageId"])
