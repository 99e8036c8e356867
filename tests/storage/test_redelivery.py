"""How a worker lets a mail wait, and puts a job aside: SQS as moto has it."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from chalicelib.domain.errors import MailRefused, Throttled, Unavailable
from chalicelib.gateways import aws
from chalicelib.gateways.redelivery import REASON, SQSRedelivery
from chalicelib.gateways.ses import SESSender
from chalicelib.settings import settings
from tests.storage.test_gateways import _answers_always

RAW = b"From: help@desk.example.com\r\nTo: ana@example.com\r\n\r\nHello\r\n"


@pytest.fixture(autouse=True)
def queues(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """The ordered queue of mails that leave, and where its poison goes."""
    with mock_aws():
        client = boto3.client("sqs")
        fifo = {"FifoQueue": "true", "VisibilityTimeout": "360"}
        urls = {
            name: client.create_queue(QueueName=f"{name}.fifo", Attributes=fifo)["QueueUrl"]
            for name in ("notification", "dead")
        }
        monkeypatch.setenv("NOTIFICATION_QUEUE_URL", urls["notification"])
        monkeypatch.setenv("NOTIFICATION_DEAD_LETTERS_URL", urls["dead"])
        _forget()
        yield urls
    _forget()


def _forget() -> None:
    settings.cache_clear()
    aws.forget_clients()


def _put(url: str, group: str, *bodies: str) -> None:
    for body in bodies:
        boto3.client("sqs").send_message(
            QueueUrl=url, MessageBody=body, MessageGroupId=group, MessageDeduplicationId=body
        )


def _take(url: str) -> list[Any]:
    answer = boto3.client("sqs").receive_message(
        QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"]
    )
    found: list[Any] = answer.get("Messages", [])
    return found


@pytest.mark.row("J3", "J4", "K1")
def test_a_job_that_waits_comes_again_first_and_before_the_rest_of_its_group(
    queues: dict[str, str],
) -> None:
    _put(queues["notification"], "ticket:1", "first", "second")
    for message in _take(queues["notification"]):
        SQSRedelivery().postpone("notification", message["ReceiptHandle"], seconds=0)

    assert [message["Body"] for message in _take(queues["notification"])] == ["first", "second"]


@pytest.mark.row("J4", "K1")
def test_a_job_is_put_aside_once_with_its_reason(queues: dict[str, str]) -> None:
    for _ in range(2):
        SQSRedelivery().set_aside(
            "notification", "{}", group="ticket:1", job="tell-1", reason="KeyError"
        )
    (message,) = _take(queues["dead"])
    assert message["Body"] == "{}"
    assert message["MessageAttributes"][REASON]["StringValue"] == "KeyError"


@pytest.mark.row("J3")
@pytest.mark.parametrize(
    "code", ["Throttling", "ThrottlingException", "TooManyRequestsException", "LimitExceeded"]
)
def test_a_mail_that_ses_throttles_was_surely_not_taken(code: str) -> None:
    _answers_always(aws.ses(), "SendRawEmail", code)
    with pytest.raises(Throttled):
        SESSender().send(RAW, sender="help@desk.example.com", recipient="ana@example.com")


@pytest.mark.row("J3")
def test_after_a_fault_of_ses_nobody_knows_whether_the_mail_left() -> None:
    _answers_always(aws.ses(), "SendRawEmail", "InternalFailure", 503)
    with pytest.raises(Unavailable) as raised:
        SESSender().send(RAW, sender="help@desk.example.com", recipient="ana@example.com")
    assert not isinstance(raised.value, Throttled)


def test_a_mail_that_ses_never_takes_is_refused() -> None:
    _answers_always(aws.ses(), "SendRawEmail", "MessageRejected")
    with pytest.raises(MailRefused):
        SESSender().send(RAW, sender="help@desk.example.com", recipient="ana@example.com")


@pytest.mark.parametrize(
    ("code", "status"), [("NotFoundException", 404), ("UnknownOperationException", 400)]
)
def test_an_address_that_is_not_on_the_accounts_list_is_forgiven_too(
    code: str, status: int
) -> None:
    _answers_always(aws.sesv2(), "DeleteSuppressedDestination", code, status)
    SESSender().forgive("ana@example.com")


def test_a_missing_right_to_forgive_is_an_error() -> None:
    _answers_always(aws.sesv2(), "DeleteSuppressedDestination", "AccessDeniedException", 403)
    with pytest.raises(ClientError):
        SESSender().forgive("ana@example.com")
