"""The contract of a commit's guards: nothing twice, nobody above capacity, all or nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import AtCapacity, LostRace, TicketNotFound
from chalicelib.domain.ticket import Ticket
from chalicelib.usecases.ports import AlreadyDone, Claim, Commit
from tests.builders import (
    NOON,
    a_contact,
    a_message,
    a_receipt,
    a_remembered,
    a_ticket,
    an_event,
)
from tests.storage.desks import Storage


def claimed(storage: Storage, ticket: Ticket, claim: Claim) -> Ticket:
    """Give a stored ticket to the claim's agent."""
    after = replace(ticket, version=ticket.version + 1, assignee_id=claim.agent_id)
    event = an_event(id=f"01CLAIM{ticket.number}")
    storage.tickets.commit(
        Commit(ticket, after, (), (event,), load_changes={claim.agent_id: 1}, claim=claim)
    )
    return after


def some_tickets(storage: Storage, count: int) -> list[Ticket]:
    """Stored tickets from 1001 on."""
    tickets = [a_ticket(number=1001 + n) for n in range(count)]
    for ticket in tickets:
        storage.tickets.commit(Commit(None, ticket))
    return tickets


@pytest.mark.row("J3", "J5", "K1")
def test_a_mail_that_is_delivered_twice_makes_one_ticket(storage: Storage) -> None:
    storage.tickets.commit(Commit(None, a_ticket(number=1001), receipt=a_receipt()))
    again = Commit(None, a_ticket(number=1002), (a_message(),), receipt=a_receipt())
    with pytest.raises(AlreadyDone):
        storage.tickets.commit(again)
    with pytest.raises(TicketNotFound):
        storage.tickets.get(1002)


@pytest.mark.row("J3")
@pytest.mark.parametrize("same", [{"ses_id": "ses-2"}, {"fingerprint": "content-2"}])
def test_either_receipt_tells_a_copy(storage: Storage, same: dict[str, str]) -> None:
    storage.tickets.commit(Commit(None, a_ticket(number=1001), receipt=a_receipt()))
    with pytest.raises(AlreadyDone):
        storage.tickets.commit(Commit(None, a_ticket(number=1002), receipt=a_receipt(**same)))


def test_a_receipt_without_an_id_guards_by_content_alone(storage: Storage) -> None:
    for n in (1, 2):
        receipt = a_receipt(ses_id="", fingerprint=f"content-{n}")
        storage.tickets.commit(Commit(None, a_ticket(number=1000 + n), receipt=receipt))
    assert storage.tickets.get(1002)


def test_done_before_counts_more_than_changed_meanwhile(storage: Storage) -> None:
    ticket = a_ticket()
    storage.tickets.commit(Commit(None, ticket))
    answered = Commit(ticket, replace(ticket, version=2), receipt=a_receipt())
    storage.tickets.commit(answered)
    with pytest.raises(AlreadyDone):
        storage.tickets.commit(replace(answered, messages=(a_message(),)))


@pytest.mark.row("K1")
def test_a_repeated_request_gets_the_first_answer(storage: Storage) -> None:
    first = a_remembered(answer={"number": 1001, "links": ["a", None, 1.5]})
    storage.tickets.commit(Commit(None, a_ticket(number=1001), remembered=first))
    again = a_remembered(request_hash="other", answer={})
    with pytest.raises(AlreadyDone) as done:
        storage.tickets.commit(Commit(None, a_ticket(number=1002), remembered=again))
    assert done.value.remembered == first
    assert storage.tickets.find_remembered("form", "key-1") == first


def test_the_same_key_of_another_client_is_another_request(storage: Storage) -> None:
    for n, client in enumerate(("form", "api")):
        remembered = a_remembered(client=client)
        storage.tickets.commit(Commit(None, a_ticket(number=1001 + n), remembered=remembered))
    assert storage.tickets.find_remembered("portal", "key-1") is None


