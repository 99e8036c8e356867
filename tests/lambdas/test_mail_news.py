"""What SES says of a mail, read from its own notifications ("Contents of event data", its guide)."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib import bootstrap
from chalicelib.usecases.mail_events import FailedRecipient, MailNews
from chalicelib.workers.mail_events import handle, news_of
from tests.fakes import FakePorts
from tests.unit.usecases.stage import the_desk

MAIL = {"messageId": "0100-abc", "destination": ["ana@example.com"]}
ANA = FailedRecipient("ana@example.com")


def a_bounce(kind: str, subtype: str = "General", **changes: Any) -> dict[str, Any]:
    """A bounce as SES tells of it."""
    recipients = [{"emailAddress": "ana@example.com", "status": "5.1.1", "action": "failed"}]
    said = {"bounceType": kind, "bounceSubType": subtype, "bouncedRecipients": recipients}
    return {"eventType": "Bounce", "mail": MAIL, "bounce": said | changes}


@pytest.mark.row("J3")
@pytest.mark.parametrize(
    ("said", "permanent", "about_address"),
    [
        (a_bounce("Permanent", "NoEmail"), True, True),
        (a_bounce("Permanent", "OnAccountSuppressionList"), True, True),
        (a_bounce("Transient", "MailboxFull"), False, True),
        (a_bounce("Undetermined", "Undetermined"), False, True),
        (a_bounce("Transient", "MessageTooLarge"), False, False),
        (a_bounce("Transient", "AttachmentRejected"), False, False),
    ],
)
def test_a_bounce_tells_whom_it_did_not_reach_and_whether_that_passes(
    said: dict[str, Any], permanent: bool, about_address: bool
) -> None:
    failed = (FailedRecipient("ana@example.com", "5.1.1"),)
    assert news_of(said) == MailNews("Bounce", "0100-abc", failed, permanent, about_address)


def test_a_mail_has_the_time_at_which_ses_took_it() -> None:
    mail = MAIL | {"timestamp": "2026-03-02T09:00:00.123Z"}
    sent_at = news_of({"eventType": "Delivery", "mail": mail}).sent_at
    assert sent_at == datetime(2026, 3, 2, 9, 0, 0, 123000, tzinfo=UTC)
    assert news_of({"eventType": "Delivery", "mail": MAIL | {"timestamp": "soon"}}).sent_at is None


def test_news_that_overtook_their_mail_come_again_in_half_a_minute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ports = FakePorts(the_desk())
    monkeypatch.setattr(bootstrap, "ports", lambda: ports)
    mail = MAIL | {"timestamp": ports.clock.now().isoformat()}
    attributes = {"ApproximateReceiveCount": "1"}
    record = {"messageId": "m1", "receiptHandle": "r1", "attributes": attributes}
    record["body"] = json.dumps({"eventType": "Delivery", "mail": mail})

    answer = handle({"Records": [record]})

    assert answer == {"batchItemFailures": [{"itemIdentifier": "m1"}]}
    assert ports.redelivery.postponed == [("mail_events", "r1", 30)]


def test_a_name_before_the_address_is_not_part_of_it() -> None:
    named = [{"emailAddress": '"Ana" <ana@example.com>'}]
    said = a_bounce("Permanent", bouncedRecipients=named)
    assert news_of(said).failed == (ANA,)


def test_a_bounce_that_names_nobody_is_about_the_one_to_whom_the_mail_went() -> None:
    assert news_of(a_bounce("Permanent", bouncedRecipients=[])).failed == (ANA,)


@pytest.mark.row("J3")
def test_a_complaint_names_who_complained_and_not_spam_is_none() -> None:
    whole = {"complainedRecipients": [{"emailAddress": "ana@example.com"}]}
    said = {"eventType": "Complaint", "mail": MAIL, "complaint": whole}
    assert news_of(said) == MailNews("Complaint", "0100-abc", (ANA,))
    said["complaint"] = whole | {"complaintFeedbackType": "not-spam"}
    assert news_of(said).kind == "NotSpam"


@pytest.mark.parametrize("kind", ["eventType", "notificationType"])
def test_other_news_have_a_kind_and_an_id(kind: str) -> None:
    assert news_of({kind: "Reject", "mail": MAIL}) == MailNews("Reject", "0100-abc", (ANA,))
    assert news_of({kind: "Delivery", "mail": MAIL}) == MailNews("Delivery", "0100-abc")
    assert news_of({}) == MailNews("", "")
