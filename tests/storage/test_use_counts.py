"""The contract of counts of uses: each use once, and each kind by itself."""

import pytest

from tests.builders import NOON
from tests.storage.desks import Storage


@pytest.mark.row(56)
def test_a_use_that_is_told_twice_counts_once(storage: Storage) -> None:
    for cause in ("01A", "01B", "01A"):
        storage.use_counts.count("event_rules", "vip", cause, NOON)
    storage.use_counts.count("time_rules", "silent", "01C", NOON)

    assert storage.use_counts.read("event_rules") == {"vip": 2}
    assert storage.use_counts.read("macros") == {}


def test_the_number_given_last_is_known_without_giving_one(storage: Storage) -> None:
    assert storage.tickets.last_number() == 0
    drawn = storage.tickets.next_number()

    assert storage.tickets.last_number() == drawn
    assert storage.tickets.next_number() == drawn + 1
