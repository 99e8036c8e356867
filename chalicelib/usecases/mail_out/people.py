"""Who takes part in a ticket and gets its public mails."""

from chalicelib.domain.desk import Desk
from chalicelib.domain.ticket import Message, Ticket


def followers(desk: Desk, ticket: Ticket) -> tuple[str, ...]:
    """Addresses besides the requester's; never one of the desk's own, for that would be a loop."""
    own = ticket.requester.email.casefold()
    return tuple(
        address
        for address in ticket.participants
        if address.casefold() != own and not desk.is_own_address(address)
    )


def written_by(ticket: Ticket, message: Message) -> str:
    """The address of whoever wrote a customer's message."""
    is_requester = message.author.id == ticket.requester.id
    return ticket.requester.email if is_requester else message.author.id
