"""Tickets that hang together: linked, split, followed up, answered together."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.relations import Link, LinkKind
from chalicelib.domain.set_up import TicketRules
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import EventKind, MessageKind, Ticket
from chalicelib.usecases.answer_children import answer_children
from chalicelib.usecases.answer_ticket import Answer, add_note, reply_in_public
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.customer_page import answer_by_link, open_customer_page, token_for
from chalicelib.usecases.link_tickets import link_tickets, list_linked, unlink_tickets
from chalicelib.usecases.mail_out.letters import page_of
from chalicelib.usecases.split_message import split_message
from tests.builders import a_remembered
from tests.fakes import FakePorts
from tests.unit.usecases.mail_in.mails import answers
from tests.unit.usecases.stage import OUTSIDER, RUI, in_thread, opened_ticket, ports_of


def _family(ports: FakePorts, children: int) -> tuple[Ticket, list[int]]:
    parent = opened_ticket(ports, subject="Move to the new office")
    numbers = [opened_ticket(ports).number for _ in range(children)]
    for number in numbers:
        link_tickets(ports, RUI, parent.number, Link(LinkKind.CHILD, number))
    return ports.tickets.get(parent.number), numbers


@pytest.mark.row(75)
def test_a_link_is_told_on_both_tickets_and_taken_from_both() -> None:
    ports = ports_of()
    parent, (child,) = _family(ports, 1)

    assert ports.tickets.get(child).links == (Link(LinkKind.PARENT, parent.number),)
    assert ports.store.events(child)[-1].after == {"link": f"parent {parent.number}"}
    unlink_tickets(ports, RUI, child, Link(LinkKind.PARENT, parent.number))
    assert ports.tickets.get(parent.number).links == ()
    assert ports.tickets.get(child).links == ()


@pytest.mark.row(75)
def test_a_parent_shows_how_many_of_its_children_are_solved() -> None:
    ports = ports_of()
    parent, (first, *_) = _family(ports, 3)
    change_ticket(ports, RUI, Change(first, None, status="resolved"))
    found = list_linked(ports, RUI, ports.tickets.get(parent.number))

    assert (found.done, found.children) == (1, 3)


@pytest.mark.row(5, 75)
def test_what_is_linked_in_another_department_is_not_shown() -> None:
    ports = ports_of()
    both = opened_ticket(ports)
    elsewhere = opened_ticket(ports, department_id="billing")
    everywhere = replace(OUTSIDER, departments=frozenset({"support", "billing"}))
    link = Link(LinkKind.RELATED, elsewhere.number)
    linked = link_tickets(ports, everywhere, both.number, link)

    assert [t.number for _, t in list_linked(ports, everywhere, linked).links] == [link.number]
    assert list_linked(ports, RUI, linked).links == []


@pytest.mark.row(75)
def test_a_family_has_no_ring() -> None:
    ports = ports_of()
    parent, (child,) = _family(ports, 1)
    grandchild = opened_ticket(ports).number
    link_tickets(ports, RUI, child, Link(LinkKind.CHILD, grandchild))

    with pytest.raises(InvalidRequest, match="is part of"):
        link_tickets(ports, RUI, grandchild, Link(LinkKind.CHILD, parent.number))
    with pytest.raises(InvalidRequest, match="is part of"):
        link_tickets(ports, RUI, parent.number, Link(LinkKind.CHILD, parent.number))
    with pytest.raises(InvalidRequest, match="is part of"):
        link_tickets(ports, RUI, opened_ticket(ports).number, Link(LinkKind.CHILD, child))


@pytest.mark.row(75)
def test_who_solved_the_parent_answers_its_children_once() -> None:
    ports = ports_of()
    parent, (first, second, third) = _family(ports, 3)
    change_ticket(ports, RUI, Change(first, None, status="resolved"))
    asked = a_remembered(client=RUI.id)
    for _ in range(2):
        done = answer_children(
            ports, RUI, parent, "We have moved.", resolves=True, remembered=asked
        )
        parent = ports.tickets.get(parent.number)

    assert done == []
    for number in (second, third):
        assert ports.tickets.get(number).status is Status.RESOLVED
        assert [m.text for m in in_thread(ports, number)][1:] == ["We have moved."]
    assert len(in_thread(ports, first)) == 1


@pytest.mark.row(75)
def test_a_message_about_something_else_becomes_a_ticket_of_its_own() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    answers(ports, ticket, text="By the way, the lift is stuck.", reply_text="The lift is stuck.")
    second = in_thread(ports, ticket.number)[-1]
    made = split_message(ports, RUI, ticket.number, second.id, "The lift")

    (copy,) = in_thread(ports, made.number)
    assert (copy.text, copy.id) == (second.text, second.id)
    assert (made.status, made.requester) == (Status.NEW, ticket.requester)
    assert made.links == (Link(LinkKind.SPLIT_FROM, ticket.number),)
    assert ports.tickets.get(ticket.number).links == (Link(LinkKind.SPLIT_INTO, made.number),)
    assert len(in_thread(ports, ticket.number)) == 2
    created = next(e for e in ports.store.events(made.number) if e.kind is EventKind.TICKET_CREATED)
    assert created.after["acknowledge"] == "no"


def test_an_answer_of_the_desk_is_not_split_off_but_a_note_is() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    _, reply = reply_in_public(ports, RUI, Answer(ticket.number, "Done."))
    _, note = add_note(ports, RUI, Answer(ticket.number, "The lift, too."))

    with pytest.raises(InvalidRequest, match="Only a customer's message"):
        split_message(ports, RUI, ticket.number, reply.id, "The lift")
    made = split_message(ports, RUI, ticket.number, note.id, "The lift")
    assert in_thread(ports, made.number)[0].kind is MessageKind.INTERNAL_NOTE


def _closed(ports: FakePorts) -> Ticket:
    ticket = opened_ticket(ports)
    change_ticket(ports, RUI, Change(ticket.number, None, status="resolved"))
    return change_ticket(ports, RUI, Change(ticket.number, None, status="closed"))


@pytest.mark.row(17, 21)
@pytest.mark.parametrize("way", ["mail", "page"])
def test_after_the_window_a_message_makes_a_follow_up_linked_both_ways(way: str) -> None:
    ports = ports_of()
    closed = _closed(ports)
    ports.clock.advance(days=14, seconds=1)
    if way == "mail":
        number = answers(ports, closed).number
    else:
        token = page_of(ports, closed).rpartition("/")[2]
        made = answer_by_link(ports, token, "Again.")
        number = made.number
        own = token_for(ports, token, made)
        assert open_customer_page(ports, own).ticket.number == number

    follow_up, earlier = ports.tickets.get(number), ports.tickets.get(closed.number)
    assert number != closed.number
    assert (follow_up.status, earlier.status) == (Status.NEW, Status.CLOSED)
    assert follow_up.links == (Link(LinkKind.FOLLOW_UP_OF, earlier.number),)
    assert earlier.links == (Link(LinkKind.FOLLOWED_BY, number),)
    assert follow_up.requester.email == closed.requester.email
    assert len(in_thread(ports, earlier.number)) == 1


@pytest.mark.row(18, "J24")
@pytest.mark.parametrize(("hours", "window"), [(5, 5), (7_200, None)])
def test_inside_the_window_the_same_ticket_opens(hours: int, window: int | None) -> None:
    ports = ports_of()
    desk = ports.settings.desk()
    ports.settings.ready = replace(desk, ticket_rules=TicketRules(window))
    closed = _closed(ports)
    ports.clock.advance(hours=hours)

    assert answers(ports, closed).number == closed.number
    assert ports.tickets.get(closed.number).status is Status.OPEN


def test_the_window_is_measured_from_the_closing() -> None:
    rules = TicketRules(2)
    at = ports_of().clock.at

    assert not rules.is_past_reopening(at, at + timedelta(hours=2))
    assert rules.is_past_reopening(at, at + timedelta(hours=2, seconds=1))
