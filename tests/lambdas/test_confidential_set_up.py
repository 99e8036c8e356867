"""A confidential department in the set-up, and what its members hear of who is let in."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.decisions.rules import steps_taken
from chalicelib.domain.desk import NoticeKind
from chalicelib.domain.step import Step, StepKind
from chalicelib.usecases.change_settings import seed_settings
from chalicelib.usecases.dispatch_change import jobs_for_people
from chalicelib.usecases.jobs import TellMembers
from chalicelib.usecases.ports import SettingChange
from chalicelib.usecases.tell_members import tell_members
from tests.builders import NOON, a_ticket
from tests.fakes import FakePorts
from tests.lambdas.api_caller import Answer, Caller, deployed, token_for
from tests.unit.usecases.test_change_settings import SET_UP

pytestmark = [pytest.mark.row(76, "J14")]


def _person(name: str, role: str, *departments: str) -> dict[str, Any]:
    return {
        "id": name, "name": name.title(), "email": f"{name}@example.org", "role": role,
        "departments": list(departments), "subject": f"sub-{name}",
    }  # fmt: skip


def _set_up() -> dict[str, Any]:
    whole = deepcopy(SET_UP)
    secret = {"id": "hr", "name": "Whistleblowers", "mailbox_id": "people", "confidential": True}
    whole["departments"][0]["escalates_to"] = "hr"
    whole["departments"].append(secret)
    box = {"id": "people", "address": "people@desk.example.com", "name": "P", "department_id": "hr"}
    whole["mailboxes"].append(box)
    whole["topics"].append({"id": "grief", "department_id": "hr", "names": {"en": "Grief"}})
    types = [("leave", ["hr"]), ("travel", ["support", "hr"])]
    whole["ticket_types"] += [
        {"id": name, "names": {"en": name}, "departments": of} for name, of in types
    ]
    when = {"all_of": [{"field": "department", "operator": "is", "values": ["hr"]}]}
    rule = {"id": "old", "name": "Old", "since": "created", "after_minutes": 60}
    steps = [{"kind": "notify_supervisor"}]
    whole["time_rules"].append({**rule, "conditions": when, "steps": steps})
    whole["satisfaction_rules"] = {"id": "satisfaction", "excluded_departments": ["hr"]}
    whole["agents"] += [
        _person("admin", "administrator"),
        _person("keeper", "administrator", "hr"),
        _person("eva", "agent", "support", "hr"),
    ]
    return whole


@pytest.fixture
def ports() -> Iterator[FakePorts]:
    """A seeded desk with ``keeper`` and ``eva`` in its confidential department."""
    made = FakePorts()
    seed_settings(made, _set_up())
    with deployed(made):
        yield made


def _as(ports: FakePorts, name: str) -> Caller:
    return Caller(ports, token=token_for(f"sub-{name}"))


_ABOUT_IT = [
    ("departments", "hr"), ("mailboxes", "people"), ("topics", "grief"),
    ("ticket-types", "leave"), ("time-rules", "old"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "setting"), _ABOUT_IT)
def test_an_administrator_who_is_no_member_does_not_find_what_is_about_it(
    ports: FakePorts, kind: str, setting: str
) -> None:
    path, admin = f"/v1/{kind}", _as(ports, "admin")
    stored = _as(ports, "keeper").get(f"{path}/{setting}").body["setting"]

    listed = [s["setting"]["id"] for s in admin.get(path).body["settings"]]

    assert setting not in listed
    assert admin.get(f"{path}/{setting}").status == 404
    assert admin.delete(f"{path}/{setting}").status == 404
    assert admin.put(f"{path}/{setting}", stored, If_Match='"1"').status == 404


def test_what_he_cannot_see_of_a_setting_stays_when_he_saves_it(ports: FakePorts) -> None:
    admin = _as(ports, "admin")

    def saved(kind: str, setting: str) -> tuple[dict[str, Any], dict[str, Any]]:
        read = admin.get(f"/v1/{kind}/{setting}")
        answer = admin.put(f"/v1/{kind}/{setting}", read.body["setting"], If_Match=read.etag)
        kept, _ = ports.settings.document(kind.replace("-", "_"), setting)
        return answer.body["setting"], dict(kept)

    shown, kept = saved("agents", "eva")
    assert (shown["departments"], kept["departments"]) == (["support"], ["support", "hr"])
    shown, kept = saved("ticket-types", "travel")
    assert (shown["departments"], kept["departments"]) == (["support"], ["support", "hr"])
    shown, kept = saved("satisfaction-rules", "satisfaction")
    assert (shown["excluded_departments"], kept["excluded_departments"]) == ([], ["hr"])
    shown, kept = saved("departments", "support")
    assert (shown["escalates_to"], kept["escalates_to"]) == ("", "hr")


def test_he_cannot_name_it_elsewhere_as_if_it_did_not_exist(ports: FakePorts) -> None:
    def topic(department_id: str) -> Answer:
        body = {"id": "new", "department_id": department_id, "names": {"en": "New"}}
        return _as(ports, "admin").put("/v1/topics/new", body)

    assert topic("hr").status == topic("gone").status == 422
    assert "There is no such entry: hr" in str(topic("hr").body)


def _told(ports: FakePorts, name: str) -> list[tuple[str, str]]:
    kept, _ = ports.notices.list_by_agent(name, limit=50, cursor="")
    return [(str(notice.kind), notice.subject) for notice in kept]


def _flow(ports: FakePorts, kind: str, before: dict[str, Any] | None, setting: str) -> None:
    """What the table's stream would bring of the last change, twice."""
    after, _ = ports.settings.document(kind, setting)
    change = ports.settings.changes[-1][2]
    assert change is not None
    for _ in range(2):
        for job in jobs_for_people(kind, before, after, change, "cause"):
            assert isinstance(job, TellMembers)
            tell_members(ports, job)


