"""Labels, types, fields, tags, contacts and internal tickets over the API."""

from dataclasses import replace

import pytest

from chalicelib.domain.custom_fields import FieldOfType, RequiredAt
from chalicelib.domain.decisions import FirstMessage
from chalicelib.domain.desk import Topic
from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.set_up import Organisation, StatusLabel
from chalicelib.domain.status import Status
from chalicelib.usecases.ticket_form import require_resolvable
from tests.fakes import FakePorts
from tests.lambdas.api_caller import Caller
from tests.lambdas.test_api_tickets import NEW, as_agent
from tests.unit.usecases.stage import opened_ticket
from tests.unit.usecases.test_ticket_form import CAUSE, INCIDENT, PLACE, ROOMS, SERIAL


def _with_forms(ports: FakePorts) -> None:
    ports.settings.ready = replace(
        ports.settings.desk(),
        fields={known.id: known for known in (SERIAL, CAUSE, PLACE, ROOMS)},
        ticket_types={"incident": INCIDENT},
        status_labels={"done": StatusLabel("done", Status.RESOLVED, {"en": "Done"}, True)},
        organisations={"house": Organisation("house", "House", ("example.com",))},
    )


@pytest.mark.row(9, 19, 73)
def test_agents_read_what_they_can_choose_from(desk_ports: FakePorts) -> None:
    _with_forms(desk_ports)
    found = as_agent(desk_ports).get("/v1/vocabulary").body

    assert [label["names"] for label in found["labels"]] == [{"en": "Done"}]
    assert [(t["id"], len(t["fields"])) for t in found["types"]] == [("incident", 3)]
    assert [f["id"] for f in found["fields"]] == ["cause", "place", "rooms", "serial"]
    assert found["fields"][0]["choices"][0] == {"id": "wear", "names": {"en": "Wear"}}
    asked = {known["field"]: known for known in found["conditions"]}
    assert asked["department"]["values_from"] == "departments"
    assert asked["field:cause"]["operators"] == ["is", "is_not", "is_empty", "is_filled"]
    assert (asked["body"]["of_a_moment"], asked["field:cause"]["of_a_moment"]) == (True, False)


@pytest.mark.row(9, 73)
def test_a_ticket_has_a_type_and_fields_and_says_what_is_missing(desk_ports: FakePorts) -> None:
    _with_forms(desk_ports)
    api = as_agent(desk_ports)
    refused = api.post("/v1/tickets", {**NEW, "type_id": "incident"})
    assert (refused.status, refused.fields) == (422, ["fields.serial"])
    made = api.post("/v1/tickets", {**NEW, "type_id": "incident", "fields": {"serial": "X"}})
    assert (made.status, made.body["fields"]) == (201, {"serial": "X"})
    path = f"/v1/tickets/{made.body['number']}"
    refused = api.patch(path, {"status": "resolved"}, If_Match=made.etag)
    assert (refused.status, refused.fields) == (422, ["fields.cause"])
    sent = {"status": "resolved", "label_id": "done", "fields": {"cause": "wear", "rooms": ["b"]}}
    done = api.patch(path, sent, If_Match=made.etag)
    assert (done.status, done.body["label_id"], done.body["type_id"]) == (200, "done", "incident")
    assert done.body["fields"] == {"serial": "X", "cause": "wear", "rooms": ["b"]}
    assert done.body["organisation_id"] == "house"


@pytest.mark.row(8, 74)
def test_lists_are_filtered_by_type_and_tag(desk_ports: FakePorts) -> None:
    _with_forms(desk_ports)
    plain = opened_ticket(desk_ports, tags=("vat",)).number
    typed = opened_ticket(desk_ports, type_id="incident", fields={"serial": "X"}).number
    api = as_agent(desk_ports)

    def numbers(query: str) -> list[int]:
        page = api.get(f"/v1/views/all_open/tickets?{query}").body["tickets"]
        return [ticket["number"] for ticket in page]

    assert numbers("type=incident") == [typed]
    assert numbers("tag=VAT") == [plain]
    assert api.get("/v1/tags?prefix=V").body == {"tags": ["vat"]}


@pytest.mark.row(60)
def test_an_internal_ticket_takes_no_public_reply(desk_ports: FakePorts) -> None:
    api = as_agent(desk_ports)
    refused = api.post("/v1/tickets", {**NEW, "internal": True})
    assert (refused.status, refused.fields) == (422, ["first_message"])
    made = api.post("/v1/tickets", {**NEW, "internal": True, "first_message": "note"})
    assert (made.status, made.body["internal"]) == (201, True)
    said = {"kind": "public_reply", "text": "Hello"}
    path = f"/v1/tickets/{made.body['number']}/messages"
    assert api.post(path, said, If_Match=made.etag).fields == ["kind"]


