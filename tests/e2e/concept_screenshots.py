"""A picture of each concept for the documentation, taken of the running desk: ``make screenshots``."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.local import aws
from infra.local.desk import LocalDesk
from infra.local.profile import ROOT
from infra.seed import STAGES
from tests.e2e.conftest import ApiClient, Post, a_mail
from tests.e2e.screenshots import take
from tests.e2e.test_console import sign_in_as
from tests.e2e.waiting import wait_for

ADDRESS = "g@customer.example.org"
REQUESTER = f"Requester G <{ADDRESS}>"
SUBJECT = "Laptop does not start"
HURRIED = "Nobody has answered yet"


@pytest.fixture(scope="session")
def it_desk(desk: LocalDesk, administrator: ApiClient) -> None:
    """The ready-made IT desk beside the demo, with the demo's agent in it."""
    command = [sys.executable, "-m", "infra.seed", "--file", str(STAGES / "ready-made" / "it.yaml")]
    subprocess.run(command, cwd=ROOT, env=os.environ | aws.environment(desk.profile), check=True)
    put(administrator, "organisations/customer", {
        "id": "customer", "name": "Customer organisation", "domains": ["customer.example.org"],
    })  # fmt: skip
    put(administrator, "satisfaction-rules/satisfaction", {"id": "satisfaction"})
    put(administrator, "sla-policies/gold", {
        "id": "gold", "name": "Customers with a contract", "calendar_id": "office",
        "at_risk_lead_minutes": 15, "position": 1,
        "conditions": {"all_of": [
            {"field": "requester_domain", "operator": "is", "values": ["contract.example.org"]},
            {"field": "priority", "operator": "at_least", "values": ["high"]},
        ]},
        "minutes": {
            "urgent": {"first_response": 15, "next_response": 30, "resolution": 240},
            "high": {"first_response": 30, "next_response": 60, "resolution": 480},
        },
        "breach_steps": [{"kind": "raise_priority"}, {"kind": "notify_supervisor"}],
    })  # fmt: skip
    office = administrator.get("/calendars/office")["setting"]
    put(administrator, "calendars/office", {
        **office, "holidays": [], "public_holidays": [{"country": "PT"}], "public_days": [],
    })  # fmt: skip
    put(administrator, "sla-policies/minute", {
        "id": "minute", "name": "Within a minute", "calendar_id": "always",
        "minutes": {"normal": {"first_response": 1}, "high": {"first_response": 1}},
    })  # fmt: skip
    put(administrator, "departments/first-line", {
        "id": "first-line", "name": "First line", "mailbox_id": "support",
        "sla_policy_id": "minute", "escalates_to": "it",
    })  # fmt: skip
    for agent_id in ("agent1", "supervisor"):
        agent = administrator.get(f"/agents/{agent_id}")["setting"]
        departments = sorted({*agent["departments"], "it", "first-line"})
        put(administrator, f"agents/{agent_id}", {**agent, "departments": departments})


