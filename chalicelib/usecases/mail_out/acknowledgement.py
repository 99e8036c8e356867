"""Automatic mails to the customer: that his request is here, and the steps that the desk tells of.

Each is within the limits of its address (``domain/automatic_mail.py``), and none goes to an address
that a mail only claims to be from.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.automatic_mail import PROVEN, Limits, limits_for
from chalicelib.domain.desk import Desk, PublicEvent
from chalicelib.domain.expectation import first_answer_of
from chalicelib.domain.letter import Letter, LetterKind
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import ActorKind, DeliveryState, EventKind, Message, Ticket
from chalicelib.usecases.jobs import TellOfEvent
from chalicelib.usecases.mail_out.letters import to_requester
from chalicelib.usecases.mail_out.sending import Outgoing, send_once
from chalicelib.usecases.ports import Ports

_THROWN_AWAY = frozenset({Status.SPAM, Status.DELETED})
_SETTLED = frozenset({Status.RESOLVED, Status.CLOSED})
_LOOKED_AT = 100

_STEPS = {
    PublicEvent.TICKET_ASSIGNED: LetterKind.STEP_ASSIGNED,
    PublicEvent.TICKET_RESOLVED: LetterKind.STEP_RESOLVED,
    PublicEvent.TICKET_REOPENED: LetterKind.STEP_REOPENED,
}


def acknowledge(
    ports: Ports, desk: Desk, ticket: Ticket, job: TellOfEvent, *, since: datetime
) -> None:
    """One mail per new ticket, unless the sender is a machine or a list, or an agent opened it."""
    wanted = PublicEvent.TICKET_CREATED in desk.mail_rules.public_events
    by_machine = job.after.get("acknowledge") == "no"
    put_away = ticket.status in _THROWN_AWAY
    if not wanted or by_machine or put_away or job.actor_kind != ActorKind.CUSTOMER:
        return
    mail = Outgoing(f"ack:{job.event_id}", ticket.requester.email, since, ticket.number)

    def limits() -> Limits | None:
        message = ports.tickets.get_message(ticket.number, job.message_id)
        return limits_for([message], ticket.requester.id)

    def letter() -> Letter:
        base = to_requester(ports, desk, ticket, LetterKind.ACKNOWLEDGEMENT, mail.key)
        return replace(base, facts=_expectation(desk, ticket))

    send_within_limits(ports, mail, limits, letter)


def public_event_of(job: TellOfEvent) -> PublicEvent | None:
    """Which step this is that a customer could be told of, besides a new ticket and replies."""
    if job.event_kind == EventKind.TICKET_ASSIGNED:
        return PublicEvent.TICKET_ASSIGNED
    if job.event_kind != EventKind.STATUS_CHANGED:
        return None
    before, after = job.before.get("status"), job.after.get("status")
    if {before, after} & _THROWN_AWAY:
        # Put away or restored: no step that a customer knows of.
        return None
    if after == Status.RESOLVED:
        # The words that resolved it have told him, and asked.
        return None if job.message_id else PublicEvent.TICKET_RESOLVED
    came_back = before in _SETTLED and after not in _SETTLED
    return PublicEvent.TICKET_REOPENED if came_back else None


def tell_step(
    ports: Ports, desk: Desk, ticket: Ticket, job: TellOfEvent, *, since: datetime
) -> None:
    """Tell the customer of a step where the desk is set so; never on a ticket thrown away."""
    step = public_event_of(job)
    if step not in desk.mail_rules.public_events or ticket.status in _THROWN_AWAY:
        return
    kind = _STEPS[step]
    owner = desk.agents.get(job.after.get("assignee", ""))
    if step is PublicEvent.TICKET_ASSIGNED and owner is None:
        return
    mail = Outgoing(f"step:{job.event_id}", ticket.requester.email, since, ticket.number)

    def limits() -> Limits | None:
        thread = ports.tickets.open_thread(ticket.number, limit=_LOOKED_AT)
        messages = [entry for entry in thread.entries if isinstance(entry, Message)]
        allowed = limits_for(messages, ticket.requester.id)
        # A person's step cannot be set off from outside, as an acknowledgement can.
        return PROVEN if allowed and job.actor_kind == ActorKind.AGENT else allowed

    def letter() -> Letter:
        base = to_requester(ports, desk, ticket, kind, mail.key)
        # Nothing else of the agent: the customer answers to the desk.
        return replace(base, facts={**base.facts, "agent": owner.name if owner else ""})

    send_within_limits(ports, mail, limits, letter)


def send_rules_words(
    ports: Ports, desk: Desk, ticket: Ticket, job: TellOfEvent, *, since: datetime
) -> None:
    """What a rule wrote leaves for the requester alone, as any automatic mail does.

    It was looked at when the rule acted; here the limits of the address are kept, and what became
    of the ticket since.
    """
    number, message_id = ticket.number, job.message_id
    mail = Outgoing(
        f"reply:{message_id}", ticket.requester.email, since, number, message_id,
        is_requesters=True,
    )  # fmt: skip

    def limits() -> Limits | None:
        thread = ports.tickets.open_thread(number, limit=_LOOKED_AT)
        said = [entry for entry in thread.entries if isinstance(entry, Message)]
        return limits_for(said, ticket.requester.id)

    def letter() -> Letter:
        base = to_requester(ports, desk, ticket, LetterKind.RULE_REPLY, mail.key)
        message = ports.tickets.get_message(number, message_id)
        return replace(base, message=message)

    left = ticket.status not in _THROWN_AWAY and send_within_limits(ports, mail, limits, letter)
    if not left:
        ports.tickets.record_delivery(number, message_id, DeliveryState.FAILED)


def send_within_limits(
    ports: Ports,
    mail: Outgoing,
    limits: Callable[[], Limits | None],
    letter: Callable[[], Letter],
) -> bool:
    """Send an automatic mail to the requester, as far as his address may get one more.

    False when it did not leave.

    Args:
        limits: what applies to the address, asked only when the mail may leave; None for an
            address that no machine may write to.
    """

    def within_limits() -> Letter | None:
        allowed, now = limits(), ports.clock.now()
        if allowed is None or not ports.mail_ledger.may_acknowledge(
            mail.address, mail.key, now, allowed
        ):
            return None
        return letter()

    return send_once(ports, mail, within_limits)


def _expectation(desk: Desk, ticket: Ticket) -> dict[str, str]:
    """When an answer can be expected, in business minutes; empty without a promise."""
    facts = {"number": str(ticket.number)}
    promised = first_answer_of(desk, ticket)
    if promised:
        facts["expectation"] = str(promised.minutes)
        facts["workday_minutes"] = str(promised.workday_minutes)
    return facts
