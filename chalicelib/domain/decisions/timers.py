"""What happens by itself when its time has come: timers end, targets are at risk or breached."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.decisions.decision import Decision
from chalicelib.domain.decisions.notes import reminded
from chalicelib.domain.decisions.steps import status_moved
from chalicelib.domain.sla import (
    Terms,
    due_alarms,
    mark_breached,
    mark_warned,
)
from chalicelib.domain.status import Cause, Status
from chalicelib.domain.ticket import (
    SYSTEM,
    Event,
    EventKind,
    Ticket,
)


def woken(ticket: Ticket, now: datetime, terms: Terms | None) -> Decision:
    """The ticket's own time came: what is due by ``now`` happens, each thing once.

    A second call at the same time finds nothing to do. Breaches carry the time they were due, not
    the time somebody looked.
    """
    events: list[Event] = []
    if (
        ticket.status is Status.POSTPONED
        and ticket.postponed_until
        and (ticket.postponed_until <= now)
    ):
        ended = status_moved(
            ticket, Cause.TIMER_ENDED, actor=SYSTEM, at=ticket.postponed_until, terms=terms
        )
        ticket = ended.ticket
        events.extend(ended.events)
    told_of = alarms_told(ticket, now)
    remembered = reminded(told_of.ticket, now)
    return Decision(remembered.ticket, (*events, *told_of.events, *remembered.events))


def alarms_told(ticket: Ticket, now: datetime) -> Decision:
    """What the clocks have to say by ``now``: warnings and breaches, each once.

    What is done about a breach follows from the set-up (``rules.with_consequences``).
    """
    events: list[Event] = []
    for alarm in due_alarms(ticket.clocks, now):
        told = {"target": alarm.target, "due_at": alarm.due_at.isoformat()}
        if alarm.kind == "breach":
            ticket = replace(ticket, clocks=mark_breached(ticket.clocks, alarm.target, now))
            events.append(Event(EventKind.TARGET_BREACHED, SYSTEM, now, {}, told))
        else:
            clocks = mark_warned(ticket.clocks, alarm.target, now)
            ticket = replace(ticket, clocks=clocks)
            events.append(Event(EventKind.TARGET_AT_RISK, SYSTEM, now, {}, told))
    return Decision(ticket, tuple(events))
