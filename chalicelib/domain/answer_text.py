"""Variables in ready-made words: a fixed list of names, each with what stands in where nothing is.

``{{requester.first_name|there}}`` becomes the first name, or "there". Nothing else is understood:
no conditions, no loops, no names of other things. What is put in is never read again, so a customer
who calls himself ``{{desk.name}}`` is called just that.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from chalicelib.domain.condition_fields import CUSTOM
from chalicelib.domain.custom_fields import CustomField, as_text
from chalicelib.domain.desk import Agent, Desk
from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.wording import words

_VARIABLE = re.compile(r"\{\{([^{}|\n]*)(?:\|([^{}\n]*))?\}\}")
_LEFT_OPEN = re.compile(r"\{\{|\}\}")

_Read = Callable[[Desk, Ticket, Agent | None], str]


def _first(name: str) -> str:
    return name.split(maxsplit=1)[0] if name.split() else ""


def _department(desk: Desk, ticket: Ticket, _: Agent | None) -> str:
    known = desk.departments.get(ticket.department_id)
    return known.name if known else ""


def _type(desk: Desk, ticket: Ticket, _: Agent | None) -> str:
    known = desk.ticket_types.get(ticket.type_id)
    names = known.names if known else {}
    return names.get(ticket.language) or next(iter(names.values()), "")


def _organisation(desk: Desk, ticket: Ticket, _: Agent | None) -> str:
    houses = (h for h in desk.organisations.values() if h.has(ticket.requester.email))
    return next((house.name for house in houses), "")


VARIABLES: Mapping[str, _Read] = {
    "requester.name": lambda _, ticket, __: ticket.requester.name,
    "requester.first_name": lambda _, ticket, __: _first(ticket.requester.name),
    "requester.email": lambda _, ticket, __: ticket.requester.email,
    "organisation.name": _organisation,
    "ticket.number": lambda _, ticket, __: str(ticket.number),
    "ticket.subject": lambda _, ticket, __: ticket.subject,
    "ticket.type": _type,
    "department.name": _department,
    "agent.name": lambda _, __, agent: agent.name if agent else "",
    "agent.first_name": lambda _, __, agent: _first(agent.name) if agent else "",
    "desk.name": lambda desk, _, __: desk.profile.name,
}
"""The names that are known besides ``field:`` and the id of one of the desk's own fields."""


def check_variables(fields: Mapping[str, CustomField], text: str, where: str) -> None:
    """Refuse words with a variable that there is not, or a bracket that is left open.

    Raises:
        InvalidSetting: names the variable.
    """
    for name, _ in _used(text):
        own = name.startswith(CUSTOM) and name[len(CUSTOM) :] in fields
        if not own and name not in VARIABLES:
            known = ", ".join(VARIABLES)
            reason = words(
                "There is no variable {name}. Use one of {known}, or field:your-field.",
                name=f"{{{{{name}}}}}",
                known=known,
            )
            raise InvalidSetting(where, reason)
    if _LEFT_OPEN.search(_VARIABLE.sub("", text)):
        reason = words(
            "A variable is not closed: write it like {example}.",
            example="{{requester.first_name|there}}",
        )
        raise InvalidSetting(where, reason)


def filled_in_text(desk: Desk, ticket: Ticket, agent: Agent | None, text: str) -> str:
    """The words with every variable filled in, or with what stands in for it.

    Args:
        agent: who says it; None for a rule.
    """

    def value(found: re.Match[str]) -> str:
        name, instead = found[1].strip(), (found[2] or "").strip()
        if name.startswith(CUSTOM):
            return _choice(desk, ticket, name[len(CUSTOM) :]) or instead
        read = VARIABLES.get(name)
        known = read(desk, ticket, agent) if read else ""
        return " ".join(known.split()) or instead

    return _VARIABLE.sub(value, text)


def _choice(desk: Desk, ticket: Ticket, name: str) -> str:
    """What stands in one of the desk's own fields, by the names of its choices."""
    value, known = ticket.fields.get(name), desk.fields.get(name)
    if value is None or known is None:
        return ""
    values = value if isinstance(value, tuple) else (as_text(value),)

    def named(one: str) -> str:
        names = known.choices.get(one, {})
        return names.get(ticket.language) or next(iter(names.values()), one)

    return ", ".join(map(named, values))


def _used(text: str) -> Iterator[tuple[str, str]]:
    for found in _VARIABLE.finditer(text):
        yield found[1].strip(), found[2] or ""