def test_an_administrator_who_lets_himself_in_is_told_of_to_the_members(ports: FakePorts) -> None:
    admin = _as(ports, "admin")
    read = admin.get("/v1/agents/admin")
    wanted = {**read.body["setting"], "departments": ["hr"]}

    assert admin.put("/v1/agents/admin", wanted, If_Match=read.etag).status == 200
    _flow(ports, "agents", read.body["setting"], "admin")

    said = ("member_added", "Whistleblowers · Admin · Admin")
    assert _told(ports, "eva") == _told(ports, "keeper") == [said]
    assert _told(ports, "admin") == []
    assert admin.get("/v1/departments/hr").status == 200


@pytest.mark.parametrize("change", [{"email": "mine@example.org"}, {"subject": "sub-mine"}])
def test_who_signs_in_as_a_member_from_now_on_is_told_of(
    ports: FakePorts, change: dict[str, str]
) -> None:
    before, _ = ports.settings.document("agents", "eva")
    admin = _as(ports, "admin")
    read = admin.get("/v1/agents/eva")

    admin.put("/v1/agents/eva", {**read.body["setting"], **change}, If_Match=read.etag)
    _flow(ports, "agents", dict(before), "eva")

    assert _told(ports, "keeper") == [("member_added", "Whistleblowers · Eva · Admin")]


def test_a_change_that_lets_nobody_in_is_not_told(ports: FakePorts) -> None:
    before = {**_person("eva", "agent", "support", "hr"), "subject": ""}
    change = SettingChange("c", "admin")
    after = {**before, "departments": ["support"], "name": "E", "subject": "sub-new"}

    jobs = jobs_for_people("agents", before, after, change, "cause")
    assert not [job for job in jobs if isinstance(job, TellMembers)]
    assert jobs_for_people("departments", None, {"id": "x"}, change, "cause") == []


def test_a_department_that_is_no_longer_confidential_is_told_of(ports: FakePorts) -> None:
    keeper = _as(ports, "keeper")
    read = keeper.get("/v1/departments/hr")
    before = read.body["setting"]

    keeper.put("/v1/departments/hr", {**before, "confidential": False}, If_Match=read.etag)
    _flow(ports, "departments", before, "hr")

    assert _told(ports, "eva") == [(str(NoticeKind.MADE_PUBLIC), "Whistleblowers · Keeper")]
    assert _as(ports, "admin").get("/v1/departments/hr").status == 200


def test_it_cannot_be_removed_for_its_tickets_would_be_there_for_others(ports: FakePorts) -> None:
    answer = _as(ports, "keeper").delete("/v1/departments/hr")

    assert answer.status == 422
    assert answer.fields == ["confidential"]


def test_no_rule_takes_its_tickets_out_but_to_where_it_escalates_itself(ports: FakePorts) -> None:
    desk = ports.settings.desk()
    ticket = a_ticket(department_id="hr")
    step = (Step(StepKind.MOVE_DEPARTMENT, "support"),)
    assert steps_taken(desk, ticket, step, NOON).ticket.department_id == "hr"

    hr = replace(desk.departments["hr"], escalates_to="support")
    own = replace(desk, departments={**desk.departments, "hr": hr})
    assert steps_taken(own, ticket, step, NOON).ticket.department_id == "support"


def test_what_it_needs_is_not_removed_and_the_refusal_does_not_name_it(ports: FakePorts) -> None:
    keeper, admin = _as(ports, "keeper"), _as(ports, "admin")
    read = keeper.get("/v1/departments/hr")
    policy = {**ports.settings.document("sla_policies", "std")[0], "id": "own"}
    keeper.put("/v1/sla-policies/own", policy)
    wanted = {**read.body["setting"], "sla_policy_id": "own"}
    assert keeper.put("/v1/departments/hr", wanted, If_Match=read.etag).status == 200

    told, untold = (caller.delete("/v1/sla-policies/own") for caller in (keeper, admin))

    assert (told.status, told.fields) == (422, ["departments.hr.sla_policy_id"])
    assert (untold.status, untold.fields) == (422, ["id"])
    assert "hr" not in str(untold.body).split("'")
    assert "another administrator" in untold.body["errors"][0]["message"]


def test_what_is_needed_by_it_and_by_others_names_the_others(ports: FakePorts) -> None:
    read = _as(ports, "keeper").get("/v1/departments/hr")
    wanted = {**read.body["setting"], "sla_policy_id": "std"}
    _as(ports, "keeper").put("/v1/departments/hr", wanted, If_Match=read.etag)

    answer = _as(ports, "admin").delete("/v1/sla-policies/std")

    assert sorted(answer.fields) == ["departments.support.sla_policy_id", "id"]


def test_an_address_of_its_mailbox_is_taken_without_saying_by_which(ports: FakePorts) -> None:
    box = {
        "id": "mine", "address": "people@desk.example.com", "name": "M", "department_id": "support",
    }  # fmt: skip

    told, untold = (_as(ports, n).put("/v1/mailboxes/mine", box) for n in ("keeper", "admin"))

    assert told.status == untold.status == 422
    assert told.body["errors"][0]["message"].endswith("is already used by people.")
    assert "used by people" not in str(untold.body)
