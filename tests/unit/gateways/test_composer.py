"""Mails that leave: headers that thread and keep machines quiet, words in the reader's language."""

import doctest
import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.desk import DeskProfile, NoticeKind
from chalicelib.domain.errors import MailRefused
from chalicelib.domain.letter import (
    AUTOMATIC,
    Letter,
    LetterFile,
    LetterKind,
    LetterLink,
    LetterNotice,
)
from chalicelib.domain.ticket import MessageKind
from chalicelib.gateways import mail_headers
from chalicelib.gateways.composer import MailComposer
from chalicelib.translations import LANGUAGES
from tests.builders import AGENT, a_message
from tests.fakes import FakeClock

COMPOSER = MailComposer(FakeClock(datetime(2026, 3, 2, 12, tzinfo=UTC)))
CANARY = "canary-of-an-internal-note"
PAGE = "https://desk.example.com/t/l1-abc"
EVERY_KIND = pytest.mark.parametrize("kind", list(LetterKind))
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def a_reply(**changes: Any) -> Any:
    fields = {"kind": MessageKind.PUBLIC_REPLY, "author": AGENT, "text": "It is\n<corrected>."}
    return a_message(**fields | changes)


def a_letter(kind: LetterKind = LetterKind.PUBLIC_REPLY, **changes: Any) -> Letter:
    """A letter of a kind with all that it could carry."""
    fields: dict[str, Any] = {
        "kind": kind,
        "language": "en",
        "desk": DeskProfile(name="Example Desk", accent="#0f766e"),
        "to_name": "Ana Example",
        "to_address": "ana@example.com",
        "from_name": "Rui Example (Example Desk)",
        "from_address": "help@desk.example.com",
        "subject": "The invoice is wrong",
        "reply_to": "help+r1-3e9-1-000000an-abc@desk.example.com",
        "in_reply_to": "customer-2@mail.example.com",
        "references": ("customer-1@mail.example.com", "customer-2@mail.example.com"),
        "own_id": "chamado.reply.01J2@desk.example.com",
        "instance": "https://desk.example.com",
        "page_url": PAGE,
        "message": a_reply(),
        "notices": (LetterNotice(NoticeKind.AT_RISK, 1001, "The invoice", PAGE),),
        "links": (LetterLink("1001 · The invoice", PAGE), LetterLink("1002 · B", f"{PAGE}d")),
        "facts": {
            "number": "1001",
            "expectation": "60",
            "workday_minutes": "480",
            "target": "first_response",
            "due_at": "2026-03-02T13:00:00+00:00",
            "time_zone": "Europe/Lisbon",
        },
    }
    if kind is LetterKind.FOLLOWER_COPY:
        fields["message"] = a_message(text="It is\n<wrong>.")
    return Letter(**fields | changes)


def read(letter: Letter) -> EmailMessage:
    """The mail as a mail client reads it."""
    return message_from_bytes(COMPOSER.compose(letter), policy=policy.default)  # type: ignore[return-value]


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


@EVERY_KIND
@EVERY_LANGUAGE
def test_every_letter_has_both_twins_in_every_language(kind: LetterKind, language: str) -> None:
    mail = read(a_letter(kind, language=language))
    assert mail.get_content_type() == "multipart/alternative"
    assert f'<html lang="{language.replace("_", "-")}">' in text_of(mail, "html")
    assert mail["Content-Language"] == language.replace("_", "-")
    assert "%(" not in text_of(mail) + text_of(mail, "html") + mail["Subject"]


@EVERY_KIND
def test_the_four_languages_differ(kind: LetterKind) -> None:
    mails = [read(a_letter(kind, language=language)) for language in LANGUAGES]
    assert len({text_of(mail) for mail in mails}) == len(LANGUAGES)


@EVERY_KIND
def test_every_link_of_the_html_is_also_in_the_text(kind: LetterKind) -> None:
    oversized = (LetterLink("film.mp4", f"{PAGE}/files/1/2"),)
    mail = read(a_letter(kind, oversized=oversized))
    links = re.findall(r'href="([^"]+)"', text_of(mail, "html"))
    assert bool(links) is (kind is not LetterKind.FORWARDING_CHECK)
    assert all(link in text_of(mail) for link in links)


@EVERY_KIND
def test_nothing_of_a_mail_comes_from_elsewhere(kind: LetterKind) -> None:
    html = text_of(read(a_letter(kind)), "html")
    assert "<img" not in html
    assert "url(" not in html
    assert "<script" not in html


