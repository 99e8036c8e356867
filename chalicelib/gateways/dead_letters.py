"""Dead-letter queues, and the way back for what lies in them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from chalicelib.domain.errors import NotFound, Unavailable
from chalicelib.gateways import aws
from chalicelib.settings import settings
from chalicelib.usecases.ports import PutAside, QueueDepth, Redriven

if TYPE_CHECKING:
    from mypy_boto3_sqs.literals import QueueAttributeNameType
    from mypy_boto3_sqs.type_defs import MessageTypeDef, SendMessageBatchRequestEntryTypeDef

_BATCH = 10
_HIDDEN_SECONDS = 120
_COUNTS: "Sequence[QueueAttributeNameType]" = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
)


class SQSDeadLetters:
    """The dead-letter queues of this desk."""

    def depth(self, queue: str) -> QueueDepth:
        """How much is in a queue and in its dead-letter queue. Three calls.

        Raises:
            NotFound: there is no such queue.
            Unavailable: SQS did not answer.
        """
        dead = _dead_letter_url(queue)
        return QueueDepth(_count(settings().queue_urls[queue]), _count(dead), _oldest(dead))

    def move_back(self, queue: str, most: int) -> Redriven:
        """Send dead jobs back to their queue. Safe to repeat: every job may come twice.

        SQS does it by itself, however many there are. Where it cannot (an emulator, or a task that
        runs already), up to ``most`` are received, sent and deleted one batch after the other.

        Raises:
            NotFound: there is no such queue.
            Unavailable: SQS did not answer; what was moved until then is moved.
        """
        dead = _dead_letter_url(queue)
        if _start_moving(dead):
            return Redriven(0, in_background=True)
        moved = 0
        while moved < most:
            messages = _receive(dead, min(_BATCH, most - moved))
            if not messages:
                return Redriven(moved)
            _send(settings().queue_urls[queue], messages)
            _delete(dead, [message["ReceiptHandle"] for message in messages])
            moved += len(messages)
        return Redriven(moved, left=True)

    def failed_records(self) -> QueueDepth:
        """How many stream records were put aside. Two calls. Raises Unavailable."""
        url = settings().failed_records_queue_url
        return QueueDepth(0, _count(url), _oldest(url))

    def take_failed_records(self, most: int) -> Sequence[PutAside]:
        """Some of them, hidden from others for two minutes. Raises Unavailable."""
        url = settings().failed_records_queue_url
        taken: list[PutAside] = []
        while len(taken) < most:
            messages = _receive(url, min(_BATCH, most - len(taken)))
            if not messages:
                break
            taken.extend(PutAside(m["ReceiptHandle"], _keys(m["Body"])) for m in messages)
        return taken

    def forget_failed_record(self, receipt: str) -> None:
        """This one was replayed. One call. Raises Unavailable."""
        _delete(settings().failed_records_queue_url, [receipt])


def _dead_letter_url(queue: str) -> str:
    url = settings().dead_letter_urls.get(queue)
    if url is None:
        raise NotFound("Queue", queue)
    return url


def _count(url: str) -> int:
    with aws.translated("SQS"):
        answer = aws.sqs().get_queue_attributes(QueueUrl=url, AttributeNames=_COUNTS)
    return sum(int(value) for value in answer["Attributes"].values())


def _oldest(url: str) -> datetime | None:
    """Looked at without hiding it: nobody else works on these queues."""
    with aws.translated("SQS"):
        answer = aws.sqs().receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=_BATCH,
            VisibilityTimeout=0,
            MessageSystemAttributeNames=["SentTimestamp"],
        )
    sent = [int(m["Attributes"]["SentTimestamp"]) for m in answer.get("Messages", ())]
    return datetime.fromtimestamp(min(sent) / 1000, UTC) if sent else None


def _start_moving(dead: str) -> bool:
    """Whether SQS moves the jobs back by itself.

    Emulators say in many ways that they know no such thing, and SQS says that a task runs already:
    in each case the jobs can be moved one by one, for any may come twice.
    """
    client = aws.sqs()
    with aws.translated("SQS"):
        answer = client.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])
        try:
            client.start_message_move_task(SourceArn=answer["Attributes"]["QueueArn"])
        except ClientError:
            return False
    return True


def _receive(url: str, most: int) -> "Sequence[MessageTypeDef]":
    with aws.translated("SQS"):
        answer = aws.sqs().receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=most,
            VisibilityTimeout=_HIDDEN_SECONDS,
            MessageSystemAttributeNames=["MessageGroupId", "MessageDeduplicationId"],
        )
    return answer.get("Messages", [])


def _send(url: str, messages: "Iterable[MessageTypeDef]") -> None:
    entries = [_entry(str(at), message) for at, message in enumerate(messages)]
    with aws.translated("SQS"):
        answer = aws.sqs().send_message_batch(QueueUrl=url, Entries=entries)
    if answer.get("Failed"):
        raise Unavailable(f"SQS did not take back {len(answer['Failed'])} jobs.")


def _entry(entry_id: str, message: "MessageTypeDef") -> "SendMessageBatchRequestEntryTypeDef":
    entry: SendMessageBatchRequestEntryTypeDef = {"Id": entry_id, "MessageBody": message["Body"]}
    if group := message.get("Attributes", {}).get("MessageGroupId"):
        entry["MessageGroupId"] = group
        # Of its own: under the first one SQS would take the job for a repetition.
        entry["MessageDeduplicationId"] = f"redriven-{message['MessageId']}"
    return entry


def _delete(url: str, receipts: Sequence[str]) -> None:
    with aws.translated("SQS"):
        aws.sqs().delete_message_batch(
            QueueUrl=url,
            Entries=[{"Id": str(at), "ReceiptHandle": one} for at, one in enumerate(receipts)],
        )


def _keys(body: str) -> Mapping[str, Any] | None:
    said = json.loads(body)
    keys = said.get("keys") if isinstance(said, dict) else None
    return keys if isinstance(keys, dict) and {"pk", "sk"} <= keys.keys() else None
