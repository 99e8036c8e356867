"""What the clocks of a ticket are made of, and public holidays."""

from datetime import date

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


class SubdivisionBody(Answer):
    """A part of a country (ISO 3166-2), by the name that it has there."""

    id: str
    name: str


class RegionBody(Answer):
    """A country (ISO 3166-1) whose public holidays are known, and its parts."""

    country: str
    subdivisions: list[SubdivisionBody]


class Regions(Answer):
    """Whose public holidays a calendar can keep."""

    regions: list[RegionBody]


class PublicDayBody(Answer):
    """A public holiday, by the name that its country gives it."""

    date: date
    name: str


class PublicDays(Answer):
    """The public holidays of a region in order, from the first of January on."""

    days: list[PublicDayBody]
