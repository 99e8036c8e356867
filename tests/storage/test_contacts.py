"""The contract of contacts: every address leads to one of them, whatever is changed."""

from dataclasses import replace

import pytest

from chalicelib.domain.errors import AddressTaken, LostRace, NotFound, StaleTicket
from chalicelib.usecases.ports import Commit
from tests.builders import a_contact, a_message, a_requester, a_ticket, an_event
from tests.storage.desks import Storage


def _known(storage: Storage, number: int, **changes: object) -> None:
    contact = a_contact(**changes)
    person = a_requester(id=contact.id, email=contact.email)
    ticket = a_ticket(number=number, requester=person)
    storage.tickets.commit(Commit(None, ticket, new_contact=contact))


@pytest.mark.row(6)
def test_addresses_come_and_go(storage: Storage) -> None:
    _known(storage, 1001)
    first = storage.customers.get("contact-ana")
    more = replace(first, more=("ana@work.example.org",), version=2)
    storage.customers.save(first, more)
    assert storage.customers.get("contact-ana") == more
    assert storage.customers.find_by_address("Ana@Work.example.org") == more
    with pytest.raises(LostRace):
        storage.customers.save(first, replace(first, name="X", version=2))

    less = replace(more, email="ana@work.example.org", more=(), version=3)
    storage.customers.save(more, less)
    assert storage.customers.find_by_address("ana@example.com") is None
    with pytest.raises(NotFound):
        storage.customers.get("nobody")


@pytest.mark.row(6)
def test_one_contact_takes_another_over_and_nothing_is_taken_by_force(storage: Storage) -> None:
    _known(storage, 1001)
    _known(storage, 1002, id="contact-bo", email="bo@example.org")
    ana, bo = storage.customers.get("contact-ana"), storage.customers.get("contact-bo")
    both = replace(ana, more=("bo@example.org",), version=2)
    with pytest.raises(AddressTaken):
        storage.customers.save(ana, both)
    storage.customers.save(ana, both, bo)

    assert storage.customers.find_by_address("bo@example.org") == both
    assert storage.customers.get("contact-bo").merged_into == "contact-ana"


@pytest.mark.row(6)
def test_a_ticket_is_listed_with_the_contact_that_it_counts_to(storage: Storage) -> None:
    _known(storage, 1001)
    ticket = storage.tickets.get(1001)
    storage.tickets.commit(Commit(ticket, replace(ticket, version=2, contact_id="contact-bo")))

    assert storage.tickets.list_by_requester("contact-ana", limit=5, cursor="")[0] == []
    (moved,) = storage.tickets.list_by_requester("contact-bo", limit=5, cursor="")[0]
    assert moved.requester.id == "contact-ana"


@pytest.mark.row(18)
def test_a_ticket_is_taken_away_as_it_was_read_and_then_what_was_said(storage: Storage) -> None:
    ticket = a_ticket()
    messages = tuple(a_message(id=f"01J{n:023d}") for n in range(20))
    storage.tickets.commit(Commit(None, ticket, messages=messages, events=(an_event(id="01K"),)))
    with pytest.raises(StaleTicket):
        storage.tickets.remove(replace(ticket, version=2))
    storage.tickets.remove(ticket)
    assert [m.id for m in storage.tickets.list_messages(1001)] == [m.id for m in messages]
    for _ in range(2):
        storage.tickets.remove_entries(1001)
        assert list(storage.tickets.list_messages(1001)) == []


def _found(storage: Storage, word: str, *, whole: bool = False) -> list[tuple[str, str]]:
    """Every word and contact, read two at a time."""
    found: list[tuple[str, str]] = []
    cursor = ""
    while True:
        page, cursor = storage.customers.list_by_word(word, whole=whole, limit=2, cursor=cursor)
        found += [(by, contact.id) for by, contact in page]
        if not cursor:
            return found


@pytest.mark.row(6)
def test_a_contact_is_found_by_the_beginning_of_each_of_his_words(storage: Storage) -> None:
    _known(storage, 1001, name="Ána Example")
    _known(storage, 1002, id="contact-bo", email="anabo@example.org", name="Bo Anan")
    assert _found(storage, "ana") == [
        ("ana", "contact-ana"), ("ana@example.com", "contact-ana"),
        ("anabo@example.org", "contact-bo"), ("anan", "contact-bo"),
    ]  # fmt: skip
    assert _found(storage, "example.org", whole=True) == [("example.org", "contact-bo")]
    assert _found(storage, "example.or", whole=True) == []
    assert _found(storage, "zz") == []


@pytest.mark.row(6)
def test_a_contact_is_found_by_what_he_is_called_now_and_a_merged_one_by_nothing(
    storage: Storage,
) -> None:
    _known(storage, 1001, name="Ana Example")
    _known(storage, 1002, id="contact-bo", email="bo@example.org", name="Bo Sample")
    ana, bo = storage.customers.get("contact-ana"), storage.customers.get("contact-bo")
    renamed = replace(ana, name="Ana Braga", version=2)
    storage.customers.save(ana, renamed)
    assert _found(storage, "braga") == [("braga", "contact-ana")]
    assert _found(storage, "example", whole=True) == []

    both = replace(renamed, more=("bo@example.org",), version=3)
    storage.customers.save(renamed, both, bo)
    assert _found(storage, "bo@") == [("bo@example.org", "contact-ana")]
    assert _found(storage, "sample") == []
