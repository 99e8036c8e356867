"""SLA clocks: what a desk promises, how the clocks of a ticket run, and what proves a breach.

Pure functions of what happened and of a calendar; no clock is read and nothing is stored here.
"""

from chalicelib.domain.sla.clock import (
    Alarm,
    AlarmKind,
    Badge,
    BadgeState,
    Clock,
    Clocks,
    ClockState,
    badge,
    due_alarms,
    is_overdue,
    mark_breached,
    mark_warned,
    next_alarm_at,
    next_due_at,
)
from chalicelib.domain.sla.moments import History, clocks_after, recompute
from chalicelib.domain.sla.policy import MOST_MINUTES, SLAPolicy, Target, Terms, terms_for
from chalicelib.domain.sla.segments import Segment, SegmentKind, segments
from chalicelib.domain.sla.standing import Moment, Standing

__all__ = [
    "MOST_MINUTES",
    "Alarm",
    "AlarmKind",
    "Badge",
    "BadgeState",
    "Clock",
    "ClockState",
    "Clocks",
    "History",
    "Moment",
    "SLAPolicy",
    "Segment",
    "SegmentKind",
    "Standing",
    "Target",
    "Terms",
    "badge",
    "clocks_after",
    "due_alarms",
    "is_overdue",
    "mark_breached",
    "mark_warned",
    "next_alarm_at",
    "next_due_at",
    "recompute",
    "segments",
    "terms_for",
]
