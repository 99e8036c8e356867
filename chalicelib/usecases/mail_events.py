"""What SES tells of a mail that left: delivered, bounced, complained about."""

from chalicelib.domain.ticket import DeliveryState
from chalicelib.usecases.ports import Ports

STATES = {
    "Delivery": DeliveryState.DELIVERED,
    "Bounce": DeliveryState.BOUNCED,
    "Complaint": DeliveryState.COMPLAINED,
    "Reject": DeliveryState.FAILED,
}


def note_mail_event(ports: Ports, kind: str, ses_id: str) -> bool:
    """Note on the message what became of its mail; false when it concerns no message.

    Safe to repeat and in any order: a state never goes back.
    """
    state = STATES.get(kind)
    about = ports.mail_ledger.sent_mail(ses_id) if state else None
    if state is None or about is None or not about[1]:
        return False
    number, message_id = about
    ports.tickets.record_delivery(number, message_id, state, ses_id)
    return True
