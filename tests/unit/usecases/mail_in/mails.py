"""Mails as the parser hands them over, what SES says of them, and how they come in."""

from dataclasses import replace

from chalicelib.domain.delivery import Delivery
from chalicelib.domain.inbound_mail import InboundMail, MailAddress
from chalicelib.domain.threading import Verdict
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.tokens import AgentCapability, agent_token, capability, name_key, reply_token
from chalicelib.usecases.receive_mail import Outcome, receive_mail
from tests.fakes import MONDAY, FakePorts

PASS, FAIL, GRAY = Verdict.PASS, Verdict.FAIL, Verdict.GRAY


def a_mail(**changes: object) -> InboundMail:
    """A short plain mail from Ana to the support mailbox."""
    sender = str(changes.get("from_address", "ana@example.com"))
    fields: dict[str, object] = {
        **dict.fromkeys(("sender", "cc", "reply_to", "in_reply_to", "references"), ()),
        **dict.fromkeys(("attachments", "bounced_ids", "defects"), ()),
        **dict.fromkeys(("is_auto_reply", "is_bounce", "is_complaint", "is_list"), False),
        **dict.fromkeys(("bounced_recipient", "forwarded_from", "language"), None),
        "from_address": sender,
        "from_name": "Ana Example",
        "header_from": sender,
        "to": (MailAddress("help@desk.example.com"),),
        "return_path": sender,
        "subject": "Printer on fire",
        "message_id": "m1@mail.example.com",
        "date": MONDAY,
        "text": "It burns.",
        "reply_text": "It burns.",
        "html": "",
        "html_clean": "",
        "bounce_status": "",
        "headers": {},
        "received_count": 2,
    }
    return InboundMail(**fields | changes)  # type: ignore[arg-type]


def a_delivery(ses_id: str = "ses-1", **changes: object) -> Delivery:
    """What SES says of a mail that passes every check."""
    fields: dict[str, object] = {
        "ses_id": ses_id,
        "raw_key": f"raw/{ses_id}",
        "received_at": MONDAY,
        "envelope_sender": "ana@example.com",
        "recipients": ("help@desk.example.com",),
        **dict.fromkeys(("spam", "virus", "spf", "dkim", "dmarc"), PASS),
    }
    return Delivery(**fields | changes)  # type: ignore[arg-type]


def comes_in(
    ports: FakePorts, mail: InboundMail | None = None, delivery: Delivery | None = None
) -> Outcome:
    """A mail arrives."""
    return receive_mail(ports, delivery or a_delivery(), mail or a_mail(), 512)


def reply_address(ports: FakePorts, ticket: Ticket, **changes: object) -> str:
    """The signed address that the customer of a ticket answers to."""
    granted = replace(capability(ticket.number, ticket.requester.id, ticket.link_epoch), **changes)
    return f"help+{reply_token(granted, ports.secrets.keyring())}@desk.example.com"


def answers(ports: FakePorts, ticket: Ticket, **changes: object) -> Outcome:
    """A mail to the signed address of a ticket, from Ana unless told otherwise."""
    to = str(changes.pop("to", "")) or reply_address(ports, ticket)
    named = ("dmarc", "spf", "spam")
    verdicts = {name: changes.pop(name) for name in named if name in changes}
    mail = a_mail(**{"message_id": "m2@mail.example.com", "text": "More.", **changes})
    return comes_in(ports, mail, a_delivery("ses-2", recipients=(to,), **verdicts))


def agents_address(
    ports: FakePorts, ticket: Ticket, agent_id: str, *, as_note: bool = False, seen: int = 0
) -> str:
    """The signed address that an agent's notification is answered to."""
    version = seen or ticket.content_version
    granted = AgentCapability(ticket.number, name_key(agent_id), version, as_note)
    return f"help+{agent_token(granted, ports.secrets.keyring())}@desk.example.com"
