"""R7: SES throttles, workers die around a send, and still every mail leaves, in its ticket's order."""

import os
import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from chalicelib import bootstrap
from chalicelib.domain.errors import Throttled, Unavailable
from chalicelib.domain.ticket import DeliveryState, EventKind
from chalicelib.gateways.composer import MailComposer
from chalicelib.usecases.answer_ticket import Answer, reply_in_public
from chalicelib.usecases.dispatch_change import jobs_for_event
from chalicelib.usecases.jobs import TellOfEvent
from chalicelib.workers import notification
from tests.fakes import FakePorts
from tests.figures import Figure
from tests.targets.interruptions import WorkerDied
from tests.targets.seeds import seed_of
from tests.targets.simulated_fifo import OrderedMessage, OrderedQueue
from tests.unit.usecases.stage import RUI, opened_ticket, ports_of

FULL = bool(os.environ.get("FULL"))
MAILS = 5_000 if FULL else 500
TICKETS = 500 if FULL else 100
MAX_RECEIVES = 200
THROTTLED = 0.30
DEATHS = 0.02
ANSWERS_LOST = 0.01
pytestmark = pytest.mark.timeout(1800 if FULL else 120)
_OWN_ID = re.compile(rb"^Message-ID:\s+<([^>]+)>", re.MULTILINE)


@dataclass
class TroubledSES:
    """SES that throttles, and whose callers die before it, or after it took the mail.

    Attributes:
        taken: own id and recipient of each mail, in the order in which SES took them.
        in_window: deaths after SES took a mail and before that was stored.
        answers_lost: mails that SES took while its answer never came.
    """

    seed: random.Random
    taken: list[tuple[str, str]] = field(default_factory=list)
    throttled: int = 0
    deaths: int = 0
    in_window: int = 0
    answers_lost: int = 0

    def send(self, raw: bytes, *, sender: str, recipient: str) -> str:
        assert sender == "help@desk.example.com"
        fate = self.seed.random()
        if fate < THROTTLED:
            self.throttled += 1
            raise Throttled("Maximum sending rate exceeded")
        if fate < THROTTLED + DEATHS / 2:
            self.deaths += 1
            raise WorkerDied
        own_id = _OWN_ID.search(raw)
        assert own_id
        self.taken.append((own_id[1].decode(), recipient))
        if fate < THROTTLED + DEATHS:
            self.deaths += 1
            self.in_window += 1
            raise WorkerDied
        if fate < THROTTLED + DEATHS + ANSWERS_LOST:
            self.answers_lost += 1
            raise Unavailable("no answer")
        return f"0100-{len(self.taken):06d}"


