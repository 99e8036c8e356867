"""Which department hands a ticket to which by itself; a ring would carry it round for ever."""

from collections.abc import Iterator, Mapping
from functools import reduce

from chalicelib.domain.desk import Desk
from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.predicate import Field
from chalicelib.domain.step import Step, StepKind
from chalicelib.domain.wording import words

_Way = Mapping[str, tuple[str, str]]
"""By department it leads to: the kind and id of the setting that says so."""


def may_move_by_rule(desk: Desk, department_id: str, to: str) -> bool:
    """Whether a rule may take a ticket from this department to that one.

    Out of a confidential department only to where it escalates itself: anybody who may write rules
    could have its tickets brought before him otherwise.
    """
    if not desk.is_confidential(department_id):
        return True
    return to == desk.departments[department_id].escalates_to


def _then(one: str, other: str) -> str:
    return words("{one} to {other}", one=one, other=other)


def check_no_ring(desk: Desk) -> None:
    """Refuse a set-up in which a ticket could come back to a department by rules alone.

    Raises:
        InvalidSetting: names the ring, at the setting that closes it.
    """
    ways = {name: _ways_from(desk, name) for name in desk.departments}
    for start in sorted(ways):
        ring = _ring_from(start, ways)
        if ring:
            kind, setting_id = ways[ring[-1]][start]
            field = "escalates_to" if kind == "departments" else "steps"
            names = [desk.departments[name].name for name in (*ring, start)]
            reason = words(
                "Tickets would go round: {way}. Leave out one of these moves.",
                way=reduce(_then, names),
            )
            raise InvalidSetting(f"{kind}.{setting_id}.{field}", reason)


def _ways_from(desk: Desk, name: str) -> _Way:
    department = desk.departments[name]
    ways: dict[str, tuple[str, str]] = {}
    if department.escalates_to:
        ways[department.escalates_to] = ("departments", name)
    for policy in desk.sla_policies.values():
        own = policy.id == department.sla_policy_id
        holds = policy.conditions and policy.conditions.may_hold_where(Field.DEPARTMENT, name)
        if own or holds:
            ways |= dict.fromkeys(_moves(policy.breach_steps), ("sla_policies", policy.id))
    for rule in desk.time_rules.values():
        if rule.conditions.may_hold_where(Field.DEPARTMENT, name):
            ways |= dict.fromkeys(_moves(rule.steps), ("time_rules", rule.id))
    # A rule for everybody that moves to one department says nothing about those who are there.
    return {
        to: said
        for to, said in ways.items()
        if to in desk.departments and (to != name or said[0] == "departments")
    }


def _moves(steps: tuple[Step, ...]) -> Iterator[str]:
    return (step.value for step in steps if step.kind is StepKind.MOVE_DEPARTMENT)


def _ring_from(start: str, ways: Mapping[str, _Way]) -> list[str]:
    """The departments on the way from one back to itself, beginning with it; empty for none."""
    paths, seen = [[start]], set[str]()
    while paths:
        path = paths.pop()
        for following in sorted(ways[path[-1]]):
            if following == start:
                return path
            if following not in seen:
                seen.add(following)
                paths.append([*path, following])
    return []
