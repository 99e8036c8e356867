"""Whose access token opens the API, and whose does not."""

import base64
import hmac
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization

from tests.fakes import FakePorts
from tests.lambdas.api_caller import KEY_ID, Caller, claims_of, signing_key, token_for
from tests.unit.usecases.stage import RUI, the_desk

SUBJECT = f"sub-{RUI.id}"


def _signed(algorithm: str, key: Any, kid: str = KEY_ID) -> str:
    return jwt.encode(claims_of(SUBJECT), key, algorithm, headers={"kid": kid})


def _by_public_key_as_secret() -> str:
    """The classic mix-up: HS256 with the bytes of the public key, which anybody has."""
    pem = (
        signing_key()
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    payload = _signed("RS256", signing_key()).split(".")[1]
    head = base64.urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT","kid":"key-1"}').rstrip(b"=")
    body = head + b"." + payload.encode()
    mac = base64.urlsafe_b64encode(hmac.digest(pem, body, "sha256")).rstrip(b"=")
    return (body + b"." + mac).decode()


FORGED = {
    "another issuer": lambda: token_for(SUBJECT, iss="https://evil.example.org"),
    "another client": lambda: token_for(SUBJECT, client_id="other"),
    "an id token": lambda: token_for(SUBJECT, token_use="id"),
    "expired": lambda: token_for(SUBJECT, exp=datetime.now(UTC) - timedelta(seconds=5)),
    "without expiry": lambda: token_for(SUBJECT, exp=None),
    "without subject": lambda: token_for("", sub=None),
    "another key": lambda: _signed("RS256", signing_key("other")),
    "unknown key id": lambda: _signed("RS256", signing_key("other"), "key-9"),
    "a path as key id": lambda: _signed("RS256", signing_key("other"), "../../etc/passwd"),
    "no algorithm": lambda: jwt.encode(claims_of(SUBJECT), "", "none", headers={"kid": KEY_ID}),
    "public key as secret": _by_public_key_as_secret,
    "one letter changed": lambda: token_for(SUBJECT)[:-20] + "AAAA" + token_for(SUBJECT)[-16:],
    "no token at all": lambda: "abc",
}


@pytest.mark.row("J14")
@pytest.mark.parametrize("fault", sorted(FORGED))
def test_a_token_that_is_not_genuine_opens_nothing(desk_ports: FakePorts, fault: str) -> None:
    answer = Caller(desk_ports, token=FORGED[fault]()).get("/v1/me")

    assert answer.status in (401, 403)
    assert "Rui" not in str(answer.body)


@pytest.mark.row("J14")
def test_without_a_token_the_answer_is_401(desk_ports: FakePorts) -> None:
    assert Caller(desk_ports).get("/v1/me").status == 401


@pytest.mark.row("J14")
def test_a_genuine_token_of_an_agent_opens_the_api(desk_ports: FakePorts) -> None:
    answer = Caller(desk_ports, token=token_for(SUBJECT)).get("/v1/me")

    assert (answer.status, answer.body["id"]) == (200, RUI.id)


@pytest.mark.row("J14")
@pytest.mark.parametrize("audience", [["other", "console-client"], "console-client"])
def test_an_issuer_that_names_the_client_as_audience_is_understood(
    desk_ports: FakePorts, audience: object
) -> None:
    token = token_for(SUBJECT, client_id=None, token_use=None, aud=audience)

    assert Caller(desk_ports, token=token).get("/v1/me").status == 200


@pytest.mark.row("J14")
@pytest.mark.parametrize("subject", ["sub-nobody", " ", RUI.email])
def test_a_genuine_token_of_a_person_who_is_no_agent_is_refused(
    desk_ports: FakePorts, subject: str
) -> None:
    answer = Caller(desk_ports, token=token_for(subject)).get("/v1/me")

    assert (answer.status, answer.body["type"]) == (403, "urn:chamado:problem:not-allowed")


@pytest.mark.row("J14")
def test_an_agent_who_was_deactivated_is_cut_off_though_his_token_lives(
    desk_ports: FakePorts,
) -> None:
    caller = Caller(desk_ports, token=token_for(SUBJECT))
    desk_ports.settings.ready = the_desk(replace(RUI, subject=SUBJECT, is_active=False))

    assert caller.get("/v1/me").status == 403


@pytest.mark.row("J14")
@pytest.mark.parametrize("header", ["X-Remote-User", "X-Forwarded-User", "principalId"])
def test_no_header_but_the_token_says_who_somebody_is(desk_ports: FakePorts, header: str) -> None:
    answer = Caller(desk_ports).get("/v1/me", **{header: SUBJECT})

    assert answer.status == 401
