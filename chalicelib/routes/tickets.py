"""Tickets: open, read, change, and a customer's other ones."""

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.access import Action, require_on_ticket, sees_department
from chalicelib.domain.desk import Agent
from chalicelib.domain.errors import Fault, InvalidRequest, StaleTicket
from chalicelib.domain.ticket import Channel
from chalicelib.domain.wording import words
from chalicelib.routes import bodies
from chalicelib.routes.cursors import position_of, signed_cursor
from chalicelib.routes.endpoint import Call, Reply, endpoint
from chalicelib.routes.idempotency import first_answer, remembered
from chalicelib.routes.schemas import tickets as wire
from chalicelib.routes.ticket_answers import (
    PAGE,
    etag,
    read_thread,
    required_version,
    stale,
    with_version,
)
from chalicelib.usecases.answer_ticket import actor_of
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.open_ticket import NewTicket, open_ticket
from chalicelib.usecases.ports import AlreadyDone

blueprint = Blueprint(__name__)


@endpoint(
    blueprint, "POST", "/v1/tickets",
    action=Action.OPEN_TICKET, body=wire.NewTicket, answer=wire.TicketBody, status=201,
    problems=(422,),
)  # fmt: skip
def open_new_ticket(call: Call[wire.NewTicket]) -> Reply:
    """Open a ticket in a customer's name."""
    ports, body = bootstrap.ports(), call.body
    if body.department_id:
        _require_department(call.agent, body.department_id)
    topic = ports.settings.desk().topics.get(body.topic_id or "")
    if topic and topic.department_id in call.agent.hidden_departments:
        raise InvalidRequest(
            Fault("topic_id", words("Choose one of the topics of your departments."))
        )
    wanted = NewTicket(
        name=body.requester_name,
        email=body.requester_email,
        subject=body.subject,
        text=body.text,
        channel=Channel.API,
        topic_id=body.topic_id or "",
        department_id=body.department_id or "",
        priority=body.priority,
        tags=tuple(dict.fromkeys(body.tags)),
        uploads=tuple(body.uploads),
        opened_by=actor_of(call.agent),
        first_message=body.first_message,
        is_internal=body.internal,
        type_id=body.type_id or "",
        fields=body.fields,
    )
    asked = remembered(call.agent.id, call.idempotency_key, "tickets", body)
    try:
        ticket = open_ticket(ports, wanted, remembered=asked)
    except AlreadyDone as done:
        ticket = ports.tickets.get(int(first_answer(done, asked)["number"]))
    return with_version(ticket, call.agent)


@endpoint(
    blueprint, "GET", "/v1/tickets/{number}",
    action=Action.READ_TICKET, answer=wire.OpenedTicket, problems=(404,),
)  # fmt: skip
def read_ticket(call: Call[None]) -> Reply:
    """Read a ticket with the newest part of its thread."""
    thread = read_thread(call.agent, call.number)
    body = bodies.opened_ticket(thread, call.agent, bootstrap.ports().clock.now())
    body.older = signed_cursor(f"entries|{call.number}", thread.older)
    return Reply(body, {"ETag": etag(thread.ticket)})


@endpoint(
    blueprint, "GET", "/v1/tickets/{number}/entries",
    action=Action.READ_TICKET, answer=wire.EntryPage, problems=(404, 422),
    query={"before": "Cursor `older` of the page after this one.", "limit": "At most 100."},
)  # fmt: skip
def list_older_entries(call: Call[None]) -> Reply:
    """Read older messages and events of a ticket."""
    ports = bootstrap.ports()
    of_list = f"entries|{call.number}"
    before = position_of(of_list, call.query.get("before", ""))
    if not before:
        raise InvalidRequest(
            Fault("before", words("Give the cursor `older` of the page you have."))
        )
    ticket = ports.tickets.get(call.number)
    require_on_ticket(call.agent, Action.READ_TICKET, ticket.number, ticket.department_id)
    page = ports.tickets.list_older(call.number, before=before, limit=call.limit(PAGE))
    entries = [bodies.entry_body(entry, call.agent) for entry in page.entries]
    return Reply(wire.EntryPage(entries=entries, older=signed_cursor(of_list, page.older)))


@endpoint(
    blueprint, "PATCH", "/v1/tickets/{number}",
    action=Action.CHANGE_TICKET, body=wire.TicketChange, answer=wire.TicketBody,
    needs_version=True, problems=(404, 409, 422),
)  # fmt: skip
def change_a_ticket(call: Call[wire.TicketChange]) -> Reply:
    """Change status, priority, department, owner, subject, tags or participants."""
    body = call.body
    change = Change(
        number=call.number,
        based_on=required_version(call),
        status=body.status,
        postponed_until=body.postponed_until,
        postponed_reason=body.postponed_reason or "",
        label_id=body.label_id,
        type_id=body.type_id,
        fields=body.fields,
        priority=body.priority,
        department_id=body.department_id,
        assignee_id=body.assignee_id,
        subject=body.subject,
        tags=tuple(dict.fromkeys(body.tags)) if body.tags is not None else None,
        participants=tuple(body.participants) if body.participants is not None else None,
        requester=_requester(body),
    )
    try:
        ticket = change_ticket(bootstrap.ports(), call.agent, change)
    except StaleTicket as error:
        return stale(call, error)
    return with_version(ticket, call.agent)


@endpoint(
    blueprint, "GET", "/v1/contacts/{contact}/tickets",
    action=Action.LIST_TICKETS, answer=wire.TicketPage, problems=(422,),
    query={"cursor": "Cursor `next` of the page before.", "limit": "At most 50."},
)  # fmt: skip
def list_tickets_of_contact(call: Call[None]) -> wire.TicketPage:
    """List a customer's tickets, newest first, as far as this agent may see them."""
    ports = bootstrap.ports()
    contact, of_list = call.path["contact"], f"contact|{call.path['contact']}"
    position = position_of(of_list, call.query.get("cursor", ""))
    found, after = ports.tickets.list_by_requester(contact, limit=call.limit(), cursor=position)
    now = ports.clock.now()
    seen = [t for t in found if sees_department(call.agent, t.department_id)]
    return wire.TicketPage(
        tickets=[bodies.summary_of(ticket, now) for ticket in seen],
        next=signed_cursor(of_list, after),
    )


def _requester(body: wire.TicketChange) -> tuple[str, str] | None:
    if body.requester_email is None:
        if body.requester_name:
            raise InvalidRequest(Fault("requester_email", words("Say whose address it is.")))
        return None
    return body.requester_name or "", body.requester_email


def _require_department(agent: Agent, department_id: str) -> None:
    if not sees_department(agent, department_id):
        raise InvalidRequest(Fault("department_id", words("Choose one of your departments.")))
