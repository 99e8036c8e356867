"""The report of missed promises: kept as clocks move, and equal to what the events say."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.breaches import Breach, Outcome, breaches_of
from chalicelib.domain.errors import InvalidTransition
from chalicelib.domain.sla import SegmentKind, Target
from chalicelib.domain.ticket import Ticket
from chalicelib.usecases.answer_ticket import Answer, reply_in_public
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.dispatch_change import jobs_for_breaches
from chalicelib.usecases.prove_clocks import history_of_ticket
from chalicelib.usecases.report_breaches import keep_breaches, list_breaches
from chalicelib.usecases.timers import wake_ticket
from tests.fakes import MONDAY, FakePorts
from tests.unit.usecases.stage import ADMIN, BOSS, OUTSIDER, RUI, opened_ticket, ports_of

pytestmark = pytest.mark.row("K9", 55)
FAR = MONDAY + timedelta(days=400)


class Report:
    """A desk whose report follows what happens, each job done as often as the test wants."""

    def __init__(self) -> None:
        self.ports = ports_of()
        self._seen: dict[int, Ticket] = {}

    def flow(self, times: int = 1) -> None:
        """The jobs that the table's stream would bring."""
        for number, ticket in self.ports.store.tickets.items():
            for job in jobs_for_breaches(self._seen.get(number), ticket) * times:
                keep_breaches(self.ports, job.number)
            self._seen[number] = ticket

    def lines(self, agent: str = "admin", **asked: object) -> list[Breach]:
        """The first page of everything, without how late it is now."""
        found, _ = self.page(agent, **asked)
        return [line.breach for line in found]

    def page(self, agent: str = "admin", **asked: object):  # type: ignore[no-untyped-def]
        """One page of the report."""
        wanted = {
            "department_id": "", "since": MONDAY, "until": FAR, "limit": 50, "cursor": "",
        } | asked  # fmt: skip
        who = self.ports.settings.desk().agents[agent]
        return list_breaches(self.ports, who, **wanted)  # type: ignore[arg-type]

    def recomputed(self) -> list[Breach]:
        """What the events of all tickets say now."""
        found = []
        for number, ticket in self.ports.store.tickets.items():
            events = self.ports.tickets.list_events(number)
            history = history_of_ticket(self.ports, ticket, events)
            found += breaches_of(ticket, events, history, self.ports.clock.now())
        return sorted(found, key=lambda b: (b.due_at, b.number, b.target))


def _missed(report: Report, **changes: object) -> Ticket:
    """A ticket whose first answer came half an hour late."""
    ticket = opened_ticket(report.ports, **changes)
    report.ports.clock.advance(minutes=60)
    wake_ticket(report.ports, ticket.number)
    report.flow()
    report.ports.clock.advance(minutes=30)
    return ticket


def test_a_missed_promise_is_listed_while_it_is_open_and_says_how_late_it_is() -> None:
    report = Report()
    ticket = _missed(report)

    (line,), _ = report.page()

    assert (line.breach.number, line.breach.target) == (ticket.number, Target.FIRST_RESPONSE)
    assert (line.breach.outcome, line.breach.policy_id) == (Outcome.OPEN, "std")
    assert line.breach.due_at == MONDAY + timedelta(hours=1)
    assert line.breach.seconds_of(SegmentKind.RUNNING) == line.breach.allowed_seconds == 3600
    assert line.late_seconds == 1800


def test_an_answer_says_when_it_was_met_and_how_late_in_business_time() -> None:
    report = Report()
    ticket = _missed(report)
    report.ports.clock.advance(days=1)

    reply_in_public(report.ports, RUI, Answer(ticket.number, "Sorry"))
    report.flow(times=3)

    first = report.lines()[0]
    assert (first.outcome, first.ended_at) == (Outcome.MET, report.ports.clock.now())
    # Half an hour and then the nine hours of one office day.
    assert first.late_seconds == 1800 + 9 * 3600


def test_an_older_state_that_comes_late_changes_nothing() -> None:
    report = Report()
    ticket = _missed(report)
    old = report.recomputed()
    reply_in_public(report.ports, RUI, Answer(ticket.number, "Sorry"))
    report.flow()

    report.ports.breaches.keep(old, version=2)

    assert report.lines()[0].outcome is Outcome.MET


def test_the_report_is_read_page_by_page_in_the_order_of_due_times() -> None:
    report = Report()
    for _ in range(5):
        _missed(report)

    seen, cursor = [], ""
    while True:
        page, cursor = report.page(limit=2, cursor=cursor)
        seen += [line.breach for line in page]
        if not cursor:
            break

    assert seen == report.lines()
    assert [b.due_at for b in seen] == sorted(b.due_at for b in seen)


def test_only_what_was_due_in_the_period_is_listed() -> None:
    report = Report()
    _missed(report)
    due = MONDAY + timedelta(hours=1)

    assert len(report.lines(since=due, until=due + timedelta(seconds=1))) == 1
    assert report.lines(until=due) == []
    assert report.lines(since=due + timedelta(seconds=1)) == []


@pytest.mark.row(76)
def test_a_department_that_one_does_not_see_is_not_in_the_report() -> None:
    report = Report()
    ticket = _missed(report)
    assert report.lines(OUTSIDER.id) == []
    assert len(report.lines(BOSS.id)) == len(report.lines(BOSS.id, department_id="support")) == 1
    assert report.lines(BOSS.id, department_id="billing") == []

    desk = report.ports.settings.desk()
    secret = replace(desk.departments["billing"], confidential=True)
    departments = {**desk.departments, "billing": secret}
    report.ports.settings.ready = replace(desk, departments=departments)
    change_ticket(report.ports, ADMIN, Change(ticket.number, None, department_id="billing"))
    report.flow()

    assert report.lines(ADMIN.id) == report.lines(BOSS.id) == []


def _happen(ports: FakePorts, step: str, number: int) -> None:
    if step == "reply":
        reply_in_public(ports, RUI, Answer(number, "Hello"))
    elif step == "wake":
        wake_ticket(ports, number)
    elif step == "postponed":
        until = ports.clock.now() + timedelta(hours=5)
        change_ticket(ports, ADMIN, Change(number, None, status=step, postponed_until=until))
    elif step == "high":
        change_ticket(ports, ADMIN, Change(number, None, priority="high"))  # type: ignore[arg-type]
    else:
        change_ticket(ports, ADMIN, Change(number, None, status=step))


_STEPS = ("reply", "wake", "wake", "postponed", "resolved", "open", "closed", "deleted", "restored")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 1), st.sampled_from(_STEPS))),
    st.integers(1, 3),
)
def test_the_report_equals_what_the_events_say(
    life: list[tuple[int, int, str]], times: int
) -> None:
    report = Report()
    numbers = [opened_ticket(report.ports).number for _ in range(2)]
    for minutes, which, step in life:
        report.ports.clock.advance(minutes=minutes)
        try:
            _happen(report.ports, step, numbers[which])
        except InvalidTransition:
            continue
        report.flow(times)

    def settled(breaches: list[Breach]) -> list[Breach]:
        # How late an open one is goes on without anything happening.
        return [
            replace(b, counted_to=MONDAY, late_seconds=0 if b.is_counting else b.late_seconds)
            for b in breaches
        ]

    assert settled(report.lines()) == settled(report.recomputed())
    for line, fresh in zip(report.page()[0], report.recomputed(), strict=True):
        assert line.late_seconds == fresh.late_seconds
