"""Notices that an agent has gathered into one mail an hour instead of a mail each."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.desk import Agent, NoticeChannel, NoticeKind

HOUR = timedelta(hours=1)
QUEUED_WITHIN = timedelta(minutes=5)
"""The sweep of each of the first minutes of an hour asks for the digests, should one be missed."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one digest tells of.

    Attributes:
        kinds: notices that stand in it.
        since: what came from then on is a reason to send it.
    """

    kinds: frozenset[NoticeKind]
    since: datetime


def gathered(agent: Agent, hour: datetime) -> Gathered | None:
    """What is gathered for this agent when an hour begins; None when there is no mail then.

    In quiet hours there is none. The first digest after them has all that came meanwhile, also what
    would have been a mail each.
    """
    if not agent.is_active:
        return None
    ways, since, quiet = {NoticeChannel.DIGEST}, hour - HOUR, agent.quiet_hours
    if quiet and quiet.cover(hour):
        return None
    if quiet:
        begun, ended = quiet.last_before(hour)
        if ended > since:
            ways.add(NoticeChannel.MAIL)
            since = min(since, begun)
    kinds = frozenset(kind for kind, chosen in agent.notices.items() if ways & set(chosen))
    return Gathered(kinds, since) if kinds else None


def hour_of(now: datetime) -> datetime:
    """The beginning of the hour.

    >>> from datetime import UTC
    >>> hour_of(datetime(2026, 3, 2, 9, 59, tzinfo=UTC)).isoformat()
    '2026-03-02T09:00:00+00:00'
    """
    return now.replace(minute=0, second=0, microsecond=0)