@EVERY_KIND
def test_a_mail_is_seven_bits_and_short_of_line(kind: LetterKind) -> None:
    said = a_message if kind is LetterKind.FOLLOWER_COPY else a_reply
    letter = a_letter(kind, language="pt_BR", message=said(text="ção " * 2000))
    raw = COMPOSER.compose(letter)
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


@pytest.mark.row(26, 27, 28, "J1")
def test_a_reply_threads_with_what_the_customer_sent() -> None:
    mail = read(a_letter())
    own = "<chamado.reply.01J2@desk.example.com>"
    assert mail["Subject"] == "Re: The invoice is wrong"
    assert mail["In-Reply-To"] == "<customer-2@mail.example.com>"
    assert mail["References"].split() == [
        "<customer-1@mail.example.com>",
        "<customer-2@mail.example.com>",
        own,
    ]
    assert mail["Message-ID"] == own
    assert mail["Reply-To"] == "help+r1-3e9-1-000000an-abc@desk.example.com"
    assert mail["From"] == '"Rui Example (Example Desk)" <help@desk.example.com>'
    assert mail["Date"] == "Mon, 02 Mar 2026 12:00:00 +0000"


@pytest.mark.row(27)
@pytest.mark.parametrize(
    "subject",
    ["The invoice", "Re: The invoice", "RE: re: The invoice", "RES: The invoice", "AW:The invoice"],
)
def test_re_stands_once_before_the_subject(subject: str) -> None:
    assert read(a_letter(subject=subject))["Subject"] == "Re: The invoice"


def test_a_subject_keeps_every_script() -> None:
    assert read(a_letter(subject="請求書 – ação 😀"))["Subject"] == "Re: 請求書 – ação 😀"


@pytest.mark.row("J1")
def test_ids_longer_than_a_line_stay_ids() -> None:
    long = "x" * 200 + "@mail.example.com"
    raw = COMPOSER.compose(a_letter(in_reply_to=long, references=(long,)))
    assert f"In-Reply-To: <{long}>\r\n".encode() in raw
    assert f"References: <{long}>\r\n <chamado.reply".encode() in raw


def test_of_a_long_chain_the_first_and_the_last_ids_stay() -> None:
    chain = tuple(f"m{n}@mail.example.com" for n in range(60))
    ids = read(a_letter(references=chain))["References"].split()
    assert len(ids) == 20
    assert ids[0] == "<m0@mail.example.com>"
    assert ids[-2] == "<m59@mail.example.com>"


@pytest.mark.parametrize(
    "bad", ["", "no-at-sign", "a@b c@d", "a@b>\r\nBcc: eve@example.org", "é@b", "x" * 600 + "@b"]
)
def test_what_is_no_id_is_left_out(bad: str) -> None:
    mail = read(a_letter(in_reply_to=bad, references=(bad,)))
    assert mail["In-Reply-To"] is None
    assert mail["References"] == "<chamado.reply.01J2@desk.example.com>"
    assert mail["Bcc"] is None


@pytest.mark.row("J6")
@pytest.mark.parametrize("kind", sorted(AUTOMATIC))
def test_automatic_mail_says_so_to_machines(kind: LetterKind) -> None:
    mail = read(a_letter(kind))
    answers = kind in (LetterKind.ACKNOWLEDGEMENT, LetterKind.FRESH_LINKS)
    assert mail["Auto-Submitted"] == ("auto-replied" if answers else "auto-generated")
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["Precedence"] == "bulk"
    assert mail["X-Chamado-Loop"] == "https://desk.example.com"


