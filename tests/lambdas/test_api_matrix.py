"""Every route, called by everybody: who is let in is what the matrix says, and nothing else."""

import pytest

from chalicelib.domain.access import BY_SCOPE, may
from chalicelib.domain.api_keys import Scope
from chalicelib.domain.desk import Agent
from chalicelib.routes import import_endpoints
from chalicelib.routes.endpoint import ENDPOINTS, Endpoint
from tests.fakes import FakePorts
from tests.lambdas.api_caller import Caller, application, token_for, with_key
from tests.unit.usecases.stage import ADMIN, BOSS, OUTSIDER, PEOPLE, READER, RUI, opened_ticket

import_endpoints()
GUARDED = [declared for declared in ENDPOINTS if declared.action]
ON_A_TICKET = [declared for declared in GUARDED if "{number}" in declared.path]
ROLES = (ADMIN, BOSS, RUI, READER)


def _id(declared: Endpoint) -> str:
    return f"{declared.method} {declared.path}"


def _path(declared: Endpoint, number: int) -> str:
    values = {"{number}": str(number), "{view}": "all_open", "{contact}": "c", "{setting}": "x"}
    path = declared.path
    for name, value in {
        **values,
        "{message}": "m",
        "{attachment}": "a",
        "{answer}": "desk~macro~x",
        "{scheduled}": "s",
        "{kind}": "related",
        "{item}": "0",
        "{other}": "4711",
    }.items():
        path = path.replace(name, value)
    return path


def _call(ports: FakePorts, declared: Endpoint, agent: Agent | None, number: int = 404) -> int:
    token = token_for(f"sub-{agent.id}") if agent else ""
    body = {} if declared.body else None
    return Caller(ports, token=token).call(declared.method, _path(declared, number), body).status


@pytest.mark.row("J14")
@pytest.mark.parametrize("declared", GUARDED, ids=_id)
def test_nobody_is_let_in_without_signing_in(desk_ports: FakePorts, declared: Endpoint) -> None:
    assert _call(desk_ports, declared, None) == 401


@pytest.mark.row("J14")
@pytest.mark.parametrize("declared", GUARDED, ids=_id)
def test_a_role_is_let_in_exactly_where_the_matrix_says(
    desk_ports: FakePorts, declared: Endpoint
) -> None:
    assert declared.action is not None
    let_in = {who.id for who in ROLES if _call(desk_ports, declared, who) != 403}

    assert let_in == {who.id for who in ROLES if may(who, declared.action)}


@pytest.mark.row("J14", 39)
@pytest.mark.parametrize("declared", GUARDED, ids=_id)
def test_a_key_is_let_in_exactly_where_its_scope_says(
    desk_ports: FakePorts, declared: Endpoint
) -> None:
    body = {} if declared.body else None
    answers = {}
    for scope in Scope:
        caller = Caller(desk_ports, token=with_key(desk_ports, scope))
        answers[scope] = caller.call(declared.method, _path(declared, 404), body).status

    let_in = {scope for scope, status in answers.items() if status != 403}
    assert let_in == {scope for scope in Scope if declared.action in BY_SCOPE[scope]}
    assert 401 not in answers.values()


@pytest.mark.row("J14")
def test_whatever_stands_behind_the_authorizer_is_declared_and_so_asks_the_matrix() -> None:
    declared = {(e.method, e.path) for e in GUARDED}
    guarded = {
        (method, path)
        for path, methods in application().routes.items()
        for method, entry in methods.items()
        if entry.authorizer
    }

    assert guarded == declared


@pytest.mark.row(5, "J14")
@pytest.mark.parametrize("declared", ON_A_TICKET, ids=_id)
def test_no_route_opens_a_ticket_of_another_department(
    desk_ports: FakePorts, declared: Endpoint
) -> None:
    number = opened_ticket(desk_ports).number
    before = desk_ports.store.tickets[number], len(desk_ports.store.entries[number])
    bodies = {"PATCH": {"tags": ["x"]}, "POST": {"kind": "internal_note", "text": "x"}}
    caller = Caller(desk_ports, token=token_for(f"sub-{OUTSIDER.id}"))

    answer = caller._call(
        declared.method.lower(),
        _path(declared, number),
        bodies.get(declared.method),
        {"If_Match": '"1"'},
    )

    # The cursor of older entries is asked for before the ticket: it is no sign of one either.
    assert answer.status in (404, 422)
    assert "invoice" not in str(answer.body)
    after = desk_ports.store.tickets[number], len(desk_ports.store.entries[number])
    assert before == after


def test_the_walk_knows_everybody_who_works_here() -> None:
    assert {agent.role for agent in ROLES} == {agent.role for agent in PEOPLE}
