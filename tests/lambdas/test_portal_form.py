"""The public form: what it shows, what it takes, and what it does with robots."""

import logging
from dataclasses import replace

import pytest

from chalicelib import bootstrap
from chalicelib.domain.desk import DeskProfile, Topic
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Channel
from chalicelib.usecases.attachments import offer_upload
from tests.fakes import FakePorts
from tests.lambdas.portal_browser import FILLED_IN, Browser, a_promising_desk


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> FakePorts:
    fakes = FakePorts(a_promising_desk())
    monkeypatch.setattr(bootstrap, "ports", lambda: fakes)
    return fakes


@pytest.fixture
def browser(ports: FakePorts) -> Browser:
    return Browser(ports)


@pytest.mark.row(1, 2, 29, "J5")
def test_a_filled_form_becomes_one_new_ticket_with_all_that_was_typed(
    browser: Browser, ports: FakePorts
) -> None:
    assert browser.send_form().status == 303
    [ticket] = ports.store.tickets.values()
    [message] = ports.store.messages(ticket.number)
    assert (ticket.status, ticket.channel, ticket.topic_id) == (Status.NEW, Channel.FORM, "invoice")
    assert (ticket.requester.name, ticket.requester.email) == ("Ana Example", "ana@example.com")
    assert (ticket.subject, message.text) == ("The invoice is wrong", "It says 12 instead of 21.")


@pytest.mark.row(1)
def test_the_received_page_says_number_time_and_that_a_mail_comes(browser: Browser) -> None:
    received = browser.follow(browser.send_form())
    assert "#1001" in received.words
    assert "usually within 1 business hour" in received.words
    assert "mail with a link" in received.words


def test_a_desk_without_promises_says_no_time(browser: Browser, ports: FakePorts) -> None:
    ports.settings.ready = replace(a_promising_desk(), sla_policies={}, departments={
        key: replace(value, sla_policy_id="")
        for key, value in a_promising_desk().departments.items()
    })  # fmt: skip
    received = browser.follow(browser.send_form())
    assert "#1001" in received.words
    assert "We answer" not in received.words


@pytest.mark.row(1, "J5")
def test_two_clicks_on_one_form_make_one_ticket_and_show_its_number(
    browser: Browser, ports: FakePorts
) -> None:
    stamp = browser.get("/").hidden("stamp")
    ports.clock.advance(seconds=30)
    first, second = (browser.post("/requests", {**FILLED_IN, "stamp": stamp}) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert len(ports.store.tickets) == 1


def test_a_form_sent_again_with_other_words_is_another_request(
    browser: Browser, ports: FakePorts
) -> None:
    stamp = browser.get("/").hidden("stamp")
    ports.clock.advance(seconds=30)
    for subject in ("The invoice is wrong", "The invoice is late"):
        page = browser.post("/requests", {**FILLED_IN, "stamp": stamp, "subject": subject})
        assert page.status == 303
    assert len(ports.store.tickets) == 2


@pytest.mark.row(2)
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Tell us your name."),
        ("name", "  ", "Tell us your name."),
        ("email", "ana", "Write your e-mail address"),
        ("email", "ana@example.com\nBcc: eve@example.org", "Write your e-mail address"),
        ("subject", "", "Say in a few words"),
        ("subject", "x" * 251, "at most 250 characters"),
        ("subject", "a\r\nBcc: eve@example.org", "on one line"),
        ("description", "", "Describe what you need."),
        ("description", "x" * 100_001, "at most 100000 characters"),
        ("topic", "", "Choose what it is about."),
        ("topic", "nonsense", "Choose what it is about."),
    ],
)
def test_a_fault_is_said_beside_its_field_and_nothing_is_written(
    browser: Browser, ports: FakePorts, field: str, value: str, sentence: str
) -> None:
    page = browser.send_form(**{field: value})
    assert page.status == 422
    assert f'id="{field}-fault"' in page.text
    assert sentence in page.words
    assert not ports.store.tickets


def test_all_faults_come_at_once_in_a_summary_that_takes_the_focus(browser: Browser) -> None:
    page = browser.send_form(topic="", name="", email="")
    assert "3 things are missing" in page.words
    assert 'tabindex="-1" autofocus id="summary"' in page.text
    assert all(f'href="#{field}"' in page.text for field in ("topic", "name", "email"))


