"""Mails to people who take part: one click to leave, no address of the requester's own page."""

import re

import pytest

from chalicelib.domain.desk import DeskProfile
from chalicelib.domain.errors import MailRefused
from chalicelib.domain.letter import LetterKind, LetterLink
from chalicelib.domain.ticket import MessageKind
from tests.builders import a_message
from tests.unit.gateways.test_composer import COMPOSER, a_letter, a_reply, read, text_of

LEAVE = "https://desk.example.com/u/u1-rt-1-nwvv1dxd4t-ngfmd5a4s3sue7c6slpew-and-some-more-of-it"
COPY = LetterKind.FOLLOWER_COPY
TO_BO = {"page_url": "", "unsubscribe_url": LEAVE, "to_name": "", "to_address": "bo@example.org"}


@pytest.mark.row(25)
@pytest.mark.parametrize("kind", [COPY, LetterKind.PUBLIC_REPLY])
def test_who_takes_part_can_leave_by_one_click_or_by_a_link_in_words(kind: LetterKind) -> None:
    mail = read(a_letter(kind, **TO_BO))
    assert mail["List-Unsubscribe"] == f"<{LEAVE}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for twin in ("plain", "html"):
        assert LEAVE in text_of(mail, twin)
        assert "You get it because you take part in this request." in text_of(mail, twin)
        assert "/t/" not in text_of(mail, twin)


def test_a_long_address_to_leave_stays_whole_on_the_wire() -> None:
    raw = COMPOSER.compose(a_letter(COPY, **TO_BO))
    assert f"<{LEAVE}>".encode() in raw
    assert b"=?utf-8" not in raw.split(b"\r\n\r\n", 1)[0].partition(b"List-Unsubscribe:")[2]


def test_the_requester_and_agents_have_nothing_to_leave() -> None:
    for kind in (LetterKind.PUBLIC_REPLY, LetterKind.ACKNOWLEDGEMENT, LetterKind.AGENT_ASSIGNED):
        assert read(a_letter(kind))["List-Unsubscribe"] is None


@pytest.mark.row(25)
def test_a_customers_words_are_passed_on_in_his_name_from_our_address() -> None:
    mail = read(a_letter(COPY, from_name="Ana Example", **TO_BO))
    assert mail["From"] == '"Ana Example (via Example Desk)" <help@desk.example.com>'
    assert mail["Subject"] == "Re: The invoice is wrong"
    assert mail["Auto-Submitted"] is None
    assert mail["Precedence"] == "list"
    assert "Ana Example wrote on request #1001:" in text_of(mail)


@pytest.mark.row(25, "J2")
def test_what_a_mail_quotes_is_not_passed_on() -> None:
    quoting = a_message(
        text="New words.", full_text="New words.\n> Old words.", html="<p>New</p><q>Old words.</q>"
    )
    mail = read(a_letter(COPY, message=quoting, **TO_BO))
    assert "New words." in text_of(mail, "html")
    assert "Old words." not in text_of(mail) + text_of(mail, "html")


@pytest.mark.row("J2")
def test_a_link_that_opens_the_writers_own_page_is_useless_in_what_is_passed_on() -> None:
    link = "https://desk.example.com/t/l1-rt-1-1yq-nwvv1dxd4t-xrwrltugxlux4tom4vssa"
    for said in (a_message(text=f"See {link}"), a_message(html=f'<a href="{link}">it</a>')):
        mail = read(a_letter(COPY, message=said, **TO_BO))
        assert "xrwrltugxlux4tom4vssa" not in text_of(mail) + text_of(mail, "html")


@pytest.mark.row("J13")
@pytest.mark.parametrize("kind", sorted(set(MessageKind) - {MessageKind.CUSTOMER_MESSAGE}))
def test_only_what_a_customer_wrote_is_passed_on(kind: MessageKind) -> None:
    with pytest.raises(MailRefused):
        COMPOSER.compose(a_letter(COPY, message=a_reply(kind=kind), **TO_BO))


@pytest.mark.row(25)
def test_everybody_who_gets_the_mail_is_named_in_it() -> None:
    mail = read(a_letter(everybody=("ana@example.com", "bo@example.org")))
    for twin in ("plain", "html"):
        assert "This mail goes to: ana@example.com, bo@example.org" in text_of(mail, twin)


def test_a_file_without_an_address_is_named_and_can_be_asked_for() -> None:
    mail = read(a_letter(COPY, oversized=(LetterLink("film.mp4", ""),), **TO_BO))
    for twin in ("plain", "html"):
        assert "Too large for a mail; ask us for it:" in text_of(mail, twin)
        assert "film.mp4" in text_of(mail, twin)


@pytest.mark.parametrize("kind", list(LetterKind))
def test_the_desks_logo_stands_above_every_mail_with_its_name_for_who_sees_no_pictures(
    kind: LetterKind,
) -> None:
    logo = "https://www.example.org/logo.png"
    html = text_of(read(a_letter(kind, desk=DeskProfile(name="A & B", logo_url=logo))), "html")
    assert re.findall(r'<img src="([^"]+)" alt="([^"]+)"', html) == [(logo, "A &amp; B")]
