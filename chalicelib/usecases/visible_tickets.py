"""What an agent was told of once, of tickets that have gone out of his sight since."""

from collections.abc import Iterable

from chalicelib.domain.access import sees_department
from chalicelib.domain.desk import Agent
from chalicelib.usecases.ports import Ports


def hidden_among(ports: Ports, agent: Agent, numbers: Iterable[int]) -> frozenset[int]:
    """Those of these tickets that are in confidential departments he is no member of.

    No call where no department is hidden from him; else one per hundred numbers.
    """
    asked = sorted({number for number in numbers if number})
    if not agent.hidden_departments or not asked:
        return frozenset()
    found = ports.tickets.list_by_numbers(asked)
    return frozenset(t.number for t in found if not sees_department(agent, t.department_id))


def is_hidden_mail(ports: Ports, agent: Agent, recipients: Iterable[str]) -> bool:
    """Whether a mail to these addresses was for a department that is hidden from this agent."""
    desk = ports.settings.desk()
    boxes = [box for box in map(desk.mailbox_at, recipients) if box]
    if not boxes and desk.mailboxes:
        boxes = [desk.default_mailbox()]
    return any(box.department_id in agent.hidden_departments for box in boxes)
