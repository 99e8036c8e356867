"""Assignment jobs: tickets find agents, agents with room find tickets."""

from typing import Any

from chalicelib import bootstrap
from chalicelib.batches import Record, work_through
from chalicelib.usecases.claim_ticket import fill_agent, fill_departments, push_ticket
from chalicelib.usecases.jobs import ASSIGNMENT_JOBS, AssignTicket, FillAgent


def handle(event: dict[str, Any]) -> dict[str, Any]:
    """Entry of the ``assign`` function."""
    return work_through(event, _work, in_order=True)


def _work(record: Record) -> dict[str, object]:
    ports = bootstrap.ports()
    job = ASSIGNMENT_JOBS.validate_json(record["body"])
    if isinstance(job, AssignTicket):
        ticket = push_ticket(ports, job.number, asked=job.asked)
        outcome = "assigned" if ticket else "nobody"
        return {"job": job.kind, "ticket": job.number, "outcome": outcome}
    if isinstance(job, FillAgent):
        dealt = fill_agent(ports, job.agent_id)
    else:
        dealt = fill_departments(ports, [job.department_id])
    return {"job": job.kind, "dealt": dealt, "outcome": "done"}
