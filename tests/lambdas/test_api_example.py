"""The example of docs/api.md, done as it stands there."""

import json
import re
from pathlib import Path

import pytest

from chalicelib.domain.api_keys import Scope
from tests.fakes import FakePorts
from tests.lambdas.api_caller import Caller, with_key

TEXT = (Path(__file__).parents[2] / "docs" / "api.md").read_text()


@pytest.mark.row(39)
def test_the_example_of_the_documentation_opens_a_ticket(desk_ports: FakePorts) -> None:
    found = re.search(r"-d '(\{.*?\})'", TEXT, re.DOTALL)
    assert found
    body = {**json.loads(found[1]), "topic_id": "fault"}
    caller = Caller(desk_ports, token=with_key(desk_ports, Scope.TICKETS_WRITE))

    answers = [caller.post("/v1/tickets", body, Idempotency_Key="order-4711") for _ in range(2)]

    assert [answer.status for answer in answers] == [201, 201]
    assert answers[0].body["number"] == answers[1].body["number"]


@pytest.mark.row(39)
def test_the_documentation_tells_of_every_scope() -> None:
    assert {str(scope) for scope in Scope} == set(re.findall(r"`([a-z]+:(?:read|write))`", TEXT))
