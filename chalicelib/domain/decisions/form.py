"""What kind of request a ticket is, and what stands in its fields."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.custom_fields import FieldValue, as_text
from chalicelib.domain.decisions.decision import Decision
from chalicelib.domain.ticket import Actor, Event, EventKind, Ticket


def typed(ticket: Ticket, type_id: str, *, actor: Actor, at: datetime) -> Decision:
    """The ticket is of another type; its fields keep their values, shown or not."""
    if type_id == ticket.type_id:
        return Decision(ticket)
    moved = replace(ticket, type_id=type_id, updated_at=at)
    change = {"type": ticket.type_id}, {"type": type_id}
    return Decision(moved, (Event(EventKind.TYPE_CHANGED, actor, at, *change),))


def filled_in(
    ticket: Ticket, values: Mapping[str, FieldValue | None], *, actor: Actor, at: datetime
) -> Decision:
    """Fields got other values; None empties one. Each change is told by itself.

    Args:
        values: already checked.
    """
    events = []
    kept = dict(ticket.fields)
    for name, value in values.items():
        before = kept.get(name)
        if value == before and type(value) is type(before):
            continue
        if value is None:
            del kept[name]
        else:
            kept[name] = value
        told = {"field": name, "value": as_text(before)}, {"field": name, "value": as_text(value)}
        events.append(Event(EventKind.FIELD_CHANGED, actor, at, *told))
    if not events:
        return Decision(ticket)
    return Decision(replace(ticket, fields=kept, updated_at=at), tuple(events))
