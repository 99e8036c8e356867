"""What the steps of rules and macros do to a ticket, one function each.

A step that makes no sense on the ticket as it is changes nothing: nobody is there to be told.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.answer_text import filled_in_text
from chalicelib.domain.automatic_mail import limits_for
from chalicelib.domain.custom_fields import checked, typed_value
from chalicelib.domain.decisions.decision import Decision, merged, priority_event
from chalicelib.domain.decisions.form import filled_in, typed
from chalicelib.domain.decisions.ownership import (
    assigned,
    moved_to_department,
    retold,
    unassigned,
)
from chalicelib.domain.decisions.steps import status_moved
from chalicelib.domain.desk import Desk
from chalicelib.domain.errors import InvalidRequest, InvalidTransition
from chalicelib.domain.escalation import may_move_by_rule
from chalicelib.domain.promises import terms_of
from chalicelib.domain.resolvable import faults_before_resolving, named_in_faults
from chalicelib.domain.status import TRANSITIONS, UNSOLVED, Cause, Status
from chalicelib.domain.step import ENDS, Step, StepKind, told_to
from chalicelib.domain.ticket import (
    SYSTEM,
    Actor,
    ActorKind,
    Channel,
    DeliveryState,
    Event,
    EventKind,
    Message,
    MessageKind,
    Priority,
    Ticket,
)

_HIGHER = {Priority.LOW: Priority.NORMAL, Priority.NORMAL: Priority.HIGH}
_NOBODY_LISTENS = frozenset({Status.SPAM, Status.DELETED, Status.CLOSED})


@dataclass(frozen=True, slots=True)
class Occasion:
    """What steps are taken at.

    Attributes:
        message: what the customer said with it, if he did.
        is_automatic: a machine wrote that, and no machine may answer it.
    """

    message: Message | None = None
    is_automatic: bool = False


_NO_OCCASION = Occasion()


def escalated(desk: Desk, ticket: Ticket, *, actor: Actor, at: datetime) -> Decision:
    """The department that comes next takes over, with its own promises; nothing without one."""
    department = desk.departments.get(ticket.department_id)
    following = department.escalates_to if department else ""
    return _moved(desk, ticket, following, actor, at)


def steps_taken(
    desk: Desk,
    ticket: Ticket,
    steps: Iterable[Step],
    at: datetime,
    occasion: Occasion = _NO_OCCASION,
) -> Decision:
    """These steps in turn; what makes no sense on the ticket as it is changes nothing.

    A ticket that lacks what its type asks for is not resolved: the event says so, once however many
    of the steps would have done it. Messages that they write have no id yet: whoever commits them gives one.
    """
    decision = Decision(ticket)
    held_back = False
    for step in with_macros(desk, steps):
        lacking = _lacking(desk, decision.ticket) if step.kind in ENDS else ""
        if lacking and not held_back:
            told = Event(EventKind.RESOLUTION_HELD_BACK, SYSTEM, at, {}, {"lacking": lacking})
            seen = replace(decision.ticket, updated_at=at)
            decision, held_back = merged(decision, Decision(seen, (told,))), True
        if lacking:
            continue
        try:
            taken = _one(desk, decision.ticket, step, at, occasion)
        except (InvalidTransition, InvalidRequest):
            continue
        decision = merged(decision, taken)
    return decision


def _lacking(desk: Desk, ticket: Ticket) -> str:
    """What its type asks for before it is resolved, by name; empty when nothing is missing."""
    if ticket.status not in UNSOLVED:
        return ""
    return named_in_faults(desk, faults_before_resolving(desk, ticket))


def with_macros(desk: Desk, steps: Iterable[Step]) -> Iterable[Step]:
    """The steps with those of the macros that they apply in their place."""
    for step in steps:
        macro = desk.macros.get(step.value) if step.kind is StepKind.APPLY_MACRO else None
        if macro is None:
            yield step
            continue
        yield from macro.steps
        if macro.text:
            yield Step(StepKind.REPLY, text=macro.text)


def whom(ticket: Ticket, steps: Iterable[Step]) -> dict[str, str]:
    """Whom an event of a rule is told to: as things stood, for the steps may move the ticket on."""
    return {
        "notify": told_to(steps),
        "assignee": ticket.assignee_id,
        "department": ticket.department_id,
    }


def _one(desk: Desk, ticket: Ticket, step: Step, at: datetime, occasion: Occasion) -> Decision:
    if step.kind is StepKind.REPLY:
        return _replied(desk, ticket, step.text, at, occasion)
    if step.kind is StepKind.ADD_NOTE:
        return _noted(desk, ticket, step.text, at)
    if step.kind is StepKind.SET_FIELD:
        return _field_set(desk, ticket, step, at)
    taken = _TAKE.get(step.kind)
    return taken(desk, ticket, step.value, at) if taken else Decision(ticket)


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


def _untagged(_: Desk, ticket: Ticket, value: str, at: datetime) -> Decision:
    tags = tuple(tag for tag in ticket.tags if tag != value)
    return retold(ticket, subject=None, tags=tags, actor=SYSTEM, at=at)


def _typed(desk: Desk, ticket: Ticket, value: str, at: datetime) -> Decision:
    known = desk.ticket_types.get(value)
    if known is None or (known.departments and ticket.department_id not in known.departments):
        return Decision(ticket)
    return typed(ticket, value, actor=SYSTEM, at=at)


def _field_set(desk: Desk, ticket: Ticket, step: Step, at: datetime) -> Decision:
    known = desk.fields.get(step.field)
    value, fault = checked(known, typed_value(known.kind, step.value)) if known else (None, "gone")
    if fault:
        return Decision(ticket)
    return filled_in(ticket, {step.field: value}, actor=SYSTEM, at=at)


def _assigned(desk: Desk, ticket: Ticket, value: str, at: datetime) -> Decision:
    wanted = desk.agents.get(value)
    if wanted is None or not wanted.is_active or ticket.department_id not in wanted.departments:
        return Decision(ticket)
    return assigned(ticket, value, actor=SYSTEM, at=at)


def _best_asked(_: Desk, ticket: Ticket, __: str, at: datetime) -> Decision:
    """Whose turn it is, a job finds out: it needs everybody's load, and its own condition."""
    free = unassigned(ticket, actor=SYSTEM, at=at)
    told = {"department": ticket.department_id}
    asked = Event(EventKind.ASSIGNMENT_ASKED, SYSTEM, at, {}, told)
    return merged(free, Decision(replace(free.ticket, updated_at=at), (asked,)))