@pytest.mark.row(60)
def test_a_list_tells_which_tickets_are_internal(desk_ports: FakePorts) -> None:
    opened_ticket(desk_ports)
    opened_ticket(desk_ports, is_internal=True, first_message=FirstMessage.NOTE)
    api = as_agent(desk_ports)
    rows = api.get("/v1/views/all_open/tickets").body["tickets"]
    assert sorted(row["internal"] for row in rows) == [False, True]


@pytest.mark.row(6)
def test_contacts_are_read_changed_and_merged(desk_ports: FakePorts) -> None:
    one = opened_ticket(desk_ports).requester.id
    two = opened_ticket(desk_ports, email="ana@work.example.org").requester.id
    api = as_agent(desk_ports)
    changed = api.patch(f"/v1/contacts/{two}", {"name": "Ana at work"})
    assert (changed.status, changed.body["name"]) == (200, "Ana at work")
    taken = api.patch(f"/v1/contacts/{two}", {"addresses": ["ana@example.com"]})
    assert taken.status == 409
    merged = api.post(f"/v1/contacts/{two}/merge", {"into": one})
    assert merged.body["addresses"] == ["ana@example.com", "ana@work.example.org"]
    assert api.get(f"/v1/contacts/{two}").body["merged_into"] == one
    assert [job.kind for job in desk_ports.jobs.sent] == ["regroup_tickets"]


def test_a_contact_is_found_by_a_whole_address(desk_ports: FakePorts) -> None:
    ana = opened_ticket(desk_ports).requester.id
    api = as_agent(desk_ports)
    found = api.get("/v1/contacts?address=ANA@example.com").body["contacts"]
    assert [(one["id"], one["organisation_name"]) for one in found] == [(ana, "")]
    assert api.get("/v1/contacts?address=nobody@example.com").body["contacts"] == []
    assert api.get("/v1/contacts?address=ana").fields == ["address"]


@pytest.mark.row(6)
def test_contacts_are_found_page_by_page_by_what_is_remembered_of_them(
    desk_ports: FakePorts,
) -> None:
    for number in range(3):
        opened_ticket(desk_ports, name=f"Ana {number}", email=f"a{number}@example.com")
    api = as_agent(desk_ports)
    first = api.get("/v1/contacts?search=ana&limit=2").body
    rest = api.get(f"/v1/contacts?search=ana&limit=2&cursor={first['next']}").body
    names = [one["name"] for page in (first, rest) for one in page["contacts"]]
    assert (sorted(names), rest["next"]) == (["Ana 0", "Ana 1", "Ana 2"], None)
    assert api.get("/v1/contacts?search=a").fields == ["search"]
    other = api.get(f"/v1/contacts?search=bo&cursor={first['next']}")
    assert other.fields == ["cursor"]


def test_a_ticket_goes_to_another_requester(desk_ports: FakePorts) -> None:
    ticket = opened_ticket(desk_ports)
    path, tag = f"/v1/tickets/{ticket.number}", f'"{ticket.version}"'
    api = as_agent(desk_ports)
    refused = api.patch(path, {"requester_name": "Ben"}, If_Match=tag)
    assert refused.fields == ["requester_email"]
    to_ben = {"requester_name": "Ben Example", "requester_email": "ben@example.org"}
    assert api.patch(path, to_ben, If_Match=tag).body["requester"]["email"] == "ben@example.org"


@pytest.mark.row(9, 41, 73)
def test_the_public_form_takes_the_fields_that_customers_see_and_no_others(
    desk_ports: FakePorts,
) -> None:
    _with_forms(desk_ports)
    uses = (
        FieldOfType("serial", RequiredAt.CREATION),
        FieldOfType("cause", RequiredAt.CREATION, on_form=True),
        FieldOfType("place", on_form=True),
    )
    desk = desk_ports.settings.desk()
    desk_ports.settings.ready = replace(
        desk,
        ticket_types={"incident": replace(INCIDENT, fields=uses)},
        topics={"fault": Topic("fault", "support", {"en": "Fault"}, type_id="incident")},
    )
    api = Caller(desk_ports)
    request = {
        "name": "Ana Example", "email": "ana@example.com", "topic": "fault",
        "subject": "Help", "description": "Please.",
    }  # fmt: skip
    assert api.post("/v1/requests", request).fields == ["fields.cause"]
    for unknown in ("serial", "nonsense"):
        fields = {"cause": "wear", unknown: "X"}
        refused = api.post("/v1/requests", {**request, "fields": fields})
        assert (refused.status, refused.fields) == (422, [f"fields.{unknown}"])
    made = api.post("/v1/requests", {**request, "fields": {"cause": "wear", "place": "Hall"}})
    assert made.status == 201
    # What only agents see is asked of them, before the ticket is resolved.
    [ticket] = desk_ports.store.tickets.values()
    with pytest.raises(InvalidRequest, match="Fill in Serial number before"):
        require_resolvable(desk_ports.settings.desk(), ticket)
