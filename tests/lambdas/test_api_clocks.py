"""Clocks in proof, escalation and regions over the API."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.fakes import FakePorts
from tests.lambdas.api_caller import Caller, deployed, token_for
from tests.unit.usecases.stage import opened_ticket, ports_of


@pytest.fixture
def ports() -> FakePorts:
    """The desk of two departments, of which the second comes after the first."""
    made = ports_of()
    desk = made.settings.desk()
    support = replace(desk.departments["support"], escalates_to="billing")
    made.settings.ready = replace(desk, departments={**desk.departments, "support": support})
    return made


@pytest.fixture
def rui(ports: FakePorts) -> Iterator[Caller]:
    """The API as an agent of the first department."""
    with deployed(ports):
        yield Caller(ports, token=token_for("sub-rui"))


@pytest.mark.row("K9", 55)
def test_a_breach_is_shown_with_the_pieces_that_prove_it(ports: FakePorts, rui: Caller) -> None:
    number = opened_ticket(ports).number
    ports.clock.advance(hours=1, minutes=30)

    answer = rui.get(f"/v1/tickets/{number}/clocks")

    assert answer.status == 200
    first = answer.body["clocks"][0]
    assert (first["target"], first["allowed_seconds"]) == ("first_response", 3600)
    assert first["counted_seconds"] == 3600
    assert [piece["seconds"] for piece in first["segments"]] == [3600, 1800]
    assert first["segments"][0]["ends_at"] == first["missed_due_at"]


@pytest.mark.row(45)
def test_escalating_needs_the_version_and_moves_the_ticket_up(
    ports: FakePorts, rui: Caller
) -> None:
    ticket = opened_ticket(ports)
    path = f"/v1/tickets/{ticket.number}/escalations"

    assert rui.get(f"/v1/tickets/{ticket.number}").body["ticket"]["escalates_to"] == "billing"

    blind = rui.post(path, {})
    stale = rui.post(path, {}, If_Match='"7"')
    moved = rui.post(path, {}, If_Match=f'"{ticket.version}"')

    assert (blind.status, stale.status, moved.status) == (422, 409, 200)
    assert moved.body["department_id"] == "billing"
    assert rui.get(f"/v1/tickets/{ticket.number}").status == 404


@pytest.mark.row(50)
def test_only_administrators_see_whose_holidays_are_known(ports: FakePorts, rui: Caller) -> None:
    refused = rui.get("/v1/holiday-regions")
    shown = _administrator(ports).get("/v1/holiday-regions")

    assert refused.status == 403
    assert shown.body == {
        "regions": [{"country": "XX", "subdivisions": [{"id": "N", "name": "North"}]}]
    }


@pytest.mark.row(50)
def test_the_days_of_a_region_are_shown_by_name_before_a_calendar_is_saved(
    ports: FakePorts, rui: Caller
) -> None:
    admin = _administrator(ports)

    whole = admin.get("/v1/holiday-regions/XX/days")
    part = admin.get("/v1/holiday-regions/XX/days?subdivision=N")

    year = ports.clock.now().year
    assert whole.body["days"] == [
        {"date": f"{year}-10-05", "name": "Republic Day"},
        {"date": f"{year + 1}-10-05", "name": "Republic Day"},
    ]
    assert [day["name"] for day in part.body["days"]].count("St. John") == 2
    assert admin.get("/v1/holiday-regions/ZZ/days").status == 404
    assert rui.get("/v1/holiday-regions/XX/days").status == 403


def _administrator(ports: FakePorts) -> Caller:
    admin = ports.settings.desk().agents["admin"]
    agents = {**ports.settings.desk().agents, "admin": replace(admin, subject="sub-admin")}
    ports.settings.ready = replace(ports.settings.desk(), agents=agents)
    return Caller(ports, token=token_for("sub-admin"))
