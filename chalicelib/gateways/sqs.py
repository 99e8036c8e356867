"""Jobs on their way to SQS."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chalicelib.domain.errors import Unavailable
from chalicelib.gateways import aws
from chalicelib.settings import settings
from chalicelib.usecases.ports import Job

if TYPE_CHECKING:
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

_BATCH = 10
_BATCH_BYTES = 900_000
"""SQS takes a megabyte in one call; a projection job carries a whole ticket."""


class SQSJobs:
    """The queues of this desk."""

    def send(self, jobs: Sequence[Job]) -> None:
        """Put jobs on their queues, those of one queue in their order.

        Raises:
            Unavailable: one of them was not taken. Others may have been; every job may come twice.
        """
        by_queue: dict[str, list[Job]] = {}
        for job in jobs:
            by_queue.setdefault(job.queue, []).append(job)
        for queue, waiting in by_queue.items():
            for batch in _batches(waiting):
                _send(queue, batch)


def _batches(jobs: Sequence[Job]) -> list[list[Job]]:
    batches: list[list[Job]] = []
    room = 0
    for job in jobs:
        size = len(job.body().encode())
        if not batches or len(batches[-1]) == _BATCH or size > room:
            batches.append([])
            room = _BATCH_BYTES
        batches[-1].append(job)
        room -= size
    return batches


def _send(queue: str, jobs: Sequence[Job]) -> None:
    entries = [_entry(str(at), job) for at, job in enumerate(jobs)]
    with aws.translated("SQS"):
        answer = aws.sqs().send_message_batch(
            QueueUrl=settings().queue_urls[queue], Entries=entries
        )
    if failed := answer.get("Failed"):
        codes = ", ".join(sorted({entry["Code"] for entry in failed}))
        raise Unavailable(f"SQS did not take {len(failed)} jobs for {queue}: {codes}")


def _entry(entry_id: str, job: Job) -> "SendMessageBatchRequestEntryTypeDef":
    entry: SendMessageBatchRequestEntryTypeDef = {"Id": entry_id, "MessageBody": job.body()}
    if job.group:
        entry["MessageGroupId"] = job.group
        entry["MessageDeduplicationId"] = job.dedup_id
    elif job.delay_seconds:
        entry["DelaySeconds"] = job.delay_seconds
    return entry
