"""What a signed link shows, takes and refuses."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import InvalidLink
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Channel, MessageKind, Ticket
from chalicelib.domain.tokens import capability, link_token
from chalicelib.usecases.answer_ticket import Answer, add_note, reply_in_public
from chalicelib.usecases.attachments import offer_upload
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.customer_page import (
    answer_by_link,
    ask_for_links,
    customer_file,
    open_customer_page,
)
from chalicelib.usecases.ports import AlreadyDone, Remembered
from tests.fakes import FakePorts
from tests.unit.usecases.stage import RUI, in_thread, opened_ticket, ports_of


def _token(ports: FakePorts, ticket: Ticket) -> str:
    granted = capability(ticket.number, ticket.requester.id, ticket.link_epoch)
    return link_token(granted, ports.secrets.keyring(), ports.clock.now())


@pytest.mark.row(24, 46, 61)
def test_the_page_shows_the_public_thread_the_status_and_who_has_it() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    reply_in_public(ports, RUI, Answer(ticket.number, "It is 21.", based_on=1))
    add_note(ports, RUI, Answer(ticket.number, "inside"))

    page = open_customer_page(ports, _token(ports, ticket))

    kinds = [message.kind for message in page.messages]
    assert kinds == [MessageKind.CUSTOMER_MESSAGE, MessageKind.PUBLIC_REPLY]
    assert (page.ticket.status, page.handled_by) == (Status.ANSWERED, "Rui Example")


@pytest.mark.row(12)
def test_the_customers_answer_on_the_page_opens_the_ticket() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    reply_in_public(ports, RUI, Answer(ticket.number, "It is 21.", based_on=1))

    after = answer_by_link(ports, _token(ports, ticket), "No, it is not.")

    last = in_thread(ports, ticket.number)[-1]
    assert (after.status, last.channel, last.verified) == (Status.OPEN, Channel.PORTAL, True)


@pytest.mark.row("K1")
def test_an_answer_sent_twice_is_there_once() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    asked = Remembered("page", "key", "hash", {})
    answer_by_link(ports, _token(ports, ticket), "Hello?", remembered=asked)

    with pytest.raises(AlreadyDone):
        answer_by_link(ports, _token(ports, ticket), "Hello?", remembered=asked)

    assert len(in_thread(ports, ticket.number)) == 2


def _broken_links(ports: FakePorts, ticket: Ticket) -> dict[str, str]:
    keys, now = ports.secrets.keyring(), ports.clock.now()
    whose = ticket.requester.id
    return {
        "forged": _token(ports, ticket)[:-1] + "!",
        "expired": link_token(capability(ticket.number, whose, 1), keys, now - timedelta(days=31)),
        "revoked": link_token(capability(ticket.number, whose, 9), keys, now),
        "somebody else's": link_token(capability(ticket.number, "X" * 26, 1), keys, now),
        "of no ticket": link_token(capability(404, whose, 1), keys, now),
        "empty": "",
    }


@pytest.mark.row(24)
@pytest.mark.parametrize(
    "fault", ["forged", "expired", "revoked", "somebody else's", "of no ticket", "empty"]
)
def test_every_link_that_does_not_work_says_the_same_and_does_nothing(fault: str) -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    token = _broken_links(ports, ticket)[fault]

    for use in (open_customer_page, lambda p, t: answer_by_link(p, t, "hi")):
        with pytest.raises(InvalidLink) as refused:
            use(ports, token)
        assert str(refused.value) == str(InvalidLink())
    assert len(in_thread(ports, ticket.number)) == 1


@pytest.mark.row(24)
@pytest.mark.parametrize("status", ["spam", "deleted"])
def test_a_ticket_that_was_thrown_away_has_no_page(status: str) -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    change_ticket(ports, RUI, Change(ticket.number, 1, status=status))

    with pytest.raises(InvalidLink):
        open_customer_page(ports, _token(ports, ticket))


@pytest.mark.row(24, 61)
def test_files_of_the_public_thread_can_be_fetched_and_those_of_notes_cannot() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    written = []
    for write in (reply_in_public, add_note):
        slot = offer_upload(ports, filename="a.txt", content_type="text/plain", size=1)
        ports.files.upload(slot.fields["key"], b"x", "text/plain")
        version = ports.store.tickets[ticket.number].version
        answer = Answer(ticket.number, "See.", [slot.upload], based_on=version)
        written.append(write(ports, RUI, answer)[1])
    token = _token(ports, ticket)
    reply, note = written

    assert customer_file(ports, token, reply.id, reply.attachments[0].id).startswith("https://")
    for message_id, file_id in (
        (note.id, note.attachments[0].id),
        (reply.id, note.attachments[0].id),
        ("gone", "gone"),
    ):
        with pytest.raises(InvalidLink):
            customer_file(ports, token, message_id, file_id)


def test_a_revoked_link_is_as_good_as_none() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    token = _token(ports, ticket)
    ports.store.tickets[ticket.number] = replace(ticket, link_epoch=2)

    with pytest.raises(InvalidLink):
        open_customer_page(ports, token)


@pytest.mark.row(24)
def test_asking_for_a_link_is_noted_once_in_ten_minutes() -> None:
    ports = ports_of()

    for _ in range(3):
        ask_for_links(ports, "ana@example.com", "en")

    assert len(ports.link_requests.asked) == 1
