"""The question how our help was leaves, once for each ticket."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.automatic_mail import limits_for
from chalicelib.domain.decisions import not_asked
from chalicelib.domain.desk import Desk
from chalicelib.domain.errors import TicketNotFound
from chalicelib.domain.letter import Letter, LetterKind
from chalicelib.domain.satisfaction import NotAsked
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Message, Ticket
from chalicelib.domain.tokens import capability, rating_token
from chalicelib.usecases.commits import commit_of, decide_until_written, numbered
from chalicelib.usecases.jobs import TellOfEvent
from chalicelib.usecases.mail_out.letters import to_requester
from chalicelib.usecases.mail_out.sending import Outgoing, send_once
from chalicelib.usecases.ports import Commit, Ports

_LOOKED_AT = 100
_SETTLED = frozenset({Status.RESOLVED, Status.CLOSED})


def ask_for_rating(
    ports: Ports,
    desk: Desk,
    ticket: Ticket,
    job: TellOfEvent,
    *,
    since: datetime,
) -> None:
    """Ask the requester, unless the ticket came back meanwhile, or another stands for it.

    A question that does not leave is told of on the ticket, which counts as not asked then.
    """
    if ticket.satisfaction.asked_at is None:
        return
    mail = Outgoing(f"rating:{job.event_id}", ticket.requester.email, since, ticket.number)

    def letter() -> Letter | None:
        why = _why_not(ports, ticket, mail)
        if why:
            # Told before the key of the mail is spent: a death in between keeps nothing silent.
            _not_asked(ports, ticket.number, why)
            return None
        granted = capability(ticket.number, ticket.requester.id, ticket.link_epoch)
        page = ports.addresses.rating_page(rating_token(granted, ports.secrets.keyring()))
        base = to_requester(ports, desk, ticket, LetterKind.SATISFACTION, mail.key)
        return replace(base, page_url=page)

    if not send_once(ports, mail, letter):
        _not_asked(ports, ticket.number, NotAsked.NO_MAIL)


def _why_not(ports: Ports, ticket: Ticket, mail: Outgoing) -> NotAsked | None:
    """What is in the question's way now; where nothing is, it is counted with its address."""
    if ticket.status not in _SETTLED or ticket.merged_into:
        return NotAsked.CAME_BACK
    thread = ports.tickets.open_thread(ticket.number, limit=_LOOKED_AT)
    messages = [entry for entry in thread.entries if isinstance(entry, Message)]
    allowed, now = limits_for(messages, ticket.requester.id), ports.clock.now()
    if allowed is None:
        return NotAsked.NO_MAIL
    may_go = ports.mail_ledger.may_acknowledge(mail.address, mail.key, now, allowed)
    return None if may_go else NotAsked.TOO_MANY


def _not_asked(ports: Ports, number: int, why: NotAsked) -> None:
    """Note it on the ticket, once, whatever is noted first."""

    def decide(ticket: Ticket) -> Commit | None:
        decision = not_asked(ticket, why, ports.clock.now())
        return commit_of(ticket, numbered(ports.ids, decision)) if decision.changed else None

    with suppress(TicketNotFound):
        decide_until_written(ports, number, decide)
