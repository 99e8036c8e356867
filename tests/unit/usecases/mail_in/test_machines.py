"""Mails of machines are attached where they belong, and answered never."""

import pytest

from chalicelib.domain.inbound_mail import InboundMail
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import EventKind, MessageKind
from chalicelib.usecases.answer_ticket import Answer, reply_in_public
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.receive_mail import Outcome
from tests.fakes import FakePorts
from tests.unit.usecases.mail_in.mails import a_delivery, a_mail, answers, comes_in
from tests.unit.usecases.stage import RUI, Stream, in_thread, opened_ticket, ports_of


def a_bounce(**changes: object) -> InboundMail:
    """A report that a mail to Ana did not arrive."""
    fields = {
        "from_address": "mailer-daemon@mail.example.net",
        "is_bounce": True,
        "bounced_recipient": "ana@example.com",
        "bounce_status": "5.1.1",
        "return_path": "<>",
        "message_id": "bounce@mail.example.net",
    }
    return a_mail(**{**fields, **changes})


def replied(ports: FakePorts) -> tuple[int, str, str]:
    """A ticket with a reply that left: its number, the message, the id that SES gave."""
    ticket = opened_ticket(ports)
    _, message = reply_in_public(ports, RUI, Answer(ticket.number, "Try again.", based_on=1))
    Stream(ports).flow()
    return ticket.number, message.id, ports.mail_sender.sent[-1].ses_id


@pytest.mark.row("J6")
@pytest.mark.parametrize("by", ["ses id", "own id"])
def test_a_bounce_is_shown_on_the_message_that_came_back(by: str) -> None:
    ports = ports_of()
    number, message_id, ses_id = replied(ports)
    own = f"chamado.reply.{message_id}@desk.example.com"
    ids = (f"{ses_id}@email.amazonses.com",) if by == "ses id" else (own,)

    outcome = comes_in(ports, a_bounce(bounced_ids=ids), a_delivery("ses-7"))

    assert outcome == Outcome("bounce", number)
    assert ports.tickets.get_message(number, message_id).delivery == "bounced"
    (event,) = [e for e in ports.store.events(number) if e.kind is EventKind.MAIL_NOT_DELIVERED]
    assert (event.message_id, event.after["address"]) == (message_id, "ana@example.com")
    assert ports.store.tickets[number].status is Status.ANSWERED


@pytest.mark.row("J6", "K1")
def test_a_bounce_that_is_delivered_again_is_told_once() -> None:
    ports = ports_of()
    number, _, ses_id = replied(ports)
    bounce = a_bounce(bounced_ids=(f"{ses_id}@email.amazonses.com",))

    whats = [comes_in(ports, bounce, a_delivery("ses-7")).what for _ in range(3)]

    kinds = [event.kind for event in ports.store.events(number)]
    assert whats == ["bounce", "repeated", "repeated"]
    assert kinds.count(EventKind.MAIL_NOT_DELIVERED) == 1


@pytest.mark.row("J6")
def test_a_bounce_that_names_somebody_else_suppresses_nobody() -> None:
    ports = ports_of()
    _, _, ses_id = replied(ports)
    ids = (f"{ses_id}@email.amazonses.com",)

    comes_in(
        ports,
        a_bounce(bounced_ids=ids, bounced_recipient="boss@example.net"),
        a_delivery("ses-7"),
    )

    assert ports.suppressions.list_by_address("", limit=9, cursor="")[0] == []


@pytest.mark.row("J6")
def test_a_bounce_of_a_mail_that_nobody_knows_is_kept_out() -> None:
    ports = ports_of()

    outcome = comes_in(ports, a_bounce(bounced_ids=("x@mail.test",)))

    assert (outcome.what, outcome.reason) == ("suspended", "bounce")


@pytest.mark.row("J6")
@pytest.mark.parametrize("status", ["answered", "resolved"])
def test_a_vacation_notice_is_on_the_ticket_and_moves_nothing(status: str) -> None:
    ports = ports_of()
    number, _, _ = replied(ports)
    if status == "resolved":
        version = ports.store.tickets[number].version
        change_ticket(ports, RUI, Change(number, version, status="resolved"))
        Stream(ports).flow()
    before = ports.store.tickets[number]
    sent = len(ports.mail_sender.sent)

    outcome = answers(ports, before, is_auto_reply=True, text="I am away.", reply_text="Away.")
    Stream(ports).flow()

    after = ports.store.tickets[number]
    assert outcome == Outcome("automatic", number)
    assert in_thread(ports, number)[-1].kind is MessageKind.AUTOMATIC_REPLY
    assert not in_thread(ports, number)[-1].is_public
    assert (after.status, after.clocks, after.content_version) == (
        before.status, before.clocks, before.content_version,
    )  # fmt: skip
    assert len(ports.mail_sender.sent) == sent


@pytest.mark.row("J6")
def test_a_strangers_machine_stays_outside() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)

    outcome = answers(ports, ticket, is_auto_reply=True, from_address="robot@example.org")

    assert (outcome.what, outcome.reason) == ("suspended", "automatic")


@pytest.mark.row(58, "J6")
def test_two_machines_end_after_one_acknowledgement() -> None:
    ports = ports_of()
    stream = Stream(ports)
    comes_in(ports)
    stream.flow()

    for n in range(5):
        last = ports.mail_sender.sent[-1]
        mail = a_mail(
            message_id=f"vacation-{n}@mail.example.com",
            is_auto_reply=True,
            in_reply_to=(f"{last.ses_id}@email.amazonses.com",),
        )
        comes_in(ports, mail, a_delivery(f"ses-v{n}"))
        stream.flow()

    assert len(ports.mail_sender.sent) == 1
