"""Who may do what: the whole matrix, and every route under an action of it."""

from itertools import product

import pytest

from chalicelib.domain.access import (
    BY_SCOPE,
    MATRIX,
    Action,
    may,
    require,
    require_on_ticket,
    sees_department,
)
from chalicelib.domain.api_keys import Scope
from chalicelib.domain.desk import Role
from chalicelib.domain.errors import NotAllowed, TicketNotFound
from chalicelib.routes import import_endpoints
from chalicelib.routes.endpoint import ENDPOINTS, Endpoint
from tests.builders import an_agent

import_endpoints()

# One letter per role that may: administrator, supervisor, agent, collaborator.
MATRIX_ON_PAPER = {
    "read_own_profile": "ASGC",
    "change_own_profile": "ASGC",
    "read_notices": "ASGC",
    "list_tickets": "ASGC",
    "change_own_views": "ASGC",
    "read_ticket": "ASGC",
    "open_ticket": "ASG",
    "change_ticket": "ASG",
    "change_contact": "ASG",
    "reply": "ASG",
    "write_note": "ASGC",
    "claim": "SG",
    "upload": "ASGC",
    "read_answers": "ASGC",
    "change_answers": "ASG",
    "read_settings": "A",
    "change_settings": "A",
    "change_agents": "A",
    "read_api_keys": "A",
    "change_api_keys": "A",
    "read_reports": "AS",
    "read_webhook_key": "A",
    "read_suspended_mail": "A",
    "read_dead_letters": "A",
    "redrive": "A",
    "decide_on_suspended_mail": "A",
    "read_suppressed_addresses": "A",
    "change_suppressed_addresses": "A",
}
LETTERS = {
    Role.ADMINISTRATOR: "A",
    Role.SUPERVISOR: "S",
    Role.AGENT: "G",
    Role.COLLABORATOR: "C",
}
# What a key of each scope may, of the actions above; what no scope names no key may.
SCOPES_ON_PAPER = {
    "tickets:read": "list_tickets read_ticket",
    "tickets:write": "list_tickets read_ticket open_ticket change_ticket reply write_note upload",
    "contacts:write": "change_contact",
    "answers:read": "read_answers",
    "reports:read": "read_reports",
    "mail:read": "read_suspended_mail read_suppressed_addresses",
    "mail:write": (
        "read_suspended_mail read_suppressed_addresses"
        " decide_on_suspended_mail change_suppressed_addresses"
    ),
    "settings:read": "read_settings",
    "settings:write": "read_settings change_settings",
}
FOR_PEOPLE_ONLY = {
    "read_own_profile", "change_own_profile", "read_notices", "change_own_views", "claim",
    "change_answers", "change_agents", "read_api_keys", "change_api_keys", "read_webhook_key",
    "read_dead_letters", "redrive",
}  # fmt: skip
# What anybody may call without signing in; a route that is not here needs an action.
PUBLIC = {
    ("POST", "/v1/requests"),
    ("POST", "/v1/request-uploads"),
    ("GET", "/v1/sign-in"),
    ("GET", "/v1/health"),
}


@pytest.mark.row("J14")
@pytest.mark.parametrize(("role", "action"), list(product(Role, Action)))
def test_a_role_may_what_the_matrix_says(role: Role, action: Action) -> None:
    agent = an_agent(role=role)

    assert may(agent, action) is (LETTERS[role] in MATRIX_ON_PAPER[action])


@pytest.mark.row("J14")
def test_an_action_that_nobody_thought_of_is_denied() -> None:
    assert set(MATRIX) == set(Action) == set(map(Action, MATRIX_ON_PAPER))
    assert not may(an_agent(role=Role.ADMINISTRATOR), "invent_something")  # type: ignore[arg-type]


@pytest.mark.row("J14", 39)
@pytest.mark.parametrize(("scope", "action"), list(product(Scope, Action)))
def test_a_key_may_what_its_scope_says_whatever_role_it_has(scope: Scope, action: Action) -> None:
    for role in Role:
        key = an_agent(role=role, scopes=frozenset({scope}))

        assert may(key, action) is (action in SCOPES_ON_PAPER[scope].split())


@pytest.mark.row("J14")
def test_every_action_is_under_a_scope_or_for_people_only_on_purpose() -> None:
    named = set(" ".join(SCOPES_ON_PAPER.values()).split())

    assert set(BY_SCOPE) == set(Scope) == set(map(Scope, SCOPES_ON_PAPER))
    assert named | FOR_PEOPLE_ONLY == set(Action)
    assert not named & FOR_PEOPLE_ONLY


@pytest.mark.row("J14")
@pytest.mark.parametrize("action", list(Action))
def test_a_key_without_scopes_may_nothing(action: Action) -> None:
    assert not may(an_agent(role=Role.ADMINISTRATOR, scopes=frozenset()), action)


@pytest.mark.row("J14")
@pytest.mark.parametrize(("role", "action"), list(product(Role, Action)))
def test_who_was_deactivated_may_nothing(role: Role, action: Action) -> None:
    agent = an_agent(role=role, is_active=False)

    with pytest.raises(NotAllowed):
        require(agent, action)


def _name(declared: Endpoint) -> str:
    return f"{declared.method} {declared.path}"


@pytest.mark.row("J14")
@pytest.mark.parametrize("declared", ENDPOINTS, ids=_name)
def test_every_route_asks_the_matrix_or_is_public_on_purpose(declared: Endpoint) -> None:
    is_public = (declared.method, declared.path) in PUBLIC

    assert is_public is (declared.action is None)
    assert is_public or declared.action in MATRIX


@pytest.mark.row("J14")
@pytest.mark.parametrize("declared", ENDPOINTS, ids=_name)
def test_a_route_that_only_reads_is_under_an_action_that_only_reads(declared: Endpoint) -> None:
    if declared.method == "GET" and declared.action:
        assert declared.action.startswith(("read_", "list_"))


def test_the_list_of_public_routes_names_no_route_that_is_gone() -> None:
    declared = {(e.method, e.path) for e in ENDPOINTS}

    assert declared >= PUBLIC


@pytest.mark.row(5, "J14")
@pytest.mark.parametrize(("role", "action"), list(product(Role, Action)))
def test_a_ticket_of_another_department_does_not_exist(role: Role, action: Action) -> None:
    agent = an_agent(role=role, departments=frozenset({"billing"}))
    if role is Role.ADMINISTRATOR:
        assert sees_department(agent, "support")
        return

    assert not may(agent, action, "support")
    with pytest.raises(TicketNotFound) as hidden:
        require_on_ticket(agent, action, 1001, "support")
    assert str(hidden.value) == str(TicketNotFound(1001))


@pytest.mark.row("J14")
def test_who_sees_a_ticket_is_told_that_he_may_not_change_it() -> None:
    reader = an_agent(role=Role.COLLABORATOR)

    with pytest.raises(NotAllowed):
        require_on_ticket(reader, Action.CHANGE_TICKET, 1001, "support")
