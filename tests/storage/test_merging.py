"""The contract of merged tickets: two in one write, and words that are shown on both."""

from dataclasses import replace

import pytest

from chalicelib.domain.errors import StaleTicket
from chalicelib.domain.relations import Link, LinkKind
from chalicelib.domain.ticket import Message
from chalicelib.usecases.ports import Commit
from tests.builders import a_message, a_ticket, an_event
from tests.storage.desks import Storage

SOURCE, TARGET = 1001, 1002


def _two(storage: Storage, *, messages: int = 1) -> None:
    for number, start in ((SOURCE, 0), (TARGET, 500)):
        ids = [f"01J{start + n:023d}" for n in range(messages)]
        for first in range(0, messages, 20):
            chunk = tuple(a_message(id=id_) for id_ in ids[first : first + 20])
            before = a_ticket(number=number) if first else None
            commit = Commit(before, a_ticket(number=number), messages=chunk)
            storage.tickets.commit(commit)


def _shown(storage: Storage, number: int) -> list[str]:
    thread = storage.tickets.open_thread(number, limit=200)
    return [entry.id for entry in thread.entries if isinstance(entry, Message)]


@pytest.mark.row("J9")
def test_two_tickets_change_in_one_write_or_none_does(storage: Storage) -> None:
    _two(storage)
    first, second = storage.tickets.get(SOURCE), storage.tickets.get(TARGET)
    link = Link(LinkKind.CHILD, TARGET)
    after = replace(first, version=2, links=(link,))
    other = Commit(second, replace(second, version=2, merged_from=(SOURCE,)), events=(an_event(),))
    storage.tickets.commit(Commit(first, after, beside=other))

    found = storage.tickets.list_by_numbers([TARGET, SOURCE, 4711])
    assert [(t.number, t.version) for t in found] == [(SOURCE, 2), (TARGET, 2)]
    assert (found[0].links, found[1].merged_from) == ((link,), (SOURCE,))
    stale = Commit(second, replace(second, version=2))
    with pytest.raises(StaleTicket):
        storage.tickets.commit(Commit(after, replace(after, version=3), beside=stale))
    assert storage.tickets.get(SOURCE).version == 2


@pytest.mark.row("J9")
@pytest.mark.parametrize("messages", [1, 60])
def test_words_are_brought_once_and_shown_only_while_the_ticket_stands_for_both(
    storage: Storage, messages: int
) -> None:
    _two(storage, messages=messages)
    own = _shown(storage, TARGET)
    for _ in range(2):
        storage.tickets.bring_messages(SOURCE, TARGET)
    assert _shown(storage, TARGET) == own

    target = storage.tickets.get(TARGET)
    standing = replace(target, version=2, merged_from=(SOURCE,))
    storage.tickets.commit(Commit(target, standing))
    assert _shown(storage, TARGET) == [*_shown(storage, SOURCE), *own]
    brought = storage.tickets.get_message(TARGET, _shown(storage, SOURCE)[0])
    assert brought == replace(storage.tickets.get_message(SOURCE, brought.id), merged_from=SOURCE)

    storage.tickets.drop_messages(SOURCE, TARGET)
    assert _shown(storage, TARGET) == own
