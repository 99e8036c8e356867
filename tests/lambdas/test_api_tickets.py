"""Tickets over the API: versions, repeated requests, faults by field, what is new on a conflict."""

from typing import Any

import pytest

from chalicelib.domain.errors import LostRace
from chalicelib.usecases.answer_ticket import Answer as Words
from chalicelib.usecases.answer_ticket import add_note
from tests.fakes import FakePorts
from tests.lambdas.api_caller import Answer, Caller, token_for
from tests.unit.usecases.stage import (
    ADMIN,
    EVA,
    OUTSIDER,
    READER,
    RUI,
    Stream,
    opened_ticket,
    pushed,
    there,
)

NEW = {
    "requester_name": "Ana Example",
    "requester_email": "ana@example.com",
    "subject": "The invoice is wrong",
    "text": "It says 12 instead of 21.",
    "department_id": "support",
}
REQUEST = {
    "name": "Ana Example",
    "email": "ana@example.com",
    "topic": "fault",
    "subject": "Printer on fire",
    "description": "It burns.",
}
REPLY = {"kind": "public_reply", "text": "It is 21 now."}


def as_agent(ports: FakePorts, agent: Any = RUI) -> Caller:
    """The API as this agent sees it."""
    return Caller(ports, token=token_for(f"sub-{agent.id}"))


def is_problem(answer: Answer, status: int, kind: str) -> bool:
    """Whether this is a problem of that kind, as RFC 9457 has it."""
    named = answer.body["type"] == f"urn:chamado:problem:{kind}"
    typed = answer.headers["Content-Type"] == "application/problem+json"
    return answer.status == answer.body["status"] == status and named and typed


@pytest.mark.row(1, 2, 29)
def test_the_form_as_an_api_gives_a_number(desk_ports: FakePorts) -> None:
    answer = Caller(desk_ports).post("/v1/requests", REQUEST)

    assert answer.status == 201
    assert list(desk_ports.store.tickets) == [answer.body["number"]]


@pytest.mark.row(2)
@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"email": None}, ["email"]),
        ({"email": "not an address"}, ["email"]),
        ({"email": "a@example.com\nBcc: b@example.com"}, ["email"]),
        ({"subject": "a\r\nBcc: b@example.com"}, ["subject"]),
        ({"subject": "", "name": "", "description": ""}, ["description", "name", "subject"]),
        ({"subject": "x" * 251}, ["subject"]),
        ({"topic": "gone"}, ["topic"]),
        ({"uploads": ["forged"]}, ["uploads"]),
        ({"uploads": ["x"] * 11}, ["uploads"]),
        ({"status": "resolved", "requester_id": "x"}, ["requester_id", "status"]),
        ({"language": "xx"}, ["language"]),
    ],
)
def test_each_fault_of_a_form_is_named_once_and_nothing_is_written(
    desk_ports: FakePorts, changes: dict[str, Any], fields: list[str]
) -> None:
    body = {name: value for name, value in {**REQUEST, **changes}.items() if value is not None}

    answer = Caller(desk_ports).post("/v1/requests", body)

    assert is_problem(answer, 422, "invalid-request")
    assert sorted(answer.fields) == fields
    assert all(fault["message"] for fault in answer.body["errors"])
    assert desk_ports.store.tickets == {}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"name": NaN}',
        b"[" * 100_000,
        b'{"name": "\\ud800"}',
        b'{"number": ' + b"9" * 5000 + b"}",
        b"\xff\xfe",
        b'{"subject": "' + b"x" * 1_000_001 + b'"}',
    ],
    ids=["empty", "cut", "list", "null", "NaN", "deep", "surrogate", "digits", "bytes", "large"],
)
def test_a_body_that_is_no_request_is_a_fault_of_the_request(
    desk_ports: FakePorts, body: bytes
) -> None:
    answer = Caller(desk_ports).post("/v1/requests", body, Content_Type="application/json")

    assert is_problem(answer, 422, "invalid-request")
    assert desk_ports.store.tickets == {}


@pytest.mark.row(29)
def test_a_robot_that_fills_the_trap_learns_nothing_and_writes_nothing(
    desk_ports: FakePorts,
) -> None:
    answer = Caller(desk_ports).post("/v1/requests", {**REQUEST, "website": "http://x.test"})

    assert answer.status == 201
    assert desk_ports.store.tickets == {}


