"""Two tickets become one, and two again."""

import pytest

from chalicelib.domain.errors import InvalidRequest, NotAllowed, TicketNotFound
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import EventKind, MessageKind, Ticket
from chalicelib.usecases.answer_ticket import Answer, reply_in_public
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.customer_page import answer_by_link, open_customer_page
from chalicelib.usecases.mail_out.letters import page_of
from chalicelib.usecases.merge_tickets import merge_tickets, unmerge_ticket
from tests.fakes import FakePorts
from tests.unit.usecases.stage import (
    EVA,
    OUTSIDER,
    READER,
    RUI,
    in_thread,
    opened_ticket,
    ports_of,
)


def _pair(ports: FakePorts) -> tuple[Ticket, Ticket]:
    """One of Ana's, and one of Ben's about the same thing, a while later."""
    older = opened_ticket(ports)
    ports.clock.advance(minutes=10)
    other = {"name": "Ben Example", "email": "ben@example.org", "text": "The same here."}
    return older, opened_ticket(ports, **other)


@pytest.mark.row("J9")
def test_what_was_said_is_on_the_one_that_stands_for_both() -> None:
    ports = ports_of()
    older, newer = _pair(ports)
    merge_tickets(ports, RUI, newer.number, older.number)

    thread = ports.tickets.open_thread(older.number, limit=50)
    said = [e.text for e in thread.entries if hasattr(e, "text")]
    assert said == ["It says 12 instead of 21.", "The same here."]
    assert thread.ticket.message_count == 2
    assert thread.ticket.participants == ("ben@example.org",)
    assert thread.ticket.merged_from == (newer.number,)
    assert thread.ticket.last_message_preview == "The same here."


@pytest.mark.row("J9")
def test_the_one_that_was_merged_is_a_closed_record_that_says_where() -> None:
    ports = ports_of()
    older, newer = _pair(ports)
    merge_tickets(ports, RUI, newer.number, older.number)

    gone = ports.tickets.get(newer.number)
    assert (gone.status, gone.merged_into) == (Status.CLOSED, older.number)
    assert gone.wake_at is None
    kinds = [event.kind for event in ports.store.events(newer.number)]
    assert EventKind.TICKET_MERGED in kinds
    assert EventKind.TICKET_TAKEN_IN in [e.kind for e in ports.store.events(older.number)]


@pytest.mark.row("J9")
def test_merging_twice_changes_nothing_more() -> None:
    ports = ports_of()
    older, newer = _pair(ports)
    first = merge_tickets(ports, RUI, newer.number, older.number)
    second = merge_tickets(ports, RUI, newer.number, older.number)

    assert second == first


@pytest.mark.row("J9")
@pytest.mark.parametrize("times", [1, 2])
def test_unmerging_brings_back_both_as_they_were(times: int) -> None:
    ports = ports_of()
    older, newer = _pair(ports)
    for _ in range(times):
        merge_tickets(ports, RUI, newer.number, older.number)
        unmerge_ticket(ports, RUI, newer.number)

    back, rest = ports.tickets.get(newer.number), ports.tickets.get(older.number)
    assert (back.status, back.merged_into, back.closed_at) == (Status.NEW, 0, None)
    assert back.wake_at is not None
    assert (rest.participants, rest.merged_from, rest.message_count) == ((), (), 1)
    assert [m.text for m in in_thread(ports, older.number)] == ["It says 12 instead of 21."]


@pytest.mark.row("J9", 14)
def test_a_postponed_ticket_comes_back_postponed() -> None:
    ports = ports_of()
    older, newer = _pair(ports)
    until = ports.clock.at.replace(hour=20)
    wait = Change(newer.number, None, status="postponed", postponed_until=until)
    change_ticket(ports, RUI, wait)
    merge_tickets(ports, RUI, newer.number, older.number)
    assert ports.tickets.get(newer.number).wake_at is None
    back = unmerge_ticket(ports, RUI, newer.number)

    assert (back.status, back.status_before) == (Status.POSTPONED, Status.NEW)
    assert back.wake_at == until


@pytest.mark.row("J9")
def test_what_came_meanwhile_stays_where_it_came() -> None:
    ports = ports_of()
    older, newer = _pair(ports)
    merge_tickets(ports, RUI, newer.number, older.number)
    reply_in_public(ports, RUI, Answer(older.number, "We are on it."))
    unmerge_ticket(ports, RUI, newer.number)

    texts = [m.text for m in in_thread(ports, older.number)]
    assert texts == ["It says 12 instead of 21.", "We are on it."]
    assert ports.tickets.get(older.number).message_count == 2


