"""Views that could not work are refused in words when they are saved."""

from typing import Any

import pytest
from pydantic import ValidationError

from chalicelib.domain.condition_fields import OF_A_MOMENT
from chalicelib.domain.errors import InvalidSetting, NotFound, StaleSetting
from chalicelib.domain.saved_views import MOST_PERSONAL, MOST_PERSONAL_OF_ALL, MOST_SHARED
from chalicelib.usecases.change_settings import remove_setting, save_setting, seed_settings
from chalicelib.usecases.saved_views import (
    remove_personal_view,
    save_personal_view,
    views_of,
)
from tests.fakes import FakePorts
from tests.view_desk import a_seeded_desk, asking, share


@pytest.fixture
def ports() -> FakePorts:
    """A desk without views."""
    return a_seeded_desk()


def _own(ports: FakePorts, view_id: str = "my-view-1", agent: str = "rui", **changes: Any) -> Any:
    document = {"id": view_id, "name": "Mine", **changes}
    return save_personal_view(ports, ports.settings.desk().agents[agent], document, based_on=0)


BOTH = {
    "all_of": [
        {"field": "status", "operator": "is", "values": ["open"]},
        {"field": "status", "operator": "is", "values": ["new"]},
    ]
}


@pytest.mark.row(66)
def test_conditions_that_no_ticket_fulfils_are_refused_in_words(ports: FakePorts) -> None:
    for save in (share, _own):
        with pytest.raises(InvalidSetting) as refused:
            save(ports, conditions=BOTH)
        assert "status is open; and status is new" in refused.value.reason


@pytest.mark.parametrize("field", sorted(OF_A_MOMENT - {"business_hours"}))
def test_what_passes_by_itself_or_is_known_only_of_a_moment_cannot_be_asked(
    ports: FakePorts, field: str
) -> None:
    asked = {"attachment": ("is_true",), "automatic": ("is_true",)}.get(field)
    operator = "at_least" if field.startswith("hours") else "is_filled"
    values = ("24",) if operator == "at_least" else ()
    for save in (share, _own):
        with pytest.raises(InvalidSetting) as refused:
            save(ports, conditions=asking(field, *(asked or (operator, *values))))
        assert "only while a message comes in" in refused.value.reason


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"conditions": asking("department", "is", "gone")}, "conditions.all_of.0.values"),
        ({"conditions": asking("field:gone", "is", "x")}, "conditions.all_of.0.field"),
        ({"departments": ["gone"]}, "departments"),
    ],
)
def test_what_there_is_not_cannot_be_named(
    ports: FakePorts, changes: dict[str, Any], place: str
) -> None:
    with pytest.raises(InvalidSetting) as refused:
        share(ports, **changes)
    assert refused.value.field == f"shared_views.urgent.{place}"


@pytest.mark.parametrize("view_id", ["to_solve", "mine", "my-own"])
def test_a_shared_view_cannot_take_the_place_of_another_list(
    ports: FakePorts, view_id: str
) -> None:
    with pytest.raises(InvalidSetting, match="taken by other lists"):
        share(ports, view_id)


@pytest.mark.parametrize("changes", [{"sort": "colour"}, {"split": "tag"}, {"columns": ["x"]}])
def test_an_order_that_there_is_not_is_refused(ports: FakePorts, changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        seed_settings(ports, {"shared_views": [{"id": "v", "name": "V", **changes}]})
    with pytest.raises(ValidationError):
        _own(ports, **changes)


@pytest.mark.row("K6")
def test_no_more_views_are_shared_than_one_change_can_carry(ports: FakePorts) -> None:
    for number in range(MOST_SHARED):
        document = {"id": f"v{number}", "name": "V"}
        ports.settings.save("shared_views", f"v{number}", document, based_on=None)

    with pytest.raises(InvalidSetting, match=f"at most {MOST_SHARED} shared views; remove one"):
        share(ports)


def test_an_agent_has_so_many_views_of_his_own_and_everybody_has_some(ports: FakePorts) -> None:
    for number in range(MOST_PERSONAL):
        _own(ports, f"my-view-{number}")
    with pytest.raises(InvalidSetting, match=f"You have {MOST_PERSONAL} views of your own"):
        _own(ports, "my-view-more")
    _own(ports, "my-view-x", agent="eva")

    for number in range(MOST_PERSONAL_OF_ALL):
        document = {"id": f"my-{number}", "name": "V", "owner": f"agent-{number}"}
        ports.settings.save("personal_views", f"my-{number}", document, based_on=None)
    with pytest.raises(InvalidSetting, match=f"All agents together have {MOST_PERSONAL_OF_ALL}"):
        _own(ports, "my-view-y", agent="eva")


def test_a_view_of_ones_own_is_nobody_elses(ports: FakePorts) -> None:
    _own(ports)
    desk = ports.settings.desk()
    eva, rui = desk.agents["eva"], desk.agents["rui"]

    assert [found.view.name for found in views_of(desk, rui)] == ["Mine"]
    assert views_of(desk, eva) == views_of(desk, desk.agents["admin"]) == []
    with pytest.raises(StaleSetting):
        _own(ports, agent="eva")
    with pytest.raises(NotFound):
        remove_personal_view(ports, eva, "my-view-1", based_on=None)
    remove_personal_view(ports, rui, "my-view-1", based_on=None)
    assert views_of(ports.settings.desk(), rui) == []


def test_the_views_of_an_agent_who_is_removed_go_with_him(ports: FakePorts) -> None:
    _own(ports)
    _own(ports, "my-view-x", agent="eva")

    remove_setting(ports, "agents", "rui", based_on=None)

    assert list(ports.settings.desk().views) == ["my-view-x"]


def test_a_shared_view_is_for_the_departments_and_roles_that_it_names(ports: FakePorts) -> None:
    share(ports, "everybody", position=2)
    share(ports, "sales", departments=["sales"], position=1)
    share(ports, "leads", roles=["administrator"], position=0)
    desk = ports.settings.desk()

    names = {
        agent.id: [found.view.id for found in views_of(desk, agent)]
        for agent in desk.agents.values()
    }

    assert names == {
        "rui": ["everybody"], "eva": ["sales", "everybody"], "admin": ["leads", "everybody"]
    }  # fmt: skip


def test_a_confidential_department_is_named_by_no_view_of_those_outside(ports: FakePorts) -> None:
    department, version = ports.settings.document("departments", "sales")
    share(ports, "secret", conditions=asking("department", "is", "sales"))
    save_setting(ports, "departments", {**department, "confidential": True}, based_on=version)
    desk = ports.settings.desk()

    assert [v.view.id for v in views_of(desk, desk.agents["eva"])] == ["secret"]
    assert views_of(desk, desk.agents["admin"]) == []
    with pytest.raises(InvalidSetting, match="no such entry: sales"):
        _own(ports, agent="admin", conditions=asking("department", "is", "sales"))
