"""What was thrown away can be restored for 30 days, and then it is gone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import InvalidTransition, StaleTicket, TicketNotFound
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Ticket
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.merge_tickets import merge_tickets
from chalicelib.usecases.purge_ticket import purge_when_due
from chalicelib.usecases.split_message import split_message
from chalicelib.usecases.timers import wake_ticket
from tests.builders import an_attachment
from tests.fakes import FakePorts
from tests.unit.usecases.stage import RUI, in_thread, opened_ticket, ports_of

_MONTH = timedelta(days=30)


def _with_file(ports: FakePorts) -> Ticket:
    ports.files.put("uploads/file-1", b"picture", "image/png")
    return opened_ticket(ports, attachments=(an_attachment(),))


def _throw_away(ports: FakePorts, number: int, how: str = "deleted") -> Ticket:
    return change_ticket(ports, RUI, Change(number, None, status=how))


@pytest.mark.row(18)
@pytest.mark.parametrize("how", ["deleted", "spam"])
def test_it_can_be_restored_until_the_last_moment(how: str) -> None:
    ports = ports_of()
    number = _with_file(ports).number
    gone = _throw_away(ports, number, how)
    assert gone.wake_at == gone.gone_at == ports.clock.at + _MONTH
    ports.clock.at = ports.clock.at + _MONTH - timedelta(seconds=1)
    assert not purge_when_due(ports, number)
    wake_ticket(ports, number)
    back = change_ticket(ports, RUI, Change(number, None, status="restored"))

    assert (back.status, back.put_away_at) == (Status.NEW, None)
    ports.clock.advance(days=60)
    assert not purge_when_due(ports, number)


@pytest.mark.row(18)
@pytest.mark.parametrize("times", [1, 2])
def test_after_30_days_its_words_and_files_are_gone(times: int) -> None:
    ports = ports_of()
    number = _with_file(ports).number
    _throw_away(ports, number)
    ports.clock.at = ports.clock.at + _MONTH
    with pytest.raises(InvalidTransition):
        change_ticket(ports, RUI, Change(number, None, status="restored"))
    for _ in range(times):
        assert purge_when_due(ports, number)

    with pytest.raises(TicketNotFound):
        ports.tickets.get(number)
    assert in_thread(ports, number) == []
    assert ports.files.stored == {}


@pytest.mark.row(18)
def test_a_job_that_died_half_way_takes_the_rest_away() -> None:
    ports = ports_of()
    number = _with_file(ports).number
    ports.tickets.remove(ports.tickets.get(number))
    assert purge_when_due(ports, number)

    assert (in_thread(ports, number), ports.files.stored) == ([], {})


@pytest.mark.row(18, "J9")
def test_what_was_merged_goes_with_it() -> None:
    ports = ports_of()
    older, newer = opened_ticket(ports).number, _with_file(ports).number
    merge_tickets(ports, RUI, newer, older)
    _throw_away(ports, older)
    ports.clock.advance(days=31)
    assert purge_when_due(ports, older)

    assert ports.store.tickets == {}
    assert ports.files.stored == {}


@pytest.mark.row(18)
def test_a_file_that_another_ticket_shows_stays() -> None:
    ports = ports_of()
    number = _with_file(ports).number
    (message,) = in_thread(ports, number)
    split = split_message(ports, RUI, number, message.id, "Another thing")
    _throw_away(ports, number)
    ports.clock.advance(days=31)
    assert purge_when_due(ports, number)

    assert [m.attachments for m in in_thread(ports, split.number)] == [message.attachments]
    assert "uploads/file-1" in ports.files.stored


def test_a_ticket_that_changed_meanwhile_is_decided_on_again() -> None:
    ports = ports_of()
    ticket = _with_file(ports)

    with pytest.raises(StaleTicket):
        ports.tickets.remove(replace(ticket, version=7))
