"""Customers are found by what somebody remembers of them."""

from dataclasses import replace

import pytest

from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.set_up import Organisation
from chalicelib.usecases.contacts import change_contact
from chalicelib.usecases.find_contacts import find_contacts
from tests.fakes import FakePorts
from tests.unit.usecases.stage import opened_ticket, ports_of


@pytest.fixture
def ports() -> FakePorts:
    ports = ports_of()
    house = Organisation("harbour", "Harbour Works", ("harbour.example.org",))
    ports.settings.ready = replace(ports.settings.desk(), organisations={house.id: house})
    for name, email in (
        ("Ána Braga", "ana@harbour.example.org"),
        ("Ana Sample", "sample@example.com"),
        ("Bo Harbour", "bo@example.com"),
    ):
        opened_ticket(ports, name=name, email=email)
    return ports


def _found(ports: FakePorts, text: str, limit: int = 50) -> list[str]:
    """The names of all pages."""
    names: list[str] = []
    cursor = ""
    while True:
        page, cursor = find_contacts(ports, text, limit=limit, cursor=cursor)
        assert len(page) <= limit
        names += [contact.name for contact in page]
        if not cursor:
            return names


@pytest.mark.row(6)
@pytest.mark.parametrize("limit", [1, 2, 50])
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ANA", ["Ana Sample", "Ána Braga"]),
        ("bra an", ["Ána Braga"]),
        ("ana@har", ["Ána Braga"]),
        ("sample@example.com", ["Ana Sample"]),
        ("example.com", ["Ana Sample", "Bo Harbour"]),
        ("harbour", ["Bo Harbour", "Ána Braga"]),
        ("Harbour Works", ["Ána Braga"]),
        ("ana works", ["Ána Braga"]),
        ("nobody", []),
    ],
)
def test_by_the_beginnings_of_name_address_and_organisation(
    ports: FakePorts, text: str, names: list[str], limit: int
) -> None:
    assert sorted(_found(ports, text, limit)) == sorted(names)


@pytest.mark.parametrize("text", ["", "a", " , ", "#"])
def test_too_few_letters_find_nobody_and_say_so(ports: FakePorts, text: str) -> None:
    with pytest.raises(InvalidRequest):
        find_contacts(ports, text, limit=50, cursor="")


@pytest.mark.row(6)
def test_a_customer_who_has_another_name_is_found_by_that_one(ports: FakePorts) -> None:
    (ana,) = find_contacts(ports, "braga", limit=5, cursor="")[0]
    change_contact(ports, ana.id, name="Ana Lisboa", addresses=None)

    assert (_found(ports, "braga"), _found(ports, "lisb")) == ([], ["Ana Lisboa"])
