"""The life of a ticket as a table: which status follows which, and by what.

The table is the one of the product's feature list; nothing else decides a status.
"""

from enum import StrEnum

from chalicelib.domain.errors import InvalidTransition


class Status(StrEnum):
    """The fixed categories; labels that people see map to one of these."""

    NEW = "new"
    OPEN = "open"
    ANSWERED = "answered"
    POSTPONED = "postponed"
    RESOLVED = "resolved"
    CLOSED = "closed"
    SPAM = "spam"
    DELETED = "deleted"


class Cause(StrEnum):
    """What makes a ticket change its status."""

    AGENT_REPLIED = "agent_replied"
    CUSTOMER_WROTE = "customer_wrote"
    POSTPONED = "postponed"
    TIMER_ENDED = "timer_ended"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    CLOSED = "closed"
    MARKED_SPAM = "marked_spam"
    DELETED = "deleted"
    RESTORED = "restored"
    MERGED = "merged"
    UNMERGED = "unmerged"


class Previous:
    """Stands in the table for "the status before this one"."""


BEFORE = Previous()
_LEAVES = {
    Cause.POSTPONED: Status.POSTPONED,
    Cause.RESOLVED: Status.RESOLVED,
    Cause.MARKED_SPAM: Status.SPAM,
    Cause.DELETED: Status.DELETED,
    # Another ticket stands for this one: it is a record from now on.
    Cause.MERGED: Status.CLOSED,
}

TRANSITIONS: dict[Status, dict[Cause, Status | Previous]] = {
    Status.NEW: {
        Cause.AGENT_REPLIED: Status.ANSWERED,
        Cause.CUSTOMER_WROTE: Status.NEW,
        **_LEAVES,
    },
    Status.OPEN: {
        Cause.AGENT_REPLIED: Status.ANSWERED,
        Cause.CUSTOMER_WROTE: Status.OPEN,
        **_LEAVES,
    },
    Status.ANSWERED: {
        Cause.AGENT_REPLIED: Status.ANSWERED,
        Cause.CUSTOMER_WROTE: Status.OPEN,
        **_LEAVES,
    },
    Status.POSTPONED: {
        # A ticket postponed while New goes back to New when the timer ends.
        Cause.TIMER_ENDED: BEFORE,
        Cause.CUSTOMER_WROTE: Status.OPEN,
        Cause.AGENT_REPLIED: Status.ANSWERED,
        **_LEAVES,
    },
    Status.RESOLVED: {
        # A last word after "resolved" is not a new round: the ticket stays as it is.
        Cause.AGENT_REPLIED: Status.RESOLVED,
        Cause.CUSTOMER_WROTE: Status.OPEN,
        Cause.REOPENED: Status.OPEN,
        Cause.CLOSED: Status.CLOSED,
        Cause.MARKED_SPAM: Status.SPAM,
        Cause.DELETED: Status.DELETED,
        Cause.MERGED: Status.CLOSED,
    },
    Status.CLOSED: {
        Cause.CUSTOMER_WROTE: Status.OPEN,
        Cause.REOPENED: Status.OPEN,
        Cause.DELETED: Status.DELETED,
        Cause.MERGED: Status.CLOSED,
        Cause.UNMERGED: BEFORE,
    },
    Status.SPAM: {Cause.RESTORED: BEFORE, Cause.CUSTOMER_WROTE: Status.SPAM},
    Status.DELETED: {Cause.RESTORED: BEFORE, Cause.CUSTOMER_WROTE: Status.DELETED},
}

WAITING_FOR_US = frozenset({Status.NEW, Status.OPEN})
"""The customer waits for an answer: these count against an agent's capacity."""

UNSOLVED = frozenset({Status.NEW, Status.OPEN, Status.ANSWERED, Status.POSTPONED})
"""Work is left to do; the overview lists these as open tickets."""


def next_status(
    number: int, status: Status, cause: Cause, *, before: Status | None = None
) -> Status:
    """The status that follows.

    Args:
        before: the status before this one, needed where the table says "the one before".

    Raises:
        InvalidTransition: the table has no such step.

    >>> next_status(1, Status.ANSWERED, Cause.CUSTOMER_WROTE)
    <Status.OPEN: 'open'>
    """
    following = TRANSITIONS[status].get(cause)
    if following is None:
        raise InvalidTransition(number, status, cause)
    if isinstance(following, Status):
        return following
    if status is Status.POSTPONED:
        return Status.NEW if before is Status.NEW else Status.OPEN
    return before or Status.OPEN
