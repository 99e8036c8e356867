"""What agents are told of: in the console, by mail that they can answer, or both."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.desk import Agent, Desk, NoticeChannel, NoticeKind
from chalicelib.domain.letter import Letter, LetterKind
from chalicelib.domain.ticket import EventKind, Message, MessageKind, Priority, Ticket
from chalicelib.usecases.jobs import TellOfEvent
from chalicelib.usecases.mail_out.letters import to_agent
from chalicelib.usecases.mail_out.sending import Outgoing, send_once
from chalicelib.usecases.ports import Notice, Ports

_LOOKED_AT = 20
_NAMED = frozenset(
    {
        EventKind.SCHEDULED_REPLY_HELD,
        EventKind.AGENT_MENTIONED,
        EventKind.REMINDER_DUE,
        EventKind.SATISFACTION_RATED,
    }
)
_NEVER_UNSEEN = frozenset({EventKind.MAIL_NOT_DELIVERED, EventKind.RESOLUTION_HELD_BACK})
_FACTS = ("comment", "lacking", "target", "due_at", "address", "reason", "status")
_BY_RULES = frozenset(
    {EventKind.TARGET_BREACHED, EventKind.TIME_RULE_ACTED, EventKind.EVENT_RULE_ACTED}
)


@dataclass(frozen=True, slots=True)
class _Telling:
    """How one kind of event is told.

    Attributes:
        as_note: whether an answer to the mail stays inside.
        shows_message: whether the customer's words stand in the mail, so that one can answer.
        is_about_own: it is told to the agent whose doing it was, and to nobody else.
    """

    notice: NoticeKind
    letter: LetterKind
    as_note: bool = True
    shows_message: bool = False
    is_about_own: bool = False


_TOLD = {
    EventKind.TICKET_ASSIGNED: _Telling(
        NoticeKind.ASSIGNED, LetterKind.AGENT_ASSIGNED, as_note=False, shows_message=True
    ),
    EventKind.CUSTOMER_MESSAGE_RECEIVED: _Telling(
        NoticeKind.CUSTOMER_WROTE, LetterKind.AGENT_CUSTOMER_WROTE, as_note=False,
        shows_message=True,
    ),
    EventKind.SOLUTION_REFUSED: _Telling(
        NoticeKind.CUSTOMER_WROTE, LetterKind.AGENT_CUSTOMER_WROTE, as_note=False,
        shows_message=True,
    ),
    EventKind.AGENT_MENTIONED: _Telling(NoticeKind.MENTIONED, LetterKind.AGENT_MENTIONED),
    EventKind.REMINDER_DUE: _Telling(
        NoticeKind.REMINDER, LetterKind.AGENT_REMINDED, is_about_own=True
    ),
    EventKind.SATISFACTION_RATED: _Telling(
        NoticeKind.RATED_BADLY, LetterKind.AGENT_RATED_BADLY
    ),
    EventKind.TARGET_AT_RISK: _Telling(NoticeKind.AT_RISK, LetterKind.AGENT_AT_RISK),
    EventKind.TARGET_BREACHED: _Telling(NoticeKind.BREACHED, LetterKind.AGENT_BREACHED),
    EventKind.TIME_RULE_ACTED: _Telling(NoticeKind.TIME_RULE, LetterKind.AGENT_TIME_RULE),
    EventKind.RESOLUTION_HELD_BACK: _Telling(NoticeKind.TIME_RULE, LetterKind.AGENT_TIME_RULE),
    EventKind.EVENT_RULE_ACTED: _Telling(NoticeKind.TIME_RULE, LetterKind.AGENT_TIME_RULE),
    EventKind.MAIL_NOT_DELIVERED: _Telling(
        NoticeKind.NOT_DELIVERED, LetterKind.AGENT_NOT_DELIVERED
    ),
    EventKind.AGENT_MAIL_KEPT_AS_NOTE: _Telling(
        NoticeKind.ANSWER_KEPT, LetterKind.AGENT_ANSWER_KEPT, is_about_own=True
    ),
    EventKind.SCHEDULED_REPLY_HELD: _Telling(
        NoticeKind.SCHEDULED_HELD, LetterKind.AGENT_SCHEDULED_HELD, is_about_own=True
    ),
}  # fmt: skip


def tell_agents(
    ports: Ports, desk: Desk, ticket: Ticket, job: TellOfEvent, *, since: datetime
) -> None:
    """Tell those whom an event concerns, each by the ways that he chose."""
    telling = _TOLD.get(EventKind(job.event_kind))
    if telling is None:
        return
    for agent in _concerned(desk, ticket, job):
        if agent.id == job.actor_id and not telling.is_about_own:
            continue
        if ticket.department_id in agent.hidden_departments:
            # It went where he cannot see it since.
            continue
        channels = agent.notices.get(telling.notice, ())
        # In the console everybody sees what became of his own words, whatever he chose.
        # A digest is made of what stands in the console unread.
        at = ports.clock.now()
        waits = NoticeChannel.MAIL in channels and _is_quiet(agent, ticket, at)
        shown = {NoticeChannel.IN_APP, NoticeChannel.DIGEST} & set(channels)
        if shown or waits or telling.is_about_own:
            ports.notices.add(
                Notice(job.event_id, agent.id, telling.notice, ticket.number, ticket.subject, at)
            )
        if NoticeChannel.MAIL in channels and not waits:
            _mail(ports, desk, ticket, agent, telling, job, since)


def _is_quiet(agent: Agent, ticket: Ticket, at: datetime) -> bool:
    """Whether a mail would come in the agent's quiet hours: then the digest after them has it."""
    quiet = agent.quiet_hours
    if quiet is None or (quiet.urgent_passes and ticket.priority is Priority.URGENT):
        return False
    return quiet.cover(at)


