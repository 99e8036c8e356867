"""What became of stored mails: one contract for the fake and the table."""

from datetime import timedelta

import pytest

from chalicelib.usecases.ports import WITHOUT_ENTRY, Commit, StrayMail, TakenMail
from tests.builders import a_message, a_receipt, a_ticket
from tests.fakes import MONDAY
from tests.storage.desks import Storage


def test_nothing_is_known_of_a_mail_that_nobody_took(storage: Storage) -> None:
    assert storage.mail_accounts.taken(["unheard"]) == {}
    assert storage.mail_accounts.strays(["unheard"]) == {}


@pytest.mark.row("J5")
def test_a_copy_is_accounted_for_by_a_receipt_of_its_own(storage: Storage) -> None:
    storage.mail_accounts.note_without_entry("second", MONDAY)
    storage.mail_accounts.note_without_entry("second", MONDAY)

    assert storage.mail_accounts.taken(["first", "second"]) == {
        "second": TakenMail(0, WITHOUT_ENTRY)
    }


def test_receipts_are_read_for_any_number_of_mails(storage: Storage) -> None:
    names = [f"ses-{position}" for position in range(230)]
    for name in names[::50]:
        storage.mail_accounts.note_without_entry(name, MONDAY)

    assert sorted(storage.mail_accounts.taken(names)) == sorted(names[::50])


def test_a_stray_counts_how_often_it_was_queued(storage: Storage) -> None:
    first = StrayMail("raw/lost", 1, MONDAY + timedelta(hours=1))
    second = StrayMail("raw/lost", 2, MONDAY + timedelta(hours=4))

    storage.mail_accounts.note_queued(first, MONDAY)
    storage.mail_accounts.note_queued(second, MONDAY)

    assert storage.mail_accounts.strays(["lost"]) == {"lost": second}


def test_a_count_that_was_overtaken_changes_nothing(storage: Storage) -> None:
    first = StrayMail("raw/lost", 1, MONDAY + timedelta(hours=1))
    late = StrayMail("raw/lost", 1, MONDAY + timedelta(hours=9))

    storage.mail_accounts.note_queued(first, MONDAY)
    storage.mail_accounts.note_queued(late, MONDAY)

    assert storage.mail_accounts.strays(["lost"]) == {"lost": first}


def test_the_last_look_is_remembered(storage: Storage) -> None:
    assert storage.mail_accounts.accounted_up_to() is None

    storage.mail_accounts.note_accounted(MONDAY)
    storage.mail_accounts.note_accounted(MONDAY + timedelta(hours=1))

    assert storage.mail_accounts.accounted_up_to() == MONDAY + timedelta(hours=1)


@pytest.mark.row("J5")
def test_a_taken_mail_leads_to_its_ticket_and_message(storage: Storage) -> None:
    ticket, message, receipt = a_ticket(version=1), a_message(), a_receipt()
    storage.tickets.commit(Commit(before=None, after=ticket, messages=(message,), receipt=receipt))
    storage.mail_accounts.note_without_entry(receipt.ses_id, MONDAY)

    taken = storage.mail_accounts.taken([receipt.ses_id])

    assert taken == {receipt.ses_id: TakenMail(ticket.number, message.id)}
