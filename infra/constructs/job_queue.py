"""A queue of jobs with the place where its poison goes."""

from aws_cdk import Duration
from aws_cdk import aws_sqs as sqs
from constructs import Construct

MAX_RECEIVES = 5
# Longer than a weekend: somebody must have a chance to look at it.
KEPT = Duration.days(14)


class JobQueue(Construct):
    """A queue, its dead-letter queue, both encrypted and reached over TLS only.

    Args:
        worker_timeout_seconds: time-out of the function that reads it. AWS asks for a visibility
            of six times that, so that a throttled batch is not handed out twice.
        fifo: ordered per group; deduplication ids are given by the sender.
        max_receives: how often SQS hands out a job before it buries it. More than usual where the
            worker lets jobs wait, which are receives too, and buries them itself.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        worker_timeout_seconds: int,
        fifo: bool,
        max_receives: int = MAX_RECEIVES,
    ) -> None:
        super().__init__(scope, construct_id)
        # CloudFormation names a FIFO queue by itself; `False` would be refused for a standard one.
        ordered = True if fifo else None
        self.dead = sqs.Queue(
            self,
            "Dead",
            fifo=ordered,
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=KEPT,
        )
        self.queue = sqs.Queue(
            self,
            "Queue",
            fifo=ordered,
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=KEPT,
            visibility_timeout=Duration.seconds(6 * worker_timeout_seconds),
            dead_letter_queue=sqs.DeadLetterQueue(queue=self.dead, max_receive_count=max_receives),
        )

    @property
    def arn(self) -> str:
        """The queue's ARN."""
        return self.queue.queue_arn

    @property
    def url(self) -> str:
        """The queue's URL."""
        return self.queue.queue_url


class DeadLetterQueue(Construct):
    """A queue that nobody reads but a person: the end of the line, so it has no line behind it."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        self.queue = sqs.Queue(
            self,
            "Queue",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=KEPT,
        )
