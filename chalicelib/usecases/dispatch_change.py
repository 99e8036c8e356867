"""From what happened to who must know: events become jobs.

The one place that says which event starts what. It decides on the event alone and reads nothing,
so that the table's stream is never held up.
"""

from chalicelib.domain.assignment import AgentLoad
from chalicelib.domain.ticket import Event, EventKind
from chalicelib.usecases.jobs import AssignTicket, FillAgent, TellOfEvent
from chalicelib.usecases.ports import Job

_NEEDS_OWNER = frozenset({EventKind.TICKET_CREATED, EventKind.TICKET_UNASSIGNED})
REOPENED = "reopened"
"""Group of the jobs for tickets that come back: their event does not name the department."""

_TOLD = frozenset(
    {
        EventKind.TICKET_CREATED,
        EventKind.PUBLIC_REPLY_SENT,
        EventKind.CUSTOMER_MESSAGE_RECEIVED,
        EventKind.TICKET_ASSIGNED,
        EventKind.TARGET_AT_RISK,
        EventKind.TARGET_BREACHED,
    }
)


def jobs_for_event(number: int, event: Event) -> list[Job]:
    """The jobs that an event starts."""
    jobs: list[Job] = []
    if event.kind in _NEEDS_OWNER:
        department_id = event.after.get("department", "")
        jobs.append(AssignTicket(number=number, department_id=department_id, cause=event.id))
    if event.kind is EventKind.DEPARTMENT_CHANGED:
        department_id = event.after["department"]
        jobs.append(AssignTicket(number=number, department_id=department_id, cause=event.id))
    if event.kind is EventKind.STATUS_CHANGED and event.after.get("status") in ("open", "new"):
        # A ticket that comes back may have lost its owner, or never had one.
        jobs.append(AssignTicket(number=number, department_id=REOPENED, cause=event.id))
    if event.kind in _TOLD:
        jobs.append(
            TellOfEvent(
                number=number,
                event_id=event.id,
                event_kind=event.kind,
                actor_kind=event.actor.kind,
                actor_id=event.actor.id,
                message_id=event.message_id,
                after=dict(event.after),
            )
        )
    return jobs


def jobs_for_load(before: AgentLoad | None, after: AgentLoad, cause: str) -> list[Job]:
    """An agent who came back, or was freed of a ticket, is dealt what waits."""
    came_back = after.available and not (before and before.available)
    freed = before is not None and after.available and after.open_count < before.open_count
    if came_back or freed:
        return [FillAgent(agent_id=after.agent_id, cause=cause)]
    return []
