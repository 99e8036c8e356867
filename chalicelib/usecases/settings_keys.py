"""How API keys are written down: what each may do and its digest, never the secret."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from pydantic import Field

from chalicelib.domain.api_keys import ApiKey, Scope
from chalicelib.usecases.settings_base import Document, Name, SettingId

API_KEYS = "api_keys"


class ApiKeyDocument(Document):
    """A key as stored; nobody is shown ``digest``."""

    name: Name
    digest: str
    scopes: list[Scope]
    departments: list[SettingId] = Field(default=[])
    created_at: datetime
    created_by: str
    ends_on: date | None = None

    def to_domain(self) -> ApiKey:
        return ApiKey(
            id=self.id,
            name=self.name,
            digest=self.digest,
            scopes=frozenset(self.scopes),
            departments=frozenset(self.departments),
            created_at=self.created_at,
            created_by=self.created_by,
            ends_on=self.ends_on,
        )


def api_keys(documents: Iterable[Mapping[str, Any]]) -> dict[str, ApiKey]:
    """The keys by id."""
    parsed = (ApiKeyDocument.model_validate(document) for document in documents)
    return {document.id: document.to_domain() for document in parsed}
