"""The description of the API: valid, complete, and each operation under its own name."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from openapi_pydantic import OpenAPI

from chalicelib.domain.access import BY_SCOPE
from chalicelib.domain.api_keys import Scope
from chalicelib.routes import import_endpoints
from chalicelib.routes.endpoint import ENDPOINTS
from chalicelib.routes.openapi import document_json
from tests.fakes import FakePorts
from tests.lambdas.api_caller import Caller

import_endpoints()


@pytest.fixture
def document(desk_ports: FakePorts) -> dict[str, Any]:
    """The document as it is served."""
    answer = Caller(desk_ports).get("/v1/openapi.json")
    assert answer.status == 200
    return dict(answer.body)


def _operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in document["paths"].values() for operation in path.values()]


@pytest.mark.row(39, "J20")
def test_the_document_is_valid(document: dict[str, Any]) -> None:
    parsed = OpenAPI.model_validate(document)

    assert parsed.openapi == "3.1.0"
    refs = set(re.findall(r"#/components/schemas/([^'\"]+)", str(document)))
    assert refs <= set(document["components"]["schemas"])


@pytest.mark.row(39, "J20")
def test_every_declared_route_is_described(document: dict[str, Any]) -> None:
    described = {(m.upper(), path) for path, item in document["paths"].items() for m in item}

    assert described == {(e.method, e.path) for e in ENDPOINTS}


@pytest.mark.row(39)
def test_every_operation_has_its_own_name(document: dict[str, Any]) -> None:
    names = Counter(operation["operationId"] for operation in _operations(document))

    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.row(39, "J14")
def test_every_route_that_needs_a_token_says_so(document: dict[str, Any]) -> None:
    for declared in ENDPOINTS:
        operation = document["paths"][declared.path][declared.method.lower()]
        by_key = [{"apiKey": [str(s)]} for s in Scope if declared.action in BY_SCOPE[s]]
        by_person = [{"accessToken": []}] if declared.action else []
        assert operation["security"] == by_person + by_key
        assert ("401" in operation["responses"]) is bool(declared.action)


@pytest.mark.row(39, "J20")
def test_the_consoles_client_is_made_from_this_very_document() -> None:
    committed = Path(__file__).parents[2] / "console" / "src" / "api" / "openapi.json"

    assert json.loads(committed.read_text()) == json.loads(document_json())
