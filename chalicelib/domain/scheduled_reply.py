"""A public reply that waits for its time: the seconds in which it can be undone, or a chosen hour.

It is no message yet. Nobody but agents sees it, it moves no status and stops no clock until it is
sent.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.domain.desk import Agent, Role
from chalicelib.domain.errors import Fault, InvalidRequest
from chalicelib.domain.ticket import Attachment
from chalicelib.domain.wording import words

LONGEST_WAIT = timedelta(days=366)
MAX_SCHEDULED = 20
"""Of one ticket: they are read together with its thread."""

_MAY_TOUCH_OTHERS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})


class HeldReason(StrEnum):
    """Why a reply did not leave when its time came."""

    STALE = "stale"
    NOT_ALLOWED = "not_allowed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ScheduledReply:
    """What an agent has said and the customer does not know yet.

    Attributes:
        based_on: version of the ticket that the agent had before his eyes.
        version: counts the writes of this reply.
        held: why it did not leave; such a reply waits for a person and no longer for its time.
    """

    id: str
    number: int
    agent_id: str
    agent_name: str
    text: str
    send_at: datetime
    created_at: datetime
    based_on: int
    attachments: tuple[Attachment, ...] = ()
    resolves: bool = False
    version: int = 1
    held: HeldReason | None = None

    @property
    def wake_at(self) -> datetime | None:
        """When it is to leave by itself; None for one that is held."""
        return None if self.held else self.send_at

    def is_due(self, now: datetime) -> bool:
        """Whether it is to leave now."""
        return self.wake_at is not None and self.wake_at <= now

    def may_be_touched_by(self, agent: Agent) -> bool:
        """Whether this agent may change it, send it or take it back."""
        return agent.id == self.agent_id or agent.role in _MAY_TOUCH_OTHERS


def is_for_later(send_at: datetime | None, now: datetime) -> bool:
    """Whether a reply waits at all; a time that has passed means at once.

    Raises:
        InvalidRequest: the time is more than a year ahead.
    """
    if send_at is None or send_at <= now:
        return False
    if send_at - now > LONGEST_WAIT:
        raise InvalidRequest(Fault("send_at", words("Choose a time within a year from now.")))
    return True


def held(reply: ScheduledReply, reason: HeldReason) -> ScheduledReply:
    """The reply as it stays behind."""
    return replace(reply, held=reason, version=reply.version + 1)


def kept_fresh(reply: ScheduledReply, version: int) -> ScheduledReply:
    """The reply based on a newer version of the ticket, whose news its own author made."""
    return replace(reply, based_on=version, version=reply.version + 1)


def edited(
    reply: ScheduledReply, *, text: str | None, send_at: datetime | None, based_on: int
) -> ScheduledReply:
    """The reply with other words, or for another time; a new time lets a held one go again."""
    return replace(
        reply,
        text=reply.text if text is None else text,
        send_at=send_at or reply.send_at,
        held=None if send_at else reply.held,
        based_on=based_on,
        version=reply.version + 1,
    )
