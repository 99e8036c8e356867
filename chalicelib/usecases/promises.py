"""Promises and time rules around every write: what was edited in the set-up reaches the tickets.

A ticket keeps the name of the terms that its clocks run under. Whoever is about to decide on it
brings it under today's terms first, and whoever wrote a decision adds what follows from it. A change
of the set-up starts a job that does the same for the open tickets that nobody touches.
"""

from collections.abc import Iterable
from dataclasses import replace

from chalicelib.domain.assignment import load_changes
from chalicelib.domain.decisions import (
    Decision,
    promises_changed,
    with_consequences,
)
from chalicelib.domain.desk import Desk
from chalicelib.domain.promises import terms_id, terms_of
from chalicelib.domain.sla import Terms, terms_for
from chalicelib.domain.ticket import SYSTEM, EventKind, Priority, Ticket
from chalicelib.usecases.ports import Commit, Ids, Ports

TELLS_OF_MESSAGE = frozenset({EventKind.PUBLIC_REPLY_SENT, EventKind.NOTE_ADDED})


def renewed(ports: Ports, desk: Desk, ticket: Ticket) -> Decision:
    """The ticket under the terms of today; unchanged where it is under them already.

    Costs a call only where the set-up has changed since: the old terms measure what ran until now.
    """
    terms = terms_of(desk, ticket)
    named = terms_id(terms)
    if ticket.terms_id == named:
        return Decision(ticket)
    if ticket.terms_id is None:
        # From a release that named no terms: those of today are the best that is known.
        return Decision(replace(ticket, terms_id=named))
    before = ports.settings.past_terms((ticket.terms_id,)).get(ticket.terms_id)
    if before is None and ticket.terms_id:
        before = terms
    return promises_changed(
        ticket, actor=SYSTEM, at=ports.clock.now(), terms_before=before, terms=terms
    )


def completed(ports: Ports, desk: Desk, commit: Commit) -> Commit:
    """A write with all that follows from it: steps of missed promises, other terms, next alarms."""
    message = commit.messages[0] if commit.messages else None
    decision = Decision(commit.after, commit.events, message)
    followed = numbered(
        ports.ids, with_consequences(desk, commit.before, decision, ports.clock.now())
    )
    weight = desk.assignment_rules.weight_of(followed.ticket)
    followed = replace(followed, ticket=replace(followed.ticket, weight=weight))
    return replace(
        commit,
        after=followed.ticket,
        events=followed.events,
        messages=commit.messages + followed.said,
        load_changes=load_changes(commit.before, followed.ticket),
        suggests_tags=not desk.is_confidential(followed.ticket.department_id),
    )


def numbered(ids: Ids, decision: Decision) -> Decision:
    """The decision with an id for every event, and for what rules wrote; others have theirs."""
    said = tuple(m if m.id else replace(m, id=ids.new()) for m in decision.said)
    written = iter(new.id for new, old in zip(said, decision.said, strict=True) if not old.id)
    events = []
    for event in decision.events:
        tells = not event.id and not event.message_id and event.kind in TELLS_OF_MESSAGE
        named = replace(event, message_id=next(written, "")) if tells else event
        events.append(named if named.id else replace(named, id=ids.new()))
    return replace(decision, events=tuple(events), said=said)


def terms_of_desk(desk: Desk) -> Iterable[Terms]:
    """All terms that the desk's policies can make."""
    for policy in desk.sla_policies.values():
        calendar = desk.calendars[policy.calendar_id]
        yield from (terms_for(policy, calendar, priority) for priority in Priority)
