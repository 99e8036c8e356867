"""Stream images become what the domain knows."""

from typing import Any

import pytest

from chalicelib.domain.assignment import AgentLoad
from chalicelib.persistence import keys, stream_images
from chalicelib.usecases.ports import Commit
from tests.builders import NOON, a_clock, a_message, a_ticket, an_event
from tests.storage.desks import TablePorts


def image(ports: TablePorts, key: keys.Key) -> Any:
    """An item as the stream shows it."""
    raw = ports.table.find_raw(key)
    assert raw is not None
    return raw


def test_a_ticket_is_read_from_its_image(on_table: TablePorts) -> None:
    ticket = a_ticket(clocks=(a_clock(),), tags=("vat",))
    on_table.tickets.commit(Commit(None, ticket))
    assert stream_images.ticket_of(image(on_table, keys.ticket(1001))) == ticket


def test_an_event_is_read_from_its_image(on_table: TablePorts) -> None:
    event = an_event(before={"a": "b"})
    on_table.tickets.commit(Commit(None, a_ticket(), (a_message(),), (event,)))
    raw = image(on_table, keys.entry(1001, event.id))
    assert stream_images.event_of(raw) == (1001, event)


def test_a_load_is_read_from_its_image(on_table: TablePorts) -> None:
    on_table.loads.set_available("agent-rui", available=True)
    raw = image(on_table, keys.load("agent-rui"))
    assert stream_images.load_of(raw) == AgentLoad("agent-rui", available=True)


def test_a_wish_for_a_link_is_read_from_its_image(on_table: TablePorts) -> None:
    on_table.link_requests.ask("ana@example.com", "pt_BR", NOON)
    wish = stream_images.link_request_of(image(on_table, keys.link_request("ana@example.com")))
    assert (wish.address, wish.language) == ("ana@example.com", "pt_BR")
    assert wish.id


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"NewImage": {"kind": {"S": "ticket"}}}, "ticket"),
        ({"OldImage": {"kind": {"S": "load"}}}, "load"),
        ({"NewImage": {"pk": {"S": "X"}}}, ""),
        ({}, ""),
    ],
)
def test_a_record_tells_its_kind(change: dict[str, Any], kind: str) -> None:
    assert stream_images.kind_of({"dynamodb": change}) == kind
