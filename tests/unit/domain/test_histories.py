"""Random lives of a ticket: what its decisions leave is what its history says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.assignment import holder, load_changes
from chalicelib.domain.clock_history import history_of, proofs
from chalicelib.domain.decisions import (
    Decision,
    agent_replied,
    assigned,
    customer_wrote,
    merged_away,
    moved_to_department,
    note_added,
    opened,
    postponed,
    priority_set,
    promises_changed,
    refused,
    status_moved,
    took_in,
    unassigned,
    unmerged,
    woken,
)
from chalicelib.domain.errors import InvalidRequest, InvalidTransition
from chalicelib.domain.sla import Clock, ClockState, Moment, Terms, due_alarms, recompute
from chalicelib.domain.status import Cause, Status
from chalicelib.domain.ticket import EventKind, MessageKind, Priority, Ticket
from tests.builders import AGENT, a_message, a_ticket
from tests.unit.domain.hours import ALL_DAY, NIGHT_SHIFT, a_calendar
from tests.unit.domain.promises import FIRST, NEXT, RESOLUTION, some_terms

AGENTS = ("ana", "bia", "")
_OFFICE = a_calendar(holidays=frozenset({date(2026, 3, 30)}))
_ALWAYS = a_calendar(ALL_DAY, days=7, zone="America/Sao_Paulo")
_NIGHT = a_calendar(NIGHT_SHIFT, zone="Asia/Kathmandu", days=7)
_ALLOWED = {Priority.LOW: 900, Priority.NORMAL: 300, Priority.HIGH: 90, Priority.URGENT: 30}


def _terms(department: str, priority: Priority, edition: int = 1) -> Terms | None:
    """Three departments: office hours, around the clock with pauses, and one without promises.

    The second edition promises more time in other hours, over midnight and in an odd zone.
    """
    if department == "silent":
        return None
    most = _ALLOWED[priority] * edition
    minutes = {FIRST: most, NEXT: most * 2, RESOLUTION: most * 4}
    if department == "support":
        return some_terms(_OFFICE if edition == 1 else _NIGHT, **minutes)
    return some_terms(_ALWAYS, pause_on_answered=edition == 1, **minutes)


_KEPT = {
    terms.id: terms
    for terms in (
        _terms(department, priority, edition)
        for department in ("support", "always")
        for priority in Priority
        for edition in (1, 2)
    )
    if terms
}


class Life:
    """One ticket, the moments of its clocks as a second book-keeper writes them, and the loads."""

    def __init__(self, at: datetime, department: str) -> None:
        self.at = at
        blank = a_ticket(created_at=at, updated_at=at, department_id=department)
        first = opened(blank, a_message(created_at=at), _terms_of(blank))
        self.ticket = first.ticket
        self.events = list(first.events)
        self.edition = 1
        self.edition_changes = 0
        self.moments: list[tuple[datetime, Moment, Terms | None]] = []
        self.loads = dict.fromkeys(AGENTS, 0)
        self.told: list[tuple[str, str, str]] = []
        self._note(Moment.CREATED)
        self._count(None, self.ticket)

    @property
    def terms(self) -> Terms | None:
        return _terms(self.ticket.department_id, self.ticket.priority, self.edition)

    def take(self, decision: Decision) -> None:
        before, self.ticket = self.ticket, replace(decision.ticket, version=self.ticket.version + 1)
        self._count(before, self.ticket)
        self.events += decision.events
        self.edition_changes += any("terms" in event.after for event in decision.events)
        for event in decision.events:
            if event.kind in (EventKind.TARGET_AT_RISK, EventKind.TARGET_BREACHED):
                self.told.append((event.kind, event.after["target"], event.after["due_at"]))

    def customer(self) -> None:
        if self.ticket.merged_into:
            # What he writes lands on the ticket that stands for this one.
            return
        was, message = self.ticket.status, a_message(created_at=self.at)
        self.take(customer_wrote(self.ticket, message, self.terms))
        if was in (Status.SPAM, Status.DELETED):
            return
        self._customer_waits(was)

    def refuse(self) -> None:
        was = self.ticket.status
        if self.ticket.merged_into or was not in (Status.RESOLVED, Status.CLOSED):
            return
        self.take(refused(self.ticket, actor=AGENT, at=self.at, terms=self.terms))
        self._customer_waits(was)

    def take_in(self, status: Status) -> None:
        was = self.ticket.status
        if self.ticket.merged_into or was in (Status.SPAM, Status.DELETED):
            return
        other = a_ticket(number=2000 + len(self.events), status=status, waiting_since=self.at)
        self.take(took_in(self.ticket, other, actor=AGENT, at=self.at, terms=self.terms))
        if status in (Status.NEW, Status.OPEN):
            self._customer_waits(was)

    def merge_or_part(self) -> None:
        if not self.ticket.merged_into:
            was, other = self.ticket.status, a_ticket(number=3000)
            self.take(merged_away(self.ticket, other, actor=AGENT, at=self.at, terms=self.terms))
            if was not in (Status.RESOLVED, Status.CLOSED):
                self._note(Moment.PAUSED)
            return
        self.take(unmerged(self.ticket, actor=AGENT, at=self.at, terms=self.terms))
        if self.ticket.status in (Status.NEW, Status.OPEN):
            self._note(Moment.RESUMED)
        elif self.ticket.status is Status.ANSWERED:
            self._note(Moment.AGENT_ANSWERED)

    def _customer_waits(self, was: Status) -> None:
        if was in (Status.RESOLVED, Status.CLOSED):
            self._note(Moment.REOPENED)
        elif was is Status.POSTPONED:
            self._note(Moment.RESUMED)
        self._note(Moment.CUSTOMER_WROTE)

    def reply(self) -> None:
        was = self.ticket.status
        message = a_message(kind=MessageKind.PUBLIC_REPLY, author=AGENT, created_at=self.at)
        self.take(agent_replied(self.ticket, message, self.terms))
        if was is Status.POSTPONED:
            self._note(Moment.RESUMED)
        self._note(Moment.AGENT_ANSWERED)

    def note(self) -> None:
        message = a_message(kind=MessageKind.INTERNAL_NOTE, author=AGENT, created_at=self.at)
        self.take(note_added(self.ticket, message))

    def postpone(self, hours: int) -> None:
        until = self.at + timedelta(hours=hours)
        self.take(postponed(self.ticket, until, "", actor=AGENT, at=self.at, terms=self.terms))
        self._note(Moment.PAUSED)

    def move(self, cause: Cause) -> None:
        was = self.ticket.status
        self.take(status_moved(self.ticket, cause, actor=AGENT, at=self.at, terms=self.terms))
        settled = {Status.RESOLVED, Status.CLOSED}
        now = self.ticket.status
        if cause in (Cause.MARKED_SPAM, Cause.DELETED) and was not in settled:
            self._note(Moment.PAUSED)
        elif cause is Cause.RESOLVED:
            self._note(Moment.RESOLVED)
        elif cause is Cause.REOPENED:
            self._note(Moment.REOPENED)
        elif cause is Cause.RESTORED and now in (Status.NEW, Status.OPEN):
            self._note(Moment.RESUMED)
        elif cause is Cause.RESTORED and now is Status.ANSWERED:
            self._note(Moment.AGENT_ANSWERED)

    def hand_over(self, department: str) -> None:
        if department == self.ticket.department_id:
            return
        terms = _terms(department, self.ticket.priority, self.edition)
        self.take(
            moved_to_department(
                self.ticket, department, actor=AGENT, at=self.at, terms_before=self.terms,
                terms=terms,
            )
        )  # fmt: skip
        self._note(Moment.TERMS_CHANGED)

    def weigh(self, priority: Priority) -> None:
        if priority is self.ticket.priority:
            return
        terms = _terms(self.ticket.department_id, priority, self.edition)
        self.take(
            priority_set(
                self.ticket, priority, actor=AGENT, at=self.at, terms_before=self.terms,
                terms=terms,
            )
        )  # fmt: skip
        self._note(Moment.TERMS_CHANGED)

    def edit_policy(self) -> None:
        """The set-up is edited while the clocks run, and the ticket learns of it."""
        before = self.terms
        self.edition = 3 - self.edition
        renewed = promises_changed(
            self.ticket, actor=AGENT, at=self.at, terms_before=before, terms=self.terms
        )
        self.take(renewed)
        if renewed.changed:
            self._note(Moment.TERMS_CHANGED)

    def escalate(self, department: str) -> None:
        if department == self.ticket.department_id:
            return
        terms = _terms(department, self.ticket.priority, self.edition)
        self.take(
            moved_to_department(
                self.ticket, department, actor=AGENT, at=self.at, terms_before=self.terms,
                terms=terms, escalates=True,
            )
        )  # fmt: skip
        self._note(Moment.ESCALATED)

    def own(self, agent_id: str) -> None:
        if agent_id:
            self.take(assigned(self.ticket, agent_id, actor=AGENT, at=self.at))
        else:
            self.take(unassigned(self.ticket, actor=AGENT, at=self.at))

    def wake(self) -> None:
        terms, until = self.terms, self.ticket.postponed_until
        was = self.ticket.status
        self.take(woken(self.ticket, self.at, terms))
        if was is Status.POSTPONED and self.ticket.status is not Status.POSTPONED and until:
            self.moments.append((until, Moment.RESUMED, terms))

    def _note(self, moment: Moment) -> None:
        self.moments.append((self.at, moment, self.terms))

    def _count(self, before: Ticket | None, after: Ticket) -> None:
        for agent_id, change in load_changes(before, after).items():
            self.loads[agent_id] += change


def _terms_of(ticket: Ticket) -> Terms | None:
    return _terms(ticket.department_id, ticket.priority)


def _steps(life: Life, draw: Callable[[st.SearchStrategy[object]], object]) -> None:
    """One thing that can happen; what the table forbids changes nothing."""
    actions: list[Callable[[], None]] = [
        life.customer,
        life.reply,
        life.note,
        life.wake,
        lambda: life.postpone(int(str(draw(st.integers(1, 60))))),
        lambda: life.move(draw(st.sampled_from(_CAUSES))),  # type: ignore[arg-type]
        lambda: life.hand_over(str(draw(st.sampled_from(["support", "always", "silent"])))),
        lambda: life.weigh(draw(st.sampled_from(Priority))),  # type: ignore[arg-type]
        life.edit_policy,
        lambda: life.escalate(str(draw(st.sampled_from(["support", "always", "silent"])))),
        lambda: life.own(str(draw(st.sampled_from(AGENTS)))),
        life.refuse,
        life.merge_or_part,
        lambda: life.take_in(draw(st.sampled_from([Status.OPEN, Status.RESOLVED]))),  # type: ignore[arg-type]
    ]
    act = actions[int(str(draw(st.integers(0, len(actions) - 1))))]
    before = life.ticket
    try:
        act()
    except (InvalidTransition, InvalidRequest):
        assert life.ticket == before


_CAUSES = (
    Cause.RESOLVED,
    Cause.REOPENED,
    Cause.CLOSED,
    Cause.MARKED_SPAM,
    Cause.DELETED,
    Cause.RESTORED,
)


def _live_a_while(draw: Callable[[st.SearchStrategy[object]], object], most: int = 14) -> Life:
    start = datetime(2026, 3, 27, 8, tzinfo=UTC)
    life = Life(start, str(draw(st.sampled_from(["support", "always", "silent"]))))
    for _ in range(int(str(draw(st.integers(0, most))))):
        # The sweep runs every minute; here at the ticket's own time, before anything else happens.
        goal = life.at + timedelta(minutes=int(str(draw(st.integers(0, 30 * 60)))))
        while life.ticket.wake_at and life.ticket.wake_at <= goal:
            life.at = max(life.at, life.ticket.wake_at)
            life.wake()
        life.at = goal
        _steps(life, draw)
    return life


def _untold(clock: Clock) -> Clock:
    return replace(clock, warned_at=None, breached_at=None)


@pytest.mark.row(50, "J12")
@settings(max_examples=80)
@given(st.data())
def test_the_clocks_that_run_are_the_ones_that_the_history_says(data: st.DataObject) -> None:
    life = _live_a_while(data.draw)

    replayed = recompute(life.moments)

    assert tuple(map(_untold, life.ticket.clocks)) == tuple(map(_untold, replayed))


@pytest.mark.row("J12", "K9")
@settings(max_examples=120)
@given(st.data())
def test_the_clocks_that_run_are_the_ones_that_the_events_tell(data: st.DataObject) -> None:
    life = _live_a_while(data.draw)

    history = history_of(life.events, _KEPT)

    replayed = recompute(history)
    assert tuple(map(_untold, life.ticket.clocks)) == tuple(map(_untold, replayed))


@pytest.mark.row("K9", 55)
@settings(max_examples=80)
@given(st.data())
def test_the_pieces_of_a_missed_promise_add_up_to_what_was_allowed(data: st.DataObject) -> None:
    life = _live_a_while(data.draw)
    history = history_of(life.events, _KEPT)

    for proof in proofs(life.ticket, life.events, history, life.at):
        clock = proof.clock
        assert all(a.ends_at == b.starts_at for a, b in pairwise(proof.pieces))
        if clock is None or clock.state is ClockState.CANCELLED:
            continue
        if proof.due_at is None and clock.running_since is None:
            assert proof.counted_seconds == clock.spent_seconds
        elif proof.due_at and life.edition_changes == 0:
            assert proof.counted_seconds == clock.allowed_seconds


@pytest.mark.row(41, "K2")
@settings(max_examples=40)
@given(st.data())
def test_loads_add_up_to_the_tickets_that_agents_hold(data: st.DataObject) -> None:
    lives = [_live_a_while(data.draw, 8) for _ in range(2)]

    for agent_id in ("ana", "bia"):
        held = sum(holder(life.ticket) == agent_id for life in lives)
        assert sum(life.loads[agent_id] for life in lives) == held


@pytest.mark.row(51, 52)
@settings(max_examples=40)
@given(st.data())
def test_waking_twice_tells_once_and_no_promise_is_broken_in_silence(data: st.DataObject) -> None:
    life = _live_a_while(data.draw)
    later = life.at + timedelta(days=data.draw(st.integers(0, 20)))

    first = woken(life.ticket, later, life.terms)
    again = woken(first.ticket, later, life.terms)

    assert not again.changed
    assert due_alarms(first.ticket.clocks, later) == ()
    assert first.ticket.wake_at is None or first.ticket.wake_at > later


@pytest.mark.row(52)
@settings(max_examples=40)
@given(st.data())
def test_no_breach_of_one_due_time_is_told_twice(data: st.DataObject) -> None:
    life = _live_a_while(data.draw)

    breaches = [told for told in life.told if told[0] == EventKind.TARGET_BREACHED]

    assert len(set(breaches)) == len(breaches)


@pytest.mark.row(13)
@settings(max_examples=40)
@given(st.data())
def test_until_it_is_put_away_whoever_wrote_last_decides_the_status(data: st.DataObject) -> None:
    life = Life(datetime(2026, 3, 27, 8, tzinfo=UTC), "support")
    life.reply()
    last = Status.ANSWERED
    for _ in range(data.draw(st.integers(0, 20))):
        life.at += timedelta(minutes=data.draw(st.integers(0, 600)))
        step = data.draw(st.sampled_from([life.customer, life.reply, life.note, life.wake]))
        step()
        last = {life.customer: Status.OPEN, life.reply: Status.ANSWERED}.get(step, last)

        assert life.ticket.status is last
