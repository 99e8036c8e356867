"""A job that fails waits as its worker says, in the running desk: with its queue, its role, its table."""

import json

import pytest

from infra.local.desk import LocalDesk
from tests.e2e.waiting import wait_for

SOON_SECONDS = 300
"""The worker's pause is half a minute; the queue's own time would be six."""


def _failures(desk: LocalDesk) -> int:
    """How often jobs failed, as the worker counted it."""
    pages = desk.client("dynamodb").get_paginator("scan").paginate(
        TableName=desk.outputs["TableName"],
        FilterExpression="kind = :kind",
        ExpressionAttributeValues={":kind": {"S": "job_failures"}},
    )  # fmt: skip
    return sum(int(item["times"]["N"]) for page in pages for item in page["Items"])


@pytest.mark.row("J3", "J4", "K1")
def test_a_job_that_fails_is_brought_again_when_its_worker_says_so(desk: LocalDesk) -> None:
    sqs = desk.client("sqs")
    dead = sqs.get_queue_attributes(
        QueueUrl=desk.outputs["NotificationDeadLetters"], AttributeNames=["QueueArn"]
    )["Attributes"]["QueueArn"]
    (queue,) = [
        url for url in sqs.list_queues()["QueueUrls"]
        if dead in sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        .get("RedrivePolicy", "")
    ]  # fmt: skip
    sqs.send_message(
        QueueUrl=queue,
        MessageBody=json.dumps({"kind": "no_job_that_anybody_knows"}),
        MessageGroupId="ticket:0",
        MessageDeduplicationId="poison",
    )

    wait_for(
        lambda: _failures(desk) >= 2,
        what="the second attempt",
        seconds=SOON_SECONDS,
        longest_pause=2,
    )
