"""The desk's own fields of a ticket: values that come in, and what must be there."""

from collections.abc import Mapping

from chalicelib.domain.custom_fields import (
    CustomField,
    FieldValue,
    RequiredAt,
    Values,
    checked,
    fields_on_form,
    missing,
)
from chalicelib.domain.desk import Desk
from chalicelib.domain.errors import Fault, InvalidRequest
from chalicelib.domain.resolvable import faults_before_resolving
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.wording import Words, words

Wanted = Mapping[str, object]


def checked_values(desk: Desk, wanted: Wanted) -> Mapping[str, FieldValue | None]:
    """Values as they are kept; None empties a field.

    Raises:
        InvalidRequest: one fault per field, in words.
    """
    values, faults = _looked_at(
        desk.fields, wanted, words("This desk has no such field; leave it out.")
    )
    if faults:
        raise InvalidRequest(*faults)
    return values


def _looked_at(
    fields: Mapping[str, CustomField], wanted: Wanted, unknown: Words
) -> tuple[dict[str, FieldValue | None], list[Fault]]:
    values: dict[str, FieldValue | None] = {}
    faults = []
    for name, value in wanted.items():
        known = fields.get(name)
        if known is None:
            faults.append(Fault(f"fields.{name}", unknown))
            continue
        values[name], fault = checked(known, value)
        if fault:
            faults.append(Fault(f"fields.{name}", fault))
    return values, faults


def require_type(desk: Desk, type_id: str, department_id: str) -> None:
    """Let pass a type that can be chosen in this department.

    Raises:
        InvalidRequest: there is none, or not here.
    """
    known = desk.ticket_types.get(type_id)
    if known is None:
        raise InvalidRequest(Fault("type_id", words("Choose one of the desk's types.")))
    if known.departments and department_id not in known.departments:
        raise InvalidRequest(Fault("type_id", words("This type is for another department.")))


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


def values_of_customer(desk: Desk, type_id: str, wanted: Wanted) -> Values:
    """What a customer filled in on the form of a type; he sees no other fields than those on it.

    Raises:
        InvalidRequest: everything that is wrong or missing, one fault per field.
    """
    kind = desk.ticket_types.get(type_id)
    shown = {field.id: field for field, _ in fields_on_form(kind, desk.fields)}
    found, faults = _looked_at(shown, wanted, words("This form has no such field; leave it out."))
    values = {name: value for name, value in found.items() if value is not None}
    refused = {fault.field for fault in faults}
    # What creation asks for and the form does not show is left to agents, before resolving.
    lacking = missing(kind, shown, values, RequiredAt.CREATION)
    faults += [fault for fault in lacking if fault.field not in refused]
    if faults:
        raise InvalidRequest(*faults)
    return values


def require_resolvable(desk: Desk, ticket: Ticket) -> None:
    """Let a ticket be resolved once everything is there that its type asks for.

    Raises:
        InvalidRequest: what is missing, one fault per field.
    """
    faults = faults_before_resolving(desk, ticket)
    if faults:
        raise InvalidRequest(*faults)
