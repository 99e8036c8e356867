"""From the end of a ticket to its rating, by the real functions on a table, each fed three times."""

from collections.abc import Iterator

import pytest

from chalicelib.domain.letter import LetterKind
from chalicelib.domain.satisfaction import Rating
from chalicelib.domain.ticket import EventKind
from chalicelib.sweeps import due_tickets
from chalicelib.usecases.change_settings import save_setting
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.jobs import TellOfEvent, WakeTicket
from chalicelib.usecases.rate_ticket import rate_ticket
from chalicelib.workers import notification, timers
from tests.lambdas.test_handlers import a_batch, a_form, jobs_of, same_as_once
from tests.moto_desk import MotoPorts, desk_on_moto


@pytest.fixture
def desk() -> Iterator[MotoPorts]:
    """A desk that asks a day after a ticket was solved."""
    with desk_on_moto() as ports:
        save_setting(ports, "satisfaction_rules", {"id": "satisfaction"}, based_on=0)
        ports.clock.advance(minutes=1)
        yield ports


@pytest.mark.row(23, 70, "K1")
@pytest.mark.parametrize("seed", range(3))
def test_closing_leads_to_one_question_and_one_rating(desk: MotoPorts, seed: int) -> None:
    number = a_form(desk)
    agent = desk.settings.desk().agents["eva"]
    for status in ("resolved", "closed"):
        change_ticket(desk, agent, Change(number, None, status=status))
    notification.handle(a_batch(*jobs_of(desk, TellOfEvent)))
    desk.jobs.sent.clear()
    due_tickets.handle()
    assert not [job for job in desk.jobs.sent if isinstance(job, WakeTicket)]

    desk.clock.advance(hours=24)
    due_tickets.handle()
    due_tickets.handle()
    wakes = [job for job in desk.jobs.sent if isinstance(job, WakeTicket)]
    assert {job.number for job in wakes} == {number}
    same_as_once(desk, timers.handle, a_batch(*wakes), seed=seed)
    same_as_once(desk, notification.handle, a_batch(*jobs_of(desk, TellOfEvent)), seed=seed)

    questions = [x for x in desk.composer.letters if x.kind is LetterKind.SATISFACTION]
    assert [letter.to_address for letter in questions] == ["ana@example.com"]
    token = questions[0].page_url.rpartition("/")[2]
    for _ in range(3):
        rate_ticket(desk, token, Rating.BAD, "Slow.")
    same_as_once(desk, notification.handle, a_batch(*jobs_of(desk, TellOfEvent)), seed=seed)

    ticket = desk.tickets.get(number)
    kinds = [entry.kind for entry in desk.tickets.open_thread(number, limit=50).entries]
    assert kinds.count(EventKind.SATISFACTION_ASKED) == 1
    assert kinds.count(EventKind.SATISFACTION_RATED) == 1
    assert (ticket.satisfaction.rating, ticket.satisfaction.comment) == (Rating.BAD, "Slow.")
    assert ticket.wake_at is None
