"""What follows from each thing that happens to a ticket, one behaviour each."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.decisions import (
    Decision,
    agent_replied,
    assigned,
    customer_wrote,
    moved_to_department,
    note_added,
    opened,
    postponed,
    priority_set,
    retold,
    status_moved,
    unassigned,
    with_references,
    woken,
)
from chalicelib.domain.errors import InvalidRequest, InvalidTransition
from chalicelib.domain.sla import ClockState, Target, Terms
from chalicelib.domain.status import Cause, Status
from chalicelib.domain.ticket import (
    MAX_REFERENCES,
    SYSTEM,
    EventKind,
    Message,
    MessageKind,
    Priority,
    Ticket,
)
from tests.builders import AGENT, CUSTOMER, a_message, a_ticket
from tests.unit.domain.hours import ALL_DAY, a_calendar
from tests.unit.domain.promises import FIRST, NEXT, RESOLUTION, some_terms, the

MONDAY = datetime.fromisoformat("2026-03-02T09:00+00:00")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TERMS = some_terms()


def _new(terms: Terms | None = TERMS) -> Ticket:
    blank = a_ticket(created_at=MONDAY, updated_at=MONDAY)
    return opened(blank, a_message(created_at=MONDAY), terms).ticket


def _reply(at: datetime, **changes: object) -> Message:
    kind = MessageKind.PUBLIC_REPLY
    return a_message(kind=kind, author=AGENT, created_at=at, **changes)


def _note(at: datetime) -> Message:
    return a_message(kind=MessageKind.INTERNAL_NOTE, author=AGENT, created_at=at, text="inside")


def _move(ticket: Ticket, cause: Cause, at: datetime, terms: Terms | None = TERMS) -> Ticket:
    return status_moved(ticket, cause, actor=AGENT, at=at, terms=terms).ticket


def _kinds(decision: Decision) -> list[EventKind]:
    return [event.kind for event in decision.events]


@pytest.mark.row(1, 10)
def test_a_request_becomes_a_new_ticket_whose_clocks_run() -> None:
    ticket = _new()

    assert ticket.status is Status.NEW
    assert [clock.target for clock in ticket.clocks] == [FIRST, RESOLUTION]
    assert (ticket.waiting_since, ticket.message_count) == (MONDAY, 1)


@pytest.mark.row(7)
def test_the_creation_is_told_with_who_where_and_when() -> None:
    decision = opened(a_ticket(created_at=MONDAY), a_message(), None)

    (event,) = decision.events
    assert event.kind is EventKind.TICKET_CREATED
    assert (event.actor, event.at, event.message_id) == (CUSTOMER, MONDAY, a_message().id)
    assert event.after["department"] == "support"


@pytest.mark.row(11)
def test_a_public_reply_answers_the_ticket_and_stops_the_first_response() -> None:
    decision = agent_replied(_new(), _reply(MONDAY + HOUR), TERMS)

    assert decision.ticket.status is Status.ANSWERED
    assert decision.ticket.first_answered_at == MONDAY + HOUR
    assert decision.ticket.waiting_since is None
    assert the(FIRST, decision.ticket.clocks).state is ClockState.MET
    assert _kinds(decision) == [EventKind.PUBLIC_REPLY_SENT, EventKind.STATUS_CHANGED]


@pytest.mark.row(12)
def test_the_customers_answer_opens_the_ticket_and_starts_the_next_answer() -> None:
    answered = agent_replied(_new(), _reply(MONDAY + HOUR), TERMS).ticket

    decision = customer_wrote(answered, a_message(created_at=MONDAY + 2 * HOUR), TERMS)

    assert decision.ticket.status is Status.OPEN
    assert decision.ticket.waiting_since == MONDAY + 2 * HOUR
    assert the(NEXT, decision.ticket.clocks).started_at == MONDAY + 2 * HOUR
    assert _kinds(decision) == [EventKind.CUSTOMER_MESSAGE_RECEIVED, EventKind.STATUS_CHANGED]


@pytest.mark.row(43)
def test_only_the_customer_changes_when_the_customer_last_wrote() -> None:
    asked = customer_wrote(_new(), a_message(created_at=MONDAY + HOUR), TERMS).ticket
    assert asked.last_customer_message_at == MONDAY + HOUR

    answered = agent_replied(asked, _reply(MONDAY + 2 * HOUR), TERMS).ticket
    assert answered.last_message_at == MONDAY + 2 * HOUR
    assert answered.last_customer_message_at == MONDAY + HOUR

    again = customer_wrote(answered, a_message(created_at=MONDAY + 3 * HOUR), TERMS).ticket
    assert again.last_customer_message_at == MONDAY + 3 * HOUR


@pytest.mark.row(52, "J12")
def test_a_breach_that_no_sweep_saw_is_told_before_the_customer_starts_the_next_clock() -> None:
    overdue = customer_wrote(_new(), a_message(created_at=MONDAY + 2 * HOUR), TERMS)

    assert _kinds(overdue)[0] is EventKind.TARGET_BREACHED


@pytest.mark.row(12)
def test_a_customer_who_writes_twice_waits_since_the_first_time() -> None:
    twice = customer_wrote(_new(), a_message(created_at=MONDAY + HOUR / 2), TERMS)

    assert (twice.ticket.status, twice.ticket.waiting_since) == (Status.NEW, MONDAY)
    assert _kinds(twice) == [EventKind.CUSTOMER_MESSAGE_RECEIVED]


@pytest.mark.row(11, 61)
@pytest.mark.parametrize("status", [s for s in Status if s not in ("closed", "deleted")])
def test_a_note_never_changes_status_clocks_or_what_a_customer_sees(status: Status) -> None:
    ticket = replace(_new(), status=status, last_message_preview="public")

    after = note_added(ticket, _note(MONDAY + HOUR)).ticket

    counted = replace(ticket, updated_at=MONDAY + HOUR, message_count=2)
    assert after == counted


@pytest.mark.row(17)
@pytest.mark.parametrize("status", [Status.CLOSED, Status.DELETED])
def test_a_settled_record_takes_no_more_notes(status: Status) -> None:
    with pytest.raises(InvalidTransition):
        note_added(a_ticket(status=status), _note(MONDAY))


@pytest.mark.row("J19")
@pytest.mark.parametrize("cause", [Cause.MARKED_SPAM, Cause.DELETED])
def test_a_message_from_the_sender_is_kept_on_spam_and_revives_nothing(cause: Cause) -> None:
    thrown_away = _move(_new(), cause, MONDAY + HOUR)

    decision = customer_wrote(thrown_away, a_message(created_at=MONDAY + 2 * HOUR), TERMS)

    assert decision.ticket.status is thrown_away.status
    assert decision.ticket.clocks == thrown_away.clocks
    assert decision.message is not None
    assert _kinds(decision) == [EventKind.CUSTOMER_MESSAGE_RECEIVED]


@pytest.mark.row(14)
def test_postponing_needs_a_time_in_the_future() -> None:
    with pytest.raises(InvalidRequest) as refused:
        postponed(_new(), MONDAY, "", actor=AGENT, at=MONDAY, terms=TERMS)

    assert [fault.field for fault in refused.value.faults] == ["postponed_until"]


@pytest.mark.row(14)
def test_a_postponed_ticket_stands_still_until_its_time() -> None:
    until = MONDAY + timedelta(days=2)

    decision = postponed(
        _new(), until, "part ordered", actor=AGENT, at=MONDAY + MINUTE, terms=TERMS
    )

    assert decision.ticket.status is Status.POSTPONED
    assert {clock.state for clock in decision.ticket.clocks} == {ClockState.PAUSED}
    assert decision.ticket.wake_at == until
    assert decision.events[0].after["reason"] == "part ordered"


@pytest.mark.row(15)
def test_a_ticket_postponed_while_new_returns_to_new_at_its_time() -> None:
    until = MONDAY + timedelta(days=2)
    waits = postponed(_new(), until, "", actor=AGENT, at=MONDAY, terms=TERMS).ticket

    assert not woken(waits, until - MINUTE, TERMS).changed
    back = woken(waits, until, TERMS)

    assert back.ticket.status is Status.NEW
    assert (back.ticket.postponed_until, back.ticket.postponed_reason) == (None, "")
    assert back.events[0].actor == SYSTEM
    assert {clock.state for clock in back.ticket.clocks} == {ClockState.RUNNING}


@pytest.mark.row(15)
def test_a_ticket_postponed_again_still_knows_that_it_was_new() -> None:
    later = [MONDAY + timedelta(days=day) for day in (1, 2)]
    ticket = _new()
    for until in later:
        ticket = postponed(ticket, until, "", actor=AGENT, at=MONDAY, terms=TERMS).ticket

    assert woken(ticket, later[-1], TERMS).ticket.status is Status.NEW


@pytest.mark.row(15)
@pytest.mark.parametrize("cause", [Cause.MARKED_SPAM, Cause.DELETED])
def test_a_postponed_ticket_that_was_thrown_away_by_mistake_is_as_before(cause: Cause) -> None:
    until = MONDAY + timedelta(days=2)
    waits = postponed(_new(), until, "later", actor=AGENT, at=MONDAY, terms=TERMS).ticket

    restored = _move(_move(waits, cause, MONDAY + HOUR), Cause.RESTORED, MONDAY + 2 * HOUR)

    back = MONDAY + 2 * HOUR
    assert restored == replace(waits, updated_at=back, status_since=back)
    assert woken(restored, until, TERMS).ticket.status is Status.NEW


@pytest.mark.row(16)
def test_resolving_stamps_the_time_and_meets_every_promise() -> None:
    resolved = _move(_new(), Cause.RESOLVED, MONDAY + HOUR)

    assert (resolved.status, resolved.resolved_at) == (Status.RESOLVED, MONDAY + HOUR)
    assert {clock.state for clock in resolved.clocks} == {ClockState.MET}
    assert resolved.waiting_since is None


@pytest.mark.row(13, 18)
def test_a_customer_who_writes_after_the_solution_reopens_the_same_ticket() -> None:
    resolved = _move(_new(), Cause.RESOLVED, MONDAY + HOUR)

    again = customer_wrote(resolved, a_message(created_at=MONDAY + 3 * HOUR), TERMS).ticket

    assert (again.number, again.status, again.resolved_at) == (1001, Status.OPEN, None)
    resolution = the(RESOLUTION, again.clocks)
    assert (resolution.state, resolution.spent_seconds) == (ClockState.RUNNING, 3600)


@pytest.mark.row(13)
def test_a_last_word_after_the_solution_leaves_it_resolved() -> None:
    resolved = _move(_new(), Cause.RESOLVED, MONDAY + HOUR)

    decision = agent_replied(resolved, _reply(MONDAY + 2 * HOUR), TERMS)

    assert decision.ticket.status is Status.RESOLVED
    assert decision.ticket.resolved_at == MONDAY + HOUR


@pytest.mark.row(17)
def test_a_closed_ticket_that_was_deleted_by_mistake_is_closed_as_before() -> None:
    closed = _move(_move(_new(), Cause.RESOLVED, MONDAY), Cause.CLOSED, MONDAY + HOUR)

    restored = _move(_move(closed, Cause.DELETED, MONDAY + HOUR), Cause.RESTORED, MONDAY + HOUR)

    assert restored == closed


@pytest.mark.row(17)
@pytest.mark.parametrize("status", [Status.CLOSED, Status.SPAM, Status.DELETED])
def test_nobody_answers_or_takes_a_ticket_that_is_put_away(status: Status) -> None:
    with pytest.raises(InvalidTransition):
        agent_replied(a_ticket(status=status), _reply(MONDAY), TERMS)
    with pytest.raises(InvalidTransition):
        assigned(a_ticket(status=status), "agent-rui", actor=AGENT, at=MONDAY)


def test_a_ticket_restored_to_answered_waits_for_the_customer_again() -> None:
    terms = some_terms(pause_on_answered=True)
    answered = agent_replied(_new(terms), _reply(MONDAY + HOUR), terms).ticket

    spam = _move(answered, Cause.MARKED_SPAM, MONDAY + 2 * HOUR, terms)
    restored = _move(spam, Cause.RESTORED, MONDAY + 3 * HOUR, terms)

    assert restored.status is Status.ANSWERED
    assert the(RESOLUTION, restored.clocks).state is ClockState.PAUSED


@pytest.mark.row(41, 46)
def test_an_assigned_ticket_has_exactly_one_owner() -> None:
    first = assigned(_new(), "agent-rui", actor=SYSTEM, at=MONDAY)
    second = assigned(first.ticket, "agent-eva", actor=AGENT, at=MONDAY + HOUR)

    assert (second.ticket.assignee_id, second.ticket.assigned_at) == ("agent-eva", MONDAY + HOUR)
    (event,) = second.events
    assert (event.before["assignee"], event.after["assignee"]) == ("agent-rui", "agent-eva")


def test_assigning_to_the_same_agent_and_freeing_a_free_ticket_change_nothing() -> None:
    owned = assigned(_new(), "agent-rui", actor=SYSTEM, at=MONDAY).ticket

    assert not assigned(owned, "agent-rui", actor=AGENT, at=MONDAY + HOUR).changed
    assert not unassigned(_new(), actor=AGENT, at=MONDAY).changed


@pytest.mark.row(45, 49)
def test_another_department_takes_over_without_the_owner_and_by_its_own_promises() -> None:
    owned = assigned(_new(), "agent-rui", actor=SYSTEM, at=MONDAY).ticket
    longer = some_terms(**{FIRST: 120, RESOLUTION: 960})

    decision = moved_to_department(
        owned, "billing", actor=AGENT, at=MONDAY + HOUR / 2, terms_before=TERMS, terms=longer
    )

    assert (decision.ticket.department_id, decision.ticket.assignee_id) == ("billing", "")
    assert the(FIRST, decision.ticket.clocks).due_at == MONDAY + 2 * HOUR
    assert _kinds(decision) == [EventKind.DEPARTMENT_CHANGED, EventKind.TICKET_UNASSIGNED]
    # Both start a job: in the group of the department that deals the ticket now.
    assert {event.after["department"] for event in decision.events} == {"billing"}


@pytest.mark.row(49)
def test_what_ran_before_a_move_is_measured_by_the_old_hours() -> None:
    always = some_terms(a_calendar(ALL_DAY, days=7), **{RESOLUTION: 6000})
    evening = MONDAY + 9 * HOUR
    came = opened(a_ticket(created_at=evening), a_message(created_at=evening), TERMS).ticket

    night = evening + 10 * HOUR
    moved = moved_to_department(
        came, "billing", actor=AGENT, at=night, terms_before=TERMS, terms=always
    ).ticket

    assert the(RESOLUTION, moved.clocks).spent_seconds == 0


@pytest.mark.row(49)
def test_an_answered_ticket_without_promises_gets_no_first_response_by_moving() -> None:
    answered = agent_replied(_new(None), _reply(MONDAY), None).ticket

    moved = moved_to_department(
        answered, "billing", actor=AGENT, at=MONDAY + HOUR, terms_before=None, terms=TERMS
    ).ticket

    assert [clock.target for clock in moved.clocks] == [RESOLUTION]


def test_moving_to_the_same_department_or_priority_changes_nothing() -> None:
    same = {"actor": AGENT, "at": MONDAY, "terms_before": TERMS, "terms": TERMS}

    assert not moved_to_department(_new(), "support", **same).changed  # type: ignore[arg-type]
    assert not priority_set(_new(), Priority.NORMAL, **same).changed  # type: ignore[arg-type]


@pytest.mark.row(4, 7)
def test_a_new_priority_brings_its_own_due_time_and_is_told_with_before_and_after() -> None:
    sooner = some_terms(**{FIRST: 30, RESOLUTION: 240})

    decision = priority_set(
        _new(), Priority.URGENT, actor=AGENT, at=MONDAY, terms_before=TERMS, terms=sooner
    )

    assert decision.ticket.due_at == MONDAY + HOUR / 2
    (event,) = decision.events
    assert event.before == {"priority": "normal"}
    assert event.after == {"priority": "urgent", "terms": sooner.id}


@pytest.mark.row(51)
def test_the_warning_is_told_once_at_the_lead_time() -> None:
    ticket = _new()

    assert not woken(ticket, MONDAY + 44 * MINUTE, TERMS).changed
    warned = woken(ticket, MONDAY + 45 * MINUTE, TERMS)

    assert _kinds(warned) == [EventKind.TARGET_AT_RISK]
    assert warned.ticket.priority is Priority.NORMAL
    assert not woken(warned.ticket, MONDAY + 46 * MINUTE, TERMS).changed


@pytest.mark.row(52)
def test_a_breach_is_told_once_and_carries_the_due_time() -> None:
    late = MONDAY + 3 * HOUR

    breached = woken(_new(), late, TERMS)

    assert _kinds(breached) == [EventKind.TARGET_BREACHED]
    told = breached.events[0].after
    assert told == {"target": "first_response", "due_at": (MONDAY + HOUR).isoformat()}
    assert the(FIRST, breached.ticket.clocks).breached_at == MONDAY + HOUR
    assert not woken(breached.ticket, late, TERMS).changed


@pytest.mark.row(52)
def test_a_missed_day_of_sweeps_changes_nothing_but_lateness() -> None:
    in_time = woken(_new(), MONDAY + HOUR, TERMS).ticket
    days_later = woken(_new(), MONDAY + timedelta(days=1), TERMS).ticket

    first = the(FIRST, in_time.clocks)
    assert the(FIRST, days_later.clocks).breached_at == first.breached_at


@pytest.mark.row(20)
def test_a_ticket_without_promises_is_the_same_after_400_days() -> None:
    ticket = _new(None)

    assert woken(ticket, MONDAY + timedelta(days=400), None) == Decision(ticket)
    assert ticket.wake_at is None


@pytest.mark.row(7)
def test_a_corrected_subject_and_tags_are_two_events_with_before_and_after() -> None:
    decision = retold(_new(), subject="Wrong total", tags=("vat",), actor=AGENT, at=MONDAY)

    assert _kinds(decision) == [EventKind.SUBJECT_CHANGED, EventKind.TAGS_CHANGED]
    assert decision.events[0].before == {"subject": "The invoice is wrong"}
    unchanged = retold(decision.ticket, subject="Wrong total", tags=None, actor=AGENT, at=MONDAY)
    assert not unchanged.changed


@pytest.mark.row(27)
def test_the_chain_of_references_keeps_its_first_and_its_last_ids() -> None:
    ticket = a_ticket()
    for count in range(50):
        ticket = with_references(ticket, f"{count}@mail.test")

    assert len(ticket.references) == MAX_REFERENCES
    assert ticket.references[0] == "0@mail.test"
    assert ticket.references[-1] == "49@mail.test"


@pytest.mark.row(27)
def test_an_empty_or_known_id_does_not_lengthen_the_chain() -> None:
    ticket = with_references(a_ticket(), "a@mail.test")

    assert with_references(with_references(ticket, ""), "a@mail.test") == ticket


@pytest.mark.row(49)
def test_targets_stand_in_one_order() -> None:
    assert list(Target) == [FIRST, NEXT, RESOLUTION]
