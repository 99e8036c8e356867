"""Replies that wait: looked at, changed, taken back, sent before their time."""

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.access import Action
from chalicelib.domain.errors import StaleTicket
from chalicelib.domain.scheduled_reply import is_for_later
from chalicelib.routes import bodies
from chalicelib.routes.endpoint import Call, Reply, endpoint
from chalicelib.routes.schemas import tickets as wire
from chalicelib.routes.ticket_answers import added, required_version, stale
from chalicelib.usecases.attachments import name_of_upload
from chalicelib.usecases.scheduled_replies import (
    Edit,
    edit_scheduled_reply,
    read_scheduled_reply,
    send_now,
    take_back,
)

blueprint = Blueprint(__name__)
_ONE = "/v1/tickets/{number}/scheduled-replies/{scheduled}"


@endpoint(
    blueprint, "GET", _ONE,
    action=Action.READ_TICKET, answer=wire.ScheduledReplyBody, problems=(404,),
)  # fmt: skip
def read_one(call: Call[None]) -> wire.ScheduledReplyBody:
    """Read a reply that waits to be sent."""
    reply_id = call.path["scheduled"]
    found = read_scheduled_reply(bootstrap.ports(), call.agent, call.number, reply_id)
    return bodies.scheduled_body(found)


@endpoint(
    blueprint, "PATCH", _ONE,
    action=Action.REPLY, body=wire.ScheduledReplyChange, answer=wire.ScheduledReplyBody,
    needs_version=True, problems=(403, 404, 409, 422),
)  # fmt: skip
def change_one(call: Call[wire.ScheduledReplyChange]) -> Reply | wire.ScheduledReplyBody:
    """Change the words or the time of a reply that waits. If-Match is the ticket's version."""
    ports, body = bootstrap.ports(), call.body
    is_for_later(body.send_at, ports.clock.now())
    edit = Edit(
        version=body.version,
        based_on=required_version(call),
        text=body.text,
        send_at=body.send_at,
    )
    try:
        changed = edit_scheduled_reply(ports, call.agent, call.number, call.path["scheduled"], edit)
    except StaleTicket as error:
        return stale(call, error)
    return bodies.scheduled_body(changed)


@endpoint(
    blueprint, "DELETE", _ONE,
    action=Action.REPLY, answer=wire.TakenBack, problems=(403, 404),
)  # fmt: skip
def take_one_back(call: Call[None]) -> wire.TakenBack:
    """Take a reply back that waits; gives its words and files, to be written anew."""
    ports = bootstrap.ports()
    reply = take_back(ports, call.agent, call.number, call.path["scheduled"])
    return wire.TakenBack(
        reply=bodies.scheduled_body(reply),
        uploads=[name_of_upload(ports, file) for file in reply.attachments],
    )


@endpoint(
    blueprint, "POST", f"{_ONE}/send",
    action=Action.REPLY, answer=wire.MessageAdded, status=201,
    needs_version=True, problems=(403, 404, 409, 422),
)  # fmt: skip
def send_one_now(call: Call[None]) -> Reply:
    """Send a reply at once that waits or is held. A reply on stale content is refused."""
    try:
        ticket, message = send_now(
            bootstrap.ports(),
            call.agent,
            call.number,
            call.path["scheduled"],
            based_on=required_version(call),
        )
    except StaleTicket as error:
        return stale(call, error)
    return added(ticket, message, call.agent)
