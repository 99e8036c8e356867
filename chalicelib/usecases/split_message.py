"""A message that is about something else becomes a ticket of its own."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.access import Action, require_on_ticket
from chalicelib.domain.decisions import linked, opened, opened_by_agent
from chalicelib.domain.desk import Agent
from chalicelib.domain.errors import Fault, InvalidRequest, LostRace, StaleTicket
from chalicelib.domain.promises import terms_of
from chalicelib.domain.relations import Link, LinkKind
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import ActorKind, Message, MessageKind, Requester, Ticket
from chalicelib.domain.wording import words
from chalicelib.usecases.answer_ticket import actor_of
from chalicelib.usecases.commits import commit_of, completed_commit, numbered, with_beside
from chalicelib.usecases.ports import Contact, Ports, Remembered
from chalicelib.usecases.promises import completed, renewed

_ATTEMPTS = 8
_CAN_BE_SPLIT = frozenset({MessageKind.CUSTOMER_MESSAGE, MessageKind.INTERNAL_NOTE})


def split_message(
    ports: Ports,
    agent: Agent,
    number: int,
    message_id: str,
    subject: str,
    *,
    remembered: Remembered | None = None,
) -> Ticket:
    """Open a ticket with a copy of a message; both tickets say so, in one write.

    The message stays where it was said, for nothing that was said is ever taken away. Its author
    is the requester of the new ticket and hears nothing of it until somebody answers.

    Raises:
        TicketNotFound, NotAllowed, NotFound: the agent may not, or there is no such message.
        InvalidRequest: an answer of the desk cannot be split off.
        AlreadyDone: the remembered answer exists.
        LostRace: others were faster every time.
    """
    for _ in range(_ATTEMPTS):
        ticket = ports.tickets.get(number)
        require_on_ticket(agent, Action.CHANGE_TICKET, number, ticket.department_id)
        message = ports.tickets.get_message(number, message_id)
        if message.kind not in _CAN_BE_SPLIT:
            reason = words("Only a customer's message or a note can become a ticket of its own.")
            raise InvalidRequest(Fault("message", reason))
        try:
            return _split(ports, agent, ticket, message, subject, remembered)
        except (StaleTicket, LostRace):
            continue
    raise LostRace


def _split(
    ports: Ports,
    agent: Agent,
    ticket: Ticket,
    message: Message,
    subject: str,
    remembered: Remembered | None,
) -> Ticket:
    at = ports.clock.now()
    requester, contact = _requester(ports, ticket, message, at)
    blank = Ticket(
        number=ports.tickets.next_number(),
        subject=subject,
        status=Status.NEW,
        priority=ticket.priority,
        department_id=ticket.department_id,
        mailbox_id=ticket.mailbox_id,
        channel=message.channel,
        requester=requester,
        created_at=at,
        updated_at=at,
        language=ticket.language,
        tags=ticket.tags,
        links=(Link(LinkKind.SPLIT_FROM, ticket.number),),
        is_internal=ticket.is_internal,
        contact_id=ticket.contact_id if requester == ticket.requester else "",
    )
    desk = ports.settings.desk()
    terms = terms_of(desk, blank)
    copy = replace(message, merged_from=0)
    actor = actor_of(agent)
    if message.kind is MessageKind.INTERNAL_NOTE:
        decision = opened_by_agent(blank, copy, terms, owner_id="")
    else:
        facts = {"acknowledge": "no", "split_from": str(ticket.number)}
        decision = opened(blank, copy, terms, actor=actor, facts=facts)
    made = replace(decision, ticket=replace(decision.ticket, waiting_since=message.created_at))
    link = Link(LinkKind.SPLIT_INTO, blank.number)
    renewal = renewed(ports, desk, ticket)
    told = linked(renewal.ticket, link, actor=actor, at=at)
    asked = replace(remembered, answer={"number": blank.number}) if remembered else None
    commit = completed(ports, desk, commit_of(None, numbered(ports.ids, made)))
    commit = replace(commit, remembered=asked, new_contact=contact)
    other = completed_commit(ports, desk, renewal, told)
    ports.tickets.commit(with_beside(commit, other))
    return commit.after


def _requester(
    ports: Ports, ticket: Ticket, message: Message, at: datetime
) -> tuple[Requester, Contact | None]:
    """Whose the message is, and his contact where he has none yet."""
    author = message.author
    if author.kind is not ActorKind.CUSTOMER or author.id == ticket.requester.id:
        return ticket.requester, None
    if "@" in author.id:
        known = ports.customers.find_by_address(author.id)
        person = known or Contact(ports.ids.new(), author.name, author.id, at)
        return Requester(person.id, author.name, author.id), None if known else person
    earlier = ports.tickets.list_by_numbers([message.merged_from]) if message.merged_from else ()
    own = [t.requester for t in earlier if t.requester.id == author.id]
    return (own[0] if own else ticket.requester), None
