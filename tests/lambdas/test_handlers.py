"""Every function behind a queue, the stream or the clock, fed the same batch again and again."""

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from boto3.dynamodb.types import TypeSerializer

from chalicelib.domain.errors import Unavailable
from chalicelib.domain.ticket import Channel, EventKind
from chalicelib.inbound_mail import handler as inbound_mail
from chalicelib.streams import dispatch
from chalicelib.sweeps import due_tickets
from chalicelib.usecases.answer_ticket import Answer, reply_in_public
from chalicelib.usecases.jobs import (
    AssignTicket,
    CountUse,
    FillAgent,
    FillDepartment,
    ProjectTicket,
    SendLinks,
    TellOfEvent,
    WakeTicket,
)
from chalicelib.usecases.open_ticket import NewTicket, open_ticket
from chalicelib.usecases.ports import Job
from chalicelib.workers import assignment, mail_events, notification, projection, timers
from tests.moto_desk import MotoPorts, desk_on_moto, raw_mail, ses_notification

Handle = Callable[[dict[str, Any]], Any]
NOTHING_FAILED = {"batchItemFailures": []}


@pytest.fixture
def desk() -> Iterator[MotoPorts]:
    """Real repositories on moto behind every handler."""
    with desk_on_moto() as ports:
        yield ports


def a_batch(*jobs: Job) -> dict[str, Any]:
    """Jobs as SQS hands them over."""
    return {
        "Records": [
            {
                "messageId": f"m{position}",
                "body": job.body(),
                "attributes": {"ApproximateReceiveCount": "1", "MessageGroupId": job.group},
            }
            for position, job in enumerate(jobs)
        ]
    }


def a_mail_batch(desk: MotoPorts, *numbers: int, **headers: str) -> dict[str, Any]:
    """Notifications of stored mails, every second one wrapped by SNS."""
    records = []
    for number in numbers:
        ses_id = f"ses-{number}"
        desk.raw_mails.stored[f"raw/{ses_id}"] = raw_mail(number, **headers)
        said = ses_notification(ses_id, "support@desk.example.com")
        body = json.dumps({"Message": json.dumps(said)} if number % 2 else said)
        records.append({"messageId": f"m{number}", "body": body})
    return {"Records": records}


def in_any_order(batch: dict[str, Any], seed: int) -> dict[str, Any]:
    """The batch three times over, shuffled."""
    records = batch["Records"] * 3
    random.Random(seed).shuffle(records)
    return {"Records": records}


def a_form(desk: MotoPorts, **changes: Any) -> int:
    """A ticket by form."""
    fields = {
        "name": "Ana Example", "email": "ana@example.com", "subject": "Fire", "text": "It burns.",
        "channel": Channel.FORM, "department_id": "support",
    }  # fmt: skip
    return open_ticket(desk, NewTicket(**fields | changes)).number  # type: ignore[arg-type]


def the_stream(desk: MotoPorts) -> dict[str, Any]:
    """The whole table as new images, as the stream would have told of it."""
    records = [
        {
            "eventID": f"e{position}",
            "eventName": "INSERT",
            "dynamodb": {
                "Keys": {"pk": item["pk"], "sk": item["sk"]},
                "NewImage": item,
            },
        }
        for position, item in enumerate(desk.items())
    ]
    return {"Records": records}


def jobs_of(desk: MotoPorts, *kinds: type) -> list[Any]:
    """What the stream makes of the table, without doubles."""
    desk.jobs.sent.clear()
    dispatch.handle(the_stream(desk))
    return [job for job in desk.jobs.sent if isinstance(job, kinds or (object,))]


def _state(desk: MotoPorts) -> tuple[Any, Any]:
    """The table and what left, without what only says when a lease was taken."""
    mails = [(mail.recipient, mail.sender) for mail in desk.mail_sender.sent]
    return desk.items(), mails


def same_as_once(
    desk: MotoPorts, handle: Handle, batch: dict[str, Any], *, seed: int = 7
) -> tuple[Any, Any]:
    """Feed a batch once, then three times over in any order: nothing more may happen."""
    assert handle(batch) == NOTHING_FAILED
    once = _state(desk)
    assert handle(in_any_order(batch, seed)) == NOTHING_FAILED
    assert _state(desk) == once
    return once


