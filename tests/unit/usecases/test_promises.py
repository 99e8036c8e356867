"""The set-up is edited while clocks run: tickets follow, whether somebody touches them or not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.clock_history import history_of
from chalicelib.domain.errors import InvalidRequest, InvalidTransition, TicketNotFound
from chalicelib.domain.predicate import Condition, Field, Operator, Predicate
from chalicelib.domain.sla import Target, recompute, terms_for
from chalicelib.domain.status import Status
from chalicelib.domain.step import Step, StepKind
from chalicelib.domain.ticket import EventKind, Priority
from chalicelib.domain.time_rule import Anchor, TimeRule
from chalicelib.usecases.answer_ticket import Answer, reply_in_public
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.escalate_ticket import escalate_ticket
from chalicelib.usecases.jobs import RefreshTickets
from chalicelib.usecases.promises import terms_of_desk
from chalicelib.usecases.prove_clocks import prove_clocks
from chalicelib.usecases.refresh_tickets import PAGE, refresh_tickets
from chalicelib.usecases.timers import sweep_due_tickets, wake_ticket
from tests.fakes import FakePorts
from tests.unit.domain.hours import ALL_DAY, a_calendar
from tests.unit.domain.promises import FIRST, the
from tests.unit.usecases.stage import OUTSIDER, RUI, opened_ticket, ports_of

_OPEN_FOR_A_DAY = TimeRule(
    id="day", name="Open for a day", since=Anchor.STATUS, after_minutes=1440,
    steps=(Step(StepKind.NOTIFY_SUPERVISOR), Step(StepKind.ADD_TAG, "waits")),
    conditions=Predicate((Condition(Field.STATUS, Operator.IS, ("new", "open")),)),
)  # fmt: skip


def _edit(ports: FakePorts, **changes: object) -> None:
    """The desk is another one from now on; what it promised is kept."""
    before = ports.settings.desk()
    ports.settings.keep_terms(terms_of_desk(before))
    ports.settings.ready = replace(before, **changes)
    ports.settings.keep_terms(terms_of_desk(ports.settings.desk()))


def _halve(ports: FakePorts) -> None:
    """First answers within half an hour, around the clock."""
    policy = ports.settings.desk().sla_policies["std"]
    minutes = {p.value: {**policy.minutes[p], Target.FIRST_RESPONSE: 30} for p in Priority}
    _edit(
        ports,
        sla_policies={"std": replace(policy, minutes=minutes)},
        calendars={"c": a_calendar(ALL_DAY, days=7)},
    )


def _walk(ports: FakePorts) -> int:
    """All jobs that follow from one change of the set-up; gives how many tickets it changed."""
    waiting = [RefreshTickets(cause="edit")]
    changed = 0
    while waiting:
        changed += refresh_tickets(ports, waiting.pop())
        waiting += [job for job in ports.jobs.sent if isinstance(job, RefreshTickets)]
        ports.jobs.sent.clear()
    return changed


@pytest.mark.row(49, "J12")
def test_an_edited_policy_reaches_the_clocks_that_run() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number
    ports.clock.advance(minutes=20)
    _halve(ports)

    assert _walk(ports) == 1

    ticket = ports.store.tickets[number]
    first = the(FIRST, ticket.clocks)
    assert (first.spent_seconds, first.due_at) == (
        20 * 60, ticket.created_at + timedelta(minutes=30),
    )  # fmt: skip
    assert [e.kind for e in ports.store.events(number)][-1] is EventKind.PROMISES_CHANGED


@pytest.mark.row(49)
def test_walking_through_again_changes_nothing() -> None:
    ports = ports_of()
    opened_ticket(ports)
    _halve(ports)
    _walk(ports)
    before = dict(ports.store.tickets)
    ports.project_all()

    assert _walk(ports) == 0
    assert ports.store.tickets == before


@pytest.mark.row(49)
def test_a_long_list_is_walked_page_by_page() -> None:
    ports = ports_of()
    for _ in range(2 * PAGE + 3):
        opened_ticket(ports)
    ports.clock.advance(minutes=5)
    _halve(ports)

    assert _walk(ports) == 2 * PAGE + 3


@pytest.mark.row(49)
def test_who_touches_a_ticket_before_the_job_decides_under_todays_terms() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number
    ports.clock.advance(minutes=40)
    _halve(ports)

    ticket, _ = reply_in_public(ports, RUI, Answer(number, "It is 21."))

    # The promise was made shorter when 40 minutes had passed: it was due at that moment.
    first = the(FIRST, ticket.clocks)
    assert (first.allowed_seconds, first.finished_at) == (1800, ports.clock.now())
    assert ports.store.events(number)[1].kind is EventKind.PROMISES_CHANGED
    assert _walk(ports) == 0


@pytest.mark.row("J12", "K9")
def test_the_running_result_is_what_the_events_say_after_an_edit() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number
    ports.clock.advance(minutes=20)
    _halve(ports)
    _walk(ports)
    ports.clock.advance(minutes=3)
    ticket, _ = reply_in_public(ports, RUI, Answer(number, "It is 21."))

    history = history_of(ports.store.events(number), ports.settings.kept_terms)

    assert recompute(history) == ticket.clocks


@pytest.mark.row("K9", 55)
def test_the_pieces_of_a_breach_add_up_to_what_was_promised() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    ports.clock.advance(hours=2)
    wake_ticket(ports, ticket.number)

    first, resolution = prove_clocks(ports, RUI, ticket.number)

    assert (first.due_at, first.counted_seconds) == (ticket.created_at + timedelta(hours=1), 3600)
    assert [piece.seconds for piece in first.pieces] == [3600, 3600]
    assert (resolution.due_at, resolution.counted_seconds) == (None, 7200)


@pytest.mark.row("K9")
def test_a_breach_is_proved_by_the_terms_of_then() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    ports.clock.advance(hours=1)
    wake_ticket(ports, ticket.number)
    reply_in_public(ports, RUI, Answer(ticket.number, "It is 21."))
    _halve(ports)

    first, *_ = prove_clocks(ports, RUI, ticket.number)

    assert (first.counted_seconds, first.due_at) == (3600, ticket.created_at + timedelta(hours=1))


@pytest.mark.row(5)
def test_clocks_of_another_department_are_not_shown() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number

    with pytest.raises(TicketNotFound):
        prove_clocks(ports, OUTSIDER, number)


@pytest.mark.row(54)
def test_a_new_rule_reaches_open_tickets_and_acts_by_their_alarm() -> None:
    ports = ports_of()
    number = opened_ticket(ports, department_id="billing").number
    assert ports.store.tickets[number].wake_at is None
    _edit(ports, time_rules={"day": _OPEN_FOR_A_DAY})

    assert _walk(ports) == 1
    ports.clock.advance(days=1)
    assert sweep_due_tickets(ports) == 1
    acted = wake_ticket(ports, number)

    assert acted.tags == ("waits",)
    assert [e.kind for e in ports.store.events(number)][-2:] == [
        EventKind.TIME_RULE_ACTED, EventKind.TAGS_CHANGED,
    ]  # fmt: skip
    assert sweep_due_tickets(ports) == 0


@pytest.mark.row(54)
def test_a_rule_that_was_taken_away_wakes_nobody() -> None:
    ports = ports_of()
    _edit(ports, time_rules={"day": _OPEN_FOR_A_DAY})
    number = opened_ticket(ports, department_id="billing").number
    _edit(ports, time_rules={})
    ports.clock.advance(days=1)

    # Before the job came by: the ticket is woken, finds no rule and has no alarm any more.
    woken = wake_ticket(ports, number)

    assert (woken.wake_at, woken.tags) == (None, ())
    assert len(ports.store.events(number)) == 1


@pytest.mark.row(45)
def test_escalating_moves_one_tier_up_with_new_promises_and_the_history_kept() -> None:
    ports = ports_of()
    desk = ports.settings.desk()
    tiers = {
        "support": replace(desk.departments["support"], escalates_to="billing"),
        "billing": replace(desk.departments["billing"], sla_policy_id="std"),
    }
    _edit(ports, departments=tiers)
    ticket = opened_ticket(ports)
    ports.clock.advance(minutes=50)

    moved = escalate_ticket(ports, RUI, ticket.number, based_on=ticket.version)

    assert (moved.department_id, moved.assignee_id) == ("billing", "")
    assert the(FIRST, moved.clocks).due_at == ports.clock.now() + timedelta(hours=1)
    assert len(ports.store.messages(ticket.number)) == 1
    with pytest.raises(TicketNotFound):
        escalate_ticket(ports, RUI, ticket.number, based_on=moved.version)
    with pytest.raises(InvalidRequest, match="no next one"):
        escalate_ticket(ports, OUTSIDER, ticket.number, based_on=moved.version)


def test_a_ticket_that_is_resolved_is_not_escalated() -> None:
    ports = ports_of()
    desk = ports.settings.desk()
    support = replace(desk.departments["support"], escalates_to="billing")
    _edit(ports, departments={**desk.departments, "support": support})
    ticket = opened_ticket(ports)
    done = change_ticket(ports, RUI, Change(ticket.number, ticket.version, status="resolved"))

    with pytest.raises(InvalidTransition):
        escalate_ticket(ports, RUI, ticket.number, based_on=done.version)
    assert ports.store.tickets[ticket.number].status is Status.RESOLVED


def test_a_ticket_from_before_terms_had_names_takes_todays() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    ports.store.tickets[ticket.number] = replace(ticket, terms_id=None)

    answered, _ = reply_in_public(ports, RUI, Answer(ticket.number, "It is 21."))

    policy, calendar = ports.settings.desk().sla_policies["std"], a_calendar()
    assert answered.terms_id == terms_for(policy, calendar, "normal").id
    kinds = [event.kind for event in ports.store.events(ticket.number)]
    assert EventKind.PROMISES_CHANGED not in kinds
