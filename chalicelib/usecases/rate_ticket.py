"""What a customer does with the question how our help was: look at it, answer, change his mind."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.decisions import rated, takes_rating
from chalicelib.domain.errors import InvalidLink, TicketNotFound
from chalicelib.domain.satisfaction import Rating
from chalicelib.domain.ticket import Actor, ActorKind, Ticket
from chalicelib.domain.tokens import Capability, read_rating_token
from chalicelib.usecases.commits import commit_of, decide_until_written, numbered
from chalicelib.usecases.ports import Commit, Ports


@dataclass(frozen=True, slots=True)
class RatingPage:
    """The question, and what was answered so far.

    Attributes:
        is_open: whether it can be answered, or the answer be changed, now.
        until: until when.
    """

    ticket: Ticket
    is_open: bool
    until: datetime


def look_at_rating(ports: Ports, token: str) -> RatingPage:
    """What the link in the mail leads to. One call; changes nothing, for scanners follow links.

    Raises:
        InvalidLink: forged, revoked, or of a ticket that is gone or was never asked about.
    """
    granted = read_rating_token(token, ports.secrets.keyring())
    try:
        ticket = ports.tickets.get(granted.number)
    except TicketNotFound as error:
        raise InvalidLink from error
    return _page(ports, granted, ticket)


def rate_ticket(ports: Ports, token: str, rating: Rating, comment: str) -> RatingPage:
    """Take the customer's answer. Safe to repeat; too late it changes nothing.

    Raises:
        InvalidLink: as in ``look_at_rating``.
        LostRace: others were faster every time.
    """
    granted = read_rating_token(token, ports.secrets.keyring())
    desk = ports.settings.desk()

    def decide(ticket: Ticket) -> Commit | None:
        _check(granted, ticket)
        at = ports.clock.now()
        if not takes_rating(desk, ticket, at):
            return None
        person = Actor(ActorKind.CUSTOMER, ticket.requester.id, ticket.requester.name)
        decision = rated(ticket, rating, comment, actor=person, at=at)
        return commit_of(ticket, numbered(ports.ids, decision)) if decision.changed else None

    try:
        ticket = decide_until_written(ports, granted.number, decide)
    except TicketNotFound as error:
        raise InvalidLink from error
    return _page(ports, granted, ticket)


def _page(ports: Ports, granted: Capability, ticket: Ticket) -> RatingPage:
    _check(granted, ticket)
    desk, asked_at = ports.settings.desk(), ticket.satisfaction.asked_at
    if asked_at is None:
        raise InvalidLink
    is_open = takes_rating(desk, ticket, ports.clock.now())
    return RatingPage(ticket, is_open, desk.satisfaction_rules.ends_at(asked_at))


def _check(granted: Capability, ticket: Ticket) -> None:
    known = granted.is_for(ticket.requester.id) and granted.epoch == ticket.link_epoch
    if not known or ticket.put_away_at or ticket.is_internal or ticket.merged_into:
        raise InvalidLink
