"""How many calls to DynamoDB wait for each other in each action; more than the budget fails."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from bench.meter import Call, longest_row
from chalicelib.inbound_mail import handler as inbound
from chalicelib.sweeps import due_tickets
from chalicelib.usecases.build_views import arrange_view
from chalicelib.usecases.change_settings import save_setting
from chalicelib.usecases.jobs import ArrangeView
from chalicelib.usecases.project_ticket import project_ticket
from tests.lambdas.api_caller import Caller, deployed, token_for
from tests.moto_desk import MotoPorts, desk_on_moto, raw_mail, ses_notification

_SUBMIT = ThreadPoolExecutor.submit
_NETWORK_SECONDS = 0.1
"""moto answers at once: without time on the way calls side by side would not overlap."""


@dataclass
class Ledger:
    """Calls with when they began and ended, from botocore's own events."""

    calls: list[Call] = field(default_factory=list)
    _began: threading.local = field(default_factory=threading.local)
    _clock: Callable[[], float] = time.monotonic

    def listen(self, client: Any) -> None:
        client.meta.events.register("before-call.dynamodb", self._before)
        client.meta.events.register("after-call.dynamodb", self._after)

    def submit(self, pool: Any, work: Callable[..., Any], /, *given: Any, **named: Any) -> Any:
        """Begin a thread's first call when it was asked for: a busy machine starts threads late."""
        asked, place = self._clock(), getattr(pool, "asked", 0) + 1
        pool.asked = place

        def on_its_way() -> Any:
            # What waits for a thread to be free is not side by side.
            if place <= pool._max_workers:
                self._began.asked = asked
            return work(*given, **named)

        return _SUBMIT(pool, on_its_way)

    def _before(self, **_: Any) -> None:
        self._began.at = self._began.__dict__.pop("asked", None) or self._clock()
        threading.Event().wait(_NETWORK_SECONDS)

    def _after(self, model: Any, **_: Any) -> None:
        self.calls.append(Call(model.name, self._began.at, self._clock(), 0, 0, 0))

    @property
    def operations(self) -> list[str]:
        return [call.operation for call in self.calls]


@dataclass
class Desk:
    """A desk whose calls are written down."""

    ports: MotoPorts
    ledger: Ledger

    def agent(self, name: str = "rui") -> Caller:
        return Caller(self.ports, token=token_for(f"sub-{name}"))  # type: ignore[arg-type]

    def ticket(self) -> int:
        """A new ticket, and the lists that show it."""
        answer = Caller(self.ports).post("/v1/requests", REQUEST)  # type: ignore[arg-type]
        number = int(answer.body["number"])
        self.project(number)
        return number

    def project(self, number: int) -> None:
        project_ticket(self.ports, self.ports.tickets.get(number))  # type: ignore[arg-type]

    @contextmanager
    def in_a_row(self, most: int) -> Iterator[None]:
        """The body's calls wait for each other at most so often."""
        # The set-up is kept for 15 seconds, and a busy machine takes longer between two tests.
        self.ports.settings.desk()
        self.ledger.calls.clear()
        yield
        row = longest_row(self.ledger.calls)
        assert self.ledger.calls, "nothing was asked of the table"
        assert row <= most, f"{row} calls in a row: {self.ledger.operations}"
        assert "Scan" not in self.ledger.operations


REQUEST = {
    "name": "Ana Example",
    "email": "ana@example.com",
    "topic": "fault",
    "subject": "Printer on fire",
    "description": "It burns.",
}


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """One warm desk for all actions."""
    with desk_on_moto() as ports, deployed(ports):
        # The environment changed: the ports still know their table.
        ledger = Ledger()
        ledger.listen(ports.client)

        def submit(pool: Any, *work: Any, **named: Any) -> Any:
            return ledger.submit(pool, *work, **named)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ThreadPoolExecutor, "submit", submit)
            yield Desk(ports, ledger)


@pytest.fixture(scope="module")
def saved_view(desk: Desk) -> str:
    """A view of every ticket, one of those in support, and a ticket in both."""
    support = {"field": "department", "operator": "is", "values": ["support"]}
    ports: Any = desk.ports
    for document in (
        {"id": "everything", "name": "Everything"},
        {"id": "of-support", "name": "Support", "conditions": {"all_of": [support]}},
    ):
        save_setting(ports, "shared_views", document, based_on=None)
        arrange_view(ports, ArrangeView(view_id=document["id"]))
    desk.ports.settings.desk()
    desk.ticket()
    desk.ports.jobs.sent.clear()
    return "everything"


