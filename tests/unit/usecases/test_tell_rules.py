"""Who is told of a missed promise or of a rule: whom it names, as things stood then."""

from dataclasses import replace

import pytest

from chalicelib.domain.custom_fields import TicketType
from chalicelib.domain.desk import Desk, NoticeKind
from chalicelib.domain.predicate import Predicate
from chalicelib.domain.set_up import TicketRules
from chalicelib.domain.status import Status
from chalicelib.domain.step import Step, StepKind
from chalicelib.domain.time_rule import Anchor, TimeRule
from chalicelib.usecases.timers import wake_ticket
from tests.fakes import FakePorts
from tests.unit.usecases.stage import (
    PEOPLE,
    RUI,
    Stream,
    opened_ticket,
    ports_of,
    pushed,
    there,
)

OWNER, BOSS = Step(StepKind.NOTIFY_ASSIGNEE), Step(StepKind.NOTIFY_SUPERVISOR)


def _told(ports: FakePorts, kind: NoticeKind) -> list[str]:
    kept = [
        notice
        for agent in PEOPLE
        for notice in ports.notices.list_by_agent(agent.id, limit=50, cursor="")[0]
    ]
    return sorted(notice.agent_id for notice in kept if notice.kind is kind)


def _with_steps(desk: Desk, *steps: Step) -> Desk:
    policy = replace(desk.sla_policies["std"], breach_steps=steps)
    return replace(desk, sla_policies={"std": policy})


@pytest.mark.row(52)
@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ((BOSS,), ["boss"]),
        ((OWNER,), ["agent-rui"]),
        ((OWNER, BOSS), ["agent-rui", "boss"]),
        ((OWNER, Step(StepKind.UNASSIGN)), ["agent-rui"]),
        ((Step(StepKind.RAISE_PRIORITY),), []),
    ],
)
def test_a_missed_promise_is_told_to_whom_the_policy_names(
    steps: tuple[Step, ...], told: list[str]
) -> None:
    ports = ports_of()
    there(ports, RUI)
    ports.settings.ready = _with_steps(ports.settings.desk(), *steps)
    number = pushed(ports).number
    ports.clock.advance(hours=1)

    wake_ticket(ports, number)
    Stream(ports).flow(times=2)

    assert _told(ports, NoticeKind.BREACHED) == told


@pytest.mark.row(54)
def test_a_rule_on_time_tells_once_whom_it_names() -> None:
    ports = ports_of()
    there(ports, RUI)
    rule = TimeRule("r", "Waits", Anchor.CREATED, (OWNER, BOSS), 30, conditions=Predicate())
    ports.settings.ready = replace(ports.settings.desk(), time_rules={"r": rule})
    number = pushed(ports).number
    ports.clock.advance(minutes=30)

    for _ in range(3):
        wake_ticket(ports, number)
    Stream(ports).flow(times=2)

    assert _told(ports, NoticeKind.TIME_RULE) == ["agent-rui", "boss"]


@pytest.mark.row(9, 21)
@pytest.mark.parametrize(("owned", "told"), [(True, ["agent-rui"]), (False, ["boss"])])
def test_a_ticket_that_a_rule_could_not_resolve_is_told_to_its_owner_or_the_supervisors(
    owned: bool, told: list[str]
) -> None:
    ports = ports_of()
    there(ports, RUI)
    rule = TimeRule("r", "Silent", Anchor.CREATED, (Step(StepKind.RESOLVE),), 30)
    ports.settings.ready = replace(
        ports.settings.desk(),
        time_rules={"r": rule},
        ticket_rules=TicketRules(type_to_resolve=True),
        ticket_types={"fault": TicketType("fault", {"en": "Fault"})},
    )
    number = pushed(ports).number if owned else opened_ticket(ports).number
    stream = Stream(ports)
    stream.new_events()
    ports.clock.advance(minutes=30)

    for _ in range(3):
        wake_ticket(ports, number)
    stream.flow(times=2)

    assert ports.store.tickets[number].status is not Status.RESOLVED
    assert _told(ports, NoticeKind.TIME_RULE) == told
