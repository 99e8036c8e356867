"""The hosted sign-in as a browser goes through it: authorization code with PKCE."""

import base64
import hashlib
import re
import secrets
from urllib.parse import parse_qs, urlsplit

import httpx

from infra.local.desk import LocalDesk
from tests.e2e.waiting import HANGS_SECONDS


def access_token(desk: LocalDesk, email: str) -> str:
    """An access token for a demo agent."""
    with httpx.Client(timeout=HANGS_SECONDS) as http:
        known = http.get(f"{desk.desk_url}/api/v1/sign-in").json()
        verifier = secrets.token_urlsafe(48)
        digest = hashlib.sha256(verifier.encode()).digest()
        callback = f"{desk.desk_url}/console/"
        asked = {
            "response_type": "code",
            "client_id": known["client_id"],
            "redirect_uri": callback,
            "scope": known["scope"],
            "state": secrets.token_urlsafe(8),
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        page = http.get(known["authorize_url"], params=asked)
        form = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page.text))
        form |= {"username": email, "password": desk.password}
        target = urlsplit(str(page.url))
        login = http.post(f"{target.scheme}://{target.netloc}/login", data=form)
        code = parse_qs(urlsplit(login.headers["location"]).query)["code"][0]
        answer = http.post(
            known["token_url"],
            data={
                "grant_type": "authorization_code",
                "client_id": known["client_id"],
                "code": code,
                "redirect_uri": callback,
                "code_verifier": verifier,
            },
        )
        answer.raise_for_status()
        token: str = answer.json()["access_token"]
        return token
