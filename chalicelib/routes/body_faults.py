"""What pydantic finds wrong with a body, in words for a person."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from chalicelib.domain.errors import Fault, InvalidRequest
from chalicelib.domain.wording import Words, counted, words


def invalid_request(error: ValidationError) -> InvalidRequest:
    """What pydantic found, one fault per field."""
    faults: dict[str, Words] = {}
    for found in error.errors(include_url=False, include_context=True):
        field = ".".join(str(part) for part in found["loc"] if not _is_noise(part)) or "body"
        faults.setdefault(field, _in_words(found))
    return InvalidRequest(*(Fault(field, message) for field, message in faults.items()))


_UNION_NOISE = ("constrained-", "function-", "literal[")


def _is_noise(part: str | int) -> bool:
    """Whether a part of a place names a branch of a union, of which the sender knows nothing."""
    return part == "str" or str(part).startswith(_UNION_NOISE)


def _in_words(found: Any) -> Words:
    # What was left empty is missing, whatever form it should have had.
    if found["type"] != "extra_forbidden" and found.get("input") in ("", [], {}):
        return _MISSING
    kind, context = found["type"], found.get("ctx", {})
    if kind in _LIMITS:
        return _LIMITS[kind](context)
    if kind in _SENTENCES:
        return _SENTENCES[kind]
    if "email address" in found["msg"]:
        return words("Give a whole e-mail address, like name@example.com.")
    # int_parsing, int_type and int_from_float are one thing to whoever wrote "many".
    return _BY_TYPE.get(kind.partition("_")[0], _NOT_ACCEPTED)


_MISSING = words("This field is required.")
_NOT_ACCEPTED = words("This has characters, or a form, that are not accepted here.")
_CHOOSE = words("Choose one of the values that are known here.")
_MOMENT = words("Give a day and a time, for example 2030-01-31T09:00:00Z.")
_SENTENCES: Mapping[str, Words] = {
    "missing": _MISSING,
    "extra_forbidden": words("This field is not known here; leave it out."),
    "string_pattern_mismatch": _NOT_ACCEPTED,
    "json_invalid": words("The body is not valid JSON."),
    "literal_error": _CHOOSE,
    "enum": _CHOOSE,
    "timezone_aware": words("Add a time zone, for example 2030-01-31T09:00:00Z."),
}
_BY_TYPE: Mapping[str, Words] = {
    "string": words("Write a text here."),
    "int": words("Write a whole number here."),
    "float": words("Write a number here."),
    "finite": words("Write a number here."),
    "bool": words("Give true or false here."),
    "list": words("Give a list here."),
    "dict": words("Give an object with its fields here."),
    "model": words("Give an object with its fields here."),
    "date": words("Give a day, for example 2030-01-31."),
    "datetime": _MOMENT,
    "timezone": _MOMENT,
    "time": words("Give a time of day, for example 09:00."),
}
_Context = Mapping[str, Any]
_LIMITS: Mapping[str, Callable[[_Context], Words]] = {
    "string_too_short": lambda limit: counted(
        "Write at least {count} character.",
        "Write at least {count} characters.",
        limit["min_length"],
    ),
    "string_too_long": lambda limit: counted(
        "Write at most {count} character.",
        "Write at most {count} characters.",
        limit["max_length"],
    ),
    "too_short": lambda limit: words("Give at least {count}.", count=limit["min_length"]),
    "too_long": lambda limit: words("Give at most {count}.", count=limit["max_length"]),
    "less_than_equal": lambda limit: words(
        "The highest value allowed is {most}.", most=limit["le"]
    ),
    "greater_than_equal": lambda limit: words(
        "The lowest value allowed is {least}.", least=limit["ge"]
    ),
}
