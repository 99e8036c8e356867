"""A desk of three departments whose views can be changed, and the jobs that follow from that."""

from copy import deepcopy
from dataclasses import replace
from typing import Any

from chalicelib.usecases.build_views import arrange_view, build_view
from chalicelib.usecases.change_settings import save_setting, seed_settings
from chalicelib.usecases.dispatch_change import jobs_for_view
from chalicelib.usecases.jobs import ArrangeView, BuildView
from tests.builders import a_ticket
from tests.fakes import FakePorts
from tests.moto_desk import SET_UP

ADMINISTRATOR = {
    "id": "admin", "name": "Admin Example", "email": "admin@example.org",
    "role": "administrator", "subject": "sub-admin",
}  # fmt: skip


def a_seeded_desk() -> FakePorts:
    """Rui in support, Eva in all three departments, and an administrator."""
    ports = FakePorts()
    set_up = deepcopy(SET_UP)
    set_up["agents"].append(ADMINISTRATOR)
    seed_settings(ports, set_up)
    return ports


def with_tickets(ports: FakePorts, *changes: dict[str, Any]) -> None:
    """Tickets from 1001 on that the lists show."""
    for own in changes:
        ticket = a_ticket(number=ports.tickets.next_number(), **own)
        ports.store.tickets[ticket.number] = ticket
    ports.project_all()


def changed(ports: FakePorts, number: int, **changes: Any) -> None:
    """A ticket changes, and the lists follow."""
    ticket = ports.store.tickets[number]
    ports.store.tickets[number] = replace(ticket, version=ticket.version + 1, **changes)
    ports.project_all()


def asking(field: str, operator: str, *values: str) -> dict[str, Any]:
    """Conditions with one question."""
    return {"all_of": [{"field": field, "operator": operator, "values": list(values)}]}


def share(ports: FakePorts, view_id: str = "urgent", **changes: Any) -> None:
    """Save a shared view; what follows from it waits in the queue."""
    document = {"id": view_id, "name": view_id.title(), **changes}
    save_setting(ports, "shared_views", document, based_on=None)
    ports.jobs.send(jobs_for_view("shared_views", view_id))


def do_next(ports: FakePorts) -> str:
    """Do the oldest job of a view, as soon as its time comes; gives what it did."""
    job = next(j for j in ports.jobs.sent if isinstance(j, ArrangeView | BuildView))
    ports.jobs.sent.remove(job)
    if isinstance(job, ArrangeView):
        return arrange_view(ports, job)
    ports.clock.advance(seconds=job.delay)
    return build_view(ports, job)


def do_all(ports: FakePorts) -> None:
    """Do all that waits, and what follows from it."""
    for _ in range(500):
        if not any(isinstance(job, ArrangeView | BuildView) for job in ports.jobs.sent):
            return
        do_next(ports)
    raise AssertionError("It never ends.")
