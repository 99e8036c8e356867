"""R1: whatever happens to workers, queues and announcements, each mail is there exactly once."""

import os
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from botocore.config import Config

from chalicelib import bootstrap
from chalicelib.domain.ticket import MessageKind
from chalicelib.inbound_mail import handler
from chalicelib.persistence.table import Table
from chalicelib.sweeps import stored_mails
from chalicelib.usecases.change_settings import seed_settings
from chalicelib.usecases.reconcile import GRACE, reconcile
from tests.fake_gateways import FakeFiles, FakeRawMails
from tests.fakes import FakePorts
from tests.figures import Figure
from tests.moto_desk import SET_UP
from tests.storage import dynamodb_local
from tests.storage.desks import TablePorts, make_table
from tests.targets.interruptions import TroubledPorts, WorkerDied
from tests.targets.seeds import seed_of
from tests.targets.simulated_sqs import QueuedDeadLetters, QueuedJobs, SimulatedQueue
from tests.targets.traffic import Customers, Written, announcement, stored

FULL = bool(os.environ.get("FULL"))
MAILS = int(os.environ.get("MAILS", "10000"))
DUPLICATES = 0.05
DEATHS = 0.02
DROPPED = 0.01
REFUSALS = 0.02
SPREAD = timedelta(hours=8)
SWEEP_EVERY = timedelta(minutes=15)
_MARKER = re.compile(r"marker\d{6}")


@dataclass
class Cloud:
    """Storage, one queue, the bucket, and a schedule; time is the ports' clock."""

    ports: Any
    seed: random.Random
    troubled: TroubledPorts = field(init=False)
    queue: SimulatedQueue = field(init=False)
    invocations: int = 0
    sweeps: int = 0
    dropped: int = 0
    duplicates: int = 0

    def __post_init__(self) -> None:
        self.queue = SimulatedQueue(self.ports.clock, random.Random(self.seed.random()))
        self.ports.jobs = QueuedJobs("inbound_mail", self.queue)
        self.ports.dead_letters = QueuedDeadLetters(self.queue)
        self.troubled = TroubledPorts(self.ports)

    def receive(self, customers: Customers, mail: Written) -> None:
        """SES gets a mail: stored for certain, announced nearly always, sometimes twice over."""
        self._store(customers, mail)
        if self.seed.random() < DUPLICATES:
            self.duplicates += 1
            self._store(customers, mail, twice=self.seed.random() < 0.5)

    def _store(self, customers: Customers, mail: Written, *, twice: bool = False) -> None:
        received = customers.deliver(mail, self.ports.clock.now())
        self.ports.raw_mails.stored[received.message_id] = stored(received)
        self.ports.raw_mails.stored_at[received.message_id] = self.ports.clock.now()
        if self.seed.random() < DROPPED:
            self.dropped += 1
            return
        for _ in range(2 if twice else 1):
            self.queue.send(announcement(received))

    def work(self) -> bool:
        """One invocation of the worker; whether there was anything to do."""
        # Mails trickle in: Lambda seldom gets a full batch.
        batch = self.queue.receive(self.seed.randint(1, 3))
        if not batch:
            return False
        self.invocations += 1
        self.troubled.trouble.plan(self.seed, jobs=len(batch), deaths=DEATHS, refusals=REFUSALS)
        try:
            answer = handler.handle({"Records": [message.record() for message in batch]})
        except WorkerDied:
            return True
        finally:
            self.troubled.trouble.no_more()
        failed = {failure["itemIdentifier"] for failure in answer["batchItemFailures"]}
        self.queue.delete([message.id for message in batch if message.id not in failed])
        return True

    def sweep(self) -> None:
        """The scheduled look; it may die as well, and comes again with the next."""
        self.sweeps += 1
        self.troubled.trouble.plan(self.seed, jobs=1, deaths=DEATHS, refusals=REFUSALS)
        try:
            stored_mails.handle()
        except (WorkerDied, Exception):  # noqa: BLE001 - Lambda logs it; the next run is due
            return
        finally:
            self.troubled.trouble.no_more()


def run(cloud: Cloud, customers: Customers, count: int, *, workers: int) -> None:
    """All mails arrive within a working day; workers and sweeps go on until nothing is left."""
    clock = cloud.ports.clock
    step, end = SPREAD / count, clock.now() + SPREAD
    next_sweep = clock.now() + SWEEP_EVERY
    arrived = 0
    while True:
        if arrived < count:
            for _ in range(min(workers * 10, count - arrived)):
                clock.at += step
                cloud.receive(customers, customers.write())
                arrived += 1
        if clock.now() >= next_sweep:
            cloud.sweep()
            next_sweep = clock.now() + SWEEP_EVERY
        _work_off(cloud, workers)
        if arrived < count:
            continue
        waits_until = cloud.queue.next_visible_at()
        if waits_until is None and clock.now() > end + 3 * GRACE:
            return
        clock.at = max(clock.now(), min(waits_until or next_sweep, next_sweep))