@pytest.mark.row(1, "K1")
def test_a_form_sent_twice_under_one_key_gives_the_first_answer(desk_ports: FakePorts) -> None:
    caller = Caller(desk_ports)

    answers = [caller.post("/v1/requests", REQUEST, Idempotency_Key="k") for _ in range(3)]

    assert len({(answer.status, answer.body["number"]) for answer in answers}) == 1
    assert len(desk_ports.store.tickets) == 1


def test_one_key_for_two_requests_is_an_error(desk_ports: FakePorts) -> None:
    caller = Caller(desk_ports)
    caller.post("/v1/requests", REQUEST, Idempotency_Key="k")

    answer = caller.post("/v1/requests", {**REQUEST, "subject": "Other"}, Idempotency_Key="k")

    assert is_problem(answer, 422, "key-reused")
    assert len(desk_ports.store.tickets) == 1


def test_a_key_that_is_too_long_is_named(desk_ports: FakePorts) -> None:
    answer = Caller(desk_ports).post("/v1/requests", REQUEST, Idempotency_Key="k" * 256)

    assert answer.fields == ["Idempotency-Key"]


@pytest.mark.row(2, 3, 7)
def test_an_opened_ticket_shows_who_what_when_and_what_was_said(desk_ports: FakePorts) -> None:
    number = as_agent(desk_ports).post("/v1/tickets", NEW).body["number"]

    answer = as_agent(desk_ports).get(f"/v1/tickets/{number}")

    ticket = answer.body["ticket"]
    assert ticket["requester"]["email"] == "ana@example.com"
    assert ticket["created_at"] == "2026-03-02T09:00:00.000Z"
    assert (ticket["priority"], ticket["status"]) == ("normal", "new")
    assert [entry["type"] for entry in answer.body["entries"]] == ["message", "event"]
    assert answer.etag == '"1"'
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.row(1, "K1")
def test_a_ticket_opened_twice_under_one_key_is_one(desk_ports: FakePorts) -> None:
    caller = as_agent(desk_ports)

    numbers = {
        caller.post("/v1/tickets", NEW, Idempotency_Key="k").body["number"] for _ in range(2)
    }

    assert len(numbers) == len(desk_ports.store.tickets) == 1


def test_the_same_key_of_another_person_is_another_key(desk_ports: FakePorts) -> None:
    for agent in (RUI, EVA):
        as_agent(desk_ports, agent).post("/v1/tickets", NEW, Idempotency_Key="k")

    assert len(desk_ports.store.tickets) == 2


@pytest.mark.row(5, "J14")
@pytest.mark.parametrize("number", ["404", "0", "-1", "abc", "1e3", "9" * 30, "٣"])
def test_a_ticket_that_does_not_exist_and_one_of_others_look_the_same(
    desk_ports: FakePorts, number: str
) -> None:
    known = opened_ticket(desk_ports).number

    hidden = as_agent(desk_ports, OUTSIDER).get(f"/v1/tickets/{known}")
    missing = as_agent(desk_ports, OUTSIDER).get(f"/v1/tickets/{number}")

    assert is_problem(hidden, 404, "ticket-not-found")
    assert is_problem(missing, 404, "ticket-not-found")
    assert hidden.body.keys() == missing.body.keys()
    assert hidden.body["detail"].replace(str(known), "N") == "Ticket N was not found."


@pytest.mark.row(11, "K3")
def test_a_reply_needs_the_version_that_its_writer_saw(desk_ports: FakePorts) -> None:
    number = opened_ticket(desk_ports).number
    caller = as_agent(desk_ports)

    without = caller.post(f"/v1/tickets/{number}/messages", REPLY)
    answer = caller.post(f"/v1/tickets/{number}/messages", REPLY, If_Match='"1"')

    assert (without.status, without.fields) == (422, ["If-Match"])
    assert (answer.status, answer.body["ticket"]["status"]) == (201, "answered")
    assert answer.etag == '"2"'


@pytest.mark.row("K3", "J11")
def test_a_reply_on_stale_content_gets_409_with_what_is_new(desk_ports: FakePorts) -> None:
    number = opened_ticket(desk_ports).number
    add_note(desk_ports, EVA, Words(number, "Wait, I am on the phone with her."))

    answer = as_agent(desk_ports).post(f"/v1/tickets/{number}/messages", REPLY, If_Match='"1"')

    assert is_problem(answer, 409, "stale-ticket")
    assert answer.etag == '"2"'
    current = answer.body["current"]
    assert "on the phone" in str(current["entries"])
    assert len(desk_ports.store.messages(number)) == 2


