"""The contract of kept terms, of a ticket's events, and of what time rules remember."""

from dataclasses import replace

from chalicelib.domain.ticket import Priority
from chalicelib.usecases.ports import Commit
from tests.builders import NOON, a_message, a_ticket, an_event
from tests.storage.desks import Storage
from tests.unit.domain.hours import NIGHT_SHIFT, a_calendar
from tests.unit.domain.promises import some_terms


def test_terms_are_found_by_their_name_and_what_is_not_known_is_left_out(storage: Storage) -> None:
    day, night = some_terms(), some_terms(a_calendar(NIGHT_SHIFT))

    storage.settings.keep_terms([day, night])
    storage.settings.keep_terms([day])

    found = storage.settings.past_terms([night.id, "unknown", ""])
    assert found == {night.id: night}


def test_all_events_of_a_ticket_are_read_in_order_without_its_messages(storage: Storage) -> None:
    first, second = an_event(), an_event(id="01J00000000000000000000009")
    storage.tickets.commit(
        Commit(before=None, after=a_ticket(), messages=(a_message(),), events=(first, second))
    )

    assert list(storage.tickets.list_events(1001)) == [first, second]
    assert list(storage.tickets.list_events(1002)) == []


def test_a_ticket_remembers_its_terms_and_the_rules_that_acted(storage: Storage) -> None:
    ticket = replace(
        a_ticket(),
        status_since=NOON,
        terms_id="name-of-terms",
        promised_priority=Priority.LOW,
        rules_done=(("day", NOON), ("week", NOON)),
        rules_at=NOON,
    )

    storage.tickets.commit(Commit(before=None, after=ticket))

    assert storage.tickets.get(1001) == ticket
    due, _ = storage.tickets.list_due(1001 % 4, NOON, "")
    assert [one.number for one in due] == [1001]


def test_a_ticket_whose_rule_is_done_leaves_the_alarms(storage: Storage) -> None:
    ticket = a_ticket(rules_at=NOON)
    storage.tickets.commit(Commit(before=None, after=ticket))

    storage.tickets.commit(Commit(before=ticket, after=replace(ticket, version=2, rules_at=None)))

    assert storage.tickets.list_due(1001 % 4, NOON, "")[0] == []