def test_a_key_is_free_again_after_a_day(storage: Storage) -> None:
    storage.tickets.commit(Commit(None, a_ticket(number=1001), remembered=a_remembered()))
    later = a_ticket(number=1002, updated_at=NOON + timedelta(hours=25))
    storage.tickets.commit(Commit(None, later, remembered=a_remembered()))
    assert storage.tickets.get(1002) == later


@pytest.mark.row(43, "J11", "K2")
def test_a_claim_at_capacity_changes_nothing(storage: Storage) -> None:
    claim = Claim("agent-rui", capacity=2)
    first, second, third = some_tickets(storage, 3)
    claimed(storage, first, claim)
    claimed(storage, second, claim)
    with pytest.raises(AtCapacity) as full:
        claimed(storage, third, claim)
    assert full.value.capacity == 2
    assert storage.tickets.open_thread(third.number, limit=5).entries == ()
    assert storage.tickets.get(third.number) == third
    assert storage.loads.list_by_agents(["agent-rui"])[0].open_count == 2


@pytest.mark.row(41, "K2")
def test_a_heavy_ticket_needs_room_for_its_weight_or_an_agent_with_nothing(
    storage: Storage,
) -> None:
    first, second, third = some_tickets(storage, 3)
    claimed(storage, first, Claim("agent-rui", capacity=4))
    with pytest.raises(AtCapacity):
        claimed(storage, second, Claim("agent-rui", capacity=4, weight=4))
    claimed(storage, second, Claim("agent-rui", capacity=4, weight=3))
    claimed(storage, third, Claim("agent-eva", capacity=4, weight=9))


@pytest.mark.row(43)
def test_a_ticket_that_is_passed_on_is_counted_beside_the_load(storage: Storage) -> None:
    (ticket,) = some_tickets(storage, 1)
    ticket = claimed(storage, ticket, Claim("agent-rui", 5))
    after = replace(ticket, version=3, assignee_id="", passed_by=("agent-rui",))
    storage.tickets.commit(
        Commit(ticket, after, load_changes={"agent-rui": -1}, passed_by="agent-rui")
    )
    (load,) = storage.loads.list_by_agents(["agent-rui"])
    assert (load.open_count, load.skipped) == (0, 1)
    assert storage.tickets.get(ticket.number) == after


@pytest.mark.row("J10")
def test_going_away_twice_keeps_the_first_time(storage: Storage) -> None:
    def away(minutes: int) -> int:
        at = NOON + timedelta(minutes=minutes)
        storage.loads.set_available("agent-rui", available=False, at=at)
        return storage.loads.list_by_agents(["agent-rui"])[0].away_since

    assert away(0) == away(5) == NOON.timestamp()
    storage.loads.set_available("agent-rui", available=True)
    assert storage.loads.list_by_agents(["agent-rui"])[0].away_since == 0
    assert away(9) == NOON.timestamp() + 540


def test_an_agent_who_may_hold_nothing_gets_nothing(storage: Storage) -> None:
    (ticket,) = some_tickets(storage, 1)
    with pytest.raises(AtCapacity):
        claimed(storage, ticket, Claim("agent-rui", capacity=0))


@pytest.mark.row("J10")
def test_a_pushed_ticket_goes_only_to_an_agent_who_is_there(storage: Storage) -> None:
    (ticket,) = some_tickets(storage, 1)
    pushed = Claim("agent-rui", capacity=5, turn=7, needs_available=True)
    with pytest.raises(AtCapacity):
        claimed(storage, ticket, pushed)
    storage.loads.set_available("agent-rui", available=True)
    claimed(storage, ticket, pushed)
    (load,) = storage.loads.list_by_agents(["agent-rui"])
    assert (load.open_count, load.turn, load.available) == (1, 7, True)


