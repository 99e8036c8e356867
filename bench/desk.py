"""A desk on DynamoDB Local: real repositories and use cases; mails, files and queues in memory."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3
import pytest
import yaml
from pynamodb.attributes import UTCDateTimeAttribute

from bench.meter import Meter
from chalicelib.bootstrap import LivePorts
from chalicelib.domain.desk import Agent
from chalicelib.domain.sla import Clock, ClockState, Target
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Channel, Priority, Requester, Ticket
from chalicelib.persistence import keys
from chalicelib.persistence.ticket_items import ticket_item
from chalicelib.settings import settings
from chalicelib.usecases.change_settings import seed_settings
from tests.fakes import FakeClock, FakeComposer, FakeFiles, FakeJobs, FakeMailSender, FakeRawMails
from tests.storage import dynamodb_local
from tests.storage.desks import make_table

DEMO_DESK = Path(__file__).resolve().parent.parent / "infra" / "stages" / "local.yaml"
AGENT = "agent1"
FIRST_NUMBER = 1001
_BATCH = 25
_CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "bench",
    "AWS_SECRET_ACCESS_KEY": "bench",  # DynamoDB Local takes any
    "AWS_DEFAULT_REGION": "us-east-1",
}


class BenchPorts(LivePorts):
    """The live ports over the table; what is not DynamoDB is in memory and the clock stands.

    A standing clock also means that the set-up is read once, as it is in a container that serves
    more than one request in 15 seconds.
    """

    def __init__(self) -> None:
        self.meter = Meter()
        self.clock = FakeClock()
        self.files = FakeFiles()
        self.raw_mails = FakeRawMails()
        self.mail_sender = FakeMailSender()
        self.composer = FakeComposer()
        self.jobs = FakeJobs()

    @cached_property
    def agent(self) -> Agent:
        """Who works in the bench: one agent with room for everything."""
        return self.settings.desk().agents[AGENT]


@contextmanager
def dynamodb() -> Iterator[None]:
    """DynamoDB Local, with the environment that leads to it."""
    try:
        with dynamodb_local.running() as address:
            os.environ.update(_CREDENTIALS, AWS_ENDPOINT_URL_DYNAMODB=address)
            yield
    except pytest.exit.Exception as error:
        raise SystemExit(str(error)) from error


def an_empty_desk() -> BenchPorts:
    """A new table with the demo desk's set-up, and a meter that listens."""
    os.environ["TABLE_NAME"] = make_table()
    settings.cache_clear()
    ports = BenchPorts()
    seed_settings(ports, _roomy(yaml.safe_load(DEMO_DESK.read_text())))
    ports.connect_table()
    ports.meter.listen(ports._table.connection.client)  # noqa: SLF001 - the hooks need the client
    ports.settings.desk()
    ports.secrets.keyring()
    return ports


def store_open_tickets(alarms: Sequence[datetime]) -> None:
    """Store one open ticket per alarm as it is stored, without its events and list rows.

    One ticket is written down by the product; the others are copies with their own number and
    alarm, for writing down ten thousand takes longer than everything else here.
    """
    client = boto3.client("dynamodb")
    table = settings().table_name
    written = ticket_item(_open_ticket(alarms[0])).to_dynamodb_dict()
    requests = [
        {"PutRequest": {"Item": _copy(written, FIRST_NUMBER + position, wake_at)}}
        for position, wake_at in enumerate(alarms)
    ]
    for start in range(0, len(requests), _BATCH):
        left: Mapping[str, Any] = {table: requests[start : start + _BATCH]}
        while left:
            left = client.batch_write_item(RequestItems=left).get("UnprocessedItems", {})


def _copy(written: Mapping[str, Any], number: int, wake_at: datetime) -> dict[str, Any]:
    return {
        **written,
        "pk": {"S": keys.ticket(number).pk},
        "number": {"N": str(number)},
        "requester_id": {"S": f"requester-{number}"},
        "wake_shard": {"S": keys.wake_shard(number)},
        "wake_at": {"S": UTCDateTimeAttribute().serialize(wake_at)},
    }


def _open_ticket(wake_at: datetime) -> Ticket:
    opened = wake_at - timedelta(hours=4)
    clock = Clock(
        target=Target.FIRST_RESPONSE,
        state=ClockState.RUNNING,
        allowed_seconds=4 * 3600,
        started_at=opened,
        running_since=opened,
        due_at=wake_at + timedelta(minutes=15),
        at_risk_at=wake_at,
    )
    return Ticket(
        number=FIRST_NUMBER,
        subject="A question about the last bill",
        status=Status.NEW,
        priority=Priority.NORMAL,
        department_id="support",
        mailbox_id="support",
        channel=Channel.FORM,
        requester=Requester("requester", "Customer", "customer@example.com"),
        created_at=opened,
        updated_at=opened,
        waiting_since=opened,
        clocks=(clock,),
    )


def _roomy(document: dict[str, Any]) -> dict[str, Any]:
    """The same desk with agents who are never full."""
    agents = [{**agent, "capacity": 1000} for agent in document["agents"]]
    return {**document, "agents": agents}
