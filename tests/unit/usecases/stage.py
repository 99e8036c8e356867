"""A desk of two departments with promises, four people and fake ports, for tests of use cases."""

from dataclasses import replace

from chalicelib.domain.desk import Agent, Department, Desk, Mailbox, Role, Topic
from chalicelib.domain.sla import SLAPolicy, Target
from chalicelib.domain.ticket import Channel, Event, Message, Priority, Ticket
from chalicelib.usecases.claim_ticket import push_ticket
from chalicelib.usecases.dispatch_change import jobs_for_event
from chalicelib.usecases.jobs import AssignTicket, TellOfEvent
from chalicelib.usecases.mail_out.events import tell_of_event
from chalicelib.usecases.open_ticket import NewTicket, open_ticket
from tests.builders import a_desk, an_agent
from tests.fakes import FakePorts
from tests.unit.domain.hours import a_calendar

RUI = an_agent(subject="sub-rui", capacity=2)
EVA = an_agent(id="agent-eva", name="Eva Example", email="eva@example.org", capacity=2)
BOSS = an_agent(
    id="boss", name="Boss Example", email="boss@example.org", role=Role.SUPERVISOR, capacity=0
)
ADMIN = an_agent(
    id="admin", name="Admin Example", email="admin@example.org", role=Role.ADMINISTRATOR,
    departments=frozenset(),
)  # fmt: skip
READER = an_agent(id="reader", name="Lea Example", email="lea@example.org", role=Role.COLLABORATOR)
OUTSIDER = an_agent(
    id="out", name="Max Example", email="max@example.org", departments=frozenset({"billing"})
)
PEOPLE = (RUI, EVA, BOSS, ADMIN, READER, OUTSIDER)

_MINUTES = {Target.FIRST_RESPONSE: 60, Target.NEXT_RESPONSE: 120, Target.RESOLUTION: 480}
_POLICY = SLAPolicy("std", "Standard", "c", {p.value: _MINUTES for p in Priority}, 15)


def the_desk(*people: Agent) -> Desk:
    """Support and billing, each with a mailbox; promises of one, two and eight office hours."""
    return a_desk(
        *(people or PEOPLE),
        departments={
            "support": Department("support", "Support", "help", "std"),
            "billing": Department("billing", "Billing", "bills"),
        },
        mailboxes={
            "help": Mailbox("help", "help@desk.example.com", "Help", "support"),
            "bills": Mailbox("bills", "bills@desk.example.com", "Bills", "billing"),
        },
        topics={
            "invoice": Topic("invoice", "billing", {"en": "Invoice"}, priority=Priority.HIGH),
            "fault": Topic("fault", "support", {"en": "Fault"}),
        },
        calendars={"c": a_calendar()},
        sla_policies={"std": _POLICY},
    )


def ports_of(*people: Agent) -> FakePorts:
    """Fakes around the desk, on a Monday at nine."""
    return FakePorts(the_desk(*people))


def wanted(**changes: object) -> NewTicket:
    """What a customer sends by form."""
    fields: dict[str, object] = {
        "name": "Ana Example",
        "email": "ana@example.com",
        "subject": "The invoice is wrong",
        "text": "It says 12 instead of 21.",
        "channel": Channel.FORM,
        "department_id": "support",
    }
    return NewTicket(**fields | changes)  # type: ignore[arg-type]


def opened_ticket(ports: FakePorts, **changes: object) -> Ticket:
    """A ticket that came by form, in the lists."""
    ticket = open_ticket(ports, wanted(**changes))
    ports.project_all()
    return ticket


def pushed(ports: FakePorts, **changes: object) -> Ticket:
    """A new ticket that found its agent."""
    ticket = opened_ticket(ports, **changes)
    found = push_ticket(ports, ticket.number)
    assert found is not None
    ports.project_all()
    return found


class Stream:
    """What the table's stream would carry: every event once, in order, since the last look."""

    def __init__(self, ports: FakePorts) -> None:
        self._ports = ports
        self._seen: set[str] = set()

    def new_events(self) -> list[tuple[int, Event]]:
        """Events that were not looked at yet."""
        found = [
            (number, entry)
            for number, entries in sorted(self._ports.store.entries.items())
            for _, entry in entries
            if isinstance(entry, Event) and entry.id not in self._seen
        ]
        self._seen.update(event.id for _, event in found)
        return found

    def flow(self, *, times: int = 1) -> None:
        """Do all jobs that follow, and those that follow from them; each so many times."""
        while found := self.new_events():
            for number, event in found:
                for job in jobs_for_event(number, event):
                    for _ in range(times):
                        if isinstance(job, TellOfEvent):
                            tell_of_event(self._ports, job)
                        elif isinstance(job, AssignTicket):
                            push_ticket(self._ports, job.number)


def there(ports: FakePorts, *agents: Agent) -> None:
    """These agents are at work."""
    for agent in agents:
        ports.loads.set_available(agent.id, available=True)


def in_thread(ports: FakePorts, number: int) -> list[Message]:
    """What was said on a ticket, oldest first."""
    return ports.store.messages(number)


def a_person_who_left(agent: Agent) -> Agent:
    """The same agent, deactivated."""
    return replace(agent, is_active=False)
