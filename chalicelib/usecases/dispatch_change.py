"""From what happened to who must know: events become jobs.

The one place that says which event starts what. It decides on the event alone and reads nothing,
so that the table's stream is never held up.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from chalicelib.domain.assignment import AgentLoad
from chalicelib.domain.breaches import may_change_breaches
from chalicelib.domain.satisfaction import Rating
from chalicelib.domain.scheduled_reply import ScheduledReply
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Event, EventKind, Ticket
from chalicelib.usecases.jobs import (
    ArrangeView,
    AssignTicket,
    CallWebhook,
    CountUse,
    FillAgent,
    KeepBreaches,
    RefreshTickets,
    ReleaseTickets,
    SendScheduledReply,
    TellMembers,
    TellOfEvent,
)
from chalicelib.usecases.ports import Job, SettingChange
from chalicelib.usecases.tell_members import is_made_public, newly_let_in, open_to

_NEEDS_OWNER = frozenset({EventKind.TICKET_CREATED, EventKind.TICKET_UNASSIGNED})
REOPENED = "reopened"
"""Group of the jobs for tickets that come back: their event does not name the department."""

_TOLD = frozenset(
    {
        EventKind.TICKET_CREATED,
        EventKind.PUBLIC_REPLY_SENT,
        EventKind.CUSTOMER_MESSAGE_RECEIVED,
        EventKind.TICKET_ASSIGNED,
        EventKind.TARGET_AT_RISK,
        EventKind.TARGET_BREACHED,
        EventKind.TIME_RULE_ACTED,
        EventKind.RESOLUTION_HELD_BACK,
        EventKind.MAIL_NOT_DELIVERED,
        EventKind.AGENT_MAIL_KEPT_AS_NOTE,
        EventKind.SCHEDULED_REPLY_HELD,
        EventKind.SOLUTION_REFUSED,
        EventKind.AGENT_MENTIONED,
        EventKind.REMINDER_DUE,
        EventKind.SATISFACTION_ASKED,
    }
)
_RULES = {EventKind.TIME_RULE_ACTED: "time_rules", EventKind.EVENT_RULE_ACTED: "event_rules"}
_SETTLED = frozenset({Status.RESOLVED, Status.CLOSED})


def jobs_for_event(number: int, event: Event) -> list[Job]:
    """The jobs that an event starts."""
    jobs: list[Job] = []
    if event.kind in _NEEDS_OWNER:
        department_id = event.after.get("department", "")
        jobs.append(AssignTicket(number=number, department_id=department_id, cause=event.id))
    if event.kind is EventKind.DEPARTMENT_CHANGED:
        department_id = event.after["department"]
        jobs.append(AssignTicket(number=number, department_id=department_id, cause=event.id))
    if event.kind is EventKind.STATUS_CHANGED and event.after.get("status") in ("open", "new"):
        # A ticket that comes back may have lost its owner, or never had one.
        jobs.append(AssignTicket(number=number, department_id=REOPENED, cause=event.id))
    if event.kind is EventKind.ASSIGNMENT_ASKED:
        department_id = event.after["department"]
        jobs.append(
            AssignTicket(number=number, department_id=department_id, cause=event.id, asked=True)
        )
    jobs.extend(_jobs_for_rule(number, event))
    is_told = event.kind in _TOLD or _is_step(event) or _names_people(event)
    if is_told or _is_newly_bad(event):
        jobs.append(
            TellOfEvent(
                number=number,
                event_id=event.id,
                event_kind=event.kind,
                actor_kind=event.actor.kind,
                actor_id=event.actor.id,
                message_id=event.message_id,
                before=dict(event.before),
                after=dict(event.after),
            )
        )
    return jobs


def _jobs_for_rule(number: int, event: Event) -> Iterator[Job]:
    """A rule's use is counted, and the other systems that it names are told."""
    kind = _RULES.get(event.kind)
    if kind is None:
        return
    yield CountUse(setting_kind=kind, setting_id=event.after.get("rule", ""), cause=event.id)
    for name in filter(None, event.after.get("webhooks", "").split(",")):
        yield CallWebhook(
            number=number, webhook_id=name, event_id=event.id, rule_id=event.after.get("rule", "")
        )


