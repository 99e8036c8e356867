"""Agents answer by mail: where an answer goes is fixed in its address and said in words."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.desk import ALL_CHANNELS, Agent, NoticeKind, Role
from chalicelib.domain.letter import Letter, LetterKind
from chalicelib.domain.ticket import Event, EventKind
from chalicelib.domain.tokens import AgentCapability, name_key, read_agent_token
from chalicelib.usecases.answer_ticket import Answer, add_note, reply_in_public
from chalicelib.usecases.customer_page import answer_by_link
from chalicelib.usecases.mail_out.letters import page_of
from chalicelib.usecases.timers import wake_ticket
from tests.builders import AGENT
from tests.fakes import FakePorts
from tests.unit.usecases.stage import BOSS, RUI, Stream, ports_of, pushed, the_desk, there

EAGER = replace(RUI, notices=dict.fromkeys(NoticeKind, ALL_CHANNELS))


def a_desk_of(agent: Agent = EAGER) -> tuple[FakePorts, int, Stream]:
    """A ticket that was dealt to an agent who wants every mail, and all mails of that sent."""
    ports = ports_of()
    ports.settings.ready = the_desk(agent, BOSS)
    there(ports, agent)
    number = pushed(ports).number
    stream = Stream(ports)
    stream.flow()
    return ports, number, stream


def letter_of(ports: FakePorts, kind: LetterKind) -> Letter:
    """The newest letter of a kind."""
    return [letter for letter in ports.composer.letters if letter.kind is kind][-1]


def opened_by(ports: FakePorts, letter: Letter) -> AgentCapability:
    """What the reply address of a letter opens."""
    local, _, domain = letter.reply_to.partition("@")
    assert domain == "desk.example.com"
    assert len(local) <= 64
    return read_agent_token(local.partition("+")[2], ports.secrets.keyring())


def customer_writes(ports: FakePorts, number: int, text: str = "Any news?") -> None:
    """The customer answers by his link."""
    answer_by_link(ports, page_of(ports, ports.store.tickets[number]).rpartition("/")[2], text)


@pytest.mark.row(27, 72)
def test_an_answer_to_the_mail_of_an_assignment_goes_to_the_customer() -> None:
    ports, number, _ = a_desk_of()
    letter = letter_of(ports, LetterKind.AGENT_ASSIGNED)

    assert opened_by(ports, letter) == AgentCapability(number, name_key(RUI.id), 1, as_note=False)
    assert letter.facts["answer"] == "public"
    assert letter.message is not None
    assert letter.message.text == "It says 12 instead of 21."


@pytest.mark.row(27, 72)
def test_the_mail_of_a_customers_message_shows_it_and_tells_what_the_agent_has_seen() -> None:
    ports, number, stream = a_desk_of()
    customer_writes(ports, number)
    stream.flow()

    letter = letter_of(ports, LetterKind.AGENT_CUSTOMER_WROTE)
    assert letter.message is not None
    assert letter.message.text == "Any news?"
    seen = ports.store.tickets[number].content_version
    assert opened_by(ports, letter) == AgentCapability(number, name_key(RUI.id), seen, False)


@pytest.mark.row(27)
def test_a_mail_that_is_overtaken_by_a_newer_message_tells_that_the_agent_missed_something() -> (
    None
):
    ports, number, stream = a_desk_of()
    customer_writes(ports, number, "First.")
    ports.clock.advance(minutes=1)
    customer_writes(ports, number, "Second, all is solved.")
    stream.flow()

    wrote = LetterKind.AGENT_CUSTOMER_WROTE
    first, second = [letter for letter in ports.composer.letters if letter.kind is wrote]
    now = ports.store.tickets[number].content_version
    assert opened_by(ports, first).seen < now
    assert opened_by(ports, second).seen == now


@pytest.mark.row(61, 72)
@pytest.mark.parametrize(
    ("minutes", "kind"), [(45, LetterKind.AGENT_AT_RISK), (60, LetterKind.AGENT_BREACHED)]
)
def test_an_answer_to_a_warning_stays_inside(minutes: int, kind: LetterKind) -> None:
    ports, number, stream = a_desk_of()
    ports.clock.advance(minutes=minutes)
    wake_ticket(ports, number)
    stream.flow()

    letter = letter_of(ports, kind)
    assert opened_by(ports, letter).as_note
    assert letter.facts["answer"] == "note"


@pytest.mark.row(27)
def test_who_may_not_write_to_customers_is_told_that_his_answer_stays_inside() -> None:
    reader = replace(EAGER, role=Role.COLLABORATOR)
    ports, number, stream = a_desk_of()
    ports.settings.ready = the_desk(reader, BOSS)
    customer_writes(ports, number)
    stream.flow()

    letter = letter_of(ports, LetterKind.AGENT_CUSTOMER_WROTE)
    assert opened_by(ports, letter).as_note
    assert letter.facts["answer"] == "note"


def happened(ports: FakePorts, number: int, kind: EventKind, **changes: Any) -> None:
    """An event on the ticket that something else wrote."""
    at = ports.clock.now()
    event = Event(**{"kind": kind, "actor": AGENT, "at": at, "id": ports.ids.new()} | changes)
    ports.store.entries[number].append((event.id, event))


@pytest.mark.row(27)
@pytest.mark.parametrize("reason", ["stale", "not_allowed", "closed"])
def test_an_agent_whose_answer_was_kept_as_a_note_is_told_himself(reason: str) -> None:
    ports, number, stream = a_desk_of()
    happened(ports, number, EventKind.AGENT_MAIL_KEPT_AS_NOTE, after={"reason": reason})
    stream.flow(times=3)

    letter = letter_of(ports, LetterKind.AGENT_ANSWER_KEPT)
    assert (letter.to_address, letter.facts["reason"]) == (RUI.email, reason)
    kinds = [n.kind for n in ports.notices.list_by_agent(RUI.id, limit=9, cursor="")[0]]
    assert kinds.count(NoticeKind.ANSWER_KEPT) == 1


@pytest.mark.row(27)
def test_an_agent_whose_scheduled_reply_is_held_is_told_even_if_he_wants_no_notices() -> None:
    ports, number, stream = a_desk_of(replace(RUI, notices={}))
    after = {"agent": RUI.id, "reason": "stale"}
    happened(ports, number, EventKind.SCHEDULED_REPLY_HELD, after=after)
    stream.flow()

    kinds = [n.kind for n in ports.notices.list_by_agent(RUI.id, limit=9, cursor="")[0]]
    assert kinds == [NoticeKind.SCHEDULED_HELD]
    assert LetterKind.AGENT_SCHEDULED_HELD not in [one.kind for one in ports.composer.letters]


@pytest.mark.row(61, "J13")
def test_no_mail_to_an_agent_carries_a_note() -> None:
    ports, number, stream = a_desk_of()
    add_note(ports, BOSS, Answer(number, "canary-inside"))
    customer_writes(ports, number)
    stream.flow()
    reply_in_public(ports, BOSS, Answer(number, "Done.", based_on=99))
    stream.flow()

    assert "canary-inside" not in repr(ports.composer.letters)
