"""A public reply did not reach one of its people: the ticket tells, once each."""

from contextlib import suppress
from dataclasses import dataclass, replace

from chalicelib.domain.decisions.undelivered import mail_not_delivered
from chalicelib.domain.errors import NotFound
from chalicelib.domain.ticket import DeliveryState, Ticket
from chalicelib.domain.tokens import name_key
from chalicelib.usecases.commits import commit_of, decide_until_written, numbered
from chalicelib.usecases.ports import AlreadyDone, Commit, MailReceipt, Ports


@dataclass(frozen=True, slots=True)
class Undelivered:
    """What did not arrive, and why.

    Attributes:
        message_id: the public reply; empty when nobody can tell which mail it was.
        state: what the message's own state becomes, when the address is the requester's.
        reason: bounced, complained, rejected, refused, suppressed or expired.
        status: the mail server's own code (RFC 3463); may be empty.
    """

    number: int
    message_id: str
    address: str
    state: DeliveryState
    reason: str
    status: str = ""


def note_undelivered(ports: Ports, what: Undelivered) -> None:
    """Note it on message and ticket; the stream then tells an agent.

    Once for each message and address, however often and in whatever words the news comes. Nothing
    where the ticket or the message is gone.

    Raises:
        LostRace, Unavailable: not now; safe to repeat.
    """

    def decide(ticket: Ticket) -> Commit:
        decision = mail_not_delivered(
            ticket,
            what.message_id,
            what.address,
            reason=what.reason,
            status=what.status,
            at=ports.clock.now(),
        )
        commit = commit_of(ticket, numbered(ports.ids, decision))
        return replace(commit, receipt=_once(what))

    with suppress(NotFound):
        ticket = ports.tickets.get(what.number)
        is_requesters = what.address.casefold() == ticket.requester.email.casefold()
        if is_requesters and what.message_id:
            ports.tickets.record_delivery(what.number, what.message_id, what.state)
        with suppress(AlreadyDone):
            decide_until_written(ports, what.number, decide)


def _once(what: Undelivered) -> MailReceipt:
    """What keeps a second bounce, or the same one by another way, from being told again."""
    about = f"{what.number}:{what.message_id}:{name_key(what.address)}"
    return MailReceipt("", f"undelivered:{about}")
