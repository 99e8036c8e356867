"""The set-up is changed by administrators, and what could not work is refused before it is stored."""

from typing import Any

import pytest
from pydantic import ValidationError

from chalicelib.domain.errors import InvalidSetting, NotFound, StaleSetting
from chalicelib.usecases.change_settings import (
    list_settings,
    remove_setting,
    save_setting,
    seed_settings,
)
from tests.fakes import FakePorts

HOURS = {"mon": [{"opens": "09:00", "closes": "18:00"}]}
SET_UP: dict[str, Any] = {
    "desk": {"id": "desk", "name": "Example Desk"},
    "mail_rules": {"id": "mail"},
    "blocked_senders": [{"id": "spam-test", "pattern": "@spam.test"}],
    "calendars": [{"id": "office", "name": "Office", "time_zone": "Europe/Lisbon", "hours": HOURS}],
    "sla_policies": [
        {
            "id": "std",
            "name": "Standard",
            "calendar_id": "office",
            "minutes": {"normal": {"first_response": 60}},
        }
    ],
    "mailboxes": [
        {"id": "help", "address": "help@desk.example.com", "name": "H", "department_id": "support"}
    ],
    "departments": [
        {"id": "support", "name": "Support", "mailbox_id": "help", "sla_policy_id": "std"}
    ],
    "assignment_rules": {"id": "assignment", "release_after_minutes": 60},
    "ticket_rules": {"id": "tickets", "reopen_hours": 30 * 24},
    "satisfaction_rules": {"id": "satisfaction", "excluded_departments": ["support"]},
    "status_labels": [{"id": "done", "status": "resolved", "names": {"en": "Done"}}],
    "organisations": [{"id": "house", "name": "House", "domains": ["House.example.org"]}],
    "fields": [
        {
            "id": "cause",
            "kind": "choice",
            "names": {"en": "Cause"},
            "choices": [{"id": "wear", "names": {"en": "Wear"}}],
        }
    ],
    "ticket_types": [
        {"id": "incident", "names": {"en": "Incident"}, "fields": [{"field_id": "cause"}]}
    ],
    "topics": [{"id": "fault", "department_id": "support", "names": {"en": "Fault"}}],
    "event_rules": [
        {"id": "vip", "name": "Important", "on": ["created"], "steps": [{"kind": "raise_priority"}]}
    ],
    "webhooks": [{"id": "chat", "name": "Chat", "url": "https://hooks.example.org/desk"}],
    "shared_views": [{"id": "everything", "name": "Everything"}],
    "time_rules": [
        {
            "id": "silent",
            "name": "Open for a day",
            "since": "status",
            "after_minutes": 1440,
            "conditions": {"all_of": [{"field": "status", "operator": "is", "values": ["open"]}]},
            "steps": [{"kind": "notify_supervisor"}],
        }
    ],
    "agents": [
        {"id": "rui", "name": "Rui", "email": "rui@example.org", "departments": ["support"]}
    ],
}


def _seeded() -> FakePorts:
    ports = FakePorts()
    seed_settings(ports, SET_UP)
    return ports


def _changed(ports: FakePorts, kind: str, setting_id: str, **changes: Any) -> dict[str, Any]:
    return {**ports.settings.document(kind, setting_id)[0], **changes}


@pytest.mark.row(50)
def test_a_stages_file_makes_a_whole_desk_and_can_be_seeded_again() -> None:
    ports = FakePorts()

    entries = sum(len(of) if isinstance(of, list) else 1 for of in SET_UP.values())
    assert seed_settings(ports, SET_UP) == seed_settings(ports, SET_UP) == entries

    desk = ports.settings.desk()
    assert desk.profile.name == "Example Desk"
    assert desk.sla_policies["std"].calendar_id == "office"


@pytest.mark.parametrize(
    ("kind", "entry", "field"),
    [
        ("departments", {"id": "x", "name": "X", "mailbox_id": "gone"}, "mailbox_id"),
        ("topics", {"id": "x", "department_id": "gone", "names": {"en": "X"}}, "department_id"),
        (
            "agents",
            {"id": "x", "name": "X", "email": "x@example.org", "departments": ["gone"]},
            "departments",
        ),
        ("agents", {"id": "x", "name": "X", "email": "RUI@example.org"}, "email"),
        ("agents", {"id": "x", "name": "X", "email": "help+x@desk.example.com"}, "email"),
        (
            "mailboxes",
            {
                "id": "x", "name": "X", "department_id": "support",
                "address": "HELP@desk.example.com",
            },
            "address",
        ),
        (
            "mailboxes",
            {"id": "x", "name": "X", "department_id": "support", "address": "a+b@x.example.com"},
            "address",
        ),
        (
            "mailboxes",
            {
                "id": "x", "name": "X", "department_id": "support",
                "address": f"{'m' * 21}@x.example.com",
            },
            "address",
        ),
        (
            "sla_policies",
            {
                "id": "x", "name": "X", "calendar_id": "office",
                "minutes": {"low": {"resolution": 0}},
            },
            "minutes",
        ),
    ],
)  # fmt: skip
def test_what_could_not_work_is_refused_with_its_field_and_nothing_is_stored(
    kind: str, entry: dict[str, Any], field: str
) -> None:
    ports = _seeded()
    before = list_settings(ports, kind)

    with pytest.raises(InvalidSetting) as refused:
        save_setting(ports, kind, entry, based_on=0)

    assert field in refused.value.field
    assert list_settings(ports, kind) == before