@pytest.fixture(scope="session")
def laptop(it_desk: None, agent: ApiClient, post: Post) -> int:
    """A ticket with all that a ticket can have."""
    wait_for(
        lambda: "it" in [d["id"] for d in agent.get("/me")["all_departments"]],
        what="the department in every container",
        seconds=30,
    )
    post.send(a_mail(REQUESTER, "Where is my order?", "It should be here since Monday."))
    earlier = agent.wait_until_listed("all_open", "Where is my order?")["number"]
    agent.reply(earlier, "It arrives tomorrow.")
    agent.change(earlier, status="resolved")
    post.send(a_mail(REQUESTER, SUBJECT, "Since this morning the screen stays black."))
    number: int = agent.wait_until_listed("all_open", SUBJECT)["number"]
    agent.change(number, department_id="it", assignee_id="agent1", type_id="incident",
                 fields={"service": "workplace", "impact": "one", "asset": "Laptop 0417"})  # fmt: skip
    note = {
        "kind": "internal_note", "text": "Before it goes to the repair shop:",
        "items": ["Try another power supply", "Save the disk", "Order a spare laptop"],
        "mentions": ["supervisor"],
    }  # fmt: skip
    answer = agent.send("POST", f"/tickets/{number}/messages", note)
    answer.raise_for_status()
    message = answer.json()["message"]["id"]
    path = f"/tickets/{number}/messages/{message}/items/0"
    agent.send("PUT", path, {"done": True}).raise_for_status()
    agent.reply(number, "Please leave it plugged in for ten minutes and try again.")
    for subject, link in (("Screen is still black", "merge"), ("A spare laptop", "part")):
        post.send(a_mail(REQUESTER, subject, "It has not changed."))
        other = agent.wait_until_listed("all_open", subject)["number"]
        agent.change(other, department_id="it")
        version = agent.ticket(other)["ticket"]["version"]
        if link == "merge":
            body: dict[str, Any] = {"into": number}
            joined = agent.send("POST", f"/tickets/{other}/merge", body, version=version)
        else:
            body = {"kind": "parent", "number": number}
            joined = agent.send("POST", f"/tickets/{other}/links", body, version=version)
        joined.raise_for_status()
    return number


@pytest.fixture(scope="session")
def late(it_desk: None, desk: LocalDesk, agent: ApiClient, post: Post) -> int:
    """A ticket whose promise was missed."""
    post.send(a_mail(REQUESTER, HURRIED, "Is anybody there?"))
    number: int = agent.wait_until_listed("all_open", HURRIED)["number"]
    agent.change(number, department_id="first-line", assignee_id="agent1")

    def is_missed() -> bool:
        desk.run_sweep()
        kinds = [entry.get("kind") for entry in agent.ticket(number)["entries"]]
        return "target_breached" in kinds

    wait_for(is_missed, what="the missed promise", seconds=150)
    return number