@dataclass
class Desk:
    """Replies on many tickets, their jobs on the ordered queue, and the real worker."""

    ports: FakePorts
    ses: TroubledSES
    queue: OrderedQueue
    expected: dict[tuple[int, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    jobs: int = 0
    invocations: int = 0
    waited_behind: int = 0

    def write_replies(self, seed: random.Random) -> None:
        """Replies in a mixed order; on every third ticket somebody else takes part."""
        tickets = [opened_ticket(self.ports) for _ in range(TICKETS)]
        for ticket in tickets[::3]:
            followed = replace(ticket, participants=("bo@example.org",))
            self.ports.store.tickets[ticket.number] = followed
        each = [ticket.number for ticket in tickets] * (MAILS // TICKETS)
        seed.shuffle(each)
        for number in each:
            _, message = reply_in_public(self.ports, RUI, Answer(number, "It is 21.", based_on=99))
            ticket = self.ports.store.tickets[number]
            for address in (ticket.requester.email, *ticket.participants):
                self.expected[number, address].append(message.id)
            self._queue_job(number, message.id)

    def _queue_job(self, number: int, message_id: str) -> None:
        (event,) = [
            event for event in self.ports.store.events(number)
            if event.kind is EventKind.PUBLIC_REPLY_SENT and event.message_id == message_id
        ]  # fmt: skip
        for job in jobs_for_event(number, event):
            if isinstance(job, TellOfEvent):
                self.jobs += 1
                self.queue.send(job.body(), group=job.group, dedup_id=job.dedup_id)

    def work(self) -> None:
        """Invoke the worker until the queue is empty, and let time pass where all must wait."""
        while True:
            batch = self.queue.receive()
            if batch:
                self._invoke(batch)
                continue
            at = self.queue.next_change_at()
            if at is None:
                return
            self.ports.clock.at = at

    def _invoke(self, batch: list[OrderedMessage]) -> None:
        self.invocations += 1
        event = {"Records": [message.record() for message in batch]}
        try:
            answer = notification.handle(event)
        except WorkerDied:
            # Lambda deletes nothing; all of it comes again after the queue's own time.
            return
        failed = {one["itemIdentifier"] for one in answer["batchItemFailures"]}
        self.queue.delete([message for message in batch if message.id not in failed])


@pytest.fixture(params=["random"] if FULL else ["fixed", "random"])
def desk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, figure: Figure) -> Desk:
    """Replies that wait to leave, behind a service and workers that fail by this seed."""
    number = seed_of(request.param)
    figure(f"R7 {request.param} seed", number, "any")
    seed = random.Random(number)
    ports = ports_of()
    ses = TroubledSES(seed)
    queue = OrderedQueue(ports.clock, seed, MAX_RECEIVES)
    ports.mail_sender = ses  # type: ignore[assignment]
    ports.redelivery = queue  # type: ignore[assignment]
    ports.composer = MailComposer(ports.clock)  # type: ignore[assignment]
    monkeypatch.setattr(bootstrap, "ports", lambda: ports)
    made = Desk(ports, ses, queue)
    made.write_replies(seed)
    return made


@pytest.mark.row(25, 28, "J6", "K1")
def test_every_mail_leaves_once_and_in_order_whatever_ses_and_workers_do(
    desk: Desk, figure: Figure, request: pytest.FixtureRequest
) -> None:
    started = desk.ports.clock.now()
    desk.work()

    wanted = {
        (f"chamado.reply.{message_id}", number, address)
        for (number, address), ids in desk.expected.items()
        for message_id in ids
    }
    left = [_named(own_id, recipient) for own_id, recipient in desk.ses.taken]
    counts = Counter(left)
    lost = [one for one in wanted if (one[0], one[2]) not in counts]
    doubled = sum(counts.values()) - len(counts)
    window = desk.ses.in_window + desk.ses.answers_lost
    out_of_order = _out_of_order(desk, left)

    which = request.node.callspec.params["desk"]
    hours = (desk.ports.clock.now() - started).total_seconds() / 3600
    for name, value, target in (
        ("mails, tickets", f"{len(wanted)} on {TICKETS}", ">= 5,000 on 500 in full"),
        ("throttled, deaths", f"{desk.ses.throttled}, {desk.ses.deaths}", "30 %, 2 % of sends"),
        ("invocations, hours", f"{desk.invocations}, {hours:.1f}", "within 24 hours"),
        ("lost", len(lost), 0),
        ("doubled", doubled, f"<= {window} in the window"),
        ("out of order", len(out_of_order), 0),
        ("put aside", len(desk.queue.dead), 0),
    ):
        figure(f"R7 {which} {name}", value, target)

    assert lost == []
    assert len(counts) == len(wanted)
    assert doubled <= window
    assert out_of_order == []
    assert desk.queue.dead == []
    assert {_state(desk, n, ids[-1]) for (n, _), ids in desk.expected.items()} == {
        DeliveryState.SENT
    }


def _state(desk: Desk, number: int, message_id: str) -> Any:
    return desk.ports.tickets.get_message(number, message_id).delivery


def _named(own_id: str, recipient: str) -> tuple[str, str]:
    """A mail by its reply and its recipient; a participant's id has his key behind it."""
    return ".".join(own_id.partition("@")[0].split(".")[:3]), recipient


def _out_of_order(desk: Desk, left: list[tuple[str, str]]) -> list[tuple[int, str]]:
    """Tickets and people whose mails did not come in the order in which they were written.

    A doubled mail may stand where it was doubled: right behind itself.
    """
    by_reply = {
        (f"chamado.reply.{message_id}", address): number
        for (number, address), ids in desk.expected.items()
        for message_id in ids
    }
    came: dict[tuple[int, str], list[str]] = defaultdict(list)
    for mail in left:
        place = came[by_reply[mail], mail[1]]
        if not place or place[-1] != mail[0]:
            place.append(mail[0])
    return [
        key
        for key, ids in desk.expected.items()
        if came[key] != [f"chamado.reply.{message_id}" for message_id in ids]
    ]