@pytest.mark.row("K1")
def test_a_reply_repeated_under_its_key_is_one_reply_though_the_ticket_is_newer_by_it(
    desk_ports: FakePorts,
) -> None:
    number = opened_ticket(desk_ports).number
    caller = as_agent(desk_ports)
    path = f"/v1/tickets/{number}/messages"

    answers = [caller.post(path, REPLY, If_Match='"1"', Idempotency_Key="k") for _ in range(3)]
    other = caller.post(path, {**REPLY, "text": "Other"}, If_Match='"1"', Idempotency_Key="k")

    assert [answer.status for answer in answers] == [201, 201, 201]
    assert len({answer.body["message"]["id"] for answer in answers}) == 1
    assert len(desk_ports.store.messages(number)) == 2
    assert is_problem(other, 422, "key-reused")


@pytest.mark.row(16, "K1")
def test_a_reply_that_resolves_can_be_repeated_too(desk_ports: FakePorts) -> None:
    number = opened_ticket(desk_ports).number
    body = {**REPLY, "then": "resolve"}

    answers = [
        as_agent(desk_ports).post(
            f"/v1/tickets/{number}/messages", body, If_Match='"1"', Idempotency_Key="k"
        )
        for _ in range(2)
    ]

    assert [answer.status for answer in answers] == [201, 201]
    assert answers[1].body["ticket"]["status"] == "resolved"


@pytest.mark.row(61)
def test_a_note_needs_no_version_and_commutes(desk_ports: FakePorts) -> None:
    number = opened_ticket(desk_ports).number
    note = {"kind": "internal_note", "text": "inside"}

    for agent in (RUI, READER, ADMIN):
        answer = as_agent(desk_ports, agent).post(f"/v1/tickets/{number}/messages", note)
        assert (answer.status, answer.body["ticket"]["status"]) == (201, "new")


@pytest.mark.row("J14")
def test_a_collaborator_who_replies_in_public_is_refused(desk_ports: FakePorts) -> None:
    number = opened_ticket(desk_ports).number

    answer = as_agent(desk_ports, READER).post(
        f"/v1/tickets/{number}/messages", REPLY, If_Match='"1"'
    )

    assert is_problem(answer, 403, "not-allowed")
    assert len(desk_ports.store.messages(number)) == 1


@pytest.mark.row("K3")
def test_a_change_is_made_on_the_version_it_names_or_not_at_all(desk_ports: FakePorts) -> None:
    number = opened_ticket(desk_ports).number
    caller, path = as_agent(desk_ports), f"/v1/tickets/{number}"

    without = caller.patch(path, {"priority": "high"})
    changed = caller.patch(path, {"priority": "high"}, If_Match='W/"1"')
    stale = caller.patch(path, {"priority": "low"}, If_Match='"1"')

    assert without.fields == ["If-Match"]
    assert (changed.status, changed.body["priority"], changed.etag) == (200, "high", '"2"')
    assert is_problem(stale, 409, "stale-ticket")
    assert stale.body["current"]["ticket"]["priority"] == "high"


@pytest.mark.parametrize("tag", ['"x"', '"-1"', '"' + "9" * 13 + '"', "*", '"1", "2"'])
def test_a_version_that_this_desk_never_gave_out_is_named(desk_ports: FakePorts, tag: str) -> None:
    number = opened_ticket(desk_ports).number

    answer = as_agent(desk_ports).patch(f"/v1/tickets/{number}", {}, If_Match=tag)

    assert (answer.status, answer.fields) == (422, ["If-Match"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"status": "answered"}, "status"),
        ({"status": "postponed"}, "postponed_until"),
        ({"status": "postponed", "postponed_until": "2030-01-01T09:00:00"}, "postponed_until"),
        ({"status": "postponed", "postponed_until": "2020-01-01T09:00:00Z"}, "postponed_until"),
        ({"priority": "huge"}, "priority"),
        ({"department_id": "gone"}, "department_id"),
        ({"assignee_id": OUTSIDER.id}, "assignee_id"),
        ({"tags": ["two words"]}, "tags.0"),
        ({"created_at": "2020-01-01T09:00:00Z"}, "created_at"),
        ({"version": 9}, "version"),
    ],
)
def test_a_change_that_cannot_be_names_its_field_and_changes_nothing(
    desk_ports: FakePorts, change: dict[str, Any], field: str
) -> None:
    ticket = opened_ticket(desk_ports)

    answer = as_agent(desk_ports).patch(f"/v1/tickets/{ticket.number}", change, If_Match='"1"')

    assert answer.status == 422
    assert answer.fields == [field]
    assert desk_ports.store.tickets[ticket.number] == ticket


