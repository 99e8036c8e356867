"""The contract of the set-up: versions, and one desk of all documents."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import LostRace, NotFound, StaleSetting
from tests.storage.desks import Storage, TablePorts

MAILBOX = {"id": "help", "address": "help@desk.example.com", "name": "Help"}
SUPPORT = {"id": "support", "name": "Support", "mailbox_id": "help"}


def test_a_desk_without_documents_is_empty(storage: Storage) -> None:
    assert storage.settings.desk().departments == {}


def test_the_desk_is_made_of_all_documents(storage: Storage) -> None:
    storage.settings.save("departments", "support", SUPPORT, based_on=0)
    storage.settings.save("mailboxes", "help", {**MAILBOX, "department_id": "support"}, based_on=0)
    desk = storage.settings.desk()
    assert desk.departments["support"].name == "Support"
    assert desk.mailboxes["help"].address == "help@desk.example.com"


def test_a_document_is_given_back_as_it_was(storage: Storage) -> None:
    odd = {"id": "odd", "nothing": None, "half": 0.5, "list": [1, {"deep": True}], "empty": ""}
    assert storage.settings.save("topics", "odd", odd, based_on=0) == 1
    assert storage.settings.document("topics", "odd") == (odd, 1)


def test_documents_of_a_kind_are_listed_by_id(storage: Storage) -> None:
    for setting_id in ("b", "a"):
        storage.settings.save("topics", setting_id, {"id": setting_id}, based_on=0)
    storage.settings.save("topics_of_old", "c", {"id": "c"}, based_on=0)
    assert storage.settings.list_documents("topics") == [({"id": "a"}, 1), ({"id": "b"}, 1)]


def test_a_change_that_was_checked_against_an_older_set_up_is_refused(storage: Storage) -> None:
    as_of = storage.settings.revision()
    assert storage.settings.save("topics", "a", {"id": "a"}, based_on=0, as_of=as_of) == 1
    with pytest.raises(LostRace):
        storage.settings.save("topics", "b", {"id": "b"}, based_on=0, as_of=as_of)
    with pytest.raises(LostRace):
        storage.settings.remove("topics", "a", based_on=1, as_of=as_of)
    fresh = storage.settings.revision()
    assert storage.settings.save("topics", "a", {"id": "a"}, based_on=None, as_of=fresh) == 2
    storage.settings.remove("topics", "a", based_on=2, as_of=fresh + 1)
    assert storage.settings.list_documents("topics") == []


def test_an_edit_of_an_older_version_is_refused(storage: Storage) -> None:
    storage.settings.save("topics", "a", {"id": "a"}, based_on=0)
    assert storage.settings.save("topics", "a", {"id": "a", "position": 1}, based_on=1) == 2
    for stale in (0, 1, 3):
        with pytest.raises(StaleSetting):
            storage.settings.save("topics", "a", {"id": "lost"}, based_on=stale)
    assert storage.settings.document("topics", "a") == ({"id": "a", "position": 1}, 2)


def test_what_is_not_there_cannot_be_edited(storage: Storage) -> None:
    with pytest.raises(StaleSetting):
        storage.settings.save("topics", "a", {"id": "a"}, based_on=4)
    with pytest.raises(NotFound):
        storage.settings.document("topics", "a")


def test_a_set_up_file_overwrites_whatever_is_there(storage: Storage) -> None:
    assert storage.settings.save("topics", "a", {"id": "a"}, based_on=None) == 1
    assert storage.settings.save("topics", "a", {"id": "a"}, based_on=None) == 2


def test_a_setting_is_removed_by_who_saw_it_last(storage: Storage) -> None:
    storage.settings.save("topics", "a", {"id": "a"}, based_on=0)
    with pytest.raises(StaleSetting):
        storage.settings.remove("topics", "a", based_on=7)
    storage.settings.remove("topics", "a", based_on=1)
    for based_on in (1, None):
        with pytest.raises(NotFound):
            storage.settings.remove("topics", "a", based_on=based_on)


def test_own_changes_are_seen_at_once(on_table: TablePorts) -> None:
    assert on_table.settings.desk().departments == {}
    on_table.settings.save("departments", "support", SUPPORT, based_on=0)
    assert "support" in on_table.settings.desk().departments
    on_table.settings.remove("departments", "support", based_on=None)
    assert on_table.settings.desk().departments == {}


@pytest.mark.parametrize(("pushes", "strategy"), [(True, "round_robin"), (False, "manual")])
def test_a_department_stored_with_a_switch_for_pushing_is_read_as_its_strategy(
    on_table: TablePorts, *, pushes: bool, strategy: str
) -> None:
    older = {**SUPPORT, "strategy": "round_robin", "push_assignment": pushes}
    on_table.settings.save("departments", "support", older, based_on=0)

    today = {**SUPPORT, "strategy": strategy}
    assert on_table.settings.desk().departments["support"].strategy == strategy
    assert on_table.settings.document("departments", "support") == (today, 1)
    assert on_table.settings.list_documents("departments") == [(today, 1)]


def test_changes_of_another_container_are_seen_after_fifteen_seconds(
    on_table: TablePorts,
) -> None:
    other = TablePorts(on_table.table)
    on_table.settings.desk()
    other.settings.save("departments", "support", SUPPORT, based_on=0)
    on_table.clock.advance(seconds=14)
    assert on_table.settings.desk().departments == {}
    on_table.clock.advance(seconds=1)
    assert "support" in on_table.settings.desk().departments


def test_a_clock_that_is_set_back_does_not_keep_an_old_desk(on_table: TablePorts) -> None:
    other = TablePorts(on_table.table)
    on_table.settings.desk()
    other.settings.save("departments", "support", SUPPORT, based_on=0)
    on_table.clock.at -= timedelta(hours=1)
    assert "support" in on_table.settings.desk().departments
