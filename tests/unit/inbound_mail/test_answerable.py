"""Who wants no acknowledgement, and which mails ask whether forwarding to the desk is wanted."""

import pytest

from chalicelib.inbound_mail.answerable import forwarding_confirmation, is_unread_address
from chalicelib.inbound_mail.mime import parse_mail

GMAIL = "forwarding-noreply@google.com"
LINK = "https://mail-settings.google.com/mail/vf-abc"


def asks_no_answer(*header_lines: str) -> bool:
    head = ["From: Ana <ana@example.org>", "Subject: Lamp", *header_lines]
    return parse_mail("\r\n".join([*head, "", "Dark."]).encode()).asks_no_answer


@pytest.mark.parametrize(
    "line",
    [
        "List-Id: <lamps.lists.example.net>",
        "List-Unsubscribe: <mailto:leave@example.net>",
        "Feedback-ID: 1:campaign:example",
        "Precedence: bulk",
        "Precedence: list",
        "Precedence: junk",
        "X-Auto-Response-Suppress: All",
        "X-Auto-Response-Suppress: DR, OOF",
        "X-Auto-Response-Suppress: AutoReply",
        "Return-Path: <>",
        "Auto-Submitted: auto-replied",
    ],
)
def test_no_acknowledgement_goes_to_machines_lists_and_those_who_ask_for_none(line):
    assert asks_no_answer(line)


@pytest.mark.parametrize(
    "line",
    [
        "X-Auto-Response-Suppress: None",
        "X-Auto-Response-Suppress: DR, NDR, RN, NRN",
        "Precedence: normal",
        "Return-Path: <ana@example.org>",
        "Auto-Submitted: no",
    ],
)
def test_a_persons_mail_is_acknowledged(line):
    assert not asks_no_answer(line)


@pytest.mark.parametrize(
    "address",
    [
        "no-reply@example.org",
        "noreply+abc@example.org",
        "orders.do_not_reply@example.org",
        "MAILER-DAEMON@example.org",
        "nao-responda@example.org",
        "ne-pas-repondre@example.org",
        "bounces@example.org",
    ],
)
def test_addresses_that_nobody_reads_are_known(address):
    assert is_unread_address(address)


@pytest.mark.parametrize(
    "address", ["ana@example.org", "norep@example.org", "root.ana@example.org"]
)
def test_addresses_of_people_are_not_mistaken(address):
    assert not is_unread_address(address)


def test_gmails_question_is_known_by_its_sender_in_any_language():
    found = forwarding_confirmation(GMAIL, "(#123456789) 転送の確認", f"Code 123456789\n{LINK}\n")
    assert found == ("123456789", LINK)


def test_the_code_is_taken_from_the_text_when_the_subject_has_none():
    found = forwarding_confirmation(GMAIL, "Gmail", "Confirmation code: 987654321")
    assert found is not None
    assert found.code == "987654321"


def test_a_link_that_leads_elsewhere_is_left_out():
    text = "https://mail-settings.google.com.example.org/mail/vf-abc"
    found = forwarding_confirmation(GMAIL, "(#123456789) Confirmation", text)
    assert found is not None
    assert found.url == ""


def test_the_link_that_takes_the_request_back_is_left_out():
    link = "https://mail-settings.google.com/mail/uf-abc?confirm"
    found = forwarding_confirmation(GMAIL, "x", link)
    assert found is not None
    assert found.url == ""


def test_other_providers_are_known_by_sender_and_subject():
    url = "https://mail.zoho.com/mail/VerifyForward.do?digest=abc"
    found = forwarding_confirmation("noreply@zoho.com", "Confirm email forwarding", f"See {url}")
    assert found == ("", url)


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        ("noreply@zoho.com", "Your invoice"),
        ("person@example.org", "Gmail Forwarding Confirmation"),
        ("forwarding-noreply@google.com.example.org", "Gmail Forwarding Confirmation"),
    ],
)
def test_anything_else_asks_nothing(address, subject):
    assert forwarding_confirmation(address, subject, "code 123456789") is None
