"""What the portal has besides form and ticket: links by mail, uploads, files of its own, failures."""

import json
from collections.abc import Callable

import pytest

from chalicelib import bootstrap
from chalicelib.domain import errors
from chalicelib.domain.desk import DeskProfile
from chalicelib.domain.wording import words
from tests.fakes import FakePorts
from tests.lambdas.portal_browser import Browser, a_promising_desk, with_ticket

JSON = "application/json"


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> FakePorts:
    fakes = FakePorts(a_promising_desk())
    monkeypatch.setattr(bootstrap, "ports", lambda: fakes)
    return fakes


@pytest.fixture
def browser(ports: FakePorts) -> Browser:
    return Browser(ports)


@pytest.mark.row("J14")
def test_asking_for_links_tells_nothing_about_the_address(
    browser: Browser, ports: FakePorts
) -> None:
    with_ticket(ports)
    known = browser.post("/links", {"email": "ana@example.com"})
    unknown = browser.post("/links", {"email": "nobody@example.com"})
    again = browser.post("/links", {"email": "ana@example.com"})
    assert known == unknown == again
    assert known.status == 200
    assert [address for address, _, _ in ports.link_requests.asked] == [
        "ana@example.com",
        "nobody@example.com",
    ]


def test_the_wish_for_links_keeps_the_language(browser: Browser, ports: FakePorts) -> None:
    browser.post("/links?lang=es", {"email": "ana@example.com"})
    assert ports.link_requests.asked[0][1] == "es"


@pytest.mark.parametrize("address", ["", "ana", "a@b@c", "a@example.com\r\nBcc: b@example.org"])
def test_what_is_no_address_is_said(browser: Browser, ports: FakePorts, address: str) -> None:
    page = browser.post("/links", {"email": address})
    assert page.status == 422
    assert 'id="email-fault"' in page.text
    assert not ports.link_requests.asked


def test_a_link_form_can_be_had_without_a_dead_link(browser: Browser) -> None:
    assert 'action="/links' in browser.get("/links").text


@pytest.mark.row(29, "J16")
def test_a_place_for_a_file_is_offered(browser: Browser) -> None:
    wanted = {"filename": "a.pdf", "content_type": "application/pdf", "size": 12}
    page = browser.post_raw("/uploads", json.dumps(wanted).encode(), JSON)
    assert page.status == 200
    offered = json.loads(page.text)
    assert set(offered) == {"upload", "url", "fields"}
    assert offered["fields"]["Content-Type"] == "application/pdf"


@pytest.mark.row("J16")
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"size": 20 * 1024 * 1024 + 1}, "size"),
        ({"size": 0}, "size"),
        ({"filename": "run.exe"}, "filename"),
        ({"filename": "run.pdf.EXE "}, "filename"),
        ({"filename": "run.\u202eexe"}, "filename"),
        ({"content_type": "text/html\r\nX: y"}, "content_type"),
        ({"key": "uploads/of-somebody-else"}, "key"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_before_it_is_sent(
    browser: Browser, ports: FakePorts, change: dict[str, object], field: str
) -> None:
    wanted = {"filename": "a.pdf", "content_type": "application/pdf", "size": 12, **change}
    page = browser.post_raw("/uploads", json.dumps(wanted).encode(), JSON)
    assert page.status == 422
    assert page.headers["Content-Type"] == "application/problem+json"
    assert [fault["field"] for fault in json.loads(page.text)["errors"]] == [field]
    assert not ports.files.pending


@pytest.mark.parametrize("body", [b"", b"[", b'"x"', b"[" * 3000, b"\xff", b"{}" + b" " * 5000])
def test_an_upload_body_that_is_no_request_is_refused(browser: Browser, body: bytes) -> None:
    assert browser.post_raw("/uploads", body, JSON).status == 422


def test_every_file_a_page_names_is_served_and_kept_for_a_year(browser: Browser) -> None:
    page = browser.get("/").text
    names = [part.partition('"')[0] for part in page.split('"/assets/')[1:]]
    assert len(names) == 4
    types = []
    for name in names:
        asset = browser.get(f"/assets/{name}")
        assert asset.status == 200
        assert "immutable" in asset.headers["Cache-Control"]
        types.append(asset.headers["Content-Type"].partition(";")[0])
    assert sorted(types) == ["image/svg+xml", "text/css", "text/css", "text/javascript"]


@pytest.mark.parametrize(
    "name", ["portal.css", "web.py", "..", "theme-zzzzzz.css", "theme-000000.css.map", "icon-0.svg"]
)
def test_no_other_file_is_served(browser: Browser, name: str) -> None:
    assert browser.get(f"/assets/{name}").status == 404


def test_an_accent_that_is_no_colour_does_not_reach_the_page(
    browser: Browser, ports: FakePorts
) -> None:
    ports.settings.ready = a_promising_desk(profile=DeskProfile(accent='red"><script>'))
    page = browser.get("/").text
    assert "<script>" not in page
    assert "/assets/theme-2f5bd0.css" in page


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (errors.Unavailable("storage"), 503, "try again in a moment"),
        (errors.LostRace(), 503, "try again in a moment"),
        (errors.TooManyRequests(60), 429, "a little too often"),
        (errors.InvalidSetting("mailboxes", words("none")), 500, "The fault is ours"),
        (RuntimeError("internal-canary"), 500, "The fault is ours"),
    ],
)
def test_what_fails_is_said_in_words_without_details(
    browser: Browser,
    ports: FakePorts,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    status: int,
    words: str,
) -> None:
    monkeypatch.setattr(ports.link_requests, "ask", _raising(error))
    page = browser.post("/links", {"email": "ana@example.com"})
    assert page.status == status
    assert words in page.words
    assert "canary" not in page.text
    assert page.headers["Content-Type"].startswith("text/html")


def test_a_desk_whose_settings_cannot_be_read_still_says_so_in_words(
    browser: Browser, ports: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports.settings, "desk", _raising(errors.Unavailable("storage")))
    page = browser.get("/")
    assert page.status == 503
    assert page.headers["Retry-After"] == "5"
    assert "The fault is ours" in page.words


def _raising(error: Exception) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail
