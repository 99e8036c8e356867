"""Hours without mail: by the clock on the agent's wall, over midnight, through changes of the clock."""

import doctest
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import quiet_hours
from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.quiet_hours import QuietHours

WALL_TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
ZONES = st.sampled_from(["Europe/Lisbon", "America/New_York", "Asia/Kathmandu", "UTC"])
FIVE_YEARS = timedelta(days=5 * 365)
INSTANTS = st.timedeltas(timedelta(0), FIVE_YEARS).map(
    lambda t: datetime(2026, 1, 1, tzinfo=UTC) + t
)


def test_the_examples_hold() -> None:
    assert doctest.testmod(quiet_hours).failed == 0


@pytest.mark.row(72)
@given(starts=WALL_TIMES, ends=WALL_TIMES, zone=ZONES, at=INSTANTS)
def test_what_is_quiet_is_what_lies_between_beginning_and_end(
    starts: time, ends: time, zone: str, at: datetime
) -> None:
    if starts == ends:
        ends = (datetime.combine(at.date(), ends) + timedelta(hours=1)).time()
    hours = QuietHours(starts, ends, zone)

    begun, ended = hours.last_before(at)

    # On days when the clocks change an hour is there twice or not at all.
    assert at - timedelta(hours=25) <= begun <= at + timedelta(hours=1)
    if ended - begun > timedelta(hours=1) and abs(at - ended) > timedelta(hours=1):
        assert hours.cover(at) == (begun <= at < ended)


@pytest.mark.row(72)
def test_a_night_before_the_clocks_change_ends_by_the_clock_on_the_wall() -> None:
    night = QuietHours(time(22), time(7), "Europe/Lisbon")

    _, ended = night.last_before(datetime(2026, 3, 29, 3, tzinfo=UTC))

    assert ended == datetime(2026, 3, 29, 6, tzinfo=UTC)


@pytest.mark.row(72)
@pytest.mark.parametrize(
    ("starts", "ends", "zone", "field"),
    [
        (time(8), time(8), "UTC", "quiet_hours.ends"),
        (time(22), time(7), "Nowhere/Town", "quiet_hours.time_zone"),
    ],
)
def test_hours_that_cannot_be_kept_are_refused_by_name(
    starts: time, ends: time, zone: str, field: str
) -> None:
    with pytest.raises(InvalidSetting) as refused:
        QuietHours(starts, ends, zone)

    assert refused.value.field == field
