"""A browser without scripts, for the portal's tests: it fills in the forms that it was shown."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from typing import Any
from urllib.parse import urlencode

from chalice.app import Chalice
from chalice.test import Client

from chalicelib.domain.calendar import BusinessCalendar, HourRange
from chalicelib.domain.desk import Department, Desk, DeskProfile, Topic
from chalicelib.domain.sla import SLAPolicy, Target
from chalicelib.domain.ticket import Message, Ticket
from chalicelib.domain.tokens import capability, link_token
from chalicelib.routes.portal import blueprint
from tests.builders import a_desk, a_message, a_requester, a_ticket, an_agent
from tests.fakes import FakePorts

FILLED_IN = {
    "topic": "invoice",
    "name": "Ana Example",
    "email": "ana@example.com",
    "subject": "The invoice is wrong",
    "description": "It says 12 instead of 21.",
}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
CUSTOMER_ID = "01J000000000000000000000AN"
CANARY = "canary-of-an-internal-note"


@dataclass
class Page:
    """What came back."""

    status: int
    text: str
    headers: Mapping[str, str]

    @property
    def words(self) -> str:
        """What a person reads: no tags, no entities."""
        return html.unescape(re.sub(r"<[^>]+>", " ", self.text))

    def hidden(self, name: str) -> str:
        """The value of a hidden field."""
        found = re.search(f'name="{name}" value="([^"]*)"', self.text)
        assert found, f"no field {name} on the page"
        return html.unescape(found[1])


@cache
def application() -> Chalice:
    """A blueprint can be hung on an application only once in a process."""
    made = Chalice("portal")
    made.register_blueprint(blueprint)
    return made


class Browser:
    """Asks the portal, and keeps what it logged out of the way."""

    def __init__(self, ports: FakePorts, **headers: str) -> None:
        self._client = Client(application())
        self.ports = ports
        self.headers = headers

    def get(self, path: str, **headers: str) -> Page:
        return self._page("get", path, {**self.headers, **headers})

    def post(self, path: str, fields: Mapping[str, Any], **headers: str) -> Page:
        body = urlencode(fields, doseq=True).encode()
        return self._page("post", path, {**FORM, **self.headers, **headers}, body)

    def post_raw(self, path: str, body: bytes, content_type: str) -> Page:
        return self._page("post", path, {"Content-Type": content_type}, body)

    def send_form(self, *, seconds: float = 30, path: str = "/requests", **fields: Any) -> Page:
        """Open the form, take some time, and send it."""
        stamp = self.get("/").hidden("stamp")
        self.ports.clock.advance(seconds=seconds)
        return self.post(path, {**FILLED_IN, "stamp": stamp, **fields})

    def follow(self, page: Page) -> Page:
        """Go where a 303 leads; the part behind the hash stays in the browser."""
        assert page.status == 303, page.text
        return self.get(page.headers["Location"].partition("#")[0])

    def _page(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Page:
        answer = getattr(self._client.http, method)(path, headers=dict(headers), body=body)
        return Page(answer.status_code, answer.body.decode(), answer.headers)


def a_promising_desk(**changes: Any) -> Desk:
    """A desk of office hours that promises a first answer within a business hour."""
    office = ((HourRange(time(9), time(17)),),) * 5 + ((), ())
    policy = SLAPolicy("standard", "Standard", "office", {"normal": {Target.FIRST_RESPONSE: 60}}, 5)
    fields: dict[str, Any] = {
        "profile": DeskProfile(name="Example Desk", accent="#0f766e"),
        "departments": {"support": Department("support", "Support", "help", "standard")},
        "topics": {
            "invoice": Topic("invoice", "support", {"en": "Invoice", "es": "Factura"}),
            "other": Topic("other", "support", {"en": "Something else"}, position=1),
        },
        "calendars": {"office": BusinessCalendar("office", "Office", "Europe/Lisbon", office)},
        "sla_policies": {"standard": policy},
    }
    return a_desk(an_agent(), **fields | changes)


def with_ticket(ports: FakePorts, *messages: Message, **changes: Any) -> str:
    """Put a ticket into the store; gives the token of its link."""
    ticket = a_customers_ticket(**changes)
    ports.store.tickets[ticket.number] = ticket
    # The id sorts before those that the fakes give out, as what was said earlier does.
    said = messages or (a_message(id="00J1"),)
    ports.store.entries[ticket.number] = [(message.id, message) for message in said]
    return token_of(ports, ticket)


def a_customers_ticket(**changes: Any) -> Ticket:
    """A ticket whose requester has an id as real ones have; links are made of its end."""
    return a_ticket(**{"requester": a_requester(id=CUSTOMER_ID)} | changes)


def token_of(ports: FakePorts, ticket: Ticket) -> str:
    """A link that works now."""
    granted = capability(ticket.number, ticket.requester.id, ticket.link_epoch)
    return link_token(granted, ports.secrets.keyring(), ports.clock.now())
