"""How saved views are written down: what is in one, in which order, for whom; and how far it is."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chalicelib.domain.condition_checks import check_conditions
from chalicelib.domain.desk import Desk, Role
from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.predicate import Predicate
from chalicelib.domain.saved_views import (
    DEFAULT_COLUMNS,
    MOST_SHARED,
    RESERVED,
    Column,
    Edition,
    SavedView,
    Selection,
    Sort,
    Split,
    ViewState,
)
from chalicelib.domain.wording import words
from chalicelib.usecases.settings_base import Document, Name, SettingId
from chalicelib.usecases.settings_promises import PredicateDocument

SHARED_VIEWS = "shared_views"
PERSONAL_VIEWS = "personal_views"
VIEW_STATES = "view_states"
PERSONAL = "my-"
"""What the ids of personal views begin with."""
_House = Annotated[str, StringConstraints(max_length=253)]


class SharedViewDocument(Document):
    """A view of the whole desk, or of those whose department and role are named.

    What is in it is sorted, and with ``split`` parted under departments or to everybody his own.
    Nobody finds tickets in it that he may not see.
    """

    name: Name
    conditions: PredicateDocument = PredicateDocument()
    sort: Sort = Sort.TIME_LEFT
    split: Split = Split.NONE
    columns: list[Column] = Field(default=list(DEFAULT_COLUMNS), max_length=len(Column))
    departments: list[SettingId] = Field(default=[], max_length=100)
    roles: list[Role] = Field(default=[], max_length=len(Role))
    position: int = Field(default=0, ge=0, le=1000)

    def to_domain(self) -> SavedView:
        return SavedView(
            id=self.id,
            name=self.name,
            selection=Selection(self.conditions.to_domain(), self.sort, self.split),
            columns=tuple(dict.fromkeys(self.columns)),
            departments=frozenset(self.departments),
            roles=frozenset(self.roles),
            position=self.position,
        )


class PersonalViewDocument(Document):
    """An agent's own view; nobody else finds it."""

    owner: SettingId
    name: Name
    conditions: PredicateDocument = PredicateDocument()
    sort: Sort = Sort.TIME_LEFT
    split: Split = Split.NONE
    columns: list[Column] = Field(default=list(DEFAULT_COLUMNS), max_length=len(Column))
    position: int = Field(default=0, ge=0, le=1000)

    def to_domain(self) -> SavedView:
        return SavedView(
            id=self.id,
            name=self.name,
            selection=Selection(self.conditions.to_domain(), self.sort, self.split),
            columns=tuple(dict.fromkeys(self.columns)),
            owner=self.owner,
            position=self.position,
        )


class _EditionDocument(BaseModel):
    model_config = ConfigDict(extra="ignore", defer_build=True)
    id: str
    conditions: PredicateDocument
    sort: Sort
    split: Split
    houses: list[tuple[str, list[_House]]] = []

    def to_domain(self) -> Edition:
        houses = tuple((name, tuple(domains)) for name, domains in self.houses)
        selection = Selection(self.conditions.to_domain(), self.sort, self.split, houses)
        return Edition(self.id, selection)


class ViewStateDocument(Document):
    """Which rows of a view are shown and which are being made; the desk itself writes it."""

    shown: _EditionDocument | None = None
    building: _EditionDocument | None = None
    leaving: list[_EditionDocument] = Field(default=[])
    start_at: datetime | None = None
    done: int = 0
    total: int = 0

    def to_domain(self) -> ViewState:
        return ViewState(
            self.id,
            self.shown.to_domain() if self.shown else None,
            self.building.to_domain() if self.building else None,
            tuple(edition.to_domain() for edition in self.leaving),
            self.start_at,
            self.done,
            self.total,
        )


def document_of_state(state: ViewState) -> dict[str, Any]:
    """A state as it is stored."""
    return {
        "id": state.id,
        "shown": _edition(state.shown),
        "building": _edition(state.building),
        "leaving": [_edition(edition) for edition in state.leaving],
        "start_at": state.start_at.isoformat() if state.start_at else None,
        "done": state.done,
        "total": state.total,
    }


def state_of_document(document: Mapping[str, Any]) -> ViewState:
    """A state that was stored."""
    return ViewStateDocument.model_validate(document).to_domain()


def saved_views(
    shared: Iterable[Mapping[str, Any]], personal: Iterable[Mapping[str, Any]]
) -> dict[str, SavedView]:
    """The views of these documents, by id."""
    made = [
        *(SharedViewDocument.model_validate(document).to_domain() for document in shared),
        *(PersonalViewDocument.model_validate(document).to_domain() for document in personal),
    ]
    return {view.id: view for view in made}


def check_shared_views(desk: Desk) -> None:
    """Refuse more views than a change of a ticket can carry, and those that could show nothing.

    Raises:
        InvalidSetting: the first thing that is wrong, in words.
    """
    shared = [view for view in desk.views.values() if not view.owner]
    if len(shared) > MOST_SHARED:
        reason = words(
            "A desk has at most {most} shared views; remove one first.", most=MOST_SHARED
        )
        raise InvalidSetting("shared_views.id", reason)
    for view in shared:
        owner = f"{SHARED_VIEWS}.{view.id}"
        if view.id in RESERVED or view.id.startswith(PERSONAL):
            raise InvalidSetting(
                f"{owner}.id", words("This id is taken by other lists; choose another.")
            )
        for name in sorted(view.departments - desk.departments.keys()):
            reason = words(
                "There is no such entry: {value}. Create it first, or choose another.", value=name
            )
            raise InvalidSetting(f"{owner}.departments", reason)
        check_conditions(desk, owner, view.selection.conditions, of_a_moment=False)


def conditions_of(asked: Predicate) -> dict[str, Any]:
    """Conditions as they are written down."""
    return {
        group: [
            {"field": str(c.field), "operator": str(c.operator), "values": list(c.values)}
            for c in conditions
        ]
        for group, conditions in (("all_of", asked.all_of), ("any_of", asked.any_of))
    }


def _edition(edition: Edition | None) -> dict[str, Any] | None:
    if edition is None:
        return None
    selection = edition.selection
    return {
        "id": edition.id,
        "conditions": conditions_of(selection.conditions),
        "sort": str(selection.sort),
        "split": str(selection.split),
        "houses": [[name, list(domains)] for name, domains in selection.houses],
    }
