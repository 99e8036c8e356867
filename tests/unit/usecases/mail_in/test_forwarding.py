"""An existing mailbox forwards to the desk: a mail that goes out and comes back proves it."""

from dataclasses import replace

import pytest

from chalicelib.domain.errors import InvalidRequest, NotFound
from chalicelib.usecases.mail_in import forwarding
from chalicelib.usecases.mail_out.checks import send_forwarding_check
from tests.fakes import FakePorts
from tests.unit.usecases.mail_in.mails import a_delivery, a_mail, comes_in
from tests.unit.usecases.stage import ports_of

OLD = "support@old.example.com"


def connected() -> FakePorts:
    """A desk whose mailbox has an address outside among its aliases."""
    ports = ports_of()
    desk = ports.settings.desk()
    box = replace(desk.mailboxes["help"], aliases=(OLD,))
    ports.settings.ready = replace(desk, mailboxes={**desk.mailboxes, "help": box})
    return ports


@pytest.mark.row(38)
def test_a_check_that_comes_back_says_that_the_forwarding_works() -> None:
    ports = connected()
    check = forwarding.ask(ports, "help", OLD)
    (before,) = forwarding.checks_of(ports, "help")
    ports.clock.advance(minutes=1)

    own = f"chamado.check.{check.id.lower()}@desk.example.com"
    outcome = comes_in(
        ports, a_mail(from_address="help@desk.example.com", references=(own,)), a_delivery()
    )

    (after,) = forwarding.checks_of(ports, "help")
    assert outcome.what == "check"
    assert (before.arrived_at, after.arrived_at) == (None, ports.clock.now())
    assert ports.store.tickets == {}
    assert ports.mail_intake.suspended == {}


@pytest.mark.row("J6")
def test_a_made_up_check_is_no_way_in() -> None:
    ports = connected()
    forwarding.ask(ports, "help", OLD)
    mail = a_mail(references=("chamado.check.0199@desk.example.com",))

    assert comes_in(ports, mail).what == "ticket"
    assert forwarding.checks_of(ports, "help")[0].arrived_at is None


@pytest.mark.row(38)
def test_only_an_alias_of_the_mailbox_is_tested() -> None:
    ports = connected()

    with pytest.raises(InvalidRequest):
        forwarding.ask(ports, "help", "anybody@example.org")
    with pytest.raises(NotFound):
        forwarding.ask(ports, "gone", OLD)
    assert ports.jobs.sent == []


@pytest.mark.row(38)
def test_a_providers_question_is_shown_with_its_code_and_link() -> None:
    ports = connected()
    mail = a_mail(
        from_address="forwarding-noreply@google.example",
        is_forwarding_confirmation=True,
        confirmation_code="123456789",
        confirmation_url="https://mail.google.example/confirm",
    )

    comes_in(ports, mail)

    (kept,) = ports.mail_intake.suspended.values()
    assert kept.reason == "forwarding_confirmation"
    assert (kept.confirmation_code, kept.confirmation_url) == (
        "123456789",
        "https://mail.google.example/confirm",
    )


@pytest.mark.row(38)
def test_the_check_leaves_once_and_carries_the_id_that_it_is_known_by() -> None:
    ports = connected()
    check = forwarding.ask(ports, "help", OLD)
    (job,) = ports.jobs.sent

    for _ in range(2):
        send_forwarding_check(ports, job)

    (sent,) = ports.mail_sender.sent
    (letter,) = ports.composer.letters
    assert (sent.recipient, sent.sender) == (OLD, "help@desk.example.com")
    assert letter.own_id == f"chamado.check.{check.id}@desk.example.com"
