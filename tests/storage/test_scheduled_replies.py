"""The contract of replies that wait: in one partition with their ticket, due by the alarm index."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import (
    LostRace,
    ScheduledReplyGone,
    StaleTicket,
    TicketNotFound,
)
from chalicelib.domain.scheduled_reply import HeldReason, edited, held, kept_fresh
from chalicelib.domain.ticket import Ticket
from chalicelib.usecases.ports import WAKE_SHARDS, AlreadyDone, Commit, Due
from tests.builders import (
    NOON,
    a_message,
    a_remembered,
    a_scheduled_reply,
    a_ticket,
    an_attachment,
    an_event,
)
from tests.storage import faults
from tests.storage.desks import Storage, TablePorts


def stored_ticket(storage: Storage, **changes: object) -> Ticket:
    """A ticket with three messages."""
    ticket = a_ticket(**changes)
    messages = tuple(a_message(id=f"01J0000000000000000000000{n}") for n in range(1, 4))
    storage.tickets.commit(Commit(None, ticket, messages))
    return ticket


def due(storage: Storage, minutes: int) -> list[Due]:
    """What is due so many minutes after noon."""
    now = NOON + timedelta(minutes=minutes)
    shards = [storage.tickets.list_due(shard, now, "")[0] for shard in range(WAKE_SHARDS)]
    return [found for shard in shards for found in shard]


def test_what_was_kept_is_read_as_it_was(storage: Storage) -> None:
    ticket = stored_ticket(storage)
    reply = a_scheduled_reply(attachments=(an_attachment(),), resolves=True)
    storage.scheduled_replies.schedule(reply, None)
    assert storage.scheduled_replies.find(1001, reply.id) == reply
    assert storage.scheduled_replies.get_with_ticket(1001) == (ticket, (reply,))


def test_a_ticket_without_any_has_none(storage: Storage) -> None:
    ticket = stored_ticket(storage)
    assert storage.scheduled_replies.get_with_ticket(1001) == (ticket, ())
    assert storage.scheduled_replies.find(1001, "01") is None
    with pytest.raises(TicketNotFound):
        storage.scheduled_replies.get_with_ticket(1002)


def test_the_thread_shows_them_beside_its_entries(storage: Storage) -> None:
    stored_ticket(storage)
    replies = [a_scheduled_reply(id=f"01K0000000000000000000000{n}") for n in range(1, 4)]
    for reply in replies:
        storage.scheduled_replies.schedule(reply, None)
    thread = storage.tickets.open_thread(1001, limit=2)
    assert list(thread.scheduled) == replies
    assert [entry.id[-1] for entry in thread.entries] == ["2", "3"]
    assert thread.older == thread.entries[0].id


def test_older_pages_and_the_end_of_the_thread_know_nothing_of_them(storage: Storage) -> None:
    stored_ticket(storage)
    storage.scheduled_replies.schedule(a_scheduled_reply(), None)
    newest = storage.tickets.open_thread(1001, limit=2)
    older = storage.tickets.list_older(1001, before=newest.older, limit=2)
    assert [entry.id[-1] for entry in older.entries] == ["1"]
    assert older.older == ""
    assert storage.tickets.open_thread(1001, limit=3).older == ""


def test_the_thread_with_them_is_one_call(on_table: TablePorts) -> None:
    stored_ticket(on_table)
    on_table.scheduled_replies.schedule(a_scheduled_reply(), None)
    with faults.counted(on_table.table) as calls:
        on_table.tickets.open_thread(1001, limit=100)
        on_table.scheduled_replies.get_with_ticket(1001)
        on_table.scheduled_replies.find(1001, "01")
    assert calls == ["Query", "Query", "GetItem"]


def test_it_is_due_at_its_time_beside_the_tickets(storage: Storage) -> None:
    stored_ticket(storage)
    reply = a_scheduled_reply(send_at=NOON + timedelta(minutes=5))
    storage.scheduled_replies.schedule(reply, None)
    assert due(storage, 4) == []
    assert due(storage, 5) == [Due(1001, reply.id)]


def test_all_pages_are_listed_once(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.persistence.tickets._DUE_PAGE", 2)
    stored_ticket(storage)
    ids = [f"01K0000000000000000000000{n}" for n in range(7)]
    for reply_id in ids:
        storage.scheduled_replies.schedule(a_scheduled_reply(id=reply_id), None)
    found: list[Due] = []
    cursor, more = "", True
    while more:
        page, cursor = storage.tickets.list_due(1001 % WAKE_SHARDS, NOON, cursor)
        found.extend(page)
        more = bool(cursor)
    assert sorted(found) == [Due(1001, reply_id) for reply_id in ids]


def test_a_commit_that_spends_it_takes_it_away(storage: Storage) -> None:
    ticket = stored_ticket(storage)
    reply = a_scheduled_reply()
    storage.scheduled_replies.schedule(reply, None)
    storage.tickets.commit(Commit(ticket, replace(ticket, version=2), spent=reply))
    assert storage.scheduled_replies.find(1001, reply.id) is None
    assert due(storage, 60) == []


def test_what_is_gone_cannot_be_spent_and_nothing_is_written(storage: Storage) -> None:
    ticket = stored_ticket(storage)
    event = an_event(id="01J00000000000000000000009")
    with pytest.raises(ScheduledReplyGone):
        storage.tickets.commit(
            Commit(ticket, replace(ticket, version=2), (), (event,), spent=a_scheduled_reply())
        )
    thread = storage.tickets.open_thread(1001, limit=9)
    assert (thread.ticket.version, len(thread.entries)) == (1, 3)


def test_gone_counts_more_than_changed_meanwhile(storage: Storage) -> None:
    ticket = stored_ticket(storage, version=5)
    old = replace(ticket, version=4)
    with pytest.raises(ScheduledReplyGone):
        storage.tickets.commit(Commit(old, replace(old, version=5), spent=a_scheduled_reply()))
    storage.scheduled_replies.schedule(a_scheduled_reply(), None)
    with pytest.raises(StaleTicket):
        storage.tickets.commit(Commit(old, replace(old, version=5), spent=a_scheduled_reply()))


def test_a_held_one_stays_and_is_due_no_more(storage: Storage) -> None:
    ticket = stored_ticket(storage)
    reply = a_scheduled_reply()
    storage.scheduled_replies.schedule(reply, None)
    stays = held(reply, HeldReason.STALE)
    storage.tickets.commit(Commit(ticket, replace(ticket, version=2), held=stays))
    assert storage.scheduled_replies.find(1001, reply.id) == stays
    assert due(storage, 60) == []


def test_one_that_stays_fresh_is_based_on_the_newer_version(storage: Storage) -> None:
    ticket = stored_ticket(storage)
    reply = a_scheduled_reply()
    storage.scheduled_replies.schedule(reply, None)
    fresh = kept_fresh(reply, 2)
    storage.tickets.commit(Commit(ticket, replace(ticket, version=2), kept_fresh=(fresh,)))
    assert storage.scheduled_replies.find(1001, reply.id) == fresh


def test_one_that_left_meanwhile_makes_the_writer_decide_again(storage: Storage) -> None:
    ticket = stored_ticket(storage)
    fresh = kept_fresh(a_scheduled_reply(), 2)
    with pytest.raises(LostRace):
        storage.tickets.commit(Commit(ticket, replace(ticket, version=2), kept_fresh=(fresh,)))
    assert storage.tickets.get(1001).version == 1


def test_a_change_on_an_older_version_is_refused(storage: Storage) -> None:
    stored_ticket(storage)
    reply = a_scheduled_reply()
    storage.scheduled_replies.schedule(reply, None)
    changed = edited(reply, text="Other words.", send_at=None, based_on=1)
    storage.scheduled_replies.save(changed)
    for act in (storage.scheduled_replies.save, storage.scheduled_replies.remove):
        with pytest.raises(ScheduledReplyGone):
            act(changed if act == storage.scheduled_replies.save else reply)
    assert storage.scheduled_replies.find(1001, reply.id) == changed


def test_what_was_taken_back_is_gone(storage: Storage) -> None:
    stored_ticket(storage)
    reply = a_scheduled_reply()
    storage.scheduled_replies.schedule(reply, None)
    storage.scheduled_replies.remove(reply)
    assert storage.scheduled_replies.find(1001, reply.id) is None
    with pytest.raises(ScheduledReplyGone):
        storage.scheduled_replies.remove(reply)


def test_the_same_key_keeps_one(storage: Storage) -> None:
    stored_ticket(storage)
    remembered = a_remembered(answer={"scheduled": "01"})
    storage.scheduled_replies.schedule(a_scheduled_reply(id="01"), remembered)
    with pytest.raises(AlreadyDone) as refused:
        storage.scheduled_replies.schedule(a_scheduled_reply(id="02"), remembered)
    assert refused.value.remembered == remembered
    assert storage.scheduled_replies.find(1001, "02") is None
