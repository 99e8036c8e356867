"""Whatever changes a ticket's life keeps its promises and its rules: merges, links, answers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.clock_history import history_of
from chalicelib.domain.predicate import Condition, Field, Operator, Predicate
from chalicelib.domain.relations import Link, LinkKind
from chalicelib.domain.sla import Target, recompute, terms_for
from chalicelib.domain.status import Status
from chalicelib.domain.step import Step, StepKind
from chalicelib.domain.ticket import EventKind, Priority, Ticket
from chalicelib.domain.time_rule import Anchor, TimeRule
from chalicelib.usecases.answer_ticket import Answer, add_note
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.customer_page import answer_by_link, judge_solution
from chalicelib.usecases.link_tickets import link_tickets
from chalicelib.usecases.mail_out.letters import page_of
from chalicelib.usecases.merge_tickets import merge_tickets, unmerge_ticket
from chalicelib.usecases.promises import terms_of_desk
from chalicelib.usecases.purge_ticket import purge_when_due
from chalicelib.usecases.split_message import split_message
from chalicelib.usecases.timers import sweep_due_tickets, wake_ticket
from tests.fakes import FakePorts
from tests.unit.domain.promises import FIRST, the
from tests.unit.usecases.stage import RUI, in_thread, opened_ticket, ports_of

_CLOSED_FOR_A_DAY = TimeRule(
    id="day", name="Closed for a day", since=Anchor.STATUS, after_minutes=1440,
    steps=(Step(StepKind.ADD_TAG, "old"),),
    conditions=Predicate((Condition(Field.STATUS, Operator.IS, ("closed",)),)),
)  # fmt: skip
_OPEN_FOR_AN_HOUR = TimeRule(
    id="hour", name="Open for an hour", since=Anchor.CREATED, after_minutes=60,
    steps=(Step(StepKind.ADD_TAG, "waits"),),
)  # fmt: skip


def _edit(ports: FakePorts, **changes: object) -> None:
    """The desk is another one from now on; what it promised is kept."""
    before = ports.settings.desk()
    ports.settings.keep_terms(terms_of_desk(before))
    ports.settings.ready = replace(before, **changes)
    ports.settings.keep_terms(terms_of_desk(ports.settings.desk()))


def _halve(ports: FakePorts) -> str:
    """First answers within half an hour; gives the name of the new terms."""
    desk = ports.settings.desk()
    policy = desk.sla_policies["std"]
    minutes = {p.value: {**policy.minutes[p], Target.FIRST_RESPONSE: 30} for p in Priority}
    halved = replace(policy, minutes=minutes)
    _edit(ports, sla_policies={"std": halved})
    return terms_for(halved, desk.calendars["c"], "normal").id


def _merge(ports: FakePorts, ticket: Ticket, other: Ticket) -> None:
    merge_tickets(ports, RUI, ticket.number, other.number)


def _link(ports: FakePorts, ticket: Ticket, other: Ticket) -> None:
    link_tickets(ports, RUI, ticket.number, Link(LinkKind.RELATED, other.number))


def _split(ports: FakePorts, ticket: Ticket, _: Ticket) -> None:
    message = in_thread(ports, ticket.number)[0]
    split_message(ports, RUI, ticket.number, message.id, "Something else")


def _requester(ports: FakePorts, ticket: Ticket, _: Ticket) -> None:
    person = ("Carla Example", "carla@example.org")
    change_ticket(ports, RUI, Change(ticket.number, None, requester=person))


@pytest.mark.row(49)
@pytest.mark.parametrize("act", [_merge, _link, _split, _requester])
def test_whoever_changes_a_tickets_life_decides_under_todays_terms(
    act: Callable[[FakePorts, Ticket, Ticket], None],
) -> None:
    ports = ports_of()
    ticket, other = opened_ticket(ports), opened_ticket(ports)
    ports.clock.advance(minutes=10)
    named = _halve(ports)

    act(ports, ticket, other)

    touched = {t.number: t for t in ports.store.tickets.values() if t.version > 1}
    assert touched
    for number, changed in touched.items():
        assert changed.terms_id == named
        assert EventKind.PROMISES_CHANGED in [e.kind for e in ports.store.events(number)]
        history = history_of(ports.store.events(number), ports.settings.kept_terms)
        assert recompute(history) == changed.clocks


@pytest.mark.row(49, "J9")
def test_a_ticket_that_is_taken_apart_again_goes_on_under_todays_terms() -> None:
    ports = ports_of()
    ticket, other = opened_ticket(ports), opened_ticket(ports)
    ports.clock.advance(minutes=10)
    merge_tickets(ports, RUI, ticket.number, other.number)
    ports.clock.advance(minutes=10)
    _halve(ports)
    ports.clock.advance(minutes=10)

    alone = unmerge_ticket(ports, RUI, ticket.number)

    # Ten minutes were spent before the merge, and none while the other one stood for it.
    assert the(FIRST, alone.clocks).due_at == ports.clock.now() + timedelta(minutes=20)
    for number in (ticket.number, other.number):
        history = history_of(ports.store.events(number), ports.settings.kept_terms)
        assert recompute(history) == ports.store.tickets[number].clocks


@pytest.mark.row(49, 16)
def test_a_follow_up_and_a_split_off_message_have_promises_and_rules_from_the_start() -> None:
    ports = ports_of()
    _edit(ports, time_rules={"hour": _OPEN_FOR_AN_HOUR})
    ticket = opened_ticket(ports)
    message = in_thread(ports, ticket.number)[0]

    split = split_message(ports, RUI, ticket.number, message.id, "Something else")
    for status in ("resolved", "closed"):
        change_ticket(ports, RUI, Change(ticket.number, None, status=status))
    ports.clock.advance(days=60)
    link = page_of(ports, ports.store.tickets[ticket.number]).rpartition("/")[2]
    follow_up = answer_by_link(ports, link, "It is broken again.")

    assert follow_up.number != ticket.number
    for made in (split, follow_up):
        assert the(FIRST, made.clocks).allowed_seconds == 3600
        assert made.terms_id == ticket.terms_id
        assert made.rules_at == made.created_at + timedelta(hours=1)


@pytest.mark.row(22, "K9")
def test_the_history_tells_the_clocks_of_a_refused_solution() -> None:
    ports = ports_of()
    _edit(ports)
    ticket = opened_ticket(ports)
    change_ticket(ports, RUI, Change(ticket.number, None, status="resolved"))
    ports.clock.advance(hours=1)
    link = page_of(ports, ports.store.tickets[ticket.number]).rpartition("/")[2]

    opened = judge_solution(ports, link, solved=False)

    history = history_of(ports.store.events(ticket.number), ports.settings.kept_terms)
    assert opened.status is Status.OPEN
    assert recompute(history) == opened.clocks


@pytest.mark.row(54, "J9")
def test_rules_leave_a_ticket_alone_that_was_merged() -> None:
    ports = ports_of()
    _edit(ports, time_rules={"day": _CLOSED_FOR_A_DAY})
    ticket, other = opened_ticket(ports), opened_ticket(ports)
    merge_tickets(ports, RUI, ticket.number, other.number)
    ports.clock.advance(days=2)

    woken = wake_ticket(ports, ticket.number)

    assert (woken.status, woken.wake_at, woken.tags) == (Status.CLOSED, None, ())


@pytest.mark.row(54)
def test_one_alarm_serves_all_that_a_ticket_waits_for() -> None:
    ports = ports_of()
    _edit(ports, time_rules={"hour": _OPEN_FOR_AN_HOUR})
    number = opened_ticket(ports).number
    begin = ports.clock.now()
    add_note(ports, RUI, Answer(number, "Ask again.", remind_at=begin + timedelta(minutes=20)))
    until = begin + timedelta(minutes=30)
    wait = Change(number, None, status="postponed", postponed_until=until)

    postponed = change_ticket(ports, RUI, wait)
    assert postponed.wake_at == begin + timedelta(minutes=20)
    ports.clock.advance(hours=4)
    assert sweep_due_tickets(ports) == 1
    woken = wake_ticket(ports, number)

    assert (woken.status, woken.reminders, woken.tags) == (Status.NEW, (), ("waits",))
    kinds = [e.kind for e in ports.store.events(number)]
    for kind in (
        EventKind.REMINDER_DUE, EventKind.TARGET_BREACHED, EventKind.TIME_RULE_ACTED,
    ):  # fmt: skip
        assert kind in kinds


@pytest.mark.row(18, 54)
def test_a_ticket_that_was_thrown_away_is_woken_by_its_end_only() -> None:
    ports = ports_of()
    _edit(ports, time_rules={"hour": _OPEN_FOR_AN_HOUR})
    number = opened_ticket(ports).number
    thrown_away = change_ticket(ports, RUI, Change(number, None, status="deleted"))

    assert thrown_away.wake_at == thrown_away.gone_at
    ports.clock.advance(days=31)
    assert sweep_due_tickets(ports) == 1
    assert purge_when_due(ports, number)
    assert number not in ports.store.tickets
