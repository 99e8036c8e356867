"""What a rule does to a ticket by itself, as plain data: a step and its value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.errors import InvalidSetting

MOST_STEPS = 10


class StepKind(StrEnum):
    """What can be done.

    Escalate moves to the department that the present one names as its next; a moved ticket starts
    with the promises of where it comes to.
    """

    NOTIFY_ASSIGNEE = "notify_assignee"
    NOTIFY_SUPERVISOR = "notify_supervisor"
    RAISE_PRIORITY = "raise_priority"
    SET_PRIORITY = "set_priority"
    ADD_TAG = "add_tag"
    ESCALATE = "escalate"
    MOVE_DEPARTMENT = "move_department"
    UNASSIGN = "unassign"
    RESOLVE = "resolve"
    CLOSE = "close"


_VALUES: Mapping[StepKind, str] = {
    StepKind.SET_PRIORITY: "Say which priority.",
    StepKind.ADD_TAG: "Say which tag.",
    StepKind.MOVE_DEPARTMENT: "Say which department.",
}
ENDS = frozenset({StepKind.RESOLVE, StepKind.CLOSE})
AT_BREACH = frozenset(StepKind) - ENDS
"""A missed promise is no reason to call the work done."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do.

    Attributes:
        value: a priority, a tag or a department's id; empty for what needs none.

    Raises:
        InvalidSetting: the value is missing, or there is one where none belongs.
    """

    kind: StepKind
    value: str = ""

    def __post_init__(self) -> None:
        """Refuse what could not be done."""
        if self.kind in _VALUES and not self.value:
            raise InvalidSetting("steps.value", _VALUES[self.kind])
        if self.kind not in _VALUES and self.value:
            raise InvalidSetting("steps.value", f"{self.kind} takes no value; leave it out.")
        if self.kind is StepKind.ADD_TAG and any(c.isspace() or c == "," for c in self.value):
            raise InvalidSetting("steps.value", "A tag has no blanks and no commas.")


DEFAULT_BREACH_STEPS = (Step(StepKind.RAISE_PRIORITY), Step(StepKind.NOTIFY_SUPERVISOR))


def check_steps(steps: tuple[Step, ...], allowed: Iterable[StepKind] = StepKind) -> None:
    """Refuse steps that do not go together.

    Raises:
        InvalidSetting: too many, one that does not belong here, or a second move.
    """
    if len(steps) > MOST_STEPS:
        raise InvalidSetting("steps", f"Use at most {MOST_STEPS} steps.")
    known = frozenset(allowed)
    for step in steps:
        if step.kind not in known:
            raise InvalidSetting("steps", f"{step.kind} cannot be done here.")
    if sum(step.kind in (StepKind.ESCALATE, StepKind.MOVE_DEPARTMENT) for step in steps) > 1:
        raise InvalidSetting("steps", "Move the ticket to one department, not to several.")


def told_to(steps: Iterable[Step]) -> str:
    """Whom these steps notify, as an event says it: "assignee", "supervisor", both, or nobody."""
    names = {StepKind.NOTIFY_ASSIGNEE: "assignee", StepKind.NOTIFY_SUPERVISOR: "supervisor"}
    return ",".join(dict.fromkeys(names[step.kind] for step in steps if step.kind in names))