def test_opening_a_ticket_is_one_call(desk: Desk) -> None:
    number = desk.ticket()

    with desk.in_a_row(1):
        assert desk.agent().get(f"/v1/tickets/{number}").status == 200


@pytest.mark.row("K6")
@pytest.mark.parametrize("agent", ["rui", "eva"])
@pytest.mark.parametrize("view", ["to_solve", "mine", "unassigned", "all_open"])
def test_a_list_is_one_call_whether_of_one_department_or_of_three(
    desk: Desk, agent: str, view: str
) -> None:
    desk.ticket()

    with desk.in_a_row(1):
        answer = desk.agent(agent).get(f"/v1/views/{view}/tickets")
    assert answer.status == 200


@pytest.mark.row(66, "K6", "J7")
@pytest.mark.parametrize(("agent", "queries"), [("rui", 1), ("eva", 3)])
def test_a_saved_view_is_one_query_of_each_department_side_by_side(
    desk: Desk, saved_view: str, agent: str, queries: int
) -> None:
    with desk.in_a_row(1):
        answer = desk.agent(agent).get(f"/v1/views/{saved_view}/tickets")
    assert answer.body["tickets"]
    assert desk.ledger.operations == ["Query"] * queries


@pytest.mark.row("K6")
def test_a_saved_view_of_one_department_is_one_query_for_everybody(
    desk: Desk, saved_view: str
) -> None:
    assert saved_view
    with desk.in_a_row(1):
        answer = desk.agent("eva").get("/v1/views/of-support/tickets")
    assert answer.body["tickets"]
    assert desk.ledger.operations == ["Query"]


def test_all_counts_are_one_call_with_saved_views_too(desk: Desk, saved_view: str) -> None:
    with desk.in_a_row(1):
        listed = desk.agent("eva").get("/v1/views").body["views"]
    assert {view["id"]: view["count"] for view in listed}[saved_view] >= 1


def test_all_counts_are_one_call(desk: Desk) -> None:
    with desk.in_a_row(1):
        assert desk.agent("eva").get("/v1/views").status == 200


def test_a_reply_is_two_calls_in_a_row(desk: Desk) -> None:
    number = desk.ticket()
    reply = {"kind": "public_reply", "text": "Use water."}

    with desk.in_a_row(2):
        answer = desk.agent().post(f"/v1/tickets/{number}/messages", reply, If_Match='"1"')
    assert answer.status == 201


def test_a_change_is_two_calls_in_a_row(desk: Desk) -> None:
    number = desk.ticket()

    with desk.in_a_row(2):
        answer = desk.agent().patch(f"/v1/tickets/{number}", {"tags": ["x"]}, If_Match='"1"')
    assert answer.status == 200


@pytest.mark.parametrize("email", ["ana@example.com", "first-time@example.com"])
def test_creating_by_form_is_two_calls_in_a_row(desk: Desk, email: str) -> None:
    with desk.in_a_row(2):
        answer = Caller(desk.ports).post(  # type: ignore[arg-type]
            "/v1/requests", {**REQUEST, "email": email}
        )
    assert answer.status == 201


def _mail_in(desk: Desk, number: int, **headers: str) -> dict[str, Any]:
    ses_id = f"ses-{number}"
    desk.ports.raw_mails.stored[f"raw/{ses_id}"] = raw_mail(number, **headers)
    said = ses_notification(ses_id, "support@desk.example.com")
    return inbound.handle({"Records": [{"messageId": "1", "body": json.dumps(said)}]})


def test_a_mail_that_opens_a_ticket_is_three_calls_in_a_row_besides_s3(desk: Desk) -> None:
    with desk.in_a_row(3):
        assert _mail_in(desk, 101) == {"batchItemFailures": []}


def test_a_mail_that_answers_is_three_calls_in_a_row_besides_s3(desk: Desk) -> None:
    _mail_in(desk, 201)

    with desk.in_a_row(3):
        answer = _mail_in(desk, 202, In_Reply_To="<m201@mail.example.com>")
    assert answer == {"batchItemFailures": []}
    assert len(desk.ports.jobs.sent) == 0


@pytest.mark.row("K5")
def test_the_sweep_asks_once_a_shard_side_by_side_and_once_for_who_waits(desk: Desk) -> None:
    with desk.in_a_row(2):
        due_tickets.handle()
