"""Who takes part, what was said elsewhere, and whose words a ticket begins with, over the API."""

from typing import Any

import pytest

from tests.fakes import FakePorts
from tests.lambdas.test_api_tickets import NEW, as_agent
from tests.unit.usecases.stage import ADMIN, RUI, in_thread, opened_ticket


@pytest.mark.row(37)
@pytest.mark.parametrize("contact", ["phone", "in_person", "messenger", "elsewhere"])
def test_a_note_tells_of_a_contact_elsewhere(desk_ports: FakePorts, contact: str) -> None:
    ticket = opened_ticket(desk_ports)
    note = {"kind": "internal_note", "text": "She called.", "contact": contact}
    answer = as_agent(desk_ports).post(f"/v1/tickets/{ticket.number}/messages", note)

    said = answer.body["message"]
    assert (said["kind"], said["channel"]) == ("internal_note", contact)
    assert desk_ports.store.tickets[ticket.number].status == ticket.status


@pytest.mark.row(36)
def test_a_ticket_that_begins_with_a_mail_is_an_answer_the_customer_gets(
    desk_ports: FakePorts,
) -> None:
    answer = as_agent(desk_ports).post("/v1/tickets", {**NEW, "first_message": "mail"})

    assert (answer.status, answer.body["status"]) == (201, "answered")
    assert answer.body["assignee_id"] == RUI.id
    number = answer.body["number"]
    (message,) = in_thread(desk_ports, number)
    assert (message.kind, message.author.name) == ("public_reply", RUI.name)
    assert message.delivery == "queued"
    assert answer.body["message_count"] == 1
    events = {event.kind: event for event in desk_ports.store.events(number)}
    assert events["ticket_created"].after["acknowledge"] == "no"
    assert events["public_reply_sent"].message_id == message.id


@pytest.mark.row(36)
def test_a_ticket_that_begins_with_a_note_tells_the_customer_nothing(
    desk_ports: FakePorts,
) -> None:
    answer = as_agent(desk_ports).post("/v1/tickets", {**NEW, "first_message": "note"})

    number = answer.body["number"]
    (note,) = in_thread(desk_ports, number)
    assert (note.kind, note.author.id, answer.body["status"]) == ("internal_note", RUI.id, "new")
    (created,) = [e for e in desk_ports.store.events(number) if e.kind == "ticket_created"]
    assert created.after["acknowledge"] == "no"
    assert answer.body["last_message_preview"] == ""
    assert desk_ports.store.tickets[number].clocks


@pytest.mark.row(36)
def test_who_leads_from_outside_the_department_does_not_own_what_he_opens(
    desk_ports: FakePorts,
) -> None:
    answer = as_agent(desk_ports, ADMIN).post("/v1/tickets", {**NEW, "first_message": "mail"})

    assert (answer.body["status"], answer.body["assignee_id"]) == ("answered", "")


def _changed(ports: FakePorts, number: int, participants: Any) -> Any:
    etag = f'"{ports.store.tickets[number].version}"'
    body = {"participants": participants}
    return as_agent(ports).patch(f"/v1/tickets/{number}", body, If_Match=etag)


def test_participants_are_added_and_taken_off(desk_ports: FakePorts) -> None:
    number = opened_ticket(desk_ports).number
    added = _changed(desk_ports, number, ["ben@example.org", "carla@example.org"])

    assert added.body["participants"] == ["ben@example.org", "carla@example.org"]
    left = _changed(desk_ports, number, ["carla@example.org"])
    assert left.body["participants"] == ["carla@example.org"]
    told = [e.after for e in desk_ports.store.events(number) if e.kind == "participants_changed"]
    assert told == [
        {"participants": "ben@example.org, carla@example.org"},
        {"participants": "carla@example.org"},
    ]


@pytest.mark.parametrize(
    "addresses",
    [
        ["help@desk.example.com"],
        ["Help+x@desk.example.com"],
        ["ANA@example.com"],
        ["ben@example.org\nBcc: eva@example.org"],
        [f"p{n}@example.org" for n in range(21)],
    ],
    ids=["own address", "own address with a tag", "requester", "two lines", "too many"],
)
def test_who_cannot_take_part_is_refused(desk_ports: FakePorts, addresses: list[str]) -> None:
    number = opened_ticket(desk_ports).number
    answer = _changed(desk_ports, number, addresses)

    assert answer.status == 422
    assert answer.fields[0].startswith("participants")
    assert desk_ports.store.tickets[number].participants == ()
