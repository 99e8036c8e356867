"""From a decision to one write, and the loop that decides again when a race is lost."""

from collections.abc import Callable
from dataclasses import replace

from chalicelib.domain.assignment import load_changes
from chalicelib.domain.decisions import Decision
from chalicelib.domain.errors import LostRace, StaleTicket
from chalicelib.domain.ticket import Ticket
from chalicelib.usecases.ports import Commit, Ids, Ports

_ATTEMPTS = 8


def numbered(ids: Ids, decision: Decision) -> Decision:
    """The decision with an id for every event; the message has one already."""
    events = tuple(replace(event, id=ids.new()) for event in decision.events)
    return replace(decision, events=events)


def commit_of(before: Ticket | None, decision: Decision) -> Commit:
    """What is written for a decision: the next version, the entries, the loads."""
    version = before.version + 1 if before else 1
    after = replace(decision.ticket, version=version)
    if decision.message:
        after = replace(after, content_version=version)
    return Commit(
        before=before,
        after=after,
        messages=(decision.message,) if decision.message else (),
        events=decision.events,
        load_changes=load_changes(before, after),
    )


def merged(first: Decision, second: Decision) -> Decision:
    """Two decisions, the second taken on the first's ticket, as one."""
    return Decision(second.ticket, first.events + second.events, first.message or second.message)


def decide_until_written(
    ports: Ports, number: int, decide: Callable[[Ticket], Commit | None]
) -> Ticket:
    """Read, decide, write; when somebody was faster, read and decide again.

    For intentions that hold on any state: mails, timers, jobs. A person's edit is not one of them;
    it says which version it was based on and is refused when that is gone.

    Raises:
        TicketNotFound: there is no such ticket.
        LostRace: others were faster every time.
    """
    for _ in range(_ATTEMPTS):
        ticket = ports.tickets.get(number)
        commit = decide(ticket)
        if commit is None:
            return ticket
        try:
            ports.tickets.commit(commit)
        except (StaleTicket, LostRace):
            continue
        return commit.after
    raise LostRace
