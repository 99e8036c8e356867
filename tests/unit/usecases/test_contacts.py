"""Customers with several addresses, and two who are one person."""

import pytest

from chalicelib.domain.errors import AddressTaken, InvalidRequest, NotFound
from chalicelib.domain.set_up import Organisation, organisation_of
from chalicelib.usecases.contacts import change_contact, merge_contacts, regroup_tickets
from chalicelib.usecases.customer_page import open_customer_page
from chalicelib.usecases.jobs import RegroupTickets
from chalicelib.usecases.mail_out.letters import page_of
from tests.fakes import FakePorts
from tests.unit.usecases.stage import opened_ticket, ports_of

WORK = "ana@work.example.org"


def _two(ports: FakePorts) -> tuple[str, str]:
    first = opened_ticket(ports).requester.id
    return first, opened_ticket(ports, email=WORK).requester.id


@pytest.mark.row(6, 78)
def test_all_addresses_of_a_customer_are_his() -> None:
    ports = ports_of()
    ana = opened_ticket(ports).requester.id
    changed = change_contact(
        ports, ana, name="Ana E.", addresses=["ana@example.com", WORK, WORK.upper()]
    )

    assert (changed.name, changed.addresses) == ("Ana E.", ("ana@example.com", WORK))
    assert opened_ticket(ports, email=WORK).requester.id == ana
    left = change_contact(ports, ana, name=None, addresses=[WORK])
    assert left.addresses == (WORK,)
    assert ports.customers.find_by_address("ana@example.com") is None


def test_an_address_belongs_to_one_customer() -> None:
    ports = ports_of()
    ana, _ = _two(ports)

    with pytest.raises(AddressTaken):
        change_contact(ports, ana, name=None, addresses=["ana@example.com", WORK])
    with pytest.raises(InvalidRequest, match="address of this desk"):
        change_contact(ports, ana, name=None, addresses=["help@desk.example.com"])
    with pytest.raises(NotFound):
        change_contact(ports, "nobody", name="X", addresses=None)


@pytest.mark.row(6)
@pytest.mark.parametrize("times", [1, 2])
def test_two_who_are_one_have_their_tickets_in_one_list(times: int) -> None:
    ports = ports_of()
    ana, other = _two(ports)
    moved = ports.tickets.list_by_requester(other, limit=5, cursor="")[0][0]
    link = page_of(ports, moved).rpartition("/")[2]
    for _ in range(times):
        stands = merge_contacts(ports, other, ana)
        regroup_tickets(ports, RegroupTickets(source=other, target=ana, cause="1"))

    assert stands.addresses == ("ana@example.com", WORK)
    assert ports.customers.get(other).merged_into == ana
    listed, _ = ports.tickets.list_by_requester(ana, limit=5, cursor="")
    assert len(listed) == 2
    assert opened_ticket(ports, email=WORK).requester.id == ana
    # Whatever link he had goes on working: he is the same person.
    assert open_customer_page(ports, link).ticket.number == moved.number


def test_contacts_are_not_merged_in_a_ring() -> None:
    ports = ports_of()
    ana, other = _two(ports)
    with pytest.raises(InvalidRequest, match="into itself"):
        merge_contacts(ports, ana, ana)
    merge_contacts(ports, other, ana)

    with pytest.raises(InvalidRequest, match="choose that one"):
        merge_contacts(ports, ana, other)
    with pytest.raises(InvalidRequest, match="change that one"):
        change_contact(ports, other, name="X", addresses=None)


@pytest.mark.row(78)
def test_an_organisation_is_known_by_the_longest_of_its_domains() -> None:
    houses = {
        "group": Organisation("group", "Group", ("example.org",)),
        "lab": Organisation("lab", "Lab", ("lab.example.org",)),
    }

    assert organisation_of(houses, "a@example.org") == "group"
    assert organisation_of(houses, "a@x.lab.example.org") == "lab"
    assert organisation_of(houses, "a@notexample.org") == ""
