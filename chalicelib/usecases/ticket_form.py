"""The desk's own fields of a ticket: values that come in, and what must be there."""

from collections.abc import Mapping

from chalicelib.domain.custom_fields import FieldValue, RequiredAt, Values, checked, missing
from chalicelib.domain.desk import Desk
from chalicelib.domain.errors import Fault, InvalidRequest
from chalicelib.domain.ticket import Ticket

Wanted = Mapping[str, object]


def checked_values(desk: Desk, wanted: Wanted) -> Mapping[str, FieldValue | None]:
    """Values as they are kept; None empties a field.

    Raises:
        InvalidRequest: one fault per field, in words.
    """
    values: dict[str, FieldValue | None] = {}
    faults = []
    for name, value in wanted.items():
        known = desk.fields.get(name)
        if known is None:
            faults.append(Fault(f"fields.{name}", "This desk has no such field; leave it out."))
            continue
        values[name], fault = checked(known, value)
        if fault:
            faults.append(Fault(f"fields.{name}", fault))
    if faults:
        raise InvalidRequest(*faults)
    return values


def require_type(desk: Desk, type_id: str, department_id: str) -> None:
    """Let pass a type that can be chosen in this department.

    Raises:
        InvalidRequest: there is none, or not here.
    """
    known = desk.ticket_types.get(type_id)
    if known is None:
        raise InvalidRequest(Fault("type_id", "Choose one of the desk's types."))
    if known.departments and department_id not in known.departments:
        raise InvalidRequest(Fault("type_id", "This type is for another department."))


def first_values(desk: Desk, type_id: str, wanted: Wanted) -> Values:
    """What a new ticket has in its fields.

    Raises:
        InvalidRequest: a value cannot be, or one that is needed at once is missing.
    """
    values = {name: v for name, v in checked_values(desk, wanted).items() if v is not None}
    kind = desk.ticket_types.get(type_id)
    faults = list(missing(kind, desk.fields, values, RequiredAt.CREATION))
    if faults:
        raise InvalidRequest(*faults)
    return values


def require_resolvable(desk: Desk, ticket: Ticket) -> None:
    """Let a ticket be resolved once everything is there that its type asks for.

    Raises:
        InvalidRequest: what is missing, one fault per field.
    """
    if desk.ticket_rules.type_to_resolve and desk.ticket_types and not ticket.type_id:
        raise InvalidRequest(Fault("type_id", "Choose a type before the ticket is resolved."))
    kind = desk.ticket_types.get(ticket.type_id)
    faults = list(missing(kind, desk.fields, ticket.fields, RequiredAt.RESOLVE))
    if faults:
        raise InvalidRequest(*faults)
