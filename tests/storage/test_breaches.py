"""The report of missed promises, on fakes and on the table."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.breaches import Breach, Outcome
from chalicelib.domain.sla import Segment, SegmentKind, Target
from tests.builders import NOON
from tests.storage.desks import Storage

pytestmark = pytest.mark.row("K9", 55)
DAY = timedelta(days=1)


def a_breach(**changes: object) -> Breach:
    """An answer that is an hour late and still awaited."""
    started = NOON - timedelta(hours=1)
    fields: dict[str, object] = {
        "number": 1001,
        "target": Target.FIRST_RESPONSE,
        "due_at": NOON,
        "department_id": "support",
        "policy_id": "std",
        "assignee_id": "",
        "started_at": started,
        "allowed_seconds": 3600,
        "outcome": Outcome.OPEN,
        "ended_at": None,
        "late_seconds": 60,
        "counted_to": NOON + timedelta(minutes=1),
        "is_counting": True,
        "pieces": (Segment(SegmentKind.RUNNING, started, NOON, started),),
    }
    return Breach(**fields | changes)  # type: ignore[arg-type]


def _listed(storage: Storage, *departments: str, limit: int = 50) -> list[Breach]:
    found, cursor = [], ""
    while True:
        page, cursor = storage.breaches.page(
            departments, NOON - DAY, NOON + DAY, limit=limit, cursor=cursor
        )
        found += page
        if not cursor:
            return found


def test_what_is_kept_is_read_again(storage: Storage) -> None:
    storage.breaches.keep([a_breach()], 2)

    assert _listed(storage, "support") == [a_breach()]


def test_a_newer_version_replaces_and_an_older_one_does_not(storage: Storage) -> None:
    met = a_breach(outcome=Outcome.MET, ended_at=NOON + DAY, is_counting=False)
    storage.breaches.keep([met], 3)

    storage.breaches.keep([a_breach()], 2)

    assert _listed(storage, "support") == [met]


def test_departments_are_merged_by_due_time_over_pages(storage: Storage) -> None:
    kept = [
        a_breach(number=n, due_at=NOON + timedelta(minutes=n), department_id=("a", "b")[n % 2])
        for n in range(7)
    ]
    storage.breaches.keep(kept, 1)
    storage.breaches.keep([replace(kept[0], department_id="hidden")], 1)

    assert [b.number for b in _listed(storage, "a", "b", limit=2)] == list(range(7))
    assert _listed(storage) == []


def test_the_period_has_its_beginning_and_not_its_end(storage: Storage) -> None:
    storage.breaches.keep([a_breach()], 1)

    def of(since: timedelta, until: timedelta) -> int:
        found, _ = storage.breaches.page(
            ["support"], NOON + since, NOON + until, limit=5, cursor=""
        )
        return len(found)

    second = timedelta(seconds=1)
    assert (of(0 * second, second), of(-second, 0 * second), of(second, DAY)) == (1, 0, 0)
