"""Merge a ticket into another, take two merged ones apart, and find which one stands for which."""

from dataclasses import replace

from chalicelib.domain.access import Action, require_on_ticket
from chalicelib.domain.decisions import (
    let_go,
    merged_away,
    require_mergeable,
    took_in,
    unmerged,
)
from chalicelib.domain.desk import Agent, Desk
from chalicelib.domain.errors import Fault, InvalidRequest, LostRace, StaleTicket
from chalicelib.domain.promises import terms_of
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.wording import words
from chalicelib.usecases.answer_ticket import actor_of
from chalicelib.usecases.commits import completed_commit, with_beside
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.promises import renewed

_ATTEMPTS = 8


def standing_for(ports: Ports, ticket: Ticket) -> Ticket:
    """The ticket that stands for this one: itself, unless it was merged. One call per merge.

    It always ends: a ticket that was merged takes none in, so the way never comes back.

    Raises:
        TicketNotFound: the one that stood for it is gone.
    """
    while ticket.merged_into:
        ticket = ports.tickets.get(ticket.merged_into)
    return ticket


def merge_tickets(ports: Ports, agent: Agent, number: int, into: int) -> Ticket:
    """Make one ticket part of another, and give that one. Safe to repeat.

    Both change in one write, each on the version that was read, so of two merges that would make a
    ring one is decided again and refused.

    Raises:
        TicketNotFound, NotAllowed: the agent may not, with one of the two.
        InvalidRequest: the two cannot be merged, and why.
        LostRace: others were faster every time.
    """
    desk = ports.settings.desk()
    for _ in range(_ATTEMPTS):
        source, target = _both(ports, agent, number, into)
        if source.merged_into == target.number:
            return target
        require_mergeable(source, target)
        _require_as_confidential(desk, source, target)
        ports.tickets.bring_messages(source.number, target.number)
        try:
            return _merge(ports, desk, agent, source, target)
        except (StaleTicket, LostRace):
            continue
    raise LostRace


def _require_as_confidential(desk: Desk, source: Ticket, target: Ticket) -> None:
    """Refuse to show what was said in a confidential department to those of another one."""
    if source.department_id == target.department_id:
        return
    if any(desk.is_confidential(each.department_id) for each in (source, target)):
        reason = words(
            "One of the two is confidential; move it to the department of the other first."
        )
        raise InvalidRequest(Fault("into", reason))


def _merge(ports: Ports, desk: Desk, agent: Agent, source: Ticket, target: Ticket) -> Ticket:
    actor, at = actor_of(agent), ports.clock.now()
    own, other = renewed(ports, desk, target), renewed(ports, desk, source)
    terms = terms_of(desk, own.ticket)
    kept = took_in(own.ticket, other.ticket, actor=actor, at=at, terms=terms)
    terms = terms_of(desk, other.ticket)
    gone = merged_away(other.ticket, own.ticket, actor=actor, at=at, terms=terms)
    commit = completed_commit(ports, desk, own, kept)
    # New words stand on the ticket: a reply to what was there before is stale.
    commit = replace(commit, after=replace(commit.after, content_version=commit.after.version))
    ports.tickets.commit(with_beside(commit, completed_commit(ports, desk, other, gone)))
    return commit.after


def unmerge_ticket(ports: Ports, agent: Agent, number: int) -> Ticket:
    """Let a merged ticket stand for itself again, and give it. Safe to repeat.

    What came to the other one meanwhile stays there.

    Raises:
        TicketNotFound, NotAllowed: the agent may not, with one of the two.
        InvalidRequest: it is not merged.
        LostRace: others were faster every time.
    """
    desk = ports.settings.desk()
    for _ in range(_ATTEMPTS):
        source = ports.tickets.get(number)
        require_on_ticket(agent, Action.CHANGE_TICKET, number, source.department_id)
        if not source.merged_into:
            unmerged(source, actor=actor_of(agent), at=ports.clock.now(), terms=None)
        source, target = _both(ports, agent, number, source.merged_into)
        actor, at = actor_of(agent), ports.clock.now()
        own, beside = renewed(ports, desk, source), renewed(ports, desk, target)
        terms = terms_of(desk, own.ticket)
        back = unmerged(own.ticket, actor=actor, at=at, terms=terms)
        rest = let_go(beside.ticket, own.ticket, actor=actor, at=at)
        commit = completed_commit(ports, desk, own, back)
        other = completed_commit(ports, desk, beside, rest)
        try:
            ports.tickets.commit(with_beside(commit, other))
        except (StaleTicket, LostRace):
            continue
        # Nobody sees the copies any more; taking them away may be late, or may never happen.
        ports.tickets.drop_messages(source.number, target.number)
        return commit.after
    raise LostRace


def _both(ports: Ports, agent: Agent, number: int, other: int) -> tuple[Ticket, Ticket]:
    """Two tickets that this agent may change."""
    return _changeable(ports, agent, number), _changeable(ports, agent, other)


def _changeable(ports: Ports, agent: Agent, number: int) -> Ticket:
    ticket = ports.tickets.get(number)
    require_on_ticket(agent, Action.CHANGE_TICKET, number, ticket.department_id)
    return ticket
