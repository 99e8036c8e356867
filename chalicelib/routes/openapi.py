"""The OpenAPI 3.1 document, made from the declared routes and their pydantic models.

``python -m chalicelib.routes.openapi`` prints it; the console's client is generated from that.
"""

import json
import re
from functools import cache
from typing import Any

from openapi_pydantic import OpenAPI
from openapi_pydantic.util import PydanticSchema, construct_open_api_with_schema_class

from chalicelib.domain.access import BY_SCOPE, Action
from chalicelib.domain.api_keys import Scope
from chalicelib.routes.endpoint import ENDPOINTS, Endpoint
from chalicelib.routes.schemas.base import Problem
from chalicelib.routes.schemas.tickets import StaleProblem

VERSION = "1"
_PATH_VALUE = re.compile(r"\{(\w+)\}")
_DESCRIPTIONS = {
    401: "No access token or API key, or one that is not genuine, was revoked or has ended.",
    403: "This person or key may not do this.",
    404: "It does not exist, or not for this person.",
    409: "It was changed meanwhile, or its state does not allow this.",
    422: "Something in the request is wrong; `errors` names each field.",
    429: "Too many requests; wait as `Retry-After` says.",
    503: "The desk could not reach its storage; try again.",
}


@cache
def document_json() -> str:
    """The document as JSON."""
    return json.dumps(document().model_dump(by_alias=True, exclude_none=True, mode="json"))


def document() -> OpenAPI:
    """The description of every declared route."""
    paths: dict[str, dict[str, Any]] = {}
    for declared in ENDPOINTS:
        paths.setdefault(declared.path, {})[declared.method.lower()] = _operation(declared)
    described = {
        "openapi": "3.1.0",
        "info": {
            "title": "Chamado",
            "version": VERSION,
            "description": "The help desk's public API. The agents' console uses nothing else.",
        },
        "servers": [{"url": "/api"}],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "accessToken": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
                "apiKey": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "chk_<id>_<secret>",
                    "description": "A key that an administrator made for a program.",
                },
            }
        },
    }
    return construct_open_api_with_schema_class(OpenAPI.model_validate(described))


def _operation(declared: Endpoint) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": _operation_id(declared),
        "summary": declared.summary,
        "tags": [declared.tag],
        "parameters": _parameters(declared),
        "responses": _responses(declared),
        "security": _security(declared.action),
    }
    if declared.body:
        operation["requestBody"] = {"required": True, "content": _json(declared.body)}
    return operation


def _security(action: Action | None) -> list[dict[str, list[str]]]:
    """A person's token, or a key with any of the scopes that are named; nothing where all may."""
    if action is None:
        return []
    scopes = [scope for scope in Scope if action in BY_SCOPE[scope]]
    return [{"accessToken": []}, *({"apiKey": [str(scope)]} for scope in scopes)]


def _operation_id(declared: Endpoint) -> str:
    """The whole first sentence: cut short, routes of one kind would share a name."""
    sentence = declared.summary.lower().replace("'s", "").partition(". ")[0]
    return "_".join(re.findall(r"[a-z0-9]+", sentence))


def _parameters(declared: Endpoint) -> list[dict[str, Any]]:
    text = {"type": "string"}
    found = [
        {"name": name, "in": "path", "required": True, "schema": text}
        for name in _PATH_VALUE.findall(declared.path)
    ]
    found += [
        {"name": name, "in": "query", "schema": text, "description": words}
        for name, words in declared.query.items()
    ]
    if declared.needs_version:
        words = "ETag of the version that the change is based on."
        found.append({"name": "If-Match", "in": "header", "schema": text, "description": words})
    if declared.method == "POST" and declared.status == 201:
        words = "Your own key for this request: a repetition within 24 hours is answered alike."
        found.append(
            {"name": "Idempotency-Key", "in": "header", "schema": text, "description": words}
        )
    return found


def _responses(declared: Endpoint) -> dict[str, Any]:
    done: dict[str, Any] = {"description": declared.summary}
    if declared.answer:
        done["content"] = _json(declared.answer)
    responses = {str(declared.status): done}
    known = {*declared.problems, 503, *((401, 403) if declared.action else ())}
    for status in sorted(known):
        stale = status == 409 and declared.needs_version
        responses[str(status)] = {
            "description": _DESCRIPTIONS[status],
            "content": _json(StaleProblem if stale else Problem, "application/problem+json"),
        }
    return responses


def _json(model: type, media_type: str = "application/json") -> dict[str, Any]:
    return {media_type: {"schema": PydanticSchema.model_validate({"schema_class": model})}}


if __name__ == "__main__":
    from chalicelib.routes import import_endpoints

    import_endpoints()
    print(json.dumps(json.loads(document_json()), indent=1, sort_keys=True))  # noqa: T201
