"""What a ticket needs before it is resolved, whoever resolves it: a person or a rule."""

from chalicelib.domain.custom_fields import RequiredAt, missing
from chalicelib.domain.desk import Desk
from chalicelib.domain.errors import Fault
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.wording import words


def faults_before_resolving(desk: Desk, ticket: Ticket) -> list[Fault]:
    """What is missing, one fault per field; empty when the ticket can be resolved."""
    if desk.ticket_rules.type_to_resolve and desk.ticket_types and not ticket.type_id:
        return [Fault("type_id", words("Choose a type before the ticket is resolved."))]
    kind = desk.ticket_types.get(ticket.type_id)
    return list(missing(kind, desk.fields, ticket.fields, RequiredAt.RESOLVE))


def named_in_faults(desk: Desk, faults: list[Fault]) -> str:
    """The fields of these faults by name, as an event keeps them; a type is ``type``.

    >>> named_in_faults(Desk(), [Fault("type_id", "Choose a type.")])
    'type'
    """
    ids = (fault.field.removeprefix("fields.") for fault in faults)
    return ", ".join(
        desk.fields[i].name if i in desk.fields else i.removesuffix("_id") for i in ids
    )
