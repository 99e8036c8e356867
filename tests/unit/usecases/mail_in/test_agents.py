"""Agents answer by mail, and pass customers' mails on."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chalicelib.domain.inbound_mail import ForwardedMail, MailAttachment
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import ActorKind, Channel, DeliveryState, EventKind, MessageKind
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.receive_mail import Outcome
from tests.fakes import FakePorts
from tests.unit.usecases.mail_in.mails import (
    FAIL,
    GRAY,
    a_delivery,
    a_mail,
    agents_address,
    answers,
    comes_in,
)
from tests.unit.usecases.stage import (
    EVA,
    OUTSIDER,
    RUI,
    a_person_who_left,
    in_thread,
    opened_ticket,
    ports_of,
)

PASSED_ON = ForwardedMail(
    address="carla@example.net",
    name="Carla Example",
    subject="Broken chair",
    date=datetime(2026, 3, 1, tzinfo=UTC),
    text="The chair broke.",
    html_clean="",
    note="Please have a look.",
)


def writes(
    ports: FakePorts, to: str, *, by: str = RUI.email, verdicts: dict[str, object] | None = None,
    **changes: object,
) -> Outcome:  # fmt: skip
    """An agent's mail to a signed address."""
    fields = {"message_id": "a1@mail.example.org", "from_address": by, "from_name": "Rui E."}
    mail = a_mail(**{**fields, "text": "Turn it off.", "reply_text": "Turn it off.", **changes})
    said = {"envelope_sender": by, **(verdicts or {})}
    return comes_in(ports, mail, a_delivery("ses-9", recipients=(to,), **said))


@pytest.mark.row(28)
def test_an_agents_answer_goes_to_the_customer_as_a_reply_of_his() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    picture = MailAttachment("logo.png", "image/png", 3, "cid-1", "inline", b"abc")
    file = MailAttachment("steps.pdf", "application/pdf", 3, "", "attachment", b"pdf")

    outcome = writes(ports, agents_address(ports, ticket, RUI.id), attachments=(picture, file))

    reply = in_thread(ports, ticket.number)[-1]
    assert outcome == Outcome("message", ticket.number)
    assert (reply.kind, reply.text, reply.html) == (MessageKind.PUBLIC_REPLY, "Turn it off.", "")
    assert (reply.author.kind, reply.author.id) == (ActorKind.AGENT, RUI.id)
    assert (reply.channel, reply.delivery) == (Channel.MAIL, DeliveryState.QUEUED)
    assert [kept.filename for kept in reply.attachments] == ["steps.pdf"]
    after = ports.store.tickets[ticket.number]
    assert (after.status, after.assignee_id) == (Status.ANSWERED, RUI.id)


@pytest.mark.row(28, "K1")
def test_an_agents_answer_that_is_delivered_again_is_there_once() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    to = agents_address(ports, ticket, RUI.id)

    assert [writes(ports, to).what for _ in range(3)] == ["message", "repeated", "repeated"]
    assert len(in_thread(ports, ticket.number)) == 2


@pytest.mark.row("J13")
def test_the_answer_to_an_inside_notification_stays_inside() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)

    outcome = writes(ports, agents_address(ports, ticket, RUI.id, as_note=True))

    assert outcome == Outcome("note", ticket.number)
    assert in_thread(ports, ticket.number)[-1].kind is MessageKind.INTERNAL_NOTE
    assert ports.store.tickets[ticket.number].status is Status.NEW


@pytest.mark.row("K3", "J11")
def test_words_written_on_what_was_said_before_are_kept_as_a_note_and_the_agent_is_told() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    to = agents_address(ports, ticket, RUI.id)
    answers(ports, ticket)

    outcome = writes(ports, to)

    assert outcome.what == "note"
    kept = ports.store.events(ticket.number)[-1]
    assert (kept.kind, kept.actor.id) == (EventKind.AGENT_MAIL_KEPT_AS_NOTE, RUI.id)
    assert kept.after == {"reason": "stale"}


