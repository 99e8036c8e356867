"""A mail of ours did not arrive: noted on the ticket, which stays as it is."""

from datetime import datetime

from chalicelib.domain.decisions.decision import Decision
from chalicelib.domain.ticket import SYSTEM, Event, EventKind, Ticket


def mail_not_delivered(
    ticket: Ticket, message_id: str, address: str, *, reason: str, status: str, at: datetime
) -> Decision:
    """A public reply did not reach one of its people, on a ticket in any status.

    The status stays and so does what was said: whoever is writing an answer need not look again.

    Args:
        reason: bounced, complained, rejected, refused, suppressed or expired.
        status: the mail server's own code (RFC 3463) or why the address is suppressed; may be
            empty.
    """
    after = {"address": address, "reason": reason, "status": status}
    event = Event(EventKind.MAIL_NOT_DELIVERED, SYSTEM, at, {}, after, message_id)
    return Decision(ticket, (event,))
