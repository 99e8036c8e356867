"""Terms and histories for tests of the SLA clocks."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count

from hypothesis import strategies as st

from chalicelib.domain.calendar import BusinessCalendar
from chalicelib.domain.sla import Clock, Clocks, Moment, Target, Terms, recompute
from tests.unit.domain.hours import MINUTE, NIGHT_SHIFT, ZONES, a_calendar, is_open

FIRST, NEXT, RESOLUTION = Target
OFFICE_HOURS = a_calendar()
Step = tuple[datetime, Moment, Terms | None]


def some_terms(
    calendar: BusinessCalendar = OFFICE_HOURS,
    *,
    lead: int = 15,
    pause_on_answered: bool = False,
    **minutes: int,
) -> Terms:
    """Terms with allowances in business minutes; one, two and eight hours unless told otherwise."""
    allowed = minutes or {FIRST: 60, NEXT: 120, RESOLUTION: 480}
    seconds = {Target(target): minute * 60 for target, minute in allowed.items()}
    return Terms(calendar, seconds, lead * 60, "p", pause_on_answered)


TERMS = some_terms()


def march(day: int, clock: str = "09:00") -> datetime:
    """A time in March 2026, in which Lisbon is on UTC until the 29th; the 2nd is a Monday."""
    return datetime.fromisoformat(f"2026-03-{day:02}T{clock}+00:00")


def clocks_of(*steps: tuple[datetime, Moment], terms: Terms | None = TERMS) -> Clocks:
    """The clocks after steps under the same terms."""
    return recompute((at, moment, terms) for at, moment in steps)


def the(target: Target, clocks: Clocks) -> Clock:
    """The one clock of a target."""
    (found,) = [clock for clock in clocks if clock.target is target]
    return found


_FOLLOWING: dict[str, dict[Moment, str]] = {
    "new": {
        Moment.CUSTOMER_WROTE: "new",
        Moment.AGENT_ANSWERED: "answered",
        Moment.PAUSED: "postponed",
        Moment.RESOLVED: "resolved",
    },
    "open": {
        Moment.CUSTOMER_WROTE: "open",
        Moment.AGENT_ANSWERED: "answered",
        Moment.PAUSED: "postponed",
        Moment.RESOLVED: "resolved",
    },
    "answered": {
        Moment.CUSTOMER_WROTE: "open",
        Moment.AGENT_ANSWERED: "answered",
        Moment.PAUSED: "postponed",
        Moment.RESOLVED: "resolved",
    },
    "postponed": {
        Moment.RESUMED: "open",
        Moment.CUSTOMER_WROTE: "open",
        Moment.AGENT_ANSWERED: "answered",
        Moment.RESOLVED: "resolved",
    },
    "resolved": {Moment.REOPENED: "open", Moment.AGENT_ANSWERED: "resolved"},
}

_ALLOWANCES: tuple[dict[str, int], ...] = (
    {FIRST: 30, NEXT: 45, RESOLUTION: 300},
    {FIRST: 240, NEXT: 600, RESOLUTION: 2400},
    {FIRST: 90, RESOLUTION: 500},
    {RESOLUTION: 1000},
)


@st.composite
def terms_or_none(draw: st.DrawFn) -> Terms | None:
    """Terms over many zones, day and night desks, holidays; sometimes none at all."""
    if draw(st.integers(0, 5)) == 0:
        return None
    hours = draw(st.sampled_from([(), (NIGHT_SHIFT,)]))
    calendar = a_calendar(
        *hours,
        zone=draw(st.sampled_from(ZONES)),
        days=draw(st.sampled_from([5, 7])),
        holidays=frozenset({date(2028, 2, 29), date(2026, 3, 30)}),
    )
    return some_terms(
        calendar,
        lead=draw(st.sampled_from([0, 20, 60])),
        pause_on_answered=draw(st.booleans()),
        **draw(st.sampled_from(_ALLOWANCES)),
    )


@st.composite
def histories(draw: st.DrawFn, *, may_change_terms: bool = True) -> list[Step]:
    """What can happen to a ticket by the status table, around clock changes and a leap day."""
    starts = [(2026, 3, 27), (2026, 10, 23), (2026, 3, 6), (2028, 2, 28), (2027, 4, 2)]
    at = datetime(*draw(st.sampled_from(starts)), tzinfo=UTC) + draw(minutes(2 * 24 * 60))
    terms = draw(terms_or_none())
    status = "new"
    steps: list[Step] = [(at, Moment.CREATED, terms)]
    for _ in range(draw(st.integers(0, 12))):
        at += draw(minutes(30 * 60))
        if may_change_terms and draw(st.integers(0, 4)) == 0:
            terms = draw(terms_or_none())
            how = [Moment.TERMS_CHANGED, Moment.TERMS_CHANGED, Moment.ESCALATED]
            steps.append((at, draw(st.sampled_from(how)), terms))
            continue
        moment = draw(st.sampled_from(sorted(_FOLLOWING[status])))
        status = _FOLLOWING[status][moment]
        steps.append((at, moment, terms))
    return steps


def minutes(most: int) -> st.SearchStrategy[timedelta]:
    """Up to so many whole minutes."""
    return st.integers(0, most).map(lambda number: number * MINUTE)


def counted_seconds(history: list[Step], target: Target, until: datetime) -> int:
    """What a clock spent by brute force: each minute asked whether it counts, under its own terms.

    Of several next responses the last one is meant.
    """
    upcoming = iter([*history, None])
    step = next(upcoming)
    status, answered, waiting, seconds = "new", False, True, 0
    terms: Terms | None = None
    for now in _minutes_from(history[0][0], until):
        while step is not None and step[0] <= now:
            _, moment, terms = step
            status = _FOLLOWING[status].get(moment, status)
            asks = moment is Moment.CUSTOMER_WROTE
            if asks and answered and not waiting and target is NEXT:
                seconds = 0
            is_promised = terms is not None and target in terms.seconds
            if moment is Moment.ESCALATED and is_promised and status != "resolved":
                is_wanted = {FIRST: not answered, NEXT: answered and waiting, RESOLUTION: True}
                seconds = 0 if is_wanted[target] else seconds
            answers = moment in (Moment.AGENT_ANSWERED, Moment.RESOLVED)
            waiting = (waiting or asks) and not answers
            answered = answered or answers
            step = next(upcoming)
        if terms is not None and target in terms.seconds:
            counts = {
                FIRST: not answered,
                NEXT: answered and waiting,
                RESOLUTION: not (terms.pause_on_answered and status == "answered"),
            }[target]
            if now < until and counts and status not in ("postponed", "resolved"):
                seconds += 60 * is_open(terms.calendar, now)
    return seconds


def _minutes_from(start: datetime, until: datetime) -> Iterator[datetime]:
    """With the last one, which counts for nothing but in which something may happen."""
    for number in count():
        now = start + number * MINUTE
        if now > until:
            return
        yield now
