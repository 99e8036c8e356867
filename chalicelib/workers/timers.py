"""Timer jobs: a ticket or a waiting reply whose time has come decides again."""

from typing import Any

from chalicelib import bootstrap
from chalicelib.batches import Record, work_through
from chalicelib.usecases.jobs import TIMER_JOBS, KeepBreaches, RefreshTickets, SendScheduledReply
from chalicelib.usecases.purge_ticket import purge_when_due
from chalicelib.usecases.refresh_tickets import refresh_tickets
from chalicelib.usecases.report_breaches import keep_breaches
from chalicelib.usecases.scheduled_replies import send_when_due
from chalicelib.usecases.timers import wake_ticket


def handle(event: dict[str, Any]) -> dict[str, Any]:
    """Entry of the ``wake`` function."""
    return work_through(event, _work)


def _work(record: Record) -> dict[str, object]:
    ports, job = bootstrap.ports(), TIMER_JOBS.validate_json(record["body"])
    if isinstance(job, RefreshTickets):
        changed = refresh_tickets(ports, job)
        return {"job": job.kind, "department": job.department_id, "changed": changed}
    said: dict[str, object] = {"job": job.kind, "ticket": job.number}
    if isinstance(job, KeepBreaches):
        return {**said, "breaches": keep_breaches(ports, job.number), "outcome": "done"}
    if isinstance(job, SendScheduledReply):
        return {**said, "outcome": send_when_due(ports, job.number, job.reply_id)}
    if purge_when_due(ports, job.number):
        return {**said, "outcome": "gone"}
    wake_ticket(ports, job.number)
    return {**said, "outcome": "done"}
