"""Another system is told of a rule: signed, again after growing pauses, and the ticket says so."""

import hashlib
import hmac
import json
from dataclasses import replace

import pytest

from chalicelib.domain.event_rule import Webhook
from chalicelib.domain.ticket import EventKind
from chalicelib.usecases.call_webhook import MOST_ATTEMPTS, call_webhook, secret_of
from chalicelib.usecases.jobs import CallWebhook
from chalicelib.usecases.ports import Delivered
from tests.fakes import FakePorts
from tests.unit.usecases.stage import opened_ticket, the_desk

HOOK = Webhook("crm", "CRM", "https://hooks.example.org/desk")


@pytest.fixture
def ports() -> FakePorts:
    """A desk with one webhook."""
    return FakePorts(replace(the_desk(), webhooks={"crm": HOOK}))


def _job(ports: FakePorts, **changes: object) -> CallWebhook:
    number = opened_ticket(ports).number
    fields = {"number": number, "webhook_id": "crm", "event_id": "01E", "rule_id": "r", **changes}
    return CallWebhook.model_validate(fields)


@pytest.mark.row(56)
def test_the_call_is_signed_so_that_the_other_side_can_tell_who_it_is_from(
    ports: FakePorts,
) -> None:
    job = _job(ports)

    assert call_webhook(ports, job) == "delivered"

    ((url, body, headers),) = ports.webhooks.sent
    at, signed = (part.partition("=")[2] for part in headers["Chamado-Signature"].split(","))
    secret = secret_of(ports.secrets.keyring(), "crm")
    expected = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    assert (url, signed) == (HOOK.url, expected)
    told = json.loads(body)
    assert (told["event"], told["ticket"]["number"]) == ("01E", job.number)
    assert ports.tickets.list_events(job.number)[-1].kind is EventKind.WEBHOOK_DELIVERED


@pytest.mark.row(56)
def test_it_is_called_again_after_growing_pauses_and_given_up_in_the_end(
    ports: FakePorts,
) -> None:
    job = _job(ports)
    ports.webhooks.answers = [Delivered(503) for _ in range(MOST_ATTEMPTS)]
    outcomes, pauses = [], []
    for _ in range(MOST_ATTEMPTS):
        ports.jobs.sent.clear()
        outcomes.append(call_webhook(ports, job))
        if ports.jobs.sent:
            (job,) = ports.jobs.sent
            pauses.append(job.delay_seconds)

    assert outcomes == ["again"] * (MOST_ATTEMPTS - 1) + ["failed"]
    assert pauses == [30, 60, 120, 240, 480, 900, 900]
    failed = ports.tickets.list_events(job.number)[-1]
    assert (failed.kind, failed.after["status"]) == (EventKind.WEBHOOK_FAILED, "503")


def test_what_the_other_side_refuses_for_good_is_not_tried_again(ports: FakePorts) -> None:
    job = _job(ports)
    ports.webhooks.answers = [Delivered(410, is_final=True)]

    assert call_webhook(ports, job) == "failed"
    assert ports.jobs.sent == []


@pytest.mark.parametrize("changes", [{"number": 999}, {"webhook_id": "gone"}])
def test_a_ticket_or_webhook_that_is_gone_is_nothing_to_tell_of(
    ports: FakePorts, changes: dict[str, object]
) -> None:
    assert call_webhook(ports, _job(ports, **changes)) == "gone"
