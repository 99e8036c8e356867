"""Who takes part in a request leaves it by a button, or by one click in his mail program."""

from copy import deepcopy

import pytest

from chalicelib import bootstrap
from chalicelib.domain.tokens import capability, name_key, sign_text, unfollow_token
from chalicelib.usecases.change_settings import seed_settings
from tests.fakes import FakePorts
from tests.lambdas.portal_browser import Browser, a_promising_desk, with_ticket
from tests.unit.usecases.test_change_settings import SET_UP

BO = "bo@example.org"
ONE_CLICK = b"List-Unsubscribe=One-Click"
MULTIPART = (
    b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
)


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> FakePorts:
    fakes = FakePorts(a_promising_desk())
    with_ticket(fakes, participants=(BO, "cy@example.net"))
    monkeypatch.setattr(bootstrap, "ports", lambda: fakes)
    return fakes


@pytest.fixture
def browser(ports: FakePorts) -> Browser:
    return Browser(ports)


@pytest.fixture
def address(ports: FakePorts) -> str:
    """Where Bo leaves."""
    granted = capability(1001, name_key(BO), 1)
    return f"/u/{unfollow_token(granted, ports.secrets.keyring())}"


def taking_part(ports: FakePorts) -> tuple[str, ...]:
    """Who still does."""
    return ports.store.tickets[1001].participants


@pytest.mark.row(25)
def test_the_page_asks_and_a_scanner_that_follows_the_link_changes_nothing(
    browser: Browser, ports: FakePorts, address: str
) -> None:
    page = browser.get(address)

    assert page.status == 200
    assert "request #1001" in page.words
    assert f'<form method="post" action="{address}">' in page.text
    assert taking_part(ports) == (BO, "cy@example.net")


@pytest.mark.row(25)
def test_the_button_takes_the_address_off_and_says_so_however_often(
    browser: Browser, ports: FakePorts, address: str
) -> None:
    for _ in range(3):
        page = browser.post(address, {})
        assert page.status == 200
        assert "You get no more mails about request #1001." in page.words
    assert taking_part(ports) == ("cy@example.net",)


@pytest.mark.row(25)
@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (ONE_CLICK, "application/x-www-form-urlencoded"),
        (
            MULTIPART,
            "multipart/form-data; boundary=x",
        ),
    ],
    ids=["form", "multipart"],
)
def test_one_click_of_a_mail_program_is_enough(
    browser: Browser, ports: FakePorts, address: str, body: bytes, content_type: str
) -> None:
    assert browser.post_raw(address, body, content_type).status == 200
    assert taking_part(ports) == ("cy@example.net",)


def test_a_link_that_was_changed_opens_nothing(browser: Browser, ports: FakePorts) -> None:
    assert browser.get("/u/u1-rt-1-abcdefghij-aaaaaaaaaaaaaaaaaaaaa").status == 404
    assert browser.post("/u/u1-rt-1-abcdefghij-aaaaaaaaaaaaaaaaaaaaa", {}).status == 404
    assert taking_part(ports) == (BO, "cy@example.net")


def test_the_page_speaks_the_language_of_the_request(
    ports: FakePorts, browser: Browser, address: str
) -> None:
    with_ticket(ports, participants=(BO,), language="es")
    assert "Dejar de recibirlos" in browser.get(address).words


@pytest.mark.row(72)
def test_an_agent_turns_his_digests_off_by_a_button_and_not_by_a_scanner() -> None:
    set_up = deepcopy(SET_UP)
    set_up["agents"][0]["notices"] = {"assigned": ["digest"]}
    fakes = FakePorts()
    seed_settings(fakes, set_up)
    agent_id = set_up["agents"][0]["id"]
    address = f"/d/{sign_text('digest', agent_id, fakes.secrets.keyring())}"

    def chosen() -> list[str]:
        return list(fakes.settings.document("agents", agent_id)[0]["notices"]["assigned"])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bootstrap, "ports", lambda: fakes)
        asked = Browser(fakes).get(address)
        assert (asked.status, chosen()) == (200, ["digest"])
        answer = Browser(fakes).post_raw(address, ONE_CLICK, "application/x-www-form-urlencoded")
        assert (answer.status, chosen()) == (200, ["in_app"])
        assert "The console still shows them." in answer.words
        assert Browser(fakes).post("/d/YWdlbnQ.aaaaaaaaaaaaaaaaaaaaa", {}).status == 404
