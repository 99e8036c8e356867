"""What the clocks of a ticket are made of, and public holidays."""

from chalicelib.domain.sla import ClockState, SegmentKind, Target
from chalicelib.routes.schemas.base import Answer, Moment


class SegmentBody(Answer):
    """A piece of time; only ``running`` counts. ``seconds`` is how long it lasted."""

    kind: SegmentKind
    starts_at: Moment
    ends_at: Moment
    seconds: int


class ProvedClock(Answer):
    """One clock with the pieces that add up to it, cut at the due time that was missed.

    ``state`` and ``allowed_seconds`` are null for an answer that was awaited before the present one.
    """

    target: Target
    started_at: Moment
    state: ClockState | None
    allowed_seconds: int | None
    missed_due_at: Moment | None
    counted_seconds: int
    segments: list[SegmentBody]


class ProvedClocks(Answer):
    """Every clock that the ticket has or had, worked out of its events anew."""

    clocks: list[ProvedClock]


class RegionBody(Answer):
    """A country (ISO 3166-1) whose public holidays are known, and its parts (ISO 3166-2)."""

    country: str
    subdivisions: list[str]


class Regions(Answer):
    """Whose public holidays a calendar can keep."""

    regions: list[RegionBody]
