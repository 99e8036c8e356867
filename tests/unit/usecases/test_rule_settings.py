"""Rules on events and webhooks are refused in words when they are saved, if they could not work."""

from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from chalicelib.domain.errors import InvalidSetting
from chalicelib.usecases.change_settings import save_setting, seed_settings
from tests.fakes import FakePorts
from tests.unit.usecases.test_change_settings import SET_UP

RULE: dict[str, Any] = {
    "id": "r",
    "name": "Invoices",
    "on": ["created"],
    "conditions": {"all_of": [{"field": "subject", "operator": "contains", "values": ["bill"]}]},
    "steps": [{"kind": "add_tag", "value": "bill"}],
}


@pytest.fixture
def ports() -> FakePorts:
    """A seeded desk."""
    seeded = FakePorts()
    seed_settings(seeded, deepcopy(SET_UP))
    return seeded


def _saved(ports: FakePorts, kind: str, document: dict[str, Any]) -> None:
    save_setting(ports, kind, document, based_on=None)


def _rule(**changes: Any) -> dict[str, Any]:
    return {**RULE, **changes}


def _asking(field: str, operator: str, *values: str) -> dict[str, Any]:
    return {"all_of": [{"field": field, "operator": operator, "values": list(values)}]}


@pytest.mark.row(56)
def test_a_rule_is_stored_as_it_was_written(ports: FakePorts) -> None:
    _saved(ports, "event_rules", RULE)

    kept = ports.settings.desk().event_rules["r"]
    assert (kept.name, [step.kind for step in kept.steps]) == ("Invoices", ["add_tag"])


@pytest.mark.row(56)
@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"on": ["changed"], "conditions": {}}, "conditions"),
        ({"steps": []}, "steps"),
        ({"conditions": _asking("department", "is", "gone")},
         "event_rules.r.conditions.all_of.0.values"),
        ({"conditions": _asking("field:gone", "is", "x")},
         "event_rules.r.conditions.all_of.0.field"),
        ({"conditions": {"all_of": [
            {"field": "status", "operator": "is", "values": ["open"]},
            {"field": "status", "operator": "is", "values": ["new"]},
        ]}}, "event_rules.r.conditions"),
        ({"steps": [{"kind": "assign", "value": "gone"}]}, "event_rules.r.steps"),
        ({"steps": [{"kind": "set_policy", "value": "gone"}]}, "event_rules.r.steps"),
        ({"steps": [{"kind": "call_webhook", "value": "gone"}]}, "event_rules.r.steps"),
        ({"steps": [{"kind": "set_type", "value": "gone"}]}, "event_rules.r.steps"),
        ({"steps": [{"kind": "set_field", "field": "cause", "value": "magic"}]},
         "event_rules.r.steps"),
        ({"steps": [{"kind": "set_field", "field": "gone", "value": "x"}]}, "event_rules.r.steps"),
        ({"steps": [{"kind": "set_field", "value": "x"}]}, "steps.0.field"),
        ({"steps": [{"kind": "reply"}]}, "steps.0.text"),
        ({"steps": [{"kind": "reply", "text": "Hi {{requester.password}}"}]},
         "event_rules.r.steps"),
        ({"steps": [{"kind": "reply", "text": "Hi {{requester.name"}]}, "event_rules.r.steps"),
    ],
)  # fmt: skip
def test_a_rule_that_could_not_work_is_refused_at_its_place(
    ports: FakePorts, changes: dict[str, Any], place: str
) -> None:
    with pytest.raises(InvalidSetting) as refused:
        _saved(ports, "event_rules", _rule(**changes))

    assert refused.value.field == place
    assert refused.value.reason.endswith(".")


def test_a_rule_waits_for_something(ports: FakePorts) -> None:
    with pytest.raises(ValidationError):
        seed_settings(ports, {**deepcopy(SET_UP), "event_rules": [_rule(on=[])]})


@pytest.mark.row(56)
def test_two_rules_that_undo_each_other_for_ever_are_refused_with_both_names(
    ports: FakePorts,
) -> None:
    def sets(name: str, when: str, then: str) -> dict[str, Any]:
        return _rule(
            id=name, name=f"From {when}", on=["changed"],
            conditions=_asking("priority", "is", when),
            steps=[{"kind": "set_priority", "value": then}],
        )  # fmt: skip

    _saved(ports, "event_rules", sets("up", "low", "high"))

    with pytest.raises(InvalidSetting, match=r"From high.*From low.*undo each other"):
        _saved(ports, "event_rules", sets("down", "high", "low"))
    _saved(ports, "event_rules", sets("further", "high", "urgent"))


def test_tags_that_are_given_and_taken_in_turn_are_refused_too(ports: FakePorts) -> None:
    gives = _rule(
        id="gives", on=["changed"], conditions=_asking("tags", "has_not", "x"),
        steps=[{"kind": "add_tag", "value": "x"}],
    )  # fmt: skip
    takes = _rule(
        id="takes", on=["changed"], conditions=_asking("tags", "has", "x"),
        steps=[{"kind": "remove_tag", "value": "x"}],
    )  # fmt: skip
    _saved(ports, "event_rules", gives)

    with pytest.raises(InvalidSetting, match="undo each other"):
        _saved(ports, "event_rules", takes)


@pytest.mark.row(56)
@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.org/x",
        "https://10.0.0.1/x",
        "https://[::1]/x",
        "https://localhost/x",
        "https://2130706433/x",
        "https://desk.internal/x",
        "https://user:word@hooks.example.org/x",
        "https://hooks.example.org:8443/x",
        "ftp://hooks.example.org",
        "https://hooks.example.org:port/",
    ],
)
def test_a_webhook_leads_to_a_public_host_by_https_or_is_refused(
    ports: FakePorts, url: str
) -> None:
    with pytest.raises(InvalidSetting) as refused:
        _saved(ports, "webhooks", {"id": "crm", "name": "CRM", "url": url})

    assert refused.value.field == "webhooks.crm.url"
