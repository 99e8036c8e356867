"""An agent replies in public, or leaves an internal note."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.access import Action, may, require_on_ticket
from chalicelib.domain.assignment import is_waiting_for_agent
from chalicelib.domain.decisions import (
    Decision,
    agent_replied,
    assigned,
    item_ticked,
    merged,
    note_added,
    solved_by_words,
    status_moved,
)
from chalicelib.domain.desk import Agent, Desk
from chalicelib.domain.errors import Fault, InvalidRequest, StaleTicket
from chalicelib.domain.note_extras import named_in
from chalicelib.domain.promises import terms_of
from chalicelib.domain.scheduled_reply import ScheduledReply
from chalicelib.domain.status import Cause
from chalicelib.domain.ticket import (
    Actor,
    ActorKind,
    Channel,
    DeliveryState,
    Message,
    MessageKind,
    Ticket,
)
from chalicelib.domain.wording import words
from chalicelib.usecases.attachments import claim_uploads
from chalicelib.usecases.commits import (
    commit_of,
    decide_until_written,
    decide_with_scheduled,
    numbered,
    with_own_kept_fresh,
)
from chalicelib.usecases.ports import Commit, Ports, Remembered
from chalicelib.usecases.ticket_form import require_resolvable


@dataclass(frozen=True, slots=True)
class Answer:
    """What an agent writes.

    Attributes:
        resolves: the ticket is resolved with this reply.
        based_on: version that the agent had before his eyes; None only for internal notes.
        channel: one of ``EXTERNAL_CHANNELS`` for a note of what was said elsewhere.
        items, mentions, remind_at: of a note, what is to be done, the ids of colleagues who are
            called in besides those behind an @ in the text, and when its author is told again.
        waited: the scheduled reply that these words were, which leaves with them.
    """

    number: int
    text: str
    uploads: Sequence[str] = ()
    resolves: bool = False
    based_on: int | None = None
    channel: Channel = Channel.CONSOLE
    waited: ScheduledReply | None = None
    items: Sequence[str] = ()
    mentions: Sequence[str] = ()
    remind_at: datetime | None = None


def actor_of(agent: Agent) -> Actor:
    """The agent as the history names him."""
    return Actor(ActorKind.AGENT, agent.id, agent.name)


def reply_in_public(
    ports: Ports, agent: Agent, answer: Answer, remembered: Remembered | None = None
) -> tuple[Ticket, Message]:
    """Answer the customer: two calls that wait for each other. The mail follows by itself.

    A ticket without an owner becomes the answering agent's. A change of owner or priority meanwhile
    does not make the words stale, a message does.

    Raises:
        TicketNotFound, NotAllowed: the agent may not.
        StaleTicket: something was said since the version that the agent saw.
        InvalidTransition: the ticket is closed, spam or deleted.
        ScheduledReplyGone: the words had waited, and left or were taken back meanwhile.
    """
    desk = ports.settings.desk()
    message = _message(ports, agent, answer, MessageKind.PUBLIC_REPLY)

    def decide(ticket: Ticket, waiting: Sequence[ScheduledReply]) -> Commit:
        require_on_ticket(agent, Action.REPLY, ticket.number, ticket.department_id)
        require_fresh(ticket, answer.based_on)
        decision = reply_decision(desk, ticket, agent, message, resolves=answer.resolves)
        commit = commit_of(ticket, numbered(ports.ids, decision))
        remembers = _answered(remembered, message)
        commit = replace(commit, remembered=remembers, spent=answer.waited)
        return with_own_kept_fresh(commit, waiting, agent.id)

    return decide_with_scheduled(ports, answer.number, decide), message


def require_fresh(ticket: Ticket, based_on: int | None) -> None:
    """Let pass words whose author knew all that was said.

    Raises:
        StaleTicket: something was said since that version.
    """
    if based_on is not None and based_on < ticket.content_version:
        raise StaleTicket(ticket.number, based_on, ticket.version)


def reply_decision(
    desk: Desk, ticket: Ticket, agent: Agent, message: Message, *, resolves: bool
) -> Decision:
    """What an agent's public words do to a ticket: one without an owner becomes his.

    Raises:
        InvalidTransition: the ticket is closed, spam or deleted.
        InvalidRequest: it cannot be resolved yet, or is internal.
    """
    terms = terms_of(desk, ticket)
    actor = message.author
    decision = agent_replied(ticket, message, terms)
    if resolves:
        require_resolvable(desk, ticket)
        resolved = status_moved(
            decision.ticket, Cause.RESOLVED, actor=actor, at=message.created_at, terms=terms
        )
        decision = solved_by_words(merged(decision, resolved), message)
    if takes_ticket(agent, ticket):
        owned = assigned(decision.ticket, agent.id, actor=actor, at=message.created_at)
        decision = merged(decision, owned)
    return decision


def takes_ticket(agent: Agent, ticket: Ticket) -> bool:
    """Whether a ticket without an owner becomes the one's who answers it; no key owns tickets."""
    is_his = agent.is_person and ticket.department_id in agent.departments
    return is_his and is_waiting_for_agent(ticket)


