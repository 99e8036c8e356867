"""Administrators change the set-up; what could not work is refused before it is stored."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from chalicelib.domain.desk import Desk, Role, macros_applied
from chalicelib.domain.errors import Fault, InvalidSetting, LostRace, NotFound
from chalicelib.domain.wording import words
from chalicelib.usecases.ports import Ports, SettingChange
from chalicelib.usecases.promises import terms_of_desk
from chalicelib.usecases.settings_references import check_references
from chalicelib.usecases.settings_schema import KINDS, desk_from_documents
from chalicelib.usecases.settings_views import PERSONAL_VIEWS

Document = Mapping[str, Any]
Written = TypeVar("Written")
SINGLE_KINDS = frozenset(
    {"desk", "mail_rules", "ticket_rules", "satisfaction_rules", "assignment_rules"}
)
YEARS_AHEAD = 6
"""Holidays are known for this year and five more; each time a calendar is saved they move on."""

_ATTEMPTS = 8
_STILL_NEEDED = words("It is still needed here. Change this first, then remove it.")


def list_settings(ports: Ports, kind: str) -> list[tuple[Document, int]]:
    """All settings of a kind with their versions, by id."""
    return list(ports.settings.list_documents(kind))


def save_setting(
    ports: Ports, kind: str, document: dict[str, Any], *, based_on: int | None, by: str = ""
) -> tuple[Document, int]:
    """Store one setting; gives it as stored, and its new version.

    Args:
        document: already valid by itself (see ``settings_schema``).
        based_on: version that the change was made on; 0 for a new one, None overwrites.
        by: id of the agent who changes it.

    Raises:
        InvalidSetting: it does not fit the rest of the set-up.
        StaleSetting: it was changed meanwhile.
        LostRace: others changed the set-up every time.
    """
    stored = dict(document)
    if kind == "calendars":
        stored = with_public_days(ports, stored)

    def write(as_of: int) -> int:
        _check(ports, kind, stored["id"], stored)
        if kind == "agents" and not stored.get("subject"):
            stored["subject"] = _subject(ports, stored)
        change = SettingChange(ports.ids.new(), by)
        return ports.settings.save(
            kind, stored["id"], stored, based_on=based_on, as_of=as_of, change=change
        )

    return stored, change_as_checked(ports, write)


def remove_setting(ports: Ports, kind: str, setting_id: str, *, based_on: int | None) -> None:
    """Take a setting away that nothing else needs.

    Raises:
        InvalidSetting: something still refers to it.
        NotFound, StaleSetting: it is not there, or was changed meanwhile.
        LostRace: others changed the set-up every time.
    """
    if kind in SINGLE_KINDS:
        raise InvalidSetting(kind, words("There is always one of these; change it instead."))
    if kind == "departments" and ports.settings.desk().is_confidential(setting_id):
        reason = words(
            "Its tickets would be there for others then; say first that it is not confidential."
        )
        raise InvalidSetting("confidential", reason)

    def write(as_of: int) -> None:
        _check(ports, kind, setting_id, None)
        ports.settings.remove(kind, setting_id, based_on=based_on, as_of=as_of)

    change_as_checked(ports, write)
    if kind == "agents":
        _remove_views_of(ports, setting_id)


def change_as_checked(ports: Ports, write: Callable[[int], Written]) -> Written:
    """Check and write on a set-up that nobody else changes between the two.

    Two changes that each fit alone may not fit together: the last two administrators who lower
    each other, a topic for a department that is just removed.

    Args:
        write: checks and writes as of this revision; done again when another change was faster.

    Raises:
        LostRace: others were faster every time.
    """
    for _ in range(_ATTEMPTS):
        as_of = ports.settings.revision()
        try:
            return write(as_of)
        except LostRace:
            continue
    raise LostRace


def seed_settings(ports: Ports, documents: Mapping[str, Any]) -> int:
    """Store a whole set-up, as a stage's file has it; gives how many entries. Safe to repeat.

    Raises:
        InvalidSetting: the set-up could not work; nothing was stored then.
    """
    valid = {kind: _parsed(kind, documents.get(kind)) for kind in KINDS}
    valid["calendars"] = [with_public_days(ports, calendar) for calendar in valid["calendars"]]
    desk = _with_macros(ports, desk_from_documents(valid))
    check_references(desk)
    ports.settings.keep_terms(terms_of_desk(desk))
    count = 0
    for kind, entries in valid.items():
        for entry in entries:
            change = SettingChange(ports.ids.new())
            ports.settings.save(kind, entry["id"], entry, based_on=None, change=change)
            count += 1
    return count


def _remove_views_of(ports: Ports, agent_id: str) -> None:
    """Nobody would find the views of an agent who is gone, and they take room from others."""
    for document, _ in ports.settings.list_documents(PERSONAL_VIEWS):
        if document["owner"] == agent_id:
            ports.settings.remove(PERSONAL_VIEWS, document["id"], based_on=None)


def _parsed(kind: str, entries: Any) -> list[dict[str, Any]]:
    """One mapping or a list of them, each checked by its model."""
    listed: Iterable[Any] = [entries] if isinstance(entries, Mapping) else entries or []
    return [KINDS[kind].model_validate(entry).model_dump(mode="json") for entry in listed]


def _check(ports: Ports, kind: str, setting_id: str, document: Document | None) -> None:
    """Whether the set-up would still fit together with this entry, or without it."""
    documents: dict[str, list[Document]] = {}
    stored: dict[str, list[Document]] = {}
    for known in KINDS:
        entries = {d["id"]: d for d, _ in ports.settings.list_documents(known)}
        stored[known] = list(entries.values())
        if known == kind:
            if document is None:
                if setting_id not in entries:
                    raise NotFound(kind, setting_id)
                del entries[setting_id]
            else:
                entries[setting_id] = document
        documents[known] = list(entries.values())
    desk = _with_macros(ports, desk_from_documents(documents))
    try:
        check_references(desk, setting_id)
    except InvalidSetting as error:
        if document is not None:
            raise
        first, *others = (Fault(one.field, _STILL_NEEDED) for one in error.faults)
        raise InvalidSetting(first.field, first.message, *others) from error
    if kind == "agents":
        require_administrator(desk_from_documents(stored), desk, setting_id)
    if kind in ("calendars", "sla_policies"):
        # Those of before too: a desk that never saved since an upgrade has kept none.
        known_terms = (*terms_of_desk(desk_from_documents(stored)), *terms_of_desk(desk))
        ports.settings.keep_terms(known_terms)


def require_administrator(before: Desk, after: Desk, changed: str) -> None:
    """Refuse a change that leaves the desk to nobody; a desk that had no administrator may go on.

    Args:
        changed: id of the agent who is changed or removed.

    Raises:
        InvalidSetting: the agent is the last active administrator.
    """
    if after.administrators() or not before.administrators():
        return
    agent = after.agents.get(changed)
    reason = words("This is the last active administrator; make somebody else one first.")
    if agent is None:
        raise InvalidSetting("role", reason)
    field = "is_active" if agent.role is Role.ADMINISTRATOR else "role"
    raise InvalidSetting(f"agents.{changed}.{field}", reason)


def _with_macros(ports: Ports, desk: Desk) -> Desk:
    """Macros are kept with the other ready-made words, and rules may name them."""
    if not macros_applied(desk):
        return desk
    return replace(desk, macros=ports.answers.shared_macros())


def with_public_days(ports: Ports, calendar: Document) -> dict[str, Any]:
    """A calendar with the public holidays of its regions written out, some years ahead.

    Raises:
        InvalidSetting: there is no such country or part of one.
    """
    year = ports.clock.now().year
    days: dict[str, str] = {}
    for place, region in enumerate(calendar.get("public_holidays", ())):
        found = ports.public_holidays.days(
            region["country"], region.get("subdivision", ""), range(year - 1, year + YEARS_AHEAD)
        )
        if found is None:
            name = "-".join(filter(None, (region["country"], region.get("subdivision", ""))))
            reason = words(
                "The holidays of {name} are not known; choose another region, or list days.",
                name=name,
            )
            raise InvalidSetting(f"public_holidays.{place}", reason)
        for day, name in found.items():
            days.setdefault(day.isoformat(), name)
    written = [{"date": day, "name": name} for day, name in sorted(days.items())]
    return {**calendar, "public_days": written}


def public_days_of(ports: Ports, country: str, subdivision: str) -> Mapping[date, str]:
    """Name by day, in this year and the next: what a calendar of this region would keep.

    Raises:
        NotFound: there is no such country or part of one.
    """
    year = ports.clock.now().year
    found = ports.public_holidays.days(country, subdivision, range(year, year + 2))
    if found is None:
        raise NotFound("region", "-".join(filter(None, (country, subdivision))))
    return found


def _subject(ports: Ports, agent: Document) -> str:
    """The agent's sign-in: the known one, or a new invitation by mail."""
    known = ports.settings.desk().agents.get(agent["id"])
    if known and known.subject and known.email == agent["email"]:
        return known.subject
    return ports.identities.ensure(email=agent["email"], name=agent["name"])