def test_what_was_typed_is_kept_and_escaped(browser: Browser) -> None:
    typed = '"><script>alert(1)</script>\nsecond line'
    page = browser.send_form(name="", description=typed)
    assert "<script>alert" not in page.text
    assert "&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\nsecond line" in page.text
    assert 'value="invoice" required checked' in page.text


@pytest.mark.parametrize(
    "field", ["status", "priority", "department_id", "requester_id", "internal", "role"]
)
def test_fields_that_the_form_does_not_have_are_refused(
    browser: Browser, ports: FakePorts, field: str
) -> None:
    page = browser.send_form(**{field: "x"})
    assert page.status == 422
    assert not ports.store.tickets


@pytest.mark.row(29)
def test_a_robot_in_the_trap_is_told_all_is_well_and_nothing_is_written(
    browser: Browser, ports: FakePorts
) -> None:
    page = browser.send_form(website="https://spam.example.com")
    received = browser.follow(page)
    assert received.status == 200
    assert "We have your request" in received.words
    assert not ports.store.tickets


def test_the_trap_is_hidden_from_people_and_from_screen_readers(browser: Browser) -> None:
    trap = browser.get("/").text.partition('class="away"')[2][:200]
    assert 'aria-hidden="true"' in trap
    assert 'tabindex="-1" autocomplete="off"' in trap


@pytest.mark.row(29)
@pytest.mark.parametrize("seconds", [0, 1, 24 * 3600 + 1])
def test_a_form_sent_at_once_or_a_day_later_is_asked_to_be_sent_again(
    browser: Browser, ports: FakePorts, seconds: int
) -> None:
    page = browser.send_form(seconds=seconds)
    assert page.status == 422
    assert "Press the button again" in page.words
    assert not ports.store.tickets
    ports.clock.advance(seconds=5)
    again = browser.post("/requests", {**FILLED_IN, "stamp": page.hidden("stamp")})
    assert again.status == 303


@pytest.mark.row(29)
@pytest.mark.parametrize("stamp", ["", "x", "MTIz.abcdefghijk", "é" * 10, "a" * 5000])
def test_a_forged_stamp_is_no_stamp(browser: Browser, ports: FakePorts, stamp: str) -> None:
    assert browser.post("/requests", {**FILLED_IN, "stamp": stamp}).status == 422
    assert not ports.store.tickets


@pytest.mark.row(2, 29, "J16")
def test_files_that_were_uploaded_belong_to_the_ticket(browser: Browser, ports: FakePorts) -> None:
    slot = offer_upload(ports, filename="invoice.pdf", content_type="application/pdf", size=4)
    ports.files.upload(slot.fields["key"], b"%PDF", "application/pdf")
    assert browser.send_form(uploads=slot.upload, upload_names="invoice.pdf").status == 303
    [message] = ports.store.messages(1001)
    assert [file.filename for file in message.attachments] == ["invoice.pdf"]


def test_an_uploaded_file_stays_in_the_form_when_something_else_is_wrong(
    browser: Browser, ports: FakePorts
) -> None:
    slot = offer_upload(ports, filename="invoice.pdf", content_type="application/pdf", size=4)
    page = browser.send_form(name="", uploads=slot.upload, upload_names="invoice.pdf")
    assert page.hidden("uploads") == slot.upload
    assert "invoice.pdf" in page.words


def test_a_file_that_never_arrived_is_said_and_nothing_is_written(
    browser: Browser, ports: FakePorts
) -> None:
    slot = offer_upload(ports, filename="invoice.pdf", content_type="application/pdf", size=4)
    page = browser.send_form(uploads=slot.upload, upload_names="invoice.pdf")
    assert page.status == 422
    assert "did not arrive complete" in page.words
    assert not ports.store.tickets


def test_more_than_ten_files_are_refused(browser: Browser) -> None:
    page = browser.send_form(uploads=["x"] * 11)
    assert page.status == 422
    assert "at most 10 files" in page.words