def test_a_pulled_ticket_leaves_the_turn_as_it_was(storage: Storage) -> None:
    first, second = some_tickets(storage, 2)
    storage.loads.set_available("agent-rui", available=True)
    claimed(storage, first, Claim("agent-rui", 5, turn=3, needs_available=True))
    claimed(storage, second, Claim("agent-rui", 5))
    assert storage.loads.list_by_agents(["agent-rui"])[0].turn == 3


def test_a_claim_of_a_ticket_that_does_not_count_still_needs_room(storage: Storage) -> None:
    (ticket,) = some_tickets(storage, 1)
    after = replace(ticket, version=2, assignee_id="agent-rui")
    with pytest.raises(AtCapacity):
        storage.tickets.commit(Commit(ticket, after, claim=Claim("agent-rui", 0)))
    storage.tickets.commit(Commit(ticket, after, claim=Claim("agent-rui", 1)))
    assert storage.loads.list_by_agents(["agent-rui"])[0].open_count == 0


def test_a_hand_over_moves_the_load(storage: Storage) -> None:
    (ticket,) = some_tickets(storage, 1)
    ticket = claimed(storage, ticket, Claim("agent-rui", 5))
    after = replace(ticket, version=3, assignee_id="agent-eva")
    storage.tickets.commit(Commit(ticket, after, load_changes={"agent-rui": -1, "agent-eva": 1}))
    loads = storage.loads.list_by_agents(["agent-rui", "agent-eva", "agent-new"])
    assert [load.open_count for load in loads] == [0, 1, 0]


def test_a_new_contact_is_found_by_its_address_in_any_case(storage: Storage) -> None:
    contact = a_contact(email="Ana@Example.com")
    storage.tickets.commit(Commit(None, a_ticket(), new_contact=contact))
    assert storage.customers.find_by_address(" aNA@example.COM ") == contact
    assert storage.customers.find_by_address("bo@example.com") is None


def test_an_address_never_gets_a_second_contact(storage: Storage) -> None:
    storage.tickets.commit(Commit(None, a_ticket(number=1001), new_contact=a_contact()))
    other = a_contact(id="contact-other")
    with pytest.raises(LostRace):
        storage.tickets.commit(Commit(None, a_ticket(number=1002), new_contact=other))
    assert storage.customers.find_by_address("ana@example.com") == a_contact()


@pytest.mark.row(27, "J1", "J2")
def test_what_is_known_of_a_mail_is_read_at_once(storage: Storage) -> None:
    commit = Commit(
        None,
        a_ticket(),
        new_contact=a_contact(),
        receipt=a_receipt(),
        thread_ids=("<Abc.1@Mail.example.com>", "def@mail.example.com", ""),
    )
    storage.tickets.commit(commit)
    references = ["abc.1@mail.example.com", "DEF@mail.example.com", "unknown@x", "", " "]
    known = storage.customers.mail_context(
        a_receipt(fingerprint="content-2"), references, "ANA@example.com"
    )
    assert known.seen
    assert known.known_references == {references[0]: 1001, references[1]: 1001}
    assert known.contact == a_contact()


def test_nothing_is_known_of_the_first_mail(storage: Storage) -> None:
    known = storage.customers.mail_context(a_receipt(), [], "")
    assert (known.seen, known.known_references, known.contact) == (False, {}, None)


@pytest.mark.row("J2")
def test_a_message_id_leads_to_the_ticket_that_had_it_first(storage: Storage) -> None:
    for number in (1001, 1002):
        storage.tickets.commit(Commit(None, a_ticket(number=number), thread_ids=("a@x", "A@X")))
    known = storage.customers.mail_context(a_receipt(), ["a@x"], "")
    assert known.known_references == {"a@x": 1001}


def test_a_mail_with_hundreds_of_references_is_still_read(storage: Storage) -> None:
    storage.tickets.commit(Commit(None, a_ticket(), thread_ids=("near@x",)))
    references = ["near@x", "NEAR@x", *(f"{n}@x" for n in range(300))]
    known = storage.customers.mail_context(a_receipt(), references, "ana@example.com")
    assert known.known_references["near@x"] == 1001
