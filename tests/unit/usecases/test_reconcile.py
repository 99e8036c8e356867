"""Every stored mail is a message, kept out, or queued again: nothing is lost without a word."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import Unavailable
from chalicelib.usecases.jobs import TakeStoredMail
from chalicelib.usecases.ports import MailReceipt, TakenMail
from chalicelib.usecases.reconcile import (
    LOOKS_BACK,
    OVERLAP,
    PAUSES,
    Account,
    reconcile,
    sweep_stored_mails,
)
from tests.fakes import MONDAY, FakePorts

pytestmark = pytest.mark.row("J5", "K1")
LATER = MONDAY + timedelta(minutes=20)


@pytest.fixture
def ports() -> FakePorts:
    return FakePorts(now=LATER)


def stored(ports: FakePorts, name: str, **ago: float) -> str:
    """A raw mail in the bucket, twenty minutes old unless said otherwise."""
    key = f"raw/{name}"
    ports.raw_mails.stored[key] = b"raw"
    ports.raw_mails.stored_at[key] = ports.clock.now() - timedelta(**ago or {"minutes": 20})
    return key


def taken(ports: FakePorts, name: str, number: int) -> None:
    ports.store.keep_receipt(MailReceipt(name, ""), number)


def queued(ports: FakePorts) -> list[str]:
    return [job.stored_mail.key for job in ports.jobs.sent if isinstance(job, TakeStoredMail)]


def looked(ports: FakePorts) -> Account:
    return reconcile(ports, MONDAY - timedelta(days=1))


def test_a_mail_that_became_a_message_or_was_kept_out_is_left_alone(ports: FakePorts) -> None:
    for name, number in (("a", 1001), ("b", 1001), ("c", 0)):
        stored(ports, name)
        taken(ports, name, number)

    account = looked(ports)

    assert (account.stored, account.messages, account.suspended) == (3, 2, 1)
    assert account.unaccounted == 0
    assert queued(ports) == []


def test_a_mail_without_a_receipt_is_queued_again(ports: FakePorts) -> None:
    lost = stored(ports, "lost")

    account = looked(ports)

    assert account.requeued == (lost,)
    assert account.unaccounted == 1
    (job,) = ports.jobs.sent
    assert job.queue == "inbound_mail"
    assert isinstance(job, TakeStoredMail)
    assert (job.stored_mail.key, job.stored_mail.stored_at) == (lost, MONDAY)


def test_a_mail_younger_than_a_quarter_of_an_hour_is_still_on_its_way(ports: FakePorts) -> None:
    stored(ports, "new", minutes=14)

    account = looked(ports)

    assert (account.young, account.unaccounted) == (1, 0)
    assert queued(ports) == []


def test_a_copy_of_a_mail_is_counted_as_one(ports: FakePorts) -> None:
    stored(ports, "copy")
    ports.mail_accounts.note_without_entry("copy", MONDAY)

    assert looked(ports).others == 1
    assert queued(ports) == []


def test_looking_twice_queues_a_mail_once(ports: FakePorts) -> None:
    lost = stored(ports, "lost")
    looked(ports)

    account = looked(ports)

    assert account.waiting == (lost,)
    assert account.unaccounted == 1
    assert queued(ports) == [lost]


def test_a_mail_that_can_never_be_taken_is_given_up_after_three_times(ports: FakePorts) -> None:
    poison = stored(ports, "poison")
    for pause in PAUSES:
        assert looked(ports).requeued == (poison,)
        ports.clock.at += pause

    account = looked(ports)

    assert account.given_up == (poison,)
    assert account.unaccounted == 0
    assert queued(ports) == [poison] * 3


def test_a_given_up_mail_that_was_taken_after_all_counts_as_a_message(ports: FakePorts) -> None:
    stored(ports, "poison")
    for pause in PAUSES:
        looked(ports)
        ports.clock.at += pause
    taken(ports, "poison", 1001)

    account = looked(ports)

    assert (account.given_up, account.messages) == ((), 1)


def test_a_sweep_that_dies_before_it_counted_queues_the_mail_again(ports: FakePorts) -> None:
    lost = stored(ports, "lost")
    ports.jobs.failures.append(Unavailable("SQS"))
    with pytest.raises(Unavailable):
        looked(ports)

    assert looked(ports).requeued == (lost,)


def test_every_page_of_the_bucket_is_read(ports: FakePorts) -> None:
    ports.raw_mails.page_size = 7
    lost = {stored(ports, f"m{position}") for position in range(50)}

    account = looked(ports)

    assert account.stored == 50
    assert set(account.requeued) == lost


def test_mails_that_may_have_outlived_their_receipt_are_left_alone(ports: FakePorts) -> None:
    stored(ports, "old", days=LOOKS_BACK.days, minutes=1)

    assert reconcile(ports, MONDAY - timedelta(days=400)).stored == 0


def test_the_sweep_goes_on_where_the_last_one_ended_however_long_ago(ports: FakePorts) -> None:
    sweep_stored_mails(ports)
    lost = stored(ports, "lost")
    ports.clock.advance(days=9)

    account = sweep_stored_mails(ports)

    assert account.requeued == (lost,)
    assert account.stored == 1


def test_the_sweep_leaves_out_what_was_accounted_for(ports: FakePorts) -> None:
    stored(ports, "done")
    taken(ports, "done", 1001)
    assert sweep_stored_mails(ports).stored == 1
    ports.clock.advance(hours=2)
    sweep_stored_mails(ports)

    assert sweep_stored_mails(ports).stored == 0


def test_a_mail_that_waits_holds_back_how_far_the_sweep_got(ports: FakePorts) -> None:
    stored(ports, "lost")
    sweep_stored_mails(ports)
    ports.clock.advance(minutes=30)

    sweep_stored_mails(ports)

    assert ports.mail_accounts.accounted_up_to() == MONDAY
    ports.store.receipts["ses:lost"] = TakenMail(1001)
    sweep_stored_mails(ports)
    assert ports.mail_accounts.accounted_up_to() == ports.clock.now() - timedelta(minutes=15)


def test_a_given_up_mail_does_not_hold_back_the_sweep_for_ever(ports: FakePorts) -> None:
    stored(ports, "poison")
    for pause in PAUSES:
        sweep_stored_mails(ports)
        ports.clock.at += pause
    assert sweep_stored_mails(ports).given_up
    ports.clock.at += OVERLAP * 2

    assert sweep_stored_mails(ports).stored == 0
