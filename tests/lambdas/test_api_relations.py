"""Merged, linked and split tickets over the API."""

import pytest

from tests.fakes import FakePorts
from tests.lambdas.test_api_tickets import as_agent
from tests.unit.usecases.stage import in_thread, opened_ticket


@pytest.mark.row("J9")
def test_two_tickets_are_merged_and_taken_apart(desk_ports: FakePorts) -> None:
    one, two = opened_ticket(desk_ports).number, opened_ticket(desk_ports).number
    api = as_agent(desk_ports)
    merged = api.post(f"/v1/tickets/{two}/merge", {"into": one})
    assert (merged.status, merged.body["number"], merged.body["merged_from"]) == (200, one, [two])
    shown = api.get(f"/v1/tickets/{two}").body["ticket"]
    assert (shown["merged_into"], shown["allowed_causes"]) == (one, [])
    thread = api.get(f"/v1/tickets/{one}").body["entries"]
    assert [e["merged_from"] for e in thread if "merged_from" in e] == [0, two]

    apart = api.delete(f"/v1/tickets/{two}/merge")
    assert (apart.status, apart.body["number"], apart.body["status"]) == (200, two, "new")


@pytest.mark.row("J9")
def test_a_merge_that_cannot_be_is_refused_in_words(desk_ports: FakePorts) -> None:
    number = opened_ticket(desk_ports).number
    refused = as_agent(desk_ports).post(f"/v1/tickets/{number}/merge", {"into": number})

    assert (refused.status, refused.fields) == (422, ["into"])
    assert "into itself" in refused.body["errors"][0]["message"]
    assert as_agent(desk_ports).delete(f"/v1/tickets/{number}/merge").status == 422


@pytest.mark.row(75)
def test_a_family_shows_its_progress_and_is_answered_together(desk_ports: FakePorts) -> None:
    parent, child = opened_ticket(desk_ports).number, opened_ticket(desk_ports).number
    api = as_agent(desk_ports)
    path = f"/v1/tickets/{parent}/links"
    linked = api.post(path, {"kind": "child", "number": child})
    assert (linked.status, linked.body["done"], linked.body["children"]) == (200, 0, 1)
    said = {"text": "We have moved."}
    done = api.post(f"/v1/tickets/{parent}/children/replies", said, Idempotency_Key="k")
    assert done.body == {"children": [{"number": child, "answered": True, "problem": None}]}
    assert api.get(path).body["done"] == 1
    assert api.delete(f"{path}/child/{child}").body["links"] == []
    assert api.delete(f"{path}/nonsense/{child}").status == 404
    assert api.post(path, {"kind": "split_from", "number": child}).status == 422


@pytest.mark.row(75)
def test_a_message_is_split_off_once_per_key(desk_ports: FakePorts) -> None:
    ticket = opened_ticket(desk_ports)
    (message,) = in_thread(desk_ports, ticket.number)
    path = f"/v1/tickets/{ticket.number}/messages/{message.id}/split"
    made = [
        as_agent(desk_ports).post(path, {"subject": "The lift"}, Idempotency_Key="k")
        for _ in range(2)
    ]

    assert [answer.status for answer in made] == [201, 201]
    assert made[0].body["number"] == made[1].body["number"] != ticket.number
    assert made[0].body["subject"] == "The lift"
