"""Ground rules of every body: unknown fields are refused, times are RFC 3339 in UTC."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainSerializer


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Moment = Annotated[datetime, PlainSerializer(_rfc3339, when_used="json")]


class Request(BaseModel):
    """A body that comes in. A field that we do not know is an error, not a wish."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, defer_build=True)


class Answer(BaseModel):
    """A body that goes out."""

    model_config = ConfigDict(extra="forbid", defer_build=True)


class FieldFault(Answer):
    """What is wrong with one field."""

    field: str
    message: str


class Problem(Answer):
    """An error by RFC 9457, sent as ``application/problem+json``.

    ``type`` is stable and safe to test for; ``advice`` tells a person what to do.
    """

    type: str
    title: str
    status: int
    detail: str
    advice: str
    errors: list[FieldFault] = []
