"""The question how our help was leaves, once for each ticket."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.automatic_mail import Limits, limits_for
from chalicelib.domain.desk import Desk
from chalicelib.domain.letter import Letter, LetterKind
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Message, Ticket
from chalicelib.domain.tokens import capability, rating_token
from chalicelib.usecases.jobs import TellOfEvent
from chalicelib.usecases.mail_out.acknowledgement import send_within_limits
from chalicelib.usecases.mail_out.letters import to_requester
from chalicelib.usecases.mail_out.sending import Outgoing
from chalicelib.usecases.ports import Ports

_LOOKED_AT = 100
_SETTLED = frozenset({Status.RESOLVED, Status.CLOSED})


def ask_for_rating(
    ports: Ports,
    desk: Desk,
    ticket: Ticket,
    job: TellOfEvent,  # noqa: ARG001 - every teller takes the job
    *,
    since: datetime,
) -> None:
    """Ask the requester, unless the ticket came back meanwhile, or another stands for it."""
    if ticket.status not in _SETTLED or ticket.merged_into:
        return
    mail = Outgoing(f"rating:{ticket.number}", ticket.requester.email, since, ticket.number)

    def limits() -> Limits | None:
        thread = ports.tickets.open_thread(ticket.number, limit=_LOOKED_AT)
        messages = [entry for entry in thread.entries if isinstance(entry, Message)]
        return limits_for(messages, ticket.requester.id)

    def letter() -> Letter:
        granted = capability(ticket.number, ticket.requester.id, ticket.link_epoch)
        page = ports.addresses.rating_page(rating_token(granted, ports.secrets.keyring()))
        base = to_requester(ports, desk, ticket, LetterKind.SATISFACTION, mail.key)
        return replace(base, page_url=page)

    send_within_limits(ports, mail, limits, letter)
