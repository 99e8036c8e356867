"""Notices that an agent has gathered into one mail an hour instead of a mail each."""

from datetime import datetime, timedelta

from chalicelib.domain.desk import Agent, NoticeChannel, NoticeKind

HOUR = timedelta(hours=1)
QUEUED_WITHIN = timedelta(minutes=5)
"""The sweep of each of the first minutes of an hour asks for the digests, should one be missed."""


def digest_kinds(agent: Agent) -> frozenset[NoticeKind]:
    """What this agent wants gathered; nothing once he left."""
    wanted = (kind for kind, ways in agent.notices.items() if NoticeChannel.DIGEST in ways)
    return frozenset(wanted) if agent.is_active else frozenset()


def hour_of(now: datetime) -> datetime:
    """The beginning of the hour.

    >>> from datetime import UTC
    >>> hour_of(datetime(2026, 3, 2, 9, 59, tzinfo=UTC)).isoformat()
    '2026-03-02T09:00:00+00:00'
    """
    return now.replace(minute=0, second=0, microsecond=0)
