"""The contract of what a desk adds to tickets: fields, labels, and tags that are suggested."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.note_extras import Reminder
from chalicelib.domain.satisfaction import Rating, Satisfaction
from chalicelib.usecases.ports import Commit
from tests.builders import NOON, a_message, a_ticket
from tests.storage.desks import Storage


@pytest.mark.row(73)
def test_fields_of_every_kind_are_read_back(storage: Storage) -> None:
    values = {"a": "x", "b": 2.5, "c": 0, "d": False, "e": ("p", "q")}
    ticket = a_ticket(
        fields=values, type_id="incident", label_id="waiting", is_internal=True, put_away_at=NOON
    )
    storage.tickets.commit(Commit(None, ticket))

    assert storage.tickets.get(1001) == ticket
    assert ticket.wake_at == NOON + timedelta(days=30)


@pytest.mark.row(8)
def test_tags_are_counted_when_they_are_given_and_suggested_by_their_beginning(
    storage: Storage,
) -> None:
    for number, tags in ((1001, ("vat", "van")), (1002, ("vat",)), (1003, ("lift",))):
        storage.tickets.commit(Commit(None, a_ticket(number=number, tags=tags)))
    first = storage.tickets.get(1003)
    storage.tickets.commit(Commit(first, replace(first, version=2, subject="Lift")))

    assert storage.tickets.suggest_tags("va", limit=5) == ["vat", "van"]
    assert storage.tickets.suggest_tags("", limit=5) == ["vat", "lift", "van"]
    assert storage.tickets.suggest_tags("x", limit=5) == []


@pytest.mark.row(23, 70)
def test_a_question_and_its_answer_are_read_back_and_wake_the_ticket(storage: Storage) -> None:
    asking = Satisfaction(agent_id="agent-rui", department_id="support", ask_at=NOON)
    ticket = a_ticket(satisfaction=asking)
    storage.tickets.commit(Commit(None, ticket))
    assert storage.tickets.get(1001) == ticket
    assert ticket.wake_at == NOON

    said = replace(
        asking, ask_at=None, asked_at=NOON, rating=Rating.BAD, comment="Slow.", rated_at=NOON,
        never=True,
    )  # fmt: skip
    rated = replace(ticket, version=2, satisfaction=said)
    storage.tickets.commit(Commit(ticket, rated))
    assert storage.tickets.get(1001) == rated


@pytest.mark.row(62, 63)
def test_what_notes_have_besides_words_is_read_back(storage: Storage) -> None:
    reminder = Reminder(NOON + timedelta(hours=1), "agent-rui", "01J")
    ticket = a_ticket(reminders=(reminder,), ticked=("01J:0",))
    note = a_message(items=("Call", "Send"), mentions=("agent-eva",))
    storage.tickets.commit(Commit(None, ticket, messages=(note,)))

    assert storage.tickets.get(1001) == ticket
    assert ticket.wake_at == reminder.at
    assert storage.tickets.get_message(1001, note.id) == note
