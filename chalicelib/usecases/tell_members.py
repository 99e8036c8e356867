"""Members of a confidential department learn of everything that lets more people in.

An administrator may say who is a member, for he sets the desk up; he cannot do so unseen.
"""

import logging
from collections.abc import Mapping
from typing import Any

from chalicelib.domain.desk import Agent, Desk, NoticeKind
from chalicelib.usecases.jobs import TellMembers
from chalicelib.usecases.ports import Notice, Ports

log = logging.getLogger("chamado.members")
Document = Mapping[str, Any]


def newly_let_in(before: Document | None, after: Document | None) -> frozenset[str]:
    """The departments that a change of an agent opens to whoever signs in as this agent.

    Those that he joins; all of his when he comes back, or when another person signs in as him.
    """
    now = open_to(after)
    if before is None or after is None:
        return now
    same_person = before.get("email") == after.get("email") and before.get("subject") in (
        "", after.get("subject"),
    )  # fmt: skip
    return now - open_to(before) if same_person else now


def is_made_public(before: Document | None, after: Document | None) -> bool:
    """Whether a change of a department shows it to others than its members."""
    was, still = (bool(each and each.get("confidential")) for each in (before, after))
    return was and not still


def tell_members(ports: Ports, job: TellMembers) -> int:
    """Tell all members but who did it; gives how many were told. Safe to repeat."""
    desk = ports.settings.desk()
    told = 0
    for department_id in job.departments:
        if not job.made_public and not desk.is_confidential(department_id):
            continue
        # Kept longer than any notice: ids only.
        log.info(
            "let in",
            extra={"department": department_id, "agent": job.agent_id, "by": job.by},
        )
        for member in _members(desk, department_id):
            if member.id != job.by:
                ports.notices.add(_notice(ports, desk, job, department_id, member))
                told += 1
    return told


def _members(desk: Desk, department_id: str) -> list[Agent]:
    everybody = (agent for _, agent in sorted(desk.agents.items()))
    return [a for a in everybody if a.is_active and department_id in a.departments]


def _notice(
    ports: Ports, desk: Desk, job: TellMembers, department_id: str, member: Agent
) -> Notice:
    names = [desk.departments[department_id].name] if department_id in desk.departments else []
    names += [desk.agents[who].name for who in (job.agent_id, job.by) if who in desk.agents]
    kind = NoticeKind.MADE_PUBLIC if job.made_public else NoticeKind.MEMBER_ADDED
    notice_id = f"{job.change_id}-{department_id}"
    return Notice(notice_id, member.id, kind, 0, " · ".join(names), ports.clock.now())


def open_to(agent: Document | None) -> frozenset[str]:
    """The departments that somebody can work in who signs in as this agent."""
    if agent is None or not agent.get("is_active", True):
        return frozenset()
    return frozenset(agent.get("departments", ()))
