"""What a worker says to SQS about a job that it could not do."""

from typing import TYPE_CHECKING

from chalicelib.gateways import aws
from chalicelib.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_sqs.type_defs import MessageAttributeValueTypeDef

_LONGEST_DEDUP_ID = 128
REASON = "Reason"
"""The message attribute that says why a job was put aside."""


class SQSRedelivery:
    """The queues of this desk, as their workers see them."""

    def postpone(self, queue: str, receipt: str, *, seconds: int) -> None:
        """Bring a job again after this time, and not after the queue's own.

        In a FIFO queue nothing of its group is brought before it.

        Raises:
            Unavailable: SQS does not answer; then the job comes after the queue's own time.
        """
        with aws.translated("SQS"):
            aws.sqs().change_message_visibility(
                QueueUrl=settings().queue_urls[queue],
                ReceiptHandle=receipt,
                VisibilityTimeout=seconds,
            )

    def set_aside(self, queue: str, body: str, *, group: str, job: str, reason: str) -> None:
        """Put a copy of a job on the queue's dead-letter queue, with the reason beside it.

        Raises:
            Unavailable: SQS did not take it.
        """
        attributes: dict[str, MessageAttributeValueTypeDef] = {
            REASON: {"DataType": "String", "StringValue": reason}
        }
        with aws.translated("SQS"):
            aws.sqs().send_message(
                QueueUrl=settings().dead_letter_urls[queue],
                MessageBody=body,
                MessageGroupId=group,
                MessageDeduplicationId=job[:_LONGEST_DEDUP_ID],
                MessageAttributes=attributes,
            )
