"""Mail that no person wrote: bounces go to the mail that came back, notices to their ticket.

Neither is ever answered, and neither reopens anything (RFC 3834, RFC 3464).
"""

from chalicelib.domain.decisions import machine_wrote
from chalicelib.domain.errors import LostRace, NotFound, StaleTicket, TicketNotFound
from chalicelib.domain.judgement import SuspensionReason
from chalicelib.domain.ticket import MessageKind, Ticket
from chalicelib.usecases.commits import commit_of, numbered
from chalicelib.usecases.mail_in.arrival import Arrival, Outcome, references_of
from chalicelib.usecases.mail_in.customers import author_of, customers_token
from chalicelib.usecases.mail_out.returned import note_returned_mail
from chalicelib.usecases.merge_tickets import standing_for

_ATTEMPTS = 8
_OWN_REPLY = "chamado.reply."


def attach(arrival: Arrival) -> Outcome:
    """Put a machine's mail where it belongs, or keep it out.

    Raises:
        AlreadyDone: it was taken before.
        LostRace: others were faster every time; the job comes again.
    """
    is_bounce = arrival.mail.is_bounce
    ticket = _ticket_of(arrival)
    if ticket is None:
        reason = SuspensionReason.BOUNCE if is_bounce else SuspensionReason.AUTOMATIC
        return arrival.suspend(reason, detail=arrival.mail.bounce_status)
    return _bounced(arrival, ticket) if is_bounce else _answered(arrival, ticket)


def _ticket_of(arrival: Arrival) -> Ticket | None:
    """The ticket whose mail this machine answers: by our ids, or by the signed address."""
    known = arrival.context.known_references
    number = next((known[i] for i in references_of(arrival.mail) if i in known), None)
    if number is None:
        granted = customers_token(arrival)
        number = granted.number if granted else None
    if number is None:
        return None
    try:
        return standing_for(arrival.ports, arrival.ports.tickets.get(number))
    except TicketNotFound:
        return None


def _bounced(arrival: Arrival, ticket: Ticket) -> Outcome:
    """Show on the ticket that a mail did not arrive.

    Anybody can write a bounce: only one about a person of the ticket says that he is not reached;
    what it says of somebody else is shown and counts for nothing.
    """
    mail = arrival.mail
    named = mail.bounced_recipient or ""
    is_ours = bool(named) and ticket.has_participant(named)
    note_returned_mail(
        arrival.ports,
        ticket.number,
        _returned_message(arrival, ticket),
        named if is_ours else ticket.requester.email,
        permanent=is_ours and (mail.is_complaint or mail.bounce_status.startswith("5")),
        status=mail.bounce_status,
        source="complaint" if mail.is_complaint else "bounce",
    )
    arrival.ports.mail_intake.note_taken(arrival.receipt, ticket.number, arrival.now)
    return Outcome("bounce", ticket.number)


def _returned_message(arrival: Arrival, ticket: Ticket) -> str:
    """Which reply came back; empty for an automatic mail, or when nobody can tell."""
    for reference in references_of(arrival.mail):
        if reference.casefold().startswith(_OWN_REPLY):
            found = reference[len(_OWN_REPLY) :].partition("@")[0].partition(".")[0].upper()
            if _is_message(arrival, ticket, found):
                return found
        about = arrival.ports.mail_ledger.sent_mail(reference)
        if about and about.number == ticket.number:
            return about.message_id
    return ""


def _is_message(arrival: Arrival, ticket: Ticket, message_id: str) -> bool:
    try:
        arrival.ports.tickets.get_message(ticket.number, message_id)
    except NotFound:
        return False
    return True


def _answered(arrival: Arrival, ticket: Ticket) -> Outcome:
    """A vacation notice from a person of the ticket; anybody else's stays out."""
    if ticket.is_internal or not ticket.has_participant(arrival.mail.from_address):
        return arrival.suspend(SuspensionReason.AUTOMATIC)
    reason = arrival.reason_to_hold(is_new=False)
    if reason:
        return arrival.suspend(reason)
    for _ in range(_ATTEMPTS):
        message = arrival.message(MessageKind.AUTOMATIC_REPLY, author_of(arrival, ticket))
        decision = numbered(arrival.ports.ids, machine_wrote(ticket, message))
        try:
            arrival.ports.tickets.commit(arrival.on_ledger(commit_of(ticket, decision)))
        except (StaleTicket, LostRace):
            ticket = standing_for(arrival.ports, arrival.ports.tickets.get(ticket.number))
            continue
        return Outcome("automatic", ticket.number)
    raise LostRace
