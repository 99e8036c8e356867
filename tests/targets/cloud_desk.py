"""A whole desk on moto: every handler reaches table, buckets, queues and mail service by boto3."""

import hashlib
import re
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from typing import Any

import boto3
import pytest
from moto import mock_aws
from moto.dynamodb.models import dynamodb_backends
from moto.s3.models import s3_backends
from moto.ses.models import ses_backends
from moto.sqs.models import sqs_backends

from chalicelib import bootstrap
from chalicelib.bootstrap import LivePorts
from chalicelib.gateways import aws
from chalicelib.settings import settings
from chalicelib.usecases.change_settings import seed_settings
from infra.local.ses_receiving import Received, Verdicts, notification, stored_mail
from tests.fakes import MONDAY, FakeClock
from tests.moto_desk import SET_UP
from tests.storage.desks import make_table

STANDARD = ("inbound_mail", "timers", "mail_events", "failed_records")
ORDERED = ("assignment", "notification", "projection")
_MONDAY_AS_ULID = "01KJPWD6M0"
_ACCOUNT, _REGION = "123456789012", "us-east-1"


class CountedIds:
    """ULIDs of one instant that count, so that two runs make the same."""

    def __init__(self, count: int = 0) -> None:
        self.count = count

    def new(self) -> str:
        self.count += 1
        return f"{_MONDAY_AS_ULID}{self.count:016d}"


@dataclass(frozen=True)
class Snapshot:
    """A desk at one instant."""

    items: dict[Any, Any]
    objects: dict[str, list[tuple[str, Any]]]
    mails: list[Any]
    at: datetime
    ids: int


class CloudPorts(LivePorts):
    """The live ports; only the clock stands, and ids count."""

    def __init__(self) -> None:
        self.clock = FakeClock(MONDAY)
        self.ids = CountedIds()

    @property
    def clients(self) -> list[Any]:
        """Every client that a handler uses."""
        return [self._table.connection.client, aws.s3(), aws.sqs(), aws.ses()]  # type: ignore[attr-defined]

    def items(self) -> list[dict[str, Any]]:
        """Everything in the table."""
        client = self.clients[0]
        return [
            item
            for page in client.get_paginator("scan").paginate(TableName=settings().table_name)
            for item in page["Items"]
        ]

    def snapshot(self) -> Snapshot:
        """All that is stored, and what time it is. No job may be waiting."""
        buckets = s3_backends[_ACCOUNT]["aws"].buckets
        return Snapshot(
            deepcopy(dict(self._items)),
            {name: list(buckets[name].keys.items()) for name in buckets},
            list(ses_backends[_ACCOUNT][_REGION].sent_messages),
            self.clock.at,
            self.ids.count,
        )

    def restore(self, snapshot: Snapshot) -> None:
        """Back to a snapshot, without making a new cloud: clients and table stay."""
        self._items.clear()
        self._items.update(deepcopy(snapshot.items))
        for name, keys in snapshot.objects.items():
            kept = s3_backends[_ACCOUNT]["aws"].buckets[name].keys
            kept.clear()
            for key, stored in keys:
                kept[key] = stored
        self.empty_queues()
        ses_backends[_ACCOUNT][_REGION].sent_messages[:] = snapshot.mails
        self.clock.at = snapshot.at
        self.ids = CountedIds(snapshot.ids)
        # A new process remembers no settings.
        self.__dict__.pop("settings", None)

    @property
    def _items(self) -> Any:
        return dynamodb_backends[_ACCOUNT][_REGION].tables[settings().table_name].items

    def empty_queues(self) -> None:
        """Nothing waits any more."""
        for queue in sqs_backends[_ACCOUNT][_REGION].queues.values():
            queue._messages.clear()
            queue._pending_messages.clear()

    def files_kept(self) -> list[str]:
        """Keys of the files bucket."""
        answer = aws.s3().list_objects_v2(Bucket=settings().files_bucket)
        return [one["Key"] for one in answer.get("Contents", ())]

    def queued(self) -> list[str]:
        """The bodies of all jobs that wait anywhere."""
        queues = sqs_backends[_ACCOUNT][_REGION].queues.values()
        return [message.body for queue in queues for message in queue._messages]

    def mails_sent(self) -> list[tuple[str, str]]:
        """Recipient and subject of each mail that SES took."""
        sent = ses_backends[_ACCOUNT][_REGION].sent_messages
        return [
            (mail.destinations[0], str(message_from_bytes(_bytes(mail.raw_data))["Subject"]))
            for mail in sent
        ]

    def store(self, ses_id: str, raw: bytes, **verdicts: str) -> str:
        """A mail that SES stored; gives the body of its announcement."""
        mail = Received(
            message_id=ses_id,
            sender="ana@example.com",
            recipients=["support@desk.example.com"],
            raw=raw,
            verdicts=Verdicts(verdicts),
            received_at=self.clock.now(),
        )
        bucket = settings().raw_mail_bucket
        aws.s3().put_object(Bucket=bucket, Key=ses_id, Body=stored_mail(mail))
        return notification(mail, bucket=bucket, topic_arn="arn:topic")


