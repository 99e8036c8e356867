"""Random lives of a ticket: each missed promise stands in the report once, with what proves it."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.breaches import Outcome, breaches_of
from chalicelib.domain.clock_history import history_of
from chalicelib.domain.sla import ClockState, SegmentKind
from tests.unit.domain.test_histories import _KEPT, _live_a_while

pytestmark = pytest.mark.row("K9", 55)


@settings(max_examples=120)
@given(st.data())
def test_the_report_has_each_missed_promise_once_and_no_other(data: st.DataObject) -> None:
    life = _live_a_while(data.draw)
    history = history_of(life.events, _KEPT)

    found = breaches_of(life.ticket, life.events, history, life.at)

    told = [(t, datetime.fromisoformat(due)) for kind, t, due in life.told if "breach" in kind]
    assert [(str(b.target), b.due_at) for b in found] == told


@settings(max_examples=200)
@given(st.data())
def test_what_a_line_says_is_what_the_running_clock_counted(data: st.DataObject) -> None:
    """Two book-keepings: the clock on the ticket, and the pieces out of the events."""
    life = _live_a_while(data.draw, 18)
    history = history_of(life.events, _KEPT)
    clocks = {(clock.target, clock.started_at): clock for clock in life.ticket.clocks}

    for breach in breaches_of(life.ticket, life.events, history, life.at):
        assert all(piece.ends_at <= breach.due_at for piece in breach.pieces)
        clock = clocks.get((breach.target, breach.started_at)) if breach.started_at else None
        if clock is None:
            assert breach.outcome is not Outcome.OPEN
            continue
        assert (
            breach.outcome
            is {
                ClockState.RUNNING: Outcome.OPEN,
                ClockState.PAUSED: Outcome.OPEN,
                ClockState.MET: Outcome.MET,
                ClockState.CANCELLED: Outcome.ENDED,
            }[clock.state]
        )
        assert breach.is_counting is (clock.state is ClockState.RUNNING)
        if clock.running_since is None and breach.due_at == clock.breached_at:
            counted = breach.seconds_of(SegmentKind.RUNNING) + breach.late_seconds
            assert counted == clock.spent_seconds
        if life.edition_changes == 0:
            assert breach.seconds_of(SegmentKind.RUNNING) == breach.allowed_seconds
