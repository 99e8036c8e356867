"""Errors as ``application/problem+json`` (RFC 9457): the only place that knows status codes."""

import json
import re
from typing import Any

from chalice.app import Response
from pydantic import ValidationError

from chalicelib.domain import errors
from chalicelib.routes.schemas.base import FieldFault, Problem

STATUS_CODES: dict[type[errors.DeskError], int] = {
    errors.NotFound: 404,
    errors.TicketNotFound: 404,
    errors.NotAllowed: 403,
    errors.KeyNotValid: 401,
    errors.InvalidTransition: 409,
    errors.StaleTicket: 409,
    errors.StaleSetting: 409,
    errors.ScheduledReplyGone: 404,
    errors.StaleScheduledReply: 409,
    errors.LostRace: 503,
    errors.InvalidSetting: 422,
    errors.InvalidRequest: 422,
    errors.NothingToSolve: 404,
    errors.AtCapacity: 409,
    errors.AlreadyAssigned: 409,
    errors.InvalidLink: 404,
    errors.KeyReused: 422,
    errors.AddressTaken: 409,
    errors.TooManyRequests: 429,
    errors.Unavailable: 503,
}
MEDIA_TYPE = "application/problem+json"


def problem_type(error: type[errors.DeskError]) -> str:
    """The stable name of a kind of error.

    >>> problem_type(errors.StaleTicket)
    'urn:chamado:problem:stale-ticket'
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", error.__name__).lower()
    return f"urn:chamado:problem:{words}"


def problem_of(error: errors.DeskError) -> Problem:
    """What is told of an error, with one entry per field at fault."""
    kind = type(error)
    return Problem(
        type=problem_type(kind),
        title=re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__).capitalize(),
        status=STATUS_CODES.get(kind, 500),
        detail=str(error),
        advice=error.advice,
        errors=_field_faults(error),
    )


def respond(problem: Problem, **headers: str) -> Response:
    """The answer that carries a problem."""
    return Response(
        body=json.dumps(problem.model_dump(mode="json")),
        status_code=problem.status,
        headers={"Content-Type": MEDIA_TYPE, "Cache-Control": "no-store", **headers},
    )


def invalid_request(error: ValidationError) -> errors.InvalidRequest:
    """What pydantic found, one fault per field, in words for a person."""
    faults: dict[str, str] = {}
    for found in error.errors(include_url=False, include_context=True):
        field = ".".join(str(part) for part in found["loc"] if not _is_noise(part)) or "body"
        faults.setdefault(field, _in_words(found))
    return errors.InvalidRequest(*(errors.Fault(f, message) for f, message in faults.items()))


_UNION_NOISE = ("constrained-", "function-", "literal[")


def _is_noise(part: str | int) -> bool:
    """Whether a part of a place names a branch of a union, of which the sender knows nothing."""
    return part == "str" or str(part).startswith(_UNION_NOISE)


_WORDS = {
    "missing": "This field is required.",
    "extra_forbidden": "This field is not known here; leave it out.",
    "string_too_short": "Write at least {min_length} character(s).",
    "string_too_long": "Write at most {max_length} characters.",
    "too_long": "Give at most {max_length}.",
    "less_than_equal": "The highest value allowed is {le}.",
    "greater_than_equal": "The lowest value allowed is {ge}.",
    "string_pattern_mismatch": "This has characters, or a form, that are not accepted here.",
    "json_invalid": "The body is not valid JSON.",
    "literal_error": "Choose one of the values that are known here.",
    "enum": "Choose one of the values that are known here.",
    "too_short": "Give at least {min_length}.",
    "timezone_aware": "Add a time zone, for example 2030-01-31T09:00:00Z.",
}


def _in_words(found: Any) -> str:
    # What was left empty is missing, whatever form it should have had.
    is_empty = found["type"] != "extra_forbidden" and found.get("input") in ("", [], {})
    template = _WORDS.get("missing" if is_empty else found["type"])
    if template:
        return template.format(**found.get("ctx", {}))
    message = str(found["msg"]).removeprefix("Value error, ")
    if message.startswith("value is not a valid email address"):
        return "Give a whole e-mail address, like name@example.com."
    return message[:1].upper() + message[1:].rstrip(".") + "."


def _field_faults(error: errors.DeskError) -> list[FieldFault]:
    if isinstance(error, errors.InvalidRequest | errors.InvalidSetting):
        return [FieldFault(field=fault.field, message=fault.message) for fault in error.faults]
    return []
