"""The contract of the addresses that get no mail: who is on the list, how he comes off it."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import NotFound
from chalicelib.usecases.ports import Clearance, SuppressedAddress, SuppressionReason
from tests.builders import NOON
from tests.storage.desks import Storage


def suppressed(**changes: Any) -> SuppressedAddress:
    """An address whose mail came back for good."""
    fields: dict[str, Any] = {
        "address": "ana@example.com",
        "reason": SuppressionReason.BOUNCE,
        "since": NOON,
        "detail": "5.1.1",
        "number": 1001,
    }
    return SuppressedAddress(**fields | changes)


def clearance(storage: Storage, address: str) -> Clearance:
    """Whether a mail may go there now."""
    key = f"reply:{address}"
    return storage.mail_ledger.begin_sending(key, address, NOON, lease_seconds=9)


@pytest.mark.row("J3")
def test_nothing_is_sent_to_an_address_on_the_list_in_any_case_of_its_letters(
    storage: Storage,
) -> None:
    storage.suppressions.suppress(suppressed(address="Ana@Example.com"), "ses-1")
    assert clearance(storage, "ana@EXAMPLE.com") is Clearance.SUPPRESSED
    assert clearance(storage, "bo@example.com") is Clearance.GRANTED


def test_a_mail_that_left_before_is_sent_and_not_suppressed(storage: Storage) -> None:
    assert clearance(storage, "ana@example.com") is Clearance.GRANTED
    storage.mail_ledger.finish_sending("reply:ana@example.com", "0100-abc", 1001, "01A")
    storage.suppressions.suppress(suppressed(), "ses-1")
    assert clearance(storage, "ana@example.com") is Clearance.SENT


def test_an_address_stays_on_the_list_as_it_first_came_there(storage: Storage) -> None:
    storage.suppressions.suppress(suppressed(), "ses-1")
    later = suppressed(reason=SuppressionReason.COMPLAINT, since=NOON + timedelta(days=1))
    storage.suppressions.suppress(later, "ses-2")
    assert storage.suppressions.list_by_address("", limit=9, cursor="") == ([suppressed()], "")


def test_news_that_come_again_do_not_put_back_an_address_that_was_taken_off(
    storage: Storage,
) -> None:
    storage.suppressions.suppress(suppressed(), "ses-1")
    storage.suppressions.remove("ANA@example.com")
    storage.suppressions.suppress(suppressed(), "ses-1")
    assert clearance(storage, "ana@example.com") is Clearance.GRANTED


def test_a_person_may_put_an_address_back_however_often(storage: Storage) -> None:
    for _ in range(2):
        storage.suppressions.suppress(suppressed(reason=SuppressionReason.MANUAL), "")
        storage.suppressions.remove("ana@example.com")
    with pytest.raises(NotFound):
        storage.suppressions.remove("ana@example.com")


def test_the_list_comes_by_address_page_by_page_and_by_its_beginning(storage: Storage) -> None:
    people = [suppressed(address=f"p{n}@example.com") for n in range(5)]
    for person in reversed(people):
        storage.suppressions.suppress(person, "")
    storage.suppressions.suppress(suppressed(address="zoe@example.com"), "")

    first, cursor = storage.suppressions.list_by_address("P", limit=3, cursor="")
    rest, end = storage.suppressions.list_by_address("P", limit=3, cursor=cursor)

    assert [*first, *rest] == people
    assert end == ""


def test_failures_that_pass_count_once_each_for_seven_days(storage: Storage) -> None:
    days = [0, 0, 3, 6, 8]
    counted = [
        storage.suppressions.strike("ana@example.com", f"ses-{day}", NOON + timedelta(days=day))
        for day in days
    ]
    assert counted == [1, 1, 2, 3, 3]


def test_failures_are_forgotten_when_the_address_is_taken_off(storage: Storage) -> None:
    storage.suppressions.strike("ana@example.com", "ses-1", NOON)
    storage.suppressions.suppress(suppressed(), "")
    storage.suppressions.remove("ana@example.com")
    assert storage.suppressions.strike("ana@example.com", "ses-2", NOON) == 1
