"""Whether the parts of a set-up fit together, asked before any of it is stored.

A department without a mailbox, a policy without a calendar, two mailboxes with one address: a set-up
that could not work is refused with every place that is at fault.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from chalicelib.domain.desk import Desk
from chalicelib.domain.errors import Fault, InvalidSetting
from chalicelib.domain.wording import words
from chalicelib.usecases.settings_assignment import ASSIGNMENT_RULES_ID
from chalicelib.usecases.settings_promises import check_promises
from chalicelib.usecases.settings_rules import check_event_rules
from chalicelib.usecases.settings_schema import MAIL_RULES_ID
from chalicelib.usecases.settings_tickets import check_tickets, references_of_types
from chalicelib.usecases.settings_views import check_shared_views


def check_references(desk: Desk, changed: str = "") -> None:
    """Refuse a set-up whose parts do not fit together, before it is stored.

    Args:
        changed: id of the entry that is being saved: where two entries collide, it is at fault.

    Raises:
        InvalidSetting: every reference that leads nowhere, or the first other thing that is wrong.
    """
    lost = [
        Fault(
            f"{kind}.{owner}.{field}",
            words(
                "There is no such entry: {value}. Create it first, or choose another.", value=value
            ),
        )
        for kind, owner, field, value, known in _references(desk)
        if value and value not in known
    ]
    if lost:
        raise InvalidSetting(lost[0].field, lost[0].message, *lost[1:])
    check_promises(desk)
    check_event_rules(desk)
    check_tickets(desk, changed)
    check_shared_views(desk)
    boxes = desk.mailboxes.values()
    addresses = [(b.id, address) for b in boxes for address in b.addresses]
    _refuse_twins("mailboxes", "address", addresses, changed)
    agents = [(a.id, a.email.casefold()) for a in desk.agents.values()]
    _refuse_twins("agents", "email", agents, changed)
    for agent in desk.agents.values():
        if desk.is_own_address(agent.email):
            reason = words(
                "This is an address of the desk itself; mail to it would go round in a loop."
            )
            raise InvalidSetting(f"agents.{agent.id}.email", reason)


def _references(desk: Desk) -> Iterable[tuple[str, str, str, str, Mapping[str, Any]]]:
    yield from references_of_types(desk)
    for department in desk.departments.values():
        owner = department.id
        yield "departments", owner, "mailbox_id", department.mailbox_id, desk.mailboxes
        yield "departments", owner, "sla_policy_id", department.sla_policy_id, desk.sla_policies
        yield "departments", owner, "escalates_to", department.escalates_to, desk.departments
        yield "departments", owner, "calendar_id", department.calendar_id, desk.calendars
    catch_all = desk.mail_rules.catch_all_mailbox_id
    yield "mail_rules", MAIL_RULES_ID, "catch_all_mailbox_id", catch_all, desk.mailboxes
    for box in desk.mailboxes.values():
        yield "mailboxes", box.id, "department_id", box.department_id, desk.departments
    for topic in desk.topics.values():
        yield "topics", topic.id, "department_id", topic.department_id, desk.departments
    for policy in desk.sla_policies.values():
        yield "sla_policies", policy.id, "calendar_id", policy.calendar_id, desk.calendars
    for rule in desk.time_rules.values():
        yield "time_rules", rule.id, "calendar_id", rule.calendar_id, desk.calendars
    for type_id in sorted(desk.assignment_rules.weights_by_type):
        field = "weights_by_type"
        yield "assignment_rules", ASSIGNMENT_RULES_ID, field, type_id, desk.ticket_types
    for agent in desk.agents.values():
        yield "agents", agent.id, "calendar_id", agent.calendar_id, desk.calendars
        for topic_id in sorted(agent.skills):
            yield "agents", agent.id, "skills", topic_id, desk.topics
        for department_id in sorted(agent.departments):
            yield "agents", agent.id, "departments", department_id, desk.departments


def _refuse_twins(kind: str, field: str, values: Iterable[tuple[str, str]], changed: str) -> None:
    seen: dict[str, str] = {}
    for owner, value in sorted(values, key=lambda one: (one[0] == changed, one)):
        if value in seen:
            reason = words("{value} is already used by {other}.", value=value, other=seen[value])
            raise InvalidSetting(f"{kind}.{owner}.{field}", reason)
        seen[value] = owner
