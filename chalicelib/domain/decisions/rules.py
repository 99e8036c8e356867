"""What rules do by themselves: the steps of a missed promise, and rules on time."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.decisions.decision import Decision, merged
from chalicelib.domain.decisions.event_rules import with_event_rules
from chalicelib.domain.decisions.promises import promises_changed
from chalicelib.domain.decisions.rule_steps import steps_taken, whom
from chalicelib.domain.decisions.satisfaction import with_question
from chalicelib.domain.desk import Desk
from chalicelib.domain.promises import terms_id, terms_of
from chalicelib.domain.step import DEFAULT_BREACH_STEPS, StepKind, webhooks_of
from chalicelib.domain.ticket import SYSTEM, Event, EventKind, Ticket
from chalicelib.domain.time_rule import Crossing, crossings, noted

_MOVES = (StepKind.ESCALATE, StepKind.MOVE_DEPARTMENT)


def with_consequences(
    desk: Desk, before: Ticket | None, decision: Decision, at: datetime
) -> Decision:
    """A decision with all that follows from it by the desk's set-up.

    Rules on events act, missed promises bring their steps, changed facts bring the promises that
    are made to them, and the next alarm of the rules on time is set. Whoever writes a ticket asks
    this last.

    Args:
        before: the ticket that the decision was taken on, under the terms of today.
    """
    followed = with_event_rules(desk, before, decision, at)
    followed = _with_breach_steps(desk, followed, at)
    ticket = followed.ticket
    if before is not None and before.terms_id == terms_id(was := terms_of(desk, before)):
        now = terms_of(desk, ticket)
        settled = promises_changed(ticket, actor=SYSTEM, at=at, terms_before=was, terms=now)
        # Decisions that know their terms have changed them already, and named them.
        followed = merged(followed, settled)
    ticket = with_question(desk, before, followed.ticket, followed.events)
    return replace(followed, ticket=with_next_rule(desk, ticket))


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
            "webhooks": webhooks_of(rule.steps),
            **whom(decision.ticket, rule.steps),
        }
        acted = Event(EventKind.TIME_RULE_ACTED, SYSTEM, now, {}, told)
        remembered = replace(noted(decision.ticket, crossing), updated_at=now)
        decision = merged(decision, Decision(remembered, (acted,)))
        decision = merged(decision, steps_taken(desk, decision.ticket, rule.steps, now))
    return decision


def _first_due(desk: Desk, ticket: Ticket, now: datetime) -> Crossing | None:
    ahead = crossings(desk.time_rules.values(), desk.calendars, ticket, desk.organisations)
    return next((crossing for crossing in ahead if crossing.at <= now), None)


def _with_breach_steps(desk: Desk, decision: Decision, at: datetime) -> Decision:
    breaches = [e for e in decision.events if e.kind is EventKind.TARGET_BREACHED]
    if not breaches:
        return decision
    terms = terms_of(desk, decision.ticket)
    steps = terms.breach_steps if terms else DEFAULT_BREACH_STEPS
    named = whom(decision.ticket, steps)
    events = tuple(
        replace(e, after={**e.after, **named}) if e in breaches else e for e in decision.events
    )
    decision = replace(decision, events=events)
    for _ in breaches:
        decision = merged(decision, steps_taken(desk, decision.ticket, steps, at))
        # Two promises missed at once are one reason to go up one tier.
        steps = tuple(step for step in steps if step.kind not in _MOVES)
    return decision
