"""The customer says behind a link how the help was: a scanner says nothing, a button says it once."""

from dataclasses import replace

import pytest

from chalicelib import bootstrap
from chalicelib.domain.satisfaction import Rating, Satisfaction, SatisfactionRules
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import EventKind
from chalicelib.domain.tokens import capability, rating_token, reply_token
from tests.fakes import FakePorts
from tests.lambdas.portal_browser import Browser, a_customers_ticket, a_promising_desk


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> FakePorts:
    rules = SatisfactionRules(is_active=True, change_days=7)
    fakes = FakePorts(replace(a_promising_desk(), satisfaction_rules=rules))
    asked = Satisfaction(agent_id="agent-rui", asked_at=fakes.clock.at)
    ticket = a_customers_ticket(status=Status.CLOSED, satisfaction=asked)
    fakes.store.tickets[ticket.number] = ticket
    monkeypatch.setattr(bootstrap, "ports", lambda: fakes)
    return fakes


@pytest.fixture
def browser(ports: FakePorts) -> Browser:
    return Browser(ports)


@pytest.fixture
def address(ports: FakePorts) -> str:
    (ticket,) = ports.store.tickets.values()
    granted = capability(ticket.number, ticket.requester.id, ticket.link_epoch)
    return f"/s/{rating_token(granted, ports.secrets.keyring())}"


def _known(ports: FakePorts) -> Satisfaction:
    (ticket,) = ports.store.tickets.values()
    return ticket.satisfaction


def _told(ports: FakePorts) -> list[str]:
    (number,) = ports.store.tickets
    events = ports.store.events(number)
    return [e.after["rating"] for e in events if e.kind is EventKind.SATISFACTION_RATED]


@pytest.mark.row(70)
@pytest.mark.parametrize("rating", ["good", "bad", "", "x"])
def test_a_scanner_that_follows_the_links_says_nothing(
    browser: Browser, ports: FakePorts, address: str, rating: str
) -> None:
    page = browser.get(f"{address}?rating={rating}")

    assert page.status == 200
    assert f'<form method="post" action="{address}"' in page.text
    assert page.text.count(" checked") == (1 if rating in ("good", "bad") else 0)
    assert (_known(ports).rating, _told(ports)) == (None, [])


@pytest.mark.row(23, 70)
def test_the_button_says_it_once_with_a_word_of_why(
    browser: Browser, ports: FakePorts, address: str
) -> None:
    for _ in range(3):
        sent = browser.post(address, {"rating": "good", "comment": " Quick.\r\nAnd kind. "})
        thanks = browser.follow(sent)

    assert "Thank you for telling us." in thanks.words
    assert "You said: it was good." in thanks.words
    assert (_known(ports).rating, _known(ports).comment) == (Rating.GOOD, "Quick.\nAnd kind.")
    assert _told(ports) == ["good"]


@pytest.mark.row(70)
def test_whoever_follows_the_other_link_is_asked_again_and_may_change_his_mind(
    browser: Browser, ports: FakePorts, address: str
) -> None:
    browser.post(address, {"rating": "good", "comment": "Quick."})
    page = browser.get(f"{address}?rating=bad")
    assert "Thank you" not in page.words
    assert 'value="bad" required checked' in page.text
    assert "Quick." in page.words

    browser.post(address, {"rating": "bad", "comment": ""})
    assert _told(ports) == ["good", "bad"]
    assert "You can change it until 9 March 2026" in browser.get(address).words


def test_after_some_days_the_answer_stands(
    browser: Browser, ports: FakePorts, address: str
) -> None:
    ports.clock.advance(days=7, seconds=1)
    assert "The time to answer this is over." in browser.get(address).words
    browser.post(address, {"rating": "bad"})

    assert (_known(ports).rating, _told(ports)) == (None, [])


@pytest.mark.parametrize(
    ("posted", "fault"),
    [
        ({}, "Choose one of the two."),
        ({"rating": "maybe", "comment": "So so"}, "Choose one of the two."),
        ({"rating": "good", "comment": "x" * 2001}, "Write at most 2000 characters."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    browser: Browser, ports: FakePorts, address: str, posted: dict[str, str], fault: str
) -> None:
    page = browser.post(address, posted)

    assert page.status == 422
    assert fault in page.words
    assert posted.get("comment", "") in page.words
    assert _told(ports) == []


def test_words_are_escaped_and_the_page_speaks_the_tickets_language(
    browser: Browser, ports: FakePorts, address: str
) -> None:
    (ticket,) = ports.store.tickets.values()
    ports.store.tickets[ticket.number] = replace(ticket, language="es")
    page = browser.follow(browser.post(address, {"rating": "bad", "comment": "<b>x</b>"}))

    assert '<html lang="es">' in page.text
    assert "<b>x" not in page.text
    assert "Usted dijo que no fue buena." in page.words
    assert '<html lang="pt-PT">' in browser.get(f"{address}?lang=pt_PT").text


def test_a_link_that_is_not_for_this_opens_nothing(
    browser: Browser, ports: FakePorts, address: str
) -> None:
    (ticket,) = ports.store.tickets.values()
    keyring = ports.secrets.keyring()
    other = capability(ticket.number, ticket.requester.id, ticket.link_epoch)
    somebody = capability(ticket.number, "01J0000000SOMEBODYELSE", ticket.link_epoch)
    for token in (
        "nonsense",
        reply_token(other, keyring),
        rating_token(somebody, keyring),
        address.removeprefix("/s/")[:-1] + "!",
    ):
        assert browser.get(f"/s/{token}").status == 404
        assert browser.post(f"/s/{token}", {"rating": "good"}).status == 404
    # And the rating's own link opens no ticket.
    assert browser.get(address.replace("/s/", "/t/")).status == 404


def test_a_ticket_that_nobody_was_asked_about_takes_no_answer(
    browser: Browser, ports: FakePorts, address: str
) -> None:
    (ticket,) = ports.store.tickets.values()
    ports.store.tickets[ticket.number] = replace(ticket, satisfaction=Satisfaction())

    assert browser.post(address, {"rating": "good"}).status == 404
    assert _told(ports) == []
