"""Mails that the desk sent: kept, shown, answered as the customer."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from infra.local import mail_store
from infra.local.mail_store import MailStore
from infra.local.mail_view import answer, new_mail, summary

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
SENT = (
    b"From: Demo Desk <support@desk.example.com>\r\n"
    b"To: a@example.com\r\n"
    b"Reply-To: support+token@desk.example.com\r\n"
    b"Subject: We have your request\r\n"
    b"Message-ID: <ses-id@email.amazonses.com>\r\n"
    b"References: <1@mail.example.com>\r\n"
    b"\r\n"
    b"Its number is #1001.\r\n"
)


@pytest.fixture
def store(tmp_path):
    return MailStore(tmp_path)


@pytest.fixture
def sent(store):
    return store.find(store.add("support@desk.example.com", ["a@example.com"], SENT))


def test_mails_are_still_there_after_a_restart(store, sent, tmp_path):
    assert MailStore(tmp_path).newest_first() == [sent]


def test_only_the_newest_mails_are_kept(store, monkeypatch):
    monkeypatch.setattr(mail_store, "MAX_MAILS", 2)
    ids = [store.add("s@example.com", ["a@example.com"], SENT) for _ in range(3)]
    assert [mail.id for mail in store.newest_first()] == [ids[2], ids[1]]


@pytest.mark.parametrize("mail_id", ["", "..", "../secret", "unknown"])
def test_an_id_that_is_none_finds_nothing(store, mail_id):
    assert store.find(mail_id) is None


@pytest.mark.row(27)
def test_an_answer_goes_where_the_desk_asked_for_it_and_names_what_it_answers(sent):
    written = answer(sent, text="Thank you", now=NOW)
    assert written["To"] == "support+token@desk.example.com"
    assert written["From"] == "a@example.com"
    assert written["Subject"] == "Re: We have your request"
    assert written["In-Reply-To"] == "<ses-id@email.amazonses.com>"
    assert written["References"] == "<1@mail.example.com> <ses-id@email.amazonses.com>"


def test_an_answer_quotes_the_mail_below_its_own_text(sent):
    text = answer(sent, text="Thank you", now=NOW).get_content()
    assert text.startswith("Thank you\n")
    assert "> Its number is #1001." in text


def test_a_line_break_cannot_be_smuggled_into_a_header():
    with pytest.raises(ValueError, match="Header values"):
        new_mail(sender="a@example.com", recipient="b@example.com",
                 subject="x\r\nBcc: c@example.com", text="", now=NOW)  # fmt: skip


def test_the_page_sees_text_html_and_files(store):
    message = new_mail(
        sender="a@example.com", recipient="b@example.com", subject="s", text="plain", now=NOW
    )
    message.add_alternative("<p>rich</p>", subtype="html")
    message.add_attachment(b"1234", maintype="image", subtype="png", filename="p.png")
    told = summary(store.find(store.add("a@example.com", ["b@example.com"], bytes(message))))
    assert (told["text"].strip(), told["html"].strip()) == ("plain", "<p>rich</p>")
    assert told["attachments"] == [{"name": "p.png", "type": "image/png", "bytes": 4}]


def test_a_mail_in_an_unknown_character_set_is_shown_all_the_same(store):
    raw = b"Subject: s\r\nContent-Type: text/plain; charset=nonsense\r\n\r\nabc \xff\r\n"
    assert message_from_bytes(raw, policy=policy.default)["Subject"] == "s"
    told = summary(store.find(store.add("a@example.com", ["b@example.com"], raw)))
    assert told["text"].startswith("abc")
