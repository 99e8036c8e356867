"""What happens by itself, once each, however often somebody looks."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import TicketNotFound
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import EventKind, Priority
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.jobs import FillDepartment, WakeTicket
from chalicelib.usecases.timers import sweep_due_tickets, sweep_waiting_tickets, wake_ticket
from tests.unit.usecases.stage import RUI, opened_ticket, ports_of, pushed, there


def _kinds(ports: object, number: int) -> list[EventKind]:
    return [event.kind for event in ports.store.events(number)]  # type: ignore[attr-defined]


@pytest.mark.row(51, 52)
def test_waking_three_times_is_like_waking_once() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number
    ports.clock.advance(hours=2)

    states = [wake_ticket(ports, number) for _ in range(3)]

    assert states[0] == states[1] == states[2]
    assert _kinds(ports, number).count(EventKind.TARGET_BREACHED) == 1
    assert states[0].priority is Priority.HIGH


@pytest.mark.row(51)
def test_the_warning_comes_at_the_lead_time_and_the_breach_at_the_due_time() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number

    told = []
    for minute in range(0, 90, 5):
        ports.clock.at = ports.store.tickets[number].created_at + timedelta(minutes=minute)
        before = len(ports.store.events(number))
        wake_ticket(ports, number)
        told += [(minute, event.kind) for event in ports.store.events(number)[before:]]

    assert [t for t in told if t[1] != EventKind.PRIORITY_CHANGED] == [
        (45, EventKind.TARGET_AT_RISK),
        (60, EventKind.TARGET_BREACHED),
    ]


@pytest.mark.row(52, "K5")
def test_the_sweep_hands_over_what_is_due_and_nothing_else() -> None:
    ports = ports_of()
    due = [opened_ticket(ports).number for _ in range(6)]
    ports.clock.advance(minutes=50)
    opened_ticket(ports)

    assert sweep_due_tickets(ports) == len(due)

    assert sorted(job.number for job in ports.jobs.sent if isinstance(job, WakeTicket)) == due


@pytest.mark.row(52)
def test_two_sweeps_at_once_tell_each_breach_once() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number
    ports.clock.advance(hours=1)
    for _ in range(2):
        sweep_due_tickets(ports)

    for job in ports.jobs.sent:
        wake_ticket(ports, job.number)  # type: ignore[attr-defined]

    assert _kinds(ports, number).count(EventKind.TARGET_BREACHED) == 1
    # Nothing is left for the next sweep but the next promise.
    assert sweep_due_tickets(ports) == 0


@pytest.mark.row(52)
def test_a_missed_day_of_sweeps_is_made_up_with_the_due_times() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    ports.clock.advance(days=1)
    assert sweep_due_tickets(ports) == 1

    wake_ticket(ports, ticket.number)

    breaches = [e for e in ports.store.events(ticket.number) if "due_at" in e.after]
    assert breaches[0].after["due_at"] == (ticket.created_at + timedelta(hours=1)).isoformat()


@pytest.mark.row(15)
def test_a_postponed_ticket_comes_back_at_its_time() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number
    until = ports.clock.now() + timedelta(days=3)
    change_ticket(ports, RUI, Change(number, 1, status="postponed", postponed_until=until))

    ports.clock.at = until - timedelta(seconds=1)
    assert sweep_due_tickets(ports) == 0
    ports.clock.at = until
    assert sweep_due_tickets(ports) == 1
    assert wake_ticket(ports, number).status is Status.NEW


@pytest.mark.row(20)
def test_a_ticket_without_promises_is_never_swept() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports, department_id="billing")
    ports.clock.advance(days=400)

    assert sweep_due_tickets(ports) == 0
    assert ports.store.tickets[ticket.number] == ticket


def test_a_ticket_that_is_gone_says_so() -> None:
    with pytest.raises(TicketNotFound):
        wake_ticket(ports_of(), 404)


@pytest.mark.row(41, "J10")
def test_the_sweep_asks_for_assignment_where_somebody_waits() -> None:
    ports = ports_of()
    opened_ticket(ports)

    assert sweep_waiting_tickets(ports) == 1

    (job,) = ports.jobs.sent
    assert isinstance(job, FillDepartment)
    assert job.department_id == "support"


@pytest.mark.row(41)
def test_where_nobody_waits_no_job_is_made() -> None:
    ports = ports_of()
    there(ports, RUI)
    pushed(ports)

    assert sweep_waiting_tickets(ports) == 0
    assert ports.jobs.sent == []
