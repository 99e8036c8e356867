"""Replies that wait, over the API: put, shown, changed, taken back, sent."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.usecases.answer_ticket import Answer as Words
from chalicelib.usecases.answer_ticket import add_note
from chalicelib.usecases.scheduled_replies import send_when_due
from chalicelib.workers import timers
from tests.fakes import FakePorts
from tests.lambdas.test_api_tickets import as_agent, is_problem
from tests.unit.usecases.stage import BOSS, EVA, READER, RUI, in_thread, opened_ticket

REPLY = {"kind": "public_reply", "text": "Use water."}
FIRST = '"1"'


def later(ports: FakePorts, **amount: float) -> str:
    """A time from now, as it travels."""
    return (ports.clock.now() + timedelta(**amount)).isoformat()


def put(ports: FakePorts, number: int, *, key: str = "", **changes: Any) -> Any:
    """A reply that leaves in ten seconds."""
    headers = {"If_Match": FIRST, **({"Idempotency_Key": key} if key else {})}
    body = {**REPLY, "send_at": later(ports, seconds=10), **changes}
    return as_agent(ports).post(f"/v1/tickets/{number}/messages", body, **headers)


def place(number: int, answer: Any) -> str:
    """Where the waiting reply of an answer is."""
    return f"/v1/tickets/{number}/scheduled-replies/{answer.body['scheduled']['id']}"


def test_a_reply_with_a_time_waits_and_the_ticket_shows_it(desk_ports: FakePorts) -> None:
    number = opened_ticket(desk_ports).number
    answer = put(desk_ports, number, then="resolve")

    assert answer.status == 202
    assert answer.body["message"] is None
    assert answer.etag == FIRST
    opened = as_agent(desk_ports, EVA).get(f"/v1/tickets/{number}").body
    (shown,) = opened["scheduled"]
    assert shown == answer.body["scheduled"]
    assert shown["agent"] == {"id": RUI.id, "name": RUI.name}
    assert (shown["text"], shown["resolves"], shown["held"]) == ("Use water.", True, None)
    assert opened["ticket"]["status"] == "new"


@pytest.mark.parametrize("seconds", [0, -3600])
def test_a_time_that_has_passed_is_at_once(desk_ports: FakePorts, seconds: int) -> None:
    number = opened_ticket(desk_ports).number
    answer = put(desk_ports, number, send_at=later(desk_ports, seconds=seconds))

    assert answer.status == 201
    assert answer.body["message"]["text"] == "Use water."
    assert answer.body["scheduled"] is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"send_at": "2028-03-02T09:00:00Z"}, "send_at"),
        ({"send_at": "2026-03-02T10:00:00"}, "send_at"),
        ({"kind": "internal_note"}, "send_at"),
        ({"contact": "phone", "send_at": None}, "contact"),
    ],
)
def test_what_cannot_be_is_named(
    desk_ports: FakePorts, changes: dict[str, Any], field: str
) -> None:
    number = opened_ticket(desk_ports).number
    answer = put(desk_ports, number, **changes)

    assert (answer.status, answer.fields) == (422, [field])


def test_the_same_request_again_waits_once_and_answers_the_same(desk_ports: FakePorts) -> None:
    number = opened_ticket(desk_ports).number
    send_at = later(desk_ports, seconds=10)
    first, again = (put(desk_ports, number, key="k1", send_at=send_at) for _ in range(2))

    assert again.body == first.body
    assert again.status == 202
    assert len(desk_ports.store.scheduled) == 1


def test_the_same_request_after_it_left_writes_nothing(desk_ports: FakePorts) -> None:
    number = opened_ticket(desk_ports).number
    send_at = later(desk_ports, seconds=10)
    first = put(desk_ports, number, key="k1", send_at=send_at)
    desk_ports.clock.advance(seconds=10)
    send_when_due(desk_ports, number, first.body["scheduled"]["id"])
    again = put(desk_ports, number, key="k1", send_at=send_at)

    assert (again.status, again.body["message"], again.body["scheduled"]) == (202, None, None)
    assert [m.text for m in in_thread(desk_ports, number)][1:] == ["Use water."]


def test_undo_gives_back_words_and_files(desk_ports: FakePorts) -> None:
    number = opened_ticket(desk_ports).number
    caller = as_agent(desk_ports)
    file = {"filename": "a.txt", "content_type": "text/plain", "size": 3}
    slot = caller.post("/v1/uploads", file).body
    desk_ports.files.upload(slot["fields"]["key"], b"abc", "text/plain")
    waits = put(desk_ports, number, uploads=[slot["upload"]])
    taken = caller.delete(place(number, waits))

    assert taken.status == 200
    assert taken.body["reply"]["text"] == "Use water."
    assert desk_ports.store.scheduled == {}
    again = {**REPLY, "uploads": taken.body["uploads"]}
    sent = caller.post(f"/v1/tickets/{number}/messages", again, If_Match=FIRST)
    assert [file["filename"] for file in sent.body["message"]["attachments"]] == ["a.txt"]


def test_undo_that_comes_too_late_says_that_it_left(desk_ports: FakePorts) -> None:
    number = opened_ticket(desk_ports).number
    waits = put(desk_ports, number)
    desk_ports.clock.advance(seconds=10)
    send_when_due(desk_ports, number, waits.body["scheduled"]["id"])
    answer = as_agent(desk_ports).delete(place(number, waits))

    assert is_problem(answer, 404, "scheduled-reply-gone")


def test_words_and_time_can_be_changed_on_the_version_that_was_read(
    desk_ports: FakePorts,
) -> None:
    number = opened_ticket(desk_ports).number
    waits, caller = put(desk_ports, number), as_agent(desk_ports)
    where, tomorrow = place(number, waits), later(desk_ports, days=1)
    change = {"version": 1, "text": "Use sand.", "send_at": tomorrow}
    changed = caller.patch(where, change, If_Match=FIRST)

    assert (changed.status, changed.body["text"], changed.body["version"]) == (200, "Use sand.", 2)
    assert caller.get(where).body == changed.body
    assert is_problem(caller.patch(where, change, If_Match=FIRST), 409, "stale-scheduled-reply")
    past = {"version": 2, "send_at": later(desk_ports, days=-1)}
    assert caller.patch(where, past, If_Match=FIRST).fields == ["send_at"]


def test_it_is_sent_now_by_who_has_seen_the_ticket(desk_ports: FakePorts) -> None:
    number = opened_ticket(desk_ports).number
    waits, caller = put(desk_ports, number), as_agent(desk_ports)
    add_note(desk_ports, EVA, Words(number, "Careful: oil."))
    where = f"{place(number, waits)}/send"

    assert caller.post(where, None).fields == ["If-Match"]
    stale = caller.post(where, None, If_Match=FIRST)
    assert is_problem(stale, 409, "stale-ticket")
    assert stale.body["current"]["scheduled"][0]["text"] == "Use water."
    sent = caller.post(where, None, If_Match=stale.etag)
    assert (sent.status, sent.body["message"]["text"]) == (201, "Use water.")


@pytest.mark.row("J14")
def test_a_colleague_may_look_but_not_touch_and_a_supervisor_may(desk_ports: FakePorts) -> None:
    number = opened_ticket(desk_ports).number
    where = place(number, put(desk_ports, number))

    for colleague in (EVA, READER):
        assert as_agent(desk_ports, colleague).get(where).status == 200
        assert as_agent(desk_ports, colleague).delete(where).status == 403
    assert as_agent(desk_ports, BOSS).delete(where).status == 200


def test_the_timer_sends_it_and_a_broken_job_brings_no_other_down(desk_ports: FakePorts) -> None:
    number = opened_ticket(desk_ports).number
    reply_id = put(desk_ports, number).body["scheduled"]["id"]
    desk_ports.clock.advance(seconds=10)
    job = f'{{"kind": "send_scheduled_reply", "number": {number}, "reply_id": "{reply_id}"}}'
    woken = f'{{"kind": "wake_ticket", "number": {number}}}'
    bodies = ["{}", job, job, woken]
    records = [{"messageId": str(n), "body": body} for n, body in enumerate(bodies)]

    assert timers.handle({"Records": records}) == {"batchItemFailures": [{"itemIdentifier": "0"}]}
    assert [m.text for m in in_thread(desk_ports, number)][1:] == ["Use water."]


def test_who_is_signed_in_learns_how_long_he_can_undo(desk_ports: FakePorts) -> None:
    assert as_agent(desk_ports).get("/v1/me").body["undo_seconds"] == 10
