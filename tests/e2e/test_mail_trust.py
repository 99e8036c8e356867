"""What users of other desks complain of, through the running desk: mail by SMTP, agents by API."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

from tests.e2e.conftest import SUPPORT, ApiClient, Post, a_mail, an_answer
from tests.e2e.waiting import wait_for

ANA = "Ana <ana.cc@customer.example.org>"
BO = "Bo <bo.cc@customer.example.org>"


def messages(agent: ApiClient, number: int, kind: str = "") -> list[dict[str, Any]]:
    """What was said on a ticket, oldest first."""
    entries = agent.ticket(number)["entries"]
    said = [entry for entry in entries if entry["type"] == "message"]
    return [message for message in said if not kind or message["kind"] == kind]


def happened(agent: ApiClient, number: int, kind: str) -> list[dict[str, Any]]:
    """Events of a kind, oldest first."""
    entries = agent.ticket(number)["entries"]
    return [entry for entry in entries if entry["type"] == "event" and entry["kind"] == kind]


def given_to_agent2(administrator: ApiClient, number: int) -> str:
    """Whose ticket it is from now on: by then the others' hands may be full."""
    administrator.change(number, assignee_id="agent2")
    return "agent2"


def bare(address: str) -> str:
    """The address without the name."""
    return address.partition("<")[2].rstrip(">")


def judged(message: EmailMessage, verdicts: str) -> EmailMessage:
    """A mail that the local mail service judges so."""
    message["X-Local-Verdicts"] = verdicts
    return message


@pytest.mark.row(25, 26, 27, "J1", "J2")
def test_a_thread_with_two_customers_goes_back_and_forth_five_times(
    agent: ApiClient, post: Post
) -> None:
    asked = a_mail(ANA, "Two of us", "We need a quote.")
    asked["Cc"] = BO
    post.send(asked)
    number = agent.wait_until_listed("all_open", "Two of us")["number"]
    writers = [ANA, BO]

    for round_ in range(5):
        words = f"Answer of round {round_}."
        agent.reply(number, words)
        received = {who: post.wait_for_mail(bare(who), words) for who in writers}
        assert received[ANA]["reply_to"] != received[BO]["reply_to"]

        writer = writers[round_ % 2]
        other = writers[(round_ + 1) % 2]
        post.send(an_answer(received[writer], writer, f"Question of round {round_}."))
        # The other one hears of it from the desk, for he was not written to.
        post.wait_for_mail(bare(other), f"Question of round {round_}.")
        wait_for(
            lambda: agent.ticket(number)["ticket"]["status"] == "open", what="the answer to open it"
        )

    said = [m["text"].strip() for m in messages(agent, number)]
    expected = ["We need a quote."]
    for round_ in range(5):
        expected += [f"Answer of round {round_}.", f"Question of round {round_}."]
    assert said == expected
    for who in writers:
        sent = [m["text"].partition("\n>")[0] for m in post.to(bare(who), "Two of us")]
        for round_ in range(5):
            assert sum(f"Answer of round {round_}." in text for text in sent) == 1


@pytest.mark.row(28, "J13")
def test_an_agent_answers_a_notification_by_mail(
    administrator: ApiClient, agent: ApiClient, post: Post
) -> None:
    customer = "Cy <cy@customer.example.org>"
    post.send(a_mail(customer, "Answered by mail", "Which door?"))
    number = agent.wait_until_listed("all_open", "Answered by mail")["number"]
    owner = given_to_agent2(administrator, number)
    address = f"{owner}@desk.example.com"
    notice = wait_for(
        lambda: next(iter(post.to(address, "Answered by mail")), None), what="the notification"
    )

    post.send(an_answer(notice, f"Agent <{address}>", "The blue one."))

    received = post.wait_for_mail("cy@customer.example.org", "The blue one.")
    assert f"/console/tickets/{number}" not in received["text"]
    reply = messages(agent, number, "public_reply")[-1]
    assert (reply["author"]["id"], reply["channel"]) == (owner, "mail")


