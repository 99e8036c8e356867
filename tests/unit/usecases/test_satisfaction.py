"""One question after the end: when it is asked, whom, how often, and what becomes of the answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.decisions import FirstMessage
from chalicelib.domain.desk import NoticeKind
from chalicelib.domain.errors import InvalidLink, Throttled
from chalicelib.domain.letter import LetterKind
from chalicelib.domain.satisfaction import Rating, SatisfactionRules
from chalicelib.domain.set_up import TicketRules
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Channel, EventKind, Ticket
from chalicelib.gateways.mail_content import content_of
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.customer_page import answer_by_link
from chalicelib.usecases.dispatch_change import jobs_for_event
from chalicelib.usecases.jobs import TellOfEvent
from chalicelib.usecases.mail_out.events import tell_of_event
from chalicelib.usecases.mail_out.letters import page_of
from chalicelib.usecases.merge_tickets import merge_tickets
from chalicelib.usecases.ports import SuppressedAddress, SuppressionReason
from chalicelib.usecases.rate_ticket import look_at_rating, rate_ticket
from chalicelib.usecases.timers import wake_ticket
from tests.builders import AGENT
from tests.fakes import FakePorts
from tests.unit.usecases.stage import EVA, RUI, Stream, opened_ticket, ports_of, pushed, there

ANA = "ana@example.com"


def _ports(**rules: Any) -> FakePorts:
    ports = ports_of()
    asking = SatisfactionRules(**{"is_active": True, "delay_hours": 24} | rules)
    ports.settings.ready = replace(
        ports.settings.desk(), satisfaction_rules=asking, ticket_rules=TicketRules(None)
    )
    there(ports, RUI)
    return ports


def _to(ports: FakePorts, number: int, status: str) -> Ticket:
    return change_ticket(ports, RUI, Change(number, None, status=status))


def _solved(ports: FakePorts, **changes: Any) -> int:
    """A ticket that its owner solved."""
    number = pushed(ports, **changes).number
    _to(ports, number, "resolved")
    return number


def _a_day_later(ports: FakePorts, number: int) -> Ticket:
    """The alarm's worker came three times, and so did every job that followed."""
    Stream(ports).flow()
    ports.clock.advance(hours=24)
    for _ in range(3):
        wake_ticket(ports, number)
    Stream(ports).flow(times=3)
    return ports.store.tickets[number]


def _asked(ports: FakePorts, number: int = 1001) -> int:
    told = [e for e in ports.store.events(number) if e.kind is EventKind.SATISFACTION_ASKED]
    return len(told)


def _not_asked(ports: FakePorts, number: int) -> list[str]:
    told = ports.store.events(number)
    return [e.after["reason"] for e in told if e.kind is EventKind.SATISFACTION_NOT_ASKED]


def _questions(ports: FakePorts) -> list[str]:
    sent = [x for x in ports.composer.letters if x.kind is LetterKind.SATISFACTION]
    return [letter.to_address for letter in sent]


def _token(ports: FakePorts) -> str:
    (letter,) = [x for x in ports.composer.letters if x.kind is LetterKind.SATISFACTION]
    return letter.page_url.rpartition("/")[2]


@pytest.mark.row(23)
@pytest.mark.parametrize("after", [Status.RESOLVED, Status.CLOSED])
def test_the_end_of_a_ticket_asks_its_customer_once(after: Status) -> None:
    ports = _ports(after=after)
    number = pushed(ports).number
    solved = _to(ports, number, "resolved")
    closed = _to(ports, number, "closed")
    assert bool(solved.satisfaction.ask_at) is (after is Status.RESOLVED)
    assert closed.wake_at == closed.satisfaction.ask_at == ports.clock.at + timedelta(hours=24)

    ticket = _a_day_later(ports, number)

    assert (_questions(ports), _asked(ports)) == ([ANA], 1)
    assert ticket.satisfaction.asked_at == ports.clock.at
    assert ticket.wake_at is None