@pytest.mark.row("J13")
def test_words_of_our_own_notification_never_reach_the_customer() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    text = f"> Open the ticket: {ports.addresses.console_ticket(ticket.number)}"

    outcome = writes(ports, agents_address(ports, ticket, RUI.id), text=text, reply_text=text)

    assert outcome.what == "note"
    assert in_thread(ports, ticket.number)[-1].kind is MessageKind.INTERNAL_NOTE


@pytest.mark.row(17)
def test_an_answer_on_a_ticket_that_is_spam_now_is_kept_as_a_note() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    to = agents_address(ports, ticket, RUI.id)
    change_ticket(ports, RUI, Change(ticket.number, 1, status="spam"))

    assert writes(ports, to).what == "note"
    assert ports.store.events(ticket.number)[-1].after == {"reason": "closed"}


def test_an_answer_on_a_closed_ticket_is_kept_out_with_the_reason() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    to = agents_address(ports, ticket, RUI.id)
    change_ticket(ports, RUI, Change(ticket.number, 1, status="resolved"))
    change_ticket(ports, RUI, Change(ticket.number, 2, status="closed"))

    outcome = writes(ports, to)

    assert (outcome.what, outcome.reason) == ("suspended", "not_possible")


@pytest.mark.row("J2", "J13")
@pytest.mark.parametrize(
    ("case", "verdicts"),
    [
        ("refuted", {"dmarc": FAIL, "dmarc_policy": "none"}),
        ("not proved", {"dmarc": GRAY, "spf": FAIL}),
        ("another agent", {}),
        ("a customer", {}),
        ("left", {}),
        ("of another department", {}),
    ],
)
def test_whoever_is_not_the_agent_of_the_address_says_nothing_by_it(
    case: str, verdicts: dict[str, object]
) -> None:
    people = (a_person_who_left(RUI), EVA, OUTSIDER) if case == "left" else (RUI, EVA, OUTSIDER)
    ports = ports_of(*people)
    ticket = opened_ticket(ports)
    by = {"another agent": EVA.email, "a customer": "ana@example.com"}.get(case, RUI.email)
    who = RUI.id
    if case == "of another department":
        by, who = OUTSIDER.email, OUTSIDER.id

    outcome = writes(ports, agents_address(ports, ticket, who), by=by, verdicts=verdicts)

    assert (outcome.what, outcome.reason) == ("suspended", "unverified_agent")
    assert len(in_thread(ports, ticket.number)) == 1


@pytest.mark.row("J2")
def test_an_address_of_an_agent_without_proof_opens_nothing() -> None:
    ports = ports_of()

    outcome = comes_in(ports, a_mail(from_address=RUI.email), a_delivery(dmarc=GRAY, spf=FAIL))

    assert (outcome.what, outcome.reason) == ("suspended", "unverified_agent")


def test_an_agent_who_writes_to_the_desk_himself_is_a_customer_like_any_other() -> None:
    ports = ports_of()

    outcome = comes_in(ports, a_mail(from_address=RUI.email))

    assert ports.store.tickets[outcome.number].requester.email == RUI.email


@pytest.mark.row(36)
def test_a_mail_that_an_agent_passes_on_is_a_ticket_of_its_first_sender() -> None:
    ports = ports_of()
    mail = a_mail(from_address=RUI.email, forwarded_from=PASSED_ON.address, forwarded=PASSED_ON)

    number = comes_in(ports, mail).number

    ticket = ports.store.tickets[number]
    said, note = in_thread(ports, number)
    assert (ticket.requester.email, ticket.subject) == ("carla@example.net", "Broken chair")
    assert (said.text, said.verified) == ("The chair broke.", False)
    assert (note.kind, note.text) == (MessageKind.INTERNAL_NOTE, "Please have a look.")
    assert note.author.id == RUI.id
    assert ports.store.events(number)[0].actor.id == RUI.id


def test_a_mail_that_a_customer_passes_on_is_his_own() -> None:
    ports = ports_of()
    mail = a_mail(forwarded_from=PASSED_ON.address, forwarded=replace(PASSED_ON, note=""))

    assert ports.store.tickets[comes_in(ports, mail).number].requester.email == "ana@example.com"
