"""Once a minute: who is due, who still waits for an owner, and who gets a digest."""

import logging

from chalicelib import bootstrap
from chalicelib.usecases.mail_out.digest import queue_digests
from chalicelib.usecases.release_tickets import sweep_absent_agents
from chalicelib.usecases.timers import sweep_due_tickets, sweep_waiting_tickets

log = logging.getLogger("chamado.sweep")


def handle() -> None:
    """Entry of the ``sweep`` function."""
    ports = bootstrap.ports()
    due = sweep_due_tickets(ports)
    waiting = sweep_waiting_tickets(ports)
    absent = sweep_absent_agents(ports)
    digests = queue_digests(ports)
    log.info(
        "sweep",
        extra={"due": due, "departments_waiting": waiting, "absent": absent, "digests": digests},
    )
