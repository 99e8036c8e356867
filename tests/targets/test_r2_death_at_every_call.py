"""R2: wherever a worker dies, the next attempts end where an undisturbed run ends."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse

from tests.figures import Figure
from tests.targets.cloud_desk import CloudPorts, as_one, cloud_desk, comparable, without_instants
from tests.targets.mail_scenarios import SCENARIOS, Scenario
from tests.targets.seeds import seed_of

FULL = bool(os.environ.get("FULL"))
ATTEMPTS = 4
"""The one that is disturbed, and three more."""


class WorkerDied(BaseException):
    """The process is gone: nothing in it can catch this."""


@dataclass
class Disturbance:
    """What happens at the call with this position; every call is counted.

    Attributes:
        kind: dies_before (the call was never made), dies_after (it was, and nobody hears of it),
            refused (the service says that it is too busy).
    """

    kind: str = ""
    at: int = 0
    calls: list[str] = field(default_factory=list)
    struck: bool = False

    def before(self, model: Any, **_: Any) -> Any:
        self.calls.append(f"{model.service_model.service_name}.{model.name}")
        if len(self.calls) != self.at or self.struck:
            return None
        if self.kind == "dies_before":
            self.struck = True
            raise WorkerDied
        if self.kind == "refused":
            self.struck = True
            return _too_busy(model)
        return None

    def after(self, model: Any, **_: Any) -> None:
        if self.kind == "dies_after" and len(self.calls) == self.at and not self.struck:
            self.struck = True
            raise WorkerDied


def _too_busy(model: Any) -> tuple[AWSResponse, dict[str, Any]]:
    code = {"TransactWriteItems": "TransactionCanceledException"}.get(model.name)
    reasons = {"CancellationReasons": [{"Code": "TransactionConflict"}] * 20} if code else {}
    said = {
        "Error": {"Code": code or "ThrottlingException", "Message": "too busy"},
        "ResponseMetadata": {"HTTPStatusCode": 400},
        **reasons,
    }
    return AWSResponse("", 400, {}, None), said


@contextmanager
def disturbed(desk: CloudPorts, disturbance: Disturbance) -> Iterator[None]:
    events = [client.meta.events for client in desk.clients]
    for one in events:
        one.register_first("before-call", disturbance.before)
        one.register_last("after-call", disturbance.after)
    try:
        yield
    finally:
        for one in events:
            one.unregister("before-call", disturbance.before)
            one.unregister("after-call", disturbance.after)


@dataclass(frozen=True)
class Outcome:
    """All that can be seen afterwards; queues and mails as sets, for these may come twice."""

    table: list[str]
    files: frozenset[str]
    queued: frozenset[str]
    mails: Counter[tuple[str, str]]


def _bring(desk: CloudPorts, scenario: Scenario, records: list[dict[str, Any]]) -> int:
    """Bring the records until all are done, as SQS and Lambda do; gives the attempts it took."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            answer = scenario.handle({"Records": records})
        except (WorkerDied, Exception):  # noqa: BLE001 - Lambda brings the whole batch again
            answer = {
                "batchItemFailures": [{"itemIdentifier": r.get("messageId")} for r in records]
            }
        failed = {failure["itemIdentifier"] for failure in answer["batchItemFailures"]}
        records = [record for record in records if record.get("messageId") in failed]
        if not records:
            return attempt
        desk.clock.at += scenario.pause
    raise AssertionError(f"{len(records)} records were never done")


def _run(
    desk: CloudPorts, scenario: Scenario, records: list[dict[str, Any]], disturbance: Disturbance
) -> Outcome:
    with disturbed(desk, disturbance):
        _bring(desk, scenario, records)
    return Outcome(
        comparable(desk),
        frozenset(map(as_one, desk.files_kept())),
        frozenset(map(without_instants, desk.queued())),
        Counter(desk.mails_sent()),
    )


def _differences(found: Outcome, wanted: Outcome) -> str:
    more = Counter(found.table) - Counter(wanted.table)
    less = Counter(wanted.table) - Counter(found.table)
    return "\n".join([*(f"more: {item}" for item in more), *(f"less: {item}" for item in less)])


@pytest.fixture
def desk() -> Iterator[CloudPorts]:
    with cloud_desk() as ports:
        yield ports


@pytest.mark.row("J5", "K1")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_worker_that_dies_at_any_call_leaves_no_trace(
    desk: CloudPorts, scenario: Scenario, figure: Figure
) -> None:
    seed = seed_of("random")
    records = scenario.prepare(desk)
    ready = desk.snapshot()
    desk.restore(ready)
    undisturbed = Disturbance()
    wanted = _run(desk, scenario, records, undisturbed)
    calls, doubled = undisturbed.calls, 0
    plan = list(_plan(len(calls), seed))
    for kind, at in plan:
        desk.restore(ready)
        disturbance = Disturbance(kind, at)

        found = _run(desk, scenario, records, disturbance)

        where = f"{kind} at call {at} of {len(calls)}, {calls[at - 1]} (seed {seed})"
        assert disturbance.struck, where
        assert found.table == wanted.table, f"{where}: {_differences(found, wanted)}"
        assert found.files == wanted.files, where
        assert found.queued == wanted.queued, where
        assert set(found.mails) == set(wanted.mails), where
        twice = (found.mails - wanted.mails).total()
        assert twice <= _in_the_window(kind, calls, at), where
        doubled += twice
    figure(
        f"R2 {scenario.name}: call sites, runs, differing ends, mails twice (seed {seed})",
        f"{len(calls)}, {len(plan)}, 0, {doubled}",
        "every site three times in the full form, 0, only in the ledger's window",
    )


_KINDS = ("dies_before", "dies_after", "refused")


def _plan(sites: int, seed: int) -> Iterator[tuple[str, int]]:
    """Every call in every way; in the short form a third of the calls, another at every run."""
    for at in range(1, sites + 1):
        for kind in _KINDS:
            if FULL or (at + seed) % 3 == 0 == (at + seed // 3 + _KINDS.index(kind)) % 3:
                yield kind, at


def _in_the_window(kind: str, calls: list[str], at: int) -> int:
    """How many mails may leave twice: one, if SES took it and nobody lived to note that."""
    send = "ses.SendRawEmail"
    after_it = at > 1 and calls[at - 2] == send
    is_in = (kind == "dies_after" and calls[at - 1] == send) or (kind == "dies_before" and after_it)
    return int(is_in)
