"""The whole desk, deployed by its own infrastructure code into the emulator, once per run."""

import json
import os
import re
import smtplib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from infra.local.browser import ensure_browser
from infra.local.desk import DOMAIN, LocalDesk, local_desk
from infra.local.ports import free_port
from infra.local.profile import Profile
from tests.e2e.sign_in import access_token
from tests.e2e.waiting import HANGS_SECONDS, wait_for

SUPPORT = f"support@{DOMAIN}"
BILLING = f"billing@{DOMAIN}"
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

SLOWEST_TEST_SECONDS = 1200
"""The first test waits for the builds and the start of the desk."""
expect.set_options(timeout=1000 * HANGS_SECONDS)


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Nothing here is timed; a limit only ends what hangs."""
    for item in items:
        if "/tests/e2e/" in str(item.path):
            item.add_marker(pytest.mark.timeout(SLOWEST_TEST_SECONDS))


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalDesk]:
    """An empty desk on free ports, with the demo set-up."""
    profile = Profile(
        desk_port=free_port(),
        emulator_port=free_port(),
        smtp_port=free_port(),
        folder=tmp_path_factory.mktemp("desk"),
        saves_seconds=0,
    )
    with local_desk(profile, fresh=True) as running:
        yield running
        if os.environ.get("SHOW_DESK_LOG"):
            print(running.log_tail())  # noqa: T201 - asked for


@dataclass(frozen=True, slots=True)
class ApiClient:
    """The public API as one signed-in agent uses it."""

    http: httpx.Client

    def get(self, path: str, **query: str) -> Any:
        answer = self.http.get(path, params=query)
        answer.raise_for_status()
        return answer.json()

    def ticket(self, number: int) -> dict[str, Any]:
        """A ticket with its thread."""
        opened: dict[str, Any] = self.get(f"/tickets/{number}")
        return opened

    def send(
        self, method: str, path: str, body: object, *, version: int | None = None
    ) -> httpx.Response:
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        return self.http.request(method, path, json=body, headers=headers)

    def change(self, number: int, **fields: object) -> dict[str, Any]:
        """Change a ticket at its present version, again when a job was faster."""

        def changed() -> dict[str, Any] | None:
            version = self.ticket(number)["ticket"]["version"]
            answer = self.send("PATCH", f"/tickets/{number}", fields, version=version)
            if answer.status_code == httpx.codes.CONFLICT:
                return None
            answer.raise_for_status()
            body: dict[str, Any] = answer.json()
            return body

        return wait_for(changed, what=f"ticket {number} to take a change")

    def reply(self, number: int, text: str, **fields: object) -> dict[str, Any]:
        """Answer the customer on what is there now."""
        version = self.ticket(number)["ticket"]["version"]
        body = {"kind": "public_reply", "text": text, **fields}
        answer = self.send("POST", f"/tickets/{number}/messages", body, version=version)
        answer.raise_for_status()
        added: dict[str, Any] = answer.json()
        return added

    def listed(self, view: str, subject: str) -> dict[str, Any] | None:
        """The row of a list with this subject, if it is on the first page."""
        rows = self.get(f"/views/{view}/tickets")["tickets"]
        return next((row for row in rows if row["subject"] == subject), None)

    def wait_until_listed(self, view: str, subject: str) -> dict[str, Any]:
        """The row once it is there."""
        return wait_for(lambda: self.listed(view, subject), what=f"{subject!r} in {view}")


@pytest.fixture(scope="session")
def sign_in(desk: LocalDesk) -> Iterator[Any]:
    """An API client for a role, signed in through the hosted page once."""
    clients: dict[str, ApiClient] = {}

    def as_role(role: str) -> ApiClient:
        if role not in clients:
            token = access_token(desk, desk.sign_ins[role])
            http = httpx.Client(
                base_url=f"{desk.desk_url}/api/v1",
                headers={"Authorization": f"Bearer {token}"},
                timeout=HANGS_SECONDS,
            )
            clients[role] = ApiClient(http)
        return clients[role]

    yield as_role
    for client in clients.values():
        client.http.close()


@pytest.fixture(scope="session")
def agent(sign_in: Any) -> ApiClient:
    """Demo Agent 1."""
    client: ApiClient = sign_in("agent")
    return client


@pytest.fixture(scope="session")
def administrator(sign_in: Any) -> ApiClient:
    """Demo Admin."""
    client: ApiClient = sign_in("administrator")
    return client


@dataclass(frozen=True, slots=True)
class Post:
    """Mail as customers send and get it."""

    desk: LocalDesk
    http: httpx.Client

    def send(self, message: EmailMessage, *, to: str | None = None) -> str:
        """Hand a mail to the desk by SMTP; gives its Message-ID."""
        if not message["Message-ID"]:
            message["Message-ID"] = make_msgid(domain="customer.example.org")
        with smtplib.SMTP("127.0.0.1", self.desk.smtp_port, timeout=HANGS_SECONDS) as smtp:
            smtp.send_message(message, to_addrs=[to] if to else None)
        return str(message["Message-ID"])

    def to(self, address: str, subject: str = "") -> list[dict[str, Any]]:
        """Mails that the desk sent to an address, oldest first."""
        return [m for m in self.all_mails() if address in m["to"] and subject in m["subject"]]

    def all_mails(self) -> list[dict[str, Any]]:
        """Every mail that the desk sent, oldest first."""
        newest_first: list[dict[str, Any]] = self.http.get(f"{self.desk.dev_mail_url}.json").json()
        return newest_first[::-1]

    def wait_for_mail(self, address: str, containing: str) -> dict[str, Any]:
        """The mail to an address with these words, once it left."""
        return wait_for(
            lambda: next((m for m in self.to(address) if containing in m["text"]), None),
            what=f"a mail to {address} that says {containing!r}",
        )


@pytest.fixture(scope="session")
def anybody(desk: LocalDesk) -> Iterator[httpx.Client]:
    """HTTP as somebody who is not signed in: one client, as each new one reads all certificates."""
    with httpx.Client(base_url=desk.desk_url, timeout=HANGS_SECONDS) as http:
        yield http


@pytest.fixture(scope="session")
def post(desk: LocalDesk, anybody: httpx.Client) -> Post:
    """The customers' post office."""
    return Post(desk, anybody)


