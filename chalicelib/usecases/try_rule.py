"""A rule tried on tickets that are there: what it would do to each, and nothing is written."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from chalicelib.domain.access import sees_department
from chalicelib.domain.condition_fields import OF_A_MOMENT
from chalicelib.domain.decisions import Decision, rule_acted
from chalicelib.domain.desk import Agent, Desk
from chalicelib.domain.event_rule import EventRule, Trigger
from chalicelib.domain.facts import Moment, facts_at, facts_of_moment
from chalicelib.domain.status import Status
from chalicelib.domain.step import StepKind
from chalicelib.domain.ticket import EventKind, Message, MessageKind, Ticket
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.settings_rules import check_event_rule

_BEFORE_THE_FIRST = 1000
_LOOKED_AT = 40
_SIDE_BY_SIDE = 8
_WANTED = {
    Trigger.CREATED: MessageKind.CUSTOMER_MESSAGE,
    Trigger.CUSTOMER_WROTE: MessageKind.CUSTOMER_MESSAGE,
    Trigger.AGENT_WROTE: MessageKind.PUBLIC_REPLY,
}
_TOLD = {
    EventKind.STATUS_CHANGED: "status",
    EventKind.PRIORITY_CHANGED: "priority",
    EventKind.DEPARTMENT_CHANGED: "department",
    EventKind.TICKET_ASSIGNED: "assignee",
    EventKind.TICKET_UNASSIGNED: "assignee",
    EventKind.TAGS_CHANGED: "tags",
    EventKind.TYPE_CHANGED: "type",
}


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that would be done.

    Attributes:
        what: a field of tickets, ``field:`` and an id, or a kind of step that changes no field.
        before, after: as the history would say it; the words of a reply or a note stand in
            ``after``, and so does who would be told.
    """

    what: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """A page of tickets that a rule was tried on, newest first.

    Attributes:
        looked_at: how many tickets of the page the agent may see.
        found: those that the rule would act on, each with what it would do.
        cursor: where the next page begins; empty at the end.
    """

    looked_at: int
    found: Sequence[tuple[Ticket, Sequence[Effect]]]
    cursor: str


def try_rule(ports: Ports, agent: Agent, rule: EventRule, *, limit: int, cursor: str) -> Trial:
    """What a rule would do if now happened to each ticket what it waits for.

    Tickets are tried as they are now, with their newest message and its time. Reads a page of
    tickets in one call, and what was said on them only where the rule asks for it.

    Raises:
        InvalidSetting: the rule could not be saved.
    """
    desk = ports.settings.desk()
    check_event_rule(desk, rule)
    newest = int(cursor) if cursor.isdecimal() else ports.tickets.last_number()
    numbers = range(newest, max(newest - limit, _BEFORE_THE_FIRST), -1)
    tickets = ports.tickets.list_by_numbers(tuple(numbers)) if numbers else ()
    seen = [t for t in tickets if sees_department(agent, t.department_id) and _is_open_to(t)]
    seen.sort(key=lambda ticket: -ticket.number)
    said = _newest_messages(ports, rule, seen) if _asks_message(rule) else {}
    tried = ((t, _tried(desk, rule, t, said.get(t.number))) for t in seen)
    after = str(newest - limit) if newest - limit > _BEFORE_THE_FIRST else ""
    return Trial(len(seen), [(t, effects) for t, effects in tried if effects], after)


def effects_of(before: Ticket, decision: Decision, rule: EventRule) -> Sequence[Effect]:
    """What a decision of a rule does, as a person reads it."""
    effects: list[Effect] = []
    said = iter(decision.said)
    for event in decision.events:
        what = _TOLD.get(event.kind)
        if what:
            effects.append(Effect(what, event.before.get(what, ""), event.after.get(what, "")))
        elif event.kind is EventKind.FIELD_CHANGED:
            name = f"field:{event.after['field']}"
            effects.append(Effect(name, event.before["value"], event.after["value"]))
        elif event.kind in (EventKind.PUBLIC_REPLY_SENT, EventKind.NOTE_ADDED):
            kind = "reply" if event.kind is EventKind.PUBLIC_REPLY_SENT else "add_note"
            effects.append(Effect(kind, "", next(said).text))
        elif event.kind is EventKind.ASSIGNMENT_ASKED:
            effects.append(Effect("assign_best"))
        elif event.kind is EventKind.EVENT_RULE_ACTED:
            effects += _told_of(event.after)
    if decision.ticket.policy_id != before.policy_id:
        effects.append(Effect("set_policy", before.policy_id, decision.ticket.policy_id))
    if any(step.kind is StepKind.STOP for step in rule.steps):
        effects.append(Effect("stop"))
    return effects


def _told_of(after: Mapping[str, str]) -> Iterable[Effect]:
    for name in filter(None, after.get("notify", "").split(",")):
        yield Effect("notify", "", name)
    for name in filter(None, after.get("webhooks", "").split(",")):
        yield Effect("call_webhook", "", name)


def _tried(
    desk: Desk, rule: EventRule, ticket: Ticket, message: Message | None
) -> Sequence[Effect]:
    box = desk.mailboxes.get(ticket.mailbox_id)
    sender = ticket.requester.email
    if message and message.author.id != ticket.requester.id:
        known = desk.agents.get(message.author.id)
        sender = known.email if known else message.author.id
    moment = Moment(
        at=message.created_at if message else ticket.updated_at,
        message=message,
        sender=sender,
        recipients=frozenset({box.address} if box else ()),
        last_message_at=ticket.last_message_at,
    )
    shared = facts_of_moment(ticket, moment, desk.calendars)
    facts = facts_at(ticket, shared, desk.organisations)
    if not rule.conditions.holds(facts):
        return ()
    return effects_of(ticket, rule_acted(desk, ticket, rule, moment), rule)


def _is_open_to(ticket: Ticket) -> bool:
    return not ticket.merged_into and ticket.status is not Status.DELETED


def _asks_message(rule: EventRule) -> bool:
    asked = (*rule.conditions.all_of, *rule.conditions.any_of)
    answers = any(step.kind in (StepKind.REPLY, StepKind.APPLY_MACRO) for step in rule.steps)
    return answers or any(condition.field in OF_A_MOMENT for condition in asked)


def _newest_messages(
    ports: Ports, rule: EventRule, tickets: Sequence[Ticket]
) -> Mapping[int, Message]:
    """The message that the rule would see on each ticket; side by side, a page at a time."""
    wanted = {_WANTED[trigger] for trigger in rule.on if trigger in _WANTED}
    kinds = wanted or {MessageKind.CUSTOMER_MESSAGE}

    def newest(ticket: Ticket) -> Message | None:
        thread = ports.tickets.open_thread(ticket.number, limit=_LOOKED_AT)
        said = [e for e in thread.entries if isinstance(e, Message) and e.kind in kinds]
        return said[-1] if said else None

    with ThreadPoolExecutor(max_workers=_SIDE_BY_SIDE) as pool:
        found = zip(tickets, pool.map(newest, tickets), strict=True)
        return {ticket.number: message for ticket, message in found if message}
