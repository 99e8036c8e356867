"""How a route is declared: who may call it, what comes in, what goes out.

``@endpoint`` is the one way to add a JSON route. It signs the caller in, asks the access policy,
validates the body, turns errors into problems, writes one log line, and remembers the declaration,
from which the OpenAPI document and the access matrix test are made. A route without an action is
public and says so.
"""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Generic, Literal, TypeVar

from chalice.app import Blueprint, Request, Response
from pydantic import BaseModel, ValidationError

from chalicelib import bootstrap
from chalicelib.domain.access import Action, require
from chalicelib.domain.api_keys import key_of_principal
from chalicelib.domain.desk import Agent
from chalicelib.domain.errors import (
    DeskError,
    Fault,
    InvalidRequest,
    NotAllowed,
    TooManyRequests,
    Unavailable,
)
from chalicelib.domain.wording import words
from chalicelib.routes.auth import authorize
from chalicelib.routes.body_faults import invalid_request
from chalicelib.routes.problems import language_of, problem_of, respond
from chalicelib.routes.schemas.base import Answer
from chalicelib.routes.schemas.base import Request as RequestBody
from chalicelib.usecases.api_keys import act_by_key

log = logging.getLogger("chamado.api")

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
Body = TypeVar("Body")
MAX_BODY_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A declared route, for the OpenAPI document and for tests that walk all routes."""

    method: Method
    path: str
    action: Action | None
    body: type[RequestBody] | None
    answer: type[BaseModel] | None
    status: int
    query: dict[str, str]
    summary: str
    tag: str
    needs_version: bool
    problems: tuple[int, ...]


ENDPOINTS: list[Endpoint] = []


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with its headers; ``model`` None sends no body, or ``text`` where there is one."""

    model: Answer | None
    headers: dict[str, str] = field(default_factory=dict)
    status: int | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Call(Generic[Body]):
    """One request, already checked. ``agent`` is only read by routes that have an action."""

    body: Body
    path: dict[str, str]
    query: dict[str, str]
    headers: dict[str, str]
    signed_in: Agent | None

    @property
    def agent(self) -> Agent:
        """The signed-in agent.

        Raises:
            NotAllowed: the route is public; it has no agent.
        """
        if self.signed_in is None:
            raise NotAllowed(Action.READ_OWN_PROFILE)
        return self.signed_in

    @property
    def language(self) -> str:
        """The language that sentences in the answer are told in."""
        return language_of(self.headers.get("accept-language", ""))

    @property
    def number(self) -> int:
        """The ticket number in the path; what is no number names no ticket (0)."""
        text = self.path["number"]
        return int(text) if text.isdecimal() and len(text) < 13 else 0

    @property
    def based_on(self) -> int | None:
        """The version in If-Match, None without one.

        Raises:
            InvalidRequest: If-Match is not a version that this desk gives out.
        """
        tag = self.headers.get("if-match", "").strip().removeprefix("W/").strip('"')
        if not tag:
            return None
        if not tag.isdecimal() or len(tag) > 12:
            raise InvalidRequest(
                Fault("If-Match", words("Send the ETag that came with what you read."))
            )
        return int(tag)

    @property
    def idempotency_key(self) -> str:
        """The client's own key for this POST, empty without one.

        Raises:
            InvalidRequest: the key is longer than 255 characters.
        """
        key = self.headers.get("idempotency-key", "").strip()
        if len(key) > 255:
            raise InvalidRequest(Fault("Idempotency-Key", words("Use at most 255 characters.")))
        return key

    def limit(self, most: int = 50) -> int:
        """The page size asked for, between 1 and ``most``.

        Raises:
            InvalidRequest: it is not a number.
        """
        text = self.query.get("limit", str(most))
        if not text.isdecimal() or len(text) > 6:
            raise InvalidRequest(
                Fault("limit", words("Give a number from 1 to {most}.", most=most))
            )
        return max(1, min(int(text), most))


View = Callable[[Call[Any]], "Reply | Answer"]


