"""A changed ticket moves its rows in the lists."""

from chalicelib.domain.ticket import Ticket
from chalicelib.domain.views import rows_of
from chalicelib.usecases.ports import Ports


def project_ticket(ports: Ports, ticket: Ticket) -> bool:
    """Make the rows of the lists those of this state; false when a newer one was shown already.

    Safe to repeat and to call in any order: the newest version wins.
    """
    return ports.read_models.apply(ticket, rows_of(ticket))
