"""What is wrong with steps when they are saved: names that lead nowhere, values that cannot be."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from chalicelib.domain.answer_text import check_variables
from chalicelib.domain.custom_fields import checked, typed_value
from chalicelib.domain.desk import Desk
from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.step import Step, StepKind
from chalicelib.domain.ticket import Priority
from chalicelib.domain.wording import words

_KNOWN: Mapping[StepKind, Callable[[Desk], Mapping[str, Any]]] = {
    StepKind.MOVE_DEPARTMENT: lambda desk: desk.departments,
    StepKind.NOTIFY_DEPARTMENT: lambda desk: desk.departments,
    StepKind.ASSIGN: lambda desk: desk.agents,
    StepKind.NOTIFY_AGENT: lambda desk: desk.agents,
    StepKind.SET_TYPE: lambda desk: desk.ticket_types,
    StepKind.SET_POLICY: lambda desk: desk.sla_policies,
    StepKind.CALL_WEBHOOK: lambda desk: desk.webhooks,
    StepKind.APPLY_MACRO: lambda desk: desk.macros,
}
"""Where the value of a step must be."""


def check_steps_of(desk: Desk, field: str, steps: Iterable[Step]) -> None:
    """Refuse steps that could not be taken on this desk.

    Args:
        field: where they stand, as the refusal names it.

    Raises:
        InvalidSetting: the first thing that is wrong, in words.
    """
    for step in steps:
        entries = _KNOWN.get(step.kind)
        if entries and step.value not in entries(desk):
            reason = words("There is no such entry: {value}. Create it first.", value=step.value)
            raise InvalidSetting(field, reason)
        if step.kind is StepKind.SET_PRIORITY and step.value not in set(Priority):
            reason = words(
                "{value} is no priority; use one of {known}.",
                value=step.value,
                known=", ".join(Priority),
            )
            raise InvalidSetting(field, reason)
        if step.kind is StepKind.SET_FIELD:
            _check_field(desk, field, step)
        if step.text:
            check_variables(desk.fields, step.text, field)


def _check_field(desk: Desk, field: str, step: Step) -> None:
    known = desk.fields.get(step.field)
    if known is None:
        raise InvalidSetting(
            field, words("There is no field {name}; create it first.", name=step.field)
        )
    _, fault = checked(known, typed_value(known.kind, step.value))
    if fault:
        raise InvalidSetting(field, fault)
