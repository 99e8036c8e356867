"""What rules do by themselves: the steps of a missed promise, and rules on time."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.custom_fields import (
    CustomField,
    FieldKind,
    FieldOfType,
    RequiredAt,
    TicketType,
)
from chalicelib.domain.decisions import (
    Decision,
    agent_replied,
    customer_wrote,
    escalated,
    opened,
    postponed,
    retold,
    rules_acted,
    status_moved,
    with_consequences,
    woken,
)
from chalicelib.domain.desk import Department, Desk
from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.escalation import check_no_ring
from chalicelib.domain.predicate import Condition, Field, Operator, Predicate
from chalicelib.domain.promises import terms_of
from chalicelib.domain.set_up import TicketRules
from chalicelib.domain.sla import SLAPolicy
from chalicelib.domain.status import Cause, Status
from chalicelib.domain.step import DEFAULT_BREACH_STEPS, Step, StepKind
from chalicelib.domain.ticket import EventKind, MessageKind, Priority, Ticket
from chalicelib.domain.time_rule import Anchor, TimeRule
from tests.builders import AGENT, a_desk, a_message, a_ticket
from tests.unit.domain.hours import a_calendar
from tests.unit.domain.promises import FIRST, RESOLUTION, the

MONDAY = datetime.fromisoformat("2026-03-02T09:00+00:00")
FRIDAY = datetime.fromisoformat("2026-03-06T12:00+00:00")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
IS_OPEN = Predicate((Condition(Field.STATUS, Operator.IS, ("new", "open")),))
IS_ANSWERED = Predicate((Condition(Field.STATUS, Operator.IS, ("answered",)),))


def _policy(
    name: str, minutes: int, *steps: Step, conditions: Predicate | None = None
) -> SLAPolicy:
    allowed = {p.value: {FIRST: minutes, RESOLUTION: minutes * 4} for p in Priority}
    asked = conditions or Predicate()
    return SLAPolicy(name, name, "c", allowed, 0, False, asked, 0, steps or DEFAULT_BREACH_STEPS)


def _desk(*rules: TimeRule, steps: tuple[Step, ...] = ()) -> Desk:
    gold = Predicate((Condition(Field.TAGS, Operator.HAS, ("gold",)),))
    return a_desk(
        departments={
            "support": Department("support", "First tier", "help", "one", escalates_to="second"),
            "second": Department("second", "Second tier", "help", "two"),
        },
        calendars={"c": a_calendar()},
        sla_policies={
            "one": _policy("one", 60, *steps),
            "two": _policy("two", 120),
            "gold": _policy("gold", 30, conditions=gold),
        },
        time_rules={rule.id: rule for rule in rules},
    )


def _opened(desk: Desk, at: datetime = MONDAY, **changes: object) -> Ticket:
    blank = a_ticket(created_at=at, updated_at=at, **changes)
    decision = opened(blank, a_message(created_at=at), terms_of(desk, blank))
    return with_consequences(desk, None, decision, at).ticket


def _woken(desk: Desk, ticket: Ticket, now: datetime) -> Decision:
    """As the worker does: alarms, rules, and what follows."""
    alarms = woken(ticket, now, terms_of(desk, ticket))
    acted = rules_acted(desk, alarms.ticket, now)
    both = Decision(acted.ticket, alarms.events + acted.events)
    return with_consequences(desk, ticket, both, now)


def _kinds(decision: Decision) -> list[EventKind]:
    return [event.kind for event in decision.events]


def _a_rule(*steps: Step, **changes: object) -> TimeRule:
    fields: dict[str, object] = {
        "id": "r", "name": "Open too long", "since": Anchor.STATUS, "after_minutes": 24 * 60,
        "conditions": IS_OPEN, "steps": steps or (Step(StepKind.NOTIFY_SUPERVISOR),),
    }  # fmt: skip
    return TimeRule(**fields | changes)  # type: ignore[arg-type]


@pytest.mark.row(52)
@pytest.mark.parametrize(
    ("before", "after"),
    [("low", "normal"), ("normal", "high"), ("high", "urgent"), ("urgent", "urgent")],
)
def test_a_breach_raises_the_priority_by_one_step_and_tells_the_supervisor(
    before: str, after: str
) -> None:
    desk = _desk()
    ticket = _opened(desk, priority=Priority(before))

    breached = _woken(desk, ticket, MONDAY + HOUR)

    assert breached.ticket.priority == after
    told = breached.events[0]
    assert (told.kind, told.after["notify"]) == (EventKind.TARGET_BREACHED, "supervisor")
    # The promise that was broken stays the promise: nothing new falls due because of it.
    assert terms_of(desk, breached.ticket) == terms_of(desk, ticket)


@pytest.mark.row(52, 45)
def test_a_breach_does_the_steps_that_the_policy_names_and_no_others() -> None:
    steps = (
        Step(StepKind.NOTIFY_ASSIGNEE), Step(StepKind.ADD_TAG, "late"), Step(StepKind.ESCALATE),
    )  # fmt: skip
    desk = _desk(steps=steps)

    breached = _woken(desk, _opened(desk, assignee_id="agent-rui"), MONDAY + HOUR)

    ticket = breached.ticket
    assert breached.events[0].after["notify"] == "assignee"
    assert (ticket.tags, ticket.department_id, ticket.assignee_id) == (("late",), "second", "")
    assert ticket.priority is Priority.NORMAL


@pytest.mark.row(45)
def test_the_next_tier_starts_its_own_promises_and_the_history_is_kept() -> None:
    desk = _desk()
    ticket = _opened(desk)
    late = MONDAY + 2 * HOUR
    breached = _woken(desk, ticket, late).ticket

    moved = escalated(desk, breached, actor=AGENT, at=late)

    first = the(FIRST, moved.ticket.clocks)
    assert (first.started_at, first.spent_seconds, first.breached_at) == (late, 0, None)
    assert first.due_at == late + 2 * HOUR
    (event,) = moved.events
    assert event.after == {
        "department": "second", "terms": moved.ticket.terms_id, "escalated": "yes",
    }  # fmt: skip
    assert not escalated(desk, moved.ticket, actor=AGENT, at=late).changed


@pytest.mark.row(49)
def test_a_tag_that_chooses_another_policy_brings_its_due_times() -> None:
    desk = _desk()
    ticket = _opened(desk)
    at = MONDAY + 10 * MINUTE

    tagged = retold(ticket, subject=None, tags=("gold",), actor=AGENT, at=at)
    settled = with_consequences(desk, ticket, tagged, at)

    assert _kinds(settled) == [EventKind.TAGS_CHANGED, EventKind.PROMISES_CHANGED]
    assert settled.events[1].after["policy"] == "gold"
    assert settled.ticket.due_at == MONDAY + 30 * MINUTE


@pytest.mark.row(54)
def test_open_and_no_answer_for_24_hours_acts_once() -> None:
    desk = _desk(_a_rule())
    ticket = _opened(desk, department_id="silent")
    assert ticket.wake_at == ticket.rules_at == MONDAY + DAY

    assert not _woken(desk, ticket, MONDAY + DAY - MINUTE).changed
    acted = _woken(desk, ticket, MONDAY + DAY)

    (event,) = acted.events
    assert event.kind is EventKind.TIME_RULE_ACTED
    assert event.after["rule"] == "r"
    assert event.after["notify"] == "supervisor"
    assert acted.ticket.wake_at is None
    assert not _woken(desk, acted.ticket, MONDAY + 9 * DAY).changed


@pytest.mark.row(54)
def test_a_rule_acts_again_when_its_state_is_reached_again() -> None:
    desk = _desk(_a_rule())
    acted = _woken(desk, _opened(desk, department_id="silent"), MONDAY + DAY).ticket
    reply = a_message(kind=MessageKind.PUBLIC_REPLY, author=AGENT, created_at=MONDAY + 2 * DAY)
    answered = with_consequences(
        desk, acted, agent_replied(acted, reply, None), MONDAY + 2 * DAY
    ).ticket
    assert answered.wake_at is None

    back = MONDAY + 3 * DAY
    asked = customer_wrote(answered, a_message(created_at=back), None)
    again = with_consequences(desk, answered, asked, back).ticket

    assert again.wake_at == back + DAY
    assert _kinds(_woken(desk, again, back + DAY)) == [EventKind.TIME_RULE_ACTED]


@pytest.mark.row(54, 50)
def test_a_rule_can_count_business_time_and_days_of_work() -> None:
    hours = _a_rule(after_minutes=120, calendar_id="c", id="hours")
    days = _a_rule(after_minutes=0, after_days=3, calendar_id="c", id="days")
    desk = _desk(hours, days)

    ticket = _opened(desk, FRIDAY + 5 * HOUR, department_id="silent")

    assert ticket.rules_at == FRIDAY + 2 * DAY + 22 * HOUR
    later = _woken(desk, ticket, ticket.rules_at).ticket
    # Monday, Tuesday, Wednesday.
    assert later.rules_at == FRIDAY + 5 * DAY + 5 * HOUR


def _auto_close() -> tuple[TimeRule, TimeRule]:
    resolve = _a_rule(
        Step(StepKind.RESOLVE), id="resolve", since=Anchor.LAST_MESSAGE, after_minutes=0,
        after_days=4, conditions=Predicate((Condition(Field.STATUS, Operator.IS_NOT, ("new", "open")),)),
    )  # fmt: skip
    close = _a_rule(
        Step(StepKind.CLOSE), id="close", after_minutes=0, after_days=5,
        conditions=Predicate((Condition(Field.STATUS, Operator.IS, ("resolved",)),)),
    )  # fmt: skip
    return resolve, close


def _answered(desk: Desk) -> Ticket:
    ticket = _opened(desk, department_id="silent")
    reply = a_message(kind=MessageKind.PUBLIC_REPLY, author=AGENT, created_at=MONDAY)
    return with_consequences(desk, ticket, agent_replied(ticket, reply, None), MONDAY).ticket


@pytest.mark.row(9, 21)
def test_a_rule_does_not_resolve_a_ticket_that_lacks_a_field_and_says_so_once() -> None:
    cause = CustomField("cause", FieldKind.TEXT, {"en": "Cause"})
    fault = TicketType("fault", {"en": "Fault"}, (FieldOfType("cause", RequiredAt.RESOLVE),))
    both = _a_rule(
        Step(StepKind.RESOLVE), Step(StepKind.CLOSE), Step(StepKind.ADD_TAG, "silent"),
        id="both", since=Anchor.LAST_MESSAGE, after_minutes=0, after_days=4,
        conditions=IS_ANSWERED,
    )  # fmt: skip
    desk = replace(_desk(both), fields={"cause": cause}, ticket_types={"fault": fault})
    ticket = replace(_answered(desk), type_id="fault")

    held = _woken(desk, ticket, MONDAY + 4 * DAY)
    again = _woken(desk, held.ticket, MONDAY + 5 * DAY)
    filled = replace(ticket, fields={"cause": "Wear"})

    told = [e.after for e in held.events if e.kind is EventKind.RESOLUTION_HELD_BACK]
    assert told == [{"lacking": "Cause"}]
    assert (held.ticket.status, held.ticket.tags) == (Status.ANSWERED, ("silent",))
    assert not again.events
    assert _woken(desk, filled, MONDAY + 4 * DAY).ticket.status is Status.CLOSED


@pytest.mark.row(9, 21)
def test_a_rule_closes_a_resolved_ticket_whatever_was_asked_for_since() -> None:
    desk = replace(
        _desk(*_auto_close()),
        ticket_rules=TicketRules(type_to_resolve=True),
        ticket_types={"fault": TicketType("fault", {"en": "Fault"})},
    )
    typed = replace(_answered(desk), type_id="fault")
    resolved = _woken(desk, typed, MONDAY + 4 * DAY).ticket
    untyped = replace(resolved, type_id="")

    assert _woken(desk, untyped, MONDAY + 9 * DAY).ticket.status is Status.CLOSED
    assert _woken(desk, replace(typed, type_id=""), MONDAY + 4 * DAY).ticket.status is (
        Status.ANSWERED
    )


@pytest.mark.row(21)
def test_a_silent_ticket_is_resolved_and_closed_by_rules() -> None:
    desk = _desk(*_auto_close())
    ticket = _answered(desk)

    resolved = _woken(desk, ticket, MONDAY + 4 * DAY).ticket
    closed = _woken(desk, resolved, MONDAY + 9 * DAY).ticket

    assert (resolved.status, closed.status) == (Status.RESOLVED, Status.CLOSED)
    assert closed.wake_at is None


@pytest.mark.row(21, "J24")
def test_a_postponed_ticket_is_never_closed_by_a_rule() -> None:
    desk = _desk(*_auto_close())
    ticket = _answered(desk)
    until = MONDAY + 30 * DAY
    waits = postponed(ticket, until, "", actor=AGENT, at=MONDAY + HOUR, terms=None)
    waits = with_consequences(desk, ticket, waits, MONDAY + HOUR)

    assert waits.ticket.wake_at == until
    assert not _woken(desk, waits.ticket, MONDAY + 29 * DAY).changed


@pytest.mark.row(20, 21)
def test_a_rule_that_is_switched_off_does_nothing() -> None:
    desk = _desk(*(replace(rule, is_active=False) for rule in _auto_close()))

    assert _answered(desk).wake_at is None


@pytest.mark.row(54)
def test_spam_and_deleted_tickets_are_out_of_reach() -> None:
    desk = _desk(_a_rule(conditions=Predicate()))
    ticket = _opened(desk, department_id="silent")
    away = status_moved(ticket, Cause.MARKED_SPAM, actor=AGENT, at=MONDAY, terms=None)

    left = with_consequences(desk, ticket, away, MONDAY).ticket

    assert left.rules_at is None
    assert left.wake_at == left.gone_at


@pytest.mark.row(45, 54)
def test_steps_that_make_no_sense_on_the_ticket_change_nothing() -> None:
    rule = _a_rule(
        Step(StepKind.UNASSIGN), Step(StepKind.ESCALATE), Step(StepKind.SET_PRIORITY, "normal"),
        conditions=Predicate(),
    )  # fmt: skip
    desk = _desk(rule)
    ticket = _opened(desk, department_id="second")

    acted = rules_acted(desk, ticket, MONDAY + DAY)

    assert _kinds(acted) == [EventKind.TIME_RULE_ACTED]


@pytest.mark.row(45)
def test_departments_that_escalate_in_a_ring_are_refused_with_their_names() -> None:
    desk = _desk()
    ring = {
        "support": desk.departments["support"],
        "second": replace(desk.departments["second"], escalates_to="support"),
    }

    with pytest.raises(InvalidSetting, match="Second tier to First tier") as refused:
        check_no_ring(replace(desk, departments=ring))

    assert refused.value.field == "departments.support.escalates_to"


@pytest.mark.row(45)
def test_a_policy_that_moves_back_what_came_up_is_a_ring_too() -> None:
    back = Step(StepKind.MOVE_DEPARTMENT, "support")
    desk = _desk()
    check_no_ring(desk)
    policies = {**desk.sla_policies, "two": replace(desk.sla_policies["two"], breach_steps=(back,))}

    with pytest.raises(InvalidSetting):
        check_no_ring(replace(desk, sla_policies=policies))
    rule = _a_rule(back, conditions=Predicate())
    with pytest.raises(InvalidSetting):
        check_no_ring(_desk(rule))


@pytest.mark.row(54)
@settings(max_examples=60)
@given(st.data())
def test_however_often_somebody_looks_each_crossing_acts_once(data: st.DataObject) -> None:
    rules = (_a_rule(id="a"), _a_rule(id="b", since=Anchor.CUSTOMER_WAITS), *_auto_close())
    desk = _desk(*rules)
    ticket, at = _opened(desk), MONDAY
    acted: list[tuple[str, str]] = []
    for _ in range(data.draw(st.integers(1, 12))):
        at += data.draw(st.integers(0, 40)) * HOUR
        step = data.draw(st.sampled_from(["wake", "wake", "customer", "agent"]))
        terms = terms_of(desk, ticket)
        if step == "wake":
            decision = _woken(desk, ticket, at)
        elif step == "customer":
            decision = customer_wrote(ticket, a_message(created_at=at), terms)
        elif ticket.status is Status.CLOSED:
            continue
        else:
            reply = a_message(kind=MessageKind.PUBLIC_REPLY, author=AGENT, created_at=at)
            decision = agent_replied(ticket, reply, terms)
        decision = with_consequences(desk, ticket, decision, at)
        acted += [
            (event.after["rule"], event.after["since"])
            for event in decision.events
            if event.kind is EventKind.TIME_RULE_ACTED
        ]
        ticket = decision.ticket
        if step == "wake":
            assert not _woken(desk, ticket, at).changed

    assert len(set(acted)) == len(acted)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (StepKind.ADD_TAG, ""),
        (StepKind.ADD_TAG, "two words"),
        (StepKind.MOVE_DEPARTMENT, ""),
        (StepKind.ESCALATE, "second"),
        (StepKind.SET_PRIORITY, ""),
    ],
)
def test_a_step_without_its_value_is_refused(kind: StepKind, value: str) -> None:
    with pytest.raises(InvalidSetting):
        Step(kind, value)


@pytest.mark.parametrize(
    "changes",
    [
        {"after_minutes": 0},
        {"after_days": 1},
        {"after_minutes": 0, "after_days": 400},
        {"steps": ()},
        {"steps": (Step(StepKind.ESCALATE), Step(StepKind.MOVE_DEPARTMENT, "second"))},
        {"steps": (Step(StepKind.UNASSIGN),) * 11},
    ],
)
def test_a_time_rule_that_could_not_be_kept_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InvalidSetting):
        _a_rule(**changes)


@pytest.mark.row(52)
def test_a_missed_promise_is_no_reason_to_close() -> None:
    with pytest.raises(InvalidSetting):
        _policy("p", 60, Step(StepKind.CLOSE))
