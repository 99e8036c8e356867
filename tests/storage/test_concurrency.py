"""Many at once on a server (``--dynamodb=local``, or ``emulator``): one owner, nobody above capacity, no update lost.

moto loses updates under threads, so it cannot show any of this.
"""

import random
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, cast

import pytest

from chalicelib.domain.assignment import AssignmentRules
from chalicelib.domain.desk import Agent, Desk
from chalicelib.domain.errors import AtCapacity, LostRace, NothingToSolve, StaleTicket
from chalicelib.domain.ticket import Priority
from chalicelib.domain.views import rows_of
from chalicelib.usecases.claim_ticket import deal_next, push_ticket
from chalicelib.usecases.ports import AlreadyDone, Commit, Ports
from tests.builders import a_desk, a_receipt, a_ticket, an_agent, an_event
from tests.fakes import FakeSettings
from tests.storage.desks import TablePorts

pytestmark = [pytest.mark.dynamodb_local, pytest.mark.timeout(300)]

THREADS = 32
CAPACITY = 7
AGENTS = [an_agent(id=f"agent-{n}", capacity=CAPACITY) for n in range(8)]


def together(
    work: Callable[[Any], Any], items: Sequence[Any], *, threads: int = THREADS
) -> list[Any]:
    """Do the work on every item, as many at once as there are threads."""
    gate = threading.Barrier(min(threads, len(items)))
    begun = iter(range(len(items)))

    def wait_and_work(item: Any) -> Any:
        if next(begun) < gate.parties:
            gate.wait()
        return work(item)

    with ThreadPoolExecutor(max_workers=threads) as pool:
        return list(pool.map(wait_and_work, items))


def a_live_desk(on_table: TablePorts) -> Ports:
    """The table's ports with a desk of eight agents, all there."""
    desk: Desk = a_desk(*AGENTS)
    on_table.settings = FakeSettings(desk)  # type: ignore[assignment] - the same protocol
    for agent in AGENTS:
        on_table.loads.set_available(agent.id, available=True)
    return cast("Ports", on_table)


def waiting_tickets(ports: Ports, count: int) -> list[int]:
    """Tickets that nobody has, and that the lists show."""
    numbers = list(range(1001, 1001 + count))
    for number in numbers:
        urgent = number % 2 == 0
        priority = Priority.URGENT if urgent else Priority.NORMAL
        ticket = a_ticket(number=number, priority=priority)
        ports.tickets.commit(Commit(None, ticket))
        ports.read_models.apply(ticket, rows_of(ticket))
    return numbers


@pytest.mark.row(43, "K2")
@pytest.mark.parametrize("urgent_weighs", [1, 3])
def test_five_hundred_claims_by_agents_and_jobs_at_once_never_share_a_ticket(
    on_table: TablePorts, urgent_weighs: int
) -> None:
    ports = a_live_desk(on_table)
    rules = AssignmentRules({"urgent": urgent_weighs})
    desk = replace(ports.settings.desk(), assignment_rules=rules)
    on_table.settings = FakeSettings(desk)  # type: ignore[assignment] - the same protocol
    numbers = waiting_tickets(ports, 100)
    won: list[tuple[int, str]] = []

    def pull(agent: Agent) -> None:
        try:
            ticket, is_new = deal_next(ports, agent)
        except (NothingToSolve, AtCapacity, LostRace):
            return
        if is_new:
            won.append((ticket.number, agent.id))

    def push(number: int) -> None:
        try:
            ticket = push_ticket(ports, number)
        except LostRace:
            return
        if ticket:
            won.append((ticket.number, ticket.assignee_id))

    claims: list[Callable[[], None]] = []
    for n in range(250):
        claims.append(lambda n=n: pull(AGENTS[n % len(AGENTS)]))  # type: ignore[misc]
        claims.append(lambda n=n: push(numbers[n % len(numbers)]))  # type: ignore[misc]
    random.Random(20260302).shuffle(claims)
    together(lambda claim: claim(), claims)

    tickets = [ports.tickets.get(number) for number in numbers]
    held: Counter[str] = Counter()
    for ticket in tickets:
        if ticket.assignee_id:
            held[ticket.assignee_id] += ticket.weight
    loads = {load.agent_id: load for load in ports.loads.list_by_agents([a.id for a in AGENTS])}
    print(f"500 claims, 100 tickets: {len(won)} claimed, held {dict(held)}")  # noqa: T201 - the result
    assert len({number for number, _ in won}) == len(won)
    assert {ticket.number: ticket.assignee_id for ticket in tickets if ticket.assignee_id} == dict(
        won
    )
    assert all(count <= CAPACITY for count in held.values())
    assert {name: load.open_count for name, load in loads.items()} == {
        agent.id: held[agent.id] for agent in AGENTS
    }
    assert all(ticket.version <= 2 for ticket in tickets)


def test_five_hundred_edits_of_one_ticket_lose_none(on_table: TablePorts) -> None:
    edits = 500
    on_table.tickets.commit(Commit(None, a_ticket(version=1)))
    refused: list[int] = []

    def edit(n: int) -> None:
        while True:
            before = on_table.tickets.get(1001)
            after = replace(before, version=before.version + 1, tags=(*before.tags[-3:], str(n)))
            event = an_event(id=f"01{n:024d}")
            try:
                on_table.tickets.commit(Commit(before, after, (), (event,)))
            except (StaleTicket, LostRace):
                refused.append(n)
            else:
                return

    together(edit, range(edits), threads=10)
    thread = on_table.tickets.open_thread(1001, limit=edits + 10)
    print(f"{edits} edits, {len(refused)} refused on the way")  # noqa: T201 - the result
    assert thread.ticket.version == edits + 1
    assert [entry.id for entry in thread.entries] == [f"01{n:024d}" for n in range(edits)]


def test_numbers_drawn_at_once_are_all_different(on_table: TablePorts) -> None:
    numbers = together(lambda _: on_table.tickets.next_number(), range(300))
    assert sorted(numbers) == list(range(1001, 1301))


def test_lists_that_are_projected_at_once_show_the_newest(on_table: TablePorts) -> None:
    states = []
    for number in range(1001, 1011):
        for version in range(1, 9):
            owner = "agent-rui" if version % 2 else ""
            states.append(a_ticket(number=number, version=version, assignee_id=owner))
    random.Random(7).shuffle(states)

    def project(ticket: Any) -> None:
        while True:
            try:
                on_table.read_models.apply(ticket, rows_of(ticket))
            except LostRace:
                continue
            else:
                return

    together(project, [*states, *states])
    newest = [a_ticket(number=number, version=8) for number in range(1001, 1011)]
    partitions = sorted({row.partition for state in states for row in rows_of(state)})
    expected = Counter(row.partition for ticket in newest for row in rows_of(ticket))
    assert on_table.read_models.counts(partitions) == {p: expected[p] for p in partitions}
    for partition in partitions:
        shown, _ = on_table.read_models.page([partition], limit=50, cursor="")
        assert len(shown) == expected[partition]
        assert all(ticket.version == 8 for ticket in shown)


def test_copies_of_one_mail_at_once_make_one_ticket(on_table: TablePorts) -> None:
    def take(number: int) -> bool:
        try:
            on_table.tickets.commit(Commit(None, a_ticket(number=number), receipt=a_receipt()))
        except AlreadyDone:
            return False
        return True

    assert sum(together(take, range(1001, 1041))) == 1
