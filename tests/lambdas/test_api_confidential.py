"""A confidential department seen from outside: it is not there, whoever looks and wherever."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from chalicelib.domain.access import may
from chalicelib.domain.delivery import Delivery, Verdict
from chalicelib.domain.desk import Agent, Desk, Role
from chalicelib.domain.relations import Link, LinkKind
from chalicelib.routes import import_endpoints
from chalicelib.routes.endpoint import ENDPOINTS, Endpoint
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.link_tickets import link_tickets
from chalicelib.usecases.ports import MailReceipt
from tests.builders import NOON, a_notice, a_suspended_mail
from tests.fakes import FakePorts
from tests.lambdas.api_caller import Answer, Caller, deployed, token_for
from tests.unit.usecases.stage import (
    ADMIN,
    BOSS,
    OUTSIDER,
    PEOPLE,
    READER,
    RUI,
    opened_ticket,
    the_desk,
)

pytestmark = [pytest.mark.row(76, "J14")]
import_endpoints()
ON_A_TICKET = [e for e in ENDPOINTS if e.action and "{number}" in e.path]
READING = [e for e in ENDPOINTS if e.action and e.method == "GET" and "{number}" not in e.path]
OUTSIDE = (ADMIN, BOSS, RUI, READER)
MEMBER = replace(OUTSIDER, role=Role.SUPERVISOR)
"""Of the department ``billing``, and the only one who is."""

BODIES: dict[str, dict[str, Any]] = {
    "TicketChange": {"tags": ["x"]},
    "NewMessage": {"kind": "internal_note", "text": "x"},
    "Tick": {"done": True},
    "ScheduledReplyChange": {"version": 1, "text": "x"},
    "Merge": {"into": 1},
    "NewSplit": {"subject": "x"},
    "NewLink": {"kind": "related", "number": 1},
    "ChildrenReply": {"text": "x", "then": "resolve"},
}
VALUES = {"message": "m", "attachment": "a", "scheduled": "s", "kind": "related", "item": "0"}
SECRET = "salary of a colleague"


def _confidential(desk: Desk) -> Desk:
    billing = replace(desk.departments["billing"], name="Whistleblowers", confidential=True)
    return replace(desk, departments={**desk.departments, "billing": billing})


@pytest.fixture
def ports() -> Iterator[FakePorts]:
    """A desk whose billing is confidential, with one ticket there and one in support."""
    people = [replace(a, subject=f"sub-{a.id}") for a in (*PEOPLE[:-1], MEMBER)]
    made = FakePorts(_confidential(the_desk(*people)))
    with deployed(made):
        yield made


def _hidden(ports: FakePorts, **changes: object) -> int:
    said = {"department_id": "billing", "mailbox_id": "bills", "subject": SECRET, "text": SECRET}
    return opened_ticket(ports, **said | changes).number


def _as(ports: FakePorts, agent: Agent) -> Caller:
    return Caller(ports, token=token_for(f"sub-{agent.id}"))


def _call(ports: FakePorts, declared: Endpoint, agent: Agent, number: int) -> Answer:
    path = declared.path.replace("{number}", str(number)).replace("{other}", "1")
    for name, value in VALUES.items():
        path = path.replace("{" + name + "}", value)
    body = BODIES.get(declared.body.__name__, {}) if declared.body else None
    return _as(ports, agent)._call(declared.method.lower(), path, body, {"If_Match": '"1"'})


def _id(value: object) -> str:
    if isinstance(value, Endpoint):
        return f"{value.method} {value.path}"
    return value.id if isinstance(value, Agent) else str(value)


@pytest.mark.parametrize(("declared", "agent"), list(product(ON_A_TICKET, OUTSIDE)), ids=_id)
def test_every_route_answers_as_for_a_ticket_that_does_not_exist(
    ports: FakePorts, declared: Endpoint, agent: Agent
) -> None:
    number = _hidden(ports)
    before = ports.store.tickets[number], len(ports.store.entries[number])

    hidden, missing = (_call(ports, declared, agent, n) for n in (number, number + 1))

    assert hidden.status == missing.status
    assert json.dumps(hidden.body) == json.dumps(missing.body).replace(str(number + 1), str(number))
    assert hidden.status == 404 or not may(agent, declared.action) or "entries" in declared.path
    assert before == (ports.store.tickets[number], len(ports.store.entries[number]))


@pytest.mark.parametrize("declared", ON_A_TICKET, ids=_id)
def test_its_member_finds_the_ticket_by_every_route(ports: FakePorts, declared: Endpoint) -> None:
    number = _hidden(ports)

    answer = _call(ports, declared, MEMBER, number)

    assert f"Ticket {number} was not found" not in json.dumps(answer.body)


@pytest.mark.parametrize(("declared", "agent"), list(product(READING, OUTSIDE)), ids=_id)
def test_nothing_that_can_be_read_tells_of_it(
    ports: FakePorts, declared: Endpoint, agent: Agent
) -> None:
    number = _hidden(ports, tags=("severance",))
    opened_ticket(ports)
    contact = ports.store.tickets[number].requester.id
    ports.notices.add(a_notice(agent_id=agent.id, number=number, subject=SECRET))
    path = declared.path.replace("{contact}", contact).replace("{view}", "all_open")

    answer = _as(ports, agent).get(path.replace("{setting}", "billing"))

    told = json.dumps(answer.body)
    for word in (SECRET, "Whistleblowers", '"billing"', "severance", f": {number},"):
        assert word not in told or (agent is ADMIN and "billing was not found" in told)


def test_its_members_see_it_in_lists_and_counts_and_others_do_not(ports: FakePorts) -> None:
    number = _hidden(ports)

    def seen(agent: Agent) -> tuple[list[int], int]:
        caller = _as(ports, agent)
        listed = caller.get("/v1/views/all_open/tickets").body["tickets"]
        counts = {v["id"]: v["count"] for v in caller.get("/v1/views").body["views"]}
        return [t["number"] for t in listed], counts["all_open"]

    assert seen(MEMBER) == ([number], 1)
    assert seen(ADMIN) == seen(BOSS) == ([], 0)


def test_moving_a_ticket_into_it_takes_it_away_from_others(ports: FakePorts) -> None:
    both = replace(MEMBER, departments=frozenset({"billing", "support"}))
    ticket = opened_ticket(ports, subject=SECRET)
    moved = change_ticket(ports, both, Change(ticket.number, None, department_id="billing"))
    ports.project_all()

    for agent in OUTSIDE:
        assert _as(ports, agent).get(f"/v1/tickets/{moved.number}").status == 404
        assert _as(ports, agent).get("/v1/views/all_open/tickets").body["tickets"] == []
        of_contact = f"/v1/contacts/{moved.requester.id}/tickets"
        assert _as(ports, agent).get(of_contact).body["tickets"] == []


@pytest.mark.parametrize("agent", [ADMIN, BOSS, RUI], ids=_id)
def test_who_is_no_member_cannot_move_a_ticket_there_or_open_one(
    ports: FakePorts, agent: Agent
) -> None:
    number = opened_ticket(ports).number
    caller = _as(ports, agent)

    moved = caller.patch(f"/v1/tickets/{number}", {"department_id": "billing"}, If_Match='"1"')
    unknown = caller.patch(f"/v1/tickets/{number}", {"department_id": "gone"}, If_Match='"1"')
    who = {"requester_name": "A", "requester_email": "a@example.com", "subject": "s", "text": "t"}
    opened = caller.post("/v1/tickets", {**who, "topic_id": "invoice"})

    assert moved.body == unknown.body
    assert moved.status == opened.status == 422


def test_a_link_to_it_is_not_shown_and_its_progress_does_not_count(ports: FakePorts) -> None:
    both = replace(MEMBER, departments=frozenset({"billing", "support"}))
    here, there = opened_ticket(ports).number, _hidden(ports)
    link_tickets(ports, both, here, Link(LinkKind.CHILD, there))

    answer = _as(ports, ADMIN).get(f"/v1/tickets/{here}/links").body

    assert answer == {"links": [], "done": 0, "children": 0}


def test_a_ticket_that_came_from_it_does_not_say_so(ports: FakePorts) -> None:
    both = replace(MEMBER, departments=frozenset({"billing", "support"}))
    number = _hidden(ports, subject="Harmless", text="Harmless")
    change_ticket(ports, both, Change(number, None, department_id="support"))

    entries = _as(ports, RUI).get(f"/v1/tickets/{number}").body["entries"]

    assert "department_changed" in [entry["kind"] for entry in entries]
    assert '"billing"' not in json.dumps(entries)


def test_tickets_of_two_departments_are_not_merged_where_one_is_confidential(
    ports: FakePorts,
) -> None:
    both = replace(MEMBER, departments=frozenset({"billing", "support"}), subject="sub-out")
    desk = ports.settings.desk()
    ports.settings.ready = replace(desk, agents={**desk.agents, both.id: both})
    here, there = opened_ticket(ports).number, _hidden(ports)

    answer = _as(ports, MEMBER).post(f"/v1/tickets/{there}/merge", {"into": here})

    assert answer.status == 422
    assert "confidential" in str(answer.body["errors"])


def test_mail_that_was_kept_out_of_it_is_not_shown_to_others(ports: FakePorts) -> None:
    sent = Delivery(
        "ses", "raw", NOON, "x@example.com", ("bills+x@desk.example.com",),
        *(Verdict.PASS for _ in range(5)),
    )  # fmt: skip
    mail = a_suspended_mail(subject=SECRET, delivery=sent)
    ports.mail_intake.suspend(mail, MailReceipt("s", "f"))
    caller = _as(ports, ADMIN)

    assert caller.get("/v1/suspended-mails").body["mails"] == []
    for method, path in (("get", ""), ("post", "/release"), ("delete", "")):
        answer = caller._call(method, f"/v1/suspended-mails/{mail.id}{path}", None, {})
        assert answer.status == 404
    assert mail.id in ports.mail_intake.suspended
