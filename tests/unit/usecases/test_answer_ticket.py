"""Agents answer in public and leave notes."""

import pytest

from chalicelib.domain.errors import InvalidTransition, NotAllowed, StaleTicket, TicketNotFound
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import DeliveryState, MessageKind
from chalicelib.usecases.answer_ticket import Answer, add_note, reply_in_public
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.ports import AlreadyDone, Remembered
from tests.fakes import FakePorts
from tests.unit.usecases.stage import (
    ADMIN,
    OUTSIDER,
    READER,
    RUI,
    in_thread,
    opened_ticket,
    ports_of,
    pushed,
    there,
)


def _answer(number: int, based_on: int | None = 1, **changes: object) -> Answer:
    return Answer(number, "It is 21 now.", based_on=based_on, **changes)  # type: ignore[arg-type]


@pytest.mark.row(11, 28)
def test_a_reply_answers_the_ticket_and_waits_to_leave_by_mail() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number

    ticket, message = reply_in_public(ports, RUI, _answer(number))

    assert (ticket.status, message.kind) == (Status.ANSWERED, MessageKind.PUBLIC_REPLY)
    assert message.delivery is DeliveryState.QUEUED
    assert in_thread(ports, number)[-1] == message


@pytest.mark.row(46)
def test_who_answers_a_ticket_that_nobody_has_becomes_its_owner() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number

    ticket, _ = reply_in_public(ports, RUI, _answer(number))

    assert ticket.assignee_id == RUI.id


@pytest.mark.row(46)
def test_a_colleague_who_answers_leaves_the_owner() -> None:
    ports = ports_of()
    there(ports, RUI)
    ticket = pushed(ports)

    helped, _ = reply_in_public(ports, ADMIN, _answer(ticket.number, ticket.version))

    assert helped.assignee_id == RUI.id


def _customer_writes(ports: FakePorts, number: int) -> None:
    add_note(ports, RUI, Answer(number, "new content"))


@pytest.mark.row("K3", "J11")
def test_a_reply_on_stale_content_is_refused_and_nothing_is_written() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number
    _customer_writes(ports, number)
    before = ports.store.tickets[number]

    with pytest.raises(StaleTicket) as refused:
        reply_in_public(ports, RUI, _answer(number, 1))

    assert (refused.value.based_on, refused.value.current) == (1, 2)
    assert ports.store.tickets[number] == before


def test_a_change_of_owner_does_not_make_words_stale() -> None:
    ports = ports_of()
    there(ports, RUI)
    ticket = pushed(ports)
    assert ticket.version == 2

    answered, _ = reply_in_public(ports, RUI, _answer(ticket.number, 1))

    assert answered.status is Status.ANSWERED


@pytest.mark.row(16)
def test_a_reply_can_resolve_the_ticket_at_once() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number

    ticket, _ = reply_in_public(ports, RUI, _answer(number, resolves=True))

    assert (ticket.status, ticket.resolved_at) == (Status.RESOLVED, ports.clock.now())


@pytest.mark.row(5, 7)
def test_an_agent_of_another_department_finds_no_such_ticket() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number

    for write in (reply_in_public, add_note):
        with pytest.raises(TicketNotFound):
            write(ports, OUTSIDER, _answer(number))
    assert len(in_thread(ports, number)) == 1


def test_a_collaborator_may_note_but_not_reply() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number

    with pytest.raises(NotAllowed):
        reply_in_public(ports, READER, _answer(number))
    _, note = add_note(ports, READER, _answer(number))

    assert note.kind is MessageKind.INTERNAL_NOTE


@pytest.mark.row(11, 61)
def test_a_note_leaves_the_status_and_has_no_delivery() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number

    ticket, note = add_note(ports, RUI, _answer(number))

    assert (ticket.status, note.delivery) == (Status.NEW, None)


@pytest.mark.row(61)
def test_notes_of_several_people_all_stay_whatever_version_they_saw() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number

    for agent in (RUI, READER, ADMIN):
        add_note(ports, agent, _answer(number, 1))

    assert [m.author.id for m in in_thread(ports, number)[1:]] == [RUI.id, READER.id, ADMIN.id]


@pytest.mark.row("K1")
@pytest.mark.parametrize("write", [reply_in_public, add_note])
def test_the_same_request_twice_writes_once(write: type) -> None:
    ports = ports_of()
    number = opened_ticket(ports).number
    asked = Remembered(RUI.id, "key", "hash", {})
    write(ports, RUI, _answer(number, None), asked)

    with pytest.raises(AlreadyDone) as done:
        write(ports, RUI, _answer(number, None), asked)

    first = in_thread(ports, number)[-1]
    assert done.value.remembered is not None
    assert done.value.remembered.answer == {"message": first.id}
    assert len(in_thread(ports, number)) == 2


@pytest.mark.row(17)
def test_nobody_answers_on_spam() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number
    change_ticket(ports, RUI, Change(number, 1, status="spam"))

    with pytest.raises(InvalidTransition):
        reply_in_public(ports, RUI, _answer(number, None))


@pytest.mark.row(41, 43)
def test_an_answer_frees_room_on_the_agents_load() -> None:
    ports = ports_of()
    there(ports, RUI)
    ticket = pushed(ports)
    assert ports.store.loads[RUI.id].open_count == 1

    reply_in_public(ports, RUI, _answer(ticket.number, ticket.version))

    assert ports.store.loads[RUI.id].open_count == 0