@pytest.mark.row("J9", 12)
def test_a_customer_who_waits_on_the_merged_ticket_waits_on_the_other() -> None:
    ports = ports_of()
    older, newer = _pair(ports)
    reply_in_public(ports, RUI, Answer(older.number, "Done."))
    merged = merge_tickets(ports, RUI, newer.number, older.number)

    assert merged.status is Status.OPEN
    assert merged.waiting_since == newer.waiting_since
    assert merged.last_customer_message_at == newer.last_customer_message_at


@pytest.mark.row("J9")
def test_a_ticket_is_not_merged_into_itself() -> None:
    ports = ports_of()
    older, _ = _pair(ports)

    with pytest.raises(InvalidRequest, match="into itself"):
        merge_tickets(ports, RUI, older.number, older.number)


@pytest.mark.row("J9")
def test_tickets_are_not_merged_in_a_ring() -> None:
    ports = ports_of()
    older, newer = _pair(ports)
    third = opened_ticket(ports)
    merge_tickets(ports, RUI, newer.number, older.number)

    with pytest.raises(InvalidRequest, match="take that apart first"):
        merge_tickets(ports, RUI, older.number, newer.number)
    with pytest.raises(InvalidRequest, match=f"choose that one|into {older.number}"):
        merge_tickets(ports, RUI, third.number, newer.number)


@pytest.mark.row("J9")
def test_a_chain_of_merges_leads_to_its_end() -> None:
    ports = ports_of()
    older, newer = _pair(ports)
    third = opened_ticket(ports, name="Carla Example", email="carla@example.org")
    link = page_of(ports, newer).rpartition("/")[2]
    merge_tickets(ports, RUI, newer.number, older.number)
    merge_tickets(ports, RUI, older.number, third.number)
    answered = answer_by_link(ports, link, "Still broken.")

    assert answered.number == third.number
    newest = in_thread(ports, third.number)[-1]
    assert (newest.text, newest.author.name) == ("Still broken.", "Ben Example")
    assert open_customer_page(ports, link).ticket.number == third.number


@pytest.mark.row("J9")
def test_a_merged_ticket_takes_no_step_of_its_own() -> None:
    ports = ports_of()
    older, newer = _pair(ports)
    merge_tickets(ports, RUI, newer.number, older.number)

    with pytest.raises(InvalidRequest, match=f"merged into {older.number}"):
        change_ticket(ports, RUI, Change(newer.number, None, status="open"))


@pytest.mark.row("J9", "J13")
def test_notes_of_a_merged_ticket_stay_inside() -> None:
    from chalicelib.usecases.answer_ticket import add_note

    ports = ports_of()
    older, newer = _pair(ports)
    add_note(ports, RUI, Answer(newer.number, "Difficult customer."))
    merge_tickets(ports, RUI, newer.number, older.number)
    page = open_customer_page(ports, page_of(ports, older).rpartition("/")[2])

    assert MessageKind.INTERNAL_NOTE in [m.kind for m in in_thread(ports, older.number)]
    assert [m.text for m in page.messages] == ["It says 12 instead of 21.", "The same here."]


@pytest.mark.row("J9", 5)
def test_nobody_merges_into_what_does_not_exist_for_him() -> None:
    ports = ports_of()
    older, _ = _pair(ports)
    elsewhere = opened_ticket(ports, department_id="billing")

    with pytest.raises(TicketNotFound):
        merge_tickets(ports, RUI, older.number, elsewhere.number)
    with pytest.raises(TicketNotFound):
        merge_tickets(ports, OUTSIDER, older.number, elsewhere.number)
    with pytest.raises(NotAllowed):
        merge_tickets(ports, READER, older.number, older.number)


@pytest.mark.row("J9")
def test_loads_follow_both_tickets_of_one_owner() -> None:
    ports = ports_of()
    older, newer = _pair(ports)
    for ticket in (older, newer):
        change_ticket(ports, RUI, Change(ticket.number, None, assignee_id=EVA.id))
    merge_tickets(ports, RUI, newer.number, older.number)
    assert ports.store.loads[EVA.id].open_count == 1
    unmerge_ticket(ports, RUI, newer.number)

    assert ports.store.loads[EVA.id].open_count == 2
