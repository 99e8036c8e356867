"""What SES said of a mail, read from the mail itself when its announcement is lost."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.delivery import Delivery
from chalicelib.domain.threading import Verdict
from chalicelib.inbound_mail.stored_mail import delivery_of_raw, ses_block

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BLOCK = (
    "Return-Path: <ana@example.com>\r\n"
    "Received: from mx.example.com (mx.example.com [192.0.2.7])\r\n"
    " by inbound-smtp.eu-west-1.amazonaws.com with SMTP id 2f5o7drgukqhmg1aff9de61r6b9mtpe4\r\n"
    " for support@desk.example.com;\r\n"
    " Mon, 02 Mar 2026 08:59:58 +0000 (UTC)\r\n"
    "X-SES-Spam-Verdict: PASS\r\n"
    "X-SES-Virus-Verdict: PASS\r\n"
    "Received-SPF: pass (spfCheck: domain of example.com designates 192.0.2.7 as permitted"
    " sender) client-ip=192.0.2.7; envelope-from=ana@example.com; helo=mx.example.com;\r\n"
    "Authentication-Results: amazonses.com;\r\n"
    " spf=pass (spfCheck: domain of example.com designates 192.0.2.7 as permitted sender)"
    " client-ip=192.0.2.7; envelope-from=ana@example.com; helo=mx.example.com;\r\n"
    " dkim=pass header.i=@example.com;\r\n"
    " dmarc=pass header.from=example.com;\r\n"
    "X-SES-RECEIPT: AEFBQUFBQUFBQUFFL1du\r\n"
    "X-SES-DKIM-SIGNATURE: a=rsa-sha256; q=dns/txt; d=amazonses.com;\r\n"
)
MAIL = "From: Ana Example <ana@example.com>\r\nSubject: Fire\r\n\r\nIt burns.\r\n"


def read(raw: str) -> Delivery:
    return delivery_of_raw(raw.encode(), "raw/2f5o7drgukqhmg1", AT)


def test_the_block_that_ses_writes_tells_envelope_and_verdicts() -> None:
    delivery = read(BLOCK + MAIL)

    assert delivery.ses_id == "2f5o7drgukqhmg1"
    assert delivery.raw_key == "raw/2f5o7drgukqhmg1"
    assert delivery.received_at == AT
    assert delivery.envelope_sender == "ana@example.com"
    assert delivery.recipients == ("support@desk.example.com",)
    verdicts = {delivery.spam, delivery.virus, delivery.spf, delivery.dkim, delivery.dmarc}
    assert verdicts == {Verdict.PASS}


def test_a_bounce_has_an_empty_envelope_sender() -> None:
    assert read(BLOCK.replace("<ana@example.com>", "<>") + MAIL).envelope_sender == ""


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("fail", Verdict.FAIL),
        ("softfail", Verdict.FAIL),
        ("none", Verdict.GRAY),
        ("neutral", Verdict.GRAY),
        ("permerror", Verdict.PROCESSING_FAILED),
        ("something-new", Verdict.PROCESSING_FAILED),
    ],
)
def test_each_result_of_spf_has_its_verdict(said: str, meant: Verdict) -> None:
    assert read(BLOCK.replace(" spf=pass", f" spf={said}") + MAIL).spf is meant


def test_a_failed_dmarc_check_is_told_with_or_without_details() -> None:
    plain = BLOCK.replace("dmarc=pass header", "dmarc=fail header")
    detailed = BLOCK.replace("dmarc=pass header", "dmarc=fail (p=reject) header")

    assert read(plain + MAIL).dmarc is Verdict.FAIL
    assert read(detailed + MAIL).dmarc is Verdict.FAIL


def test_a_virus_found_by_ses_is_told() -> None:
    assert read(BLOCK.replace("Virus-Verdict: PASS", "Virus-Verdict: FAIL") + MAIL).virus is (
        Verdict.FAIL
    )


@pytest.mark.row("J4")
def test_headers_of_the_sender_are_not_believed() -> None:
    forged = "X-SES-Virus-Verdict: PASS\r\nAuthentication-Results: amazonses.com; dmarc=pass;\r\n"
    failed = BLOCK.replace("dmarc=pass", "dmarc=fail").replace("Virus-Verdict: PASS",
                                                               "Virus-Verdict: FAIL")  # fmt: skip

    delivery = read(failed + forged + MAIL)

    assert (delivery.dmarc, delivery.virus) == (Verdict.FAIL, Verdict.FAIL)


@pytest.mark.row("J4")
def test_a_mail_that_does_not_begin_with_the_block_is_believed_nothing() -> None:
    delivery = read("Subject: first\r\n" + BLOCK + MAIL)

    verdicts = {delivery.spam, delivery.virus, delivery.spf, delivery.dkim, delivery.dmarc}
    assert verdicts == {Verdict.PROCESSING_FAILED}
    assert (delivery.envelope_sender, delivery.recipients) == ("", ())


@pytest.mark.row("J4")
def test_a_block_of_another_server_is_believed_nothing() -> None:
    other = BLOCK.replace("inbound-smtp.eu-west-1.amazonaws.com", "mx.example.net")

    assert ses_block((other + MAIL).encode()) == {}


@pytest.mark.row("J4")
def test_what_stands_in_the_middle_of_the_block_ends_all_belief() -> None:
    broken = BLOCK.replace("X-SES-RECEIPT", "X-Other: 1\r\nX-SES-RECEIPT")

    assert ses_block((broken + MAIL).encode()) == {}


@pytest.mark.row("J4")
@pytest.mark.parametrize(
    "envelope",
    ['"x; dmarc=pass header.from=bank.example"@evil.example', '"; spf=pass "@evil.example'],
)
def test_results_written_into_the_envelope_sender_are_not_results(envelope: str) -> None:
    results = BLOCK.index("Authentication-Results")
    failed = BLOCK[results:].replace("dmarc=pass", "dmarc=fail").replace(" spf=pass", " spf=fail")
    failed = failed.replace("envelope-from=ana@example.com", f"envelope-from={envelope}")

    delivery = read(BLOCK[:results] + failed + MAIL)

    assert (delivery.spf, delivery.dmarc) == (Verdict.FAIL, Verdict.FAIL)


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail(raw: bytes) -> None:
    assert delivery_of_raw(raw, "raw/x", AT).ses_id == "x"


@given(st.text(alphabet="Received: by inbound-smtp.x.amazonaws.com;\r\n\t", max_size=600))
def test_no_headers_make_it_fail(head: str) -> None:
    assert delivery_of_raw((BLOCK[:200] + head).encode(), "raw/x", AT).raw_key == "raw/x"