def _concerned(desk: Desk, ticket: Ticket, job: TellOfEvent) -> Iterable[Agent]:
    """Who is told: the new owner, the owner, whose doing it was, or the supervisors."""
    kind = EventKind(job.event_kind)
    if kind in _BY_RULES:
        return _named(desk, ticket, job)
    agent_id = ticket.assignee_id
    if kind is EventKind.TICKET_ASSIGNED:
        agent_id = job.after.get("assignee", "")
    elif kind is EventKind.AGENT_MAIL_KEPT_AS_NOTE:
        agent_id = job.actor_id
    elif kind in _NAMED:
        agent_id = job.after.get("agent", "")
    owner = desk.agents.get(agent_id)
    if owner and owner.is_active:
        return (owner,)
    # What waits for a person must not stay unseen because nobody has the ticket.
    return desk.supervisors(ticket.department_id) if kind in _NEVER_UNSEEN else ()


def _named(desk: Desk, ticket: Ticket, job: TellOfEvent) -> Iterable[Agent]:
    """Whom the rule names. An escalated ticket has another owner, or none, by the time of this."""
    # Jobs of an earlier release name nobody: then it was always the supervisors.
    notify = job.after.get("notify", "supervisor").split(",")
    found: dict[str, Agent] = {}
    owner = desk.agents.get(job.after.get("assignee", ticket.assignee_id))
    if "assignee" in notify and owner and owner.is_active:
        found[owner.id] = owner
    if "supervisor" in notify:
        department_id = job.after.get("department", ticket.department_id)
        found |= {agent.id: agent for agent in desk.supervisors(department_id)}
    for name in notify:
        kind, _, wanted = name.partition(":")
        if kind == "agent" and wanted in desk.agents and desk.agents[wanted].is_active:
            found[wanted] = desk.agents[wanted]
        elif kind == "department":
            found |= {agent.id: agent for agent in desk.members(wanted)}
    return found.values()


def _mail(
    ports: Ports,
    desk: Desk,
    ticket: Ticket,
    agent: Agent,
    telling: _Telling,
    job: TellOfEvent,
    since: datetime,
) -> None:
    key = f"{telling.letter}:{job.event_id}:{agent.id}"

    def letter() -> Letter:
        shown = _shown(ports, ticket, job) if telling.shows_message else None
        base = to_agent(
            ports, desk, ticket, agent, telling.letter, key,
            as_note=telling.as_note, seen=_seen(ticket, shown if job.message_id else None),
        )  # fmt: skip
        facts = {name: job.after[name] for name in _FACTS if name in job.after}
        return replace(base, message=shown, facts={**base.facts, **facts})

    send_once(ports, Outgoing(key, agent.email, since), letter)


def _shown(ports: Ports, ticket: Ticket, job: TellOfEvent) -> Message | None:
    """What the customer said: the message that this is about, else his newest."""
    if job.message_id:
        return ports.tickets.get_message(ticket.number, job.message_id)
    thread = ports.tickets.open_thread(ticket.number, limit=_LOOKED_AT)
    said = [entry for entry in thread.entries if isinstance(entry, Message)]
    of_customer = [m for m in said if m.kind is MessageKind.CUSTOMER_MESSAGE]
    return of_customer[-1] if of_customer else None


def _seen(ticket: Ticket, shown: Message | None) -> int:
    """The content version that the mail tells of.

    When something was said in public after the message that the mail is about, an answer to it is
    stale from the start: the version before this one stands for that.
    """
    last = ticket.last_message_at
    if shown and last and last > shown.created_at:
        return max(ticket.content_version - 1, 0)
    return ticket.content_version
