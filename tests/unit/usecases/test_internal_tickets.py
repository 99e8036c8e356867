"""Tickets that no customer ever sees, and tickets that change hands."""

import pytest

from chalicelib.domain.decisions import FirstMessage
from chalicelib.domain.errors import InvalidLink, InvalidRequest
from chalicelib.domain.ticket import Ticket
from chalicelib.usecases.answer_ticket import Answer, actor_of, add_note, reply_in_public
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.customer_page import open_customer_page
from chalicelib.usecases.jobs import SendLinks
from chalicelib.usecases.mail_out.letters import page_of
from chalicelib.usecases.mail_out.links import send_links
from chalicelib.usecases.merge_tickets import merge_tickets
from chalicelib.usecases.open_ticket import open_ticket
from tests.fakes import FakePorts
from tests.unit.usecases.mail_in.mails import a_delivery, a_mail, answers, comes_in
from tests.unit.usecases.stage import RUI, Stream, in_thread, opened_ticket, ports_of, wanted


def _internal(ports: FakePorts) -> Ticket:
    note = {"first_message": FirstMessage.NOTE, "opened_by": actor_of(RUI)}
    return open_ticket(ports, wanted(is_internal=True, **note))


@pytest.mark.row(60)
def test_an_internal_ticket_begins_with_a_note() -> None:
    with pytest.raises(InvalidRequest, match="begins with a note"):
        open_ticket(ports_of(), wanted(is_internal=True))


@pytest.mark.row(60)
def test_nobody_answers_it_in_public() -> None:
    ports = ports_of()
    ticket = _internal(ports)

    with pytest.raises(InvalidRequest, match="internal"):
        reply_in_public(ports, RUI, Answer(ticket.number, "Hello"))
    add_note(ports, RUI, Answer(ticket.number, "Done."))


@pytest.mark.row(60)
def test_no_link_opens_it_and_no_mail_joins_it() -> None:
    ports = ports_of()
    ticket = _internal(ports)
    with pytest.raises(InvalidLink):
        open_customer_page(ports, page_of(ports, ticket).rpartition("/")[2])
    joined = answers(ports, ticket)

    assert joined.number != ticket.number
    vacation = a_mail(message_id="v@mail.example.com", is_auto_reply=True)
    assert comes_in(ports, vacation, a_delivery("ses-9")).number != ticket.number
    assert len(in_thread(ports, ticket.number)) == 1


@pytest.mark.row(60)
def test_no_mail_of_ours_speaks_of_it() -> None:
    ports = ports_of()
    ticket = _internal(ports)
    change_ticket(ports, RUI, Change(ticket.number, None, status="resolved"))
    change_ticket(ports, RUI, Change(ticket.number, None, status="open"))
    Stream(ports).flow()
    job = SendLinks(request_id="x-1", address="ana@example.com", language="en")
    send_links(ports, job)

    assert "ana@example.com" not in str(ports.mail_sender.__dict__)


@pytest.mark.row(60, "J9")
def test_an_internal_ticket_is_not_merged_with_a_customers() -> None:
    ports = ports_of()
    internal, other = _internal(ports).number, opened_ticket(ports).number

    for pair in ((internal, other), (other, internal)):
        with pytest.raises(InvalidRequest, match="internal"):
            merge_tickets(ports, RUI, *pair)


def test_a_ticket_goes_to_another_requester_and_old_links_die() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports, participants=("ben@example.org",))
    link = page_of(ports, ticket).rpartition("/")[2]
    to_ben = Change(ticket.number, None, requester=("Ben Example", "Ben@example.org"))
    changed = change_ticket(ports, RUI, to_ben)

    assert (changed.requester.name, changed.participants) == ("Ben Example", ())
    assert changed.requester.id == ports.customers.find_by_address("ben@example.org").id
    with pytest.raises(InvalidLink):
        open_customer_page(ports, link)
    fresh = page_of(ports, changed).rpartition("/")[2]
    assert open_customer_page(ports, fresh).ticket.number == ticket.number
    assert change_ticket(ports, RUI, to_ben).version == changed.version


def test_a_ticket_does_not_go_to_the_desk_itself() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)

    with pytest.raises(InvalidRequest, match="loop"):
        change_ticket(
            ports, RUI, Change(ticket.number, None, requester=("X", "help@desk.example.com"))
        )
