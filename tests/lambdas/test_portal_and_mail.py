"""Form, mails and ticket page as one conversation, with the composer that is used for real."""

import re
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from chalicelib import bootstrap
from chalicelib.domain.ticket import Event
from chalicelib.gateways.composer import MailComposer
from chalicelib.usecases.answer_ticket import Answer, add_note, reply_in_public
from chalicelib.usecases.dispatch_change import jobs_for_event
from chalicelib.usecases.jobs import SendLinks, TellOfEvent
from chalicelib.usecases.mail_out.events import tell_of_event
from chalicelib.usecases.mail_out.links import send_links
from tests.builders import an_agent
from tests.fakes import FakePorts
from tests.lambdas.portal_browser import CANARY, Browser, a_promising_desk


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> FakePorts:
    fakes = FakePorts(a_promising_desk())
    fakes.composer = MailComposer(fakes.clock)  # type: ignore[assignment]
    monkeypatch.setattr(bootstrap, "ports", lambda: fakes)
    return fakes


@pytest.fixture
def browser(ports: FakePorts) -> Browser:
    return Browser(ports)


@pytest.fixture
def deliver(ports: FakePorts) -> Callable[[], list[EmailMessage]]:
    """Do what stream and workers do with the events so far; gives the mails that left."""

    def told() -> list[EmailMessage]:
        for number in ports.store.tickets:
            for entry in ports.store.events(number):
                _tell(ports, number, entry)
        return [_read(mail.raw) for mail in ports.mail_sender.sent]

    return told


def _read(raw: bytes) -> EmailMessage:
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def _tell(ports: FakePorts, number: int, event: Event) -> None:
    for job in jobs_for_event(number, event):
        if isinstance(job, TellOfEvent):
            tell_of_event(ports, job)


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def _link(mail: EmailMessage) -> str:
    found = re.search(r"https://desk\.example\.com(/t/\S+)", _text(mail))
    assert found
    return found[1]


@pytest.mark.row(1, 28, 29)
def test_from_form_to_mail_to_page_to_answer_to_mail(
    browser: Browser, ports: FakePorts, deliver: Callable[[], list[EmailMessage]]
) -> None:
    browser.send_form()
    [acknowledgement] = [mail for mail in deliver() if mail["To"].endswith("<ana@example.com>")]
    page = browser.get(_link(acknowledgement))
    assert "It says 12 instead of 21." in page.words

    reply_in_public(ports, an_agent(), Answer(1001, "Here is the right one."))
    reply = deliver()[-1]
    assert reply["Subject"] == "Re: The invoice is wrong"
    assert "Here is the right one." in _text(reply)
    assert "> It says 12 instead of 21." in _text(reply)

    link = _link(reply)
    assert "We are waiting for your answer." in browser.get(link).words
    browser.post(f"{link}/answers", {"text": "Thank you."})
    assert "Rui Example is working on it." in browser.get(link).words


@pytest.mark.row(61, "J13")
def test_a_note_is_in_no_mail_to_the_customer_and_on_no_page(
    browser: Browser, ports: FakePorts, deliver: Callable[[], list[EmailMessage]]
) -> None:
    browser.send_form()
    add_note(ports, an_agent(), Answer(1001, CANARY))
    reply_in_public(ports, an_agent(), Answer(1001, "Done."))
    add_note(ports, an_agent(), Answer(1001, CANARY))
    mails = deliver()
    parts = [part for mail in mails for part in mail.walk() if not part.is_multipart()]
    assert parts
    assert not any(CANARY in str(part.get_content()) for part in parts)
    assert CANARY not in browser.get(_link(mails[-1])).text


@pytest.mark.row("J5", "J6")
def test_jobs_that_come_again_send_nothing_again(
    browser: Browser, ports: FakePorts, deliver: Callable[[], list[EmailMessage]]
) -> None:
    browser.send_form()
    assert len(deliver()) == len(deliver()) == len(deliver())


@pytest.mark.row("J14")
def test_fresh_links_open_the_tickets_of_the_address(browser: Browser, ports: FakePorts) -> None:
    browser.send_form()
    ports.clock.advance(days=40)
    send_links(ports, SendLinks(request_id="1", address="ana@example.com", language="es"))
    send_links(ports, SendLinks(request_id="2", address="nobody@example.com", language="es"))
    [sent] = ports.mail_sender.sent
    mail = _read(sent.raw)
    assert mail["Subject"] == "Enlaces a sus solicitudes"
    assert browser.get(_link(mail)).status == 200
