"""The contract of loads, notices, wishes for links and signing keys."""

from datetime import timedelta

import pytest

from chalicelib.domain.assignment import AgentLoad
from tests.builders import NOON, a_notice
from tests.storage.desks import Storage, TablePorts


def test_an_agent_who_never_came_has_an_empty_load(storage: Storage) -> None:
    loads = storage.loads.list_by_agents(["agent-b", "agent-a"])
    assert loads == [AgentLoad("agent-b"), AgentLoad("agent-a")]
    assert storage.loads.list_by_agents([]) == []


@pytest.mark.row("J10")
def test_an_agent_comes_and_goes(storage: Storage) -> None:
    storage.loads.set_available("agent-a", available=True)
    assert storage.loads.list_by_agents(["agent-a"]) == [AgentLoad("agent-a", available=True)]
    storage.loads.set_available("agent-a", available=False)
    assert storage.loads.list_by_agents(["agent-a"]) == [AgentLoad("agent-a")]


@pytest.mark.row(72)
def test_an_agent_is_told_once_of_one_event(storage: Storage) -> None:
    storage.notices.add(a_notice())
    storage.notices.add(a_notice(subject="Changed meanwhile"))
    assert storage.notices.list_by_agent("agent-rui", limit=5, cursor="") == ([a_notice()], "")


def test_notices_come_newest_first_page_by_page_and_only_ones_own(storage: Storage) -> None:
    for n in range(5):
        storage.notices.add(a_notice(id=f"01{n}"))
    storage.notices.add(a_notice(id="019", agent_id="agent-eva"))
    storage.loads.set_available("agent-rui", available=True)
    storage.notices.mark_read("agent-rui", "011")
    first, cursor = storage.notices.list_by_agent("agent-rui", limit=2, cursor="")
    second, cursor = storage.notices.list_by_agent("agent-rui", limit=2, cursor=cursor)
    last, end = storage.notices.list_by_agent("agent-rui", limit=2, cursor=cursor)
    assert [(n.id, n.read) for n in (*first, *second, *last)] == [
        ("014", False), ("013", False), ("012", False), ("011", True), ("010", True),
    ]  # fmt: skip
    assert end == ""


def test_what_was_read_stays_read(storage: Storage) -> None:
    for n in range(3):
        storage.notices.add(a_notice(id=f"01{n}"))
    storage.notices.mark_read("agent-rui", "012")
    storage.notices.mark_read("agent-rui", "010")
    notices, _ = storage.notices.list_by_agent("agent-rui", limit=5, cursor="")
    assert all(notice.read for notice in notices)


def test_an_agent_without_notices_has_none(storage: Storage) -> None:
    storage.notices.mark_read("agent-rui", "01")
    assert storage.notices.list_by_agent("agent-rui", limit=5, cursor="") == ([], "")


def test_the_desk_makes_its_key_once(on_table: TablePorts) -> None:
    first = on_table.secrets.keyring()
    other = TablePorts(on_table.table)
    assert other.secrets.keyring() == first
    assert first.current == 1
    assert len(first.keys[1]) == 32


def test_a_wish_for_a_link_counts_once_in_ten_minutes(on_table: TablePorts) -> None:
    wished = []
    for minutes in (0, 1, 9, 10, 11):
        at = NOON + timedelta(minutes=minutes)
        on_table.link_requests.ask("Ana@example.com", "pt_BR", at)
        (item,) = on_table.table.connection.scan(on_table.table.name)["Items"]
        wished.append(item["request_id"]["S"])
    assert wished[0] == wished[1] == wished[2] != wished[3] == wished[4]
    assert item["address"]["S"] == "Ana@example.com"
