"""Ports on a real table: every repository over one table, the rest in memory."""

import uuid
from functools import cache
from typing import Any

import boto3

from chalicelib.persistence.answers import AnswerRepository
from chalicelib.persistence.api_key_uses import ApiKeyUseRepository
from chalicelib.persistence.breaches import BreachRepository
from chalicelib.persistence.customers import CustomerRepository
from chalicelib.persistence.desk_settings import SettingsRepository
from chalicelib.persistence.forwarding_checks import ForwardingCheckRepository
from chalicelib.persistence.keys import BY_WAKE, INDEX_KEYS
from chalicelib.persistence.link_requests import LinkRequestRepository
from chalicelib.persistence.loads import LoadRepository
from chalicelib.persistence.mail_accounts import MailAccountRepository
from chalicelib.persistence.mail_intake import MailIntakeRepository
from chalicelib.persistence.mail_ledger import MailLedgerRepository
from chalicelib.persistence.notices import NoticeRepository
from chalicelib.persistence.read_models import ReadModelRepository
from chalicelib.persistence.scheduled_replies import ScheduledReplyRepository
from chalicelib.persistence.signing_keys import SigningKeys
from chalicelib.persistence.suppressions import SuppressionRepository
from chalicelib.persistence.table import Table
from chalicelib.persistence.tickets import TicketRepository
from chalicelib.persistence.use_counts import UseCountRepository
from tests.fakes import FakeClock, FakeIds, FakePorts
from tests.quick_moto import make_moto_quick

KEYS = ("pk", "sk")


class TablePorts:
    """Everything on one table, with a clock that stands."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.clock = FakeClock()
        self.ids = FakeIds()
        self.tickets = TicketRepository(self.table)
        self.scheduled_replies = ScheduledReplyRepository(self.table)
        self.customers = CustomerRepository(self.table)
        self.loads = LoadRepository(self.table)
        self.read_models = ReadModelRepository(self.table)
        self.breaches = BreachRepository(self.table)
        self.settings = SettingsRepository(self.table, self.clock)
        self.mail_intake = MailIntakeRepository(self.table)
        self.forwarding_checks = ForwardingCheckRepository(self.table)
        self.mail_ledger = MailLedgerRepository(self.table, ses_region="us-east-1")
        self.mail_accounts = MailAccountRepository(self.table)
        self.suppressions = SuppressionRepository(self.table)
        self.notices = NoticeRepository(self.table)
        self.answers = AnswerRepository(self.table)
        self.api_key_uses = ApiKeyUseRepository(self.table)
        self.use_counts = UseCountRepository(self.table)
        self.secrets = SigningKeys(self.table)
        self.link_requests = LinkRequestRepository(self.table)


Storage = TablePorts | FakePorts


def make_table() -> str:
    """Make a table as the infrastructure code does, and give its name."""
    make_moto_quick()
    name = f"tickets-{uuid.uuid4().hex}"
    schemas = [KEYS, *INDEX_KEYS.values()]
    attributes = sorted({attribute for names in schemas for attribute in names})
    client = _client()
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=_schema(*KEYS),
        AttributeDefinitions=[{"AttributeName": a, "AttributeType": "S"} for a in attributes],
        GlobalSecondaryIndexes=[
            {
                "IndexName": index,
                "KeySchema": _schema(*names),
                "Projection": {"ProjectionType": "KEYS_ONLY" if index == BY_WAKE else "ALL"},
            }
            for index, names in INDEX_KEYS.items()
        ],
    )
    return name


def empty(table: Table) -> None:
    """Take all items away: faster than a table for each test."""
    client = _client()
    for page in client.get_paginator("scan").paginate(TableName=table.name):
        for item in page["Items"]:
            client.delete_item(TableName=table.name, Key={name: item[name] for name in KEYS})


def _schema(hashed: str, ranged: str) -> Any:
    return [
        {"AttributeName": hashed, "KeyType": "HASH"},
        {"AttributeName": ranged, "KeyType": "RANGE"},
    ]


@cache
def _client() -> Any:
    return boto3.client("dynamodb")