@pytest.mark.row("J6")
def test_an_agents_answer_is_a_persons_mail() -> None:
    mail = read(a_letter())
    assert mail["Auto-Submitted"] is None
    assert mail["Precedence"] is None
    assert mail["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert mail["X-Chamado-Loop"] == "https://desk.example.com"


@pytest.mark.row(1)
@EVERY_LANGUAGE
def test_an_acknowledgement_says_nothing_of_what_a_stranger_wrote(language: str) -> None:
    said = {"to_name": "Buy Now", "subject": "Cheap pills", "message": a_message(text="Click me")}
    letter = a_letter(LetterKind.ACKNOWLEDGEMENT, language=language, **said)
    mail = read(letter)
    body = text_of(mail) + text_of(mail, "html") + mail["Subject"]
    assert not any(words in body for words in ("Buy Now", "pills", "Click"))
    assert "1001" in mail["Subject"]
    assert PAGE in text_of(mail)


@pytest.mark.row(1)
def test_an_acknowledgement_says_when_an_answer_comes() -> None:
    assert "usually within 1 business hour" in text_of(read(a_letter(LetterKind.ACKNOWLEDGEMENT)))


def test_without_a_promise_no_time_is_named() -> None:
    letter = a_letter(LetterKind.ACKNOWLEDGEMENT, facts={"number": "1001"})
    assert "We answer" not in text_of(read(letter))


@pytest.mark.row(61, "J13")
def test_a_note_is_refused_as_an_answer_and_left_out_of_the_history() -> None:
    note = a_message(kind=MessageKind.INTERNAL_NOTE, text=CANARY, html=f"<p>{CANARY}</p>")
    with pytest.raises(MailRefused):
        COMPOSER.compose(a_letter(message=note))
    with pytest.raises(MailRefused):
        COMPOSER.compose(a_letter(message=None))
    assert CANARY.encode() not in COMPOSER.compose(a_letter(history=(note, a_message())))


@pytest.mark.row("J13")
@EVERY_KIND
def test_no_kind_of_letter_carries_a_note(kind: LetterKind) -> None:
    note = a_message(kind=MessageKind.INTERNAL_NOTE, text=CANARY)
    mail = read(a_letter(kind, history=(note,)))
    assert CANARY not in text_of(mail) + text_of(mail, "html")


def test_the_answer_comes_first_and_the_history_last() -> None:
    earlier = a_message(text="It says 12.\nNot 21.")
    body = text_of(read(a_letter(history=(earlier,))))
    assert body.startswith("It is\n<corrected>.")
    assert "Ana Example wrote on 2 March 2026, 12:00 WET:\n> It says 12.\n> Not 21." in body
    assert body.index(PAGE) < body.index("> It says")


def test_at_most_three_messages_and_five_thousand_characters_are_quoted() -> None:
    short = tuple(a_message(text=f"word-{n}") for n in range(5))
    assert text_of(read(a_letter(history=short))).count("> word-") == 3
    long = tuple(a_message(text="x" * 4_000) for _ in range(3))
    assert text_of(read(a_letter(history=long))).count("x") < 5_100


def test_an_answer_in_html_is_cleaned_and_has_a_text_twin() -> None:
    html = '<p>Hello <b>Ana</b></p><script>alert(1)</script><img src="https://t.example/p.gif">'
    mail = read(a_letter(message=a_reply(text="", html=html)))
    assert "<b>Ana</b>" in text_of(mail, "html")
    assert "alert(1)" not in text_of(mail, "html")
    assert "Hello Ana" in text_of(mail)


@pytest.mark.parametrize("field", ["text", "author", "filename", "label", "desk"])
def test_words_stay_words_in_the_html(field: str) -> None:
    payload = "<img src=x onerror=alert(1)>"
    changes: dict[str, Any] = {
        "text": {"message": a_reply(text=payload), "history": (a_message(text=payload),)},
        "author": {"history": (a_message(author=AGENT.__class__(AGENT.kind, "x", payload)),)},
        "filename": {"files": (LetterFile(payload, "text/plain", b"x"),)},
        "label": {"oversized": (LetterLink(payload, PAGE),)},
        "desk": {"desk": DeskProfile(name=payload, accent=payload)},
    }[field]
    html = text_of(read(a_letter(**changes)), "html")
    assert "<img" not in html


@pytest.mark.row("J16")
def test_files_travel_with_their_names_and_large_ones_are_linked() -> None:
    files = (
        LetterFile("fatura ç.pdf", "application/pdf", b"%PDF"),
        LetterFile("mail.eml", "message/rfc822", b"Subject: x\r\n\r\ny"),
        LetterFile("odd.bin", "nonsense; name=\r\nBcc: eve@example.org", b"x"),
    )
    mail = read(a_letter(files=files, oversized=(LetterLink("film.mp4", f"{PAGE}/files/1/2"),)))
    attached = list(mail.iter_attachments())
    assert [(part.get_filename(), part.get_content_type()) for part in attached] == [
        ("fatura ç.pdf", "application/pdf"),
        ("mail.eml", "application/octet-stream"),
        ("odd.bin", "application/octet-stream"),
    ]
    assert attached[0].get_content() == b"%PDF"
    assert "fatura ç.pdf, mail.eml, odd.bin" in text_of(mail)
    assert f"film.mp4: {PAGE}/files/1/2" in text_of(mail)


@pytest.mark.row(51, 52, 72)
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (LetterKind.AGENT_ASSIGNED, "is yours"),
        (LetterKind.AGENT_AT_RISK, "is at risk"),
        (LetterKind.AGENT_BREACHED, "is overdue"),
        (LetterKind.AGENT_CUSTOMER_WROTE, "has a new message"),
    ],
)
def test_an_agents_notice_says_which_ticket_and_what(kind: LetterKind, words: str) -> None:
    mail = read(a_letter(kind))
    assert mail["Subject"] == f"#1001 {words}: The invoice is wrong"
    assert "Due: first answer, 2 March 2026, 13:00 WET" in text_of(mail)
    assert PAGE in text_of(mail)


