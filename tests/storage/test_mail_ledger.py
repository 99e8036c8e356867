"""The contract of the mail ledgers: one mail leaves once, and answers find the ticket."""

from datetime import timedelta

import pytest

from tests.builders import NOON, a_receipt
from tests.storage.desks import Storage

LEASE = 120


def begin(storage: Storage, *, after_seconds: int = 0, key: str = "reply:01A:ana") -> bool:
    """Ask to send, this long after noon."""
    now = NOON + timedelta(seconds=after_seconds)
    return storage.mail_ledger.begin_sending(key, now, lease_seconds=LEASE)


@pytest.mark.row(25)
def test_one_worker_at_a_time_may_send_a_mail(storage: Storage) -> None:
    assert begin(storage)
    assert not begin(storage, after_seconds=1)
    assert begin(storage, key="reply:01B:ana")


def test_the_mail_of_a_worker_that_died_is_sent_by_another(storage: Storage) -> None:
    assert begin(storage)
    assert not begin(storage, after_seconds=LEASE - 1)
    assert begin(storage, after_seconds=LEASE)
    assert not begin(storage, after_seconds=LEASE + 1)


@pytest.mark.row(25)
def test_a_mail_that_left_is_never_sent_again(storage: Storage) -> None:
    begin(storage)
    storage.mail_ledger.finish_sending("reply:01A:ana", "0100-abc", 1001, "01A")
    assert not begin(storage, after_seconds=10 * LEASE)


@pytest.mark.row(27, "J1")
@pytest.mark.parametrize(
    "answered",
    ["0100-abc@email.amazonses.com", "<0100-ABC@us-east-1.amazonses.com>", "0100-abc"],
)
def test_an_answer_finds_the_ticket_by_every_form_of_the_id(
    storage: Storage, answered: str
) -> None:
    begin(storage)
    storage.mail_ledger.finish_sending("reply:01A:ana", "0100-abc", 1001, "01A")
    known = storage.customers.mail_context(a_receipt(), [answered], "")
    assert known.known_references == {answered: 1001}


@pytest.mark.parametrize("form", ["0100-abc", "0100-abc@email.amazonses.com"])
def test_a_bounce_finds_the_message_by_the_id_with_or_without_domain(
    storage: Storage, form: str
) -> None:
    begin(storage)
    storage.mail_ledger.finish_sending("reply:01A:ana", "0100-abc@email.amazonses.com", 1001, "01A")
    assert storage.mail_ledger.sent_mail(form) == (1001, "01A")
    assert storage.mail_ledger.sent_mail("0100-xyz") is None


def test_finishing_twice_changes_nothing(storage: Storage) -> None:
    begin(storage)
    for _ in range(2):
        storage.mail_ledger.finish_sending("reply:01A:ana", "0100-abc", 1001, "01A")
    assert storage.mail_ledger.sent_mail("0100-abc") == (1001, "01A")


def test_a_mail_about_no_ticket_leads_to_none(storage: Storage) -> None:
    begin(storage)
    storage.mail_ledger.finish_sending("reply:01A:ana", "0100-abc", 0, "")
    references = ["0100-abc@email.amazonses.com"]
    known = storage.customers.mail_context(a_receipt(), references, "")
    assert known.known_references == {}
    assert storage.mail_ledger.sent_mail("0100-abc") == (0, "")


def test_a_mail_that_was_not_to_be_sent_is_finished_without_an_id(storage: Storage) -> None:
    begin(storage)
    storage.mail_ledger.finish_sending("reply:01A:ana", "", 1001, "01A")
    assert not begin(storage, after_seconds=10 * LEASE)
    assert storage.mail_ledger.sent_mail("") is None


def allowed(storage: Storage, *minutes: int, address: str = "ana@example.com") -> int:
    """How many automatic mails of those wished for at these minutes may leave."""
    times = [NOON + timedelta(minutes=m) for m in minutes]
    return sum(storage.mail_ledger.may_acknowledge(address, at) for at in times)


@pytest.mark.row(58, "J6")
def test_automatic_mails_to_one_address_end_after_five_in_an_hour(storage: Storage) -> None:
    assert allowed(storage, *range(10)) == 5
    assert allowed(storage, *range(10), address="bo@example.com") == 5
    assert allowed(storage, 61, address="ANA@example.com") == 1


@pytest.mark.row("J6")
def test_automatic_mails_to_one_address_end_after_twenty_in_a_day(storage: Storage) -> None:
    every_quarter = range(0, 24 * 60, 15)
    assert allowed(storage, *every_quarter) == 20
    assert allowed(storage, 24 * 60 + 1) == 1
