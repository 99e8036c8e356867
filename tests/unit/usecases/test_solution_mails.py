"""Who is told that his request is solved is asked in that very mail whether it is."""

from dataclasses import replace

import pytest

from chalicelib.domain.letter import Letter, LetterKind
from chalicelib.usecases.answer_ticket import Answer, reply_in_public
from chalicelib.usecases.change_ticket import Change, change_ticket
from tests.fakes import FakePorts
from tests.unit.usecases.stage import RUI, Stream, opened_ticket, ports_of

ANA = "ana@example.com"
BEN = "ben@example.com"


def _to(ports: FakePorts, address: str) -> list[Letter]:
    mails = [letter for letter in ports.composer.letters if letter.to_address == address]
    return [letter for letter in mails if letter.kind is not LetterKind.ACKNOWLEDGEMENT]


def _resolved_by_words(ports: FakePorts, **changes: object) -> int:
    number = opened_ticket(ports).number
    ports.store.tickets[number] = replace(ports.store.tickets[number], **changes)
    reply_in_public(ports, RUI, Answer(number, "It is mended.", resolves=True))
    return number


@pytest.mark.row(22, 25)
def test_words_that_resolve_ask_in_their_own_mail_and_no_second_one_leaves() -> None:
    ports = ports_of()
    _resolved_by_words(ports)
    Stream(ports).flow(times=2)

    (mail,) = _to(ports, ANA)
    assert (mail.kind, mail.facts["resolves"]) == (LetterKind.PUBLIC_REPLY, "yes")


@pytest.mark.row(22)
def test_only_the_requester_is_asked() -> None:
    ports = ports_of()
    _resolved_by_words(ports, participants=(BEN,))
    Stream(ports).flow()

    (copy,) = _to(ports, BEN)
    assert not copy.facts.get("resolves")
    assert not copy.page_url


@pytest.mark.row(22)
def test_an_answer_that_leaves_the_ticket_open_does_not_ask() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number
    reply_in_public(ports, RUI, Answer(number, "What do you see?"))
    Stream(ports).flow()

    (mail,) = _to(ports, ANA)
    assert not mail.facts["resolves"]


@pytest.mark.row(22)
def test_a_ticket_that_was_opened_again_before_its_mail_left_is_not_asked_about() -> None:
    ports = ports_of()
    number = _resolved_by_words(ports)
    version = ports.store.tickets[number].version
    change_ticket(ports, RUI, Change(number, version, status="open"))
    Stream(ports).flow()

    assert [mail.facts.get("resolves", "") for mail in _to(ports, ANA)] == [""]


@pytest.mark.row(22)
def test_a_ticket_that_is_resolved_without_a_word_is_told_of_by_a_mail_that_asks() -> None:
    ports = ports_of()
    number = opened_ticket(ports).number
    version = ports.store.tickets[number].version
    change_ticket(ports, RUI, Change(number, version, status="resolved"))
    Stream(ports).flow()

    assert [mail.kind for mail in _to(ports, ANA)] == [LetterKind.STEP_RESOLVED]
