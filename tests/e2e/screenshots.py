"""The pictures in the documentation, taken of the running desk: ``make screenshots``."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.local.desk import LocalDesk
from tests.e2e.conftest import BILLING, SUPPORT, ApiClient, Post, a_mail, an_answer, link_in
from tests.e2e.test_console import sign_in_as
from tests.e2e.waiting import wait_for

FOLDER = Path(__file__).parent.parent.parent / "docs" / "screenshots"
SUBJECT = "Invoice shows wrong VAT"
REQUESTER = "Requester A <a@customer.example.org>"
OTHERS = (
    (
        "Requester B",
        "Cannot sign in",
        "After I type the code from the mail I get an error.",
        "high",
    ),
    ("Requester C", "Export of last month", "Where do I find the export as a table?", "low"),
    ("Requester D", "Change of delivery address", "Please send my order to the new one.", "normal"),
    ("Requester E", "App closes by itself", "Since this morning, on two phones.", "urgent"),
    ("Requester F", "Thank you, and a question", "How do I add a colleague?", "normal"),
)


@pytest.fixture(scope="session")
def filled(agent: ApiClient, post: Post) -> tuple[int, str]:
    """A desk with some tickets; the number of the one to show, and the link to its page."""
    text = "Hello,\n\nthe VAT on invoice 4711 is 23 %, it should be 6 %. Can you correct it?"
    post.send(a_mail(REQUESTER, SUBJECT, text, recipient=BILLING))
    number: int = agent.wait_until_listed("all_open", SUBJECT)["number"]
    agent.change(number, assignee_id="agent1", tags=["vat"])
    note = {"kind": "internal_note", "text": "Asked finance: the old rate was still in the list."}
    agent.send("POST", f"/tickets/{number}/messages", note).raise_for_status()
    agent.reply(number, "Thank you for telling us. We correct it and send you a new invoice today.")
    received = post.wait_for_mail("a@customer.example.org", "We correct it")
    post.send(an_answer(received, REQUESTER, "Perfect. Please use the address on my last order."))
    wait_for(lambda: agent.ticket(number)["ticket"]["status"] == "open", what="the answer")
    for name, subject, said, priority in OTHERS:
        address = f"{name[-1].lower()}@customer.example.org"
        post.send(a_mail(f"{name} <{address}>", subject, said, recipient=SUPPORT))
        other = agent.wait_until_listed("all_open", subject)["number"]
        agent.change(other, priority=priority)
    return number, link_in(received)


def take(page: Page, name: str) -> None:
    """One picture, once the page stands still."""
    FOLDER.mkdir(exist_ok=True)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_of_the_portal(
    browser: Browser, desk: LocalDesk, filled: tuple[int, str], scheme: str
) -> None:
    context = browser.new_context(
        base_url=desk.desk_url,
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": 900, "height": 1000},
    )
    page = context.new_page()
    page.goto("/")
    take(page, f"portal-form-{scheme}")
    page.goto(filled[1])
    take(page, f"portal-ticket-{scheme}")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    take(page, f"portal-form-phone-{scheme}")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_of_the_console(
    browser: Browser, desk: LocalDesk, filled: tuple[int, str], scheme: str
) -> None:
    context = browser.new_context(
        base_url=desk.desk_url,
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": 1440, "height": 900},
    )
    context.set_default_timeout(30_000)
    page = context.new_page()
    sign_in_as(page, desk, desk.sign_ins["agent"])
    page.goto("/console/lists/all_open")
    expect(page.get_by_text(SUBJECT).first).to_be_visible()
    take(page, f"console-list-{scheme}")
    page.locator(f'[data-row="{filled[0]}"]').click()
    expect(page.get_by_role("heading", name=SUBJECT)).to_be_visible()
    expect(page.get_by_text("Perfect. Please use").last).to_be_visible()
    take(page, f"console-ticket-{scheme}")
    page.set_viewport_size({"width": 390, "height": 844})
    take(page, f"console-ticket-phone-{scheme}")
    context.close()
