"""A mail that SES stored becomes a message on the ticket it answers, or a new ticket.

The raw mail is stored before this starts and stays. Whatever happens, the mail ends as a message,
a note on what became of a mail of ours, a suspended mail, or in the dead-letter queue; a second
delivery ends as nothing. How each kind of mail is dealt with is in ``mail_in``.
"""

from dataclasses import replace

from chalicelib.domain.delivery import Delivery
from chalicelib.domain.inbound_mail import InboundMail
from chalicelib.domain.judgement import SuspensionReason, reason_to_keep_out, tallies_of
from chalicelib.usecases.mail_in import agents, customers, forwarding, machines
from chalicelib.usecases.mail_in.arrival import Arrival, Outcome, receipt_of, references_of
from chalicelib.usecases.ports import AlreadyDone, MailContext, Ports, SuspendedMail

__all__ = ["Outcome", "receive_mail"]


def receive_mail(
    ports: Ports,
    delivery: Delivery,
    mail: InboundMail,
    size: int,
    released: SuspendedMail | None = None,
) -> Outcome:
    """Let a mail in, three calls that wait for each other. Safe to repeat.

    Args:
        size: bytes of the raw mail.
        released: the entry by which a person lets in what was kept out. His word stands above
            every judgement of the mail, but nobody is proved by it.
    """
    now = ports.clock.now()
    desk = ports.settings.desk()
    receipt, tallies = receipt_of(delivery, mail), tallies_of(mail, now)
    nothing = MailContext(seen=False, known_references={}, contact=None)
    arrival = Arrival(ports, desk, delivery, mail, size, now, receipt, tallies, nothing, released)
    if released is None:
        if forwarding.note_arrival(arrival):
            return Outcome("check")
        reason = reason_to_keep_out(mail, delivery, desk, instance=ports.addresses.desk_url)
        if reason:
            return arrival.suspend(reason)
    context = ports.customers.mail_context(
        receipt, references_of(mail), mail.from_address, (tallies.tickets, tallies.copies)
    )
    if context.seen and released is None:
        return Outcome("repeated")
    try:
        return _place(replace(arrival, context=context))
    except AlreadyDone:
        return Outcome("repeated")


def _place(arrival: Arrival) -> Outcome:
    """Each kind of mail to whoever knows what to do with it."""
    mail = arrival.mail
    if (mail.is_bounce or mail.is_auto_reply) and arrival.released is None:
        return machines.attach(arrival)
    agent = arrival.desk.agent_by_email(mail.from_address)
    granted = agents.agents_token(arrival)
    if granted and (agent or arrival.released is None):
        return agents.answer(arrival, granted)
    if agent and arrival.released is None and not arrival.is_authenticated:
        # A From header makes nobody an agent, and what an agent says is believed.
        return arrival.suspend(SuspensionReason.UNVERIFIED_AGENT)
    if agent and mail.forwarded and arrival.is_authenticated:
        return agents.open_for_sender(arrival, agent, mail.forwarded)
    return customers.join_or_open(arrival)
