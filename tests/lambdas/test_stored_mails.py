"""A mail whose announcement was lost: the sweep finds it, and it becomes what it would have been."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.inbound_mail import handler as inbound_mail
from chalicelib.sweeps import stored_mails
from infra.local.ses_receiving import Received, Verdicts, notification, stored_mail
from tests.moto_desk import MotoPorts, desk_on_moto, raw_mail

pytestmark = pytest.mark.row(26, "J5", "K1")
NOTHING_FAILED = {"batchItemFailures": []}


@pytest.fixture
def desk() -> Iterator[MotoPorts]:
    """Real repositories on moto behind every handler, half an hour after the mails came."""
    with desk_on_moto() as ports:
        ports.clock.advance(minutes=30)
        yield ports


def arrived(desk: MotoPorts, ses_id: str, raw: bytes, **verdicts: str) -> Received:
    """A mail as SES stores it; nobody is told of it yet."""
    mail = Received(
        message_id=ses_id,
        sender="ana@example.com",
        recipients=["support@desk.example.com"],
        raw=raw,
        verdicts=Verdicts(verdicts),
        received_at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
    )
    desk.raw_mails.stored[ses_id] = stored_mail(mail)
    return mail


def announced(mail: Received) -> dict[str, Any]:
    body = notification(mail, bucket="raw", topic_arn="arn:topic")
    return {"Records": [{"messageId": mail.message_id, "body": body}]}


def swept(desk: MotoPorts) -> dict[str, Any]:
    """What the sweep queued, as SQS hands it over."""
    desk.jobs.sent.clear()
    stored_mails.handle()
    return {
        "Records": [
            {"messageId": f"m{position}", "body": job.body()}
            for position, job in enumerate(desk.jobs.sent)
        ]
    }


def _of(desk: MotoPorts, kind: str) -> list[dict[str, Any]]:
    return [item for item in desk.items() if item["kind"]["S"] == kind]


def test_a_mail_that_nobody_heard_of_becomes_a_ticket(desk: MotoPorts) -> None:
    arrived(desk, "lost", raw_mail())

    assert inbound_mail.handle(swept(desk)) == NOTHING_FAILED

    (message,) = _of(desk, "message")
    assert "It burns" in message["text"]["S"]
    assert message["verified"]["BOOL"] is True
    assert swept(desk) == {"Records": []}


def test_an_announcement_that_comes_late_changes_nothing(desk: MotoPorts) -> None:
    mail = arrived(desk, "late", raw_mail())
    inbound_mail.handle(swept(desk))
    before = desk.items()

    assert inbound_mail.handle(announced(mail)) == NOTHING_FAILED

    assert desk.items() == before


def test_a_mail_that_was_announced_is_not_queued_again(desk: MotoPorts) -> None:
    inbound_mail.handle(announced(arrived(desk, "known", raw_mail())))

    assert swept(desk) == {"Records": []}


def test_the_second_copy_of_a_mail_is_accounted_for(desk: MotoPorts) -> None:
    for ses_id in ("first", "second"):
        inbound_mail.handle(announced(arrived(desk, ses_id, raw_mail())))

    assert len(_of(desk, "message")) == 1
    assert swept(desk) == {"Records": []}


def test_copies_of_a_mail_that_was_kept_out_are_accounted_for(desk: MotoPorts) -> None:
    for ses_id in ("first", "second"):
        inbound_mail.handle(announced(arrived(desk, ses_id, raw_mail(), virus="FAIL")))

    assert len(_of(desk, "suspended")) == 1
    assert swept(desk) == {"Records": []}


@pytest.mark.row("J4")
def test_what_ses_found_counts_without_its_announcement_too(desk: MotoPorts) -> None:
    arrived(desk, "virus", raw_mail(), virus="FAIL")

    inbound_mail.handle(swept(desk))

    assert _of(desk, "message") == []
    assert len(_of(desk, "suspended")) == 1


@pytest.mark.row("J4")
def test_a_sender_who_was_not_proved_is_not_believed_without_the_announcement(
    desk: MotoPorts,
) -> None:
    arrived(desk, "forged", raw_mail(), dmarc="FAIL", spf="FAIL")

    inbound_mail.handle(swept(desk))

    (message,) = _of(desk, "message")
    assert message["verified"]["BOOL"] is False


def test_a_job_of_the_sweep_says_which_mail_and_when_it_came(desk: MotoPorts) -> None:
    arrived(desk, "lost", raw_mail())

    (record,) = swept(desk)["Records"]

    place = json.loads(record["body"])["stored_mail"]
    assert place["key"] == "lost"
    stored_at = datetime.fromisoformat(place["stored_at"])
    assert stored_at == desk.clock.now() - timedelta(minutes=30)
