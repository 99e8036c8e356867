"""Tickets that hang together: merge, take apart, split, link, answer children."""

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.access import Action, require_on_ticket
from chalicelib.domain.errors import DeskError, NotFound
from chalicelib.domain.relations import Link, LinkKind
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.wording import joined
from chalicelib.routes.endpoint import Call, Reply, endpoint
from chalicelib.routes.idempotency import first_answer, remembered
from chalicelib.routes.problems import told_in
from chalicelib.routes.schemas import relations as wire
from chalicelib.routes.schemas.tickets import TicketBody
from chalicelib.routes.ticket_answers import with_version
from chalicelib.usecases.answer_children import answer_children
from chalicelib.usecases.link_tickets import link_tickets, list_linked, unlink_tickets
from chalicelib.usecases.merge_tickets import merge_tickets, unmerge_ticket
from chalicelib.usecases.ports import AlreadyDone
from chalicelib.usecases.split_message import split_message

blueprint = Blueprint(__name__)


@endpoint(
    blueprint, "POST", "/v1/tickets/{number}/merge",
    action=Action.CHANGE_TICKET, body=wire.Merge, answer=TicketBody, problems=(404, 422),
)  # fmt: skip
def merge_into_another(call: Call[wire.Merge]) -> Reply:
    """Merge a ticket into another, and get that one. Repeating it changes nothing."""
    ticket = merge_tickets(bootstrap.ports(), call.agent, call.number, call.body.into)
    return with_version(ticket, call.agent)


@endpoint(
    blueprint, "DELETE", "/v1/tickets/{number}/merge",
    action=Action.CHANGE_TICKET, answer=TicketBody, problems=(404, 422),
)  # fmt: skip
def take_apart(call: Call[None]) -> Reply:
    """Let a merged ticket stand for itself again, and get it."""
    return with_version(unmerge_ticket(bootstrap.ports(), call.agent, call.number), call.agent)


@endpoint(
    blueprint, "POST", "/v1/tickets/{number}/messages/{message}/split",
    action=Action.CHANGE_TICKET, body=wire.NewSplit, answer=TicketBody, status=201,
    problems=(404, 422),
)  # fmt: skip
def split_off(call: Call[wire.NewSplit]) -> Reply:
    """Open a ticket of its own for a message, and get it."""
    ports, of = bootstrap.ports(), f"tickets/{call.number}/split/{call.path['message']}"
    asked = remembered(call.agent.id, call.idempotency_key, of, call.body)
    try:
        ticket = split_message(
            ports, call.agent, call.number, call.path["message"], call.body.subject,
            remembered=asked,
        )  # fmt: skip
    except AlreadyDone as done:
        ticket = ports.tickets.get(int(first_answer(done, asked)["number"]))
    return with_version(ticket, call.agent)


@endpoint(
    blueprint, "GET", "/v1/tickets/{number}/links",
    action=Action.READ_TICKET, answer=wire.LinkedTickets, problems=(404,),
)  # fmt: skip
def list_links(call: Call[None]) -> wire.LinkedTickets:
    """List the tickets that are linked to this one, and how far its children are."""
    ports = bootstrap.ports()
    ticket = ports.tickets.get(call.number)
    require_on_ticket(call.agent, Action.READ_TICKET, ticket.number, ticket.department_id)
    return _links(call, ticket)


@endpoint(
    blueprint, "POST", "/v1/tickets/{number}/links",
    action=Action.CHANGE_TICKET, body=wire.NewLink, answer=wire.LinkedTickets,
    problems=(404, 422),
)  # fmt: skip
def add_link(call: Call[wire.NewLink]) -> wire.LinkedTickets:
    """Link two tickets; both tell of it. Repeating it changes nothing."""
    link = Link(LinkKind(call.body.kind), call.body.number)
    return _links(call, link_tickets(bootstrap.ports(), call.agent, call.number, link))


@endpoint(
    blueprint, "DELETE", "/v1/tickets/{number}/links/{kind}/{other}",
    action=Action.CHANGE_TICKET, answer=wire.LinkedTickets, problems=(404,),
)  # fmt: skip
def remove_link(call: Call[None]) -> wire.LinkedTickets:
    """Take a link away from both tickets."""
    kind, other = call.path["kind"], call.path["other"]
    if kind not in set(LinkKind) or not other.isdecimal() or len(other) > 12:
        raise NotFound("Link", f"{kind} {other}")
    link = Link(LinkKind(kind), int(other))
    return _links(call, unlink_tickets(bootstrap.ports(), call.agent, call.number, link))


@endpoint(
    blueprint, "POST", "/v1/tickets/{number}/children/replies",
    action=Action.REPLY, body=wire.ChildrenReply, answer=wire.ChildrenAnswered,
    problems=(404, 422),
)  # fmt: skip
def reply_to_children(call: Call[wire.ChildrenReply]) -> wire.ChildrenAnswered:
    """Say the same in public on every child that is not solved yet, and solve it."""
    ports = bootstrap.ports()
    ticket = ports.tickets.get(call.number)
    require_on_ticket(call.agent, Action.REPLY, ticket.number, ticket.department_id)
    of = f"tickets/{call.number}/children/replies"
    done = answer_children(
        ports, call.agent, ticket, call.body.text,
        resolves=call.body.then == "resolve",
        remembered=remembered(call.agent.id, call.idempotency_key, of, call.body),
    )  # fmt: skip
    return wire.ChildrenAnswered(
        children=[
            wire.ChildAnswered(
                number=child.number,
                answered=child.error is None,
                problem=_told(child.error, call.language) if child.error else None,
            )
            for child in done
        ]
    )


def _told(error: DeskError, language: str) -> str:
    return told_in(language, joined(" ", (error.detail, error.advice)))


def _links(call: Call[wire.NewLink] | Call[None], ticket: Ticket) -> wire.LinkedTickets:
    found = list_linked(bootstrap.ports(), call.agent, ticket)
    return wire.LinkedTickets(
        links=[
            wire.LinkedTicket(
                kind=link.kind,
                number=other.number,
                subject=other.subject,
                status=other.status,
                label_id=other.label_id,
                department_id=other.department_id,
                assignee_id=other.assignee_id,
            )
            for link, other in found.links
        ],
        done=found.done,
        children=found.children,
    )
