"""How many automatic mails one address gets, whatever happens on its tickets.

A mail's headers can be forged and a form can name anybody, so the address itself is what is
protected. Why these numbers: docs/adr/0023-how-many-automatic-mails.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.ticket import Channel, Message

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_PROVING = frozenset({Channel.MAIL, Channel.PORTAL})


@dataclass(frozen=True, slots=True)
class Limits:
    """How many automatic mails may go to an address."""

    per_hour: int
    per_day: int

    def leave_room(self, sent_at: Iterable[datetime], now: datetime) -> bool:
        """Whether one more may go, after those that went at these times."""
        in_day = [at for at in sent_at if at > now - _DAY]
        in_hour = [at for at in in_day if at > now - _HOUR]
        return len(in_hour) < self.per_hour and len(in_day) < self.per_day


PROVEN = Limits(per_hour=3, per_day=10)
"""The address is its writer's: an authenticated mail, or a link that only his mailbox got."""

UNPROVEN = Limits(per_hour=1, per_day=5)
"""Somebody gave this address; it may be a stranger's."""


def limits_for(messages: Iterable[Message], person_id: str) -> Limits | None:
    """What applies to a person who wrote these messages, None where no machine may answer him.

    A mail whose sender is not authenticated is never answered by a machine: what is forged would
    be sent on to its victim.
    """
    own = [message for message in messages if message.author.id == person_id]
    if any(message.verified and message.channel in _PROVING for message in own):
        return PROVEN
    return UNPROVEN if all(message.verified for message in own) else None
