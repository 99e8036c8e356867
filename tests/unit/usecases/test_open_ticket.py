"""A request becomes exactly one ticket, whatever comes twice."""

import pytest

from chalicelib.domain.errors import InvalidRequest, LostRace
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import ActorKind, Channel, Priority
from chalicelib.usecases.attachments import offer_upload
from chalicelib.usecases.open_ticket import open_ticket
from chalicelib.usecases.ports import AlreadyDone, Remembered
from tests.fakes import FakePorts
from tests.unit.usecases.stage import in_thread, ports_of, wanted


@pytest.mark.row(1, 10, 29)
def test_one_request_is_one_new_ticket_with_a_number() -> None:
    ports = ports_of()

    ticket = open_ticket(ports, wanted())

    assert list(ports.store.tickets) == [ticket.number]
    assert ports.store.tickets[ticket.number].status is Status.NEW


@pytest.mark.row(2, 3)
def test_a_ticket_keeps_who_asked_what_and_when() -> None:
    ports = ports_of()

    ticket = open_ticket(ports, wanted())

    (message,) = in_thread(ports, ticket.number)
    assert (ticket.requester.name, ticket.requester.email) == ("Ana Example", "ana@example.com")
    assert (ticket.subject, message.text) == ("The invoice is wrong", "It says 12 instead of 21.")
    assert ticket.created_at == ports.clock.now()
    assert message.author.kind is ActorKind.CUSTOMER


@pytest.mark.row(41)
@pytest.mark.parametrize(
    ("asked", "department", "priority"),
    [
        ({"topic_id": "invoice", "department_id": ""}, "billing", Priority.HIGH),
        ({"topic_id": "fault", "department_id": ""}, "support", Priority.NORMAL),
        ({"department_id": "billing"}, "billing", Priority.NORMAL),
        # The first mailbox by id is bills.
        ({"department_id": ""}, "billing", Priority.NORMAL),
    ],
)
def test_topic_and_mailbox_decide_the_department(
    asked: dict[str, str], department: str, priority: Priority
) -> None:
    ticket = open_ticket(ports_of(), wanted(**asked))

    assert (ticket.department_id, ticket.priority) == (department, priority)


@pytest.mark.row(41)
@pytest.mark.parametrize(
    ("asked", "field"),
    [({"topic_id": "gone"}, "topic"), ({"department_id": "gone"}, "department_id")],
)
def test_what_does_not_exist_is_named_and_nothing_is_written(
    asked: dict[str, str], field: str
) -> None:
    ports = ports_of()

    with pytest.raises(InvalidRequest) as refused:
        open_ticket(ports, wanted(**asked))

    assert [fault.field for fault in refused.value.faults] == [field]
    assert ports.store.tickets == {}


@pytest.mark.row(6)
def test_the_same_address_is_the_same_customer_whatever_its_case() -> None:
    ports = ports_of()

    first = open_ticket(ports, wanted())
    second = open_ticket(ports, wanted(email="ANA@example.com"))

    assert first.requester.id == second.requester.id
    assert len(ports.store.contacts) == 1


@pytest.mark.row(1, "J5")
def test_the_same_request_sent_twice_is_one_ticket_and_gives_the_first_number() -> None:
    ports = ports_of()
    asked = Remembered("form", "key-1", "hash", {})
    first = open_ticket(ports, wanted(), remembered=asked)

    with pytest.raises(AlreadyDone) as done:
        open_ticket(ports, wanted(), remembered=asked)

    assert done.value.remembered is not None
    assert done.value.remembered.answer["number"] == first.number
    assert len(ports.store.tickets) == 1


class _RivalMakesTheContact:
    """A store in which somebody else's ticket makes the contact just before ours is written."""

    def __init__(self, ports: FakePorts) -> None:
        self._ports, self._commit = ports, ports.tickets.commit
        self.races = 0

    def __call__(self, commit: object) -> None:
        if self.races == 0:
            self.races = 1
            open_ticket(self._ports, wanted(subject="The rival's"))
        self._commit(commit)  # type: ignore[arg-type]


def test_a_lost_race_for_the_contact_is_decided_again_with_the_contact_there_is() -> None:
    ports = ports_of()
    ports.tickets.commit = _RivalMakesTheContact(ports)  # type: ignore[method-assign]

    ours = open_ticket(ports, wanted())

    assert len(ports.store.contacts) == 1
    assert {t.requester.id for t in ports.store.tickets.values()} == {ours.requester.id}
    assert len(ports.store.tickets) == 2


def test_who_always_loses_says_so() -> None:
    ports = ports_of()

    def lose(_: object) -> None:
        raise LostRace

    ports.tickets.commit = lose  # type: ignore[method-assign,assignment]

    with pytest.raises(LostRace):
        open_ticket(ports, wanted())


@pytest.mark.row(2, 29)
def test_uploaded_files_belong_to_the_first_message() -> None:
    ports = ports_of()
    slot = offer_upload(ports, filename="a.png", content_type="image/png", size=3)
    ports.files.upload(slot.fields["key"], b"abc", "image/png")

    ticket = open_ticket(ports, wanted(uploads=(slot.upload,)))

    (message,) = in_thread(ports, ticket.number)
    assert [(f.filename, f.size) for f in message.attachments] == [("a.png", 3)]
    assert ports.files.pending == set()


@pytest.mark.row(29)
@pytest.mark.parametrize("content", [None, b"too long by far"])
def test_a_file_that_did_not_arrive_as_promised_is_refused(content: bytes | None) -> None:
    ports = ports_of()
    slot = offer_upload(ports, filename="a.png", content_type="image/png", size=3)
    if content is not None:
        ports.files.upload(slot.fields["key"], content, "image/png")

    with pytest.raises(InvalidRequest):
        open_ticket(ports, wanted(uploads=(slot.upload,)))

    assert ports.store.tickets == {}


@pytest.mark.row(29)
def test_an_upload_is_taken_only_by_its_signed_name_and_within_a_day() -> None:
    ports = ports_of()
    slot = offer_upload(ports, filename="a.png", content_type="image/png", size=3)
    ports.files.upload(slot.fields["key"], b"abc", "image/png")

    with pytest.raises(InvalidRequest):
        open_ticket(ports, wanted(uploads=(slot.fields["key"],)))
    ports.clock.advance(hours=25)
    with pytest.raises(InvalidRequest):
        open_ticket(ports, wanted(uploads=(slot.upload,)))


@pytest.mark.row(29)
def test_more_than_ten_files_are_refused() -> None:
    with pytest.raises(InvalidRequest):
        open_ticket(ports_of(), wanted(uploads=tuple("x" * 11)))


@pytest.mark.row(40)
@pytest.mark.parametrize("channel", [Channel.FORM, Channel.API, Channel.MAIL])
def test_a_ticket_of_any_channel_starts_as_new_and_says_its_channel(channel: Channel) -> None:
    ticket = open_ticket(ports_of(), wanted(channel=channel))

    assert (ticket.status, ticket.channel) == (Status.NEW, channel)
