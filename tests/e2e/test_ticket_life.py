"""A ticket's life beyond its first answer, as customers and agents live it through the running desk."""

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from infra.local.desk import LocalDesk
from tests.e2e.conftest import ApiClient, Post, a_mail, an_answer
from tests.e2e.waiting import wait_for, wait_until_all_know

ADDRESS = "lia.lives@customer.example.org"
LIA = f"Lia <{ADDRESS}>"
ASKED_ADDRESS = "ira.asked@customer.example.org"
IRA = f"Ira <{ASKED_ADDRESS}>"


def resolve(agent: ApiClient, number: int, words: str) -> None:
    """Answer, and call it solved with the same words."""
    version = agent.ticket(number)["ticket"]["version"]
    body = {"kind": "public_reply", "text": words, "then": "resolve"}
    agent.send("POST", f"/tickets/{number}/messages", body, version=version).raise_for_status()


def wait_for_status(agent: ApiClient, number: int, status: str) -> None:
    """Until the ticket has this status."""
    wait_for(
        lambda: agent.ticket(number)["ticket"]["status"] == status,
        what=f"ticket {number} to be {status}",
    )


def said(agent: ApiClient, number: int) -> list[str]:
    """What was written on a ticket, in the order of time."""
    return [e["text"] for e in agent.ticket(number)["entries"] if e["type"] == "message"]


def links_of(agent: ApiClient, number: int) -> dict[str, int]:
    """The tickets that this one is linked to, by how."""
    found: list[dict[str, Any]] = agent.get(f"/tickets/{number}/links")["links"]
    return {link["kind"]: link["number"] for link in found}


@pytest.fixture
def asking(administrator: ApiClient) -> Iterator[None]:
    """The desk asks how its help was, an hour after a ticket was resolved."""
    path, rules = "/satisfaction-rules/satisfaction", {"id": "satisfaction", "delay_hours": 1}
    administrator.send("PUT", path, rules).raise_for_status()
    yield
    off = {**rules, "is_active": False}
    administrator.send("PUT", path, off, version=1).raise_for_status()


def let_the_hour_go_by(desk: LocalDesk, number: int) -> None:
    """Draws the time of the ticket's question into the past, and lets the sweep look."""
    past = {"S": "2026-01-05T09:00:00.000000+0000"}
    desk.client("dynamodb").update_item(
        TableName=desk.outputs["TableName"],
        Key={"pk": {"S": f"TICKET#{number}"}, "sk": {"S": "TICKET"}},
        UpdateExpression="SET wake_at = :past, satisfaction.ask_at = :past",
        ExpressionAttributeValues={":past": past},
    )
    desk.run_sweep()


@pytest.mark.usefixtures("asking")
@pytest.mark.row(18, 22, 23, 70)
def test_a_customer_says_that_it_is_not_solved_then_that_it_is_and_then_how_the_help_was(
    desk: LocalDesk, agent: ApiClient, post: Post, page: Page
) -> None:
    post.send(a_mail(IRA, "Is it solved", "The lamp is dark."))
    number = agent.wait_until_listed("all_open", "Is it solved")["number"]
    resolve(agent, number, "Please try the lamp now.")
    mail = post.wait_for_mail(ASKED_ADDRESS, "Please try the lamp now.")
    link = next(word for word in mail["text"].split() if word.endswith("/solved?said=no"))

    # Whoever only follows the link, a scanner of mail for one, changes nothing.
    assert post.http.get(link).status_code == httpx.codes.OK
    assert agent.ticket(number)["ticket"]["status"] == "resolved"

    page.goto(link)
    page.get_by_role("button", name="No, it is not solved").click()
    expect(page.get_by_text("Your request is open again.")).to_be_visible()
    wait_for_status(agent, number, "open")

    resolve(agent, number, "And now?")
    mail = post.wait_for_mail(ASKED_ADDRESS, "And now?")
    page.goto(next(word for word in mail["text"].split() if word.endswith("/solved?said=yes")))
    page.get_by_role("button", name="Yes, it is solved").click()
    expect(page.get_by_text("Thank you for telling us.")).to_be_visible()
    assert agent.ticket(number)["ticket"]["status"] == "resolved"

    # What the desk asks by its rules is known to every container within seconds.
    def is_to_be_asked() -> bool:
        if agent.ticket(number)["ticket"]["satisfaction"]:
            return True
        agent.change(number, status="open")
        resolve(agent, number, "It is solved.")
        return False

    wait_for(is_to_be_asked, what="the hour after which the customer is asked", longest_pause=3)
    let_the_hour_go_by(desk, number)
    question = post.wait_for_mail(ASKED_ADDRESS, "?rating=bad")
    links = [word for word in question["text"].split() if "?rating=" in word]
    assert len(links) == 2
    for link in links * 2:
        assert post.http.get(link).status_code == httpx.codes.OK
    assert agent.ticket(number)["ticket"]["satisfaction"]["rating"] is None

    page.goto(next(link for link in links if link.endswith("=bad")))
    page.get_by_role("textbox").fill("It took a week.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Thank you for telling us.")).to_be_visible()
    opened = agent.ticket(number)
    known = opened["ticket"]["satisfaction"]
    assert (known["rating"], known["comment"]) == ("bad", "It took a week.")
    kinds = [entry.get("kind") for entry in opened["entries"]]
    assert kinds.count("satisfaction_asked") == kinds.count("satisfaction_rated") == 1


