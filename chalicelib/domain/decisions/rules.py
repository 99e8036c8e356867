"""What rules do by themselves: the steps of a missed promise, and rules on time."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.decisions.decision import Decision, merged, priority_event
from chalicelib.domain.decisions.ownership import moved_to_department, retold, unassigned
from chalicelib.domain.decisions.promises import promises_changed
from chalicelib.domain.decisions.steps import status_moved
from chalicelib.domain.desk import Desk
from chalicelib.domain.escalation import may_move_by_rule
from chalicelib.domain.promises import terms_id, terms_of
from chalicelib.domain.resolvable import faults_before_resolving, named_in_faults
from chalicelib.domain.status import TRANSITIONS, UNSOLVED, Cause, Status
from chalicelib.domain.step import DEFAULT_BREACH_STEPS, ENDS, Step, StepKind, told_to
from chalicelib.domain.ticket import SYSTEM, Actor, Event, EventKind, Priority, Ticket
from chalicelib.domain.time_rule import Crossing, crossings, noted

_MOVES = (StepKind.ESCALATE, StepKind.MOVE_DEPARTMENT)
_HIGHER = {Priority.LOW: Priority.NORMAL, Priority.NORMAL: Priority.HIGH}


def with_consequences(
    desk: Desk, before: Ticket | None, decision: Decision, at: datetime
) -> Decision:
    """A decision with all that follows from it by the desk's set-up.

    Missed promises bring their steps, changed facts bring the promises that are made to them, and
    the next alarm of the rules on time is set. Whoever writes a ticket asks this last.

    Args:
        before: the ticket that the decision was taken on, under the terms of today.
    """
    followed = _with_breach_steps(desk, decision, at)
    ticket = followed.ticket
    if before is not None and before.terms_id == terms_id(was := terms_of(desk, before)):
        now = terms_of(desk, ticket)
        settled = promises_changed(ticket, actor=SYSTEM, at=at, terms_before=was, terms=now)
        # Decisions that know their terms have changed them already, and named them.
        followed = merged(followed, settled)
    return replace(followed, ticket=with_next_rule(desk, followed.ticket))


def with_next_rule(desk: Desk, ticket: Ticket) -> Ticket:
    """The ticket with the instant at which a time rule may act next."""
    ahead = crossings(desk.time_rules.values(), desk.calendars, ticket, desk.organisations)
    rules_at = min((crossing.at for crossing in ahead), default=None)
    return ticket if rules_at == ticket.rules_at else replace(ticket, rules_at=rules_at)


def rules_acted(desk: Desk, ticket: Ticket, now: datetime) -> Decision:
    """Every time rule whose time is over acts, in their order, each once per crossing.

    A later rule sees what an earlier one has done.
    """
    decision = Decision(ticket)
    while crossing := _first_due(desk, decision.ticket, now):
        rule = crossing.rule
        told = {
            "rule": rule.id,
            "name": rule.name,
            "since": crossing.anchor.isoformat(),
            "due_at": crossing.at.isoformat(),
            **_whom(decision.ticket, rule.steps),
        }
        acted = Event(EventKind.TIME_RULE_ACTED, SYSTEM, now, {}, told)
        remembered = replace(noted(decision.ticket, crossing), updated_at=now)
        decision = merged(decision, Decision(remembered, (acted,)))
        decision = merged(decision, steps_taken(desk, decision.ticket, rule.steps, now))
    return decision


def escalated(desk: Desk, ticket: Ticket, *, actor: Actor, at: datetime) -> Decision:
    """The department that comes next takes over, with its own promises; nothing without one."""
    department = desk.departments.get(ticket.department_id)
    following = department.escalates_to if department else ""
    return _moved(desk, ticket, following, actor, at)


def steps_taken(desk: Desk, ticket: Ticket, steps: Iterable[Step], at: datetime) -> Decision:
    """These steps in turn; what makes no sense on the ticket as it is changes nothing.

    A ticket that lacks what its type asks for is not resolved: the event says so, once however many
    of the steps would have done it.
    """
    decision, steps = Decision(ticket), tuple(steps)
    ends = [step for step in steps if step.kind in ENDS]
    lacking = faults_before_resolving(desk, ticket) if ends and ticket.status in UNSOLVED else []
    if lacking:
        told = {"lacking": named_in_faults(desk, lacking)}
        held_back = Event(EventKind.RESOLUTION_HELD_BACK, SYSTEM, at, {}, told)
        decision = Decision(replace(ticket, updated_at=at), (held_back,))
        steps = tuple(step for step in steps if step not in ends)
    for step in steps:
        taken = _TAKE.get(step.kind)
        if taken:
            decision = merged(decision, taken(desk, decision.ticket, step.value, at))
    return decision


def _first_due(desk: Desk, ticket: Ticket, now: datetime) -> Crossing | None:
    ahead = crossings(desk.time_rules.values(), desk.calendars, ticket, desk.organisations)
    return next((crossing for crossing in ahead if crossing.at <= now), None)


def _whom(ticket: Ticket, steps: Iterable[Step]) -> dict[str, str]:
    """Whom the event is told to: as things stood, for the steps may move the ticket on."""
    return {
        "notify": told_to(steps),
        "assignee": ticket.assignee_id,
        "department": ticket.department_id,
    }


def _with_breach_steps(desk: Desk, decision: Decision, at: datetime) -> Decision:
    breaches = [e for e in decision.events if e.kind is EventKind.TARGET_BREACHED]
    if not breaches:
        return decision
    terms = terms_of(desk, decision.ticket)
    steps = terms.breach_steps if terms else DEFAULT_BREACH_STEPS
    whom = _whom(decision.ticket, steps)
    events = tuple(
        replace(e, after={**e.after, **whom}) if e in breaches else e for e in decision.events
    )
    decision = replace(decision, events=events)
    for _ in breaches:
        decision = merged(decision, steps_taken(desk, decision.ticket, steps, at))
        # Two promises missed at once are one reason to go up one tier.
        steps = tuple(step for step in steps if step.kind not in _MOVES)
    return decision


def _raised(_: Desk, ticket: Ticket, __: str, at: datetime) -> Decision:
    return _weighing(ticket, _HIGHER.get(ticket.priority, Priority.URGENT), at)


def _set_priority(_: Desk, ticket: Ticket, value: str, at: datetime) -> Decision:
    return _weighing(ticket, Priority(value), at)


def _weighing(ticket: Ticket, priority: Priority, at: datetime) -> Decision:
    """The clocks keep their promises: a breach that tightened them would set off the next one."""
    if priority is ticket.priority:
        return Decision(ticket)
    promised = ticket.promised_priority or ticket.priority
    moved = replace(ticket, priority=priority, promised_priority=promised, updated_at=at)
    return Decision(moved, (priority_event(ticket, moved, SYSTEM, at),))


def _tagged(_: Desk, ticket: Ticket, value: str, at: datetime) -> Decision:
    tags = ticket.tags if value in ticket.tags else (*ticket.tags, value)
    return retold(ticket, subject=None, tags=tags, actor=SYSTEM, at=at)


def _escalated(desk: Desk, ticket: Ticket, _: str, at: datetime) -> Decision:
    return escalated(desk, ticket, actor=SYSTEM, at=at)


def _moved_by_rule(desk: Desk, ticket: Ticket, value: str, at: datetime) -> Decision:
    if not may_move_by_rule(desk, ticket.department_id, value):
        return Decision(ticket)
    return _moved(desk, ticket, value, SYSTEM, at)


def _moved(desk: Desk, ticket: Ticket, department_id: str, actor: Actor, at: datetime) -> Decision:
    """Another tier starts with its own promises, made at the weight that the ticket has by now."""
    if department_id not in desk.departments or ticket.status not in UNSOLVED:
        return Decision(ticket)
    there = replace(ticket, department_id=department_id, promised_priority=None)
    return moved_to_department(
        ticket, department_id, actor=actor, at=at, terms_before=terms_of(desk, ticket),
        terms=terms_of(desk, there), escalates=True,
    )  # fmt: skip


def _unassigned(_: Desk, ticket: Ticket, __: str, at: datetime) -> Decision:
    return unassigned(ticket, actor=SYSTEM, at=at)


def _resolved(desk: Desk, ticket: Ticket, _: str, at: datetime) -> Decision:
    if ticket.status is Status.RESOLVED or Cause.RESOLVED not in TRANSITIONS[ticket.status]:
        return Decision(ticket)
    terms = terms_of(desk, ticket)
    return status_moved(ticket, Cause.RESOLVED, actor=SYSTEM, at=at, terms=terms)


def _closed(desk: Desk, ticket: Ticket, _: str, at: datetime) -> Decision:
    """Closed is reached through Resolved only, so what is not solved yet becomes that first."""
    decision = _resolved(desk, ticket, "", at)
    if decision.ticket.status is not Status.RESOLVED:
        return decision
    terms = terms_of(desk, decision.ticket)
    closed = status_moved(decision.ticket, Cause.CLOSED, actor=SYSTEM, at=at, terms=terms)
    return merged(decision, closed)


_TAKE: Mapping[StepKind, Callable[[Desk, Ticket, str, datetime], Decision]] = {
    StepKind.RAISE_PRIORITY: _raised,
    StepKind.SET_PRIORITY: _set_priority,
    StepKind.ADD_TAG: _tagged,
    StepKind.ESCALATE: _escalated,
    StepKind.MOVE_DEPARTMENT: _moved_by_rule,
    StepKind.UNASSIGN: _unassigned,
    StepKind.RESOLVE: _resolved,
    StepKind.CLOSE: _closed,
}
