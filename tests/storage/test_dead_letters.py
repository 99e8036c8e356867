"""Dead-letter queues as the desk uses them, on moto, which moves no jobs by itself."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from moto import mock_aws

from chalicelib.domain.errors import NotFound
from chalicelib.gateways import aws
from chalicelib.gateways.dead_letters import SQSDeadLetters
from chalicelib.settings import settings

pytestmark = pytest.mark.row("K1")


@pytest.fixture(autouse=True)
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One plain and one ordered queue with their dead-letter queues, and the failed records."""
    fifo = {"FifoQueue": "true"}
    with mock_aws():
        for name, attributes in (
            ("inbound_mail_queue", {}),
            ("inbound_mail_dead_letters", {}),
            ("notification_queue", fifo),
            ("notification_dead_letters", fifo),
            ("failed_records_queue", {}),
        ):
            # Names of their own: within the table's session moto forgets nothing between tests.
            whole = f"{name}-{uuid.uuid4().hex}{'.fifo' if attributes else ''}"
            url = boto3.client("sqs").create_queue(QueueName=whole, Attributes=attributes)
            monkeypatch.setenv(f"{name.upper()}_URL", url["QueueUrl"])
        _forget()
        _answer_moves(400, {"Error": {"Code": "InvalidAction", "Message": "unknown"}})
        yield
    _forget()


def _answer_moves(status: int, said: dict[str, Any]) -> list[str]:
    """What SQS, or an emulator of it, says to the wish to move jobs; gives which queues."""
    asked: list[str] = []

    def answer(params: Any, **_: Any) -> tuple[AWSResponse, dict[str, Any]]:
        asked.append(json.loads(params["body"])["SourceArn"])
        whole = {**said, "ResponseMetadata": {"HTTPStatusCode": status}}
        return AWSResponse("", status, {}, None), whole

    events, name = aws.sqs().meta.events, "before-call.sqs.StartMessageMoveTask"
    events.unregister(name, unique_id="moves")
    events.register_first(name, answer, unique_id="moves")
    return asked


def _forget() -> None:
    settings.cache_clear()
    aws.forget_clients()


def put(url: str, *bodies: str, group: str = "") -> None:
    for position, body in enumerate(bodies):
        ordered = {"MessageGroupId": group, "MessageDeduplicationId": f"d{position}"}
        more: Any = ordered if group else {}
        aws.sqs().send_message(QueueUrl=url, MessageBody=body, **more)


def bodies_on(url: str) -> list[str]:
    found = []
    while (
        messages := aws.sqs().receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages")
    ):
        for message in messages:
            found.append(message["Body"])
            aws.sqs().delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return found


def test_a_queue_tells_how_much_waits_and_how_much_is_dead() -> None:
    put(settings().inbound_mail_queue_url, "a", "b")
    put(settings().inbound_mail_dead_letters_url, "c")

    depth = SQSDeadLetters().depth("inbound_mail")

    assert (depth.waiting, depth.dead) == (2, 1)
    assert depth.oldest_dead_at is not None
    assert SQSDeadLetters().depth("inbound_mail") == depth


def test_a_queue_that_does_not_exist_is_not_found() -> None:
    with pytest.raises(NotFound):
        SQSDeadLetters().depth("wishes")
    with pytest.raises(NotFound):
        SQSDeadLetters().move_back("wishes", 10)


def test_dead_jobs_go_back_to_their_queue() -> None:
    put(settings().inbound_mail_dead_letters_url, *(f"job {n}" for n in range(23)))

    done = SQSDeadLetters().move_back("inbound_mail", 100)

    assert (done.moved, done.left, done.in_background) == (23, False, False)
    assert len(bodies_on(settings().inbound_mail_queue_url)) == 23
    assert SQSDeadLetters().move_back("inbound_mail", 100).moved == 0


def test_no_more_than_asked_for_go_back_at_once() -> None:
    put(settings().inbound_mail_dead_letters_url, *(f"job {n}" for n in range(15)))

    done = SQSDeadLetters().move_back("inbound_mail", 10)

    assert (done.moved, done.left) == (10, True)


def test_ordered_jobs_keep_their_group_and_order() -> None:
    put(settings().notification_dead_letters_url, "first", "second", group="ticket:1")

    SQSDeadLetters().move_back("notification", 100)

    answer = aws.sqs().receive_message(
        QueueUrl=settings().notification_queue_url,
        MaxNumberOfMessages=10,
        MessageSystemAttributeNames=["MessageGroupId"],
    )
    assert [m["Body"] for m in answer["Messages"]] == ["first", "second"]
    assert {m["Attributes"]["MessageGroupId"] for m in answer["Messages"]} == {"ticket:1"}


def test_where_sqs_can_it_moves_the_jobs_by_itself() -> None:
    put(settings().inbound_mail_dead_letters_url, "job")
    asked = _answer_moves(200, {"TaskHandle": "task"})

    done = SQSDeadLetters().move_back("inbound_mail", 100)

    assert done.in_background
    assert ":inbound_mail_dead_letters-" in asked[0]
    assert bodies_on(settings().inbound_mail_queue_url) == []


def test_failed_records_are_taken_with_the_keys_of_their_item() -> None:
    keys = {"pk": {"S": "TICKET#1001"}, "sk": {"S": "TICKET"}}
    named = json.dumps({"kind": "failed_record", "event_id": "e", "keys": keys, "reason": "x"})
    of_lambda = json.dumps({"DDBStreamBatchInfo": {"shardId": "s"}})
    put(settings().failed_records_queue_url, named, of_lambda)

    taken = SQSDeadLetters().take_failed_records(10)

    assert [record.keys for record in taken] == [keys, None]
    SQSDeadLetters().forget_failed_record(taken[0].receipt)
    assert SQSDeadLetters().failed_records().dead == 1
