"""What may not come in is kept with its reason, and a person decides on it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from chalicelib.domain.desk import BlockedSender
from chalicelib.domain.errors import InvalidRequest, NotFound
from chalicelib.domain.inbound_mail import InboundMail
from chalicelib.domain.judgement import SuspensionReason
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import MessageKind
from chalicelib.usecases.jobs import LetInMail
from chalicelib.usecases.mail_in.release import ask_to_let_in, let_in
from tests.fakes import FakePorts
from tests.unit.usecases.mail_in.mails import (
    FAIL,
    a_delivery,
    a_mail,
    agents_address,
    answers,
    comes_in,
    reply_address,
)
from tests.unit.usecases.stage import RUI, in_thread, opened_ticket, ports_of


@pytest.mark.row("J6", "J19")
@pytest.mark.parametrize(
    ("mail", "delivery", "reason"),
    [
        ({"from_address": "help@desk.example.com"}, {}, "own_address"),
        ({"from_address": "Help+x@desk.example.com"}, {}, "own_address"),
        ({"headers": {"x_chamado_loop": "https://desk.example.com"}}, {}, "loop"),
        ({"message_id": "chamado.reply.01@desk.example.com"}, {}, "loop"),
        ({"received_count": 51}, {}, "loop"),
        ({"is_auto_reply": True}, {}, "automatic"),
        ({"is_bounce": True}, {}, "bounce"),
        ({"from_address": "", "header_from": ""}, {}, "unreadable"),
        ({"from_address": "x@spam.test", "header_from": "x@spam.test"}, {}, "blocked"),
        ({}, {"virus": FAIL}, "virus"),
        ({}, {"spam": FAIL}, "spam"),
        ({}, {"dmarc": FAIL, "dmarc_policy": "reject"}, "dmarc"),
        ({}, {"dmarc": FAIL, "dmarc_policy": "quarantine"}, "dmarc"),
        ({"is_forwarding_confirmation": True}, {}, "forwarding_confirmation"),
    ],
)
def test_what_may_not_come_in_is_kept_once_and_answered_never(
    mail: dict[str, object], delivery: dict[str, object], reason: str
) -> None:
    ports = _with_block_list()

    for _ in range(3):
        outcome = comes_in(ports, a_mail(**mail), a_delivery(**delivery))
        assert outcome.what in ("suspended", "repeated")

    (kept,) = ports.mail_intake.suspended.values()
    assert (kept.reason, kept.raw_key) == (reason, "raw/ses-1")
    assert kept.from_address
    assert ports.store.tickets == {}


def test_a_mail_of_another_desk_of_this_kind_comes_in() -> None:
    ports = ports_of()

    outcome = comes_in(ports, a_mail(headers={"x_chamado_loop": "https://other.example.org"}))

    assert outcome.what == "ticket"


@pytest.mark.row("J19")
def test_a_domain_that_asks_for_nothing_is_shown_as_unverified() -> None:
    ports = ports_of()

    number = comes_in(ports, delivery=a_delivery(dmarc=FAIL, dmarc_policy="none")).number

    assert not in_thread(ports, number)[0].verified


@pytest.mark.row(27, "J19")
def test_an_answer_that_finds_its_ticket_is_no_spam_whatever_ses_says() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)

    assert answers(ports, ticket, spam=FAIL).number == ticket.number


@pytest.mark.row("J6")
def test_one_senders_new_tickets_wait_for_a_person_beyond_the_limit() -> None:
    ports = ports_of()
    unproved = {"dmarc": FAIL, "dmarc_policy": "none"}

    whats = [
        comes_in(
            ports, a_mail(message_id=f"{n}@x.test", text=str(n)), a_delivery(f"ses-{n}", **unproved)
        ).what
        for n in range(22)
    ]

    assert whats == ["ticket"] * 20 + ["suspended"] * 2
    assert {mail.reason for mail in ports.mail_intake.suspended.values()} == {"too_many"}


@pytest.mark.row("J6")
def test_the_limit_is_for_an_hour() -> None:
    ports = ports_of()
    for n in range(7):
        comes_in(ports, a_mail(message_id=f"{n}@x.test"), a_delivery(f"ses-{n}"))
    ports.clock.advance(hours=1)

    outcome = comes_in(ports, a_mail(message_id="9@x.test"), a_delivery("ses-9"))

    assert {mail.reason for mail in ports.mail_intake.suspended.values()} == {"repeated"}
    assert len(ports.store.tickets) == 6
    assert outcome.what == "ticket"


@pytest.mark.row("J6")
def test_a_machine_that_says_the_same_for_ever_is_stopped_on_its_ticket_too() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)

    to = reply_address(ports, ticket)
    for n in range(9):
        mail = a_mail(message_id=f"{n}@x.test", text="I am away.", reply_text="I am away.")
        comes_in(ports, mail, a_delivery(f"ses-{n}", recipients=(to,)))

    assert len(in_thread(ports, ticket.number)) == 1 + 5


@pytest.mark.row("J19", "K1")
def test_a_mail_that_is_let_in_becomes_what_it_would_have_been_and_only_once() -> None:
    ports = ports_of()
    entry = _suspended(ports, a_mail(), spam=FAIL)

    outcomes = [let_in(ports, entry, _parsed(a_mail())) for _ in range(2)]

    assert [outcome.what for outcome in outcomes] == ["ticket", "repeated"]
    assert ports.mail_intake.suspended == {}
    assert ports.store.tickets[outcomes[0].number].status is Status.NEW


@pytest.mark.row("J19")
def test_letting_a_mail_in_proves_nobody() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    to = agents_address(ports, ticket, RUI.id)
    forged = a_mail(from_address=RUI.email)
    entry = _suspended(ports, forged, recipients=(to,), dmarc=FAIL, dmarc_policy="reject")

    outcome = let_in(ports, entry, _parsed(forged))

    note = in_thread(ports, ticket.number)[-1]
    assert outcome.what == "note"
    assert (note.kind, note.verified) == (MessageKind.INTERNAL_NOTE, False)


def test_the_wish_to_let_in_is_a_job_and_a_virus_stays_outside() -> None:
    ports = ports_of()
    entry = _suspended(ports, a_mail(), spam=FAIL)
    virus = _suspended(ports, a_mail(text="x"), ses_id="ses-2", virus=FAIL)

    ask_to_let_in(ports, entry)

    assert ports.jobs.sent == [LetInMail(suspended_mail=entry)]
    with pytest.raises(InvalidRequest):
        ask_to_let_in(ports, virus)
    with pytest.raises(NotFound):
        ask_to_let_in(ports, "gone")


@pytest.mark.row("J19")
def test_what_is_thrown_away_does_not_come_back_with_a_second_delivery() -> None:
    ports = ports_of()
    entry = _suspended(ports, a_mail(), spam=FAIL)

    ports.mail_intake.throw_away(entry)

    assert comes_in(ports, delivery=a_delivery(spam=FAIL)).what == "repeated"
    assert ports.mail_intake.suspended == {}


def test_every_reason_has_a_name_that_the_interface_can_translate() -> None:
    assert all(reason == reason.lower() for reason in SuspensionReason)


def _with_block_list() -> FakePorts:
    ports = ports_of()
    desk = ports.settings.desk()
    ports.settings.ready = replace(desk, blocked_senders={"b": BlockedSender("b", "@spam.test")})
    return ports


def _suspended(
    ports: FakePorts, mail: InboundMail, *, ses_id: str = "ses-1", **said: object
) -> str:
    known = set(ports.mail_intake.suspended)
    outcome = comes_in(ports, mail, a_delivery(ses_id, **said))
    assert outcome.what == "suspended"
    ports.raw_mails.stored[f"raw/{ses_id}"] = b"raw"
    (entry,) = set(ports.mail_intake.suspended) - known
    return entry


def _parsed(mail: InboundMail) -> Callable[[bytes], InboundMail]:
    return lambda _raw: mail