@pytest.mark.row(17)
def test_a_step_that_the_status_table_lacks_is_a_conflict(desk_ports: FakePorts) -> None:
    number = opened_ticket(desk_ports).number

    answer = as_agent(desk_ports).patch(
        f"/v1/tickets/{number}", {"status": "closed"}, If_Match='"1"'
    )

    assert is_problem(answer, 409, "invalid-transition")


@pytest.mark.row(43)
def test_to_solve_deals_a_ticket_and_says_so_when_there_is_none(desk_ports: FakePorts) -> None:
    number = opened_ticket(desk_ports).number
    caller = as_agent(desk_ports)

    first = caller.post("/v1/claims", {})
    desk_ports.project_all()
    skipped = caller.post("/v1/claims", {"skip": [number]})

    assert (first.body["ticket"]["number"], first.body["newly_assigned"]) == (number, True)
    assert is_problem(skipped, 404, "nothing-to-solve")


@pytest.mark.row(40, 67)
def test_lists_have_counts_pages_and_filters(desk_ports: FakePorts) -> None:
    numbers = [opened_ticket(desk_ports).number for _ in range(5)]
    opened_ticket(desk_ports, department_id="billing")
    caller = as_agent(desk_ports)

    counts = {view["id"]: view["count"] for view in caller.get("/v1/views").body["views"]}
    seen, cursor = [], ""
    while True:
        page = caller.get(f"/v1/views/all_open/tickets?limit=2&cursor={cursor}").body
        seen += [ticket["number"] for ticket in page["tickets"]]
        cursor = page["next"]
        if not cursor:
            break

    assert seen == numbers
    assert counts == {"to_solve": 5, "mine": 0, "unassigned": 5, "all_open": 5}
    answered = caller.get("/v1/views/all_open/tickets?status=answered").body
    assert answered["tickets"] == []


@pytest.mark.row(5)
def test_a_filter_opens_no_department_that_is_not_ones_own(desk_ports: FakePorts) -> None:
    opened_ticket(desk_ports, department_id="billing")

    page = as_agent(desk_ports).get("/v1/views/all_open/tickets?department=billing").body

    assert page["tickets"] == []


def test_an_unknown_list_is_not_found(desk_ports: FakePorts) -> None:
    answer = as_agent(desk_ports).get("/v1/views/secret/tickets")

    assert is_problem(answer, 404, "not-found")


@pytest.mark.row("J14")
@pytest.mark.parametrize("tampered", ["cut", "changed", "of another list", "of another person"])
def test_a_cursor_that_was_not_given_for_this_list_and_person_is_refused(
    desk_ports: FakePorts, tampered: str
) -> None:
    for _ in range(3):
        opened_ticket(desk_ports)
    given = as_agent(desk_ports).get("/v1/views/all_open/tickets?limit=1").body["next"]
    view, agent, cursor = "all_open", RUI, given
    if tampered == "cut":
        cursor = given[:-3]
    if tampered == "changed":
        cursor = ("A" if given[0] != "A" else "B") + given[1:]
    if tampered == "of another list":
        view = "unassigned"
    if tampered == "of another person":
        agent = EVA

    answer = as_agent(desk_ports, agent).get(f"/v1/views/{view}/tickets?cursor={cursor}")

    assert (answer.status, answer.fields) == (422, ["cursor"])


@pytest.mark.row(7)
def test_older_entries_come_page_by_page_by_the_cursor_of_the_page_before(
    desk_ports: FakePorts,
) -> None:
    number = opened_ticket(desk_ports).number
    for count in range(120):
        add_note(desk_ports, RUI, Words(number, f"note {count}"))
    caller = as_agent(desk_ports)

    newest = caller.get(f"/v1/tickets/{number}").body
    older = caller.get(f"/v1/tickets/{number}/entries?before={newest['older']}").body
    rest = caller.get(f"/v1/tickets/{number}/entries?before={older['older']}").body

    entries = [*rest["entries"], *older["entries"], *newest["entries"]]
    assert len(entries) == len({entry["id"] for entry in entries}) == 242
    assert rest["older"] is None
    without = caller.get(f"/v1/tickets/{number}/entries")
    assert (without.status, without.fields) == (422, ["before"])