@pytest.mark.row("J9")
def test_mail_to_a_merged_ticket_comes_to_the_one_it_went_into_until_they_are_taken_apart(
    agent: ApiClient, post: Post
) -> None:
    post.send(a_mail(LIA, "The door, first", "The door sticks."))
    kept = agent.wait_until_listed("all_open", "The door, first")["number"]
    post.send(a_mail(LIA, "The door, again", "It still sticks."))
    gone = agent.wait_until_listed("all_open", "The door, again")["number"]
    received = post.wait_for_mail(ADDRESS, f"#{gone}")
    version = agent.ticket(gone)["ticket"]["version"]
    merging = agent.send("POST", f"/tickets/{gone}/merge", {"into": kept}, version=version)
    merging.raise_for_status()

    post.send(an_answer(received, LIA, "It sticks even more."))
    wait_for(
        lambda: said(agent, kept)[-1:] == ["It sticks even more."],
        what="the mail on the ticket that was kept",
    )
    assert said(agent, kept) == ["The door sticks.", "It still sticks.", "It sticks even more."]
    ring = agent.send(
        "POST", f"/tickets/{kept}/merge", {"into": gone},
        version=agent.ticket(kept)["ticket"]["version"],
    )  # fmt: skip
    assert ring.status_code == httpx.codes.UNPROCESSABLE_ENTITY

    version = agent.ticket(gone)["ticket"]["version"]
    agent.send("DELETE", f"/tickets/{gone}/merge", None, version=version).raise_for_status()
    assert agent.ticket(gone)["ticket"]["status"] == "new"
    wait_for(
        lambda: "It still sticks." not in said(agent, kept),
        what="the words to be shown on their own ticket only",
    )


def answered_after_its_end(agent: ApiClient, post: Post, subject: str) -> int:
    """A ticket that was closed, and written to again, once that mail is somewhere."""
    post.send(a_mail(LIA, subject, "The window sticks."))
    number: int = agent.wait_until_listed("all_open", subject)["number"]
    resolve(agent, number, f"It opens now: {subject}.")
    agent.change(number, status="closed")
    mail = post.wait_for_mail(ADDRESS, f"It opens now: {subject}.")
    post.send(an_answer(mail, LIA, "It sticks again."))
    wait_for(
        lambda: "It sticks again." in said(agent, number) or links_of(agent, number),
        what="the mail to be there",
    )
    return number


@pytest.mark.row(18, 21)
def test_a_mail_after_the_window_opens_a_follow_up_that_both_tickets_name(
    administrator: ApiClient, agent: ApiClient, post: Post
) -> None:
    inside = answered_after_its_end(agent, post, "Window 0")
    assert agent.ticket(inside)["ticket"]["status"] == "open"

    path = "/ticket-rules/tickets"
    administrator.send("PUT", path, {"id": "tickets", "reopen_hours": 0}).raise_for_status()
    wait_until_all_know(time.monotonic())
    after = answered_after_its_end(agent, post, "Window 1")
    administrator.send("PUT", path, {"id": "tickets"}, version=1).raise_for_status()

    assert agent.ticket(after)["ticket"]["status"] == "closed"
    follow_up = links_of(agent, after)["followed_by"]
    assert links_of(agent, follow_up) == {"follow_up_of": after}
