"""The desk's queues, one per kind of job."""

from dataclasses import dataclass

from constructs import Construct

from infra.constructs.job_queue import MAX_RECEIVES, DeadLetterQueue, JobQueue


@dataclass(frozen=True, slots=True)
class QueueKind:
    """One row: the queue, the function that reads it, and whether its order matters.

    Attributes:
        max_receives: how often SQS hands out a job before it buries it.
    """

    name: str
    worker: str
    fifo: bool
    max_receives: int = MAX_RECEIVES


# A mail that SES throttles waits up to a day, a quarter of an hour at most at a time: a hundred
# receives, and as many again for those that wait behind it in other batches.
WAITS_OF_A_DAY = 200

# assignment: group = department, so that two tickets never race for one agent.
# notification and projection: group = ticket, so that mails and view rows follow its history.
KINDS = (
    QueueKind("inbound_mail", "inbound_mail", fifo=False),
    QueueKind("assignment", "assign", fifo=True),
    QueueKind("notification", "notify", fifo=True, max_receives=WAITS_OF_A_DAY),
    QueueKind("projection", "project", fifo=True),
    QueueKind("timers", "wake", fifo=False),
    QueueKind("mail_events", "mail_events", fifo=False),
)


class Queues(Construct):
    """Every job queue by name, and the one for stream records that cannot be forwarded."""

    def __init__(
        self, scope: Construct, construct_id: str, *, timeouts_seconds: dict[str, int]
    ) -> None:
        super().__init__(scope, construct_id)
        self.by_name = {
            kind.name: JobQueue(
                self,
                "".join(word.title() for word in kind.name.split("_")),
                worker_timeout_seconds=timeouts_seconds[kind.worker],
                fifo=kind.fifo,
                max_receives=kind.max_receives,
            )
            for kind in KINDS
        }
        self.failed_records = DeadLetterQueue(self, "FailedRecords").queue

    def arn(self, name: str) -> str:
        """The ARN of the queue called ``name``."""
        return self.by_name[name].arn

    def dead_arn(self, name: str) -> str:
        """The ARN of the dead-letter queue of the queue called ``name``."""
        return self.by_name[name].dead.queue_arn

    def url(self, name: str) -> str:
        """The URL of the queue called ``name``."""
        return self.by_name[name].url