@pytest.mark.row("J2", "J13", "J19")
def test_a_forged_agent_says_nothing(
    administrator: ApiClient, agent: ApiClient, post: Post
) -> None:
    customer = "Di <di@customer.example.org>"
    post.send(a_mail(customer, "Forged answer", "Where is it?"))
    number = agent.wait_until_listed("all_open", "Forged answer")["number"]
    owner = given_to_agent2(administrator, number)
    address = f"{owner}@desk.example.com"
    notice = wait_for(
        lambda: next(iter(post.to(address, "Forged answer")), None), what="the notification"
    )

    for verdicts in ("dmarc=FAIL policy=none", "dmarc=GRAY spf=FAIL"):
        forged = an_answer(notice, f"Agent <{address}>", "Send me your password.")
        post.send(judged(forged, verdicts))

    wait_for(
        lambda: len(_suspended(administrator, "unverified_agent", address)) == 2,
        what="both forged mails among the suspended",
    )
    assert len(messages(agent, number)) == 1
    assert not [m for m in post.to("di@customer.example.org") if "password" in m["text"]]


@pytest.mark.row("J6", 25)
def test_a_bounce_is_shown_on_the_message_and_told_to_its_owner(
    agent: ApiClient, post: Post
) -> None:
    post.send(a_mail("Ed <ed@customer.example.org>", "It bounces", "Hello?"))
    number = agent.wait_until_listed("all_open", "It bounces")["number"]
    agent.reply(number, "Hello Ed.")
    left = post.wait_for_mail("ed@customer.example.org", "Hello Ed.")

    post.send(_bounce_of(left, "ed@customer.example.org"), to=SUPPORT)

    wait_for(
        lambda: messages(agent, number, "public_reply")[0]["delivery"] == "bounced",
        what="the message to say that it bounced",
    )
    (event,) = happened(agent, number, "mail_not_delivered")
    assert event["after"]["address"] == "ed@customer.example.org"
    assert agent.ticket(number)["ticket"]["status"] == "answered"
    assert agent.listed("all_open", "Undelivered Mail Returned to Sender") is None


@pytest.mark.row("J6", 58)
def test_a_vacation_responder_ends_after_one_mail(agent: ApiClient, post: Post) -> None:
    customer = "Flo <flo@customer.example.org>"
    post.send(a_mail(customer, "On holiday", "Please call me back."))
    number = agent.wait_until_listed("all_open", "On holiday")["number"]
    received = wait_for(
        lambda: next(iter(post.to("flo@customer.example.org")), None), what="the acknowledgement"
    )

    for _ in range(3):
        away = an_answer(received, customer, "I am away until Monday.")
        away["Auto-Submitted"] = "auto-replied"
        post.send(away)
    # The same words three times under ids of their own: all are kept, none is answered.
    wait_for(lambda: len(messages(agent, number, "automatic_reply")) == 3, what="the notices on it")

    assert agent.ticket(number)["ticket"]["status"] == "new"
    assert len(post.to("flo@customer.example.org")) == 1


@pytest.mark.row("J19", "K1")
def test_a_suspended_mail_is_read_and_let_in(
    administrator: ApiClient, agent: ApiClient, post: Post
) -> None:
    spam = a_mail("Gus <gus@customer.example.org>", "Judged as spam", "I am a real customer.")
    post.send(judged(spam, "spam=FAIL"))
    (kept,) = wait_for(
        lambda: _suspended(administrator, "spam", "gus@customer.example.org"), what="it"
    )
    detail = administrator.get(f"/suspended-mails/{kept['id']}")
    assert detail["text"].strip() == "I am a real customer."
    assert detail["verdicts"]["spam"] == "FAIL"

    answer = administrator.send("POST", f"/suspended-mails/{kept['id']}/release", None)

    assert answer.status_code == 202
    agent.wait_until_listed("all_open", "Judged as spam")
    assert _suspended(administrator, "spam", "gus@customer.example.org") == []