def a_mail(sender: str, subject: str, text: str, *, recipient: str = SUPPORT) -> EmailMessage:
    """A plain mail from a customer."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = subject
    message.set_content(text)
    return message


def an_answer(received: dict[str, Any], sender: str, text: str) -> EmailMessage:
    """What a mail program makes of "Reply" on a received mail, quote and all."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = received["reply_to"] or received["from"]
    subject = received["subject"]
    message["Subject"] = subject if subject.startswith("Re:") else f"Re: {subject}"
    message["In-Reply-To"] = received["message_id"]
    message["References"] = " ".join([*received["references"], received["message_id"]])
    quoted = "\n".join(f"> {line}" for line in received["text"].splitlines())
    message.set_content(f"{text}\n\nOn Mon, 5 Jan 2026 at 10:00, Demo Desk wrote:\n{quoted}\n")
    return message


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=ensure_browser(), args=CHROMIUM_ARGUMENTS
        )
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, desk: LocalDesk) -> Iterator[Page]:
    """A fresh browser window at the desk's address."""
    with a_window(browser, desk) as window:
        yield window


@contextmanager
def a_window(browser: Browser, desk: LocalDesk) -> Iterator[Page]:
    """A browser window of its own, of a desk's size, in which nothing moves for show."""
    context = browser.new_context(
        base_url=desk.desk_url,
        locale="en-GB",
        viewport={"width": 1440, "height": 900},
        reduced_motion="reduce",
    )
    context.set_default_timeout(1000 * HANGS_SECONDS)
    yield context.new_page()
    context.close()


def link_in(mail: dict[str, Any]) -> str:
    """The link to the ticket page in a mail."""
    found = re.search(r"https?://\S+/t/[a-z0-9-]+", mail["text"])
    assert found, f"no link in: {json.dumps(mail['text'])}"
    return found.group()


@pytest.fixture(scope="session")
def a_picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small but real PNG."""
    path = tmp_path_factory.mktemp("files") / "screen.png"
    path.write_bytes(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
            "1f15c4890000000d49444154789c6360000002000001e221bc330000"
            "000049454e44ae426082"
        )
    )
    return path
