"""The authorizer: whether an access token is genuine. Who the person is, the routes look up.

An API key passes by its form, as its id and digest: whether the desk knows it is looked up by the
routes too, where revoking it holds at once and not when this answer is forgotten.

Its Lambda imports only this module. The token's signature, issuer, audience (Cognito's access
tokens carry it as ``client_id``), use and expiry are checked; RS256 is the only algorithm, so that
neither ``none`` nor a key of the wrong kind can pass.
"""

import logging
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from chalice.app import AuthRequest, AuthResponse, Blueprint

from chalicelib.domain.api_keys import KEY_PREFIX, key_of_principal, presented_key, principal_of
from chalicelib.settings import settings
from chalicelib.structured_logs import configure_logging

if TYPE_CHECKING:
    import jwt

# The authorizer's Lambda imports this module alone, so app.py does not set up its logs.
configure_logging(settings().log_level)
blueprint = Blueprint(__name__)
log = logging.getLogger("chamado.authorize")
_KEYS_LIFETIME_SECONDS = 3600


@blueprint.authorizer(ttl_seconds=60)
def authorize(auth_request: AuthRequest) -> AuthResponse:
    """Admit every route to a genuine token, none to anything else.

    The policy is cached per token, so it must not depend on the route that was asked for.
    """
    subject = principal_behind(auth_request.token or "")
    log.info("authorize", extra={"outcome": "admitted" if subject else "refused"})
    return AuthResponse(routes=["*"] if subject else [], principal_id=subject or "anonymous")


def principal_behind(authorization: str) -> str:
    """Whom the routes shall look up; empty for what is neither a genuine token nor like a key."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() == "bearer" and token.startswith(KEY_PREFIX):
        presented = presented_key(token)
        return principal_of(presented) if presented else ""
    subject = subject_of(authorization)
    return "" if key_of_principal(subject) else subject


def subject_of(authorization: str) -> str:
    """The ``sub`` of a genuine access token; empty for anything else."""
    import jwt  # with cryptography 100 ms, that the functions without it do not pay

    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        return ""
    wanted = settings()
    try:
        key = _keys().get_signing_key_from_jwt(token).key
        claims = jwt.decode(
            token,
            key,
            algorithms=["RS256"],
            issuer=wanted.oidc_issuer,
            options={"require": ["exp", "iss", "sub"], "verify_aud": False},
        )
    except jwt.PyJWTError:
        return ""
    if claims.get("token_use", "access") != "access":
        return ""
    audience = claims.get("client_id") or claims.get("aud")
    allowed = audience == wanted.oidc_client_id or (
        isinstance(audience, list) and wanted.oidc_client_id in audience
    )
    return str(claims["sub"]) if allowed else ""


@cache
def _keys() -> "jwt.PyJWKClient":
    import jwt

    return jwt.PyJWKClient(
        settings().oidc_keys_url, cache_keys=True, lifespan=_KEYS_LIFETIME_SECONDS, timeout=5
    )


if settings().function == "authorize":
    # Lambda gives a starting function a whole processor, and a call a third of one.
    import_module("jwt")
