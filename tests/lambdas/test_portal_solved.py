"""The customer says by a button whether his request is solved."""

from dataclasses import replace

import pytest

from chalicelib import bootstrap
from chalicelib.domain.desk import MailRules, PublicEvent
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import EventKind, Ticket
from chalicelib.gateways.mail_content import content_of
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.mail_out.letters import page_of
from tests.fakes import FakePorts
from tests.lambdas.portal_browser import Browser
from tests.unit.usecases.stage import RUI, Stream, opened_ticket, ports_of, the_desk


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> FakePorts:
    fakes = ports_of()
    number = opened_ticket(fakes).number
    change_ticket(fakes, RUI, Change(number, None, status="resolved"))
    monkeypatch.setattr(bootstrap, "ports", lambda: fakes)
    return fakes


@pytest.fixture
def browser(ports: FakePorts) -> Browser:
    return Browser(ports)


def _address(ports: FakePorts) -> str:
    (ticket,) = ports.store.tickets.values()
    return f"/t/{page_of(ports, ticket).rpartition('/')[2]}/solved"


def _ticket(ports: FakePorts) -> Ticket:
    (ticket,) = ports.store.tickets.values()
    return ticket


@pytest.mark.row(22)
def test_a_scanner_that_follows_the_link_says_nothing(browser: Browser, ports: FakePorts) -> None:
    page = browser.get(_address(ports))

    assert page.status == 200
    assert "Is your request solved?" in page.words
    assert f'<form method="post" action="{_address(ports)}"' in page.text
    assert (_ticket(ports).status, _ticket(ports).confirmed_at) == (Status.RESOLVED, None)


@pytest.mark.row(22)
def test_yes_is_kept_once_however_often_it_is_pressed(browser: Browser, ports: FakePorts) -> None:
    for _ in range(3):
        page = browser.post(_address(ports), {"solved": "yes"})
        assert "Thank you for telling us." in page.words

    assert (_ticket(ports).status, _ticket(ports).confirmed_at) == (
        Status.RESOLVED, ports.clock.at,
    )  # fmt: skip
    told = [e for e in ports.store.events(1001) if e.kind is EventKind.SOLUTION_CONFIRMED]
    assert len(told) == 1


@pytest.mark.row(22)
def test_no_opens_the_ticket_again_and_the_customer_waits(
    browser: Browser, ports: FakePorts
) -> None:
    ports.clock.advance(hours=1)
    browser.post(_address(ports), {"solved": "yes"})
    for _ in range(2):
        page = browser.post(_address(ports), {"solved": "no"})

    ticket = _ticket(ports)
    assert "open again" in page.words
    assert (ticket.status, ticket.confirmed_at) == (Status.OPEN, None)
    assert ticket.waiting_since == ports.clock.at
    assert "Is your request solved?" not in browser.get(_address(ports)).words


@pytest.mark.row(22)
def test_nothing_else_that_is_posted_counts(browser: Browser, ports: FakePorts) -> None:
    for posted in ({}, {"solved": "maybe"}):
        assert browser.post(_address(ports), posted).status == 303
    assert _ticket(ports).version == 2


@pytest.mark.row(22, 21)
def test_no_after_the_window_asks_for_words_and_opens_nothing(
    browser: Browser, ports: FakePorts
) -> None:
    change_ticket(ports, RUI, Change(1001, None, status="closed"))
    ports.clock.advance(days=20)
    page = browser.post(_address(ports), {"solved": "no"})

    assert "closed long ago" in page.words
    assert _ticket(ports).status is Status.CLOSED


@pytest.mark.row(22, 25)
def test_the_mail_that_tells_of_the_solution_leads_there(ports: FakePorts) -> None:
    told = MailRules(public_events=frozenset({PublicEvent.TICKET_RESOLVED}))
    ports.settings.ready = replace(the_desk(), mail_rules=told)
    Stream(ports).flow()

    (letter,) = [x for x in ports.composer.letters if x.kind == "step_resolved"]
    assert f"{letter.page_url}/solved" in content_of(letter).text
    assert f"{letter.page_url}/solved" in content_of(letter).html
