"""Pairs of rules that undo each other for ever, seen before they are saved."""

from collections.abc import Iterable, Iterator, Mapping

from chalicelib.domain.condition_fields import CUSTOM, Field
from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.event_rule import EventRule, Trigger
from chalicelib.domain.known_facts import Fact
from chalicelib.domain.step import StepKind
from chalicelib.domain.wording import words

_SETS: Mapping[StepKind, Field] = {
    StepKind.SET_PRIORITY: Field.PRIORITY,
    StepKind.MOVE_DEPARTMENT: Field.DEPARTMENT,
    StepKind.SET_TYPE: Field.TYPE,
    StepKind.ASSIGN: Field.ASSIGNEE,
}


def check_no_circles(rules: Iterable[EventRule]) -> None:
    """Refuse two rules on changes of which each makes true what the other one waits for.

    A run would still end, for a rule acts once on an event; but the next change would begin it
    again, and nobody could tell what the ticket is meant to be.

    Raises:
        InvalidSetting: names both, at the second one.
    """
    waiting = [r for r in rules if r.is_active and Trigger.CHANGED in r.on]
    for place, first in enumerate(waiting):
        for second in waiting[place + 1 :]:
            if _wakes(first, second) and _wakes(second, first):
                reason = words(
                    "“{first}” and “{second}” would undo each other again and again: "
                    "each sets what the other one waits for. Narrow the conditions of "
                    "one of them.",
                    first=first.name,
                    second=second.name,
                )
                raise InvalidSetting(f"event_rules.{second.id}.conditions", reason)


def _wakes(one: EventRule, other: EventRule) -> bool:
    """Whether what one rule sets ends its own condition and makes the other's true."""
    return any(_asks(other, f) and _asks(one, f) and _holds(other, f, v) and not _holds(one, f, v)
               for f, v in _effects(one))  # fmt: skip


def _effects(rule: EventRule) -> Iterator[tuple[str, Fact]]:
    for step in rule.steps:
        if step.kind in _SETS:
            yield _SETS[step.kind], step.value
        elif step.kind is StepKind.ADD_TAG:
            yield Field.TAGS, frozenset({step.value})
        elif step.kind is StepKind.REMOVE_TAG:
            yield Field.TAGS, frozenset()
        elif step.kind is StepKind.SET_FIELD:
            yield f"{CUSTOM}{step.field}", step.value
        elif step.kind is StepKind.UNASSIGN:
            yield Field.ASSIGNEE, ""


def _asks(rule: EventRule, field: str) -> bool:
    return any(c.field == field for c in rule.conditions.all_of)


def _holds(rule: EventRule, field: str, value: Fact) -> bool:
    asked = [c for c in rule.conditions.all_of if c.field == field]
    return all(condition.holds({field: value}) for condition in asked)
