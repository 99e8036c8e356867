"""Hours in which an agent is not mailed: what happens meanwhile comes as one mail after them."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.wording import words

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one time on the wall clock to another, every day; over midnight where it ends earlier.

    Attributes:
        ends: exclusive.
        time_zone: IANA name, such as ``Europe/Lisbon``: the agent's own, for it is his evening.
        urgent_passes: what is told of an urgent ticket is mailed at once all the same.

    Raises:
        InvalidSetting: the zone is unknown, or the hours would never end.
    """

    starts: time
    ends: time
    time_zone: str
    urgent_passes: bool = True

    def __post_init__(self) -> None:
        """Refuse hours that are none, or that are all there are."""
        try:
            ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            reason = words(
                "There is no time zone {time_zone}; use a name like Europe/Lisbon.",
                time_zone=self.time_zone,
            )
            raise InvalidSetting("quiet_hours.time_zone", reason) from error
        if self.starts == self.ends:
            reason = words(
                "Quiet hours that last all day never end; to get no mail choose so above."
            )
            raise InvalidSetting("quiet_hours.ends", reason)

    def cover(self, at: datetime) -> bool:
        """Whether it is quiet at this instant.

        >>> night = QuietHours(time(22), time(7), "Europe/Lisbon")
        >>> [night.cover(datetime(2026, 3, 2, hour, tzinfo=UTC)) for hour in (21, 22, 6, 7)]
        [False, True, True, False]
        """
        wall = at.astimezone(ZoneInfo(self.time_zone)).time()
        if self.starts < self.ends:
            return self.starts <= wall < self.ends
        return wall >= self.starts or wall < self.ends

    def last_before(self, at: datetime) -> tuple[datetime, datetime]:
        """When they last began at or before an instant, and when those ended or will; in UTC.

        Where the clocks change, what counts is what the clock on the wall shows.
        """
        zone = ZoneInfo(self.time_zone)
        day = at.astimezone(zone).date()
        if datetime.combine(day, self.starts, zone) > at:
            day -= _DAY
        over = day if self.starts < self.ends else day + _DAY
        begun = datetime.combine(day, self.starts, zone)
        return begun.astimezone(UTC), datetime.combine(over, self.ends, zone).astimezone(UTC)
