"""Every page of the portal with every kind of token: each opens what it was made for, and no more."""

import json
from collections.abc import Callable, Iterator
from itertools import product

import pytest

from chalicelib.domain.api_keys import Scope
from chalicelib.domain.tokens import (
    AgentCapability,
    agent_token,
    capability,
    link_token,
    name_key,
    rating_token,
    reply_token,
    sign_text,
    unfollow_token,
)
from tests.fakes import FakePorts
from tests.lambdas.api_caller import deployed, token_for, with_key
from tests.lambdas.portal_browser import (
    Browser,
    a_customers_ticket,
    a_promising_desk,
    application,
    with_ticket,
)

ANYBODY = "anybody"
# What opens each page; a page that is not here fails.
OPENED_BY = {
    ("GET", "/"): ANYBODY,
    ("GET", "/assets/{name}"): ANYBODY,
    ("GET", "/links"): ANYBODY,
    ("POST", "/links"): ANYBODY,
    ("GET", "/requests"): ANYBODY,
    ("POST", "/requests"): ANYBODY,
    ("GET", "/requests/received"): ANYBODY,
    ("POST", "/uploads"): ANYBODY,
    ("GET", "/t/{token}"): "link",
    ("GET", "/t/{token}/answers"): "link",
    ("POST", "/t/{token}/answers"): "link",
    ("GET", "/t/{token}/files/{message}/{attachment}"): "link",
    ("GET", "/t/{token}/solved"): "link",
    ("POST", "/t/{token}/solved"): "link",
    ("GET", "/u/{token}"): "unfollow",
    ("POST", "/u/{token}"): "unfollow",
    ("GET", "/d/{token}"): "digest",
    ("POST", "/d/{token}"): "digest",
    ("GET", "/s/{token}"): "rating",
    ("POST", "/s/{token}"): "rating",
}
GUARDED = sorted(route for route, kind in OPENED_BY.items() if kind != ANYBODY)
# Pages that show something of a ticket that was only just opened; the others have tests of their own.
OPENING = [
    ("GET", "/t/{token}"),
    ("POST", "/t/{token}/answers"),
    ("GET", "/t/{token}/solved"),
    ("GET", "/u/{token}"),
    ("POST", "/u/{token}"),
    ("GET", "/d/{token}"),
]

TICKET = a_customers_ticket()
GRANTED = capability(TICKET.number, TICKET.requester.id, TICKET.link_epoch)
TOKENS: dict[str, Callable[[FakePorts], str]] = {
    "link": lambda p: link_token(GRANTED, p.secrets.keyring(), p.clock.now()),
    "reply address": lambda p: reply_token(GRANTED, p.secrets.keyring()),
    "agent's reply address": lambda p: agent_token(
        AgentCapability(TICKET.number, name_key("agent-rui"), 1, as_note=False), p.secrets.keyring()
    ),
    "unfollow": lambda p: unfollow_token(GRANTED, p.secrets.keyring()),
    "rating": lambda p: rating_token(GRANTED, p.secrets.keyring()),
    "digest": lambda p: sign_text("digest", "agent-rui", p.secrets.keyring()),
    "cursor": lambda p: sign_text("cursor|notices", "agent-rui", p.secrets.keyring()),
    "API key": lambda p: with_key(p, *Scope),
    "access token": lambda _: token_for("sub-rui"),
    "forged": lambda _: "abc",
}


@pytest.fixture
def ports() -> Iterator[FakePorts]:
    """A desk with one ticket of a customer."""
    made = FakePorts(a_promising_desk())
    with_ticket(made)
    with deployed(made):
        yield made


@pytest.mark.row("J14")
def test_every_page_of_the_portal_is_in_the_table() -> None:
    pages = {
        (method, path)
        for path, methods in application().routes.items()
        for method in methods
        if not path.startswith("/v1/")
    }

    assert pages == set(OPENED_BY)


@pytest.mark.row("J14")
@pytest.mark.parametrize(("route", "kind"), list(product(GUARDED, TOKENS)), ids=str)
def test_a_token_opens_no_page_that_it_was_not_made_for(
    ports: FakePorts, route: tuple[str, str], kind: str
) -> None:
    if OPENED_BY[route] == kind:
        return
    method, path = route
    token = TOKENS[kind](ports)
    before = ports.store.tickets[TICKET.number], len(ports.store.entries[TICKET.number])
    shown = [_asked(ports, method, path, each) for each in (token, "forged-otherwise")]

    assert shown[0][0] == shown[1][0]
    assert TICKET.subject not in shown[0][1]
    assert shown[0][1].replace(token, "") == shown[1][1].replace("forged-otherwise", "")
    after = ports.store.tickets[TICKET.number], len(ports.store.entries[TICKET.number])
    assert before == after


@pytest.mark.row("J14")
@pytest.mark.parametrize("route", OPENING, ids=str)
def test_the_token_that_a_page_is_made_for_opens_it(
    ports: FakePorts, route: tuple[str, str]
) -> None:
    method, path = route
    token = TOKENS[OPENED_BY[route]](ports)

    shown, forged = (_asked(ports, method, path, each) for each in (token, "forged-otherwise"))

    assert shown[0] < 400
    assert shown[1].replace(token, "") != forged[1].replace("forged-otherwise", "")


def _asked(ports: FakePorts, method: str, path: str, token: str) -> tuple[int, str]:
    whole = path.replace("{token}", token).replace("{message}", "m").replace("{attachment}", "a")
    browser = Browser(ports)
    answers = {"rating": "good", "answer": "yes", "text": "x"}
    page = browser.get(whole) if method == "GET" else browser.post(whole, answers)
    return page.status, page.text + json.dumps({"to": page.headers.get("Location", "")})
