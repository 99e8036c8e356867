"""The contract of the mail ledgers: one mail leaves once, and answers find the ticket."""

from datetime import timedelta

import pytest

from chalicelib.domain.automatic_mail import PROVEN, UNPROVEN, Limits
from chalicelib.usecases.ports import Clearance, SentMail
from tests.builders import NOON, a_receipt
from tests.storage.desks import Storage

LEASE = 120


KEY = "reply:01A:ana"


def asked(storage: Storage, *, after_seconds: int = 0, key: str = KEY) -> Clearance:
    """Ask to send, this long after noon."""
    now = NOON + timedelta(seconds=after_seconds)
    return storage.mail_ledger.begin_sending(key, "ana@example.com", now, lease_seconds=LEASE)


def begin(storage: Storage, *, after_seconds: int = 0, key: str = KEY) -> bool:
    """Whether it may be sent, this long after noon."""
    return asked(storage, after_seconds=after_seconds, key=key) is Clearance.GRANTED


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
    assert asked(storage, after_seconds=10 * LEASE) is Clearance.SENT


@pytest.mark.row(25)
def test_a_mail_that_ses_surely_did_not_take_may_be_sent_at_once(storage: Storage) -> None:
    begin(storage)
    assert asked(storage, after_seconds=1) is Clearance.BUSY
    storage.mail_ledger.give_back(KEY, NOON + timedelta(seconds=1))
    assert begin(storage, after_seconds=1)
    storage.mail_ledger.finish_sending(KEY, "0100-abc", 1001, "01A")
    storage.mail_ledger.give_back(KEY, NOON + timedelta(seconds=2))
    assert asked(storage, after_seconds=3) is Clearance.SENT


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
    assert storage.mail_ledger.sent_mail(form) == SentMail(1001, "01A", KEY)
    assert storage.mail_ledger.sent_mail("0100-xyz") is None


def test_finishing_twice_changes_nothing(storage: Storage) -> None:
    begin(storage)
    for _ in range(2):
        storage.mail_ledger.finish_sending("reply:01A:ana", "0100-abc", 1001, "01A")
    assert storage.mail_ledger.sent_mail("0100-abc") == SentMail(1001, "01A", KEY)


def test_a_mail_about_no_ticket_leads_to_none(storage: Storage) -> None:
    begin(storage)
    storage.mail_ledger.finish_sending("reply:01A:ana", "0100-abc", 0, "")
    references = ["0100-abc@email.amazonses.com"]
    known = storage.customers.mail_context(a_receipt(), references, "")
    assert known.known_references == {}
    assert storage.mail_ledger.sent_mail("0100-abc") == SentMail(0, "", KEY)


def test_a_mail_that_was_not_to_be_sent_is_finished_without_an_id(storage: Storage) -> None:
    begin(storage)
    storage.mail_ledger.finish_sending("reply:01A:ana", "", 1001, "01A")
    assert not begin(storage, after_seconds=10 * LEASE)
    assert storage.mail_ledger.sent_mail("") is None


ANA = "ana@example.com"


def allowed(storage: Storage, limits: Limits, *minutes: int, address: str = ANA) -> int:
    """How many automatic mails of those wished for at these minutes may leave."""
    ledger = storage.mail_ledger
    return sum(
        ledger.may_acknowledge(address, f"ack:{at}", NOON + timedelta(minutes=at), limits)
        for at in minutes
    )


@pytest.mark.row(58, "J6")
@pytest.mark.parametrize(("limits", "most"), [(PROVEN, 3), (UNPROVEN, 1)])
def test_automatic_mails_to_one_address_end_at_the_limit_of_an_hour(
    storage: Storage, limits: Limits, most: int
) -> None:
    assert allowed(storage, limits, *range(10)) == most
    assert allowed(storage, limits, *range(10), address="bo@example.com") == most
    assert allowed(storage, limits, 61, address="ANA@example.com") == 1


@pytest.mark.row("J6")
@pytest.mark.parametrize(("limits", "most"), [(PROVEN, 10), (UNPROVEN, 5)])
def test_automatic_mails_to_one_address_end_at_the_limit_of_a_day(
    storage: Storage, limits: Limits, most: int
) -> None:
    every_quarter = range(0, 24 * 60, 15)
    assert allowed(storage, limits, *every_quarter) == most
    assert allowed(storage, limits, 24 * 60 + 1) == 1


@pytest.mark.row("J6")
def test_mails_to_a_proven_address_count_when_somebody_only_names_it(storage: Storage) -> None:
    assert allowed(storage, PROVEN, 0) == 1
    assert allowed(storage, UNPROVEN, 1) == 0


@pytest.mark.row(58)
def test_a_mail_that_is_tried_again_counts_once_and_is_not_stopped_by_itself(
    storage: Storage,
) -> None:
    assert allowed(storage, UNPROVEN, 7, 7, 7) == 3
    assert allowed(storage, UNPROVEN, 8) == 0


def test_failures_of_a_job_are_counted_one_by_one(storage: Storage) -> None:
    counted = [storage.mail_ledger.count_failure("tell-1", NOON) for _ in range(3)]
    assert counted == [1, 2, 3]
    assert storage.mail_ledger.count_failure("tell-2", NOON) == 1


@pytest.mark.row(27, "J1")
def test_our_own_id_leads_to_the_ticket_as_well_as_the_one_that_ses_gave(storage: Storage) -> None:
    own = "chamado.reply.01a@desk.example.com"
    storage.mail_ledger.finish_sending("reply:01A:ana", "0100-abc", 1001, "01A", own)

    known = storage.customers.mail_context(a_receipt(), [own], "").known_references
    assert known == {own: 1001}
