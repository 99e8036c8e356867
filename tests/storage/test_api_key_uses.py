"""The contract of the days on which API keys were used."""

from datetime import date

import pytest

from chalicelib.persistence.api_key_uses import ApiKeyUseRepository
from tests.storage.desks import Storage, TablePorts

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


@pytest.mark.row(39)
def test_the_last_day_of_each_key_is_known(storage: Storage) -> None:
    for use_id, day in (("shop#a", MONDAY), ("shop#a", TUESDAY), ("crm#b", MONDAY)):
        storage.api_key_uses.note(use_id, day)

    assert storage.api_key_uses.last_days() == {"shop#a": TUESDAY, "crm#b": MONDAY}


def test_a_container_that_lags_does_not_turn_the_day_back(storage: Storage) -> None:
    storage.api_key_uses.note("shop#a", TUESDAY)
    if isinstance(storage, TablePorts):
        storage.api_key_uses = ApiKeyUseRepository(storage.table)
    storage.api_key_uses.note("shop#a", MONDAY)

    assert storage.api_key_uses.last_days() == {"shop#a": TUESDAY}
