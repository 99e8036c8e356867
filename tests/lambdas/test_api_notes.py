"""Items, reminders and names of notes over the API."""

from typing import Any

import pytest

from tests.fakes import FakePorts
from tests.lambdas.test_api_tickets import as_agent
from tests.unit.usecases.stage import EVA, opened_ticket

NOTE = {"kind": "internal_note", "text": "To do", "items": ["Call", "Send"]}


@pytest.mark.row(62, 63)
def test_a_note_has_items_a_time_and_names(desk_ports: FakePorts) -> None:
    number = opened_ticket(desk_ports).number
    api = as_agent(desk_ports)
    sent = {**NOTE, "mentions": [EVA.id], "remind_at": "2030-01-31T09:00:00Z"}
    added = api.post(f"/v1/tickets/{number}/messages", sent)
    note = added.body["message"]
    assert (added.status, note["items"], note["mentions"]) == (201, ["Call", "Send"], [EVA.id])
    assert added.body["ticket"]["reminders"][0]["at"] == "2030-01-31T09:00:00.000Z"
    path = f"/v1/tickets/{number}/messages/{note['id']}/items"
    ticked = api.put(f"{path}/0", {"done": True})
    assert (ticked.status, ticked.body["ticked"]) == (200, [f"{note['id']}:0"])
    assert api.put(f"{path}/7", {"done": True}).fields == ["item"]
    assert api.put(f"{path}/x", {"done": True}).status == 404


@pytest.mark.row(62)
@pytest.mark.parametrize(
    ("name", "value"),
    [("items", ["Call"]), ("mentions", ["agent-eva"]), ("remind_at", "2030-01-31T09:00:00Z")],
)
def test_a_reply_has_none_of_them(desk_ports: FakePorts, name: str, value: Any) -> None:
    ticket = opened_ticket(desk_ports)
    sent = {"kind": "public_reply", "text": "Hello", name: value}
    path, tag = f"/v1/tickets/{ticket.number}/messages", f'"{ticket.version}"'

    assert as_agent(desk_ports).post(path, sent, If_Match=tag).fields == [name]