@pytest.mark.row(1, 26, "J5", "K1")
@pytest.mark.parametrize("seed", range(3))
def test_mails_delivered_three_times_in_any_order_are_tickets_once(
    desk: MotoPorts, seed: int
) -> None:
    batch = in_any_order(a_mail_batch(desk, 1, 2, 3), seed)

    assert inbound_mail.handle(batch) == NOTHING_FAILED

    tickets = [item for item in desk.items() if item["sk"]["S"] == "TICKET"]
    assert len(tickets) == 3
    same_as_once(desk, inbound_mail.handle, batch, seed=seed)


@pytest.mark.row(27, "K1")
@pytest.mark.parametrize("seed", range(3))
def test_answers_delivered_three_times_in_any_order_are_on_their_ticket_once(
    desk: MotoPorts, seed: int
) -> None:
    inbound_mail.handle(a_mail_batch(desk, 1))
    answers = a_mail_batch(desk, 2, 3, In_Reply_To="<m1@mail.example.com>")

    assert inbound_mail.handle(in_any_order(answers, seed)) == NOTHING_FAILED

    (ticket,) = [item for item in desk.items() if item["sk"]["S"] == "TICKET"]
    assert ticket["message_count"] == {"N": "3"}
    same_as_once(desk, inbound_mail.handle, answers, seed=seed)


@pytest.mark.row("J4", "K1")
def test_of_a_batch_only_the_mail_that_is_not_there_comes_again(desk: MotoPorts) -> None:
    batch = a_mail_batch(desk, 1, 2, 3)
    del desk.raw_mails.stored["raw/ses-2"]

    failed = inbound_mail.handle(batch)["batchItemFailures"]

    assert failed == [{"itemIdentifier": "m2"}]
    assert len([i for i in desk.items() if i["sk"]["S"] == "TICKET"]) == 2


@pytest.mark.row("J3", "J4")
def test_a_mail_that_nobody_can_read_is_kept_for_administrators_and_the_queue_goes_on(
    desk: MotoPorts,
) -> None:
    batch = a_mail_batch(desk, 1, 2)
    desk.raw_mails.stored["raw/ses-1"] = b"\x00\xff\xfe" * 50

    same_as_once(desk, inbound_mail.handle, batch)

    (kept,) = desk.mail_intake.list_suspended(limit=9, cursor="")[0]
    assert (kept.reason, kept.raw_key) == ("unreadable", "raw/ses-1")
    assert len([i for i in desk.items() if i["sk"]["S"] == "TICKET"]) == 1


@pytest.mark.parametrize("body", ["{", "[]", "null", '{"notificationType": "Received"}'])
def test_a_record_that_says_nothing_useful_comes_back_alone(desk: MotoPorts, body: str) -> None:
    batch = a_mail_batch(desk, 1)
    batch["Records"].append({"messageId": "bad", "body": body})

    assert inbound_mail.handle(batch)["batchItemFailures"] == [{"itemIdentifier": "bad"}]


def test_a_notification_of_something_else_is_passed_over(desk: MotoPorts) -> None:
    record = {"messageId": "m", "body": json.dumps({"notificationType": "AmazonSnsTest"})}

    assert inbound_mail.handle({"Records": [record]}) == NOTHING_FAILED


@pytest.mark.row(41, "K2")
@pytest.mark.parametrize("seed", range(3))
def test_assignment_jobs_three_times_give_each_ticket_one_owner(desk: MotoPorts, seed: int) -> None:
    desk.loads.set_available("rui", available=True)
    for _ in range(3):
        a_form(desk)
    jobs = jobs_of(desk, AssignTicket)
    assert len(jobs) == 3

    same_as_once(desk, assignment.handle, a_batch(*jobs), seed=seed)

    assert desk.loads.list_by_agents(["rui"])[0].open_count == 3


@pytest.mark.row(41, "J10")
def test_filling_an_agent_and_a_department_three_times_is_like_once(desk: MotoPorts) -> None:
    for _ in range(3):
        a_form(desk)
    projection.handle(a_batch(*jobs_of(desk, ProjectTicket)))
    desk.loads.set_available("rui", available=True)
    batch = a_batch(
        FillAgent(agent_id="rui", cause="c"), FillDepartment(department_id="support", cause="c")
    )

    same_as_once(desk, assignment.handle, batch)

    assert desk.loads.list_by_agents(["rui"])[0].open_count == 3


