"""What is said on a ticket: replies at once or later, notes, and the files in them."""

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.access import Action, require, require_on_ticket
from chalicelib.domain.errors import (
    Fault,
    InvalidRequest,
    InvalidTransition,
    NotFound,
    StaleTicket,
)
from chalicelib.domain.scheduled_reply import is_for_later
from chalicelib.domain.ticket import Channel, MessageKind
from chalicelib.domain.wording import words
from chalicelib.routes.endpoint import Call, Reply, endpoint
from chalicelib.routes.idempotency import first_answer, remembered
from chalicelib.routes.schemas import tickets as wire
from chalicelib.routes.ticket_answers import added, required_version, stale, waiting, with_version
from chalicelib.usecases.answer_ticket import Answer, add_note, reply_in_public, tick_item
from chalicelib.usecases.attachments import download_link
from chalicelib.usecases.ports import AlreadyDone, Remembered
from chalicelib.usecases.scheduled_replies import schedule_reply

blueprint = Blueprint(__name__)


@endpoint(
    blueprint, "POST", "/v1/tickets/{number}/messages",
    action=Action.WRITE_NOTE, body=wire.NewMessage, answer=wire.MessageAdded, status=201,
    needs_version=True, problems=(403, 404, 409, 422),
)  # fmt: skip
def write_message(call: Call[wire.NewMessage]) -> Reply:
    """Reply to the customer, at once or later, or leave a note. A reply on stale content is refused.

    202 tells that the reply waits for its time.
    """
    ports, body = bootstrap.ports(), call.body
    if body.kind is MessageKind.PUBLIC_REPLY:
        require(call.agent, Action.REPLY)
    _require_fitting(body)
    asked = remembered(call.agent.id, call.idempotency_key, f"tickets/{call.number}/messages", body)
    try:
        return _written(call, asked)
    except AlreadyDone as done:
        return _answered_before(call, first_answer(done, asked))
    except (StaleTicket, InvalidTransition) as error:
        # The first try of this very request may be what made the ticket newer.
        known = ports.tickets.find_remembered(asked.client, asked.key) if asked else None
        if known:
            return _answered_before(call, first_answer(AlreadyDone(known), asked))
        if isinstance(error, StaleTicket):
            return stale(call, error)
        raise


@endpoint(
    blueprint, "PUT", "/v1/tickets/{number}/messages/{message}/items/{item}",
    action=Action.WRITE_NOTE, body=wire.Tick, answer=wire.TicketBody, problems=(404, 422),
)  # fmt: skip
def tick_an_item(call: Call[wire.Tick]) -> Reply:
    """Tick an item of a note off, or take the tick away."""
    ports, item = bootstrap.ports(), call.path["item"]
    ticket = ports.tickets.get(call.number)
    require_on_ticket(call.agent, Action.WRITE_NOTE, ticket.number, ticket.department_id)
    if not item.isdecimal() or len(item) > 3:
        raise NotFound("Item", item)
    changed = tick_item(
        ports, call.agent, call.number, call.path["message"], int(item), done=call.body.done
    )
    return with_version(changed, call.agent)


@endpoint(
    blueprint, "GET", "/v1/tickets/{number}/messages/{message}/attachments/{attachment}",
    action=Action.READ_TICKET, answer=wire.AttachmentLink, problems=(404,),
)  # fmt: skip
def read_attachment(call: Call[None]) -> wire.AttachmentLink:
    """Get a short-lived address from which a file can be downloaded."""
    ports = bootstrap.ports()
    ticket = ports.tickets.get(call.number)
    require_on_ticket(call.agent, Action.READ_TICKET, ticket.number, ticket.department_id)
    message = ports.tickets.get_message(ticket.number, call.path["message"])
    url, expires_at = download_link(ports, message, call.path["attachment"])
    return wire.AttachmentLink(url=url, expires_at=expires_at)


def _require_fitting(body: wire.NewMessage) -> None:
    """A note leaves at once, and a reply is no contact elsewhere."""
    if body.kind is MessageKind.INTERNAL_NOTE and body.send_at:
        raise InvalidRequest(Fault("send_at", words("Only a reply can be sent later.")))
    if body.kind is MessageKind.PUBLIC_REPLY and body.contact:
        raise InvalidRequest(Fault("contact", words("Write a contact elsewhere down as a note.")))
    if body.kind is MessageKind.PUBLIC_REPLY:
        for name in ("items", "mentions", "remind_at"):
            if getattr(body, name):
                raise InvalidRequest(Fault(name, words("Only a note can have this.")))


def _written(call: Call[wire.NewMessage], asked: Remembered | None) -> Reply:
    ports, body = bootstrap.ports(), call.body
    is_reply = body.kind is MessageKind.PUBLIC_REPLY
    answer = Answer(
        number=call.number,
        text=body.text,
        uploads=tuple(body.uploads),
        resolves=is_reply and body.then == "resolve",
        based_on=required_version(call) if is_reply else None,
        channel=Channel(body.contact or Channel.CONSOLE),
        items=tuple(body.items),
        mentions=tuple(body.mentions),
        remind_at=body.remind_at,
    )
    if not is_reply:
        return added(*add_note(ports, call.agent, answer, asked), call.agent)
    if body.send_at and is_for_later(body.send_at, ports.clock.now()):
        kept = schedule_reply(ports, call.agent, answer, body.send_at, asked)
        return waiting(*kept, call.agent)
    return added(*reply_in_public(ports, call.agent, answer, asked), call.agent)


def _answered_before(call: Call[wire.NewMessage], answer: dict[str, str]) -> Reply:
    ports = bootstrap.ports()
    ticket = ports.tickets.get(call.number)
    if "scheduled" in answer:
        reply = ports.scheduled_replies.find(call.number, answer["scheduled"])
        return waiting(ticket, reply, call.agent)
    message = ports.tickets.get_message(call.number, answer["message"])
    return added(ticket, message, call.agent)
