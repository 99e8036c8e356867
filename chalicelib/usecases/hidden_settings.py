"""Confidential departments in the set-up: who is no member does not find them there either.

An administrator sets up the rest of the desk around them. A setting that is about a confidential
department is not there for him, and where one stands among others it is left out, and kept when he
saves. Whoever knows its id can still make somebody a member, himself too; its members are told.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chalicelib.domain.desk import Agent
from chalicelib.domain.errors import Fault, InvalidSetting, NotFound
from chalicelib.domain.wording import words
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.settings_schema import KINDS

Document = Mapping[str, Any]
_NAMING = frozenset(
    {"department_id", "departments", "excluded_departments", "department", "escalates_to"}
)
_OWN = "departments"
_LISTED = (_OWN, "excluded_departments")
"""Lists of departments; a setting whose own are all hidden is not there, but for agents."""
_NEXT = "escalates_to"
_WORD = re.compile(r"[a-z0-9_-]+")


def shown_to(agent: Agent, kind: str, document: Document) -> Document | None:
    """The setting as this agent may see it; None when it is not there for him."""
    hidden = agent.hidden_departments
    if not hidden:
        return document
    shown = dict(document)
    for key in _LISTED:
        listed = document.get(key)
        if isinstance(listed, list):
            shown[key] = [name for name in listed if name not in hidden]
            if key == _OWN and listed and not shown[key] and kind != "agents":
                return None
    if document.get(_NEXT) in hidden:
        shown[_NEXT] = ""
    if kind == "departments" and document["id"] in hidden:
        return None
    return None if hidden & set(_named(shown)) else shown


def require_shown(ports: Ports, agent: Agent, kind: str, setting_id: str) -> Document | None:
    """What is stored under the id now, None when it is new.

    Raises:
        NotFound: it is there, but not for this agent.
    """
    if not agent.hidden_departments:
        return None
    try:
        stored, _ = ports.settings.document(kind, setting_id)
    except NotFound:
        return None
    if shown_to(agent, kind, stored) is None:
        raise NotFound(kind, setting_id)
    return stored


def with_hidden(agent: Agent, kind: str, wanted: Document, stored: Document | None) -> Document:
    """What is stored when this agent saves: what he could not see stays as it was.

    Raises:
        InvalidSetting: it names a department that is not there for him. Only who is a member of it
            may be said by everybody who may change agents.
    """
    hidden = agent.hidden_departments
    if kind != "agents":
        for name in sorted(hidden & set(_named(wanted))):
            reason = words(
                "There is no such entry: {value}. Create it first, or choose another.", value=name
            )
            raise InvalidSetting(f"{kind}.{wanted['id']}", reason)
    if not hidden or stored is None:
        return wanted
    kept = dict(wanted)
    for key in _LISTED:
        if isinstance(stored.get(key), list):
            unseen = [name for name in stored[key] if name in hidden]
            asked: Sequence[str] = wanted.get(key, ())
            kept[key] = [*asked, *(name for name in unseen if name not in asked)]
    if stored.get(_NEXT) in hidden and not wanted.get(_NEXT):
        kept[_NEXT] = stored[_NEXT]
    return kept


_UNSEEN = words("Something that you may not see stands against this; ask another administrator.")


def without_hidden(ports: Ports, agent: Agent, error: InvalidSetting) -> InvalidSetting:
    """The refusal as this agent may read it: what is not there for him is told without its name.

    No call where nothing is hidden from him, else one Query of each kind.
    """
    if not agent.hidden_departments:
        return error
    hidden = _hidden_entries(ports, agent)
    names = {setting_id for _, setting_id in hidden}
    faults: list[Fault] = []
    for fault in error.faults:
        owner = tuple(fault.field.split(".")[:2])
        names_one = names & set(_WORD.findall(fault.message))
        told = Fault("id", _UNSEEN) if owner in hidden else fault
        if names_one and owner not in hidden:
            told = Fault(fault.field, _UNSEEN)
        if told not in faults:
            faults.append(told)
    first, *others = faults
    return InvalidSetting(first.field, first.message, *others)


def _hidden_entries(ports: Ports, agent: Agent) -> frozenset[tuple[str, str]]:
    """Kind and id of all that is not there for this agent."""
    found = {("departments", name) for name in agent.hidden_departments}
    for kind in KINDS:
        for document, _ in ports.settings.list_documents(kind):
            if shown_to(agent, kind, document) is None:
                found.add((kind, document["id"]))
    return frozenset(found)


def _named(value: Any) -> Iterator[str]:
    """Every department that a setting names, at whatever depth: in conditions and steps too."""
    if isinstance(value, list):
        for each in value:
            yield from _named(each)
    if not isinstance(value, Mapping):
        return
    if value.get("field") == "department":
        yield from _texts(value.get("values"))
    if "department" in str(value.get("kind", "")):
        yield from _texts(value.get("value"))
    for key, inner in value.items():
        if key in _NAMING:
            yield from _texts(inner)
        yield from _named(inner)


def _texts(value: Any) -> Iterator[str]:
    listed = value if isinstance(value, list) else [value]
    yield from (text for text in listed if isinstance(text, str))
