"""What becomes of mails that leave, through the running desk and its mail service's own news."""

from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import pytest

from tests.e2e.conftest import ApiClient, Post, a_mail, an_answer
from tests.e2e.waiting import wait_for

DEAD = "bounce@simulator.amazonses.com"
IDA, BEN = "ida.follows@customer.example.org", "ben.follows@customer.example.org"


def said(agent: ApiClient, number: int) -> list[dict[str, Any]]:
    """Public replies of a ticket, oldest first."""
    entries = agent.ticket(number)["entries"]
    return [e for e in entries if e["type"] == "message" and e["kind"] == "public_reply"]


def suppressed(administrator: ApiClient, address: str) -> list[str]:
    """Whether the address is on the list, and why."""
    found = administrator.get("/suppressed-addresses", prefix=address)["addresses"]
    return [one["reason"] for one in found]


def told_reasons(agent: ApiClient, number: int) -> list[str]:
    """Why replies did not arrive, as the ticket's history says it, by name."""
    entries = agent.ticket(number)["entries"]
    failed = [e for e in entries if e.get("kind") == "mail_not_delivered"]
    return sorted(event["after"]["reason"] for event in failed)


def wait_for_state(agent: ApiClient, number: int, state: str) -> None:
    """Until the newest reply is in this state."""
    wait_for(
        lambda: said(agent, number)[-1]["delivery"] == state,
        what=f"the reply to be {state}",
    )


@pytest.mark.row("J3")
def test_a_mailbox_that_does_not_exist_gets_no_more_mail_until_somebody_allows_it(
    administrator: ApiClient, agent: ApiClient, post: Post
) -> None:
    post.send(a_mail(f"Dead <{DEAD}>", "A dead mailbox", "Hello?"))
    number = agent.wait_until_listed("all_open", "A dead mailbox")["number"]

    agent.reply(number, "Hello!")
    wait_for_state(agent, number, "bounced")
    assert suppressed(administrator, DEAD) == ["bounce"]
    agent.reply(number, "Do you hear me?")
    wait_for_state(agent, number, "suppressed")
    # The state is written before the event, and either of them may come late.
    wait_for(
        lambda: told_reasons(agent, number) == ["bounced", "suppressed"],
        what="both failures in the history",
    )

    path = f"/suppressed-addresses/{quote(DEAD)}"
    assert administrator.send("DELETE", path, None).status_code == httpx.codes.NO_CONTENT
    assert suppressed(administrator, DEAD) == []
    agent.reply(number, "Hello again!")
    wait_for_state(agent, number, "bounced")
    assert suppressed(administrator, DEAD) == ["bounce"]


@pytest.mark.row(25)
def test_who_takes_part_gets_what_is_said_and_leaves_by_one_click(
    agent: ApiClient, post: Post
) -> None:
    post.send(a_mail(f"Ida <{IDA}>", "Somebody follows", "We both care."))
    number = agent.wait_until_listed("all_open", "Somebody follows")["number"]
    agent.change(number, participants=[BEN])

    agent.reply(number, "To both of you.")
    first = post.wait_for_mail(IDA, "To both of you.")
    copy = post.wait_for_mail(BEN, "To both of you.")
    assert "We both care." not in copy["text"]

    post.send(an_answer(first, f"Ida <{IDA}>", "Thanks from Ida."))
    passed_on = post.wait_for_mail(BEN, "Thanks from Ida.")
    leave = next(w for w in passed_on["text"].split() if "/u/" in w)

    here = urlsplit(leave).path
    assert post.http.get(here).status_code == httpx.codes.OK
    assert agent.ticket(number)["ticket"]["participants"] == [BEN]
    clicked = post.http.post(here, data={"List-Unsubscribe": "One-Click"})
    assert clicked.status_code == httpx.codes.OK
    assert agent.ticket(number)["ticket"]["participants"] == []

    agent.reply(number, "To Ida alone.")
    post.wait_for_mail(IDA, "To Ida alone.")
    assert not [mail for mail in post.to(BEN) if "To Ida alone." in mail["text"]]
