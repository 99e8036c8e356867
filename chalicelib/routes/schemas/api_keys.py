"""API keys on the wire."""

from datetime import date

from pydantic import Field

from chalicelib.domain.api_keys import Scope
from chalicelib.routes.schemas.base import Answer, Moment, Request
from chalicelib.usecases.settings_base import Name, SettingId


class NewApiKey(Request):
    """A key for another program.

    ``departments``: whose tickets are there for it; left out, all that are not confidential.
    ``ends_on``: the last day on which it works, in UTC; null for ever.
    """

    name: Name
    scopes: list[Scope] = Field(min_length=1, max_length=len(Scope))
    departments: list[SettingId] = Field(default=[], max_length=200)
    ends_on: date | None = Field(default=None, examples=["2030-12-31"])


class ApiKeyBody(Answer):
    """A key as administrators see it; its secret is not kept.

    ``departments`` are those that the reader may know of, ``all_departments`` that none were
    chosen. ``last_used_on`` is a day in UTC, null when it was never used.
    """

    id: str
    name: str
    begins_with: str
    scopes: list[Scope]
    departments: list[str]
    all_departments: bool
    created_at: Moment
    created_by: str
    ends_on: date | None
    has_ended: bool
    last_used_on: date | None


class MadeApiKey(Answer):
    """A new key with its ``secret``, which is shown in this answer and never again."""

    key: ApiKeyBody
    secret: str = Field(examples=["chk_shop_" + "0" * 64])


class ApiKeyList(Answer):
    """All keys, by id."""

    keys: list[ApiKeyBody]