def _work_off(cloud: Cloud, workers: int) -> None:
    if workers == 1:
        while cloud.work():
            pass
        return

    def loop() -> None:
        while cloud.work():
            pass

    threads = [threading.Thread(target=loop) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@dataclass(frozen=True)
class Books:
    """What is stored: the marker of every customer's message, by ticket."""

    by_ticket: dict[int, list[str]]

    @property
    def times(self) -> Counter[str]:
        return Counter(marker for markers in self.by_ticket.values() for marker in markers)


def books_of_fakes(ports: FakePorts) -> Books:
    return Books(
        {
            number: [
                _MARKER.findall(message.text)[0]
                for message in ports.store.messages(number)
                if message.kind is MessageKind.CUSTOMER_MESSAGE
            ]
            for number in ports.store.tickets
        }
    )


def books_of_table(ports: TablePorts) -> Books:
    # Not the desk's own client: reading a whole table may take longer than its limits.
    client = boto3.client("dynamodb", config=Config(read_timeout=60))
    by_ticket: dict[int, list[str]] = {}
    pages = client.get_paginator("scan").paginate(
        TableName=ports.table.name, PaginationConfig={"PageSize": 500}
    )
    for page in pages:
        for item in page["Items"]:
            if item["kind"]["S"] == "ticket":
                by_ticket.setdefault(int(item["pk"]["S"].partition("#")[2]), [])
            if item["kind"]["S"] == "message":
                number = int(item["pk"]["S"].partition("#")[2])
                by_ticket.setdefault(number, []).append(_MARKER.findall(item["text"]["S"])[0])
    return Books(by_ticket)


@contextmanager
def desk_in_memory() -> Iterator[FakePorts]:
    ports = FakePorts()
    seed_settings(ports, SET_UP)
    ports.settings.ready = ports.settings.desk()
    yield ports


@contextmanager
def desk_on_dynamodb_local(seed: random.Random) -> Iterator[Any]:
    """Amazon's own, for real transactions in several threads; the wire is throttled as well."""
    with dynamodb_local.running() as address, pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_ENDPOINT_URL_DYNAMODB", address)
        ports: Any = TablePorts(Table(make_table()))
        ports.files, ports.raw_mails = FakeFiles(), FakeRawMails()
        ports.addresses = FakePorts().addresses
        seed_settings(ports, SET_UP)
        ports.table.connection.client.meta.events.register_first(
            "before-send.dynamodb", _throttle(seed)
        )
        yield ports


def _throttle(seed: random.Random) -> Any:
    body = b'{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"}'

    class Raw:
        def stream(self) -> Iterator[bytes]:
            yield body

    def refuse(request: Any, **_: Any) -> AWSResponse | None:
        if seed.random() >= REFUSALS / 5:
            return None
        headers = {"content-type": "application/x-amz-json-1.0"}
        return AWSResponse(request.url, 400, headers, Raw())

    return refuse


@pytest.mark.row(1, 26, 27, "J5", "K1")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("which", ["random"] if FULL else ["fixed", "random"])
def test_every_mail_is_there_exactly_once(
    which: str, figure: Figure, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = seed_of(which)
    count, workers = (MAILS, 4) if FULL else (600, 1)
    chance = random.Random(seed)
    with ExitStack() as stack:
        if FULL:
            ports = stack.enter_context(desk_on_dynamodb_local(random.Random(seed + 1)))
        else:
            ports = stack.enter_context(desk_in_memory())
        cloud, customers = Cloud(ports, chance), Customers(ports, random.Random(seed + 2))
        monkeypatch.setattr(bootstrap, "ports", lambda: cloud.troubled)
        started = time.monotonic()

        run(cloud, customers, count, workers=workers)

        seconds = time.monotonic() - started
        books = books_of_table(ports) if FULL else books_of_fakes(ports)
        account = reconcile(ports, ports.clock.now() - timedelta(days=2))
    tickets = {mail.marker for mail in customers.written if mail.answers == mail.marker}
    times = books.times
    lost = [mail.marker for mail in customers.written if not times[mail.marker]]
    doubled = [marker for marker, often in times.items() if often > 1]
    answers = {mail.marker: mail.answers for mail in customers.written}
    misfiled = [m for own in books.by_ticket.values() for m in own if answers[m] != own[0]]
    figure(
        f"R1 mails, tickets, lost, doubled, misfiled, dead (seed {seed})",
        f"{len(customers.written)}, {len(books.by_ticket)}, {len(lost)}, {len(doubled)}, "
        f"{len(misfiled)}, {len(cloud.queue.dead)}",
        f"{count}, {len(tickets)}, 0, 0, 0, 0",
    )
    figure(
        f"R1 copies, deaths, dropped, refused, sweeps; seconds (seed {seed})",
        f"{cloud.duplicates}, {cloud.troubled.deaths}, {cloud.dropped}, "
        f"{cloud.troubled.refusals}, {cloud.sweeps}; {seconds:.0f}",
        "600 s" if FULL else "20 s",
    )
    assert (lost, doubled, misfiled, cloud.queue.dead) == ([], [], [], [])
    assert len(books.by_ticket) == len(tickets)
    trouble = cloud.troubled
    assert min(cloud.duplicates, cloud.dropped, trouble.deaths, trouble.refusals) > 0
    assert account.unaccounted == 0
    assert account.stored == account.messages + account.others
