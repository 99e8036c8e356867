"""What holds for assignment, as it is written down, and what an administrator is warned of."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from chalicelib.domain.assignment import AssignmentRules, Strategy
from chalicelib.domain.desk import Agent, Department, Desk, Role
from chalicelib.domain.errors import Fault
from chalicelib.domain.ticket import Priority
from chalicelib.domain.wording import words
from chalicelib.usecases.settings_base import Document, SettingId

ASSIGNMENT_RULES_ID = "assignment"
Weight = Annotated[int, Field(ge=1, le=100)]


class AssignmentRulesDocument(Document):
    """Weights of tickets, and after how many minutes an absent agent's go to others; there is one.

    ``weights_by_type`` goes before ``weights_by_priority``; what is not named weighs 1.
    ``release_after_minutes`` null leaves tickets with who is away.
    """

    id: Literal["assignment"] = "assignment"
    weights_by_priority: dict[Priority, Weight] = Field(default={})
    weights_by_type: dict[SettingId, Weight] = Field(default={}, max_length=200)
    release_after_minutes: int | None = Field(default=None, ge=1, le=60 * 24 * 365)

    def to_domain(self) -> AssignmentRules:
        by_priority = {priority.value: n for priority, n in self.weights_by_priority.items()}
        return AssignmentRules(by_priority, dict(self.weights_by_type), self.release_after_minutes)


def warnings_of(
    desk: Desk, kind: str, setting_id: str, hidden: frozenset[str] = frozenset()
) -> list[Fault]:
    """What can be saved and will hardly be meant, at the setting that was saved.

    Args:
        hidden: departments that whoever saved it must not hear of.
    """
    if kind == "departments" and setting_id in desk.departments:
        return list(_of_department(desk, desk.departments[setting_id]))
    if kind == "agents" and setting_id in desk.agents:
        return list(_of_agent(desk, desk.agents[setting_id], hidden))
    return []


def _of_department(desk: Desk, department: Department) -> Iterator[Fault]:
    members = desk.members(department.id)
    if not members:
        reason = words("Nobody answers here yet: its tickets wait until an agent becomes a member.")
        yield Fault("members", reason)
    elif department.deals and not any(agent.capacity for agent in members):
        reason = words("All members have a capacity of 0: no ticket finds an agent by itself.")
        yield Fault("members", reason)
    is_by_skill = department.strategy is Strategy.BY_SKILL
    if members and is_by_skill and not any(a.skills or a.languages for a in members):
        reason = words("No member has a skill or a language yet: tickets are given out in turn.")
        yield Fault("strategy", reason)
    if department.confidential and not any(
        a.is_active and a.role is Role.ADMINISTRATOR and department.id in a.departments
        for a in desk.agents.values()
    ):
        reason = words(
            "No administrator is a member: nobody will find this department in "
            "the set-up, nor mail to it that was kept out."
        )
        yield Fault("confidential", reason)


def _of_agent(desk: Desk, agent: Agent, hidden: frozenset[str]) -> Iterator[Fault]:
    answers = agent.is_active and agent.role in (Role.AGENT, Role.SUPERVISOR)
    if answers and not agent.departments:
        yield Fault(
            "departments", words("Without a department no ticket is there for this person.")
        )
    for department_id in sorted(agent.departments - hidden):
        department = desk.departments[department_id]
        members = desk.members(department_id)
        if not members:
            reason = words(
                "Nobody answers in {name} any more: its tickets wait.", name=department.name
            )
            yield Fault("departments", reason)
        elif department.deals and not any(member.capacity for member in members):
            reason = words("All members of {name} have a capacity of 0 now.", name=department.name)
            yield Fault("capacity", reason)
