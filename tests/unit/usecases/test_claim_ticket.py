"""Tickets find their owner: pulled by a person, pushed by a job, over one claim."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.assignment import Strategy
from chalicelib.domain.errors import (
    AlreadyAssigned,
    AtCapacity,
    LostRace,
    NothingToSolve,
    StaleTicket,
)
from chalicelib.domain.ticket import SYSTEM, EventKind
from chalicelib.usecases.answer_ticket import Answer, reply_in_public
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.claim_ticket import (
    claim,
    deal_next,
    fill_agent,
    fill_departments,
    push_ticket,
)
from chalicelib.usecases.ports import Claim, Commit
from chalicelib.usecases.profile import change_availability
from chalicelib.usecases.timers import wake_ticket
from tests.fakes import FakePorts
from tests.unit.usecases.stage import (
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


@pytest.mark.row(41)
def test_push_deals_in_turn_to_who_is_there_and_has_room() -> None:
    ports = ports_of()
    there(ports, RUI, EVA)

    owners = [pushed(ports).assignee_id for _ in range(4)]

    assert sorted(owners[:2]) == sorted(owners[2:]) == [EVA.id, RUI.id]


@pytest.mark.row(41)
def test_a_ticket_waits_when_nobody_is_there_or_has_room() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number

    assert push_ticket(ports, number) is None
    there(ports, BOSS)  # has no capacity
    assert push_ticket(ports, number) is None
    assert ports.store.tickets[number].assignee_id == ""


@pytest.mark.row(41, "K2")
def test_pushing_the_same_ticket_again_changes_nothing() -> None:
    ports = ports_of()
    there(ports, RUI, EVA)
    ticket = pushed(ports)

    assert push_ticket(ports, ticket.number) is None

    assert ports.store.tickets[ticket.number] == ticket
    assert sum(load.open_count for load in ports.store.loads.values()) == 1


def test_a_job_for_a_ticket_that_is_gone_is_done() -> None:
    assert push_ticket(ports_of(), 404) is None


@pytest.mark.row(41)
def test_a_department_that_only_pulls_is_never_pushed() -> None:
    ports = ports_of()
    there(ports, RUI)
    number = opened_ticket(ports).number
    desk = the_desk()
    pulls = replace(desk.departments["support"], strategy=Strategy.MANUAL)
    ports.settings.ready = replace(desk, departments={**desk.departments, "support": pulls})

    assert push_ticket(ports, number) is None
    assert fill_departments(ports, ["support"]) == 0


@pytest.mark.row(41, "J10")
def test_an_agent_who_comes_back_is_dealt_what_waits_until_he_is_full() -> None:
    ports = ports_of()
    for _ in range(3):
        opened_ticket(ports)
    change_availability(ports, RUI, available=True)

    dealt = fill_agent(ports, RUI.id)

    assert dealt == RUI.capacity
    assert ports.store.loads[RUI.id].open_count == RUI.capacity


@pytest.mark.row(41, "J10")
def test_an_agent_who_is_freed_is_dealt_the_next() -> None:
    ports = ports_of(RUI)
    there(ports, RUI)
    tickets = [opened_ticket(ports) for _ in range(3)]
    fill_agent(ports, RUI.id)
    ports.project_all()
    first = ports.store.tickets[tickets[0].number]

    reply_in_public(ports, RUI, Answer(first.number, "Done.", based_on=first.version))
    ports.project_all()

    assert fill_agent(ports, RUI.id) == 1


def test_nobody_is_filled_who_left_or_is_unknown() -> None:
    ports = ports_of(replace(RUI, is_active=False))

    assert fill_agent(ports, RUI.id) == 0
    assert fill_agent(ports, "gone") == 0


@pytest.mark.row(43)
def test_to_solve_deals_the_ticket_that_is_due_first() -> None:
    ports = ports_of()
    early = opened_ticket(ports)
    ports.clock.advance(minutes=10)
    late = opened_ticket(ports)

    assert deal_next(ports, RUI) == (ports.store.tickets[early.number], True)
    ports.project_all()
    assert deal_next(ports, EVA)[0].number == late.number


@pytest.mark.row(43)
def test_to_solve_gives_an_agent_his_own_ticket_before_a_new_one_that_is_due_later() -> None:
    ports = ports_of()
    there(ports, RUI)
    own = pushed(ports)
    ports.clock.advance(minutes=10)
    opened_ticket(ports)

    assert deal_next(ports, RUI) == (own, False)


@pytest.mark.row(43)
def test_a_ticket_that_was_put_aside_for_now_is_skipped() -> None:
    ports = ports_of()
    first, second = opened_ticket(ports), opened_ticket(ports)

    assert deal_next(ports, RUI, skip=[first.number])[0].number == second.number


@pytest.mark.row(43)
def test_without_anything_waiting_there_is_nothing_to_solve() -> None:
    ports = ports_of()
    opened_ticket(ports)

    with pytest.raises(NothingToSolve):
        deal_next(ports, OUTSIDER)


@pytest.mark.row(43, "K2")
def test_a_full_agent_gets_his_own_and_no_more() -> None:
    ports = ports_of()
    there(ports, RUI)
    for _ in range(2):
        opened_ticket(ports)
    fill_agent(ports, RUI.id)
    ports.project_all()
    free = opened_ticket(ports)

    assert deal_next(ports, RUI)[1] is False
    own = [n for n, t in ports.store.tickets.items() if t.assignee_id == RUI.id]
    with pytest.raises(AtCapacity):
        deal_next(ports, RUI, skip=own)
    assert ports.store.tickets[free.number].assignee_id == ""


@pytest.mark.row(15, 43)
def test_a_ticket_of_mine_whose_time_came_is_offered_to_me_again() -> None:
    ports = ports_of()
    there(ports, RUI)
    ticket = pushed(ports)
    answered, _ = reply_in_public(
        ports, RUI, Answer(ticket.number, "Soon.", based_on=ticket.version)
    )
    until = ports.clock.now() + timedelta(hours=1)
    later = Change(ticket.number, answered.version, status="postponed", postponed_until=until)
    change_ticket(ports, RUI, later)
    ports.clock.advance(hours=1)
    wake_ticket(ports, ticket.number)
    ports.project_all()

    assert deal_next(ports, RUI)[0].number == ticket.number


@pytest.mark.row("K2")
def test_a_list_that_is_behind_gives_nobody_a_ticket_twice() -> None:
    ports = ports_of()
    opened_ticket(ports)
    mine, _ = deal_next(ports, RUI)
    # The list still shows it as free: nothing was projected meanwhile.

    with pytest.raises(NothingToSolve):
        deal_next(ports, EVA)
    assert ports.store.tickets[mine.number].assignee_id == RUI.id


@pytest.mark.row("K2", 43)
def test_many_claims_at_once_give_each_ticket_one_owner_and_nobody_too_many() -> None:
    people = [replace(RUI, id=f"a{n}", email=f"a{n}@example.org", capacity=2) for n in range(5)]
    ports = ports_of(*people)
    there(ports, *people)
    numbers = [opened_ticket(ports).number for _ in range(12)]

    def pull(position: int) -> None:
        with suppress(NothingToSolve, AtCapacity, LostRace):
            deal_next(ports, people[position % 5])

    with ThreadPoolExecutor(max_workers=16) as pool:
        list(pool.map(lambda n: push_ticket(ports, n), numbers))
        list(pool.map(pull, range(40)))

    owners = [ports.store.tickets[n].assignee_id for n in numbers]
    counts = {agent.id: owners.count(agent.id) for agent in people}
    assert counts == {load.agent_id: load.open_count for load in ports.store.loads.values()}
    assert counts == dict.fromkeys(counts, 2)
    for number in numbers:
        kinds = [event.kind for event in ports.store.events(number)]
        assert kinds.count(EventKind.TICKET_ASSIGNED) <= 1


def test_a_claim_on_a_ticket_with_an_owner_is_refused() -> None:
    ports = ports_of()
    there(ports, RUI)
    ticket = pushed(ports)

    with pytest.raises(AlreadyAssigned):
        claim(ports, ticket, Claim(EVA.id, 5), SYSTEM)


def _always(error: Exception, ports: FakePorts) -> None:
    def refuse(_: Commit) -> None:
        raise error

    ports.tickets.commit = refuse  # type: ignore[method-assign]


def test_a_claim_that_always_loses_says_so() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number
    _always(StaleTicket(number, 1, 2), ports)

    with pytest.raises(LostRace):
        claim(ports, ports.tickets.get(number), Claim(EVA.id, 5), SYSTEM)


def test_push_asks_again_when_the_chosen_agent_was_filled_meanwhile() -> None:
    ports = ports_of()
    there(ports, RUI, EVA)
    number = opened_ticket(ports).number
    commit, refused = ports.tickets.commit, []

    def fill_first(wanted: Commit) -> None:
        if not refused and wanted.claim:
            refused.append(wanted.claim.agent_id)
            ports.loads.set_available(wanted.claim.agent_id, available=False)
        commit(wanted)

    ports.tickets.commit = fill_first  # type: ignore[method-assign]

    dealt = push_ticket(ports, number)

    assert dealt is not None
    assert [dealt.assignee_id] != refused
