"""Promises run out while the desk watches: due times drawn into the past, the real sweep."""

import time
from datetime import timedelta
from email.utils import parsedate_to_datetime

import httpx
import pytest

from infra.local.desk import LocalDesk
from tests.e2e.conftest import ApiClient, Post, a_mail
from tests.e2e.waiting import wait_for, wait_until_all_know


@pytest.fixture(scope="module")
def hurried(administrator: ApiClient) -> str:
    """A department that warns of its promise at once; its mailbox."""
    settings = {
        "sla-policies/hurried": {
            "id": "hurried",
            "name": "Hurried",
            "calendar_id": "always",
            "at_risk_lead_minutes": 60,
            "minutes": {"normal": {"first_response": 60}, "high": {"first_response": 60}},
        },
        "departments/hurried": {
            "id": "hurried",
            "name": "Hurried",
            "mailbox_id": "support",
            "sla_policy_id": "hurried",
        },
        "mailboxes/hurried": {
            "id": "hurried",
            "address": "hurried@desk.example.com",
            "name": "Hurried",
            "department_id": "hurried",
        },
    }
    for path, document in settings.items():
        administrator.send("PUT", f"/{path}", document).raise_for_status()
    for agent_id in ("agent1", "supervisor"):
        stored = administrator.get(f"/agents/{agent_id}")
        departments = [*stored["setting"]["departments"], "hurried"]
        changed = {**stored["setting"], "departments": departments}
        administrator.send(
            "PUT", f"/agents/{agent_id}", changed, version=stored["version"]
        ).raise_for_status()
    wait_until_all_know(time.monotonic())
    return "hurried@desk.example.com"


def let_the_promise_run_out(desk: LocalDesk, number: int) -> None:
    """Draws the due time of the ticket's running clock into the past."""
    dynamodb = desk.client("dynamodb")
    ticket = {
        "TableName": desk.outputs["TableName"],
        "Key": {"pk": {"S": f"TICKET#{number}"}, "sk": {"S": "TICKET"}},
    }
    clocks = dynamodb.get_item(**ticket)["Item"]["clocks"]["L"]
    (running,) = [place for place, clock in enumerate(clocks) if "due_at" in clock["M"]]
    dynamodb.update_item(
        **ticket,
        UpdateExpression=f"SET wake_at = :past, clocks[{running}].due_at = :past",
        ExpressionAttributeValues={":past": {"S": "2026-01-05T09:00:00.000000+0000"}},
    )


@pytest.mark.row(50, 51, 52, "K5")
def test_a_promise_at_risk_warns_the_owner_and_a_breach_tells_the_supervisor_once(
    desk: LocalDesk, agent: ApiClient, administrator: ApiClient, post: Post, hurried: str
) -> None:
    sender = "Hurry <hurry@customer.example.org>"
    post.send(a_mail(sender, "Hurry up", "Quickly please.", recipient=hurried))
    number = administrator.wait_until_listed("all_open", "Hurry up")["number"]
    agent.change(number, department_id="hurried", assignee_id="agent1")

    def is_warned() -> bool:
        desk.run_sweep()
        return "target_at_risk" in [e["kind"] for e in agent.ticket(number)["entries"]]

    wait_for(is_warned, what="the warning in the history")
    assert agent.ticket(number)["ticket"]["badge"]["state"] == "at_risk"
    agent1 = "agent1@desk.example.com"
    wait_for(lambda: post.to(agent1, "Hurry up"), what="the owner's warning")

    def is_told() -> bool:
        let_the_promise_run_out(desk, number)
        desk.run_sweep()
        return "target_breached" in [e["kind"] for e in agent.ticket(number)["entries"]]

    wait_for(is_told, what="the breach in the history")
    supervisor = "supervisor@desk.example.com"
    wait_for(lambda: post.to(supervisor, "Hurry up"), what="the supervisor's mail")
    desk.run_sweep()
    desk.run_sweep()

    opened = agent.ticket(number)
    kinds = [entry["kind"] for entry in opened["entries"]]
    assert kinds.count("target_at_risk") == 1
    assert kinds.count("target_breached") == 1
    assert opened["ticket"]["priority"] == "high"
    assert len(post.to(supervisor, "Hurry up")) == 1


@pytest.mark.row(14, 15)
def test_a_postponed_ticket_pauses_its_promises_and_comes_back(
    desk: LocalDesk, agent: ApiClient, post: Post
) -> None:
    post.send(a_mail("Later <later@customer.example.org>", "Look later", "No hurry."))
    number = agent.wait_until_listed("all_open", "Look later")["number"]
    too_late = agent.send(
        "PATCH",
        f"/tickets/{number}",
        {"status": "postponed", "postponed_until": "2020-01-01T00:00:00Z"},
        version=agent.ticket(number)["ticket"]["version"],
    )
    assert too_late.status_code == httpx.codes.UNPROCESSABLE_ENTITY

    soon = post.http.get("/api/v1/health").headers["date"]
    postponed = agent.change(number, status="postponed", postponed_until=_seconds_after(soon, 4))
    assert postponed["status"] == "postponed"
    assert postponed["badge"]["state"] == "paused"

    def woken() -> bool:
        desk.run_sweep()
        status: str = agent.ticket(number)["ticket"]["status"]
        return status == "new"

    wait_for(woken, what="the ticket to come back as it was")


def _seconds_after(http_date: str, seconds: int) -> str:
    return (parsedate_to_datetime(http_date) + timedelta(seconds=seconds)).isoformat()