@pytest.mark.row(40, 67)
@pytest.mark.parametrize("seed", range(3))
def test_lists_and_counts_are_the_same_whatever_comes_twice_or_late(
    desk: MotoPorts, seed: int
) -> None:
    number = a_form(desk)
    first = jobs_of(desk, ProjectTicket)
    agent = desk.settings.desk().agents["rui"]
    reply_in_public(desk, agent, Answer(number, "Use water.", based_on=1))  # type: ignore[arg-type]
    second = jobs_of(desk, ProjectTicket)

    assert projection.handle(a_batch(*second)) == NOTHING_FAILED
    newest = desk.items()
    late = in_any_order(a_batch(*first, *second), seed)

    assert projection.handle(late) == NOTHING_FAILED
    assert desk.items() == newest


@pytest.mark.row(25, 58, 72, "K1")
@pytest.mark.parametrize("seed", range(3))
def test_notifications_three_times_leave_once_each(desk: MotoPorts, seed: int) -> None:
    desk.loads.set_available("rui", available=True)
    number = a_form(desk)
    assignment.handle(a_batch(*jobs_of(desk, AssignTicket)))
    agent = desk.settings.desk().agents["eva"]
    reply_in_public(desk, agent, Answer(number, "Use water."))  # type: ignore[arg-type]
    links = SendLinks(request_id="r", address="ana@example.com", language="en")
    jobs = [*jobs_of(desk, TellOfEvent), links]

    _, mails = same_as_once(desk, notification.handle, a_batch(*jobs), seed=seed)

    to = sorted(recipient for recipient, _ in mails)
    assert to == ["ana@example.com"] * 3 + ["rui@example.org"]


@pytest.mark.row("K1", "J4")
def test_a_mail_that_ses_throttled_comes_again_and_the_others_leave(desk: MotoPorts) -> None:
    for name in ("ana", "bo"):
        a_form(desk, email=f"{name}@example.com")
    batch = a_batch(*jobs_of(desk, TellOfEvent))
    desk.mail_sender.failures.append(Unavailable("throttled"))

    failed = notification.handle(batch)["batchItemFailures"]
    desk.clock.advance(minutes=10)
    assert notification.handle(in_any_order(batch, 1)) == NOTHING_FAILED

    assert failed == [{"itemIdentifier": "m0"}]
    assert sorted(mail.recipient for mail in desk.mail_sender.sent) == [
        "ana@example.com",
        "bo@example.com",
    ]


def test_after_a_failure_the_rest_of_its_group_waits_and_other_groups_go_on(
    desk: MotoPorts,
) -> None:
    number = a_form(desk)
    gone = AssignTicket(number=404, department_id="other", cause="c")
    batch = a_batch(AssignTicket(number=number, department_id="support", cause="a"), gone)
    batch["Records"].insert(0, {**batch["Records"][0], "messageId": "bad", "body": "{"})

    failed = assignment.handle(batch)["batchItemFailures"]

    assert failed == [{"itemIdentifier": "bad"}, {"itemIdentifier": "m0"}]


@pytest.mark.row(51, 52)
@pytest.mark.parametrize("seed", range(3))
def test_waking_three_times_is_like_once(desk: MotoPorts, seed: int) -> None:
    numbers = [a_form(desk) for _ in range(2)]
    desk.clock.advance(hours=2)
    batch = a_batch(*(WakeTicket(number=number) for number in [*numbers, 404]))

    same_as_once(desk, timers.handle, batch, seed=seed)

    for number in numbers:
        entries = desk.tickets.open_thread(number, limit=50).entries
        kinds = [entry.kind for entry in entries]
        assert kinds.count(EventKind.TARGET_BREACHED) == 1


@pytest.mark.row(52, "K5")
def test_two_sweeps_hand_over_the_same_tickets_and_nothing_happens_twice(desk: MotoPorts) -> None:
    due = [a_form(desk) for _ in range(6)]
    desk.clock.advance(hours=1)
    a_form(desk)
    desk.jobs.sent.clear()

    due_tickets.handle()
    due_tickets.handle()

    numbers = [job.number for job in desk.jobs.sent if isinstance(job, WakeTicket)]
    assert sorted(numbers) == sorted(due * 2)
    wakes = [job for job in desk.jobs.sent if isinstance(job, WakeTicket)]
    same_as_once(desk, timers.handle, a_batch(*wakes))