@pytest.mark.row(6)
def test_a_customers_earlier_tickets_are_listed_as_far_as_one_may_see_them(
    desk_ports: FakePorts,
) -> None:
    first = opened_ticket(desk_ports)
    desk_ports.clock.advance(hours=1)
    second = opened_ticket(desk_ports)
    desk_ports.clock.advance(hours=1)
    opened_ticket(desk_ports, department_id="billing")

    page = as_agent(desk_ports).get(f"/v1/contacts/{first.requester.id}/tickets").body

    assert [ticket["number"] for ticket in page["tickets"]] == [second.number, first.number]


@pytest.mark.row("J16")
def test_a_file_is_refused_before_it_is_sent_with_the_reason(desk_ports: FakePorts) -> None:
    caller = Caller(desk_ports)
    file = {"filename": "a.exe", "content_type": "text/plain", "size": 5}

    forbidden = caller.post("/v1/request-uploads", file)
    too_large = caller.post("/v1/request-uploads", {**file, "size": 20 * 1024 * 1024 + 1})

    assert (forbidden.status, forbidden.fields) == (422, ["filename"])
    assert (too_large.status, too_large.fields) == (422, ["size"])
    assert desk_ports.files.pending == set()


@pytest.mark.row("J16")
def test_a_file_of_a_message_is_downloaded_by_a_link_that_lives_a_minute(
    desk_ports: FakePorts,
) -> None:
    caller = as_agent(desk_ports)
    file = {"filename": "a.txt", "content_type": "text/plain", "size": 1}
    slot = caller.post("/v1/uploads", file).body
    desk_ports.files.upload(slot["fields"]["key"], b"x", "text/plain")
    number = caller.post("/v1/tickets", {**NEW, "uploads": [slot["upload"]]}).body["number"]
    message = caller.get(f"/v1/tickets/{number}").body["entries"][0]
    file_id = message["attachments"][0]["id"]
    path = f"/v1/tickets/{number}/messages/{message['id']}/attachments/{file_id}"

    link = caller.get(path).body

    assert link["expires_at"] == "2026-03-02T09:01:00.000Z"
    assert as_agent(desk_ports, OUTSIDER).get(path).status == 404
    assert caller.get(f"{path}x").status == 404


@pytest.mark.row(41, 72)
def test_an_agent_comes_back_goes_away_and_chooses_how_to_be_told(desk_ports: FakePorts) -> None:
    caller = as_agent(desk_ports)

    assert caller.patch("/v1/me", {"available": True}).body["available"] is True
    assert caller.get("/v1/me").body["available"] is True
    wrong = caller.patch("/v1/me", {"notices": {"assigned": ["pigeon"]}})
    assert wrong.status == 422
    assert caller.patch("/v1/me", {"role": "administrator"}).fields == ["role"]


@pytest.mark.row(72)
def test_notices_are_ones_own_and_can_be_marked_as_read(desk_ports: FakePorts) -> None:

    there(desk_ports, RUI)
    pushed(desk_ports)
    Stream(desk_ports).flow()
    caller = as_agent(desk_ports)

    (notice,) = caller.get("/v1/notices").body["notices"]
    done = caller.post("/v1/notices/read", {"up_to": notice["id"]})

    assert (notice["kind"], notice["read"], done.status) == ("assigned", False, 204)
    assert caller.get("/v1/notices").body["notices"][0]["read"] is True
    assert as_agent(desk_ports, EVA).get("/v1/notices").body["notices"] == []


def test_a_fault_of_ours_is_a_problem_too_and_tells_nothing(
    desk_ports: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise RuntimeError("the secret is 42")

    monkeypatch.setattr(desk_ports.tickets, "open_thread", break_down)

    answer = as_agent(desk_ports).get("/v1/tickets/1")

    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.status == 503
    assert "42" not in str(answer.body)


def test_a_lost_race_asks_to_come_again(
    desk_ports: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(_: object) -> None:
        raise LostRace

    monkeypatch.setattr(desk_ports.tickets, "commit", lose)

    answer = Caller(desk_ports).post("/v1/requests", REQUEST)

    assert is_problem(answer, 503, "lost-race")
    assert answer.headers["Retry-After"]