def endpoint(  # noqa: PLR0913 - a declaration, read as a table row
    blueprint: Blueprint,
    method: Method,
    path: str,
    *,
    action: Action | None,
    body: type[RequestBody] | None = None,
    answer: type[BaseModel] | None = None,
    status: int = 200,
    query: dict[str, str] | None = None,
    needs_version: bool = False,
    problems: tuple[int, ...] = (),
) -> Callable[[View], View]:
    """Declare a JSON route. The view's docstring is its summary in the API's documentation."""

    def declare(view: View) -> View:
        summary = (view.__doc__ or "").strip().splitlines()[0]
        tag = path.removeprefix("/v1/").split("/")[0]
        declared = Endpoint(
            method, path, action, body, answer, status, query or {}, summary, tag,
            needs_version, problems,
        )  # fmt: skip
        ENDPOINTS.append(declared)

        @wraps(view)
        def answer_request(**path_values: str) -> Response:
            request = blueprint.current_request
            return _answer(declared, view, request, path_values)

        # Chalice registers the wrapper; the undecorated view stays importable for tests.
        blueprint.route(path, methods=[method], authorizer=authorize if action else None)(
            answer_request
        )
        return view

    return declare


def _answer(declared: Endpoint, view: View, request: Request, path: dict[str, str]) -> Response:
    started = time.perf_counter()
    outcome, cause = "ok", ""
    try:
        call = _call(declared, request, path)
        reply = view(call)
        response = _respond(declared, reply if isinstance(reply, Reply) else Reply(reply))
    except DeskError as error:
        outcome = type(error).__name__
        # Names and codes of services, which are told to nobody outside.
        cause = str(error) if error.is_transient else ""
        response = _problem_response(error, request)
    except Exception:
        # The batch boundary of HTTP: one request failed, the container lives on.
        log.exception("request failed", extra={"route": declared.path, "method": declared.method})
        outcome = "unexpected"
        response = _problem_response(Unavailable("unexpected"), request)
    log.info(
        "request",
        extra={
            "route": declared.path,
            "method": declared.method,
            "status": response.status_code,
            "outcome": outcome,
            "cause": cause,
            "milliseconds": round((time.perf_counter() - started) * 1000, 1),
        },
    )
    return response


def _call(declared: Endpoint, request: Request, path: dict[str, str]) -> Call[Any]:
    agent = None
    if declared.action:
        agent = _signed_in_agent(request)
        require(agent, declared.action)
    return Call(
        body=_body(declared.body, request) if declared.body else None,
        path=path,
        query=dict(request.query_params or {}),
        headers={name.lower(): value for name, value in request.headers.items()},
        signed_in=agent,
    )


def _signed_in_agent(request: Request) -> Agent:
    """Who is behind the verified token, known by its subject and never by its address; or the key.

    The authorizer admits whatever looks like a key, so this is where a key is checked.
    """
    authorizer = (request.context or {}).get("authorizer") or {}
    principal = str(authorizer.get("principalId", ""))
    presented = key_of_principal(principal)
    if presented:
        return act_by_key(bootstrap.ports(), presented)
    agent = bootstrap.desk_now().agent_by_subject(principal)
    if agent is None:
        raise NotAllowed(Action.READ_OWN_PROFILE)
    return agent


def _body(model: type[RequestBody], request: Request) -> RequestBody:
    raw = request.raw_body or b""
    if len(raw) > MAX_BODY_BYTES:
        raise InvalidRequest(
            Fault("body", words("Send at most {most} bytes.", most=MAX_BODY_BYTES))
        )
    try:
        return model.model_validate_json(raw or b"{}")
    except ValidationError as error:
        raise invalid_request(error) from error


def _respond(declared: Endpoint, reply: Reply) -> Response:
    headers: dict[str, str | list[str]] = {"Cache-Control": "no-store", **reply.headers}
    status = reply.status or declared.status
    if reply.text is not None:
        return Response(body=reply.text, status_code=status, headers=headers)
    if reply.model is None:
        empty = 204 if status == 200 else status
        return Response(body="", status_code=empty, headers=headers)
    body = json.dumps(reply.model.model_dump(mode="json"))
    headers.setdefault("Content-Type", "application/json")
    return Response(body=body, status_code=status, headers=headers)


def _problem_response(error: DeskError, request: Request) -> Response:
    headers: dict[str, str] = {}
    if isinstance(error, TooManyRequests):
        headers["Retry-After"] = str(error.retry_after_seconds)
    if error.is_transient:
        headers["Retry-After"] = "2"
    language = language_of(request.headers.get("accept-language", ""))
    return respond(problem_of(error, language), language, **headers)
