"""R2: wherever a worker dies, the next attempts end where an undisturbed run ends."""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse

from chalicelib.inbound_mail import handler as inbound_mail
from chalicelib.streams import dispatch
from chalicelib.sweeps import stored_mails
from chalicelib.usecases.answer_ticket import Answer, reply_in_public
from chalicelib.workers import mail_events, notification
from tests.figures import Figure
from tests.moto_desk import raw_mail
from tests.targets.cloud_desk import CloudPorts, as_one, cloud_desk, comparable, without_instants
from tests.targets.seeds import seed_of

FULL = bool(os.environ.get("FULL"))
ATTEMPTS = 4
"""The one that is disturbed, and three more."""

VISIBILITY = timedelta(seconds=360)
Handle = Callable[[dict[str, Any]], Any]


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
class Scenario:
    """A function and what it is given."""

    name: str
    handle: Handle
    prepare: Callable[[CloudPorts], list[dict[str, Any]]]
    pause: timedelta = VISIBILITY


def _records(*bodies: str) -> list[dict[str, Any]]:
    return [
        {
            "messageId": f"m{position}",
            "body": body,
            "receiptHandle": f"r{position}",
            "attributes": {"ApproximateReceiveCount": "1"},
        }
        for position, body in enumerate(bodies)
    ]


def _with_file(number: int, **headers: str) -> bytes:
    head, _, text = raw_mail(number, **headers).partition(b"\r\n\r\n")
    head = head.replace(
        b"text/plain; charset=utf-8", b'multipart/mixed; boundary="part"'
    )  # fmt: skip
    return (
        head + b"\r\nMIME-Version: 1.0\r\n\r\n--part\r\n\r\n" + text + b"\r\n--part\r\n"
        b'Content-Disposition: attachment; filename="a.pdf"\r\n'
        b"Content-Type: application/pdf\r\n\r\n%PDF-1.4\r\n--part--\r\n"
    )


def _mails(desk: CloudPorts) -> list[dict[str, Any]]:
    """A new mail with a file, an answer to an older one, a virus, and a copy."""
    first = desk.store("ses-0", raw_mail(0, Subject="The first question"))
    assert inbound_mail.handle({"Records": _records(first)}) == {"batchItemFailures": []}
    answer = raw_mail(2, Subject="Re: The first question", In_Reply_To="<m0@mail.example.com>")
    return _records(
        desk.store("twin-a", _with_file(1)),
        desk.store("ses-2", answer),
        desk.store("ses-3", raw_mail(3), virus="FAIL"),
        desk.store("twin-b", _with_file(1)),
    )


def _strays(desk: CloudPorts) -> list[dict[str, Any]]:
    """Three stored mails, one of which was announced; half an hour ago."""
    for number in range(2):
        desk.store(f"lost-{number}", raw_mail(number))
    _stored_long_ago(desk)
    announced = desk.store("known", raw_mail(7))
    assert inbound_mail.handle({"Records": _records(announced)}) == {"batchItemFailures": []}
    return [{}]


def _stored_long_ago(desk: CloudPorts) -> None:
    """Moto dates objects by the machine's clock: the desk's follows, half an hour later."""
    desk.clock.at = datetime.now(UTC) + timedelta(minutes=30)


def _sweep(event: dict[str, Any]) -> dict[str, Any]:
    stored_mails.handle()
    return {"batchItemFailures": []}


def _changes(desk: CloudPorts) -> list[dict[str, Any]]:
    """The whole table as the stream would tell of it."""
    _mails_taken(desk)
    return [
        {
            "eventID": f"e{position}",
            "eventName": "INSERT",
            "dynamodb": {"Keys": {"pk": item["pk"], "sk": item["sk"]}, "NewImage": item},
        }
        for position, item in enumerate(desk.items())
    ]


def _mails_taken(desk: CloudPorts) -> None:
    senders = ("Ana Example <ana@example.com>", "Bo Example <bo@example.com>")
    bodies = [
        desk.store(f"ses-{n}", raw_mail(n, Subject=f"Question {n}", From=sender))
        for n, sender in enumerate(senders)
    ]
    assert inbound_mail.handle({"Records": _records(*bodies)}) == {"batchItemFailures": []}


def _dispatch(event: dict[str, Any]) -> dict[str, Any]:
    dispatch.handle(event)
    return {"batchItemFailures": []}


def _letters(desk: CloudPorts) -> list[dict[str, Any]]:
    """An acknowledgement each for two tickets, and an answer with a word to the agent's colleague."""
    _mails_taken(desk)
    number = min(
        int(i["pk"]["S"].partition("#")[2]) for i in desk.items() if i["sk"]["S"] == "TICKET"
    )
    agent = desk.settings.desk().agents["rui"]
    desk.clock.advance(minutes=1)
    ticket = desk.tickets.get(number)
    reply_in_public(desk, agent, Answer(number, "It is out.", based_on=ticket.version))
    dispatch.handle({"Records": _stream_of_events(desk)})
    jobs = [job for job in desk.queued() if json.loads(job)["kind"] == "tell_of_event"]
    desk.empty_queues()
    return _records(*jobs)


def _stream_of_events(desk: CloudPorts) -> list[dict[str, Any]]:
    return [
        {"eventID": item["sk"]["S"], "eventName": "INSERT", "dynamodb": {"NewImage": item}}
        for item in sorted(desk.items(), key=lambda item: item["sk"]["S"])
        if item["kind"]["S"] == "event"
    ]


def _news(desk: CloudPorts) -> list[dict[str, Any]]:
    """An answer that came back for good, an acknowledgement that somebody complained of."""
    letters = _letters(desk)
    assert notification.handle({"Records": letters}) == {"batchItemFailures": []}
    sent = {
        item["message_id"]["S"] != "" or item["number"]["N"]: item["pk"]["S"].partition("#")[2]
        for item in desk.items()
        if item["kind"]["S"] == "sent_ref"
    }
    answer, *acknowledged = (sent[key] for key in sorted(sent, key=str, reverse=True))
    bounced = {
        "bounceType": "Permanent",
        "bounceSubType": "General",
        "bouncedRecipients": [{"emailAddress": "ana@example.com", "status": "5.1.1"}],
    }
    complained = {"complainedRecipients": [{"emailAddress": "bo@example.com"}]}
    return _records(
        _said("Bounce", answer, bounce=bounced),
        _said("Delivery", acknowledged[-1], delivery={}),
        _said("Complaint", acknowledged[0], complaint=complained),
    )


def _said(kind: str, ses_id: str, **more: Any) -> str:
    return json.dumps({"eventType": kind, "mail": {"messageId": ses_id}, **more})


SCENARIOS = (
    Scenario("inbound_mail", inbound_mail.handle, _mails),
    Scenario("reconcile", _sweep, _strays, timedelta(minutes=15)),
    Scenario("dispatch", _dispatch, _changes),
    Scenario("notify", notification.handle, _letters),
    Scenario("mail_events", mail_events.handle, _news),
)


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
@pytest.mark.timeout(900)
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
