"""Notes with things to tick off, a reminder, and colleagues who are called in."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import InvalidRequest, NotAllowed
from chalicelib.domain.note_extras import named_in
from chalicelib.domain.ticket import EventKind, MessageKind
from chalicelib.usecases.answer_ticket import Answer, add_note, tick_item
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.timers import wake_ticket
from tests.fakes import FakePorts
from tests.unit.usecases.stage import EVA, OUTSIDER, READER, RUI, Stream, opened_ticket, ports_of


def _told(ports: FakePorts, agent_id: str) -> list[str]:
    notices, _ = ports.notices.list_by_agent(agent_id, limit=20, cursor="")
    return [notice.kind for notice in notices]


@pytest.mark.row(62)
def test_items_of_a_note_are_ticked_by_whoever_may_write_notes() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number
    _, note = add_note(ports, RUI, Answer(number, "To do", items=("Call", "Send")))
    for _ in range(2):
        ticket = tick_item(ports, READER, number, note.id, 1, done=True)

    assert ticket.ticked == (f"{note.id}:1",)
    told = [e for e in ports.store.events(number) if e.kind is EventKind.ITEM_TICKED]
    assert [(e.after["item"], e.actor.id) for e in told] == [("Send", READER.id)]
    assert tick_item(ports, RUI, number, note.id, 1, done=False).ticked == ()
    with pytest.raises(InvalidRequest, match="no such item"):
        tick_item(ports, RUI, number, note.id, 2, done=True)


@pytest.mark.row(62)
def test_the_author_is_reminded_once_at_his_time() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number
    at = ports.clock.at + timedelta(minutes=10)
    ticket, note = add_note(ports, RUI, Answer(number, "Call back", remind_at=at))
    assert ticket.wake_at == at
    Stream(ports).flow()
    ports.clock.at = at
    for _ in range(2):
        ticket = wake_ticket(ports, number)
        Stream(ports).flow(times=2)

    assert ticket.reminders == ()
    (event,) = [e for e in ports.store.events(number) if e.kind is EventKind.REMINDER_DUE]
    assert (event.after, event.message_id) == ({"agent": RUI.id}, note.id)
    assert _told(ports, RUI.id).count("reminder") == 1
    assert "reminder" not in _told(ports, EVA.id)


@pytest.mark.row(62)
def test_a_reminder_is_in_the_future_and_waits_while_the_ticket_is_thrown_away() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number
    at = ports.clock.at + timedelta(minutes=10)
    with pytest.raises(InvalidRequest, match="in the future"):
        add_note(ports, RUI, Answer(number, "Late", remind_at=ports.clock.at))
    add_note(ports, RUI, Answer(number, "Call back", remind_at=at))
    gone = change_ticket(ports, RUI, Change(number, None, status="deleted"))
    assert gone.wake_at == gone.gone_at
    ports.clock.advance(days=1)

    assert len(wake_ticket(ports, number).reminders) == 1
    back = change_ticket(ports, RUI, Change(number, None, status="restored"))
    assert back.wake_at == at


@pytest.mark.row(63)
def test_who_is_called_in_by_name_is_told_and_gets_no_further_right() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number
    said = f"@{EVA.id} please look, and @{READER.id}, not @nobody."
    _, note = add_note(ports, RUI, Answer(number, said, mentions=(EVA.id, RUI.id)))
    Stream(ports).flow()

    assert note.mentions == (EVA.id, RUI.id, READER.id)
    assert "mentioned" in _told(ports, EVA.id)
    assert "mentioned" in _told(ports, READER.id)
    assert "mentioned" not in _told(ports, RUI.id)
    with pytest.raises(NotAllowed):
        change_ticket(ports, READER, Change(number, None, status="resolved"))


@pytest.mark.row(63, 5)
def test_who_cannot_see_the_ticket_is_not_called_in() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number

    with pytest.raises(InvalidRequest, match="Max Example cannot see this ticket"):
        add_note(ports, RUI, Answer(number, f"@{OUTSIDER.id} help"))
    with pytest.raises(InvalidRequest, match="gone cannot see this ticket"):
        add_note(ports, RUI, Answer(number, "Help", mentions=("gone",)))
    assert not [e for _, e in ports.store.entries[number]
                if getattr(e, "kind", "") is MessageKind.INTERNAL_NOTE]  # fmt: skip


@pytest.mark.row(63)
@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@eva", ("eva",)), ("(@eva)", ("eva",)), ("@eva, @eva!", ("eva",)),
        ("mail@eva", ()), ("@evap", ()), ("@eva-", ("eva",)), ("@@eva", ()), ("", ()),
    ],
)  # fmt: skip
def test_a_name_behind_an_at_sign_calls_somebody(text: str, named: tuple[str, ...]) -> None:
    assert named_in(text, {"eva"}) == named
