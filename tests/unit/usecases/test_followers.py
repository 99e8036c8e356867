"""People who take part: each gets what is public once, nothing from before, and can leave."""

from typing import Any

import pytest

from chalicelib.domain.errors import InvalidLink, MailRefused
from chalicelib.domain.letter import Letter, LetterKind
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import (
    Actor,
    ActorKind,
    Channel,
    DeliveryState,
    Event,
    EventKind,
    Message,
    Ticket,
)
from chalicelib.domain.tokens import capability, name_key, read_reply_token
from chalicelib.usecases.answer_ticket import Answer, reply_in_public
from chalicelib.usecases.attachments import offer_upload
from chalicelib.usecases.mail_out.enclosures import MAX_FILES_BYTES
from chalicelib.usecases.unfollow import look_at_unfollow, unfollow
from tests.builders import NOON, a_message, a_requester, a_ticket
from tests.fakes import FakePorts
from tests.unit.usecases.stage import RUI, Stream, ports_of

ANA, BO, CY = "ana@example.com", "bo@example.org", "cy@example.net"
ANA_ID = "01J000000000000000000000AN"


def a_followed_ticket(ports: FakePorts, *participants: str, **changes: Any) -> Ticket:
    """A ticket of Ana's in which others take part, with one message."""
    fields = {"participants": participants or (BO, CY), "requester": a_requester(id=ANA_ID)}
    ticket = a_ticket(**fields | changes)
    first = a_message(id="01J00000000000000000000001", text="What was said before.")
    ports.store.tickets[ticket.number] = ticket
    ports.store.entries[ticket.number] = [(first.id, first)]
    return ticket


def customer_writes(ports: FakePorts, ticket: Ticket, **changes: Any) -> Message:
    """A message of a customer and its event, in the store."""
    fields: dict[str, Any] = {
        "id": ports.ids.new(),
        "channel": Channel.MAIL,
        "author": Actor(ActorKind.CUSTOMER, ANA_ID, "Ana Example"),
        "text": "One more thing.",
        "message_id": "m-2@mail.example.com",
    }
    message = a_message(**fields | changes)
    event = Event(
        EventKind.CUSTOMER_MESSAGE_RECEIVED, message.author, NOON, {}, {}, message.id,
        ports.ids.new(),
    )  # fmt: skip
    ports.store.entries[ticket.number] += [(message.id, message), (event.id, event)]
    return message


def by_address(ports: FakePorts, kind: LetterKind) -> dict[str, Letter]:
    """The letters of a kind; two to one address are an error."""
    letters = [letter for letter in ports.composer.letters if letter.kind is kind]
    assert len({letter.to_address for letter in letters}) == len(letters)
    return {letter.to_address: letter for letter in letters}


def replied(ports: FakePorts, ticket: Ticket, text: str = "It is 21.") -> dict[str, Letter]:
    """An agent replies in public; what left."""
    reply_in_public(ports, RUI, Answer(ticket.number, text, based_on=1))
    Stream(ports).flow(times=3)
    return by_address(ports, LetterKind.PUBLIC_REPLY)


@pytest.mark.row(25, 26)
def test_a_reply_goes_to_the_requester_and_to_each_who_takes_part_in_a_mail_of_his_own() -> None:
    ports = ports_of()
    letters = replied(ports, a_followed_ticket(ports))

    assert set(letters) == {ANA, BO, CY}
    assert all(letter.everybody == (ANA, BO, CY) for letter in letters.values())
    recipients = [mail.recipient for mail in ports.mail_sender.sent]
    assert sorted(recipients) == sorted([ANA, BO, CY])


@pytest.mark.row(25, 27)
def test_each_has_a_reply_address_that_opens_the_ticket_for_him_alone() -> None:
    ports = ports_of()
    ticket = a_followed_ticket(ports)
    letters = replied(ports, ticket)

    def opened(address: str) -> object:
        token = letters[address].reply_to.partition("@")[0].partition("+")[2]
        return read_reply_token(token, ports.secrets.keyring())

    assert opened(ANA) == capability(ticket.number, ANA_ID, 1)
    assert opened(BO) == capability(ticket.number, name_key(BO), 1)
    assert opened(CY) == capability(ticket.number, name_key(CY), 1)


@pytest.mark.row(25, "J2")
def test_who_takes_part_gets_no_history_and_no_link_to_the_requesters_page() -> None:
    ports = ports_of()
    letters = replied(ports, a_followed_ticket(ports))

    assert [message.text for message in letters[ANA].history] == ["What was said before."]
    assert letters[ANA].page_url
    for address in (BO, CY):
        assert letters[address].history == ()
        assert letters[address].page_url == ""
        assert "What was said before." not in repr(letters[address])
        assert "/t/" not in repr(letters[address])


@pytest.mark.row("J3")
def test_a_participants_mail_that_is_refused_hides_nothing_from_the_others() -> None:
    ports = ports_of()
    ticket = a_followed_ticket(ports)
    _, message = reply_in_public(ports, RUI, Answer(ticket.number, "Hi.", based_on=1))
    send = ports.mail_sender.send

    def send_but_to_bo(raw: bytes, *, sender: str, recipient: str) -> str:
        if recipient == BO:
            raise MailRefused("address")
        return send(raw, sender=sender, recipient=recipient)

    ports.mail_sender.send = send_but_to_bo  # type: ignore[method-assign]
    Stream(ports).flow(times=2)

    assert {mail.recipient for mail in ports.mail_sender.sent} >= {ANA, CY}
    assert ports.tickets.get_message(ticket.number, message.id).delivery is DeliveryState.SENT
    told = [e for e in ports.store.events(ticket.number) if e.kind is EventKind.MAIL_NOT_DELIVERED]
    assert [event.after["address"] for event in told] == [BO]


