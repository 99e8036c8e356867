"""Ready-made words over the API: whose they are, what they say, and what a macro wants."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.answers import FILE_OF_ANSWER
from chalicelib.usecases.settings_rules import EventRuleDocument
from tests.fakes import FakePorts
from tests.lambdas.api_caller import Caller, token_for
from tests.unit.usecases.stage import opened_ticket
from tests.unit.usecases.test_rule_settings import RULE

HELLO: dict[str, Any] = {
    "kind": "canned_message",
    "owner": "agent:agent-rui",
    "title": "Hello",
    "text": "Hello {{requester.first_name|there}}, I am {{agent.first_name}}.",
}
MACRO: dict[str, Any] = {
    "kind": "macro",
    "owner": "desk",
    "title": "Refund",
    "text": "We refund #{{ticket.number}}.",
    "folder": "Money",
    "steps": [
        {"kind": "add_tag", "value": "refund"},
        {"kind": "raise_priority"},
        {"kind": "move_department", "value": "billing"},
    ],
}


def _as(ports: FakePorts, agent: str) -> Caller:
    return Caller(ports, token=token_for(f"sub-{agent}"))


def _titles(caller: Caller, query: str = "") -> list[str]:
    return [answer["title"] for answer in caller.get(f"/v1/answers{query}").body["answers"]]


@pytest.mark.row(64)
def test_words_are_there_for_those_whose_they_are_and_for_nobody_else(
    desk_ports: FakePorts,
) -> None:
    rui, admin, boss = (_as(desk_ports, name) for name in ("agent-rui", "admin", "boss"))
    assert rui.post("/v1/answers", HELLO).status == 201
    assert admin.post("/v1/answers", MACRO).status == 201
    assert boss.post("/v1/answers", {**HELLO, "owner": "department:support",
                                     "title": "Of support"}).status == 201  # fmt: skip

    assert _titles(rui) == ["Refund", "Of support", "Hello"]
    assert _titles(_as(desk_ports, "agent-eva")) == ["Refund", "Of support"]
    assert _titles(_as(desk_ports, "out")) == ["Refund"]
    assert _titles(rui, "?kind=macro") == ["Refund"]
    assert _titles(rui, "?search=MONEY") == ["Refund"]
    mine = rui.get("/v1/answers?search=hello").body["answers"][-1]["id"]
    assert _as(desk_ports, "agent-eva").get(f"/v1/answers/{mine}").status == 404


@pytest.mark.row(64)
@pytest.mark.parametrize(
    ("agent", "owner", "status"),
    [
        ("agent-rui", "desk", 422),
        ("agent-rui", "department:support", 422),
        ("agent-rui", "agent:agent-eva", 422),
        ("boss", "department:support", 201),
        ("boss", "department:billing", 422),
        ("admin", "department:billing", 201),
        ("admin", "agent:agent-rui", 422),
        ("reader", "agent:reader", 403),
    ],
)
def test_who_may_change_whose_words(
    desk_ports: FakePorts, agent: str, owner: str, status: int
) -> None:
    made = _as(desk_ports, agent).post("/v1/answers", {**HELLO, "owner": owner})

    assert made.status == status


@pytest.mark.row(64)
def test_short_words_are_filled_in_for_the_ticket_and_the_use_is_counted(
    desk_ports: FakePorts,
) -> None:
    rui = _as(desk_ports, "agent-rui")
    number = opened_ticket(desk_ports).number
    made = rui.post("/v1/answers", HELLO).body

    said = rui.post(f"/v1/tickets/{number}/answers/{made['id']}", None)

    assert (said.status, said.body["text"]) == (200, "Hello Ana, I am Rui.")
    assert said.body["change"] is None
    uses = _as(desk_ports, "admin").get("/v1/setting-uses/answers").body["uses"]
    assert uses == [{"id": made["id"], "times": 1}]


@pytest.mark.row(64)
def test_a_macro_tells_what_it_wants_of_the_ticket_as_the_agent_would_change_it(
    desk_ports: FakePorts,
) -> None:
    made = _as(desk_ports, "admin").post("/v1/answers", MACRO).body
    ticket = opened_ticket(desk_ports, tags=("old",))
    rui = _as(desk_ports, "agent-rui")

    wanted = rui.post(f"/v1/tickets/{ticket.number}/answers/{made['id']}", None).body

    change = {name: value for name, value in wanted["change"].items() if value is not None}
    assert wanted["text"] == f"We refund #{ticket.number}."
    assert change == {
        "tags": ["old", "refund"], "priority": "high", "department_id": "billing",
    }  # fmt: skip
    changed = rui.patch(f"/v1/tickets/{ticket.number}", wanted["change"], If_Match='"1"')
    assert (changed.status, changed.body["department_id"]) == (200, "billing")


@pytest.mark.row(65)
def test_a_long_answer_brings_its_files_and_they_outlive_the_ticket(desk_ports: FakePorts) -> None:
    rui = _as(desk_ports, "agent-rui")
    slot = rui.post("/v1/uploads", {"filename": "terms.pdf", "content_type": "application/pdf",
                                    "size": 4}).body  # fmt: skip
    desk_ports.files.put(slot["fields"]["key"], b"%PDF", content_type="application/pdf")
    long = {**HELLO, "kind": "predefined_answer", "uploads": [slot["upload"]]}
    made = rui.post("/v1/answers", long).body
    assert made["files"][0]["id"].startswith(FILE_OF_ANSWER)
    number = opened_ticket(desk_ports).number

    said = rui.post(f"/v1/tickets/{number}/answers/{made['id']}", None).body
    sent = rui.post(
        f"/v1/tickets/{number}/messages",
        {"kind": "public_reply", "text": said["text"],
         "uploads": [file["upload"] for file in said["files"]]},
        If_Match='"1"',
    )  # fmt: skip

    assert sent.status == 201
    assert sent.body["message"]["attachments"][0]["filename"] == "terms.pdf"
    kept = rui.put(f"/v1/answers/{made['id']}",
                   {"title": "No file", "text": "x", "files": []}, If_Match='"1"')  # fmt: skip
    assert (kept.status, kept.body["files"]) == (200, [])


@pytest.mark.row(64)
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "Dear {{requester.password}}"}, "text"),
        ({"text": "Dear {{requester.name"}, "text"),
        ({"text": " "}, "text"),
        ({"steps": [{"kind": "add_tag", "value": "x"}]}, "steps"),
        ({"kind": "macro", "text": "", "steps": []}, "steps"),
        ({"kind": "macro", "steps": [{"kind": "close"}]}, "steps"),
        ({"kind": "macro", "steps": [{"kind": "assign", "value": "gone"}]}, "steps"),
        ({"text": "x" * 2001}, "text"),
    ],
)
def test_words_that_could_not_be_used_are_refused_at_their_place(
    desk_ports: FakePorts, changes: dict[str, Any], field: str
) -> None:
    refused = _as(desk_ports, "agent-rui").post("/v1/answers", {**HELLO, **changes})

    assert (refused.status, refused.fields) == (422, [field])


def test_words_that_were_changed_meanwhile_are_not_overwritten(desk_ports: FakePorts) -> None:
    rui = _as(desk_ports, "agent-rui")
    made = rui.post("/v1/answers", HELLO).body
    path, sent = f"/v1/answers/{made['id']}", {"title": "Hi", "text": "Hi"}

    assert rui.put(path, sent, If_Match='"1"').status == 200
    assert rui.put(path, sent, If_Match='"1"').status == 409
    assert rui.delete(path, If_Match='"1"').status == 409
    assert rui.delete(path, If_Match='"2"').status == 204
    assert rui.get(path).status == 404


@pytest.mark.row(56, 64)
def test_a_macro_that_a_rule_applies_stays(desk_ports: FakePorts) -> None:
    admin = _as(desk_ports, "admin")
    made = admin.post("/v1/answers", MACRO).body
    steps = [{"kind": "apply_macro", "value": made["id"]}]
    rule = EventRuleDocument.model_validate({**RULE, "steps": steps}).to_domain()
    ready = desk_ports.settings.ready
    assert ready is not None
    desk_ports.settings.ready = replace(ready, event_rules={"r": rule})

    refused = admin.delete(f"/v1/answers/{made['id']}", If_Match='"1"')

    assert refused.status == 422
    assert "Invoices" in str(refused.body)
