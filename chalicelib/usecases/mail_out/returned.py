"""A mail of ours came back, by SES's own news or as a mail: what follows for its address."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.ticket import DeliveryState
from chalicelib.usecases.mail_out.undelivered import Undelivered, note_undelivered
from chalicelib.usecases.ports import Ports, SuppressedAddress, SuppressionReason

_STRIKES = 3
"""A full mailbox or a server that is down passes; three within seven days are taken as for good."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One mail did not reach one address.

    Attributes:
        cause: the same for the same news, so that they count once.
        status: the mail server's own code (RFC 3463); may be empty.
        number: of the ticket it was about, 0 for none.
    """

    address: str
    cause: str
    status: str
    number: int
    at: datetime


def note_returned_mail(
    ports: Ports,
    number: int,
    message_id: str,
    address: str,
    *,
    permanent: bool,
    status: str,
    source: str,
) -> None:
    """A bounce, or a complaint, came as a mail: the ticket tells once, and an agent hears of it.

    Only what is permanent is held against the address. Anybody can write a bounce, and three of
    them must not silence a customer; what passes by itself SES counts with its own news.

    Args:
        message_id: the public reply that came back; empty when nobody can tell.
        source: bounce or complaint.

    Raises:
        LostRace, Unavailable: not now; safe to repeat.
    """
    complained = source == "complaint"
    if permanent:
        now = ports.clock.now()
        # Without the message, all that came back on one day are the same news.
        about = message_id or f"{now:%Y-%m-%d}"
        cause = f"returned:{source}:{number}:{about}:{address.casefold()}"
        reason = SuppressionReason.COMPLAINT if complained else SuppressionReason.BOUNCE
        suppress(ports, Failure(address, cause, status, number, now), reason)
    state = DeliveryState.COMPLAINED if complained else DeliveryState.BOUNCED
    note_undelivered(ports, Undelivered(number, message_id, address, state, str(state), status))


def suppress(ports: Ports, failure: Failure, reason: SuppressionReason) -> None:
    """From now on nothing goes to the address; safe to repeat."""
    ports.suppressions.suppress(
        SuppressedAddress(
            failure.address, reason, failure.at, detail=failure.status, number=failure.number
        ),
        failure.cause,
    )


def strike(ports: Ports, failure: Failure) -> None:
    """Count a failure that may pass; the third within seven days suppresses the address.

    Raises:
        LostRace: others counted at the same time, every time.
    """
    if ports.suppressions.strike(failure.address, failure.cause, failure.at) >= _STRIKES:
        suppress(ports, failure, SuppressionReason.BOUNCE)
