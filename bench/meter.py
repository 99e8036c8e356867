"""Counts what a piece of work asks of DynamoDB: calls, calls in a row, units and bytes.

The hooks are botocore's own events, so nothing of the product knows that it is measured.

Units are those that DynamoDB reports, mended in two places where DynamoDB Local differs from AWS:
it reports 4 write units for a transaction that writes one item of up to 1 kB, where AWS bills 2, so
those of transactions are halved; and it reports 0 for a read that finds nothing, where AWS bills
0.5.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

READS = frozenset({"GetItem", "Query", "BatchGetItem", "Scan", "TransactGetItems"})
TRANSACTION = "TransactWriteItems"
EMULATED_TRANSACTION_FACTOR = 2
LEAST_READ_UNITS = 0.5


@dataclass(frozen=True, slots=True)
class Call:
    """One call, with its times on the monotonic clock in seconds."""

    operation: str
    started: float
    ended: float
    units: float
    bytes_sent: int
    bytes_received: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of an action cost.

    Attributes:
        calls: all of them.
        in_a_row: how many waited for an earlier one to end.
        cpu_milliseconds: of the whole process, the client's work on each call included.
    """

    calls: int
    in_a_row: int
    read_units: float
    write_units: float
    bytes_sent: int
    bytes_received: int
    cpu_milliseconds: float


@dataclass
class Meter:
    """Listens to a client, and keeps the calls of the run that is measured."""

    calls: list[Call] = field(default_factory=list)
    _pending: threading.local = field(default_factory=threading.local)

    def listen(self, client: Any) -> None:
        """Hook into a client's events."""
        events = client.meta.events
        events.register("provide-client-params.dynamodb", _ask_for_units)
        events.register("before-send.dynamodb", self._sent)
        events.register("after-call.dynamodb", self._answered)

    @contextmanager
    def run(self) -> Iterator[list[Cost]]:
        """Measure the body; its cost is in the list afterwards."""
        cost: list[Cost] = []
        self.calls.clear()
        before = time.process_time()
        yield cost
        taken = (time.process_time() - before) * 1000
        cost.append(_cost(self.calls, taken))

    def _sent(self, request: Any, **_: Any) -> None:
        self._pending.started = time.monotonic()
        self._pending.bytes_sent = len(request.body or b"")

    def _answered(self, http_response: Any, parsed: Any, model: Any, **_: Any) -> None:
        said = parsed.get("ConsumedCapacity") or []
        consumed = said if isinstance(said, list) else [said]
        units = sum(float(part.get("CapacityUnits", 0)) for part in consumed)
        if model.name == TRANSACTION:
            units /= EMULATED_TRANSACTION_FACTOR
        if model.name in READS:
            units = max(units, LEAST_READ_UNITS)
        ended, size = time.monotonic(), len(http_response.content)
        self.calls.append(
            Call(model.name, self._pending.started, ended, units, self._pending.bytes_sent, size)
        )


def typical(costs: Sequence[Cost]) -> Cost:
    """The median of every figure; of the calls in a row the least.

    Two calls that are sent side by side may by chance come one after the other; never the reverse.
    """
    middle = {
        name: median(getattr(cost, name) for cost in costs)
        for name in Cost.__slots__
        if name != "in_a_row"
    }
    middle["calls"] = int(middle["calls"])
    return Cost(in_a_row=min(cost.in_a_row for cost in costs), **middle)


def longest_row(calls: Sequence[Call]) -> int:
    """The most calls of which each began after the one before had ended.

    >>> one, two = Call("Query", 0, 1, 0, 0, 0), Call("Query", 0.5, 1.5, 0, 0, 0)
    >>> longest_row([one, two, Call("PutItem", 2, 3, 0, 0, 0)])
    2
    """
    row, free_from = 0, float("-inf")
    for call in sorted(calls, key=lambda call: call.ended):
        if call.started >= free_from:
            row, free_from = row + 1, call.ended
    return row


def _cost(calls: Sequence[Call], cpu_milliseconds: float) -> Cost:
    return Cost(
        calls=len(calls),
        in_a_row=longest_row(calls),
        read_units=sum(call.units for call in calls if call.operation in READS),
        write_units=sum(call.units for call in calls if call.operation not in READS),
        bytes_sent=sum(call.bytes_sent for call in calls),
        bytes_received=sum(call.bytes_received for call in calls),
        cpu_milliseconds=cpu_milliseconds,
    )


def _ask_for_units(params: dict[str, Any], **_: Any) -> dict[str, Any]:
    return {**params, "ReturnConsumedCapacity": "TOTAL"}