@pytest.mark.row(23)
def test_a_desk_that_did_not_choose_to_ask_asks_nobody() -> None:
    ports = _ports(is_active=False)
    ticket = _a_day_later(ports, _solved(ports))

    assert (_questions(ports), _asked(ports), ticket.satisfaction.ask_at) == ([], 0, None)


@pytest.mark.row(23)
def test_whoever_chooses_to_ask_does_not_ask_about_what_was_over_before() -> None:
    ports = _ports(is_active=False)
    number = _solved(ports)
    desk = ports.settings.desk()
    ports.settings.ready = replace(desk, satisfaction_rules=SatisfactionRules(is_active=True))
    change_ticket(ports, RUI, Change(number, None, tags=("old",)))

    assert _a_day_later(ports, number).satisfaction.asked_at is None


@pytest.mark.row(23)
def test_a_ticket_that_comes_back_before_the_question_is_asked_about_at_its_next_end() -> None:
    ports = _ports()
    number = _solved(ports)
    ports.clock.advance(hours=23)
    assert _to(ports, number, "open").satisfaction.ask_at is None
    assert _a_day_later(ports, number).satisfaction.asked_at is None
    _to(ports, number, "resolved")
    _a_day_later(ports, number)

    assert _questions(ports) == [ANA]


@pytest.mark.row(23)
def test_closed_again_after_the_question_a_ticket_is_not_asked_about_again() -> None:
    ports = _ports()
    number = _solved(ports)
    _a_day_later(ports, number)
    for _ in range(3):
        _to(ports, number, "open")
        _to(ports, number, "resolved")
        _to(ports, number, "closed")
        _a_day_later(ports, number)

    assert (_questions(ports), _asked(ports)) == ([ANA], 1)


def test_a_customer_who_writes_between_alarm_and_mail_is_not_asked() -> None:
    ports = _ports()
    number = _solved(ports)
    stream = Stream(ports)
    stream.flow()
    ports.clock.advance(hours=24)
    ticket = wake_ticket(ports, number)
    answer_by_link(ports, page_of(ports, ticket).rpartition("/")[2], "Not yet.")
    stream.flow(times=2)

    assert (_questions(ports), _not_asked(ports, number)) == ([], ["came_back"])


@pytest.mark.row(23, 60)
@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({"facts": {"acknowledge": "no"}, "channel": Channel.MAIL}, {}),
        ({"channel": Channel.MAIL, "verified": False}, {}),
        ({}, {"excluded_departments": frozenset({"support"})}),
    ],
    ids=["a machine or a list", "an address that nobody proved", "a department that asks nobody"],
)
def test_some_are_never_asked(changes: dict[str, Any], rules: dict[str, Any]) -> None:
    ports = _ports(**rules)
    number = _solved(ports, **changes)
    _a_day_later(ports, number)

    assert _questions(ports) == []


@pytest.mark.row(60)
def test_internal_tickets_are_never_asked_about() -> None:
    ports = _ports()
    first = {"first_message": FirstMessage.NOTE, "opened_by": AGENT, "is_internal": True}
    number = opened_ticket(ports, **first).number
    _to(ports, number, "resolved")

    assert _a_day_later(ports, number).satisfaction.asked_at is None


def test_a_ticket_that_an_agent_opened_for_a_customer_is_asked_about() -> None:
    ports = _ports()
    number = _solved(ports, opened_by=AGENT)
    _a_day_later(ports, number)

    assert _questions(ports) == [ANA]


@pytest.mark.parametrize("status", ["spam", "deleted"])
def test_a_ticket_thrown_away_is_not_asked_about_unless_it_is_restored(status: str) -> None:
    ports = _ports()
    number = _solved(ports)
    _to(ports, number, status)
    assert _a_day_later(ports, number).satisfaction.ask_at is None
    _to(ports, number, "restored")
    stream = Stream(ports)
    stream.new_events()
    wake_ticket(ports, number)
    stream.flow(times=2)

    assert _questions(ports) == [ANA]