@pytest.mark.row(26)
def test_an_address_of_the_desk_among_the_participants_gets_nothing() -> None:
    ports = ports_of()
    letters = replied(ports, a_followed_ticket(ports, BO, "help+x@desk.example.com"))
    assert set(letters) == {ANA, BO}


@pytest.mark.row(25)
def test_what_the_customer_wrote_goes_to_those_who_have_not_got_it_from_himself() -> None:
    ports = ports_of()
    ticket = a_followed_ticket(ports)
    customer_writes(ports, ticket, copied=("BO@example.org",))

    Stream(ports).flow(times=3)

    (letter,) = by_address(ports, LetterKind.FOLLOWER_COPY).values()
    assert letter.to_address == CY
    assert letter.from_name == "Ana Example"
    assert letter.from_address == "help@desk.example.com"
    assert letter.message is not None
    assert letter.message.text == "One more thing."
    assert letter.unsubscribe_url.startswith("https://desk.example.com/u/u1-")


@pytest.mark.row(25)
def test_what_a_participant_wrote_goes_to_the_requester_and_to_the_others() -> None:
    ports = ports_of()
    ticket = a_followed_ticket(ports)
    customer_writes(ports, ticket, author=Actor(ActorKind.CUSTOMER, BO, "Bo Example"))

    Stream(ports).flow()

    letters = by_address(ports, LetterKind.FOLLOWER_COPY)
    assert set(letters) == {ANA, CY}
    assert letters[ANA].unsubscribe_url == ""
    assert letters[ANA].page_url


@pytest.mark.row(25, "J2")
@pytest.mark.parametrize(
    ("message", "ticket"),
    [
        ({"verified": False}, {}),
        ({"channel": Channel.FORM}, {}),
        ({"channel": Channel.API}, {}),
        ({}, {"status": Status.SPAM}),
        ({}, {"status": Status.DELETED}),
    ],
    ids=["sender in doubt", "form", "API", "spam", "deleted"],
)
def test_what_cannot_be_vouched_for_is_not_passed_on(
    message: dict[str, Any], ticket: dict[str, Any]
) -> None:
    ports = ports_of()
    customer_writes(ports, a_followed_ticket(ports, **ticket), **message)

    Stream(ports).flow()

    assert by_address(ports, LetterKind.FOLLOWER_COPY) == {}


@pytest.mark.row(25)
def test_a_file_too_large_for_a_participant_is_named_without_an_address() -> None:
    ports = ports_of()
    ticket = a_followed_ticket(ports, BO)
    size = MAX_FILES_BYTES + 1
    slot = offer_upload(ports, filename="a.pdf", content_type="application/pdf", size=size)
    ports.files.upload(slot.fields["key"], b"x" * size, "application/pdf")
    reply_in_public(ports, RUI, Answer(ticket.number, "See.", [slot.upload], based_on=1))
    Stream(ports).flow()

    letters = by_address(ports, LetterKind.PUBLIC_REPLY)
    assert [link.url for link in letters[BO].oversized] == [""]
    assert letters[ANA].oversized[0].url.startswith(letters[ANA].page_url)


def _token(letters: dict[str, Letter], address: str) -> str:
    return letters[address].unsubscribe_url.rpartition("/")[2]


@pytest.mark.row(25)
def test_who_leaves_gets_no_more_and_the_others_still_do() -> None:
    ports = ports_of()
    ticket = a_followed_ticket(ports)
    token = _token(replied(ports, ticket), BO)

    for _ in range(3):
        assert unfollow(ports, token).number == ticket.number

    left = ports.store.tickets[ticket.number]
    assert left.participants == (CY,)
    told = [
        e for e in ports.store.events(ticket.number) if e.kind is EventKind.PARTICIPANTS_CHANGED
    ]
    assert [(e.actor.id, e.before, e.after) for e in told] == [
        (BO, {"participants": f"{BO}, {CY}"}, {"participants": CY})
    ]
    assert left.content_version < left.version


@pytest.mark.row(25)
def test_looking_at_the_page_to_leave_changes_nothing() -> None:
    ports = ports_of()
    ticket = a_followed_ticket(ports)
    token = _token(replied(ports, ticket), BO)
    before = ports.store.tickets[ticket.number]

    assert look_at_unfollow(ports, token).number == ticket.number

    assert ports.store.tickets[ticket.number] == before


def test_who_wants_to_leave_may_even_when_the_tickets_links_were_withdrawn() -> None:
    ports = ports_of()
    ticket = a_followed_ticket(ports)
    token = _token(replied(ports, ticket), BO)
    stored = ports.store.tickets[ticket.number]
    ports.store.tickets[ticket.number] = type(stored)(
        **{name: getattr(stored, name) for name in stored.__slots__} | {"link_epoch": 9}
    )

    unfollow(ports, token)

    assert ports.store.tickets[ticket.number].participants == (CY,)


@pytest.mark.parametrize("act", [look_at_unfollow, unfollow])
def test_a_link_that_we_did_not_make_or_whose_ticket_is_gone_works_no_more(act: Any) -> None:
    ports = ports_of()
    ticket = a_followed_ticket(ports)
    token = _token(replied(ports, ticket), BO)
    with pytest.raises(InvalidLink):
        act(ports, f"{token[:-1]}{'a' if token[-1] != 'a' else 'b'}")
    del ports.store.tickets[ticket.number]
    with pytest.raises(InvalidLink):
        act(ports, token)
