"""Whom a ticket is dealt to under a department's rules, and when it goes to others again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.assignment import AssignmentRules, SkillFallback, Strategy
from chalicelib.domain.desk import Agent, Role
from chalicelib.domain.errors import AtCapacity, NothingToSolve, TicketNotFound
from chalicelib.domain.ticket import EventKind, Priority
from chalicelib.usecases.answer_ticket import Answer, reply_in_public
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.claim_ticket import deal_next, fill_departments, pass_on, push_ticket
from chalicelib.usecases.dispatch_change import jobs_for_people
from chalicelib.usecases.jobs import ReleaseTickets
from chalicelib.usecases.ports import SettingChange
from chalicelib.usecases.profile import change_availability
from chalicelib.usecases.release_tickets import release_tickets, sweep_absent_agents
from chalicelib.usecases.settings_assignment import warnings_of
from tests.fakes import FakePorts
from tests.unit.domain.hours import NIGHT_SHIFT, a_calendar
from tests.unit.usecases.stage import (
    ADMIN,
    BOSS,
    EVA,
    OUTSIDER,
    RUI,
    opened_ticket,
    ports_of,
    pushed,
    the_desk,
    there,
)


def _with(ports: FakePorts, *people: Agent, **support: object) -> FakePorts:
    """The stage with other people, or another way of giving out tickets in support."""
    desk = the_desk(*people) if people else ports.settings.desk()
    department = replace(desk.departments["support"], **support)  # type: ignore[arg-type]
    ports.settings.ready = replace(desk, departments={**desk.departments, "support": department})
    return ports


def _owner(ports: FakePorts, **changes: object) -> str:
    number = opened_ticket(ports, **changes).number
    dealt = push_ticket(ports, number)
    ports.project_all()
    return dealt.assignee_id if dealt else ""


@pytest.mark.row(42)
def test_a_ticket_goes_to_who_knows_its_topic_and_speaks_its_language() -> None:
    knows = replace(RUI, skills=frozenset({"fault"}), languages=("en",), capacity=9)
    ports = _with(ports_of(), knows, replace(EVA, capacity=9), strategy=Strategy.BY_SKILL)
    there(ports, RUI, EVA)

    assert [_owner(ports, topic_id="fault") for _ in range(3)] == [RUI.id] * 3


@pytest.mark.row(42)
def test_while_the_skilled_are_away_it_waits_in_the_queue_or_goes_to_anyone() -> None:
    knows = replace(RUI, skills=frozenset({"fault"}))
    waits = _with(ports_of(), knows, EVA, strategy=Strategy.BY_SKILL)
    there(waits, EVA)
    assert _owner(waits, topic_id="fault") == ""
    assert deal_next(waits, EVA)[1]

    anyone = {"strategy": Strategy.BY_SKILL, "skill_fallback": SkillFallback.ANYONE}
    goes = _with(ports_of(), knows, EVA, **anyone)
    there(goes, EVA)
    assert _owner(goes, topic_id="fault") == EVA.id


@pytest.mark.row(42, "J10")
def test_what_waited_for_a_skill_is_dealt_when_the_skilled_arrives() -> None:
    knows = replace(RUI, skills=frozenset({"fault"}))
    ports = _with(ports_of(), knows, EVA, strategy=Strategy.BY_SKILL)
    there(ports, EVA)
    assert _owner(ports, topic_id="fault") == ""

    change_availability(ports, RUI, available=True)

    assert fill_departments(ports, ["support"]) == 1


@pytest.mark.row(41)
def test_least_loaded_evens_out_what_agents_hold() -> None:
    ports = _with(ports_of(), replace(RUI, capacity=9), replace(EVA, capacity=9))
    there(ports, RUI, EVA)
    for _ in range(3):
        number = opened_ticket(ports).number
        change_ticket(ports, ADMIN, Change(number, None, assignee_id=RUI.id))
    _with(ports, strategy=Strategy.LEAST_LOADED)

    assert [_owner(ports) for _ in range(3)] == [EVA.id] * 3


@pytest.mark.row(41)
def test_by_hand_nothing_is_dealt_but_what_a_rule_asks_for() -> None:
    ports = _with(ports_of(), strategy=Strategy.MANUAL)
    there(ports, RUI)
    number = opened_ticket(ports).number

    assert push_ticket(ports, number) is None
    assert fill_departments(ports, ["support"]) == 0
    assert push_ticket(ports, number, asked=True) is not None


@pytest.mark.row(41)
def test_a_heavy_ticket_needs_as_much_room_by_push_and_by_pull() -> None:
    ports = _with(ports_of(), replace(RUI, capacity=4))
    rules = AssignmentRules({"high": 3})
    ports.settings.ready = replace(ports.settings.desk(), assignment_rules=rules)
    there(ports, RUI)
    rui = ports.settings.desk().agents[RUI.id]

    assert _owner(ports, priority=Priority.HIGH) == RUI.id
    assert ports.store.loads[RUI.id].open_count == 3
    assert _owner(ports, priority=Priority.HIGH) == ""
    heavy = max(ports.store.tickets)
    own = min(ports.store.tickets)
    with pytest.raises(AtCapacity):
        deal_next(ports, rui, skip=[own])
    assert _owner(ports) == RUI.id

    # The desk weighs otherwise from now on: what was added is what is taken away.
    ports.settings.ready = replace(ports.settings.desk(), assignment_rules=AssignmentRules())
    for number in set(ports.store.tickets) - {heavy}:
        reply_in_public(ports, rui, Answer(number, "Done"))
    assert ports.store.loads[RUI.id].open_count == 0


@pytest.mark.row(41)
def test_a_priority_that_rises_weighs_more_at_once() -> None:
    ports = _with(ports_of())
    rules = AssignmentRules({"urgent": 5})
    ports.settings.ready = replace(ports.settings.desk(), assignment_rules=rules)
    there(ports, RUI)
    number = pushed(ports).number

    change_ticket(ports, ADMIN, Change(number, None, priority=Priority.URGENT))

    assert ports.store.loads[RUI.id].open_count == 5


@pytest.mark.row(41)
@pytest.mark.parametrize("whose", ["agent", "department"])
def test_nobody_is_dealt_a_ticket_outside_his_hours(whose: str) -> None:
    on_nights = replace(RUI, calendar_id="night" if whose == "agent" else "")
    hours = {} if whose == "agent" else {"calendar_id": "night"}
    ports = _with(ports_of(), on_nights, **hours)
    night = a_calendar(NIGHT_SHIFT, days=7)
    calendars = {**ports.settings.desk().calendars, "night": night}
    ports.settings.ready = replace(ports.settings.desk(), calendars=calendars)
    there(ports, RUI)

    assert _owner(ports) == ""
    ports.clock.advance(hours=14)
    assert fill_departments(ports, ["support"]) == 1


@pytest.mark.row(41, 46)
def test_a_customer_stays_with_the_agent_who_has_his_open_ticket() -> None:
    people = (replace(RUI, capacity=9), replace(EVA, capacity=9))
    ports = _with(ports_of(), *people, keep_with_last_agent=True)
    there(ports, RUI, EVA)
    first = _owner(ports)
    assert [_owner(ports) for _ in range(3)] == [first] * 3
    other = _owner(ports, email="zoe@example.com")
    assert other != first

    change_availability(ports, ports.settings.desk().agents[first], available=False)
    assert _owner(ports) == other


def _settled(ports: FakePorts, minutes: int = 30) -> FakePorts:
    rules = AssignmentRules(release_after_minutes=minutes)
    ports.settings.ready = replace(ports.settings.desk(), assignment_rules=rules)
    return ports


def _released(ports: FakePorts) -> int:
    """The sweep of this minute and all jobs that it asks for, each twice."""
    sweep_absent_agents(ports)
    jobs = [job for job in ports.jobs.sent if isinstance(job, ReleaseTickets)]
    ports.jobs.sent.clear()
    done = sum(release_tickets(ports, job) for job in jobs)
    ports.project_all()
    return done + sum(release_tickets(ports, job) for job in jobs)


@pytest.mark.row(41, "J10")
def test_who_stays_away_loses_the_tickets_in_which_a_customer_waits() -> None:
    ports = _settled(ports_of())
    there(ports, RUI)
    waits, answered = pushed(ports), pushed(ports)
    reply_in_public(ports, RUI, Answer(answered.number, "Done"))
    ports.project_all()
    change_availability(ports, RUI, available=False)
    ports.clock.advance(minutes=20)
    change_availability(ports, RUI, available=False)

    assert _released(ports) == 0
    ports.clock.advance(minutes=10)
    assert _released(ports) == 1

    assert ports.store.tickets[waits.number].assignee_id == ""
    assert ports.store.tickets[answered.number].assignee_id == RUI.id
    assert ports.store.loads[RUI.id].open_count == 0
    there(ports, EVA)
    assert fill_departments(ports, ["support"]) == 1


@pytest.mark.row("J10")
def test_who_comes_back_in_time_keeps_his_tickets() -> None:
    ports = _settled(ports_of())
    there(ports, RUI)
    ticket = pushed(ports)
    change_availability(ports, RUI, available=False)
    ports.clock.advance(minutes=40)
    sweep_absent_agents(ports)
    (job,) = (job for job in ports.jobs.sent if isinstance(job, ReleaseTickets))
    change_availability(ports, RUI, available=True)

    assert release_tickets(ports, job) == 0
    assert ports.store.tickets[ticket.number].assignee_id == RUI.id


@pytest.mark.row("J10")
def test_a_desk_that_releases_nothing_reads_nothing() -> None:
    ports = ports_of()
    ports.loads = None  # type: ignore[assignment]

    assert sweep_absent_agents(ports) == 0


@pytest.mark.row(41, 76)
@pytest.mark.parametrize(
    "change", [{"departments": ["billing"]}, {"is_active": False}, {"departments": []}, None]
)
def test_who_leaves_a_department_or_the_desk_leaves_his_tickets_there(
    change: dict[str, object] | None,
) -> None:
    ports = ports_of()
    there(ports, RUI)
    ticket = pushed(ports)
    before = {"id": RUI.id, "departments": ["support"], "email": RUI.email}
    after = None if change is None else {**before, **change}
    agents = {k: a for k, a in ports.settings.desk().agents.items() if k != RUI.id}
    if change is not None:
        fields = {k: frozenset(v) if isinstance(v, list) else v for k, v in change.items()}
        agents[RUI.id] = replace(RUI, **fields)  # type: ignore[arg-type]
    ports.settings.ready = replace(ports.settings.desk(), agents=agents)

    jobs = jobs_for_people("agents", before, after, SettingChange("c"), "cause")
    released = [release_tickets(ports, job) for job in jobs if isinstance(job, ReleaseTickets)]

    assert released == [1]
    assert ports.store.tickets[ticket.number].assignee_id == ""


@pytest.mark.row(43)
def test_passing_on_is_told_with_its_reason_counted_once_and_others_get_it() -> None:
    ports = ports_of()
    first, second = opened_ticket(ports), opened_ticket(ports)
    assert deal_next(ports, RUI)[0].number == first.number
    ports.project_all()

    for _ in range(2):
        pass_on(ports, RUI, first.number, "I know nothing of invoices")
        ports.project_all()

    events = [e for e in ports.store.events(first.number) if e.kind is EventKind.TICKET_PASSED_ON]
    assert [e.after["reason"] for e in events] == ["I know nothing of invoices"]
    assert ports.store.loads[RUI.id].skipped == 1
    assert ports.store.loads[RUI.id].open_count == 0
    assert deal_next(ports, RUI)[0].number == second.number
    assert deal_next(ports, EVA)[0].number == first.number


@pytest.mark.row(43)
def test_what_he_passed_on_comes_back_only_when_nothing_else_waits() -> None:
    ports = ports_of()
    there(ports, RUI)
    ticket = opened_ticket(ports)
    pass_on(ports, RUI, ticket.number, "Too hard")
    ports.project_all()

    assert push_ticket(ports, ticket.number) is None
    with pytest.raises(NothingToSolve):
        deal_next(ports, RUI, skip=[ticket.number])
    assert deal_next(ports, RUI)[0].number == ticket.number


@pytest.mark.row(5, 43)
def test_nobody_passes_on_what_is_not_there_for_him() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)

    with pytest.raises(TicketNotFound):
        pass_on(ports, OUTSIDER, ticket.number, "x")


@pytest.mark.row(41)
def test_a_set_up_in_which_tickets_would_wait_for_ever_is_warned_of() -> None:
    def warned(kind: str, setting: str, *people: Agent, **support: object) -> list[str]:
        ports = _with(ports_of(), *(people or (RUI,)), **support)
        return [w.field for w in warnings_of(ports.settings.desk(), kind, setting)]

    nobody = replace(RUI, departments=frozenset())
    keeper = replace(RUI, id="k", role=Role.ADMINISTRATOR)
    by_skill = {"strategy": Strategy.BY_SKILL}
    assert warned("departments", "support") == []
    assert warned("departments", "support", nobody) == ["members"]
    assert warned("departments", "support", BOSS) == ["members"]
    assert warned("departments", "support", BOSS, strategy=Strategy.MANUAL) == []
    assert warned("departments", "support", RUI, **by_skill) == ["strategy"]
    assert warned("departments", "support", replace(RUI, languages=("es",)), **by_skill) == []
    assert warned("departments", "support", confidential=True) == ["confidential"]
    assert warned("departments", "support", RUI, keeper, confidential=True) == []
    assert warned("agents", RUI.id, nobody) == ["departments"]
    assert warned("agents", BOSS.id, BOSS) == ["capacity"]
    assert warned("agents", RUI.id, replace(RUI, is_active=False)) == ["departments"]
    assert warned("topics", "fault") == []


def test_a_ticket_is_passed_on_at_the_time_it_happens() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number
    at = ports.clock.now() + timedelta(minutes=5)
    ports.clock.advance(minutes=5)

    pass_on(ports, RUI, number, "x")

    assert ports.store.tickets[number].updated_at == at
