"""The desk always has somebody who sets it up, and a refusal names nothing that is hidden."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from chalicelib.usecases.change_settings import seed_settings
from tests.fakes import FakePorts
from tests.lambdas.api_caller import ADMINISTRATOR, Caller, deployed, token_for
from tests.unit.usecases.test_change_settings import SET_UP

OTHER = {**ADMINISTRATOR, "id": "lea", "email": "lea@example.org", "subject": "sub-lea"}
OFF = {**OTHER, "is_active": False}


def _desk(*people: dict[str, Any]) -> FakePorts:
    ports = FakePorts()
    set_up = deepcopy(SET_UP)
    set_up["agents"] += people
    seed_settings(ports, set_up)
    return ports


@pytest.fixture
def alone() -> Iterator[FakePorts]:
    """A desk with one administrator who works, and one who is switched off."""
    ports = _desk(ADMINISTRATOR, OFF)
    with deployed(ports):
        yield ports


@pytest.mark.row("J14")
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"role": "supervisor"}, "agents.admin.role"),
        ({"is_active": False}, "agents.admin.is_active"),
    ],
)
def test_the_last_administrator_is_neither_lowered_nor_switched_off(
    alone: FakePorts, change: dict[str, Any], field: str
) -> None:
    answer = Caller(alone, token=token_for("sub-admin")).put(
        "/v1/agents/admin", {**ADMINISTRATOR, **change}, If_Match='"1"'
    )

    assert (answer.status, answer.fields) == (422, [field])
    assert "make somebody else one first" in answer.body["errors"][0]["message"]
    assert len(alone.settings.desk().administrators()) == 1


@pytest.mark.row("J14")
def test_the_last_administrator_is_not_removed(alone: FakePorts) -> None:
    answer = Caller(alone, token=token_for("sub-admin")).delete("/v1/agents/admin")

    assert (answer.status, answer.fields) == (422, ["role"])


@pytest.mark.row("J14")
def test_who_is_not_the_last_goes_and_another_agent_may_always(alone: FakePorts) -> None:
    admin = Caller(alone, token=token_for("sub-admin"))

    assert admin.put("/v1/agents/lea", OTHER, If_Match='"1"').status == 200
    assert admin.delete("/v1/agents/rui").status == 204
    assert admin.delete("/v1/agents/admin").status == 204
