"""Undo against the moment of sending, on DynamoDB Local: exactly one of them wins, every time."""

import random
from datetime import timedelta
from typing import cast

import pytest

from chalicelib.domain.errors import LostRace, ScheduledReplyGone, StaleScheduledReply
from chalicelib.domain.ticket import Message, MessageKind
from chalicelib.usecases.answer_ticket import Answer, add_note
from chalicelib.usecases.ports import Commit, Ports
from chalicelib.usecases.scheduled_replies import (
    Edit,
    edit_scheduled_reply,
    schedule_reply,
    send_now,
    send_when_due,
    take_back,
)
from tests.builders import a_desk, a_ticket, an_agent
from tests.fakes import FakeFiles, FakeSettings
from tests.storage.desks import TablePorts
from tests.storage.test_concurrency import together

pytestmark = [pytest.mark.dynamodb_local, pytest.mark.timeout(300)]

AUTHOR = an_agent()
ROUNDS = 60


def _ports(on_table: TablePorts) -> Ports:
    on_table.settings = FakeSettings(a_desk(AUTHOR))  # type: ignore[assignment] - the same protocol
    on_table.files = FakeFiles()  # type: ignore[attr-defined] - no file takes part
    return cast("Ports", on_table)


def _replies(ports: Ports, number: int) -> int:
    entries = ports.tickets.open_thread(number, limit=50).entries
    kind = MessageKind.PUBLIC_REPLY
    return sum(isinstance(entry, Message) and entry.kind is kind for entry in entries)


def _attempt(ports: Ports, number: int, reply_id: str, how: str) -> bool:
    """Whether this one had the reply, whichever way it wanted it."""
    try:
        if how == "undo":
            take_back(ports, AUTHOR, number, reply_id)
        elif how == "send":
            send_now(ports, AUTHOR, number, reply_id, based_on=99)
        else:
            return send_when_due(ports, number, reply_id) == "sent"
    except (ScheduledReplyGone, LostRace):
        return False
    return True


@pytest.mark.row("J5", "J11")
def test_undo_send_now_and_the_due_time_share_a_reply_never(on_table: TablePorts) -> None:
    ports = _ports(on_table)
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # noqa: T201 - to repeat a failure
    order = random.Random(seed)
    won = {"undo": 0, "send": 0, "due": 0}
    for number in range(1001, 1001 + ROUNDS):
        ports.tickets.commit(Commit(None, a_ticket(number=number)))
        now = ports.clock.now()
        answer = Answer(number, "Use water.", based_on=1)
        reply = schedule_reply(ports, AUTHOR, answer, now + timedelta(seconds=1))[1]
        on_table.clock.advance(seconds=2)
        ways = ["undo", "send", "due", "send", "due", "due"]
        order.shuffle(ways)
        had = together(
            lambda how, number=number, reply=reply: _attempt(ports, number, reply.id, how), ways
        )
        winners = [how for how, has in zip(ways, had, strict=True) if has]
        assert len(winners) == 1, (number, winners)
        won[winners[0]] += 1
        assert _replies(ports, number) == (winners[0] != "undo")
        assert ports.scheduled_replies.find(number, reply.id) is None
    print(f"{ROUNDS} replies, 6 hands each: {won}")  # noqa: T201 - the result


def test_notes_and_edits_while_it_leaves_neither_lose_nor_double_it(on_table: TablePorts) -> None:
    ports = _ports(on_table)
    for number in range(2001, 2001 + ROUNDS // 2):
        ports.tickets.commit(Commit(None, a_ticket(number=number)))
        answer = Answer(number, "Use water.", based_on=1)
        send_at = ports.clock.now() + timedelta(seconds=1)
        reply = schedule_reply(ports, AUTHOR, answer, send_at)[1]
        on_table.clock.advance(seconds=2)

        def meddle(how: str, number: int = number, reply_id: str = reply.id) -> None:
            try:
                if how == "note":
                    add_note(ports, AUTHOR, Answer(number, "Told him."))
                elif how == "edit":
                    edit = Edit(1, 99, text="Use sand.")
                    edit_scheduled_reply(ports, AUTHOR, number, reply_id, edit)
                else:
                    send_when_due(ports, number, reply_id)
            except (ScheduledReplyGone, StaleScheduledReply, LostRace):
                return

        together(meddle, ["due", "note", "edit", "due", "note"])
        send_when_due(ports, number, reply.id)
        assert _replies(ports, number) == 1, number
