"""Rules on events act in the write of what happened: with it or not at all, and never twice."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.decisions.decision import Decision, merged
from chalicelib.domain.decisions.promises import promises_changed
from chalicelib.domain.decisions.rule_steps import Occasion, steps_taken, whom, with_macros
from chalicelib.domain.desk import Desk
from chalicelib.domain.event_rule import MOST_EFFECTS, MOST_LEVELS, EventRule, Trigger, triggers_of
from chalicelib.domain.facts import Moment, facts_at, facts_of_moment
from chalicelib.domain.known_facts import Known
from chalicelib.domain.promises import terms_of
from chalicelib.domain.status import Status
from chalicelib.domain.step import StepKind, webhooks_of
from chalicelib.domain.ticket import SYSTEM, ActorKind, Event, EventKind, MessageKind, Ticket

_OF_MESSAGES = frozenset(
    {
        EventKind.TICKET_CREATED, EventKind.CUSTOMER_MESSAGE_RECEIVED, EventKind.PUBLIC_REPLY_SENT,
        EventKind.SOLUTION_REFUSED,
    }
)  # fmt: skip


def with_event_rules(
    desk: Desk, before: Ticket | None, decision: Decision, at: datetime
) -> Decision:
    """A decision with what rules on events make of it, and the promises that follow.

    In rounds: the rules that wait for what happened act in their order, each on what the last one
    left; then those that wait for changes, on what the first ones changed. Each acts once at most,
    and after five rounds, or forty effects, nobody is asked any more.

    Args:
        before: the ticket as it was; None for a new one.
    """
    rules = [rule for rule in in_order(desk.event_rules.values()) if rule.is_active]
    triggers = triggers_of(decision.events) if rules else frozenset()
    ticket = decision.ticket
    if not triggers or ticket.merged_into or ticket.status is Status.DELETED:
        return decision
    moment = moment_of(desk, before, decision, at)
    acted = _rounds(desk, rules, triggers, before or ticket, ticket, moment)
    if not acted.changed:
        return decision
    was, now = terms_of(desk, ticket), terms_of(desk, acted.ticket)
    settled = promises_changed(acted.ticket, actor=SYSTEM, at=at, terms_before=was, terms=now)
    return _answered_once(merged(merged(decision, acted), settled))


def in_order(rules: Iterable[EventRule]) -> list[EventRule]:
    """Rules as they are tried."""
    return sorted(rules, key=lambda rule: (rule.position, rule.id))


def moment_of(desk: Desk, before: Ticket | None, decision: Decision, at: datetime) -> Moment:
    """What happens, as conditions can ask about it."""
    told = next((event for event in decision.events if event.kind in _OF_MESSAGES), None)
    facts = told.after if told else {}
    message = decision.message
    return Moment(
        at=at,
        message=message,
        sender=_sender(desk, decision.ticket, message.author.id) if message else "",
        recipients=_recipients(desk, decision, facts.get("to", "")),
        is_automatic=facts.get("acknowledge") == "no",
        last_message_at=before.last_message_at if before else None,
    )


def rule_acted(desk: Desk, ticket: Ticket, rule: EventRule, moment: Moment) -> Decision:
    """What one rule does to a ticket, with the event that tells of it first."""
    steps = tuple(with_macros(desk, rule.steps))
    told = {
        "rule": rule.id,
        "name": rule.name,
        "webhooks": webhooks_of(steps),
        **whom(ticket, steps),
    }
    event = Event(EventKind.EVENT_RULE_ACTED, SYSTEM, moment.at, {}, told)
    said = moment.message
    of_customer = said if said and said.kind is MessageKind.CUSTOMER_MESSAGE else None
    occasion = Occasion(of_customer, moment.is_automatic)
    touched = Decision(replace(ticket, updated_at=moment.at), (event,))
    return merged(touched, steps_taken(desk, touched.ticket, steps, moment.at, occasion))


def _rounds(
    desk: Desk,
    rules: list[EventRule],
    triggers: frozenset[Trigger],
    before: Ticket,
    ticket: Ticket,
    moment: Moment,
) -> Decision:
    whole = Decision(ticket)
    done: set[str] = set()
    shared = facts_of_moment(ticket, moment, desk.calendars)
    earlier = facts_at(before, shared, desk.organisations)
    for _ in range(MOST_LEVELS):
        told = len(whole.events)
        facts = facts_at(whole.ticket, shared, desk.organisations)
        for rule in rules:
            if rule.id in done or not _applies(rule, triggers, earlier, facts):
                continue
            done.add(rule.id)
            whole = merged(whole, rule_acted(desk, whole.ticket, rule, moment))
            facts = facts_at(whole.ticket, shared, desk.organisations)
            if any(step.kind is StepKind.STOP for step in rule.steps):
                return whole
            if len(whole.events) + len(whole.said) >= MOST_EFFECTS:
                return merged(whole, _stopped(whole.ticket, rule, moment))
        triggers = triggers_of(whole.events[told:]) & {Trigger.CHANGED}
        if not triggers:
            return whole
    facts = facts_at(whole.ticket, shared, desk.organisations)
    left = [r for r in rules if r.id not in done and _applies(r, triggers, earlier, facts)]
    if not left:
        return whole
    return merged(whole, _stopped(whole.ticket, left[0], moment))


def _stopped(ticket: Ticket, rule: EventRule, moment: Moment) -> Decision:
    """A person sees at which rule it ended."""
    told = {"rule": rule.id, "name": rule.name}
    return Decision(ticket, (Event(EventKind.RULES_STOPPED, SYSTEM, moment.at, {}, told),))


def _applies(rule: EventRule, triggers: frozenset[Trigger], earlier: Known, facts: Known) -> bool:
    waited_for = rule.on & triggers
    if not waited_for or not rule.conditions.holds(facts):
        return False
    # What was so before has not become so by this change.
    return waited_for != {Trigger.CHANGED} or not rule.conditions.holds(earlier)


def _answered_once(decision: Decision) -> Decision:
    """A rule that answered a new ticket, or threw it away, stands for the acknowledgement."""
    answered = any(m.kind is MessageKind.PUBLIC_REPLY for m in decision.said)
    if not answered and decision.ticket.status is not Status.SPAM:
        return decision
    events = tuple(
        replace(event, after={**event.after, "acknowledge": "no"})
        if event.kind is EventKind.TICKET_CREATED and event.actor.kind is ActorKind.CUSTOMER
        else event
        for event in decision.events
    )
    return replace(decision, events=events)


def _sender(desk: Desk, ticket: Ticket, author_id: str) -> str:
    """The address of whom a message is by; that of one who takes part is his name here."""
    if author_id == ticket.requester.id:
        return ticket.requester.email
    known = desk.agents.get(author_id)
    return known.email if known else author_id if "@" in author_id else ""


def _recipients(desk: Desk, decision: Decision, to: str) -> frozenset[str]:
    box = desk.mailboxes.get(decision.ticket.mailbox_id)
    named = filter(None, to.split(",")) if to else ((box.address,) if box else ())
    copied = decision.message.copied if decision.message else ()
    return frozenset((*named, *copied))
