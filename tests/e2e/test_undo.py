"""Replies that wait on the running desk: nobody's tab is open, and ten seconds are ten seconds."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.e2e.conftest import ApiClient, Post, a_mail
from tests.e2e.waiting import wait_for


def _waiting(agent: ApiClient, number: int, text: str, seconds: int) -> str:
    """A reply that leaves in so many seconds; its id."""
    send_at = (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()
    body = {"kind": "public_reply", "text": text, "send_at": send_at}
    version = agent.ticket(number)["ticket"]["version"]
    answer = agent.send("POST", f"/tickets/{number}/messages", body, version=version)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["scheduled"]["id"])


def _said(opened: dict[str, Any]) -> list[str]:
    return [entry["text"] for entry in opened["entries"] if entry["type"] == "message"]


def test_a_reply_leaves_by_itself_unless_it_was_taken_back(agent: ApiClient, post: Post) -> None:
    post.send(a_mail("ulla@example.com", "Undo me", "When do you open?"))
    number = agent.wait_until_listed("all_open", "Undo me")["number"]
    agent.change(number, tags=["undo"])

    taken_back = _waiting(agent, number, "At seven.", 60)
    answer = agent.send("DELETE", f"/tickets/{number}/scheduled-replies/{taken_back}", None)
    assert answer.json()["reply"]["text"] == "At seven."
    _waiting(agent, number, "At eight.", 3)
    assert [one["text"] for one in agent.ticket(number)["scheduled"]] == ["At eight."]

    opened = wait_for(
        lambda: (now := agent.ticket(number)) and "At eight." in _said(now) and now,
        what="the reply on the ticket",
    )
    assert opened["scheduled"] == []
    assert "At seven." not in _said(opened)
    post.wait_for_mail("ulla@example.com", "At eight.")