@pytest.mark.row(28)
@pytest.mark.parametrize("wrapped", [True, False])
def test_news_of_a_mail_are_noted_whatever_their_order_and_number(
    desk: MotoPorts, wrapped: bool
) -> None:
    number = a_form(desk)
    agent = desk.settings.desk().agents["rui"]
    _, message = reply_in_public(desk, agent, Answer(number, "Use water."))  # type: ignore[arg-type]
    notification.handle(a_batch(*jobs_of(desk, TellOfEvent)))
    ses_id = desk.tickets.get_message(number, message.id).message_id
    bounce = {
        "bounceType": "Permanent",
        "bouncedRecipients": [{"emailAddress": "Ana <ana@example.com>", "status": "5.1.1"}],
    }
    said = [
        {"eventType": "Bounce", "mail": {"messageId": ses_id}, "bounce": bounce},
        {"notificationType": "Delivery", "mail": {"messageId": ses_id}},
        {"eventType": "Open", "mail": {"messageId": "unknown"}},
    ]
    bodies = [json.dumps({"Message": json.dumps(one)} if wrapped else one) for one in said]
    batch = {"Records": [{"messageId": str(n), "body": body} for n, body in enumerate(bodies)]}

    same_as_once(desk, mail_events.handle, batch)

    assert desk.tickets.get_message(number, message.id).delivery == "bounced"
    (suppressed,) = desk.suppressions.list_by_address("", limit=9, cursor="")[0]
    assert (suppressed.address, suppressed.detail) == ("ana@example.com", "5.1.1")


@pytest.mark.row("K1")
def test_the_stream_three_times_makes_the_same_jobs_and_writes_nothing(desk: MotoPorts) -> None:
    a_form(desk)
    before = desk.items()
    stream = the_stream(desk)

    for _ in range(3):
        dispatch.handle(stream)

    assert desk.items() == before
    ids = [(job.queue, job.dedup_id) for job in desk.jobs.sent]
    assert len(ids) == 3 * len(set(ids))


@pytest.mark.row("K1", "J4")
def test_a_record_that_cannot_be_understood_is_put_aside_and_the_rest_goes_on(
    desk: MotoPorts,
) -> None:
    a_form(desk)
    stream = the_stream(desk)
    kind = TypeSerializer().serialize("ticket")
    poison = {"eventID": "bad", "dynamodb": {"Keys": {"pk": kind}, "NewImage": {"kind": kind}}}
    stream["Records"].insert(0, poison)

    dispatch.handle(stream)

    aside = [job for job in desk.jobs.sent if job.queue == "failed_records"]
    assert [job.event_id for job in aside] == ["bad"]  # type: ignore[attr-defined]
    assert len(desk.jobs.sent) > 1


@pytest.mark.row("K1")
def test_when_sqs_takes_no_jobs_the_batch_comes_again(desk: MotoPorts) -> None:
    a_form(desk)
    desk.jobs.failures.append(Unavailable("SQS"))

    with pytest.raises(Unavailable):
        dispatch.handle(the_stream(desk))


@pytest.mark.row("K1")
def test_an_item_that_was_taken_away_starts_nothing(desk: MotoPorts) -> None:
    a_form(desk)
    removed = [
        {**record, "eventName": "REMOVE", "dynamodb": {"OldImage": record["dynamodb"]["NewImage"]}}
        for record in the_stream(desk)["Records"]
        # A part of the set-up that is taken away is a change of it.
        if record["dynamodb"]["NewImage"]["kind"]["S"] != "setting"
    ]

    dispatch.handle({"Records": removed})

    assert desk.jobs.sent == []


def test_time_alone_changes_nothing_in_an_empty_desk(desk: MotoPorts) -> None:
    desk.clock.advance(days=400)
    before = desk.items()

    due_tickets.handle()

    assert (desk.items(), desk.jobs.sent) == (before, [])


@pytest.mark.row(56)
@pytest.mark.parametrize("seed", range(3))
def test_a_rules_use_is_counted_once_however_often_it_is_told(desk: MotoPorts, seed: int) -> None:
    told = [
        CountUse(setting_kind="event_rules", setting_id="vip", cause=f"01E{number}")
        for number in range(3)
    ]

    same_as_once(desk, timers.handle, a_batch(*told), seed=seed)

    assert desk.use_counts.read("event_rules") == {"vip": 3}