@pytest.mark.row(14)
def test_a_ticket_that_was_merged_away_is_not_asked_about() -> None:
    ports = _ports()
    number = _solved(ports)
    other = opened_ticket(ports).number
    merge_tickets(ports, RUI, number, into=other)

    assert _a_day_later(ports, number).satisfaction == replace(
        ports.store.tickets[number].satisfaction, ask_at=None, asked_at=None
    )
    assert _questions(ports) == []


def test_a_suppressed_address_gets_no_question() -> None:
    ports = _ports()
    number = _solved(ports)
    ports.suppressions.suppress(
        SuppressedAddress(ANA, SuppressionReason.BOUNCE, ports.clock.at), "x"
    )
    _a_day_later(ports, number)

    assert ANA not in [mail.recipient for mail in ports.mail_sender.sent]
    assert _not_asked(ports, number) == ["no_mail"]


@pytest.mark.row(23)
def test_a_question_that_the_limits_of_its_address_stop_is_told_of_as_not_asked() -> None:
    ports = _ports()
    first, second = _solved(ports), _solved(ports)
    _a_day_later(ports, first)
    wake_ticket(ports, second)
    Stream(ports).flow(times=3)

    assert (_questions(ports), _not_asked(ports, first)) == ([ANA], [])
    assert _not_asked(ports, second) == ["too_many"]
    assert ports.store.tickets[second].satisfaction.asked_at is None
    # Its next end asks, as for one that was never asked about.
    _to(ports, second, "open")
    _to(ports, second, "resolved")
    _a_day_later(ports, second)
    assert _questions(ports) == [ANA, ANA]


def test_a_question_that_left_stays_asked_when_the_ticket_opens_and_its_job_comes_again() -> None:
    ports = _ports()
    number = _solved(ports)
    stream = Stream(ports)
    stream.flow()
    ports.clock.advance(hours=24)
    wake_ticket(ports, number)
    ((_, event),) = stream.new_events()
    (job,) = jobs_for_event(number, event)
    assert isinstance(job, TellOfEvent)
    tell_of_event(ports, job)
    _to(ports, number, "open")
    tell_of_event(ports, job)

    assert (_questions(ports), _not_asked(ports, number)) == ([ANA], [])
    assert ports.store.tickets[number].satisfaction.asked_at is not None


def test_a_throttled_question_leaves_later_and_once() -> None:
    ports = _ports(delay_hours=2)
    number = _solved(ports)
    stream = Stream(ports)
    stream.flow()
    ports.clock.advance(hours=2)
    wake_ticket(ports, number)
    ports.mail_sender.failures.append(Throttled("rate"))
    with pytest.raises(Throttled):
        stream.flow()
    before = len(ports.mail_sender.sent)
    for _ in range(2):
        Stream(ports).flow()

    assert len(ports.mail_sender.sent) == before + 1


def test_the_mail_has_both_links_in_every_language_and_none_to_the_ticket() -> None:
    ports = _ports()
    _a_day_later(ports, _solved(ports))
    (letter,) = [x for x in ports.composer.letters if x.kind is LetterKind.SATISFACTION]
    for language in ("en", "es", "pt_BR", "pt_PT"):
        content = content_of(replace(letter, language=language))
        for part in (content.text, content.html):
            assert f"{letter.page_url}?rating=good" in part
            assert f"{letter.page_url}?rating=bad" in part
            assert "/t/" not in part


@pytest.mark.row(23, 70)
def test_the_answer_is_the_agents_who_owned_the_ticket_when_it_was_solved() -> None:
    ports = _ports()
    number = _solved(ports)
    change_ticket(ports, RUI, Change(number, None, assignee_id=EVA.id))
    _a_day_later(ports, number)
    rate_ticket(ports, _token(ports), Rating.GOOD, "Quick.")

    (told,) = [e for e in ports.store.events(number) if e.kind is EventKind.SATISFACTION_RATED]
    assert told.after == {
        "rating": "good", "comment": "Quick.", "agent": RUI.id, "department": "support",
    }  # fmt: skip
    known = ports.store.tickets[number].satisfaction
    assert (known.rating, known.comment, known.agent_id) == (Rating.GOOD, "Quick.", RUI.id)


