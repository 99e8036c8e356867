"""What a rule does to a ticket by itself, as plain data: a step and its value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.wording import Words, words

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
    REMOVE_TAG = "remove_tag"
    SET_TYPE = "set_type"
    SET_FIELD = "set_field"
    ASSIGN = "assign"
    ASSIGN_BEST = "assign_best"
    SET_POLICY = "set_policy"
    APPLY_MACRO = "apply_macro"
    REPLY = "reply"
    ADD_NOTE = "add_note"
    NOTIFY_AGENT = "notify_agent"
    NOTIFY_DEPARTMENT = "notify_department"
    CALL_WEBHOOK = "call_webhook"
    MARK_SPAM = "mark_spam"
    STOP = "stop"


_VALUES: Mapping[StepKind, Words] = {
    StepKind.SET_PRIORITY: words("Say which priority."),
    StepKind.ADD_TAG: words("Say which tag."),
    StepKind.REMOVE_TAG: words("Say which tag."),
    StepKind.MOVE_DEPARTMENT: words("Say which department."),
    StepKind.SET_TYPE: words("Say which type."),
    StepKind.ASSIGN: words("Say which agent."),
    StepKind.SET_POLICY: words("Say which service level."),
    StepKind.APPLY_MACRO: words("Say which macro."),
    StepKind.NOTIFY_AGENT: words("Say which agent."),
    StepKind.NOTIFY_DEPARTMENT: words("Say which department."),
    StepKind.CALL_WEBHOOK: words("Say which webhook."),
}
ENDS = frozenset({StepKind.RESOLVE, StepKind.CLOSE})
_MAY_HAVE_VALUE = frozenset({StepKind.SET_FIELD})
_SAYS = frozenset({StepKind.REPLY, StepKind.ADD_NOTE})
_TAGGING = frozenset({StepKind.ADD_TAG, StepKind.REMOVE_TAG})
AT_BREACH = frozenset(
    {
        StepKind.NOTIFY_ASSIGNEE, StepKind.NOTIFY_SUPERVISOR, StepKind.RAISE_PRIORITY,
        StepKind.SET_PRIORITY, StepKind.ADD_TAG, StepKind.ESCALATE, StepKind.MOVE_DEPARTMENT,
        StepKind.UNASSIGN,
    }
)  # fmt: skip
"""A missed promise is no reason to call the work done, and none to write to the customer."""
BY_TIME = frozenset(StepKind) - {StepKind.STOP}
BY_MACRO = frozenset(
    {
        StepKind.RAISE_PRIORITY, StepKind.SET_PRIORITY, StepKind.ADD_TAG, StepKind.REMOVE_TAG,
        StepKind.SET_TYPE, StepKind.SET_FIELD, StepKind.MOVE_DEPARTMENT, StepKind.ASSIGN,
        StepKind.UNASSIGN, StepKind.RESOLVE,
    }
)  # fmt: skip
"""What an agent can do by hand himself, so that a macro gives nobody a right."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do.

    Attributes:
        value: a priority, a tag, an id, or what stands in a field; empty for what needs none.
        field: the desk's own field that is set.
        text: the words of a reply or a note, with variables (``domain/answer_text.py``).

    Raises:
        InvalidSetting: the value is missing, or there is one where none belongs.
    """

    kind: StepKind
    value: str = ""
    field: str = ""
    text: str = ""

    def __post_init__(self) -> None:
        """Refuse what could not be done."""
        if self.kind in _VALUES and not self.value:
            raise InvalidSetting("steps.value", _VALUES[self.kind])
        if self.kind not in (*_VALUES, *_MAY_HAVE_VALUE) and self.value:
            raise InvalidSetting(
                "steps.value", words("“{kind}” takes no value; leave it out.", kind=self.kind)
            )
        if (self.kind is StepKind.SET_FIELD) is not bool(self.field):
            reason = (
                words("Say which field.")
                if not self.field
                else words("Only fields are set by name.")
            )
            raise InvalidSetting("steps.field", reason)
        if (self.kind in _SAYS) is not bool(self.text.strip()):
            reason = (
                words("Write the words.")
                if not self.text.strip()
                else words("There is nothing to say here.")
            )
            raise InvalidSetting("steps.text", reason)
        if self.kind in _TAGGING and any(c.isspace() or c == "," for c in self.value):
            raise InvalidSetting("steps.value", words("A tag has no blanks and no commas."))


DEFAULT_BREACH_STEPS = (Step(StepKind.RAISE_PRIORITY), Step(StepKind.NOTIFY_SUPERVISOR))


def check_steps(steps: tuple[Step, ...], allowed: Iterable[StepKind] = StepKind) -> None:
    """Refuse steps that do not go together.

    Raises:
        InvalidSetting: too many, one that does not belong here, or a second move.
    """
    if len(steps) > MOST_STEPS:
        raise InvalidSetting("steps", words("Use at most {most} steps.", most=MOST_STEPS))
    known = frozenset(allowed)
    for step in steps:
        if step.kind not in known:
            raise InvalidSetting("steps", words("“{kind}” cannot be done here.", kind=step.kind))
    if sum(step.kind is StepKind.APPLY_MACRO for step in steps) > 1:
        raise InvalidSetting("steps", words("Apply one macro; a second rule can apply another."))
    if sum(step.kind in (StepKind.ESCALATE, StepKind.MOVE_DEPARTMENT) for step in steps) > 1:
        raise InvalidSetting("steps", words("Move the ticket to one department, not to several."))


def told_to(steps: Iterable[Step]) -> str:
    """Whom these steps notify, as an event says it.

    >>> told_to([Step(StepKind.NOTIFY_ASSIGNEE), Step(StepKind.NOTIFY_AGENT, "rui")])
    'assignee,agent:rui'
    """
    named = {
        StepKind.NOTIFY_ASSIGNEE: "assignee",
        StepKind.NOTIFY_SUPERVISOR: "supervisor",
        StepKind.NOTIFY_AGENT: "agent:",
        StepKind.NOTIFY_DEPARTMENT: "department:",
    }
    told = (f"{named[step.kind]}{step.value}" for step in steps if step.kind in named)
    return ",".join(dict.fromkeys(told))


def webhooks_of(steps: Iterable[Step]) -> str:
    """Which webhooks these steps call, as an event says it."""
    called = (step.value for step in steps if step.kind is StepKind.CALL_WEBHOOK)
    return ",".join(dict.fromkeys(called))
