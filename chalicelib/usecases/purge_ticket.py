"""A ticket that was thrown away and that nobody restored is gone for good."""

from chalicelib.domain.answers import FILE_OF_ANSWER
from chalicelib.domain.errors import NotFound, TicketNotFound
from chalicelib.domain.relations import LinkKind
from chalicelib.domain.ticket import Ticket
from chalicelib.usecases.ports import Ports

_SHARES = frozenset({LinkKind.SPLIT_FROM, LinkKind.SPLIT_INTO})


def purge_when_due(ports: Ports, number: int) -> bool:
    """Take a ticket away whose 30 days are over, with its words and files; safe to repeat.

    The ticket itself goes first, and only as it was read, so that nobody restores half of one. A
    job that died after that comes again, finds no ticket, and takes away what is left.

    Returns:
        Whether there is no such ticket any more.

    Raises:
        StaleTicket: it was changed meanwhile; the job comes again.
        Unavailable: not everything could be taken away; the job comes again.
    """
    try:
        ticket = ports.tickets.get(number)
    except TicketNotFound:
        _take_rest(ports, number, kept=frozenset())
        return True
    if ticket.gone_at is None or ticket.gone_at > ports.clock.now():
        return False
    # What was merged is part of it, and goes first: a job that dies finds the rest by this one.
    for merged in ticket.merged_from:
        _purge_merged(ports, merged)
    kept = _shared_files(ports, ticket)
    ports.tickets.remove(ticket)
    _take_rest(ports, number, kept)
    return True


def _purge_merged(ports: Ports, number: int) -> None:
    try:
        merged = ports.tickets.get(number)
    except TicketNotFound:
        return
    kept = _shared_files(ports, merged)
    ports.tickets.remove(merged)
    for further in merged.merged_from:
        _purge_merged(ports, further)
    _take_rest(ports, number, kept)


def _take_rest(ports: Ports, number: int, kept: frozenset[str]) -> None:
    """Files before the entries that name them."""
    for message in ports.tickets.list_messages(number):
        # A file of ready-made words is on many tickets, and is no ticket's own.
        own = (f for f in message.attachments if not f.id.startswith(FILE_OF_ANSWER))
        named = [file.key for file in own]
        named += [message.overflow_key] if message.overflow_key else []
        gone = [key for key in named if key not in kept]
        if gone:
            ports.files.remove(gone)
    ports.read_models.withdraw(number)
    ports.tickets.remove_entries(number)


def _shared_files(ports: Ports, ticket: Ticket) -> frozenset[str]:
    """Files that a message took along when it became a ticket of its own, or came with."""
    others = [link.number for link in ticket.links if link.kind in _SHARES]
    shared: set[str] = set()
    if not others:
        return frozenset()
    for message in ports.tickets.list_messages(ticket.number):
        for other in others:
            try:
                copy = ports.tickets.get_message(other, message.id)
            except NotFound:
                continue
            shared.update(file.key for file in copy.attachments)
            shared.update(filter(None, (copy.overflow_key,)))
    return frozenset(shared)