def test_a_file_with_one_fault_stores_nothing() -> None:
    ports = FakePorts()

    with pytest.raises((InvalidSetting, ValidationError)):
        seed_settings(ports, {**SET_UP, "topics": [{"id": "x", "department_id": "gone"}]})

    assert list_settings(ports, "departments") == []


@pytest.mark.row("K3")
def test_a_setting_that_was_changed_meanwhile_is_not_overwritten() -> None:
    ports = _seeded()
    changed = _changed(ports, "departments", "support", name="Service")
    _, version = save_setting(ports, "departments", changed, based_on=1)

    with pytest.raises(StaleSetting):
        save_setting(ports, "departments", changed, based_on=1)
    with pytest.raises(StaleSetting):
        save_setting(ports, "departments", changed, based_on=0)
    assert version == 2


@pytest.mark.parametrize(
    ("kind", "setting_id"),
    [("mailboxes", "help"), ("departments", "support"), ("calendars", "office")],
)
def test_what_something_else_needs_cannot_be_removed(kind: str, setting_id: str) -> None:
    ports = _seeded()

    with pytest.raises(InvalidSetting):
        remove_setting(ports, kind, setting_id, based_on=None)

    assert ports.settings.document(kind, setting_id)


def test_whatever_still_needs_a_setting_is_named_when_it_is_to_be_removed() -> None:
    ports = _seeded()
    eva = {"id": "eva", "name": "Eva", "email": "eva@example.org", "departments": ["support"]}
    save_setting(ports, "agents", eva, based_on=0)

    with pytest.raises(InvalidSetting) as refused:
        remove_setting(ports, "departments", "support", based_on=None)

    fields = {fault.field for fault in refused.value.faults}
    assert {
        "mailboxes.help.department_id",
        "topics.fault.department_id",
        "agents.eva.departments",
    } <= fields
    assert all("still needed here" in fault.message for fault in refused.value.faults)


def test_of_two_that_collide_the_one_that_is_saved_is_at_fault() -> None:
    ports = _seeded()
    eva = {"id": "eva", "name": "Eva", "email": "eva@example.org"}
    save_setting(ports, "agents", eva, based_on=0)
    save_setting(ports, "agents", {**eva, "id": "zoe", "email": "zoe@example.org"}, based_on=0)
    house = {"id": "north", "name": "North", "domains": ["north.test"]}
    save_setting(ports, "organisations", house, based_on=0)
    save_setting(
        ports, "organisations", {"id": "south", "name": "S", "domains": ["south.test"]}, based_on=0
    )

    with pytest.raises(InvalidSetting) as address:
        save_setting(ports, "agents", {**eva, "email": "zoe@example.org"}, based_on=1)
    with pytest.raises(InvalidSetting) as domain:
        save_setting(ports, "organisations", {**house, "domains": ["south.test"]}, based_on=1)

    assert address.value.field == "agents.eva.email"
    assert domain.value.field == "organisations.north.domains"


def test_what_nothing_needs_can_be_removed_and_then_is_not_there() -> None:
    ports = _seeded()
    remove_setting(ports, "topics", "fault", based_on=1)

    with pytest.raises(NotFound):
        remove_setting(ports, "topics", "fault", based_on=None)


def test_the_desk_itself_stays() -> None:
    with pytest.raises(InvalidSetting):
        remove_setting(_seeded(), "desk", "desk", based_on=None)


def test_a_new_agent_is_invited_once_and_known_by_his_sign_in() -> None:
    ports = _seeded()
    agent = {"id": "eva", "name": "Eva", "email": "eva@example.org"}

    stored, version = save_setting(ports, "agents", agent, based_on=0)
    renamed, _ = save_setting(ports, "agents", {**agent, "name": "Eva E."}, based_on=version)

    assert stored["subject"] == renamed["subject"] == "subject-1"
    assert list(ports.identities.invited) == ["eva@example.org"]
