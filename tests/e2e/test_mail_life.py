"""A customer writes by mail; the whole way there and back."""

import pytest

from tests.e2e.conftest import BILLING, SUPPORT, ApiClient, Post, a_mail, an_answer
from tests.e2e.waiting import wait_for


@pytest.mark.row(1, 10, 26, 40, 41, "K7")
def test_a_mail_is_a_new_ticket_in_the_lists(agent: ApiClient, post: Post) -> None:
    post.send(a_mail("One <one@customer.example.org>", "Mail one", "The lamp is broken."))

    row = agent.wait_until_listed("all_open", "Mail one")

    assert row["status"] == "new"
    assert row["channel"] == "mail"
    assert row["department_id"] == "support"
    assert row["requester"] == {**row["requester"], "email": "one@customer.example.org"}


@pytest.mark.row(41)
def test_the_mailbox_decides_the_department(agent: ApiClient, post: Post) -> None:
    bill = a_mail("Bill <bill@customer.example.org>", "A bill", "Too much.", recipient=BILLING)
    post.send(bill)

    assert agent.wait_until_listed("all_open", "A bill")["department_id"] == "billing"


@pytest.mark.row(46)
def test_a_ticket_is_dealt_to_an_available_agent(agent: ApiClient, post: Post) -> None:
    post.send(a_mail("Two <two@customer.example.org>", "Mail two", "Who takes this?"))
    number = agent.wait_until_listed("all_open", "Mail two")["number"]

    def owner() -> str:
        assignee: str = agent.ticket(number)["ticket"]["assignee_id"]
        return assignee

    assert wait_for(owner, what="an owner") in {"agent1", "agent2"}


@pytest.mark.row(11, 12, 26, 27, 28, 16, "J1")
def test_a_thread_goes_back_and_forth_by_mail_and_reopens(agent: ApiClient, post: Post) -> None:
    customer = "Ida <ida@customer.example.org>"
    asked = post.send(a_mail(customer, "Back and forth", "Can I change the colour?"))
    number = agent.wait_until_listed("all_open", "Back and forth")["number"]

    agent.reply(number, "Yes, in the settings.")
    first = post.wait_for_mail("ida@customer.example.org", "Yes, in the settings.")
    assert first["subject"] == "Re: Back and forth"
    assert first["in_reply_to"] == asked
    assert asked in first["references"]
    assert SUPPORT in first["from"]
    assert agent.ticket(number)["ticket"]["status"] == "answered"

    post.send(an_answer(first, customer, "I cannot find them."))
    wait_for(
        lambda: agent.ticket(number)["ticket"]["status"] == "open", what="the answer to open it"
    )
    texts = [e["text"] for e in agent.ticket(number)["entries"] if e["type"] == "message"]
    assert texts[-1].strip() == "I cannot find them."

    agent.reply(number, "Top right, the wheel.", then="resolve")
    second = post.wait_for_mail("ida@customer.example.org", "Top right, the wheel.")
    assert agent.ticket(number)["ticket"]["status"] == "resolved"

    post.send(an_answer(second, customer, "It is not there."))
    wait_for(
        lambda: agent.ticket(number)["ticket"]["status"] == "open", what="the answer to reopen it"
    )


@pytest.mark.row(27, "J1")
def test_the_answer_finds_its_ticket_by_the_id_that_was_really_sent(
    agent: ApiClient, post: Post
) -> None:
    customer = "Tom <tom@customer.example.org>"
    post.send(a_mail(customer, "Only the reference", "Hello?"))
    number = agent.wait_until_listed("all_open", "Only the reference")["number"]
    agent.reply(number, "Hello Tom.")
    received = post.wait_for_mail("tom@customer.example.org", "Hello Tom.")

    bare = an_answer({**received, "references": []}, customer, "By reference only.")
    bare.replace_header("To", SUPPORT)
    post.send(bare)

    def joined() -> bool:
        entries = agent.ticket(number)["entries"]
        return any("By reference only." in e.get("text", "") for e in entries)

    wait_for(joined, what="the answer on its ticket")


@pytest.mark.row("J2")
def test_a_stranger_with_a_known_reference_gets_a_ticket_of_his_own(
    agent: ApiClient, post: Post
) -> None:
    victim = "Vic <vic@customer.example.org>"
    asked = post.send(a_mail(victim, "Private matter", "Between us."))
    number = agent.wait_until_listed("all_open", "Private matter")["number"]

    intruder = a_mail("Eve <eve@elsewhere.example.net>", "Re: Private matter", "Let me in.")
    intruder["In-Reply-To"] = asked
    post.send(intruder)

    row = agent.wait_until_listed("all_open", "Re: Private matter")
    assert row["number"] != number
    assert len([e for e in agent.ticket(number)["entries"] if e["type"] == "message"]) == 1


@pytest.mark.row("J3", "J5")
def test_the_same_mail_delivered_twice_is_one_ticket(agent: ApiClient, post: Post) -> None:
    mail = a_mail("Dee <dee@customer.example.org>", "Delivered twice", "Once is enough.")
    post.send(mail)
    post.send(mail)
    post.send(a_mail("Dee <dee@customer.example.org>", "After the twins", "Later."))
    agent.wait_until_listed("all_open", "After the twins")

    rows = agent.get("/views/all_open/tickets")["tickets"]
    assert len([row for row in rows if row["subject"] == "Delivered twice"]) == 1


@pytest.mark.row(61, "J13")
def test_an_internal_note_never_leaves_the_desk(agent: ApiClient, post: Post) -> None:
    post.send(a_mail("Nan <nan@customer.example.org>", "Noted", "Hello."))
    number = agent.wait_until_listed("all_open", "Noted")["number"]
    note = {"kind": "internal_note", "text": "canary-7731 she is difficult"}
    agent.send("POST", f"/tickets/{number}/messages", note).raise_for_status()
    agent.reply(number, "We look into it.")
    post.wait_for_mail("nan@customer.example.org", "We look into it.")

    assert "canary-7731" not in str(post.all_mails())


@pytest.mark.row("J4")
def test_a_mail_that_cannot_be_read_is_kept_and_holds_up_nobody(
    administrator: ApiClient, agent: ApiClient, post: Post, desk: object
) -> None:
    before = len(administrator.get("/suspended-mails")["mails"])
    nobody = a_mail("x@customer.example.org", "No sender at all", "?")
    del nobody["From"]
    nobody["From"] = "<>"
    post.send(nobody, to=SUPPORT)
    post.send(a_mail("Jo <jo@customer.example.org>", "Behind it in the queue", "Hello."))

    agent.wait_until_listed("all_open", "Behind it in the queue")
    wait_for(
        lambda: len(administrator.get("/suspended-mails")["mails"]) == before + 1,
        what="the unreadable mail among the suspended",
    )
