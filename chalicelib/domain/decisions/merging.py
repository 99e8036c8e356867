"""Two tickets about the same thing become one, and two again.

The one that is merged away keeps its own record, closed, and says which ticket stands for it. What
was said on it is shown on that one too; mail that still comes for it lands there. A ticket that is
merged away takes nothing in and cannot be merged again, so no chain of them ever closes to a ring.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.decisions.decision import (
    Decision,
    in_status,
    status_event,
    with_references,
)
from chalicelib.domain.decisions.messages import reopened_for_customer
from chalicelib.domain.decisions.timers import alarms_told
from chalicelib.domain.errors import Fault, InvalidRequest
from chalicelib.domain.sla import Moment, Terms, clocks_after
from chalicelib.domain.status import WAITING_FOR_US, Cause, Status, next_status
from chalicelib.domain.ticket import MAX_PARTICIPANTS, Actor, Event, EventKind, Ticket
from chalicelib.domain.wording import Words, words

_THROWN_AWAY = frozenset({Status.SPAM, Status.DELETED})
_FIELD = "into"


def require_mergeable(source: Ticket, target: Ticket) -> None:
    """Refuse a merge that could not be, in words.

    Raises:
        InvalidRequest: into itself, in a ring, of or into a ticket that was thrown away.
    """
    if source.number == target.number:
        _refuse(words("A ticket cannot be merged into itself; choose another one."))
    if source.merged_into:
        _refuse(
            words(
                "Ticket {number} was merged into {merged_into} already.",
                number=source.number,
                merged_into=source.merged_into,
            )
        )
    if target.merged_into == source.number:
        _refuse(
            words(
                "Ticket {number} was merged into this one; take that apart first.",
                number=target.number,
            )
        )
    if target.merged_into:
        _refuse(
            words(
                "Ticket {number} was merged into {merged_into}; choose that one.",
                number=target.number,
                merged_into=target.merged_into,
            )
        )
    for ticket in (source, target):
        if ticket.status in _THROWN_AWAY:
            _refuse(
                words("Ticket {number} was thrown away; restore it first.", number=ticket.number)
            )
    if source.is_internal is not target.is_internal:
        _refuse(words("An internal ticket can only be merged with another internal one."))
    brought = brought_by(source, target)
    if len(target.participants) + len(brought) > MAX_PARTICIPANTS:
        _refuse(
            words(
                "More than {most} people would take part; take some off first.",
                most=MAX_PARTICIPANTS,
            )
        )


def merged_away(
    source: Ticket, target: Ticket, *, actor: Actor, at: datetime, terms: Terms | None
) -> Decision:
    """Another ticket stands for this one from now on; its clocks stand still.

    Raises:
        InvalidTransition: it was thrown away.
    """
    status = next_status(source.number, source.status, Cause.MERGED)
    before = source.status_before if source.status is Status.POSTPONED else source.status
    moved = replace(
        source,
        status=status,
        status_before=before,
        closed_at=source.closed_at or at,
        clocks=clocks_after(source.clocks, Moment.PAUSED, at, terms),
        status_since=source.status_since if status is source.status else at,
        merged_into=target.number,
        merge_brought=brought_by(source, target),
        updated_at=at,
    )
    told = Event(EventKind.TICKET_MERGED, actor, at, {}, {"into": str(target.number)})
    return Decision(moved, (told, *status_event(source, moved, actor, at)))


def took_in(
    target: Ticket, source: Ticket, *, actor: Actor, at: datetime, terms: Terms | None
) -> Decision:
    """This ticket stands for another: its people take part, its words are shown here.

    Whoever waited for an answer there waits here now.
    """
    joined = replace(
        target,
        participants=(*target.participants, *brought_by(source, target)),
        merged_from=(*target.merged_from, source.number),
        message_count=target.message_count + source.message_count,
        updated_at=at,
    )
    for reference in source.references:
        joined = with_references(joined, reference)
    after = {"number": str(source.number)}
    if source.status not in WAITING_FOR_US:
        told = Event(EventKind.TICKET_TAKEN_IN, actor, at, {}, after)
        return Decision(_with_newest_words(joined, source), (told,))
    # A new target replaces the one before it: what that one has to say is said first.
    alarms = alarms_told(joined, at)
    joined = reopened_for_customer(alarms.ticket, at, terms, since=source.waiting_since or at)
    told = Event(EventKind.TICKET_TAKEN_IN, actor, at, {}, {**after, "customer_waits": "yes"})
    changes = status_event(target, joined, actor, at)
    return Decision(_with_newest_words(joined, source), (*alarms.events, told, *changes))


def unmerged(source: Ticket, *, actor: Actor, at: datetime, terms: Terms | None) -> Decision:
    """The ticket stands for itself again, in the status in which it was merged.

    Raises:
        InvalidRequest: it was not merged.
    """
    if not source.merged_into:
        _refuse(words("Ticket {number} is not merged into another one.", number=source.number))
    known = source.status_before or Status.OPEN
    # A time to come back tells that the ticket was postponed then, as for one thrown away.
    was_postponed = source.postponed_until is not None
    status = Status.POSTPONED if was_postponed else known
    clocks = source.clocks
    if status not in (Status.CLOSED, Status.RESOLVED, Status.POSTPONED):
        # By option the resolution waits for the customer again.
        answered = status is Status.ANSWERED
        moment = Moment.AGENT_ANSWERED if answered else Moment.RESUMED
        clocks = clocks_after(clocks, moment, at, terms)
    moved = replace(
        source if was_postponed else in_status(source, status, at),
        status=status,
        status_before=known if was_postponed else None,
        status_since=source.status_since if status is source.status else at,
        closed_at=source.closed_at if status is Status.CLOSED else None,
        clocks=clocks,
        merged_into=0,
        merge_brought=(),
        updated_at=at,
    )
    told = Event(EventKind.TICKET_UNMERGED, actor, at, {"into": str(source.merged_into)}, {})
    return Decision(moved, (told, *status_event(source, moved, actor, at)))


def let_go(target: Ticket, source: Ticket, *, actor: Actor, at: datetime) -> Decision:
    """This ticket stands for the other no more; what came here meanwhile stays here.

    Args:
        source: as it was while it was merged.
    """
    gone = {address.casefold() for address in source.merge_brought}
    moved = replace(
        target,
        participants=tuple(a for a in target.participants if a.casefold() not in gone),
        merged_from=tuple(n for n in target.merged_from if n != source.number),
        message_count=max(0, target.message_count - source.message_count),
        updated_at=at,
    )
    told = Event(EventKind.TICKET_LET_GO, actor, at, {"number": str(source.number)}, {})
    return Decision(moved, (told,))


def brought_by(source: Ticket, target: Ticket) -> tuple[str, ...]:
    """Who takes part in the target because of this merge: nobody twice, by any case of letters."""
    known = {a.casefold() for a in (target.requester.email, *target.participants)}
    return tuple(_unknown((source.requester.email, *source.participants), known))


def _unknown(addresses: Iterable[str], known: set[str]) -> Iterable[str]:
    for address in addresses:
        if address.casefold() not in known:
            known.add(address.casefold())
            yield address


def _with_newest_words(target: Ticket, source: Ticket) -> Ticket:
    """Lists show what was said last, wherever it was, and go by when the customer last wrote."""
    wrote = [t.last_customer_message_at for t in (source, target) if t.last_customer_message_at]
    target = replace(target, last_customer_message_at=max(wrote, default=None))
    there, here = source.last_message_at, target.last_message_at
    if there is None or (here is not None and here >= there):
        return target
    return replace(
        target,
        last_message_at=there,
        last_message_kind=source.last_message_kind,
        last_message_preview=source.last_message_preview,
    )


def _refuse(message: Words) -> None:
    raise InvalidRequest(Fault(_FIELD, message))