@pytest.mark.row(38)
def test_an_existing_mailbox_is_connected_and_its_forwarding_is_proved(
    administrator: ApiClient, post: Post
) -> None:
    old = "help@old.example.net"
    setting = administrator.http.get("/mailboxes/support")
    document = {**setting.json()["setting"], "aliases": [old]}
    saved = administrator.http.put(
        "/mailboxes/support", json=document, headers={"If-Match": setting.headers["ETag"]}
    )
    saved.raise_for_status()

    def asked() -> bool:
        answer = administrator.send("POST", "/mailboxes/support/checks", {"address": old})
        return answer.status_code == 202

    # Every function keeps the set-up for some seconds.
    wait_for(asked, what="the alias to be known")
    check = wait_for(lambda: next(iter(post.to(old)), None), what="the check")
    assert administrator.get("/mailboxes/support/checks")["checks"][0]["arrived_at"] is None

    post.send(_forwarded_on(check), to=SUPPORT)

    wait_for(
        lambda: administrator.get("/mailboxes/support/checks")["checks"][0]["arrived_at"],
        what="the forwarding to be proved",
    )


@pytest.mark.row(36)
def test_a_mail_that_an_agent_passes_on_is_its_first_senders_ticket(
    agent: ApiClient, post: Post
) -> None:
    passed_on = a_mail(
        "Demo Agent 1 <agent1@desk.example.com>",
        "Fwd: Heating",
        "Please have a look.\n\n---------- Forwarded message ---------\n"
        "From: Hal <hal@customer.example.org>\nDate: Mon, 5 Jan 2026 at 10:00\n"
        "Subject: Heating\nTo: <agent1@desk.example.com>\n\nIt is cold in here.\n",
    )
    post.send(passed_on)

    number = agent.wait_until_listed("all_open", "Heating")["number"]
    ticket = agent.ticket(number)["ticket"]
    said, note = messages(agent, number)
    assert ticket["requester"]["email"] == "hal@customer.example.org"
    assert (said["text"].strip(), said["verified"]) == ("It is cold in here.", False)
    assert (note["kind"], note["text"].strip()) == ("internal_note", "Please have a look.")
    assert post.to("hal@customer.example.org") == []


def _suspended(administrator: ApiClient, reason: str, sender: str) -> list[dict[str, Any]]:
    listed = administrator.get("/suspended-mails")["mails"]
    return [m for m in listed if (m["reason"], m["from_address"]) == (reason, sender)]


def _bounce_of(left: dict[str, Any], address: str) -> EmailMessage:
    """What a mail server writes about a mail that it could not deliver (RFC 3464)."""
    text = f"This is the mail system.\n\n<{address}>: user unknown\n"
    report = (
        "Reporting-MTA: dns; mail.customer.example.org\n\n"
        f"Final-Recipient: rfc822; {address}\nAction: failed\nStatus: 5.1.1\n"
    )
    returned = f"Message-ID: {left['message_id']}\nTo: {address}\nSubject: {left['subject']}\n"
    boundary = "bounce-boundary"
    raw = (
        "From: MAILER-DAEMON@mail.customer.example.org\n"
        f"To: {SUPPORT}\nSubject: Undelivered Mail Returned to Sender\n"
        "Auto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"\n\n'
        f"--{boundary}\nContent-Type: text/plain\n\n{text}\n"
        f"--{boundary}\nContent-Type: message/delivery-status\n\n{report}\n"
        f"--{boundary}\nContent-Type: text/rfc822-headers\n\n{returned}\n--{boundary}--\n"
    )
    return _from_text(raw)


def _forwarded_on(check: dict[str, Any]) -> EmailMessage:
    """What a provider that forwards a mailbox sends on: the same headers, another envelope."""
    references = " ".join([*check["references"], check["message_id"]])
    sender = re.sub(r"[\r\n]", "", check["from"])
    return _from_text(
        f"From: {sender}\nTo: help@old.example.net\nSubject: {check['subject']}\n"
        f"Message-ID: {check['message_id']}\nReferences: {references}\n\n{check['text']}\n"
    )


def _from_text(raw: str) -> EmailMessage:
    return message_from_bytes(raw.encode(), policy=policy.SMTP)