@pytest.mark.parametrize(
    "body", [b"x=" + b"a" * 300_001, b"&".join(b"f%d=1" % n for n in range(301))]
)
def test_a_body_larger_than_any_form_of_ours_is_refused_in_words(
    browser: Browser, body: bytes
) -> None:
    page = browser.post_raw("/requests", body, "application/x-www-form-urlencoded")
    assert page.status == 422
    assert "too large or not complete" in page.words


def test_bytes_that_are_no_text_make_no_server_error(browser: Browser) -> None:
    body = b"name=%ff%fe%00&email=%C3&\xff\xfe=1&=&&&subject=%zz"
    assert browser.post_raw("/requests", body, "application/x-www-form-urlencoded").status == 422


@pytest.mark.row(41)
def test_few_topics_are_cards_and_many_are_a_list(browser: Browser, ports: FakePorts) -> None:
    assert browser.get("/").text.count('type="radio"') == 2
    many = {f"t{n}": Topic(f"t{n}", "support", {"en": f"Topic {n}"}) for n in range(7)}
    ports.settings.ready = a_promising_desk(topics=many)
    page = browser.get("/").text
    assert 'type="radio"' not in page
    assert page.count("<option") == 8


def test_a_desk_without_topics_asks_for_none(browser: Browser, ports: FakePorts) -> None:
    ports.settings.ready = a_promising_desk(topics={})
    assert "What is it about?" not in browser.get("/").words
    assert browser.send_form(topic="").status == 303


@pytest.mark.parametrize(
    ("asked", "accepted", "tag"),
    [
        ("", "", "en"),
        ("", "pt-PT,pt;q=0.9", "pt-PT"),
        ("", "pt;q=0.9, en;q=0.3", "pt-BR"),
        ("", "es-419", "es"),
        ("", "fr, de", "en"),
        ("", "*;q=x,;;,=", "en"),
        ("es", "pt-BR", "es"),
        ("tlh", "pt-BR", "pt-BR"),
        ("../../etc", "", "en"),
    ],
)
def test_the_form_speaks_the_language_asked_for_or_the_browsers(
    browser: Browser, asked: str, accepted: str, tag: str
) -> None:
    page = browser.get(f"/?lang={asked}", **{"Accept-Language": accepted})
    assert f'<html lang="{tag}">' in page.text


def test_a_desk_of_one_language_shows_no_switch(browser: Browser, ports: FakePorts) -> None:
    ports.settings.ready = a_promising_desk(profile=DeskProfile(languages=("es",)))
    page = browser.get("/", **{"Accept-Language": "en"})
    assert '<html lang="es">' in page.text
    assert "languages" not in page.text


def test_the_ticket_speaks_the_language_of_the_form(browser: Browser, ports: FakePorts) -> None:
    page = browser.send_form(path="/requests?lang=es")
    assert ports.store.tickets[1001].language == "es"
    assert "1 hora laborable" in browser.follow(page).words


def test_topics_and_faults_are_in_the_visitors_language(browser: Browser) -> None:
    assert "Factura" in browser.get("/?lang=es").words
    page = browser.send_form(path="/requests?lang=es", name="")
    assert "Díganos su nombre." in page.words


def test_a_forged_receipt_shows_no_number(browser: Browser) -> None:
    page = browser.get("/requests/received?r=OTk5OSBpbnZvaWNl.aaaaaaaaaaaaaaaaaaaaa")
    assert page.status == 200
    assert "9999" not in page.words


def test_one_log_line_a_request_without_address_name_or_words(
    browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    browser.send_form(name="Ana Canary", email="canary@example.com", description="canary words")
    posted = [r for r in caplog.records if getattr(r, "method", "") == "POST"]
    assert [(r.route, r.status, r.outcome) for r in posted] == [("/requests", 303, "ok")]
    assert "canary" not in str([r.__dict__ for r in caplog.records]).lower()


def test_pages_forbid_scripts_of_others_and_being_framed(browser: Browser) -> None:
    page = browser.get("/")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy
    assert page.headers["Cache-Control"] == "no-store"
    assert "<style" not in page.text
    assert " style=" not in page.text
    assert "<script>" not in page.text
