"""Timer jobs: a ticket or a waiting reply whose time has come decides again."""

from typing import Any

from chalicelib import bootstrap
from chalicelib.batches import Record, work_through
from chalicelib.usecases.build_views import arrange_view, build_view
from chalicelib.usecases.call_webhook import call_webhook
from chalicelib.usecases.jobs import (
    TIMER_JOBS,
    ArrangeView,
    BuildView,
    CallWebhook,
    CountUse,
    KeepBreaches,
    RefreshTickets,
    ReleaseTickets,
    SendScheduledReply,
    WakeTicket,
)
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.purge_ticket import purge_when_due
from chalicelib.usecases.refresh_tickets import refresh_tickets
from chalicelib.usecases.release_tickets import release_tickets
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
    if isinstance(job, CountUse):
        now = ports.clock.now()
        ports.use_counts.count(job.setting_kind, job.setting_id, job.cause, now)
        return {"job": job.kind, "outcome": "done"}
    if isinstance(job, ReleaseTickets):
        released = release_tickets(ports, job)
        return {"job": job.kind, "agent": job.agent_id, "released": released, "outcome": "done"}
    if isinstance(job, ArrangeView):
        return {"job": job.kind, "view": job.view_id, "outcome": arrange_view(ports, job)}
    if isinstance(job, BuildView):
        return {"job": job.kind, "view": job.view_id, "outcome": build_view(ports, job)}
    return {"job": job.kind, "ticket": job.number, **_on_ticket(ports, job)}


def _on_ticket(
    ports: Ports, job: WakeTicket | SendScheduledReply | KeepBreaches | CallWebhook
) -> dict[str, object]:
    if isinstance(job, KeepBreaches):
        return {"breaches": keep_breaches(ports, job.number), "outcome": "done"}
    if isinstance(job, CallWebhook):
        return {"outcome": call_webhook(ports, job)}
    if isinstance(job, SendScheduledReply):
        return {"outcome": send_when_due(ports, job.number, job.reply_id)}
    if purge_when_due(ports, job.number):
        return {"outcome": "gone"}
    wake_ticket(ports, job.number)
    return {"outcome": "done"}