def test_fresh_links_are_named_by_their_tickets() -> None:
    mail = read(a_letter(LetterKind.FRESH_LINKS, subject="", reply_to=""))
    assert mail["Subject"] == "Links to your requests"
    assert mail["Reply-To"] is None
    assert "1001 · The invoice\nhttps://desk.example.com/t/l1-abc" in text_of(mail)


_INJECTIONS = (
    "x\r\nBcc: eve@example.org",
    "x\nBcc: eve@example.org",
    "x\rBcc: eve@example.org",
    "x\x0bBcc: eve@example.org",
    "x\u2028Bcc: eve@example.org",
    "x\x85Bcc: eve@example.org",
    "=?utf-8?q?x=0D=0ABcc=3A_eve=40example=2Eorg?=",
    "=?utf-8?q?x=40y=2Ecom=2C_eve=40example=2Eorg?=",
    "=?utf-8?b?eA0KQmNjOiBldmVAZXhhbXBsZS5vcmc=?=",
    'x" <eve@example.org>, "y',
    "x <eve@example.org>,",
    "x\\",
    "x\x00\x1b[31m",
    "ção, eve@example.org <eve@example.org>",
)


@pytest.mark.parametrize("smuggled", _INJECTIONS)
@pytest.mark.parametrize("field", ["to_name", "from_name", "subject", "instance"])
def test_no_text_makes_a_header_or_a_recipient(smuggled: str, field: str) -> None:
    raw = COMPOSER.compose(a_letter(**{field: smuggled}))
    mail = message_from_bytes(raw)
    assert mail.keys().count("Bcc") == 0
    assert mail.keys().count("To") == 1
    assert getaddresses([str(mail["To"])])[0][1] == "ana@example.com"
    assert len(getaddresses([str(mail["To"])])) == 1
    assert getaddresses([str(mail["From"])])[-1][1] == "help@desk.example.com"


@given(name=st.text(max_size=80), subject=st.text(max_size=120))
def test_whatever_the_names_one_person_gets_the_mail(name: str, subject: str) -> None:
    raw = COMPOSER.compose(a_letter(to_name=name, from_name=name, subject=subject))
    for mail in (message_from_bytes(raw), message_from_bytes(raw, policy=policy.default)):
        for header, address in (("To", "ana@example.com"), ("From", "help@desk.example.com")):
            assert [found for _, found in getaddresses([str(mail[header])])] == [address]
        assert mail["Bcc"] is None
        assert mail["Cc"] is None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ana",
        "@example.com",
        "ana@",
        "ana@example.com, eve@example.org",
        "ana@example.com\r\nBcc: eve@example.org",
        "ana @example.com",
        "aná@example.com",
        "ana@example.com>",
        '"ana@example.org, x"@example.com',
        "ana.@example.com",
        "ana@-example.com",
        "ana@example..com",
    ],
)
def test_what_is_no_address_is_refused_for_good(address: str) -> None:
    with pytest.raises(MailRefused):
        COMPOSER.compose(a_letter(to_address=address))


def test_a_domain_in_another_script_is_written_for_mail_servers() -> None:
    raw = COMPOSER.compose(a_letter(to_address="ana@bücher.example"))
    assert b"ana@xn--bcher-kva.example" in raw


def test_the_examples_in_the_documentation_hold() -> None:
    assert doctest.testmod(mail_headers).failed == 0


@EVERY_LANGUAGE
@pytest.mark.row(22)
@pytest.mark.parametrize(
    ("kind", "facts"),
    [(LetterKind.STEP_RESOLVED, {}), (LetterKind.PUBLIC_REPLY, {"resolves": "yes"})],
)
def test_a_mail_that_says_solved_has_an_address_for_yes_and_one_for_no(
    kind: LetterKind, facts: dict[str, str], language: str
) -> None:
    letter = a_letter(kind, language=language, facts={"number": "1001", **facts})
    mail = read(letter)

    for part in (text_of(mail), text_of(mail, "html")):
        assert f"{PAGE}/solved?said=yes" in part
        assert f"{PAGE}/solved?said=no" in part


def test_a_reply_that_leaves_the_ticket_open_asks_nothing() -> None:
    mail = read(a_letter(facts={"number": "1001"}))

    assert "/solved" not in text_of(mail) + text_of(mail, "html")
