"""The ``notify`` function when SES or a job fails: who waits, who is put aside, who goes on."""

from typing import Any

import pytest

from chalicelib import bootstrap
from chalicelib.domain.errors import Throttled, Unavailable
from chalicelib.usecases.answer_ticket import Answer, reply_in_public
from chalicelib.usecases.jobs import TellOfEvent
from chalicelib.workers import notification
from tests.fakes import FakePorts
from tests.unit.usecases.stage import RUI, Stream, opened_ticket, ports_of

QUEUE = "notification"


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> FakePorts:
    fakes = ports_of()
    monkeypatch.setattr(bootstrap, "ports", lambda: fakes)
    return fakes


def jobs_for_replies(ports: FakePorts, tickets: int, replies: int) -> list[TellOfEvent]:
    """Replies on several tickets, each ticket's in their order; acknowledgements left already."""
    opened = [opened_ticket(ports) for _ in range(tickets)]
    Stream(ports).flow()
    ports.mail_sender.sent.clear()
    jobs = []
    for ticket in opened:
        for n in range(replies):
            answer = Answer(ticket.number, f"{ticket.number}-{n}", based_on=99)
            _, message = reply_in_public(ports, RUI, answer)
            jobs.append(
                TellOfEvent(
                    number=ticket.number, event_id=ports.ids.new(), event_kind="public_reply_sent",
                    actor_kind="agent", actor_id=RUI.id, message_id=message.id,
                )
            )  # fmt: skip
    return jobs


def a_batch(*jobs: Any, attempt: int = 1) -> dict[str, Any]:
    """Jobs as the ordered queue hands them over."""
    return {
        "Records": [
            {
                "messageId": f"m{at}",
                "receiptHandle": f"r{at}",
                "body": job if isinstance(job, str) else job.body(),
                "attributes": {
                    "ApproximateReceiveCount": str(attempt),
                    "MessageGroupId": "ticket:x" if isinstance(job, str) else job.group,
                    "MessageDeduplicationId": f"d{at}",
                },
            }
            for at, job in enumerate(jobs)
        ]
    }


def failed(answer: dict[str, Any]) -> list[str]:
    """The ids that come again."""
    return [one["itemIdentifier"] for one in answer["batchItemFailures"]]


@pytest.mark.row("J3", "J4", "K1")
@pytest.mark.parametrize("error", [Throttled("rate"), Unavailable("no answer")])
def test_a_throttled_mail_holds_its_own_ticket_and_no_other(
    ports: FakePorts, error: Exception
) -> None:
    first, second, other, another = jobs_for_replies(ports, tickets=2, replies=2)
    ports.mail_sender.failures.append(error)

    answer = notification.handle(a_batch(first, second, other, another))

    assert failed(answer) == ["m0", "m1"]
    assert len(ports.mail_sender.sent) == 2
    assert ports.redelivery.postponed == [(QUEUE, "r0", 30), (QUEUE, "r1", 30)]


@pytest.mark.row("J3")
@pytest.mark.parametrize(("attempt", "seconds"), [(1, 30), (2, 60), (5, 480), (6, 900), (99, 900)])
def test_the_pauses_grow_to_a_quarter_of_an_hour(
    ports: FakePorts, attempt: int, seconds: int
) -> None:
    (job,) = jobs_for_replies(ports, tickets=1, replies=1)
    ports.mail_sender.failures.append(Throttled("rate"))

    notification.handle(a_batch(job, attempt=attempt))

    assert ports.redelivery.postponed == [(QUEUE, "r0", seconds)]


@pytest.mark.row("J4", "K1")
def test_a_job_that_fails_five_times_is_put_aside_with_its_reason_and_its_group_goes_on(
    ports: FakePorts,
) -> None:
    (job,) = jobs_for_replies(ports, tickets=1, replies=1)
    batch = a_batch('{"kind": "tell_of_event"}', job)
    batch["Records"][1]["attributes"]["MessageGroupId"] = "ticket:x"

    answers = [failed(notification.handle(batch)) for _ in range(5)]

    assert answers == [["m0", "m1"]] * 4 + [[]]
    (aside,) = ports.redelivery.aside
    assert (aside.queue, aside.group, aside.job) == (QUEUE, "ticket:x", "d0")
    assert aside.reason == "ValidationError"
    assert len(ports.mail_sender.sent) == 1


@pytest.mark.row("J4", "K1")
def test_waiting_for_ses_is_no_failure_however_often(ports: FakePorts) -> None:
    (job,) = jobs_for_replies(ports, tickets=1, replies=1)
    for attempt in range(1, 60):
        ports.mail_sender.failures.append(Throttled("quota"))
        assert failed(notification.handle(a_batch(job, attempt=attempt))) == ["m0"]

    assert failed(notification.handle(a_batch(job, attempt=60))) == []
    assert ports.redelivery.aside == []
    assert len(ports.mail_sender.sent) == 1


def test_a_job_that_cannot_be_put_aside_comes_again(ports: FakePorts) -> None:
    batch = a_batch("no job at all")
    for _ in range(4):
        notification.handle(batch)
    ports.redelivery.failures.append(Unavailable("SQS"))

    assert failed(notification.handle(batch)) == ["m0"]
    assert failed(notification.handle(batch)) == []
    assert len(ports.redelivery.aside) == 1


def test_a_job_that_cannot_be_told_to_wait_comes_after_the_queues_own_time(
    ports: FakePorts,
) -> None:
    (job,) = jobs_for_replies(ports, tickets=1, replies=1)
    ports.mail_sender.failures.append(Throttled("rate"))
    ports.redelivery.failures.append(Unavailable("SQS"))
    assert failed(notification.handle(a_batch(job))) == ["m0"]
