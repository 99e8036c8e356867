"""Timer jobs: a ticket whose time has come decides again."""

from typing import Any

from chalicelib import bootstrap
from chalicelib.batches import Record, work_through
from chalicelib.domain.errors import TicketNotFound
from chalicelib.usecases.jobs import WakeTicket
from chalicelib.usecases.timers import wake_ticket


def handle(event: dict[str, Any]) -> dict[str, Any]:
    """Entry of the ``wake`` function."""
    return work_through(event, _work)


def _work(record: Record) -> dict[str, object]:
    job = WakeTicket.model_validate_json(record["body"])
    try:
        wake_ticket(bootstrap.ports(), job.number)
    except TicketNotFound:
        return {"job": job.kind, "ticket": job.number, "outcome": "gone"}
    return {"job": job.kind, "ticket": job.number, "outcome": "done"}