def _policy_set(desk: Desk, ticket: Ticket, value: str, at: datetime) -> Decision:
    """Nothing is told here: other promises have an event of their own."""
    if value not in desk.sla_policies or value == ticket.policy_id:
        return Decision(ticket)
    return Decision(replace(ticket, policy_id=value, updated_at=at))


def _made_spam(desk: Desk, ticket: Ticket, _: str, at: datetime) -> Decision:
    if ticket.status is Status.SPAM:
        return Decision(ticket)
    terms = terms_of(desk, ticket)
    return status_moved(ticket, Cause.MARKED_SPAM, actor=SYSTEM, at=at, terms=terms)


def _replied(desk: Desk, ticket: Ticket, text: str, at: datetime, occasion: Occasion) -> Decision:
    """Words of a template are no answer of a person: the status and the clocks go on.

    No machine is answered, nobody whose address may be forged, and nothing that was thrown away.
    """
    said = occasion.message
    refused = ticket.is_internal or ticket.status in _NOBODY_LISTENS or occasion.is_automatic
    if refused or (said and limits_for([said], said.author.id) is None):
        return Decision(ticket)
    author = Actor(ActorKind.SYSTEM, SYSTEM.id, desk.profile.name)
    words = filled_in_text(desk, ticket, None, text)
    message = _message(MessageKind.PUBLIC_REPLY, author, words, at)
    sent = Event(EventKind.PUBLIC_REPLY_SENT, author, at)
    return Decision(_with_one_more(ticket, at), (sent,), said=(message,))


def _noted(desk: Desk, ticket: Ticket, text: str, at: datetime) -> Decision:
    if ticket.status in (Status.CLOSED, Status.DELETED):
        return Decision(ticket)
    words = filled_in_text(desk, ticket, None, text)
    message = _message(MessageKind.INTERNAL_NOTE, SYSTEM, words, at)
    noted = Event(EventKind.NOTE_ADDED, SYSTEM, at)
    return Decision(_with_one_more(ticket, at), (noted,), said=(message,))


def _with_one_more(ticket: Ticket, at: datetime) -> Ticket:
    """A message counted; lists go on showing what a person said last."""
    return replace(ticket, message_count=ticket.message_count + 1, updated_at=at)


def _message(kind: MessageKind, author: Actor, text: str, at: datetime) -> Message:
    leaves = kind is MessageKind.PUBLIC_REPLY
    return Message(
        id="", kind=kind, author=author, channel=Channel.API, text=text, html="", created_at=at,
        delivery=DeliveryState.QUEUED if leaves else None,
    )  # fmt: skip


_TAKE: Mapping[StepKind, Callable[[Desk, Ticket, str, datetime], Decision]] = {
    StepKind.RAISE_PRIORITY: _raised,
    StepKind.SET_PRIORITY: _set_priority,
    StepKind.ADD_TAG: _tagged,
    StepKind.ESCALATE: _escalated,
    StepKind.MOVE_DEPARTMENT: _moved_by_rule,
    StepKind.UNASSIGN: _unassigned,
    StepKind.RESOLVE: _resolved,
    StepKind.CLOSE: _closed,
    StepKind.REMOVE_TAG: _untagged,
    StepKind.SET_TYPE: _typed,
    StepKind.ASSIGN: _assigned,
    StepKind.ASSIGN_BEST: _best_asked,
    StepKind.SET_POLICY: _policy_set,
    StepKind.MARK_SPAM: _made_spam,
}
