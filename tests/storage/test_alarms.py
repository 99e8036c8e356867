"""The contract of the alarm index: what is due comes, once, and nothing else."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.status import Status
from chalicelib.persistence import tickets
from chalicelib.usecases.ports import WAKE_SHARDS, Commit
from tests.builders import NOON, a_clock, a_ticket, a_ticket_waking_at
from tests.storage.desks import Storage


def due(storage: Storage, now: datetime) -> list[int]:
    """What every page of every shard says."""
    found: list[int] = []
    for shard in range(WAKE_SHARDS):
        cursor = ""
        while True:
            page, cursor = storage.tickets.list_due(shard, now, cursor)
            found.extend(due.number for due in page)
            if not cursor:
                break
    return sorted(found)


@pytest.mark.row("K5")
def test_what_is_due_is_listed_and_what_is_not_is_not(storage: Storage) -> None:
    for n, minutes in enumerate((-60, -1, 0, 1, 60)):
        wake_at = NOON + timedelta(minutes=minutes)
        storage.tickets.commit(Commit(None, a_ticket_waking_at(wake_at, number=1001 + n)))
    storage.tickets.commit(Commit(None, a_ticket(number=2000)))
    assert due(storage, NOON) == [1001, 1002, 1003]


def test_an_alarm_of_the_clocks_is_listed(storage: Storage) -> None:
    storage.tickets.commit(Commit(None, a_ticket(clocks=(a_clock(),))))
    assert due(storage, NOON + timedelta(minutes=44)) == []
    assert due(storage, NOON + timedelta(minutes=45)) == [1001]


def test_a_ticket_that_no_longer_waits_leaves_the_index(storage: Storage) -> None:
    waking = a_ticket_waking_at(NOON)
    storage.tickets.commit(Commit(None, waking))
    awake = replace(waking, version=2, status=Status.OPEN, postponed_until=None)
    storage.tickets.commit(Commit(waking, awake))
    assert due(storage, NOON + timedelta(days=400)) == []


def test_all_pages_of_all_shards_are_listed_once(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tickets, "_DUE_PAGE", 2)
    numbers = list(range(1001, 1014))
    for number in numbers:
        wake_at = NOON - timedelta(minutes=number % 3)
        storage.tickets.commit(Commit(None, a_ticket_waking_at(wake_at, number=number)))
    assert due(storage, NOON) == numbers
