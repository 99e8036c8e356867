"""Agents by mail: their answers to notifications, and mails that they pass on.

An answer goes to the customer, or stays inside, as the notification said. Both need the signed
address of that notification and a sender who is proved; a From header alone makes nobody an agent.
"""

from dataclasses import replace

from chalicelib.domain.access import Action, require_on_ticket
from chalicelib.domain.decisions import Decision, merged, note_added
from chalicelib.domain.desk import Agent
from chalicelib.domain.errors import (
    InvalidLink,
    InvalidTransition,
    LostRace,
    NotAllowed,
    StaleTicket,
    TicketNotFound,
)
from chalicelib.domain.inbound_mail import ForwardedMail
from chalicelib.domain.judgement import SuspensionReason
from chalicelib.domain.ticket import (
    Actor,
    Channel,
    DeliveryState,
    Event,
    EventKind,
    Message,
    MessageKind,
    Ticket,
)
from chalicelib.domain.tokens import (
    MAX_SEEN,
    AgentCapability,
    name_key,
    read_agent_token,
    without_tokens,
)
from chalicelib.html.text import html_to_text
from chalicelib.usecases.answer_ticket import actor_of, reply_decision
from chalicelib.usecases.commits import completed_commit, numbered
from chalicelib.usecases.mail_in.arrival import Arrival, Outcome
from chalicelib.usecases.mail_in.content import store_attachments
from chalicelib.usecases.merge_tickets import standing_for
from chalicelib.usecases.open_ticket import NewTicket, open_ticket
from chalicelib.usecases.ports import Commit
from chalicelib.usecases.promises import renewed

_ATTEMPTS = 8
STALE, CLOSED, UNCLEAR = "stale", "closed", "unclear"


def agents_token(arrival: Arrival) -> AgentCapability | None:
    """What the signed address of an agent's notification opens."""
    for address in arrival.addresses:
        _, plus, token = address.partition("@")[0].partition("+")
        if not plus:
            continue
        try:
            return read_agent_token(token, arrival.ports.secrets.keyring())
        except InvalidLink:
            continue
    return None


def answer(arrival: Arrival, granted: AgentCapability) -> Outcome:
    """An agent answered a notification.

    Raises:
        AlreadyDone: this mail was taken before.
        LostRace: others were faster every time; the job comes again.
    """
    agent = arrival.desk.agent_by_email(arrival.mail.from_address)
    is_proved = arrival.is_authenticated or arrival.released is not None
    if agent is None or granted.person != name_key(agent.id) or not is_proved:
        return arrival.suspend(SuspensionReason.UNVERIFIED_AGENT)
    for _ in range(_ATTEMPTS):
        try:
            ticket = arrival.ports.tickets.get(granted.number)
            if ticket.merged_into:
                ticket = standing_for(arrival.ports, ticket)
                # He has not seen what stands there.
                granted = replace(granted, as_note=True)
            commit = _answered(arrival, granted, agent, ticket)
            arrival.ports.tickets.commit(commit)
        except (TicketNotFound, NotAllowed):
            return arrival.suspend(SuspensionReason.UNVERIFIED_AGENT)
        except InvalidTransition as error:
            return arrival.suspend(SuspensionReason.NOT_POSSIBLE, detail=error.status)
        except (StaleTicket, LostRace):
            continue
        kind = commit.messages[0].kind
        what = "message" if kind is MessageKind.PUBLIC_REPLY else "note"
        return Outcome(what, commit.after.number)
    raise LostRace


