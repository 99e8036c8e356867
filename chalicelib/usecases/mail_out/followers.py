"""What a customer wrote is passed on to the other people of the ticket."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.desk import Desk
from chalicelib.domain.letter import Letter, LetterKind
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Channel, Message, MessageKind, Ticket
from chalicelib.domain.tokens import name_key
from chalicelib.usecases.jobs import TellOfEvent
from chalicelib.usecases.mail_out.enclosures import enclosed
from chalicelib.usecases.mail_out.letters import to_participant, to_requester
from chalicelib.usecases.mail_out.people import followers, written_by
from chalicelib.usecases.mail_out.sending import Outgoing, send_once
from chalicelib.usecases.ports import Ports

_PASSED_ON = frozenset({Channel.MAIL, Channel.PORTAL})
_THROWN_AWAY = frozenset({Status.SPAM, Status.DELETED})


def pass_on(ports: Ports, desk: Desk, ticket: Ticket, job: TellOfEvent, *, since: datetime) -> None:
    """Send a customer's message to whoever takes part and has not got it from himself.

    Not where its sender is in doubt: we would lend a forger our name. Nothing of what was said
    before goes along.
    """
    joined = followers(desk, ticket)
    if not joined or ticket.status in _THROWN_AWAY:
        return
    message = ports.tickets.get_message(ticket.number, job.message_id)
    is_passed_on = message.verified and message.channel in _PASSED_ON
    if message.kind is not MessageKind.CUSTOMER_MESSAGE or not is_passed_on:
        return
    everybody = (ticket.requester.email, *joined)
    knows = {address.casefold() for address in (written_by(ticket, message), *message.copied)}
    for address in everybody:
        if address.casefold() not in knows:
            key = f"copy:{message.id}:{name_key(address)}"
            mail = Outgoing(key, address, since, ticket.number)
            send_once(ports, mail, _copy(ports, desk, ticket, mail, message))


def _copy(
    ports: Ports, desk: Desk, ticket: Ticket, mail: Outgoing, message: Message
) -> Callable[[], Letter]:
    def letter() -> Letter:
        kind = LetterKind.FOLLOWER_COPY
        if mail.address == ticket.requester.email:
            base = to_requester(ports, desk, ticket, kind, mail.key)
        else:
            base = to_participant(ports, desk, ticket, mail.address, kind, mail.key)

        def link(file_id: str) -> str:
            page = base.page_url
            return f"{page}/files/{message.id}/{file_id}" if page else ""

        files, oversized = enclosed(ports, message, link)
        return replace(
            base,
            message=message,
            files=files,
            oversized=oversized,
            from_name=message.author.name,
            everybody=(ticket.requester.email, *followers(desk, ticket)),
        )

    return letter