@pytest.mark.row(70)
def test_an_answer_counts_once_and_may_be_changed_for_some_days() -> None:
    ports = _ports(change_days=7)
    _a_day_later(ports, _solved(ports))
    token = _token(ports)
    for _ in range(3):
        rate_ticket(ports, token, Rating.GOOD, "")
    ports.clock.advance(days=7)
    rate_ticket(ports, token, Rating.BAD, "It broke again.")
    ports.clock.advance(seconds=1)
    page = rate_ticket(ports, token, Rating.GOOD, "")

    told = [e for e in ports.store.events(1001) if e.kind is EventKind.SATISFACTION_RATED]
    assert [(e.before["rating"], e.after["rating"]) for e in told] == [
        ("", "good"), ("good", "bad"),
    ]  # fmt: skip
    assert (page.is_open, page.ticket.satisfaction.rating) == (False, Rating.BAD)


@pytest.mark.row(56, 70)
def test_only_an_answer_that_turns_bad_is_told_to_the_agent_and_as_he_chose() -> None:
    for chosen, notices, mails in (((), 0, 0), (("in_app", "mail"), 1, 1)):
        ports = _ports()
        desk = ports.settings.desk()
        rui = replace(RUI, notices={NoticeKind.RATED_BADLY: chosen})
        ports.settings.ready = replace(desk, agents={**desk.agents, RUI.id: rui})
        _a_day_later(ports, _solved(ports))
        token = _token(ports)
        for said, why in ((Rating.GOOD, ""), (Rating.BAD, "Slow."), (Rating.BAD, "Slow, rude.")):
            rate_ticket(ports, token, said, why)
        Stream(ports).flow(times=2)

        found, _ = ports.notices.list_by_agent(RUI.id, limit=50, cursor="")
        assert len([n for n in found if n.kind is NoticeKind.RATED_BADLY]) == notices
        told = [x for x in ports.composer.letters if x.kind is LetterKind.AGENT_RATED_BADLY]
        assert len(told) == mails
        assert all("Slow." in content_of(letter).text for letter in told)


def _thrown_away(ports: FakePorts) -> None:
    _to(ports, 1001, "deleted")


def _revoked(ports: FakePorts) -> None:
    ticket = ports.store.tickets[1001]
    ports.store.tickets[1001] = replace(ticket, link_epoch=2)


def _gone(ports: FakePorts) -> None:
    del ports.store.tickets[1001]


@pytest.mark.parametrize("happens", [_thrown_away, _revoked, _gone])
def test_a_link_that_is_void_opens_nothing(happens: Callable[[FakePorts], None]) -> None:
    ports = _ports()
    _a_day_later(ports, _solved(ports))
    token = _token(ports)
    happens(ports)

    for use in (lambda: look_at_rating(ports, token), lambda: _rate(ports, token)):
        with pytest.raises(InvalidLink):
            use()


def _rate(ports: FakePorts, token: str) -> None:
    rate_ticket(ports, token, Rating.GOOD, "")


@pytest.mark.row(23)
@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["resolved", "open", "closed", "wait", "spam", "restored"])))
def test_whatever_happens_a_customer_is_asked_at_most_once_and_never_of_open_tickets(
    history: list[str],
) -> None:
    ports = _ports()
    number = pushed(ports).number
    for step in history:
        if step == "wait":
            ports.clock.advance(hours=13)
            wake_ticket(ports, number)
        elif step in _possible(ports.store.tickets[number]):
            _to(ports, number, step)
        ticket = ports.store.tickets[number]
        settled = ticket.status in (Status.RESOLVED, Status.CLOSED)
        assert ticket.satisfaction.ask_at is None or settled
        assert _asked(ports, number) == int(ticket.satisfaction.asked_at is not None) <= 1
    Stream(ports).flow(times=2)

    assert len(_questions(ports)) <= 1


def _possible(ticket: Ticket) -> set[str]:
    return {
        Status.RESOLVED: {"open", "closed", "spam"},
        Status.CLOSED: {"open"},
        Status.SPAM: {"restored"},
    }.get(ticket.status, {"resolved", "spam"})
