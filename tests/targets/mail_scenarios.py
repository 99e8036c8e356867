"""What each mail function is given when it is put to the test: one batch with a bit of everything."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.inbound_mail import handler as inbound_mail
from chalicelib.streams import dispatch
from chalicelib.sweeps import stored_mails
from chalicelib.usecases.answer_ticket import Answer, reply_in_public
from chalicelib.workers import mail_events, notification
from tests.moto_desk import raw_mail
from tests.targets.cloud_desk import CloudPorts

VISIBILITY = timedelta(seconds=360)
Handle = Callable[[dict[str, Any]], Any]


@dataclass(frozen=True)
class Scenario:
    """A function and what it is given."""

    name: str
    handle: Handle
    prepare: Callable[[CloudPorts], list[dict[str, Any]]]
    pause: timedelta = VISIBILITY


def _records(*bodies: str) -> list[dict[str, Any]]:
    return [
        {
            "messageId": f"m{position}",
            "body": body,
            "receiptHandle": f"r{position}",
            "attributes": {"ApproximateReceiveCount": "1"},
        }
        for position, body in enumerate(bodies)
    ]


def _with_file(number: int, **headers: str) -> bytes:
    head, _, text = raw_mail(number, **headers).partition(b"\r\n\r\n")
    head = head.replace(
        b"text/plain; charset=utf-8", b'multipart/mixed; boundary="part"'
    )  # fmt: skip
    return (
        head + b"\r\nMIME-Version: 1.0\r\n\r\n--part\r\n\r\n" + text + b"\r\n--part\r\n"
        b'Content-Disposition: attachment; filename="a.pdf"\r\n'
        b"Content-Type: application/pdf\r\n\r\n%PDF-1.4\r\n--part--\r\n"
    )


def _mails(desk: CloudPorts) -> list[dict[str, Any]]:
    """A new mail with a file, an answer to an older one, a virus, and a copy."""
    first = desk.store("ses-0", raw_mail(0, Subject="The first question"))
    assert inbound_mail.handle({"Records": _records(first)}) == {"batchItemFailures": []}
    answer = raw_mail(2, Subject="Re: The first question", In_Reply_To="<m0@mail.example.com>")
    return _records(
        desk.store("twin-a", _with_file(1)),
        desk.store("ses-2", answer),
        desk.store("ses-3", raw_mail(3), virus="FAIL"),
        desk.store("twin-b", _with_file(1)),
    )


def _strays(desk: CloudPorts) -> list[dict[str, Any]]:
    """Three stored mails, one of which was announced; half an hour ago."""
    for number in range(2):
        desk.store(f"lost-{number}", raw_mail(number))
    _stored_long_ago(desk)
    announced = desk.store("known", raw_mail(7))
    assert inbound_mail.handle({"Records": _records(announced)}) == {"batchItemFailures": []}
    return [{}]


def _stored_long_ago(desk: CloudPorts) -> None:
    """Moto dates objects by the machine's clock: the desk's follows, half an hour later."""
    desk.clock.at = datetime.now(UTC) + timedelta(minutes=30)


def _sweep(event: dict[str, Any]) -> dict[str, Any]:
    stored_mails.handle()
    return {"batchItemFailures": []}


def _changes(desk: CloudPorts) -> list[dict[str, Any]]:
    """The whole table as the stream would tell of it."""
    _mails_taken(desk)
    return [
        {
            "eventID": f"e{position}",
            "eventName": "INSERT",
            "dynamodb": {"Keys": {"pk": item["pk"], "sk": item["sk"]}, "NewImage": item},
        }
        for position, item in enumerate(desk.items())
    ]


def _mails_taken(desk: CloudPorts) -> None:
    senders = ("Ana Example <ana@example.com>", "Bo Example <bo@example.com>")
    bodies = [
        desk.store(f"ses-{n}", raw_mail(n, Subject=f"Question {n}", From=sender))
        for n, sender in enumerate(senders)
    ]
    assert inbound_mail.handle({"Records": _records(*bodies)}) == {"batchItemFailures": []}


def _dispatch(event: dict[str, Any]) -> dict[str, Any]:
    dispatch.handle(event)
    return {"batchItemFailures": []}


def _letters(desk: CloudPorts) -> list[dict[str, Any]]:
    """An acknowledgement each for two tickets, and an answer with a word to the agent's colleague."""
    _mails_taken(desk)
    number = min(
        int(i["pk"]["S"].partition("#")[2]) for i in desk.items() if i["sk"]["S"] == "TICKET"
    )
    agent = desk.settings.desk().agents["rui"]
    desk.clock.advance(minutes=1)
    ticket = desk.tickets.get(number)
    reply_in_public(desk, agent, Answer(number, "It is out.", based_on=ticket.version))
    dispatch.handle({"Records": _stream_of_events(desk)})
    jobs = [job for job in desk.queued() if json.loads(job)["kind"] == "tell_of_event"]
    desk.empty_queues()
    return _records(*jobs)


def _stream_of_events(desk: CloudPorts) -> list[dict[str, Any]]:
    return [
        {"eventID": item["sk"]["S"], "eventName": "INSERT", "dynamodb": {"NewImage": item}}
        for item in sorted(desk.items(), key=lambda item: item["sk"]["S"])
        if item["kind"]["S"] == "event"
    ]


def _news(desk: CloudPorts) -> list[dict[str, Any]]:
    """An answer that came back for good, an acknowledgement that somebody complained of."""
    letters = _letters(desk)
    assert notification.handle({"Records": letters}) == {"batchItemFailures": []}
    sent = {
        item["message_id"]["S"] != "" or item["number"]["N"]: item["pk"]["S"].partition("#")[2]
        for item in desk.items()
        if item["kind"]["S"] == "sent_ref"
    }
    answer, *acknowledged = (sent[key] for key in sorted(sent, key=str, reverse=True))
    bounced = {
        "bounceType": "Permanent",
        "bounceSubType": "General",
        "bouncedRecipients": [{"emailAddress": "ana@example.com", "status": "5.1.1"}],
    }
    complained = {"complainedRecipients": [{"emailAddress": "bo@example.com"}]}
    return _records(
        _said("Bounce", answer, bounce=bounced),
        _said("Delivery", acknowledged[-1], delivery={}),
        _said("Complaint", acknowledged[0], complaint=complained),
    )


def _said(kind: str, ses_id: str, **more: Any) -> str:
    return json.dumps({"eventType": kind, "mail": {"messageId": ses_id}, **more})


SCENARIOS = (
    Scenario("inbound_mail", inbound_mail.handle, _mails),
    Scenario("reconcile", _sweep, _strays, timedelta(minutes=15)),
    Scenario("dispatch", _dispatch, _changes),
    Scenario("notify", notification.handle, _letters),
    Scenario("mail_events", mail_events.handle, _news),
)
