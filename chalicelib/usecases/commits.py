"""From a decision to one write, and the loop that decides again when a race is lost."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from chalicelib.domain.assignment import load_changes
from chalicelib.domain.decisions import Decision, merged
from chalicelib.domain.desk import Desk
from chalicelib.domain.errors import LostRace, StaleTicket
from chalicelib.domain.scheduled_reply import ScheduledReply, kept_fresh
from chalicelib.domain.ticket import MessageKind, Ticket
from chalicelib.usecases.ports import Commit, Ports
from chalicelib.usecases.promises import completed, numbered, renewed

__all__ = [
    "commit_of",
    "completed_commit",
    "decide_until_written",
    "decide_with_scheduled",
    "numbered",
    "with_beside",
    "with_own_kept_fresh",
]

_ATTEMPTS = 8


def commit_of(before: Ticket | None, decision: Decision) -> Commit:
    """What is written for a decision: the next version, the entries, the loads."""
    version = before.version + 1 if before else 1
    after = replace(decision.ticket, version=version)
    if decision.message and decision.message.kind is not MessageKind.AUTOMATIC_REPLY:
        # A machine's words make nobody's reply stale.
        after = replace(after, content_version=version)
    return Commit(
        before=before,
        after=after,
        messages=((decision.message,) if decision.message else ()) + decision.said,
        events=decision.events,
        load_changes=load_changes(before, after),
    )


def with_beside(commit: Commit, other: Commit) -> Commit:
    """Two tickets in one write; the second is another one than the first."""
    changes = dict(commit.load_changes)
    for agent_id, change in other.load_changes.items():
        changes[agent_id] = changes.get(agent_id, 0) + change
    # DynamoDB takes one part per item in a transaction.
    loads = {agent_id: change for agent_id, change in changes.items() if change}
    return replace(commit, beside=other, load_changes=loads)


def completed_commit(ports: Ports, desk: Desk, renewal: Decision, decision: Decision) -> Commit:
    """What is written for a decision on a renewed ticket, with all that follows from it.

    Args:
        renewal: what ``renewed`` made of the ticket that was read.
        decision: taken on the ticket of the renewal.
    """
    both = numbered(ports.ids, merged(renewal, decision))
    return completed(ports, desk, commit_of(renewal.ticket, both))


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
    return _until_written(ports, lambda: (ports.tickets.get(number), ()), lambda t, _: decide(t))


def decide_with_scheduled(
    ports: Ports,
    number: int,
    decide: Callable[[Ticket, Sequence[ScheduledReply]], Commit | None],
) -> Ticket:
    """As ``decide_until_written``, with the replies that wait on the ticket, in as many calls.

    Raises:
        TicketNotFound: there is no such ticket.
        LostRace: others were faster every time.
    """
    return _until_written(ports, lambda: ports.scheduled_replies.get_with_ticket(number), decide)


def with_own_kept_fresh(commit: Commit, waiting: Sequence[ScheduledReply], agent_id: str) -> Commit:
    """An agent's own words do not make stale what he has waiting on the ticket.

    A reply that was stale before stays so, and the one that leaves by this commit is left alone.
    """
    seen = commit.before.content_version if commit.before else 0
    spent = commit.spent.id if commit.spent else ""
    own = [r for r in waiting if r.agent_id == agent_id and r.id != spent and not r.held]
    fresh = (kept_fresh(r, commit.after.version) for r in own if r.based_on >= seen)
    return replace(commit, kept_fresh=tuple(fresh))


def _until_written(
    ports: Ports,
    read: Callable[[], tuple[Ticket, Sequence[ScheduledReply]]],
    decide: Callable[[Ticket, Sequence[ScheduledReply]], Commit | None],
) -> Ticket:
    desk = ports.settings.desk()
    for _ in range(_ATTEMPTS):
        ticket, waiting = read()
        renewal = numbered(ports.ids, renewed(ports, desk, ticket))
        commit = decide(renewal.ticket, waiting)
        if commit is None and not renewal.changed:
            return ticket
        if commit is None:
            commit = commit_of(ticket, renewal)
        else:
            commit = replace(commit, events=renewal.events + commit.events)
        commit = completed(ports, desk, commit)
        try:
            ports.tickets.commit(commit)
        except (StaleTicket, LostRace):
            continue
        return commit.after
    raise LostRace
