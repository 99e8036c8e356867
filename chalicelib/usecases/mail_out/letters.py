"""What every letter has: from whom, to whom, in which thread, with which signed addresses."""

from chalicelib.domain.access import Action, may
from chalicelib.domain.desk import Agent, Desk, Mailbox
from chalicelib.domain.expectation import time_zone_of
from chalicelib.domain.letter import Letter, LetterKind
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.tokens import (
    AgentCapability,
    agent_token,
    capability,
    link_token,
    name_key,
    reply_token,
    unfollow_token,
)
from chalicelib.usecases.ports import Ports


def to_requester(ports: Ports, desk: Desk, ticket: Ticket, kind: LetterKind, key: str) -> Letter:
    """A letter to the customer whose ticket it is: with the link to its page."""
    box = mailbox_of(desk, ticket)
    granted = capability(ticket.number, ticket.requester.id, ticket.link_epoch)
    return Letter(
        kind=kind,
        language=ticket.language,
        desk=desk.profile,
        to_name=ticket.requester.name,
        to_address=ticket.requester.email,
        from_name=desk.profile.name,
        from_address=box.address,
        subject=ticket.subject,
        reply_to=_tagged(box, reply_token(granted, ports.secrets.keyring())),
        in_reply_to=ticket.last_message_id,
        references=ticket.references,
        own_id=own_id(key, box),
        instance=ports.addresses.desk_url,
        page_url=page_of(ports, ticket),
        facts=_facts(desk, ticket),
    )


def to_participant(
    ports: Ports, desk: Desk, ticket: Ticket, address: str, kind: LetterKind, key: str
) -> Letter:
    """A letter to somebody who takes part: no link to the requester's page, but one to leave."""
    box = mailbox_of(desk, ticket)
    granted = capability(ticket.number, name_key(address), ticket.link_epoch)
    keyring = ports.secrets.keyring()
    return Letter(
        kind=kind,
        language=ticket.language,
        desk=desk.profile,
        to_name="",
        to_address=address,
        from_name=desk.profile.name,
        from_address=box.address,
        subject=ticket.subject,
        reply_to=_tagged(box, reply_token(granted, keyring)),
        in_reply_to=ticket.last_message_id,
        references=ticket.references,
        own_id=own_id(key, box),
        instance=ports.addresses.desk_url,
        unsubscribe_url=ports.addresses.unfollow_page(unfollow_token(granted, keyring)),
        facts=_facts(desk, ticket),
    )


def to_agent(
    ports: Ports,
    desk: Desk,
    ticket: Ticket,
    agent: Agent,
    kind: LetterKind,
    key: str,
    *,
    as_note: bool,
    seen: int,
) -> Letter:
    """A letter to somebody at the desk, who can answer it.

    Args:
        as_note: an answer stays inside; also where the agent may not write to customers at all.
        seen: the ticket's content version that the letter tells of.
    """
    box = mailbox_of(desk, ticket)
    inside = as_note or not may(agent, Action.REPLY, ticket.department_id)
    granted = AgentCapability(ticket.number, name_key(agent.id), seen, as_note=inside)
    # A department may be removed while its last tickets are still about.
    department = desk.departments.get(ticket.department_id)
    return Letter(
        kind=kind,
        language=agent.language,
        desk=desk.profile,
        to_name=agent.name,
        to_address=agent.email,
        from_name=desk.profile.name,
        from_address=box.address,
        subject=ticket.subject,
        reply_to=_tagged(box, agent_token(granted, ports.secrets.keyring())),
        own_id=own_id(key, box),
        instance=ports.addresses.desk_url,
        page_url=ports.addresses.console_ticket(ticket.number),
        facts={
            **_facts(desk, ticket),
            "requester": ticket.requester.name,
            "department": department.name if department else ticket.department_id,
            "priority": str(ticket.priority),
            "answer": "note" if inside else "public",
        },
    )


def page_of(ports: Ports, ticket: Ticket) -> str:
    """A fresh link to the customer's page of a ticket."""
    granted = capability(ticket.number, ticket.requester.id, ticket.link_epoch)
    token = link_token(granted, ports.secrets.keyring(), ports.clock.now())
    return ports.addresses.ticket_page(token)


def own_id(key: str, box: Mailbox) -> str:
    """Our own Message-ID for a mail: the same at every attempt, without brackets.

    SES replaces it, so it also stands in References, which most mail programs send back.
    """
    return f"chamado.{key.replace(':', '.')}@{box.address.rpartition('@')[2]}"


def mailbox_of(desk: Desk, ticket: Ticket) -> Mailbox:
    """The mailbox that the ticket's mail leaves from; another when that one was removed."""
    return desk.mailboxes.get(ticket.mailbox_id) or desk.default_mailbox()


def _facts(desk: Desk, ticket: Ticket) -> dict[str, str]:
    return {"number": str(ticket.number), "time_zone": time_zone_of(desk, ticket)}


def _tagged(box: Mailbox, token: str) -> str:
    local, _, domain = box.address.partition("@")
    return f"{local}+{token}@{domain}"