def _answered(arrival: Arrival, granted: AgentCapability, agent: Agent, ticket: Ticket) -> Commit:
    """The answer as the notification said, or as a note with the reason why it did not leave.

    What a person let in stays inside in any case: nobody has proved who wrote it.
    """
    renewal = renewed(arrival.ports, arrival.desk, ticket)
    ticket = renewal.ticket
    as_note = granted.as_note or arrival.released is not None
    reason = "" if as_note else _reason_to_keep(arrival, granted, ticket)
    decision: Decision | None = None
    if not as_note and not reason:
        require_on_ticket(agent, Action.REPLY, ticket.number, ticket.department_id)
        message = _message(arrival, agent, MessageKind.PUBLIC_REPLY)
        try:
            decision = reply_decision(arrival.desk, ticket, agent, message, resolves=False)
        except InvalidTransition:
            reason = CLOSED
    if decision is None:
        require_on_ticket(agent, Action.WRITE_NOTE, ticket.number, ticket.department_id)
        decision = _noted(ticket, _message(arrival, agent, MessageKind.INTERNAL_NOTE), reason)
    return arrival.on_ledger(completed_commit(arrival.ports, arrival.desk, renewal, decision))


def _reason_to_keep(arrival: Arrival, granted: AgentCapability, ticket: Ticket) -> str:
    """Why an answer must not go to the customer; empty when it may.

    Somebody said something that the agent had not seen; or the mail holds words of our own
    notification, so that nobody can tell where the agent's end.
    """
    if granted.seen < MAX_SEEN and granted.seen < ticket.content_version:
        return STALE
    if arrival.ports.addresses.console() in (arrival.mail.reply_text or arrival.mail.text):
        return UNCLEAR
    return ""


def _noted(ticket: Ticket, message: Message, reason: str) -> Decision:
    noted = note_added(ticket, message)
    if not reason:
        return noted
    kept = Event(
        EventKind.AGENT_MAIL_KEPT_AS_NOTE, message.author, message.created_at,
        after={"reason": reason}, message_id=message.id,
    )  # fmt: skip
    return merged(noted, Decision(noted.ticket, (kept,)))


def _message(arrival: Arrival, agent: Agent, kind: MessageKind) -> Message:
    """The agent's own words as plain text: his mail's HTML holds what he quotes."""
    message = arrival.message(kind, actor_of(agent))
    leaves = kind is MessageKind.PUBLIC_REPLY
    files = tuple(file for file in message.attachments if not file.content_id)
    return replace(
        message,
        html="",
        full_text="" if leaves else message.full_text,
        attachments=files,
        copied=(),
        delivery=DeliveryState.QUEUED if leaves else None,
    )


def open_for_sender(arrival: Arrival, agent: Agent, forwarded: ForwardedMail) -> Outcome:
    """An agent passed a customer's mail on: a ticket of that customer, whom nobody has proved.

    What the agent wrote above it is an internal note. The customer hears of it with the first
    answer: an acknowledgement would go to an address that stands in a text.
    """
    ports, actor = arrival.ports, actor_of(agent)
    mailbox = arrival.mailbox
    text = forwarded.text or html_to_text(forwarded.html_clean)
    wanted = NewTicket(
        name=forwarded.name or forwarded.address.partition("@")[0],
        email=forwarded.address,
        subject=forwarded.subject[:250] or arrival.mail.subject[:250] or "(no subject)",
        text=without_tokens(text),
        channel=Channel.MAIL,
        department_id=mailbox.department_id,
        mailbox_id=mailbox.id,
        html=without_tokens(forwarded.html_clean),
        attachments=store_attachments(ports, arrival.delivery, arrival.mail),
        verified=False,
        opened_by=actor,
        facts={"forwarded_by": agent.id},
    )

    def complete(commit: Commit) -> Commit:
        return _with_note(arrival, arrival.on_ledger(commit), forwarded.note, actor)

    return Outcome("ticket", open_ticket(ports, wanted, complete=complete).number)


def _with_note(arrival: Arrival, commit: Commit, text: str, actor: Actor) -> Commit:
    if not text.strip():
        return commit
    note = Message(
        id=arrival.ports.ids.new(),
        kind=MessageKind.INTERNAL_NOTE,
        author=actor,
        channel=Channel.MAIL,
        text=without_tokens(text),
        html="",
        created_at=commit.after.updated_at,
    )
    noted = numbered(arrival.ports.ids, note_added(commit.after, note))
    return replace(
        commit,
        after=noted.ticket,
        messages=(*commit.messages, note),
        events=(*commit.events, *noted.events),
    )
