"""Faults that no emulator makes by itself, put into a table's client."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.exceptions import ConnectionClosedError

from chalicelib.persistence.table import Table

_BAD_REQUEST = 400
CONFLICT = "TransactionConflict"
THROTTLED = "ThrottlingError"


def _answer(code: str, **more: Any) -> tuple[AWSResponse, dict[str, Any]]:
    """What botocore takes for an answer, so that nothing is sent."""
    said = {"Error": {"Code": code, "Message": code}, "ResponseMetadata": {}, **more}
    return AWSResponse("", _BAD_REQUEST, {}, None), said


@contextmanager
def cancelled(table: Table, reasons: list[str], *, times: int) -> Iterator[list[str]]:
    """The next transactions are cancelled for these reasons; gives the request tokens seen."""
    tokens: list[str] = []

    def refuse(params: Any, **_: Any) -> tuple[AWSResponse, dict[str, Any]] | None:
        sent = json.loads(params["body"])
        tokens.append(sent["ClientRequestToken"])
        if len(tokens) > times:
            return None
        count = len(sent["TransactItems"])
        codes = (reasons + ["None"] * count)[:count]
        told = [{"Code": code} for code in codes]
        return _answer("TransactionCanceledException", CancellationReasons=told)

    with _hook(table, "before-call.dynamodb.TransactWriteItems", refuse):
        yield tokens


@contextmanager
def refused(table: Table, operation: str, code: str) -> Iterator[None]:
    """Every such call is answered with this error."""

    def refuse(**_: Any) -> tuple[AWSResponse, dict[str, Any]]:
        return _answer(code)

    with _hook(table, f"before-call.dynamodb.{operation}", refuse):
        yield


@contextmanager
def lost_answer(table: Table, operation: str) -> Iterator[None]:
    """The first such call is done, and its answer never arrives."""
    calls: list[int] = []

    def lose(**_: Any) -> None:
        calls.append(1)
        if len(calls) == 1:
            raise ConnectionClosedError(endpoint_url="https://dynamodb.example.com")

    with _hook(table, f"after-call.dynamodb.{operation}", lose):
        yield


@contextmanager
def counted(table: Table) -> Iterator[list[str]]:
    """The calls that are made, by operation."""
    calls: list[str] = []

    def count(model: Any, **_: Any) -> None:
        calls.append(model.name)

    with _hook(table, "before-call.dynamodb.*", count):
        yield calls


@contextmanager
def _hook(table: Table, event: str, handler: Any) -> Iterator[None]:
    events: Any = table.connection.client.meta.events  # type: ignore[attr-defined]
    events.register(event, handler)
    try:
        yield
    finally:
        events.unregister(event, handler)
