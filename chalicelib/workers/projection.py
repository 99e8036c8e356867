"""Projection jobs: a changed ticket moves its rows in the lists."""

from typing import Any

from chalicelib import bootstrap
from chalicelib.batches import Record, work_through
from chalicelib.usecases.jobs import ProjectTicket
from chalicelib.usecases.project_ticket import project_ticket


def handle(event: dict[str, Any]) -> dict[str, Any]:
    """Entry of the ``project`` function."""
    return work_through(event, _work, in_order=True)


def _work(record: Record) -> dict[str, object]:
    job = ProjectTicket.model_validate_json(record["body"])
    newer = project_ticket(bootstrap.ports(), bootstrap.ticket_of_image(job.image))
    outcome = "shown" if newer else "already shown"
    return {"job": job.kind, "ticket": job.number, "version": job.version, "outcome": outcome}
