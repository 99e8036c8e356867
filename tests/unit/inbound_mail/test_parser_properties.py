"""What holds for every mail, whatever its bytes are."""

import base64
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.inbound_mail.mime import InboundMail, parse_mail
from tests.figures import ON_A_SLOW_MACHINE

HEAD = b"From: ana@example.org\r\nTo: support@example.com\r\nSubject: x\r\n"

# Pieces that steer the parser into its corners, in any order and with noise between them.
PIECES = st.sampled_from(
    [
        b"\r\n",
        b"\n",
        b"\r\n\r\n",
        b"From: a@example.org\r\n",
        b'From: "a <b@c.example>\r\n',
        b"To: a: b@c.example, (d;\r\n",
        b"Subject: =?utf-8?b?w6Q?= =?utf-8?q?=c3?= =?x?b?=?=\r\n",
        b"Date: Thu, 99 Foo 2026 25:61 +9999\r\n",
        b"Message-ID: <\r\n",
        b"References: <a@b> c@d <\r\n",
        b"Return-Path: <>\r\n",
        b"Content-Type: multipart/mixed; boundary=b\r\n",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n",
        b"Content-Type: text/plain; charset=utf-7; format=flowed\r\n",
        b"Content-Type: text/html; charset=iso-2022-jp\r\n",
        b"Content-Type: message/rfc822\r\n",
        b"Content-Type: message/delivery-status\r\n",
        b"Content-Type: text/calendar; method=REQUEST\r\n",
        b"Content-Type: application/ms-tnef; name*0*=x''%ff\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"Content-Transfer-Encoding: x-uuencode\r\n",
        b"Content-Disposition: attachment; filename*=utf-8''%2e%2e%2f\r\n",
        b"--b\r\n",
        b"--b--\r\n",
        b"On 3 Feb 2026 a@b.example wrote:\r\n> x\r\n",
        b"begin 644 x\r\n#0V%T\r\nend\r\n",
        b"=ybegin line=128 size=3 name=x\r\nabc\r\n=yend\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\n",
        b"<div class=gmail_quote><blockquote>",
        b"\x78\x9f\x3e\x22\x00\x00",
        b"\x1b$B\xff",
        b"\xff\xfe\x00",
    ]
)


@pytest.mark.row(26)
@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_become_a_mail(raw: bytes) -> None:
    assert isinstance(parse_mail(raw), InboundMail)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PIECES, st.binary(max_size=12)), max_size=40))
def test_no_mix_of_mail_syntax_is_beyond_reading(pieces: list[bytes]) -> None:
    mail = parse_mail(b"".join(pieces))
    assert not any(defect.startswith("unreadable-") for defect in mail.defects)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(PIECES, st.binary(max_size=12)), max_size=30))
def test_what_is_shown_has_no_control_characters_and_no_path(pieces: list[bytes]) -> None:
    mail = parse_mail(b"".join(pieces))
    one_liners = [mail.subject, mail.from_name, mail.from_address]
    assert not any("\n" in value or "\x00" in value for value in one_liners)
    assert "\x00" not in mail.text
    for file in mail.attachments:
        assert file.filename
        assert not set(file.filename) & set("/\\\x00\r\n\u202e")
        assert len(file.filename.encode()) <= 255


ABUSE = {
    "1,000 nested multiparts": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level)
        for level in range(1_000)
    ),
    "2,000 nested mails": b"Content-Type: message/rfc822\r\n\r\n" * 2_000,
    "5,000 brackets in To": b"To: " + b"(" * 5_000 + b"\r\n\r\nx",
    "20,000 recipients": b"To: " + b", ".join(b"u%d@example.org" % n for n in range(20_000)),
    "20,000 encoded words": b"X: y\r\nSubject: " + b" ".join([b"=?utf-8?q?a?="] * 20_000),
    "100,000 header fields": b"".join(b"X-%d: a\r\n" % n for n in range(100_000)),
    "half a million boundaries": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    + b"--b\r\n\r\n" * 500_000,
    "a megabyte of a": b"\r\n" + b"a" * 1_000_000,
    "a megabyte of >": b"\r\n" + b">" * 1_000_000,
    "200,000 torn quotes": b"\r\n" + b"> a\r\nb\r\n" * 200_000,
    "50,000 attributions": b"\r\n" + b"On 2026 wrote:\r\n\r\n" * 50_000,
    "100,000 From lines in the text": b"\r\n" + b"From: a\r\n" * 100_000,
    "a megabyte of <": b"Content-Type: text/html\r\n\r\n" + b"<" * 1_000_000,
    "80,000 nested quotes": b"Content-Type: text/html\r\n\r\n" + b"<blockquote>a" * 80_000,
    "a megabyte of NUL": b"\x00" * 1_000_000,
}


@pytest.mark.row(26)
@pytest.mark.parametrize("name", ABUSE)
def test_abusive_mail_is_read_within_five_seconds(name: str) -> None:
    started = time.process_time()
    mail = parse_mail(HEAD + ABUSE[name])
    assert time.process_time() - started < 5 * ON_A_SLOW_MACHINE
    assert not any(defect.startswith("unreadable-") for defect in mail.defects)
    assert mail.subject is not None


def test_oversized_mail_is_cut_and_says_so() -> None:
    mail = parse_mail(HEAD + b"\r\n" + b"x" * (41 * 1024 * 1024))
    assert "mail-truncated" in mail.defects
    assert len(mail.text) == 1_000_000


def test_twenty_megabytes_take_less_than_four_times_their_size_in_memory(figure):
    payload = base64.encodebytes(bytes(range(256)) * 60_000).replace(b"\n", b"\r\n")
    raw = (
        HEAD
        + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhi\r\n--b\r\n"
        + b"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + payload
        + b"\r\n--b--\r\n"
    )
    tracemalloc.start()
    mail = parse_mail(raw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # The mail itself is held by the caller.
    times = (peak + len(raw)) / len(raw)
    figure("memory of a 20 MB mail, by its size", f"{times:.1f}", "4")
    assert mail.attachments[0].size == 256 * 60_000
    assert times < 4
