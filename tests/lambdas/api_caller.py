"""A caller of the API through Chalice's own test client, with access tokens that are signed here."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import jwt
import pytest
from chalice.app import Chalice
from chalice.test import Client
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from chalicelib import bootstrap
from chalicelib.domain.api_keys import ApiKey, Scope, key_text, presented_key
from chalicelib.domain.desk import Agent
from chalicelib.routes import auth, import_endpoints
from chalicelib.settings import settings
from tests.fakes import FakePorts

ISSUER, CLIENT_ID = "https://sign-in.example.com/pool", "console-client"
KEY_ID = "key-1"
ADMINISTRATOR = {
    "id": "admin", "name": "Admin Example", "email": "admin@example.org",
    "role": "administrator", "subject": "sub-admin",
}  # fmt: skip
"""As a set-up file has him; he signs in as ``sub-admin``."""


@cache
def signing_key(name: str = KEY_ID) -> rsa.RSAPrivateKey:
    """A key of the issuer; another name gives another key."""
    assert name
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def application() -> Chalice:
    """The API without the portal, whose blueprint belongs to another application in this process."""
    made = Chalice("api")
    for module in import_endpoints():
        made.register_blueprint(module.blueprint)
    return made


def with_key(ports: FakePorts, *scopes: Scope, **changes: Any) -> str:
    """Let a program in by a key that may this; gives the key as the program sends it."""
    text = key_text("shop", ports.ids.secret())
    presented = presented_key(text)
    assert presented
    fields: dict[str, Any] = {
        "id": "shop",
        "name": "Web shop",
        "digest": presented.digest,
        "scopes": frozenset(scopes),
        "departments": frozenset(),
        "created_at": ports.clock.now(),
        "created_by": "admin",
    }
    desk = ports.settings.desk()
    key = ApiKey(**fields | changes)
    ports.settings.ready = replace(desk, api_keys={**desk.api_keys, key.id: key})
    return text


class Issuer(jwt.PyJWKClient):
    """The issuer's keys, without a network."""

    def fetch_data(self) -> Any:
        """The key set as the issuer serves it."""
        public = json.loads(RSAAlgorithm.to_jwk(signing_key().public_key()))
        return {"keys": [{**public, "kid": KEY_ID, "use": "sig", "alg": "RS256"}]}


def claims_of(subject: str, **changes: Any) -> dict[str, Any]:
    """What stands in a genuine access token."""
    now = datetime.now(UTC)
    claims = {
        "iss": ISSUER,
        "sub": subject,
        "client_id": CLIENT_ID,
        "token_use": "access",
        "exp": now + timedelta(hours=6),
        "iat": now,
    }
    return {name: value for name, value in (claims | changes).items() if value is not None}


def token_for(subject: str, **changes: Any) -> str:
    """A genuine access token, but for the changes."""
    return _signed(claims_of(subject, **changes)) if changes else _genuine_token(subject)


@cache
def _genuine_token(subject: str) -> str:
    """Signing takes longer than most calls, and a token is good for hours."""
    return _signed(claims_of(subject))


def _signed(claims: Mapping[str, Any]) -> str:
    return jwt.encode(dict(claims), signing_key(), "RS256", headers={"kid": KEY_ID})


@dataclass
class Answer:
    """What came back."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def fields(self) -> list[str]:
        """The fields that a problem names."""
        return [fault["field"] for fault in self.body["errors"]]

    @property
    def etag(self) -> str:
        """The version that came with it."""
        return self.headers["ETag"]


class Caller:
    """Calls the API as one agent, or as nobody."""

    def __init__(self, ports: FakePorts, agent: Agent | None = None, *, token: str = "") -> None:
        self.ports = ports
        self._client = Client(application())
        self._token = token or (token_for(agent.subject) if agent else "")

    def get(self, path: str, **headers: str) -> Answer:
        return self._call("get", path, None, headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        return self._call("post", path, body, headers)

    def patch(self, path: str, body: Any, **headers: str) -> Answer:
        return self._call("patch", path, body, headers)

    def put(self, path: str, body: Any, **headers: str) -> Answer:
        return self._call("put", path, body, headers)

    def delete(self, path: str, **headers: str) -> Answer:
        return self._call("delete", path, None, headers)

    def call(self, method: str, path: str, body: Any = None) -> Answer:
        """Any method."""
        return self._call(method.lower(), path, body, {})

    def _call(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Answer:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self._token:
            sent["Authorization"] = f"Bearer {self._token}"
        raw = b""
        if body is not None:
            raw = body if isinstance(body, bytes) else json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        answer = getattr(self._client.http, method)(path, headers=sent, body=raw)
        text = answer.body.decode()
        return Answer(answer.status_code, json.loads(text) if text else None, answer.headers)


@contextmanager
def deployed(ports: Any) -> Iterator[None]:
    """These ports behind every route and handler, and the test's issuer before them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OIDC_ISSUER", ISSUER)
        patch.setenv("OIDC_CLIENT_ID", CLIENT_ID)
        settings.cache_clear()
        issuer = Issuer(f"{ISSUER}/keys")
        patch.setattr(auth, "_keys", lambda: issuer)
        patch.setattr(bootstrap, "ports", lambda: ports)
        yield
    settings.cache_clear()
