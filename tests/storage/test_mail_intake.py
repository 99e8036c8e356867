"""The contract of the ledger of mails that came in: taken or kept out, each once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.delivery import Delivery
from chalicelib.domain.errors import NotFound
from chalicelib.domain.judgement import Tally
from chalicelib.domain.threading import Verdict
from chalicelib.usecases.ports import AlreadyDone, Commit, ForwardingCheck
from tests.builders import NOON, a_receipt, a_suspended_mail, a_ticket
from tests.storage.desks import Storage


@pytest.mark.row("J19")
def test_suspended_mails_come_newest_first_page_by_page(storage: Storage) -> None:
    mails = [a_suspended_mail(id=f"01{n}", detail=f"mail {n}") for n in range(5)]
    for n, mail in enumerate(mails):
        receipt = a_receipt(ses_id=f"ses-{n}", fingerprint=f"content-{n}")
        storage.mail_intake.suspend(mail, receipt)
    first, cursor = storage.mail_intake.list_suspended(limit=3, cursor="")
    rest, end = storage.mail_intake.list_suspended(limit=3, cursor=cursor)
    assert [*first, *rest] == mails[::-1]
    assert end == ""


def test_a_mail_is_suspended_once(storage: Storage) -> None:
    for n in (1, 2):
        storage.mail_intake.suspend(a_suspended_mail(id=f"01{n}"), a_receipt())
    assert [mail.id for mail in storage.mail_intake.list_suspended(limit=5, cursor="")[0]] == [
        "011"
    ]


@pytest.mark.row("K1")
def test_a_suspended_mail_is_not_let_in_by_its_second_delivery(storage: Storage) -> None:
    storage.mail_intake.suspend(a_suspended_mail(), a_receipt())
    with pytest.raises(AlreadyDone):
        storage.tickets.commit(Commit(None, a_ticket(), receipt=a_receipt()))
    assert storage.customers.mail_context(a_receipt(), [], "").seen


def test_a_mail_that_was_taken_is_not_suspended_by_its_second_delivery(storage: Storage) -> None:
    storage.tickets.commit(Commit(None, a_ticket(), receipt=a_receipt()))
    storage.mail_intake.suspend(a_suspended_mail(), a_receipt())
    assert storage.mail_intake.list_suspended(limit=5, cursor="") == ([], "")


@pytest.mark.row("J19")
def test_a_suspended_mail_is_read_with_all_that_was_known_of_it(storage: Storage) -> None:
    delivery = Delivery(
        "ses-1", "raw/ses-1", NOON, "x@spam.test", ("help@desk.example.com",),
        spam=Verdict.FAIL, virus=Verdict.PASS, spf=Verdict.GRAY, dkim=Verdict.PASS,
        dmarc=Verdict.FAIL, dmarc_policy="none",
    )  # fmt: skip
    mail = a_suspended_mail(delivery=delivery, text="Buy!", confirmation_code="123")

    storage.mail_intake.suspend(mail, a_receipt())

    assert storage.mail_intake.find_suspended(mail.id) == mail


def test_what_is_thrown_away_is_gone_and_does_not_come_back(storage: Storage) -> None:
    mail = a_suspended_mail()
    storage.mail_intake.suspend(mail, a_receipt())

    storage.mail_intake.throw_away(mail.id)
    storage.mail_intake.suspend(mail, a_receipt())

    assert storage.mail_intake.list_suspended(limit=5, cursor="") == ([], "")
    with pytest.raises(NotFound):
        storage.mail_intake.throw_away(mail.id)


@pytest.mark.row("K1")
def test_a_mail_is_let_in_once_and_leaves_the_list_in_the_same_write(storage: Storage) -> None:
    mail = a_suspended_mail()
    storage.mail_intake.suspend(mail, a_receipt())

    storage.tickets.commit(Commit(None, a_ticket(), released=mail.id))

    with pytest.raises(NotFound):
        storage.mail_intake.find_suspended(mail.id)
    with pytest.raises(AlreadyDone):
        storage.tickets.commit(Commit(None, a_ticket(number=1002), released=mail.id))


@pytest.mark.row("K1")
def test_a_mail_that_became_no_message_is_not_taken_again(storage: Storage) -> None:
    for _ in range(2):
        storage.mail_intake.note_taken(a_receipt(), 1001, NOON)

    assert storage.customers.mail_context(a_receipt(), [], "").seen


@pytest.mark.row("J6")
def test_what_is_counted_is_read_with_the_mail(storage: Storage) -> None:
    often, never = Tally("t-1", NOON + timedelta(hours=2)), Tally("t-2", NOON)
    ticket = a_ticket()
    storage.tickets.commit(Commit(None, ticket, tallies=(often,)))
    storage.tickets.commit(Commit(ticket, replace(ticket, version=2), tallies=(often,)))

    context = storage.customers.mail_context(a_receipt(), [], "", (often, never))

    assert context.counts == {"t-1": 2}


@pytest.mark.row(38)
def test_the_last_check_of_each_address_is_kept_and_finished_once(storage: Storage) -> None:
    checks = storage.forwarding_checks
    checks.begin(ForwardingCheck("01A", "help", "a@old.example.com", NOON))
    checks.begin(ForwardingCheck("01B", "help", "a@old.example.com", NOON))
    later = NOON + timedelta(minutes=5)

    assert not checks.finish("01A", NOON)
    assert checks.finish("01B", NOON)
    assert checks.finish("01B", later)
    assert checks.list_all() == [ForwardingCheck("01B", "help", "a@old.example.com", NOON, NOON)]
