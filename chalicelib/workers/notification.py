"""Notification jobs: mails and notices leave."""

from typing import Any

from chalicelib import bootstrap
from chalicelib.batches import Record, work_through
from chalicelib.usecases.contacts import regroup_tickets
from chalicelib.usecases.jobs import (
    NOTIFICATION,
    NOTIFICATION_JOBS,
    RegroupTickets,
    SendDigest,
    SendForwardingCheck,
    TellMembers,
    TellOfEvent,
)
from chalicelib.usecases.mail_out.checks import send_forwarding_check
from chalicelib.usecases.mail_out.digest import send_digest
from chalicelib.usecases.mail_out.events import tell_of_event
from chalicelib.usecases.mail_out.links import send_links
from chalicelib.usecases.tell_members import tell_members
from chalicelib.workers.patience import Patience


def handle(event: dict[str, Any]) -> dict[str, Any]:
    """Entry of the ``notify`` function."""
    return work_through(event, _work, in_order=True, setbacks=Patience(NOTIFICATION))


def _work(record: Record) -> dict[str, object]:
    job = NOTIFICATION_JOBS.validate_json(record["body"])
    if isinstance(job, TellOfEvent):
        tell_of_event(bootstrap.ports(), job)
        return {"job": job.kind, "ticket": job.number, "event": job.event_kind, "outcome": "done"}
    if isinstance(job, SendForwardingCheck):
        send_forwarding_check(bootstrap.ports(), job)
        return {"job": job.kind, "outcome": "done"}
    if isinstance(job, SendDigest):
        send_digest(bootstrap.ports(), job)
        return {"job": job.kind, "outcome": "done"}
    if isinstance(job, TellMembers):
        told = tell_members(bootstrap.ports(), job)
        return {"job": job.kind, "told": told, "outcome": "done"}
    if isinstance(job, RegroupTickets):
        moved = regroup_tickets(bootstrap.ports(), job)
        return {"job": job.kind, "tickets": moved, "outcome": "done"}
    send_links(bootstrap.ports(), job)
    return {"job": job.kind, "outcome": "done"}
