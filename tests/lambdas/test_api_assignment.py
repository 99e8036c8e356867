"""Assignment over the API: passing on, and what an administrator is warned of."""

from typing import Any

import pytest

from tests.fakes import FakePorts
from tests.lambdas.api_caller import Caller, token_for
from tests.unit.usecases.stage import opened_ticket


@pytest.mark.row(43)
def test_passing_on_deals_the_next_and_is_counted(desk_ports: FakePorts) -> None:
    first, second = (opened_ticket(desk_ports).number for _ in range(2))
    rui = Caller(desk_ports, token=token_for("sub-agent-rui"))
    assert rui.post("/v1/claims", {}).body["ticket"]["number"] == first
    desk_ports.project_all()

    answer = rui.post("/v1/claims", {"passed_on": {"number": first, "reason": "Not my field"}})

    assert answer.body["ticket"]["number"] == second
    assert rui.get("/v1/me").body["skipped_tickets"] == 1
    told = rui.get(f"/v1/tickets/{first}").body["entries"][-2:]
    assert {"agent": "agent-rui", "reason": "Not my field"} in [e["after"] for e in told]


@pytest.mark.row(43)
@pytest.mark.parametrize("passed", [{"number": 1001}, {"number": 1001, "reason": ""}])
def test_passing_on_asks_for_a_reason(desk_ports: FakePorts, passed: dict[str, Any]) -> None:
    answer = Caller(desk_ports, token=token_for("sub-agent-rui")).post(
        "/v1/claims", {"passed_on": passed}
    )

    assert (answer.status, answer.fields) == (422, ["passed_on.reason"])


@pytest.mark.row(41)
def test_a_department_without_members_is_saved_with_a_warning_in_words(
    administrator: Caller,
) -> None:
    body = {"id": "empty", "name": "Empty", "mailbox_id": "help"}

    answer = administrator.put("/v1/departments/empty", body)

    assert answer.status == 200
    (warning,) = answer.body["warnings"]
    assert warning["field"] == "members"
    assert "until an agent becomes a member" in warning["message"]
    assert administrator.get("/v1/departments/empty").body["warnings"] == []


@pytest.mark.row(41)
def test_a_capacity_of_zero_for_all_is_saved_with_a_warning(administrator: Caller) -> None:
    agents = administrator.get("/v1/agents").body["settings"]
    members = [a for a in agents if "support" in a["setting"]["departments"]]
    answer = None
    for agent in members:
        wanted = {**agent["setting"], "capacity": 0}
        path = f"/v1/agents/{wanted['id']}"
        answer = administrator.put(path, wanted, If_Match=f'"{agent["version"]}"')

    assert answer is not None
    assert [w["field"] for w in answer.body["warnings"]] == ["capacity"]


@pytest.mark.row(41, 42)
@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("departments", "calendar_id", "gone"),
        ("departments", "strategy", "by_horoscope"),
        ("agents", "skills", ["gone"]),
        ("agents", "languages", ["tlh"]),
        ("assignment-rules", "weights_by_type", {"gone": 2}),
        ("assignment-rules", "weights_by_priority", {"high": 0}),
        ("assignment-rules", "release_after_minutes", 0),
    ],
)
def test_what_could_not_work_is_refused_at_its_field(
    administrator: Caller, kind: str, field: str, value: object
) -> None:
    listed = administrator.get(f"/v1/{kind}").body["settings"][0]
    wanted = {**listed["setting"], field: value}
    tag = f'"{listed["version"]}"'

    answer = administrator.put(f"/v1/{kind}/{wanted['id']}", wanted, If_Match=tag)

    assert answer.status == 422
    assert any(field in name for name in answer.fields)
