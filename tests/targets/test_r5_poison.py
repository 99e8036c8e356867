"""R5: poison goes to the dead-letter queue and holds up nobody; mended, all of it is done, once."""

import os
import random
import time
from dataclasses import dataclass
from typing import Any

import pytest

from chalicelib import bootstrap
from chalicelib.inbound_mail import handler
from chalicelib.usecases.redrive import redrive
from tests.fakes import FakePorts
from tests.figures import Figure
from tests.targets.seeds import seed_of
from tests.targets.simulated_sqs import QueuedDeadLetters, SimulatedQueue
from tests.targets.test_r1_nothing_lost import books_of_fakes, desk_in_memory
from tests.targets.traffic import Customers, announcement, stored

FULL = bool(os.environ.get("FULL"))
COUNT, POISON = (10_000, 1_000) if FULL else (500, 50)
BATCH = 10


class Poisonous(Exception):
    """What a fault of the code would raise; any exception that nobody expects."""


@dataclass
class Parser:
    """The parser with a fault that some mails meet, until it is mended."""

    poison: frozenset[str]
    parse: Any
    is_mended: bool = False

    def __call__(self, raw: bytes) -> Any:
        mail = self.parse(raw)
        if not self.is_mended and mail.message_id in self.poison:
            raise Poisonous
        return mail


def work_off(ports: FakePorts, queue: SimulatedQueue) -> int:
    """Bring everything until nothing is left but what is dead; gives the invocations."""
    invocations = 0
    while queue.waiting:
        batch = queue.receive(BATCH)
        if not batch:
            waits_until = queue.next_visible_at()
            if waits_until:
                ports.clock.at = max(ports.clock.now(), waits_until)
            continue
        invocations += 1
        answer = handler.handle({"Records": [message.record() for message in batch]})
        failed = {failure["itemIdentifier"] for failure in answer["batchItemFailures"]}
        queue.delete([message.id for message in batch if message.id not in failed])
    return invocations


@pytest.mark.row("K1")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("which", ["random"] if FULL else ["fixed", "random"])
def test_poison_ends_dead_and_is_done_after_the_fault_is_mended(
    which: str, figure: Figure, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = seed_of(which)
    chance = random.Random(seed)
    with desk_in_memory() as ports:
        queue = SimulatedQueue(ports.clock, random.Random(chance.random()))
        ports.dead_letters = QueuedDeadLetters(queue)  # type: ignore[assignment]
        monkeypatch.setattr(bootstrap, "ports", lambda: ports)
        customers = Customers(ports, chance)
        for _ in range(COUNT):
            mail = customers.write()
            received = customers.deliver(mail, ports.clock.now())
            ports.raw_mails.stored[received.message_id] = stored(received)
            queue.send(announcement(received))
        poison = chance.sample(customers.written, POISON)
        parser = Parser(frozenset(mail.message_id for mail in poison), handler.parse_mail)
        monkeypatch.setattr(handler, "parse_mail", parser)
        started = time.monotonic()

        first = work_off(ports, queue)
        dead, done = len(queue.dead), books_of_fakes(ports).times
        still_poison = redrive(ports, "inbound_mail", bootstrap.jobs_of_stored).moved
        work_off(ports, queue)
        dead_again = len(queue.dead)
        parser.is_mended = True
        redrive(ports, "inbound_mail", bootstrap.jobs_of_stored)
        work_off(ports, queue)

        seconds = time.monotonic() - started
        times = books_of_fakes(ports).times
    doubled = [marker for marker, often in times.items() if often > 1]
    figure(
        f"R5 dead, done; after the redrive done, doubled, dead (seed {seed})",
        f"{dead}, {len(done)}; {len(times)}, {len(doubled)}, {len(queue.dead)}",
        f"{POISON}, {COUNT - POISON}; {COUNT}, 0, 0",
    )
    figure(f"R5 invocations before the redrive; seconds (seed {seed})", f"{first}; {seconds:.0f}",
           "600 s" if FULL else "20 s")  # fmt: skip
    assert (dead, len(done), dead_again, still_poison) == (POISON, COUNT - POISON, POISON, POISON)
    assert len(times) == COUNT
    assert doubled == []
    assert queue.dead == []
