"""A changed ticket moves its rows in the lists."""

from chalicelib.domain.desk import Desk
from chalicelib.domain.saved_views import all_rows
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.views import ViewRow
from chalicelib.usecases.ports import Ports


def project_ticket(ports: Ports, ticket: Ticket) -> bool:
    """Make the rows of the lists those of this state; false when a newer one was shown already.

    Safe to repeat and to call in any order: the newest version wins.
    """
    return ports.read_models.apply(ticket, rows_on(ports.settings.desk(), ticket))


def rows_on(desk: Desk, ticket: Ticket) -> frozenset[ViewRow]:
    """Every row that a ticket has on this desk."""
    return all_rows(ticket, desk.view_states.values(), desk.organisations)