@pytest.fixture
def console(browser: Browser, desk: LocalDesk) -> Iterator[Page]:
    """A wide window of the console, signed in as the administrator."""
    context = browser.new_context(
        base_url=desk.desk_url, locale="en-GB", viewport={"width": 1280, "height": 800}
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    sign_in_as(page, desk, desk.sign_ins["administrator"])
    yield page
    context.close()


def put(administrator: ApiClient, path: str, document: dict[str, Any]) -> None:
    """Save a setting over what is there."""
    known = administrator.http.get(f"/{path}")
    version = known.json()["version"] if known.is_success else None
    administrator.send("PUT", f"/{path}", document, version=version).raise_for_status()


def open_ticket(page: Page, number: int, subject: str) -> None:
    page.goto(f"/console/tickets/{number}")
    expect(page.get_by_role("heading", name=subject)).to_be_visible()


def test_statuses(console: Page, laptop: int) -> None:
    open_ticket(console, laptop, SUBJECT)
    console.get_by_role("button", name="Status:").click()
    expect(console.get_by_role("menuitem", name="Postpone", exact=True)).to_be_visible()
    take(console, "concept-statuses")


def test_linked_tickets_and_notes(console: Page, laptop: int) -> None:
    open_ticket(console, laptop, SUBJECT)
    expect(console.get_by_text("0 of 1 done")).to_be_visible()
    take(console, "concept-linked-tickets")
    console.get_by_text("Before it goes to the repair shop").first.scroll_into_view_if_needed()
    take(console, "concept-notes")


def test_people(console: Page, laptop: int) -> None:
    open_ticket(console, laptop, SUBJECT)
    console.get_by_role("button", name="Requester: Requester G").click()
    console.get_by_role("menuitem", name="Name and addresses").click()
    expect(console.get_by_role("dialog")).to_be_visible()
    take(console, "concept-people")


def test_clocks(console: Page, late: int) -> None:
    open_ticket(console, late, HURRIED)
    console.get_by_role("button", name="First reply").first.click()
    take(console, "concept-clocks")


def test_missed_promises(console: Page, late: int) -> None:
    console.goto("/console/reports/breaches")
    console.get_by_role("button", name="the time that counted").first.click()
    take(console, "concept-missed-promises")


@pytest.mark.parametrize(
    ("name", "path", "words"),
    [
        ("types-and-fields", "ticket-types/incident", "Device"),
        ("service-levels", "service-levels/gold", "When a promise is missed"),
        ("business-hours", "calendars/office", "Natal"),
        ("time-rules", "time-rules", "Resolved for five days"),
        ("assignment", "departments/support", "Escalates to"),
        ("access", "api-keys", "API keys"),
    ],
)
def test_the_set_up(console: Page, it_desk: None, name: str, path: str, words: str) -> None:
    console.goto(f"/console/setup/{path}")
    expect(console.locator("main").get_by_text(words).first).to_be_visible()
    take(console, f"concept-{name}")


def test_rules(console: Page, administrator: ApiClient, laptop: int) -> None:
    put(administrator, "event-rules/laptops", {
        "id": "laptops", "name": "Laptops go to the IT desk", "position": 10,
        "on": ["created", "customer_wrote"],
        "conditions": {"all_of": [{"field": "subject", "operator": "contains", "values": ["laptop"]}]},
        "steps": [
            {"kind": "move_department", "value": "it"}, {"kind": "set_priority", "value": "high"},
            {"kind": "add_tag", "value": "laptop"},
        ],
    })  # fmt: skip
    console.goto("/console/setup/event-rules/laptops")
    console.get_by_role("button", name="Try it").click()
    tried = console.get_by_text(SUBJECT).first
    tried.scroll_into_view_if_needed()
    expect(tried).to_be_visible()
    take(console, "concept-rules")


def test_answers(console: Page, administrator: ApiClient, laptop: int) -> None:
    for title, text in (
        ("Ask for a picture", "Dear {{requester.first_name|customer}}, please send us a picture."),
        ("Thank you", "Thank you for your patience, {{requester.first_name|customer}}."),
    ):
        answer = {"title": title, "text": text, "kind": "canned_message", "owner": "desk"}
        administrator.send("POST", "/answers", answer).raise_for_status()
    open_ticket(console, laptop, SUBJECT)
    console.get_by_role("textbox", name="Reply to the customer").press("/")
    expect(console.get_by_text("Ask for a picture").first).to_be_visible()
    take(console, "concept-answers")


def test_views(console: Page, desk: LocalDesk, agent: ApiClient, laptop: int) -> None:
    def counted() -> bool:
        views = agent.get("/views")["views"]
        return any(view.get("name") == "All tickets" and view["count"] for view in views)

    wait_for(counted, what="the saved view", seconds=120)
    console.goto("/console/lists/all_open")
    console.get_by_role("link", name="All tickets").click()
    expect(console.get_by_text(SUBJECT).first).to_be_visible()
    take(console, "concept-views")


def test_the_question_whether_it_is_solved(
    page: Page, laptop: int, agent: ApiClient, post: Post
) -> None:
    version = agent.ticket(laptop)["ticket"]["version"]
    body = {
        "kind": "public_reply",
        "text": "A new power supply is on your desk.",
        "then": "resolve",
    }
    path = f"/tickets/{laptop}/messages"
    agent.send("POST", path, body, version=version).raise_for_status()
    mail = post.wait_for_mail(ADDRESS, "A new power supply is on your desk.")
    page.set_viewport_size({"width": 900, "height": 600})
    page.goto(next(word for word in mail["text"].split() if word.endswith("said=yes")))
    take(page, "concept-solved")


def test_postponing(console: Page, agent: ApiClient, late: int) -> None:
    until = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    agent.change(
        late, status="postponed", postponed_until=until, postponed_reason="Waits for a part"
    )
    open_ticket(console, late, HURRIED)
    take(console, "concept-postponed")
