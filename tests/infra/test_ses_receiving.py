"""The local bridge hands a mail on as SES does."""

import json
from datetime import UTC, datetime

import pytest

from infra.local.ses_receiving import (
    Received,
    Verdicts,
    notification,
    stored_mail,
    take_drop,
    take_verdicts,
)

RAW = (
    b"From: Requester A <a@example.com>\r\n"
    b"To: support@desk.example.com\r\n"
    b"Subject: Printer\r\n =?utf-8?q?_caf=C3=A9?=\r\n"
    b"Message-ID: <1@mail.example.com>\r\n"
    b"\r\n"
    b"It does not print.\r\n"
)


def received(raw=RAW, verdicts=None):
    return Received(
        message_id="abc123",
        sender="a@example.com",
        recipients=["support@desk.example.com"],
        raw=raw,
        verdicts=verdicts or Verdicts(),
        received_at=datetime(2026, 11, 2, 9, 30, tzinfo=UTC),
    )


def told(mail):
    return json.loads(notification(mail, bucket="raw", topic_arn="arn:topic"))


@pytest.mark.row(26)
def test_the_notification_names_the_stored_object_and_the_envelope():
    document = told(received())
    assert document["notificationType"] == "Received"
    assert document["receipt"]["action"]["bucketName"] == "raw"
    assert document["receipt"]["action"]["objectKey"] == "abc123"
    assert document["receipt"]["recipients"] == ["support@desk.example.com"]
    assert document["mail"]["source"] == "a@example.com"
    assert document["mail"]["timestamp"] == "2026-11-02T09:30:00.000Z"


def test_the_common_headers_are_those_of_the_mail():
    common = told(received())["mail"]["commonHeaders"]
    assert common["from"] == ["Requester A <a@example.com>"]
    assert common["messageId"] == "<1@mail.example.com>"
    assert common["returnPath"] == "a@example.com"


def test_everything_passes_unless_said_otherwise():
    receipt = told(received())["receipt"]
    checks = ("spam", "virus", "spf", "dkim", "dmarc")
    assert {receipt[f"{check}Verdict"]["status"] for check in checks} == {"PASS"}
    assert "dmarcPolicy" not in receipt


def test_a_failed_dmarc_check_comes_with_the_domains_policy():
    verdicts = Verdicts({"dmarc": "FAIL"}, policy="reject")
    receipt = told(received(verdicts=verdicts))["receipt"]
    assert receipt["dmarcVerdict"] == {"status": "FAIL"}
    assert receipt["dmarcPolicy"] == "reject"


def test_the_verdicts_header_is_read_and_cut_out():
    raw = b"X-Local-Verdicts: spf=FAIL dmarc=fail policy=quarantine\r\n" + RAW
    clean, verdicts = take_verdicts(raw)
    assert clean == RAW
    assert verdicts == Verdicts({"spf": "FAIL", "dmarc": "FAIL"}, policy="quarantine")


def test_the_header_that_asks_for_a_lost_announcement_is_read_and_cut_out():
    raw = b"X-Local-Drop-Notification: yes\r\n" + RAW
    assert take_drop(raw) == (RAW, True)
    assert take_drop(RAW) == (RAW, False)
    assert take_drop(RAW + b"X-Local-Drop-Notification: yes\r\n")[1] is False


def test_a_verdicts_header_in_the_text_of_a_mail_says_nothing():
    raw = RAW + b"X-Local-Verdicts: dmarc=FAIL\r\n"
    assert take_verdicts(raw) == (raw, Verdicts())


def test_the_stored_mail_is_what_came_in_below_a_block_of_ses():
    stored = stored_mail(received())
    assert stored.endswith(RAW)
    block = stored.removesuffix(RAW).decode()
    assert block.startswith("Return-Path: <a@example.com>\r\n")
    assert "X-SES-Spam-Verdict: PASS" in block
    assert "Authentication-Results: amazonses.com;" in block


def test_a_mail_with_enormous_headers_still_fits_a_job():
    raw = b"".join(b"X-%d: %s\r\n" % (n, b"x" * 900) for n in range(2000)) + RAW
    body = notification(received(raw), bucket="raw", topic_arn="arn:topic")
    assert json.loads(body)["mail"]["headersTruncated"] is True
    assert len(body) < 250_000


@pytest.mark.parametrize("raw", [b"", b"\r\n", b"no colon at all", b"\xff\xfe\x00", b"A: b"])
def test_whatever_comes_in_is_handed_on(raw):
    clean, verdicts = take_verdicts(raw)
    assert told(received(clean, verdicts))["mail"]["messageId"] == "abc123"
