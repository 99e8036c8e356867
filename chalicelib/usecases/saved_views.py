"""An agent's lists: those of every desk, shared views, and his own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.domain.access import sees_department
from chalicelib.domain.condition_checks import check_conditions
from chalicelib.domain.condition_fields import Field
from chalicelib.domain.desk import Agent, Desk
from chalicelib.domain.errors import InvalidSetting, NotFound, StaleSetting
from chalicelib.domain.saved_views import (
    MOST_PERSONAL,
    MOST_PERSONAL_OF_ALL,
    Edition,
    SavedView,
    ViewState,
    saved_partitions,
)
from chalicelib.domain.views import Partition, ViewId, partitions_for
from chalicelib.domain.wording import words
from chalicelib.usecases.change_settings import change_as_checked
from chalicelib.usecases.hidden_settings import with_hidden
from chalicelib.usecases.ports import Ports, SettingChange
from chalicelib.usecases.settings_views import PERSONAL, PERSONAL_VIEWS, saved_views


@dataclass(frozen=True, slots=True)
class AgentView:
    """A saved view as one agent has it.

    Attributes:
        partitions: where his part of its rows is; none while there are no rows at all.
    """

    view: SavedView
    state: ViewState
    partitions: tuple[Partition, ...]

    @property
    def listed(self) -> Edition | None:
        """The rows that he sees."""
        return self.state.listed


def views_of(desk: Desk, agent: Agent) -> list[AgentView]:
    """The saved views of an agent: shared ones by position and name, then his own."""
    found = [view for view in desk.views.values() if _is_his(view, agent)]
    found.sort(key=lambda view: (bool(view.owner), view.position, view.name.casefold(), view.id))
    return [_of_agent(desk, agent, view) for view in found]


def view_of(desk: Desk, agent: Agent, view_id: str) -> AgentView:
    """One saved view.

    Raises:
        NotFound: there is none, or not for this agent.
    """
    view = desk.views.get(view_id)
    if view is None or not _is_his(view, agent):
        raise NotFound("View", view_id)
    return _of_agent(desk, agent, view)


def partitions_of(desk: Desk, agent: Agent, view_id: str) -> tuple[Partition, ...]:
    """Where an agent's part of any list is, one of every desk or a saved one.

    Raises:
        NotFound: there is no such list for this agent.
    """
    try:
        return partitions_for(ViewId(view_id), agent.id, visible_departments(desk, agent))
    except ValueError:
        return view_of(desk, agent, view_id).partitions


def visible_departments(desk: Desk, agent: Agent) -> frozenset[str]:
    """The departments whose tickets this agent may see."""
    return frozenset(name for name in desk.departments if sees_department(agent, name))


def save_personal_view(
    ports: Ports, agent: Agent, wanted: Mapping[str, Any], *, based_on: int
) -> tuple[SavedView, int]:
    """Store an agent's own view; gives it and its new version.

    Args:
        wanted: what ``PersonalViewDocument`` has, without the owner.
        based_on: version that the change was made on; 0 for a new one.

    Raises:
        InvalidSetting: there are too many, it could show nothing, or asks what there is not.
        StaleSetting: it was changed meanwhile, or the id is taken.
    """
    document = {**wanted, "owner": agent.id}
    with_hidden(agent, PERSONAL_VIEWS, document, None)
    (view,) = saved_views([], [document]).values()
    if not view.id.startswith(PERSONAL):
        raise InvalidSetting(
            "id", words("Begin the id of a view of your own with {beginning}.", beginning=PERSONAL)
        )
    desk = ports.settings.desk()
    check_conditions(desk, view.id, view.selection.conditions, of_a_moment=False)

    def write(as_of: int) -> int:
        stored = [doc for doc, _ in ports.settings.list_documents(PERSONAL_VIEWS)]
        mine = {doc["id"] for doc in stored if doc["owner"] == agent.id}
        if view.id not in mine:
            _check_room(len(mine), len(stored))
            if any(doc["id"] == view.id for doc in stored):
                raise StaleSetting("View", view.id)
        change = SettingChange(ports.ids.new(), agent.id)
        return ports.settings.save(
            PERSONAL_VIEWS, view.id, document, based_on=based_on, as_of=as_of, change=change
        )

    return view, change_as_checked(ports, write)


def remove_personal_view(ports: Ports, agent: Agent, view_id: str, *, based_on: int | None) -> None:
    """Take an agent's own view away.

    Raises:
        NotFound: he has none of this id.
        StaleSetting: it was changed meanwhile.
    """
    personal_view(ports, agent, view_id)
    ports.settings.remove(PERSONAL_VIEWS, view_id, based_on=based_on)


def personal_view(ports: Ports, agent: Agent, view_id: str) -> tuple[SavedView, int]:
    """An agent's own view as it is stored, and its version. Raises NotFound."""
    document, version = ports.settings.document(PERSONAL_VIEWS, view_id)
    if document["owner"] != agent.id:
        raise NotFound("View", view_id)
    return saved_views([], [document])[view_id], version


def _check_room(mine: int, everybodys: int) -> None:
    if mine >= MOST_PERSONAL:
        reason = words(
            "You have {most} views of your own, and no more fit; remove one first.",
            most=MOST_PERSONAL,
        )
        raise InvalidSetting("id", reason)
    if everybodys >= MOST_PERSONAL_OF_ALL:
        reason = words(
            "All agents together have {most} views of their own, and no more "
            "fit; ask an administrator to share one that many need.",
            most=MOST_PERSONAL_OF_ALL,
        )
        raise InvalidSetting("id", reason)


def _is_his(view: SavedView, agent: Agent) -> bool:
    if view.selection.names(Field.DEPARTMENT) & agent.hidden_departments:
        return False
    return view.is_for(agent.id, agent.role, agent.departments)


def _of_agent(desk: Desk, agent: Agent, view: SavedView) -> AgentView:
    state = desk.view_states.get(view.id, ViewState(view.id))
    seen = visible_departments(desk, agent)
    parts = saved_partitions(state.listed, agent.id, seen) if state.listed else ()
    return AgentView(view, state, parts)
