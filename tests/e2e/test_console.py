"""An agent in a browser: sign-in, lists, answers, all by keyboard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.local.desk import LocalDesk
from tests.e2e.accessibility import Look, faults_in_every_look
from tests.e2e.conftest import ApiClient, Post, a_mail, a_window
from tests.e2e.waiting import wait_for

WIDE_AND_NARROW: tuple[Look, ...] = ((1440, "light"), (390, "dark"))
"""The console's own browser tests look in the other colours, too."""


def sign_in_as(page: Page, desk: LocalDesk, email: str) -> None:
    """Through the hosted page, as a person does."""
    page.goto("/console/")
    page.locator("#username").fill(email)
    page.locator("#password").fill(desk.password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="All open")).to_be_visible()


@pytest.fixture(scope="module")
def console(browser: Browser, desk: LocalDesk) -> Iterator[Page]:
    """The window in which Demo Agent 1 signs in once: for this tab only, as for a person."""
    with a_window(browser, desk) as page:
        sign_in_as(page, desk, desk.sign_ins["agent"])
        yield page


def a_ticket_of_agent(agent: ApiClient, post: Post, subject: str) -> int:
    """A ticket that Demo Agent 1 has."""
    name = subject.replace(" ", "-").lower()
    post.send(a_mail(f"{subject} <{name}@customer.example.org>", subject, f"About: {subject}"))
    number: int = agent.wait_until_listed("all_open", subject)["number"]
    agent.change(number, assignee_id="agent1")
    agent.wait_until_listed("mine", subject)
    return number


@pytest.mark.row("K7")
def test_an_agent_who_signed_in_through_the_hosted_page_is_known_by_name(console: Page) -> None:
    expect(console.get_by_text("Demo Agent 1").first).to_be_visible()


@pytest.mark.row(40, 67)
def test_the_rail_counts_what_the_lists_hold(console: Page, agent: ApiClient, post: Post) -> None:
    a_ticket_of_agent(agent, post, "Counted")
    console.goto("/console/lists/all_open")
    expect(console.get_by_text("Counted").first).to_be_visible()

    def agrees() -> bool:
        counts = {view["id"]: view["count"] for view in agent.get("/views")["views"]}
        shown = console.get_by_role("link", name="All open").inner_text()
        return str(counts["all_open"]) in shown

    wait_for(agrees, what="the rail to show the count")


@pytest.mark.row(11, 28)
def test_an_agent_answers_by_keyboard_alone(console: Page, agent: ApiClient, post: Post) -> None:
    number = a_ticket_of_agent(agent, post, "By keyboard")
    console.goto("/console/lists/mine")
    row = console.locator(f'[data-row="{number}"]')
    expect(row).to_be_visible()
    row.focus()
    console.keyboard.press("Enter")
    expect(console.get_by_role("heading", name="By keyboard")).to_be_visible()

    console.keyboard.press("r")
    console.keyboard.type("Answered without a mouse.")
    console.keyboard.press("Control+Enter")

    post.wait_for_mail("by-keyboard@customer.example.org", "Answered without a mouse.")
    assert agent.ticket(number)["ticket"]["status"] == "answered"


@pytest.mark.row(61)
def test_a_note_looks_like_a_note_and_stays_one(
    console: Page, agent: ApiClient, post: Post
) -> None:
    number = a_ticket_of_agent(agent, post, "With a note")
    console.goto(f"/console/tickets/{number}")
    expect(console.get_by_role("heading", name="With a note")).to_be_visible()

    console.keyboard.press("n")
    console.keyboard.type("Ask the workshop first.")
    console.keyboard.press("Control+Enter")

    expect(console.get_by_text("Internal note").first).to_be_visible()
    expect(console.get_by_text("Ask the workshop first.").first).to_be_visible()

    def kinds() -> list[str]:
        entries = agent.ticket(number)["entries"]
        return [e["kind"] for e in entries if e.get("text") == "Ask the workshop first."]

    assert wait_for(kinds, what="the note") == ["internal_note"]
    assert post.to("with-a-note@customer.example.org", "Re:") == []


@pytest.mark.row(16)
def test_e_resolves_the_open_ticket(console: Page, agent: ApiClient, post: Post) -> None:
    number = a_ticket_of_agent(agent, post, "To be resolved")
    console.goto(f"/console/tickets/{number}")
    expect(console.get_by_role("heading", name="To be resolved")).to_be_visible()

    console.keyboard.press("e")

    wait_for(
        lambda: agent.ticket(number)["ticket"]["status"] == "resolved",
        what="the ticket to be resolved",
    )


@pytest.mark.row(43, "K2")
def test_solve_next_deals_the_ticket_that_is_due_first(
    console: Page, agent: ApiClient, post: Post
) -> None:
    a_ticket_of_agent(agent, post, "Something to solve")
    due_first = agent.get("/views/to_solve/tickets")["tickets"][0]
    console.goto("/console/lists/to_solve")

    console.get_by_role("button", name="Solve next").click()

    expect(console.get_by_role("heading", name=due_first["subject"])).to_be_visible()


@pytest.mark.row("K3", "J11")
def test_a_reply_on_stale_content_is_refused_and_shows_what_is_new(
    console: Page, agent: ApiClient, post: Post
) -> None:
    number = a_ticket_of_agent(agent, post, "Stale reply")
    version = agent.ticket(number)["ticket"]["version"]
    agent.reply(number, "The first answer.")

    late = {"kind": "public_reply", "text": "The second answer."}
    answer = agent.send("POST", f"/tickets/{number}/messages", late, version=version)

    assert answer.status_code == 409
    texts = [e.get("text") for e in answer.json()["current"]["entries"]]
    assert "The first answer." in texts
    assert "The second answer." not in texts


@pytest.mark.row("J25")
def test_list_and_ticket_are_accessible_and_fit(
    console: Page, agent: ApiClient, post: Post
) -> None:
    number = a_ticket_of_agent(agent, post, "Seen by axe")
    console.goto("/console/lists/mine")
    expect(console.locator(f'[data-row="{number}"]')).to_be_visible()
    assert faults_in_every_look(console, WIDE_AND_NARROW) == []

    console.goto(f"/console/tickets/{number}")
    expect(console.get_by_role("heading", name="Seen by axe").first).to_be_visible()
    assert faults_in_every_look(console, WIDE_AND_NARROW) == []