def _bytes(raw: str | bytes) -> bytes:
    return raw.encode("utf-8", "replace") if isinstance(raw, str) else raw


@contextmanager
def cloud_desk() -> Iterator[CloudPorts]:
    """An empty, seeded desk, its clients built and its keys made."""
    with mock_aws(), pytest.MonkeyPatch.context() as patch:
        for name, value in _made().items():
            patch.setenv(name, value)
        _forget()
        ports = CloudPorts()
        seed_settings(ports, deepcopy(SET_UP))
        ports.secrets.keyring()
        _name_mails_by_content()
        patch.setattr(bootstrap, "ports", lambda: ports)
        yield ports
    _forget()


def _made() -> dict[str, str]:
    for bucket in ("raw-mails", "files"):
        boto3.client("s3").create_bucket(Bucket=bucket)
    boto3.client("ses").verify_domain_identity(Domain="desk.example.com")
    queues = boto3.client("sqs")
    urls = {name: queues.create_queue(QueueName=name)["QueueUrl"] for name in STANDARD}
    for name in ORDERED:
        made = queues.create_queue(QueueName=f"{name}.fifo", Attributes={"FifoQueue": "true"})
        urls[name] = made["QueueUrl"]
    return {
        "TABLE_NAME": make_table(),
        "RAW_MAIL_BUCKET": "raw-mails",
        "FILES_BUCKET": "files",
        "DESK_URL": "https://desk.example.com",
        "REPLY_DOMAIN": "desk.example.com",
        **{f"{name.upper()}_QUEUE_URL": url for name, url in urls.items()},
    }


def _forget() -> None:
    settings.cache_clear()
    aws.forget_clients()


def _name_mails_by_content() -> None:
    """SES's ids are random; here the same mail has the same, so that two runs can be compared."""
    asked: list[str] = []

    def remember(params: Any, **_: Any) -> None:
        body = params["body"]
        subject = message_from_bytes(b64decode(body["RawMessage.Data"]))["Subject"]
        asked.append(f"{body['Destinations.member.1']} {subject}")

    def name(parsed: Any, **_: Any) -> None:
        if "MessageId" in parsed:
            digest = hashlib.sha256(asked[-1].encode()).hexdigest()
            parsed["MessageId"] = f"0100-{digest[:20]}"

    events = aws.ses().meta.events
    events.register_first("before-call.ses.SendRawEmail", remember)
    events.register_first("after-call.ses.SendRawEmail", name)


_ULID = re.compile(r"01[0-9A-HJKMNP-TV-Z]{24}")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:?00)?")
_TWINS = re.compile(r"twin-[ab]")
_SECONDS = re.compile(r"'spent_seconds': {'N': '\d+'}")
_FORGOTTEN = frozenset({"expires_at", "wake_at", "wake_shard", "next_at", "up_to", "lease_until"})


def comparable(ports: CloudPorts) -> list[str]:
    """The table without what two runs may differ in: instants, and the counting of ids.

    Ids are replaced by what they stand for, so that who refers to whom still counts.
    """
    items = [item for item in ports.items() if item["kind"]["S"] != "counter"]
    names = _names(items)
    told = []
    for item in items:
        kept = {name: item[name] for name in sorted(item) if name not in _FORGOTTEN}
        text = as_one(without_instants(str(kept)))
        for what, name in names.items():
            text = re.sub(rf"(?<![0-9A-Za-z]){what}(?![0-9A-Za-z])", name, text)
        told.append(_ULID.sub("<id>", text))
    return sorted(told)


def as_one(text: str) -> str:
    """Of two deliveries of one mail, ``twin-a`` and ``twin-b``, either may be taken."""
    return _TWINS.sub("twin", text)


def without_instants(text: str) -> str:
    """A text that says nothing of when it was made."""
    return _SECONDS.sub("<seconds>", _INSTANT.sub("<instant>", text))


def _names(items: list[dict[str, Any]]) -> dict[str, str]:
    names: dict[str, str] = {}
    for item in items:
        kind = item["kind"]["S"]
        if kind == "ticket":
            number = item["pk"]["S"].partition("#")[2]
            names[number] = f"<ticket {item['subject']['S']}>"
            names[f"{int(number):012d}"] = names[number]
        if kind == "message":
            entry = item["sk"]["S"].partition("#")[2]
            names[entry] = f"<message {item['text']['S'][:40]!r}>"
        if kind == "contact":
            names[item["pk"]["S"].partition("#")[2]] = f"<contact {item['email']['S']}>"
    return names