def _names_people(event: Event) -> bool:
    return event.kind is EventKind.EVENT_RULE_ACTED and bool(event.after.get("notify"))


def _is_step(event: Event) -> bool:
    """Whether a ticket was solved or came back, which a desk may tell its customers."""
    changed = event.kind is EventKind.STATUS_CHANGED
    before, after = event.before.get("status"), event.after.get("status")
    return changed and (after == Status.RESOLVED or before in _SETTLED)


def _is_newly_bad(event: Event) -> bool:
    """Whether a customer was content until now, or had said nothing, and is not content."""
    was, now = event.before.get("rating"), event.after.get("rating")
    return event.kind is EventKind.SATISFACTION_RATED and now == Rating.BAD != was


def jobs_for_load(before: AgentLoad | None, after: AgentLoad, cause: str) -> list[Job]:
    """An agent who came back, or was freed of a ticket, is dealt what waits."""
    came_back = after.available and not (before and before.available)
    freed = before is not None and after.available and after.open_count < before.open_count
    if came_back or freed:
        return [FillAgent(agent_id=after.agent_id, cause=cause)]
    return []


def jobs_for_breaches(before: Ticket | None, after: Ticket) -> list[Job]:
    """The report of missed promises follows the clocks of a ticket."""
    if not may_change_breaches(before, after):
        return []
    return [KeepBreaches(number=after.number, version=after.version)]


AFTER_EVERY_CACHE_SECONDS = 20
"""Longer than a container keeps the set-up it has read."""
_PROMISING = frozenset({"calendars", "sla_policies", "departments", "time_rules"})


def jobs_for_setting(kind: str, cause: str) -> list[Job]:
    """What follows from a change of the set-up: running clocks learn of other promises."""
    if kind not in _PROMISING:
        return []
    return [RefreshTickets(cause=cause, delay=AFTER_EVERY_CACHE_SECONDS)]


VIEWS = frozenset({"shared_views", "personal_views"})


def jobs_for_view(kind: str, setting_id: str) -> list[Job]:
    """The rows of a view follow it; those that ask for organisations follow these too."""
    if kind in VIEWS:
        return [ArrangeView(view_id=setting_id)]
    return [ArrangeView()] if kind == "organisations" else []


LETTING_IN = frozenset({"agents", "departments"})


def jobs_for_people(
    kind: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    change: SettingChange,
    cause: str,
) -> list[Job]:
    """What follows from who works where: members hear who is let in, and lost tickets are freed.

    Args:
        before, after: the setting as it was and as it is; None where there was or is none.
    """
    setting_id = (after or before or {}).get("id", "")
    change_id = change.id or cause
    if kind == "departments":
        public = TellMembers(
            change_id=change_id, departments=[setting_id], made_public=True, by=change.by
        )
        return [public] if is_made_public(before, after) else []
    jobs: list[Job] = []
    if open_to(before) - open_to(after):
        delay = AFTER_EVERY_CACHE_SECONDS
        jobs.append(ReleaseTickets(agent_id=setting_id, cause=cause, delay=delay))
    if opened := sorted(newly_let_in(before, after)):
        told = TellMembers(
            change_id=change_id, departments=opened, agent_id=setting_id, by=change.by
        )
        jobs.append(told)
    return jobs


def without_repeats(jobs: Iterable[Job]) -> list[Job]:
    """Of several changes of the set-up at once one job is enough: it reads what is there then."""
    kept: list[Job] = []
    refreshes = False
    for job in jobs:
        if not isinstance(job, RefreshTickets):
            kept.append(job)
        elif not refreshes:
            refreshes = True
            kept.append(job)
    return kept


LONGEST_DELAY_SECONDS = 900
"""SQS keeps no job back for longer; what leaves later is found by the minute's sweep."""


def jobs_for_scheduled_reply(reply: ScheduledReply, now: datetime) -> list[Job]:
    """A reply that is to leave soon has a job of its own, so that ten seconds are ten seconds."""
    if reply.wake_at is None:
        return []
    # Upwards: a job that came before the time would find nothing to do.
    delay = max(0, math.ceil((reply.wake_at - now).total_seconds()))
    if delay > LONGEST_DELAY_SECONDS:
        return []
    return [SendScheduledReply(number=reply.number, reply_id=reply.id, delay=delay)]
