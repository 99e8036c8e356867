"""The page of one ticket behind a signed link."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib import bootstrap
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Channel, MessageKind
from tests.builders import AGENT, a_message, a_requester, an_attachment
from tests.fakes import FakePorts
from tests.lambdas.portal_browser import (
    CANARY,
    CUSTOMER_ID,
    Browser,
    a_customers_ticket,
    a_promising_desk,
    token_of,
    with_ticket,
)

NOTE = a_message(id="01J3", kind=MessageKind.INTERNAL_NOTE, author=AGENT, text=CANARY)
REPLY = a_message(
    id="01J2",
    kind=MessageKind.PUBLIC_REPLY,
    author=AGENT,
    text="It is corrected.",
    attachments=(an_attachment(filename="new.pdf", size=1_200_000),),
)


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> FakePorts:
    fakes = FakePorts(a_promising_desk())
    monkeypatch.setattr(bootstrap, "ports", lambda: fakes)
    return fakes


@pytest.fixture
def browser(ports: FakePorts) -> Browser:
    return Browser(ports)


@pytest.mark.row(3, 46)
def test_the_customer_reads_the_thread_with_authors_and_files(
    browser: Browser, ports: FakePorts
) -> None:
    page = browser.get(f"/t/{with_ticket(ports, a_message(id='01J1'), REPLY)}")
    assert page.status == 200
    for words in ("Ana Example", "It says 12", "Rui Example", "It is corrected.", "new.pdf"):
        assert words in page.words
    assert page.words.index("It says 12") < page.words.index("It is corrected.")
    assert "1.2 MB" in page.words


@pytest.mark.row(61, "J13")
def test_a_note_never_shows(browser: Browser, ports: FakePorts) -> None:
    page = browser.get(f"/t/{with_ticket(ports, a_message(id='01J1'), NOTE, REPLY)}")
    assert CANARY not in page.text


@pytest.mark.row(46)
@pytest.mark.parametrize(
    ("status", "owner", "sentence"),
    [
        (Status.NEW, "", "We have your request and will answer soon."),
        (Status.NEW, "agent-rui", "Rui Example is working on it."),
        (Status.OPEN, "", "We have your message and will answer soon."),
        (Status.OPEN, "agent-rui", "Rui Example is working on it."),
        (Status.ANSWERED, "agent-rui", "We are waiting for your answer."),
        (Status.POSTPONED, "agent-rui", "We are looking into it and will come back to you."),
        (Status.RESOLVED, "agent-rui", "This request is solved."),
        (Status.CLOSED, "", "This request is solved."),
    ],
)
def test_the_status_is_a_sentence(
    browser: Browser, ports: FakePorts, status: Status, owner: str, sentence: str
) -> None:
    token = with_ticket(ports, status=status, assignee_id=owner)
    assert sentence in browser.get(f"/t/{token}").words


def test_times_are_told_in_the_desks_zone(browser: Browser, ports: FakePorts) -> None:
    summer = a_message(created_at=a_message().created_at.replace(month=7))
    assert "2 July 2026, 13:00 WEST" in browser.get(f"/t/{with_ticket(ports, summer)}").words


def test_the_page_speaks_the_tickets_language_unless_switched(
    browser: Browser, ports: FakePorts
) -> None:
    token = with_ticket(ports, language="pt_BR")
    assert 'lang="pt-BR"' in browser.get(f"/t/{token}", **{"Accept-Language": "es"}).text[:60]
    assert 'lang="es"' in browser.get(f"/t/{token}?lang=es").text[:60]


@pytest.mark.row("J15")
@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<form action=https://evil.example><input></form>",
    ],
)
@pytest.mark.parametrize("field", ["text", "html", "subject", "author", "filename"])
def test_what_a_stranger_wrote_stays_text(
    browser: Browser, ports: FakePorts, payload: str, field: str
) -> None:
    message = a_message()
    subject = payload if field == "subject" else "x"
    if field in ("text", "html"):
        message = a_message(**{field: payload})
    if field == "author":
        message = a_message(author=replace(AGENT, name=payload))
    if field == "filename":
        message = a_message(attachments=(an_attachment(filename=payload),))
    page = browser.get(f"/t/{with_ticket(ports, message, subject=subject)}")
    lowered = page.text.lower()
    harmless = lowered.replace("&lt;", "").replace('<form method="post"', "")
    for sign in ("<script>", "onerror=alert(1)>", 'href="javascript', "<iframe", "<form"):
        assert sign not in harmless


def test_styles_and_inline_pictures_of_a_mail_do_not_reach_the_page(
    browser: Browser, ports: FakePorts
) -> None:
    mail = a_message(html='<p style="color:#000" title="a">Hi</p><img src="cid:x" alt="b">')
    page = browser.get(f"/t/{with_ticket(ports, mail)}").text
    assert '<p title="a">Hi</p><img alt="b">' in page


def test_a_mail_that_quotes_shows_what_is_new_and_unfolds_the_rest(
    browser: Browser, ports: FakePorts
) -> None:
    mail = a_message(text="Yes.", html="<p>Yes.</p><p>quoted</p>", full_text="Yes.\n> quoted")
    page = browser.get(f"/t/{with_ticket(ports, mail)}").text
    assert '<div class="words plain">Yes.</div>' in page
    assert "Show the whole mail</summary>" in page
    assert "&gt; quoted" in page


@pytest.mark.row("J13")
def test_what_an_agents_mail_quotes_is_not_shown(browser: Browser, ports: FakePorts) -> None:
    mail = replace(REPLY, html=f"<p>{CANARY}</p>", full_text=f"It is corrected.\n> {CANARY}")
    assert CANARY not in browser.get(f"/t/{with_ticket(ports, mail)}").text


def test_the_address_of_a_refused_form_leads_back(browser: Browser, ports: FakePorts) -> None:
    token = with_ticket(ports)
    assert browser.get("/requests").headers["Location"] == "/"
    assert browser.get(f"/t/{token}/answers").headers["Location"] == f"/t/{token}"


def test_remote_pictures_of_a_mail_are_not_loaded(browser: Browser, ports: FakePorts) -> None:
    mail = a_message(html='<p>Hi</p><img src="https://tracker.example/p.gif">')
    page = browser.get(f"/t/{with_ticket(ports, mail)}")
    assert ' src="https://tracker' not in page.text
    assert "img-src 'self' data:" in page.headers["Content-Security-Policy"]


def test_the_link_does_not_leak_and_the_page_is_not_kept(
    browser: Browser, ports: FakePorts, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    token = with_ticket(ports)
    page = browser.get(f"/t/{token}")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert token not in str([record.__dict__ for record in caplog.records])


def test_looking_changes_nothing(browser: Browser, ports: FakePorts) -> None:
    token = with_ticket(ports)
    before = (dict(ports.store.tickets), list(ports.store.entries[1001]))
    browser.get(f"/t/{token}")
    browser.get(f"/t/{token}/answers")
    assert before == (dict(ports.store.tickets), list(ports.store.entries[1001]))


@pytest.mark.row(12)
def test_an_answer_joins_the_thread_and_opens_the_ticket(
    browser: Browser, ports: FakePorts
) -> None:
    token = with_ticket(ports, status=Status.ANSWERED)
    sent = browser.post(f"/t/{token}/answers", {"text": "Thank you."})
    assert sent.headers["Location"] == f"/t/{token}#newest"
    newest = ports.store.messages(1001)[-1]
    assert (newest.text, newest.channel) == ("Thank you.", Channel.PORTAL)
    assert ports.store.tickets[1001].status is Status.OPEN
    assert "Thank you." in browser.follow(sent).words


@pytest.mark.row("J5")
def test_two_clicks_on_one_answer_add_one_message(browser: Browser, ports: FakePorts) -> None:
    token = with_ticket(ports)
    stamp = browser.get(f"/t/{token}").hidden("stamp")
    ports.clock.advance(seconds=10)
    for _ in range(2):
        page = browser.post(f"/t/{token}/answers", {"text": "Once.", "stamp": stamp})
        assert page.status == 303
    assert [m.text for m in ports.store.messages(1001)].count("Once.") == 1


@pytest.mark.parametrize("text", ["", "   ", "x" * 100_001])
def test_an_answer_with_faults_is_shown_again(
    browser: Browser, ports: FakePorts, text: str
) -> None:
    token = with_ticket(ports)
    page = browser.post(f"/t/{token}/answers", {"text": text})
    assert page.status == 422
    assert 'id="text-fault"' in page.text
    assert len(ports.store.messages(1001)) == 1


def test_an_answer_cannot_reach_into_the_ticket(browser: Browser, ports: FakePorts) -> None:
    token = with_ticket(ports)
    fields = {"text": "Hello", "status": "closed", "kind": "internal_note", "author": "agent-rui"}
    browser.post(f"/t/{token}/answers", fields)
    newest = ports.store.messages(1001)[-1]
    assert newest.kind is MessageKind.CUSTOMER_MESSAGE
    assert newest.author.id == CUSTOMER_ID


@pytest.mark.row("J15", "J16")
def test_a_file_comes_by_an_address_that_works_for_a_minute(
    browser: Browser, ports: FakePorts
) -> None:
    token = with_ticket(ports, REPLY)
    page = browser.get(f"/t/{token}/files/01J2/file-1")
    assert page.status == 303
    assert page.headers["Location"].endswith("seconds=60")


@pytest.mark.parametrize("path", ["01J3/file-1", "01J2/file-9", "01J9/file-1", "../..", "01J2/.."])
def test_files_of_notes_and_of_nowhere_are_a_dead_link(
    browser: Browser, ports: FakePorts, path: str
) -> None:
    note = replace(NOTE, attachments=(an_attachment(),))
    token = with_ticket(ports, note, REPLY)
    message, _, attachment = path.partition("/")
    assert browser.get(f"/t/{token}/files/{message}/{attachment}").status == 404


def _dead_links(ports: FakePorts) -> dict[str, str]:
    """Every way in which a link can be no good."""
    good = with_ticket(ports)
    other = a_customers_ticket(requester=a_requester(id="01J000000000000000000000EV"))
    revoked = token_of(ports, a_customers_ticket(link_epoch=0))
    late = token_of(ports, a_customers_ticket())
    return {
        "forged": good[:-1] + ("a" if good[-1] != "a" else "b"),
        "cut": good[:-4],
        "of somebody else": token_of(ports, other),
        "revoked": revoked,
        "without a ticket": token_of(ports, a_customers_ticket(number=77)),
        "nonsense": "x",
        "expired": late,
    }


@pytest.mark.row("J14")
@pytest.mark.parametrize("method", ["get", "post"])
def test_all_dead_links_give_the_same_bytes_and_a_way_to_a_fresh_one(
    browser: Browser, ports: FakePorts, method: str
) -> None:
    pages = {}
    for why, token in _dead_links(ports).items():
        if why == "expired":
            ports.clock.advance(days=31)
        if method == "get":
            pages[why] = browser.get(f"/t/{token}")
        else:
            pages[why] = browser.post(f"/t/{token}/answers", {"text": "Hello"})
    assert {page.status for page in pages.values()} == {404}
    assert len({(page.text, tuple(page.headers.items())) for page in pages.values()}) == 1
    assert 'action="/links' in pages["forged"].text
    assert len(ports.store.messages(1001)) == 1


@pytest.mark.parametrize("status", [Status.SPAM, Status.DELETED])
def test_a_ticket_that_was_put_away_looks_like_none(
    browser: Browser, ports: FakePorts, status: Status
) -> None:
    assert browser.get(f"/t/{with_ticket(ports, status=status)}").status == 404


def test_a_link_works_for_thirty_days(browser: Browser, ports: FakePorts) -> None:
    token = with_ticket(ports)
    ports.clock.at += timedelta(days=29, hours=23)
    assert browser.get(f"/t/{token}").status == 200
