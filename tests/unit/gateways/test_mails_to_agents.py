"""Mails to agents say what happened, what to do, and at the top what an answer will be."""

from email.message import EmailMessage

import pytest

from chalicelib.domain.letter import LetterKind
from chalicelib.domain.ticket import MessageKind
from chalicelib.gateways.mail_notices import MAX_SHOWN_CHARACTERS, NOTICES
from tests.builders import a_message
from tests.unit.gateways.test_composer import a_letter, read, text_of

WROTE = LetterKind.AGENT_CUSTOMER_WROTE


def a_notice(kind: LetterKind = WROTE, answer: str = "public", **facts: str) -> EmailMessage:
    """A mail to an agent, as he reads it."""
    said = a_message(text="Where is it?")
    return read(a_letter(kind, message=said, facts={"number": "1001", "answer": answer, **facts}))


@pytest.mark.row(27, 72)
@pytest.mark.parametrize("kind", NOTICES)
@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("public", "Answer this mail: your answer goes to the customer."),
        (
            "note",
            "Answer this mail: your answer becomes an internal note, the customer does not see it.",
        ),
    ],
)
def test_a_mail_to_an_agent_begins_with_what_an_answer_will_be(
    kind: LetterKind, answer: str, words: str
) -> None:
    mail = a_notice(kind, answer)
    assert text_of(mail).startswith(words)
    html = text_of(mail, "html")
    assert html.index(words) < html.index("<strong>")


@pytest.mark.row(72)
def test_the_customers_words_stand_in_the_mail_so_that_one_can_answer() -> None:
    mail = a_notice()
    for twin in ("plain", "html"):
        text = text_of(mail, twin)
        assert "Ana Example wrote:" in text
        assert "Where is it?" in text


def test_a_long_message_is_shortened() -> None:
    mail = read(a_letter(WROTE, message=a_message(text="word " * 3000)))
    shown = text_of(mail).partition("wrote:")[2].partition("https://")[0].strip()
    assert len(shown) <= MAX_SHOWN_CHARACTERS
    assert shown.endswith("…")


@pytest.mark.row(61, "J13")
def test_a_note_is_never_shown_even_to_an_agent_by_mail() -> None:
    note = a_message(kind=MessageKind.INTERNAL_NOTE, text="canary")
    assert "canary" not in text_of(read(a_letter(WROTE, message=note)))


@pytest.mark.row("J3")
@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("bounced", "The mail server of bo@example.org sent it back (5.1.1)."),
        ("complained", "bo@example.org marked our mail as spam and gets no more of it."),
        ("suppressed", "Nothing is sent to bo@example.org"),
        ("expired", "For a day nothing could be sent to bo@example.org. Send it again."),
        ("refused", "The mail service did not take the mail to bo@example.org."),
        ("rejected", "The mail service did not take the mail to bo@example.org."),
    ],
)
def test_why_a_reply_did_not_arrive_is_said_in_words(reason: str, words: str) -> None:
    kind = LetterKind.AGENT_NOT_DELIVERED
    mail = a_notice(kind, "note", reason=reason, address="bo@example.org", status="5.1.1")
    assert words in text_of(mail)


@pytest.mark.row(27)
@pytest.mark.parametrize("kind", [LetterKind.AGENT_ANSWER_KEPT, LetterKind.AGENT_SCHEDULED_HELD])
def test_why_words_were_not_sent_and_what_to_do_is_said(kind: LetterKind) -> None:
    said = {text_of(a_notice(kind, reason=r)) for r in ("stale", "not_allowed", "closed", "other")}
    assert len(said) == 4
