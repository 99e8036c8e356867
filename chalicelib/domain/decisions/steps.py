"""The status moves without a message: postponed, resolved, reopened, closed, put away, restored."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.decisions.decision import SETTLED, Decision, in_status, status_event
from chalicelib.domain.errors import Fault, InvalidRequest, InvalidTransition
from chalicelib.domain.sla import (
    Moment,
    Terms,
    clocks_after,
)
from chalicelib.domain.status import Cause, Status, next_status
from chalicelib.domain.ticket import (
    Actor,
    Event,
    EventKind,
    Ticket,
)
from chalicelib.domain.wording import words


def postponed(
    ticket: Ticket, until: datetime, reason: str, *, actor: Actor, at: datetime, terms: Terms | None
) -> Decision:
    """Somebody will look later; the clocks stand still until then.

    Raises:
        InvalidRequest: the time is not in the future.
        InvalidTransition: the status table has no such step.
    """
    if until <= at:
        raise InvalidRequest(Fault("postponed_until", words("Choose a time in the future.")))
    status = ticket.status
    if status is not Status.POSTPONED:
        status = next_status(ticket.number, ticket.status, Cause.POSTPONED)
    clocks = clocks_after(ticket.clocks, Moment.PAUSED, at, terms)
    moved = replace(in_status(ticket, status, at), clocks=clocks)
    moved = replace(moved, postponed_until=until, postponed_reason=reason)
    before = {"status": ticket.status, "until": _text(ticket.postponed_until)}
    after = {"status": status, "until": until.isoformat(), "reason": reason}
    return Decision(moved, (Event(EventKind.STATUS_CHANGED, actor, at, before, after),))


def require_stands_for_itself(ticket: Ticket) -> None:
    """Let nothing happen to the status of a ticket that was merged away.

    Raises:
        InvalidRequest: another ticket stands for this one.
    """
    if ticket.merged_into:
        where = words(
            "It was merged into {merged_into}; go there, or take the two apart first.",
            merged_into=ticket.merged_into,
        )
        raise InvalidRequest(Fault("status", where))


_MOMENTS = {
    Cause.RESOLVED: Moment.RESOLVED,
    Cause.REOPENED: Moment.REOPENED,
    Cause.TIMER_ENDED: Moment.RESUMED,
    Cause.MARKED_SPAM: Moment.PAUSED,
    Cause.DELETED: Moment.PAUSED,
    Cause.RESTORED: Moment.RESUMED,
}


def status_moved(
    ticket: Ticket, cause: Cause, *, actor: Actor, at: datetime, terms: Terms | None
) -> Decision:
    """The status moves for a cause that carries no message.

    Raises:
        InvalidTransition: the status table has no such step.
        InvalidRequest: another ticket stands for this one.
    """
    require_stands_for_itself(ticket)
    if cause is Cause.RESTORED and ticket.gone_at and ticket.gone_at <= at:
        # It is being taken away for good, file by file.
        raise InvalidTransition(ticket.number, ticket.status, cause)
    status = next_status(ticket.number, ticket.status, cause, before=_restored_to(ticket, cause))
    moment = _moment(ticket, cause, status)
    clocks = clocks_after(ticket.clocks, moment, at, terms) if moment else ticket.clocks
    moved = replace(in_status(ticket, status, at), clocks=clocks)
    if cause is Cause.RESOLVED:
        # Solving is an answer too: whoever waited for one has got it.
        answered_at = ticket.first_answered_at or at
        moved = replace(moved, resolved_at=at, waiting_since=None, first_answered_at=answered_at)
    if cause is Cause.CLOSED:
        moved = replace(moved, closed_at=at)
    return Decision(moved, status_event(ticket, moved, actor, at))


def _restored_to(ticket: Ticket, cause: Cause) -> Status | None:
    """The status before this one. A time to come back tells that the ticket was postponed then."""
    if cause is Cause.RESTORED and ticket.postponed_until:
        return Status.POSTPONED
    return ticket.status_before


def _moment(ticket: Ticket, cause: Cause, status: Status) -> Moment | None:
    """What a step of the status is for the clocks; None where they go on standing still."""
    if ticket.status in SETTLED and cause is not Cause.REOPENED:
        return None
    if cause is Cause.RESTORED and status in (*SETTLED, Status.POSTPONED):
        return None
    if cause is Cause.RESTORED and status is Status.ANSWERED:
        # By option the resolution waits for the customer again.
        return Moment.AGENT_ANSWERED
    return _MOMENTS.get(cause)


def _text(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
