"""A customer in a browser: the form, the mail with the link, the ticket page."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import faults_in_every_look
from tests.e2e.conftest import ApiClient, Post, link_in
from tests.e2e.waiting import wait_for


def fill_form(page: Page, *, email: str, subject: str) -> None:
    """The form as a person fills it in."""
    page.goto("/")
    page.get_by_role("radio", name="A question").check()
    page.get_by_label("Name").fill("Requester F")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Subject").fill(subject)
    page.get_by_label("Description").fill("The screen stays dark.")


@pytest.mark.row(1, 2, 3, 24, 29, "J16")
def test_a_form_with_a_file_becomes_a_ticket_that_the_customer_can_follow(
    page: Page, agent: ApiClient, post: Post, a_picture: Path
) -> None:
    fill_form(page, email="f@customer.example.org", subject="Dark screen")
    page.locator("input[type=file]").set_input_files(a_picture)
    expect(page.get_by_text("screen.png")).to_be_visible()
    expect(page.locator("input[name=uploads]")).to_have_count(1)
    page.get_by_role("button", name="Send request").click()
    expect(page.get_by_role("heading", name="We have your request")).to_be_visible()
    row = agent.wait_until_listed("all_open", "Dark screen")
    expect(page.get_by_text(f"#{row['number']}")).to_be_visible()

    mail = post.wait_for_mail("f@customer.example.org", "/t/")
    assert str(row["number"]) in mail["text"]
    page.goto(link_in(mail))
    expect(page.get_by_role("heading", name="Dark screen")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="screen.png").click()
    assert download.value.path().read_bytes() == a_picture.read_bytes()

    page.get_by_label("Your answer").fill("It is the left one.")
    page.get_by_role("button", name="Send answer").click()
    expect(page.get_by_text("It is the left one.")).to_be_visible()
    opened = agent.ticket(row["number"])
    assert opened["ticket"]["message_count"] == 2
    assert [m["to"] for m in post.to("f@customer.example.org")] == [mail["to"]]


@pytest.mark.row(24)
def test_the_ticket_page_shows_public_messages_and_never_a_note(
    page: Page, agent: ApiClient, post: Post
) -> None:
    fill_form(page, email="g@customer.example.org", subject="What is public")
    page.get_by_role("button", name="Send request").click()
    number = agent.wait_until_listed("all_open", "What is public")["number"]
    note = {"kind": "internal_note", "text": "canary-4410 internal"}
    agent.send("POST", f"/tickets/{number}/messages", note).raise_for_status()
    agent.reply(number, "Press the button on the back.")

    page.goto(link_in(post.wait_for_mail("g@customer.example.org", "/t/")))

    expect(page.get_by_text("Press the button on the back.")).to_be_visible()
    assert "canary-4410" not in page.content()


@pytest.mark.row(2)
def test_a_form_with_faults_says_what_is_wrong_and_writes_nothing(
    page: Page, agent: ApiClient
) -> None:
    fill_form(page, email="not an address", subject="Never written")

    page.get_by_role("button", name="Send request").click()

    expect(page.get_by_label("E-mail")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Subject")).to_have_value("Never written")
    assert agent.listed("all_open", "Never written") is None


def test_a_forbidden_file_is_refused_before_it_is_sent(page: Page, tmp_path: Path) -> None:
    program = tmp_path / "setup.exe"
    program.write_bytes(b"MZ")
    page.goto("/")

    page.locator("input[type=file]").set_input_files(program)

    expect(page.get_by_text("setup.exe").first).to_be_visible()
    expect(page.locator("input[name=uploads]")).to_have_count(0)


def test_an_oversized_file_is_refused_by_the_desk_with_the_reason(anybody: httpx.Client) -> None:
    wish = {"filename": "film.mp4", "content_type": "video/mp4", "size": 21 * 1024 * 1024}

    answer = anybody.post("/api/v1/request-uploads", json=wish)

    assert answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY
    assert [fault["field"] for fault in answer.json()["errors"]] == ["size"]


def test_forged_links_lead_to_one_page_that_offers_a_fresh_one(
    page: Page, agent: ApiClient, post: Post
) -> None:
    fill_form(page, email="h@customer.example.org", subject="Lost the link")
    page.get_by_role("button", name="Send request").click()
    agent.wait_until_listed("all_open", "Lost the link")
    link = link_in(post.wait_for_mail("h@customer.example.org", "/t/"))
    forged = link[:-1] + ("b" if link[-1] == "a" else "a")

    page.goto(forged)
    expect(page.get_by_role("heading", name="This link does not work any more")).to_be_visible()
    nonsense = post.http.get("/t/nonsense")
    assert nonsense.status_code == httpx.codes.NOT_FOUND
    assert nonsense.text == post.http.get(forged).text

    page.get_by_label("E-mail").fill("h@customer.example.org")
    page.get_by_role("button").click()
    wait_for(lambda: len(post.to("h@customer.example.org")) == 2, what="the fresh link")
    page.goto(link_in(post.to("h@customer.example.org")[-1]))
    expect(page.get_by_role("heading", name="Lost the link")).to_be_visible()


@pytest.mark.row(79, "J25")
def test_the_form_is_accessible_and_fits_in_light_and_dark_wide_and_narrow(page: Page) -> None:
    page.goto("/")

    assert faults_in_every_look(page) == []


def test_every_page_of_the_portal_forbids_what_is_not_its_own(anybody: httpx.Client) -> None:
    answer = anybody.get("/")

    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
