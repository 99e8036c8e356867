"""Tickets and all that goes with them, ready made; a test says only what matters to it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.domain.desk import (
    Agent,
    Department,
    Desk,
    DeskProfile,
    Mailbox,
    NoticeKind,
    Role,
    Topic,
)
from chalicelib.domain.scheduled_reply import ScheduledReply
from chalicelib.domain.sla import Clock, ClockState, Target
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import (
    Actor,
    ActorKind,
    Attachment,
    Channel,
    Event,
    EventKind,
    Message,
    MessageKind,
    Priority,
    Requester,
    Ticket,
)
from chalicelib.usecases.ports import Contact, MailReceipt, Notice, Remembered, SuspendedMail

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
CUSTOMER = Actor(ActorKind.CUSTOMER, "contact-ana", "Ana Example")
AGENT = Actor(ActorKind.AGENT, "agent-rui", "Rui Example")


def a_requester(**changes: Any) -> Requester:
    """A customer of a ticket."""
    return Requester(
        **{"id": "contact-ana", "name": "Ana Example", "email": "ana@example.com"} | changes
    )


def a_ticket(**changes: Any) -> Ticket:
    """A new ticket in the department ``support`` that came by form at noon."""
    fields: dict[str, Any] = {
        "number": 1001,
        "subject": "The invoice is wrong",
        "status": Status.NEW,
        "priority": Priority.NORMAL,
        "department_id": "support",
        "mailbox_id": "help",
        "channel": Channel.FORM,
        "requester": a_requester(),
        "created_at": NOON,
        "updated_at": NOON,
        "waiting_since": NOON,
    }
    return Ticket(**fields | changes)


def a_clock(**changes: Any) -> Clock:
    """A running first response clock, due an hour after noon and at risk a quarter before."""
    fields: dict[str, Any] = {
        "target": Target.FIRST_RESPONSE,
        "state": ClockState.RUNNING,
        "allowed_seconds": 3600,
        "started_at": NOON,
        "running_since": NOON,
        "due_at": NOON + timedelta(hours=1),
        "at_risk_at": NOON + timedelta(minutes=45),
    }
    return Clock(**fields | changes)


def a_ticket_waking_at(wake_at: datetime, **changes: Any) -> Ticket:
    """A ticket that is postponed until a time."""
    return a_ticket(**{"status": Status.POSTPONED, "postponed_until": wake_at} | changes)


def a_message(**changes: Any) -> Message:
    """A customer's message by form."""
    fields: dict[str, Any] = {
        "id": "01J00000000000000000000001",
        "kind": MessageKind.CUSTOMER_MESSAGE,
        "author": CUSTOMER,
        "channel": Channel.FORM,
        "text": "It says 12 instead of 21.",
        "html": "",
        "created_at": NOON,
    }
    return Message(**fields | changes)


def an_attachment(**changes: Any) -> Attachment:
    """A small picture."""
    fields: dict[str, Any] = {
        "id": "file-1",
        "filename": "photo.png",
        "content_type": "image/png",
        "size": 12,
        "key": "uploads/file-1",
    }
    return Attachment(**fields | changes)


def an_event(**changes: Any) -> Event:
    """That the ticket was created."""
    fields: dict[str, Any] = {
        "kind": EventKind.TICKET_CREATED,
        "actor": CUSTOMER,
        "at": NOON,
        "after": {"department": "support"},
        "id": "01J00000000000000000000002",
    }
    return Event(**fields | changes)


def a_contact(**changes: Any) -> Contact:
    """A customer."""
    fields: dict[str, Any] = {
        "id": "contact-ana",
        "name": "Ana Example",
        "email": "ana@example.com",
        "created_at": NOON,
    }
    return Contact(**fields | changes)


def a_receipt(**changes: Any) -> MailReceipt:
    """What keeps one mail from being taken twice."""
    return MailReceipt(**{"ses_id": "ses-1", "fingerprint": "content-1"} | changes)


def a_remembered(**changes: Any) -> Remembered:
    """The first answer to a request."""
    fields: dict[str, Any] = {
        "client": "form",
        "key": "key-1",
        "request_hash": "hash-1",
        "answer": {"number": 1001},
    }
    return Remembered(**fields | changes)


def a_notice(**changes: Any) -> Notice:
    """That a ticket was assigned."""
    fields: dict[str, Any] = {
        "id": "01J00000000000000000000009",
        "agent_id": "agent-rui",
        "kind": NoticeKind.ASSIGNED,
        "number": 1001,
        "subject": "The invoice is wrong",
        "at": NOON,
    }
    return Notice(**fields | changes)


def a_suspended_mail(**changes: Any) -> SuspendedMail:
    """A mail that was kept out."""
    fields: dict[str, Any] = {
        "id": "01J00000000000000000000005",
        "received_at": NOON,
        "reason": "dmarc",
        "from_address": "mallory@example.org",
        "subject": "Your parcel",
        "size": 512,
        "raw_key": "raw/ses-1",
        "detail": "",
    }
    return SuspendedMail(**fields | changes)


def an_agent(**changes: Any) -> Agent:
    """An agent of the department ``support``."""
    fields: dict[str, Any] = {
        "id": "agent-rui",
        "name": "Rui Example",
        "email": "rui@example.org",
        "role": Role.AGENT,
        "departments": frozenset({"support"}),
    }
    return Agent(**fields | changes)


def a_desk(*agents: Agent, **changes: Any) -> Desk:
    """A desk with the department ``support``, its mailbox and these agents; no promises."""
    fields: dict[str, Any] = {
        "profile": DeskProfile(name="Example Desk"),
        "departments": {"support": Department("support", "Support", "help")},
        "mailboxes": {"help": Mailbox("help", "help@desk.example.com", "Example Help", "support")},
        "topics": {"invoice": Topic("invoice", "support", {"en": "Invoice"})},
        "agents": {agent.id: agent for agent in agents},
    }
    return Desk(**fields | changes)


def a_scheduled_reply(**changes: Any) -> ScheduledReply:
    """A reply that an agent wrote at noon and that leaves at once when somebody looks."""
    fields: dict[str, Any] = {
        "id": "01K00000000000000000000001",
        "number": 1001,
        "agent_id": "agent-rui",
        "agent_name": "Rui Example",
        "text": "It is 21 now.",
        "send_at": NOON,
        "created_at": NOON,
        "based_on": 1,
    }
    return ScheduledReply(**fields | changes)
