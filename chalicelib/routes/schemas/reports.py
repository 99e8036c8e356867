"""Bodies of reports."""

from pydantic import Field

from chalicelib.domain.breaches import Outcome
from chalicelib.domain.sla import Target
from chalicelib.routes.schemas.base import Answer, Moment
from chalicelib.routes.schemas.clocks import SegmentBody


class BreachBody(Answer):
    """A promise that was missed, with the pieces of time that prove it.

    ``department_id`` and ``assignee_id`` are those of then. The running segments add up to
    ``allowed_seconds``. ``late_seconds`` is business time after ``due_at``, up to now while it is
    ``open``. ``subject`` is null for a ticket that is gone.
    """

    number: int
    subject: str | None
    target: Target
    department_id: str
    policy_id: str
    assignee_id: str
    started_at: Moment | None
    due_at: Moment
    allowed_seconds: int
    outcome: Outcome
    ended_at: Moment | None
    late_seconds: int
    running_seconds: int
    paused_seconds: int
    outside_hours_seconds: int
    segments: list[SegmentBody]


class BreachPage(Answer):
    """By due time, earliest first."""

    breaches: list[BreachBody]
    next: str | None = Field(default=None)
