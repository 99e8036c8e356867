"""Agents change status, priority, department, owner, subject and tags."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import (
    InvalidRequest,
    InvalidTransition,
    NotAllowed,
    StaleTicket,
    TicketNotFound,
)
from chalicelib.domain.status import Cause, Status
from chalicelib.domain.ticket import EventKind, Priority
from chalicelib.usecases.change_ticket import Change, allowed_causes, change_ticket
from tests.unit.usecases.stage import (
    BOSS,
    EVA,
    OUTSIDER,
    READER,
    RUI,
    a_person_who_left,
    opened_ticket,
    ports_of,
    pushed,
    the_desk,
    there,
)


@pytest.mark.row("K3", 7)
def test_a_stale_edit_is_refused_and_nothing_is_half_done() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number
    change_ticket(ports, RUI, Change(number, 1, tags=("vat",)))

    with pytest.raises(StaleTicket) as refused:
        change_ticket(ports, EVA, Change(number, 1, subject="Mine", priority=Priority.LOW))

    assert (refused.value.based_on, refused.value.current) == (1, 2)
    stored = ports.store.tickets[number]
    assert (stored.subject, stored.priority) == ("The invoice is wrong", Priority.NORMAL)


@pytest.mark.row(7)
def test_several_changes_at_once_are_one_write_with_an_event_each() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number

    ticket = change_ticket(
        ports,
        BOSS,
        Change(
            number, 1, subject="Total is wrong", tags=("vat",), priority=Priority.HIGH,
            assignee_id=RUI.id, status="resolved",
        ),
    )  # fmt: skip

    assert ticket.version == 2
    assert [event.kind for event in ports.store.events(number)[1:]] == [
        EventKind.SUBJECT_CHANGED,
        EventKind.TAGS_CHANGED,
        EventKind.PRIORITY_CHANGED,
        EventKind.TICKET_ASSIGNED,
        EventKind.STATUS_CHANGED,
    ]
    assert {event.actor.id for event in ports.store.events(number)[1:]} == {BOSS.id}


def test_a_change_of_nothing_writes_nothing() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number

    ticket = change_ticket(ports, RUI, Change(number, 1, priority=Priority.NORMAL))

    assert ticket.version == 1
    assert len(ports.store.events(number)) == 1


@pytest.mark.row(46)
def test_another_department_frees_the_owner_and_his_load() -> None:
    ports = ports_of()
    there(ports, RUI)
    ticket = pushed(ports)

    moved = change_ticket(
        ports, RUI, Change(ticket.number, ticket.version, department_id="billing")
    )

    assert (moved.department_id, moved.assignee_id) == ("billing", "")
    assert ports.store.loads[RUI.id].open_count == 0
    with pytest.raises(TicketNotFound):
        change_ticket(ports, RUI, Change(ticket.number, moved.version, tags=()))


@pytest.mark.row(46)
@pytest.mark.parametrize("agent_id", ["gone", OUTSIDER.id, EVA.id])
def test_only_an_active_member_of_the_department_can_own_a_ticket(agent_id: str) -> None:
    ports = ports_of()
    number = opened_ticket(ports).number
    ports.settings.ready = the_desk(RUI, OUTSIDER, a_person_who_left(EVA))

    with pytest.raises(InvalidRequest) as refused:
        change_ticket(ports, RUI, Change(number, 1, assignee_id=agent_id))

    assert [fault.field for fault in refused.value.faults] == ["assignee_id"]


@pytest.mark.row(46)
def test_a_ticket_is_handed_over_and_taken_back() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number

    for version, owner in enumerate([RUI.id, EVA.id, ""], start=1):
        ticket = change_ticket(ports, BOSS, Change(number, version, assignee_id=owner))
        assert ticket.assignee_id == owner
    assert {name: load.open_count for name, load in ports.store.loads.items()} == {
        RUI.id: 0,
        EVA.id: 0,
    }


@pytest.mark.row(14)
def test_postponing_takes_a_time_and_a_reason() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number
    until = ports.clock.now() + timedelta(days=1)

    ticket = change_ticket(
        ports,
        RUI,
        Change(number, 1, status="postponed", postponed_until=until, postponed_reason="part"),
    )

    assert (ticket.status, ticket.wake_at) == (Status.POSTPONED, until)
    assert ticket.postponed_reason == "part"


@pytest.mark.row(14)
@pytest.mark.parametrize("days", [None, -1, 0])
def test_postponing_without_a_time_ahead_is_refused_at_its_field(days: int | None) -> None:
    ports = ports_of()
    number = opened_ticket(ports).number
    until = None if days is None else ports.clock.now() + timedelta(days=days)

    with pytest.raises(InvalidRequest) as refused:
        change_ticket(ports, RUI, Change(number, 1, status="postponed", postponed_until=until))

    assert [fault.field for fault in refused.value.faults] == ["postponed_until"]


def test_what_does_not_exist_is_refused_at_its_field() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number

    with pytest.raises(InvalidRequest) as refused:
        change_ticket(ports, RUI, Change(number, 1, department_id="gone"))

    assert [fault.field for fault in refused.value.faults] == ["department_id"]


@pytest.mark.row(16, 18)
def test_a_ticket_is_resolved_reopened_resolved_and_closed() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number

    for version, wanted in enumerate(["resolved", "open", "resolved", "closed"], start=1):
        ticket = change_ticket(ports, RUI, Change(number, version, status=wanted))
        assert ticket.status == wanted


@pytest.mark.row(17)
def test_a_step_that_the_table_lacks_is_refused() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number

    with pytest.raises(InvalidTransition):
        change_ticket(ports, RUI, Change(number, 1, status="closed"))


@pytest.mark.row(5, "J14")
def test_strangers_find_no_ticket_and_readers_may_not_change_it() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number

    with pytest.raises(TicketNotFound):
        change_ticket(ports, OUTSIDER, Change(number, 1, status="deleted"))
    with pytest.raises(NotAllowed):
        change_ticket(ports, READER, Change(number, 1, status="deleted"))
    assert ports.store.tickets[number].status is Status.NEW


def test_menus_offer_what_the_table_and_the_role_allow() -> None:
    ticket = opened_ticket(ports_of())

    assert set(allowed_causes(ticket, RUI)) == {
        Cause.AGENT_REPLIED, Cause.POSTPONED, Cause.RESOLVED, Cause.MARKED_SPAM, Cause.DELETED,
    }  # fmt: skip
    assert allowed_causes(ticket, OUTSIDER) == ()
    assert allowed_causes(ticket, READER) == ()
