"""API keys: who makes them, what they open, and what they never do."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.api_keys import Scope, presented_key
from chalicelib.domain.ticket import ActorKind, Event, Message
from chalicelib.usecases.change_settings import seed_settings
from chalicelib.usecases.scheduled_replies import send_when_due
from tests.fakes import FakePorts
from tests.lambdas.api_caller import ADMINISTRATOR, Caller, deployed, token_for, with_key
from tests.unit.usecases.stage import ADMIN, opened_ticket
from tests.unit.usecases.test_change_settings import SET_UP

WISH = {"name": "Web shop", "scopes": ["tickets:write"]}
MEMBER = {
    **ADMINISTRATOR, "id": "lea", "email": "lea@example.org", "subject": "sub-lea",
    "departments": ["secret"],
}  # fmt: skip


@pytest.fixture
def ports() -> Iterator[FakePorts]:
    """A seeded desk with a confidential department, one administrator outside and one inside."""
    made = FakePorts()
    set_up = json.loads(json.dumps(SET_UP))
    set_up["agents"] += [ADMINISTRATOR, MEMBER]
    hidden = {**set_up["departments"][0], "id": "secret", "confidential": True}
    set_up["departments"].append(hidden)
    seed_settings(made, set_up)
    with deployed(made):
        yield made


def _admin(ports: FakePorts, subject: str = "sub-admin") -> Caller:
    return Caller(ports, token=token_for(subject))


def _made(ports: FakePorts, subject: str = "sub-admin", **changes: Any) -> str:
    answer = _admin(ports, subject).put("/v1/api-keys/shop", {**WISH, **changes})
    assert answer.status == 201
    return str(answer.body["secret"])


@pytest.mark.row("J14", 39)
def test_the_secret_is_shown_once_and_only_its_digest_is_kept(ports: FakePorts) -> None:
    secret = _made(ports)

    stored, _ = ports.settings.document("api_keys", "shop")
    listed = _admin(ports).get("/v1/api-keys").body
    assert secret.startswith("chk_shop_")
    assert len(secret.removeprefix("chk_shop_")) == 64
    assert secret[9:] not in json.dumps([stored, listed])
    assert stored["digest"] not in json.dumps(listed)
    assert listed["keys"][0]["begins_with"] == "chk_shop_"


@pytest.mark.row(39)
def test_a_new_key_opens_the_api_at_once(ports: FakePorts) -> None:
    caller = Caller(ports, token=_made(ports))

    assert caller.get("/v1/views/all_open/tickets").status == 200
    assert caller.get("/v1/departments").status == 403


@pytest.mark.row("J14")
def test_a_revoked_key_opens_nothing_and_says_what_to_do(ports: FakePorts) -> None:
    caller = Caller(ports, token=_made(ports))
    assert _admin(ports).delete("/v1/api-keys/shop").status == 204

    answer = caller.get("/v1/views/all_open/tickets")

    assert (answer.status, answer.body["type"]) == (401, "urn:chamado:problem:key-not-valid")
    assert "administrator" in answer.body["advice"]


@pytest.mark.row("J14")
def test_a_key_ends_with_its_last_day(ports: FakePorts) -> None:
    today = ports.clock.now().date()
    caller = Caller(ports, token=_made(ports, ends_on=str(today)))

    assert caller.get("/v1/views/all_open/tickets").status == 200
    ports.clock.advance(days=1)
    assert caller.get("/v1/views/all_open/tickets").status == 401
    assert _admin(ports).get("/v1/api-keys").body["keys"][0]["has_ended"] is True


@pytest.mark.row("J14")
@pytest.mark.parametrize(
    "forged",
    [
        "chk_shop_" + "0" * 64,
        "chk_other_" + "1" * 64,
        "chk_shop_" + "1" * 63,
        "chk_shop_" + "G" * 64,
        "chk__" + "1" * 64,
        "chk_",
        "key:shop:digest",
    ],
)
def test_what_only_looks_like_a_key_opens_nothing(ports: FakePorts, forged: str) -> None:
    _made(ports)

    assert Caller(ports, token=forged).get("/v1/views/all_open/tickets").status in (401, 403)


@pytest.mark.row("J14")
def test_a_digest_that_got_out_is_no_key(ports: FakePorts) -> None:
    digest = presented_key(_made(ports)).digest  # type: ignore[union-attr]

    for subject in (digest, f"key:shop:{digest}"):
        caller = Caller(ports, token=token_for(subject))
        assert caller.get("/v1/views/all_open/tickets").status == 403


@pytest.mark.row("J14")
def test_a_key_changes_neither_keys_nor_people_though_it_may_change_the_set_up(
    ports: FakePorts,
) -> None:
    caller = Caller(ports, token=_made(ports, scopes=["settings:write"]))
    person = {"id": "eve", "name": "Eve", "email": "eve@example.org", "role": "administrator"}

    assert caller.get("/v1/api-keys").status == 403
    assert caller.put("/v1/api-keys/more", WISH).status == 403
    assert caller.delete("/v1/api-keys/shop").status == 403
    assert caller.put("/v1/agents/eve", person).status == 403
    assert caller.delete("/v1/agents/admin").status == 403
    assert caller.get("/v1/me").status == 403


@pytest.mark.row("J14")
def test_a_key_of_the_same_id_is_not_made_twice(ports: FakePorts) -> None:
    first = _made(ports)

    assert _admin(ports).put("/v1/api-keys/shop", WISH).status == 409
    assert Caller(ports, token=first).get("/v1/views/all_open/tickets").status == 200


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"name": ""}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes.0"),
        ({"departments": ["gone"]}, "departments"),
        ({"ends_on": "2020-01-01"}, "ends_on"),
        ({"digest": "0"}, "digest"),
    ],
)
def test_what_is_wrong_with_a_wish_is_said(
    ports: FakePorts, wish: dict[str, Any], field: str
) -> None:
    answer = _admin(ports).put("/v1/api-keys/shop", {**WISH, **wish})

    assert (answer.status, answer.fields) == (422, [field])


@pytest.mark.row("J14", 76)
def test_only_a_member_names_a_confidential_department(ports: FakePorts) -> None:
    wish = {**WISH, "departments": ["secret"]}

    refused = _admin(ports).put("/v1/api-keys/shop", wish)
    unknown = _admin(ports).put("/v1/api-keys/shop", {**WISH, "departments": ["gone"]})
    made = _admin(ports, "sub-lea").put("/v1/api-keys/shop", wish)

    assert (refused.status, unknown.status, made.status) == (422, 422, 201)
    assert str(refused.body).replace("secret", "gone") == str(unknown.body)


@pytest.mark.row("J14", 76)
def test_every_administrator_finds_and_revokes_a_key_and_only_a_member_sees_of_what(
    ports: FakePorts,
) -> None:
    _made(ports, "sub-lea", departments=["secret"])

    seen = [_admin(ports, s).get("/v1/api-keys").body["keys"][0] for s in ("sub-admin", "sub-lea")]

    assert [key["departments"] for key in seen] == [[], ["secret"]]
    assert [key["all_departments"] for key in seen] == [False, False]
    assert _admin(ports).delete("/v1/api-keys/shop").status == 204


@pytest.mark.row("J14")
def test_the_last_day_of_use_is_shown_and_is_not_that_of_an_earlier_key(ports: FakePorts) -> None:
    def last_used() -> object:
        return _admin(ports).get("/v1/api-keys").body["keys"][0]["last_used_on"]

    caller = Caller(ports, token=_made(ports))
    assert last_used() is None
    caller.get("/v1/views/all_open/tickets")
    assert last_used() == str(ports.clock.now().date())
    _admin(ports).delete("/v1/api-keys/shop")
    _made(ports)
    assert last_used() is None


@pytest.mark.row(5, 76)
def test_a_key_without_departments_sees_all_but_the_confidential_ones(
    desk_ports: FakePorts,
) -> None:
    desk = desk_ports.settings.desk()
    billing = replace(desk.departments["billing"], confidential=True)
    departments = {**desk.departments, "billing": billing}
    desk_ports.settings.ready = replace(desk, departments=departments)
    here, there = (opened_ticket(desk_ports, department_id=d).number for d in departments)

    everywhere = Caller(desk_ports, token=with_key(desk_ports, Scope.TICKETS_READ))
    assert [everywhere.get(f"/v1/tickets/{n}").status for n in (here, there)] == [200, 404]

    only = with_key(desk_ports, Scope.TICKETS_READ, departments=frozenset({"billing"}))
    named = Caller(desk_ports, token=only)
    assert [named.get(f"/v1/tickets/{n}").status for n in (here, there)] == [404, 200]


@pytest.mark.row(39)
def test_the_history_names_the_key_and_a_key_owns_no_ticket(desk_ports: FakePorts) -> None:
    caller = Caller(desk_ports, token=with_key(desk_ports, Scope.TICKETS_WRITE))
    number = opened_ticket(desk_ports).number
    answer = {"kind": "public_reply", "text": "It is on its way."}

    assert caller.post(f"/v1/tickets/{number}/messages", answer, If_Match='"1"').status == 201

    entries = [entry for _, entry in desk_ports.store.entries[number]]
    said = [e for e in entries if isinstance(e, Message) and e.author.kind is ActorKind.AGENT]
    done = [e for e in entries if isinstance(e, Event) and e.actor.id == "key:shop"]
    assert [(m.author.id, m.author.name) for m in said] == [("key:shop", "Web shop")]
    assert done
    assert desk_ports.store.tickets[number].assignee_id == ""


def test_a_reply_that_a_key_let_wait_leaves_while_the_key_works(desk_ports: FakePorts) -> None:
    caller = Caller(desk_ports, token=with_key(desk_ports, Scope.TICKETS_WRITE))
    numbers = [opened_ticket(desk_ports).number for _ in range(2)]
    later = (desk_ports.clock.now() + timedelta(hours=1)).isoformat()
    answer = {"kind": "public_reply", "text": "It is on its way.", "send_at": later}
    waiting = [
        caller.post(f"/v1/tickets/{n}/messages", answer, If_Match='"1"').body["scheduled"]["id"]
        for n in numbers
    ]
    desk_ports.clock.advance(hours=1)

    assert send_when_due(desk_ports, numbers[0], waiting[0]) == "sent"
    desk_ports.settings.ready = replace(desk_ports.settings.desk(), api_keys={})
    assert send_when_due(desk_ports, numbers[1], waiting[1]) == "held"


@pytest.mark.row("J14")
def test_what_is_repeated_for_a_key_is_not_another_callers(desk_ports: FakePorts) -> None:
    number = opened_ticket(desk_ports).number
    note = {"kind": "internal_note", "text": "x"}
    key = Caller(desk_ports, token=with_key(desk_ports, Scope.TICKETS_WRITE))
    admin = Caller(desk_ports, token=token_for(f"sub-{ADMIN.id}"))

    first, again, other = (
        caller.post(f"/v1/tickets/{number}/messages", note, Idempotency_Key="k").body["message"]
        for caller in (key, key, admin)
    )

    assert first["id"] == again["id"] != other["id"]
