"""The one way out for a mail: each leaves once, and a mail that cannot leave now waits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.errors import MailRefused, Throttled, Unavailable
from chalicelib.domain.letter import Letter
from chalicelib.domain.retrying import is_given_up
from chalicelib.domain.ticket import DeliveryState
from chalicelib.usecases.mail_out.undelivered import Undelivered, note_undelivered
from chalicelib.usecases.ports import Clearance, Ports

LEASE_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One mail to one person, before it is written.

    Attributes:
        key: made from the event and the recipient; what has the same key is the same mail.
        since: when what it tells of happened; after a day nobody tries any more.
        number: of the ticket that answers to it belong to, 0 for none.
        message_id: the public reply that it carries; only then the ticket tells what became of it.
        is_requesters: the message's own delivery state follows this mail.
    """

    key: str
    address: str
    since: datetime
    number: int = 0
    message_id: str = ""
    is_requesters: bool = False


def send_once(ports: Ports, mail: Outgoing, letter: Callable[[], Letter | None]) -> bool:
    """Send this mail unless it left already; false when it is not to leave at all.

    Args:
        letter: writes it, when it may leave; None when there is nothing to send after all.

    Raises:
        Throttled: SES takes it later.
        Unavailable: nobody knows whether it left, or another worker is at it; once the lease of
            two minutes ran out, it is sent again.
        LostRace: somebody else was faster at the same things every time.
    """
    begun = ports.mail_ledger.begin_sending(
        mail.key, mail.address, ports.clock.now(), lease_seconds=LEASE_SECONDS
    )
    if begun is Clearance.BUSY:
        reason = "Another worker is sending this mail, or died while it did."
        raise Unavailable(reason)
    if begun is Clearance.SUPPRESSED:
        _not_delivered(ports, mail, DeliveryState.SUPPRESSED, "suppressed")
        return False
    if begun is Clearance.GRANTED:
        written = letter()
        if written is None:
            ports.mail_ledger.finish_sending(mail.key, "", 0, "")
            return False
        return _send(ports, mail, written)
    _tell_again(ports, mail)
    return True


def _tell_again(ports: Ports, mail: Outgoing) -> None:
    """It left before; the worker may have died before the ticket was told. Safe to repeat."""
    ses_id = ports.mail_ledger.left_as(mail.key) if mail.is_requesters else ""
    if ses_id:
        state = DeliveryState.SENT
        ports.tickets.record_delivery(mail.number, mail.message_id, state, ses_id)


def _send(ports: Ports, mail: Outgoing, letter: Letter) -> bool:
    try:
        ses_id = ports.mail_sender.send(
            ports.composer.compose(letter), sender=letter.from_address, recipient=letter.to_address
        )
    except MailRefused:
        _give_up(ports, mail, "refused")
        return False
    except Unavailable as error:
        if is_given_up(mail.since, ports.clock.now()):
            _give_up(ports, mail, "expired")
            return False
        if isinstance(error, Throttled):
            # Without this the next attempt would find our own lease in its way.
            ports.mail_ledger.give_back(mail.key, ports.clock.now())
        raise
    ports.mail_ledger.finish_sending(mail.key, ses_id, mail.number, mail.message_id, letter.own_id)
    if mail.is_requesters:
        state = DeliveryState.SENT
        ports.tickets.record_delivery(mail.number, mail.message_id, state, ses_id)
    return True


def _give_up(ports: Ports, mail: Outgoing, reason: str) -> None:
    """It never leaves: the ticket tells first, so that no death in between keeps it silent."""
    _not_delivered(ports, mail, DeliveryState.FAILED, reason)
    ports.mail_ledger.finish_sending(mail.key, "", mail.number, mail.message_id)


def _not_delivered(ports: Ports, mail: Outgoing, state: DeliveryState, reason: str) -> None:
    if mail.message_id:
        note_undelivered(
            ports, Undelivered(mail.number, mail.message_id, mail.address, state, reason)
        )
