"""Another system is told that a rule acted: signed, tried again with growing pauses, noted."""

import hashlib
import hmac
import json

from chalicelib.domain.decisions import Decision
from chalicelib.domain.errors import TicketNotFound
from chalicelib.domain.ticket import SYSTEM, Event, EventKind, Ticket
from chalicelib.domain.tokens import Keyring
from chalicelib.usecases.commits import commit_of, decide_until_written, numbered
from chalicelib.usecases.jobs import CallWebhook
from chalicelib.usecases.ports import Commit, Delivered, Ports

MOST_ATTEMPTS = 8
_FIRST_PAUSE, _LONGEST_PAUSE = 30, 900


def secret_of(keyring: Keyring, webhook_id: str) -> str:
    """What calls of one webhook are signed with: made of the desk's key, kept nowhere."""
    key = keyring.keys[keyring.current]
    return hmac.new(key, f"webhook:{webhook_id}".encode(), hashlib.sha256).hexdigest()


def signature(secret: str, at: int, body: bytes) -> str:
    """What the other system works out itself: HMAC-SHA256 over the second, a dot and the body."""
    signed = f"{at}.".encode() + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def call_webhook(ports: Ports, job: CallWebhook) -> str:
    """Call it once, and queue the next attempt if that may help; gives what came of it.

    The same event may come twice: it has its id, by which the other system knows it.
    """
    desk = ports.settings.desk()
    webhook = desk.webhooks.get(job.webhook_id)
    if webhook is None:
        return "gone"
    try:
        ticket = ports.tickets.get(job.number)
    except TicketNotFound:
        return "gone"
    if desk.is_confidential(ticket.department_id):
        # Whoever sets up webhooks may be nobody who may read it.
        return "confidential"
    said = _sent(ports, job, ticket, webhook.url)
    if said.is_taken:
        _noted(ports, job, EventKind.WEBHOOK_DELIVERED, said)
        return "delivered"
    if not said.is_final and job.attempt + 1 < MOST_ATTEMPTS:
        pause = min(_FIRST_PAUSE * 2**job.attempt, _LONGEST_PAUSE)
        again = job.model_copy(update={"attempt": job.attempt + 1, "delay": pause})
        ports.jobs.send([again])
        return "again"
    _noted(ports, job, EventKind.WEBHOOK_FAILED, said)
    return "failed"


def _sent(ports: Ports, job: CallWebhook, ticket: Ticket, url: str) -> Delivered:
    body = json.dumps(_payload(ports, job, ticket), separators=(",", ":")).encode()
    at = int(ports.clock.now().timestamp())
    secret = secret_of(ports.secrets.keyring(), job.webhook_id)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Chamado",
        "Chamado-Event": job.event_id,
        "Chamado-Signature": f"t={at},v1={signature(secret, at, body)}",
    }
    return ports.webhooks.post(url, body, headers)


def _payload(ports: Ports, job: CallWebhook, ticket: Ticket) -> dict[str, object]:
    return {
        "event": job.event_id,
        "rule": job.rule_id,
        "ticket": {
            "number": ticket.number,
            "subject": ticket.subject,
            "status": str(ticket.status),
            "priority": str(ticket.priority),
            "department": ticket.department_id,
            "assignee": ticket.assignee_id,
            "type": ticket.type_id,
            "tags": list(ticket.tags),
            "fields": dict(ticket.fields),
            "requester": {"name": ticket.requester.name, "email": ticket.requester.email},
            "created_at": ticket.created_at.isoformat(),
            "version": ticket.version,
            "url": ports.addresses.console_ticket(ticket.number),
        },
    }


def _noted(ports: Ports, job: CallWebhook, kind: EventKind, said: Delivered) -> None:
    told = {
        "webhook": job.webhook_id,
        "status": str(said.status),
        "reason": said.reason,
        "attempts": str(job.attempt + 1),
        "cause": job.event_id,
    }
    event = Event(kind, SYSTEM, ports.clock.now(), {}, told)

    def decide(ticket: Ticket) -> Commit:
        return commit_of(ticket, numbered(ports.ids, Decision(ticket, (event,))))

    decide_until_written(ports, job.number, decide)
