"""Rules on events over the API: tried dry, saved, and then doing what was foretold."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.usecases.settings_rules import EventRuleDocument
from tests.fakes import FakePorts
from tests.lambdas.api_caller import Caller, token_for
from tests.unit.usecases.stage import opened_ticket
from tests.unit.usecases.test_event_rules import _customer_writes
from tests.unit.usecases.test_rule_settings import RULE

STEPS = [
    {"kind": "set_priority", "value": "urgent"},
    {"kind": "add_tag", "value": "refund"},
    {"kind": "add_note", "text": "{{requester.first_name}} wants {{ticket.subject}}"},
    {"kind": "notify_supervisor"},
]


def _as(ports: FakePorts, agent: str) -> Caller:
    return Caller(ports, token=token_for(f"sub-{agent}"))


def _rule(*conditions: dict[str, Any], on: str = "customer_wrote") -> dict[str, Any]:
    return {**RULE, "on": [on], "steps": STEPS, "conditions": {"all_of": list(conditions)}}


REFUND = {"field": "body", "operator": "has", "values": ["refund"]}


@pytest.mark.row(56)
def test_what_a_dry_run_foretells_is_what_then_happens(desk_ports: FakePorts) -> None:
    first, second = opened_ticket(desk_ports), opened_ticket(desk_ports, text="A refund, please.")
    admin = _as(desk_ports, "admin")
    before = desk_ports.tickets.list_by_numbers((first.number, second.number))

    tried = admin.post("/v1/event-rules/dry-run", {"rule": _rule(REFUND)})

    assert tried.status == 200
    assert (tried.body["looked_at"], tried.body["next"]) == (2, "")
    (hit,) = tried.body["tickets"]
    assert hit["number"] == second.number
    assert hit["effects"] == [
        {"what": "notify", "before": "", "after": "supervisor"},
        {"what": "priority", "before": "normal", "after": "urgent"},
        {"what": "tags", "before": "", "after": "refund"},
        {"what": "add_note", "before": "", "after": "Ana wants The invoice is wrong"},
    ]
    assert desk_ports.tickets.list_by_numbers((first.number, second.number)) == before

    ready = desk_ports.settings.ready
    assert ready is not None
    rule = EventRuleDocument.model_validate(_rule(REFUND)).to_domain()
    desk_ports.settings.ready = replace(ready, event_rules={"r": rule})
    after = _customer_writes(desk_ports, second, "I said: refund")
    assert (after.priority, after.tags) == ("urgent", ("refund",))


@pytest.mark.row(56)
def test_older_tickets_are_tried_page_by_page(desk_ports: FakePorts) -> None:
    numbers = [opened_ticket(desk_ports).number for _ in range(5)]
    admin = _as(desk_ports, "admin")
    sent: dict[str, Any] = {"rule": _rule(on="created"), "limit": 2}
    found: list[int] = []
    while True:
        page = admin.post("/v1/event-rules/dry-run", sent).body
        found += [ticket["number"] for ticket in page["tickets"]]
        if not page["next"]:
            break
        sent["cursor"] = page["next"]

    assert found == numbers[::-1]


def test_a_rule_that_could_not_be_saved_cannot_be_tried(desk_ports: FakePorts) -> None:
    asked = {"field": "department", "operator": "is", "values": ["gone"]}

    refused = _as(desk_ports, "admin").post("/v1/event-rules/dry-run", {"rule": _rule(asked)})

    assert (refused.status, refused.fields) == (422, ["event_rules.r.conditions.all_of.0.values"])


def test_uses_are_read_by_kind(desk_ports: FakePorts) -> None:
    desk_ports.use_counts.count("event_rules", "r", "01A", desk_ports.clock.now())
    admin = _as(desk_ports, "admin")

    assert admin.get("/v1/setting-uses/event-rules").body == {"uses": [{"id": "r", "times": 1}]}
    assert admin.get("/v1/setting-uses/passwords").status == 404
    assert admin.get("/v1/webhooks/none/secret").status == 404