def add_note(
    ports: Ports, agent: Agent, answer: Answer, remembered: Remembered | None = None
) -> tuple[Ticket, Message]:
    """Leave a note for colleagues. Notes commute, so a lost race is decided again.

    Raises:
        TicketNotFound, NotAllowed: the agent may not.
        InvalidTransition: the ticket is closed or deleted.
        InvalidRequest: a colleague who is called in cannot see the ticket, or the time has passed.
    """
    desk = ports.settings.desk()
    message = replace(
        _message(ports, agent, answer, MessageKind.INTERNAL_NOTE),
        items=tuple(answer.items),
        mentions=tuple(dict.fromkeys((*answer.mentions, *named_in(answer.text, desk.agents)))),
    )

    def decide(ticket: Ticket, waiting: Sequence[ScheduledReply]) -> Commit:
        require_on_ticket(agent, Action.WRITE_NOTE, ticket.number, ticket.department_id)
        _require_they_see(desk, ticket, message.mentions)
        noted = note_added(ticket, message, remind_at=answer.remind_at)
        commit = commit_of(ticket, numbered(ports.ids, noted))
        commit = replace(commit, remembered=_answered(remembered, message))
        return with_own_kept_fresh(commit, waiting, agent.id)

    return decide_with_scheduled(ports, answer.number, decide), message


def tick_item(
    ports: Ports, agent: Agent, number: int, message_id: str, index: int, *, done: bool
) -> Ticket:
    """Tick an item of a note off, or take the tick away. Safe to repeat.

    Raises:
        TicketNotFound, NotAllowed, NotFound: the agent may not, or there is no such note.
        InvalidRequest: the note has no such item.
    """
    message = ports.tickets.get_message(number, message_id)

    def decide(ticket: Ticket) -> Commit | None:
        require_on_ticket(agent, Action.WRITE_NOTE, ticket.number, ticket.department_id)
        actor, at = actor_of(agent), ports.clock.now()
        decision = item_ticked(ticket, message, index, done=done, actor=actor, at=at)
        return commit_of(ticket, numbered(ports.ids, decision)) if decision.changed else None

    return decide_until_written(ports, number, decide)


def _require_they_see(desk: Desk, ticket: Ticket, mentions: Sequence[str]) -> None:
    """Calling somebody in gives him no right to the ticket: who has none is not called."""
    for name in mentions:
        known = desk.agents.get(name)
        if known is None or not may(known, Action.READ_TICKET, ticket.department_id):
            who = known.name if known else name
            reason = words(
                "{who} cannot see this ticket; move it to a department of theirs first.", who=who
            )
            raise InvalidRequest(Fault("mentions", reason))


def _message(ports: Ports, agent: Agent, answer: Answer, kind: MessageKind) -> Message:
    leaves = kind is MessageKind.PUBLIC_REPLY
    kept = answer.waited.attachments if answer.waited else ()
    return Message(
        id=ports.ids.new(),
        kind=kind,
        author=actor_of(agent),
        channel=answer.channel,
        text=answer.text,
        html="",
        created_at=ports.clock.now(),
        attachments=kept + claim_uploads(ports, answer.uploads),
        delivery=DeliveryState.QUEUED if leaves else None,
    )


def _answered(remembered: Remembered | None, message: Message) -> Remembered | None:
    return replace(remembered, answer={"message": message.id}) if remembered else None
