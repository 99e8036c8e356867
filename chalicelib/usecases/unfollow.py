"""Somebody who takes part in a ticket leaves it by the link in a mail."""

from dataclasses import dataclass

from chalicelib.domain.decisions import participants_set
from chalicelib.domain.errors import InvalidLink, TicketNotFound
from chalicelib.domain.ticket import Actor, ActorKind, Ticket
from chalicelib.domain.tokens import Capability, name_key, read_unfollow_token
from chalicelib.usecases.commits import commit_of, decide_until_written, numbered
from chalicelib.usecases.ports import Commit, Ports


@dataclass(frozen=True, slots=True)
class Following:
    """Which ticket somebody would leave: its number, and the language to talk in."""

    number: int
    language: str


def look_at_unfollow(ports: Ports, token: str) -> Following:
    """What the link would do; changes nothing, for scanners of mail follow every link. One call.

    The link works as long as the ticket is there, whatever became of its other links: who wants to
    be left alone must never be told that he came too late.

    Raises:
        InvalidLink: it is not one that we made, or the ticket is gone.
    """
    granted = read_unfollow_token(token, ports.secrets.keyring())
    try:
        ticket = ports.tickets.get(granted.number)
    except TicketNotFound as error:
        raise InvalidLink from error
    return Following(ticket.number, ticket.language)


def unfollow(ports: Ports, token: str) -> Following:
    """The person of this link takes part no more. Safe to repeat.

    Raises:
        InvalidLink: it is not one that we made, or the ticket is gone.
        LostRace: others were faster every time.
    """
    granted = read_unfollow_token(token, ports.secrets.keyring())

    def decide(ticket: Ticket) -> Commit | None:
        leaving = _of(ticket, granted)
        if not leaving:
            return None
        staying = [address for address in ticket.participants if address != leaving]
        actor = Actor(ActorKind.CUSTOMER, leaving, leaving)
        decision = participants_set(ticket, staying, actor=actor, at=ports.clock.now())
        return commit_of(ticket, numbered(ports.ids, decision))

    try:
        ticket = decide_until_written(ports, granted.number, decide)
    except TicketNotFound as error:
        raise InvalidLink from error
    return Following(ticket.number, ticket.language)


def _of(ticket: Ticket, granted: Capability) -> str:
    """The address that the link was made for; empty when it takes part no more."""
    return next((a for a in ticket.participants if name_key(a) == granted.person), "")
