"""The signed stamp in a form: when it was shown, and a key that makes two clicks one request.

A robot that posts without having asked for the form, or in the same second, has none that works.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import timedelta

from chalicelib.domain.errors import InvalidLink
from chalicelib.domain.tokens import read_signed_text, sign_text
from chalicelib.usecases.ports import Ports, Remembered

LEAST_AGE = timedelta(seconds=2)
MOST_AGE = timedelta(hours=24)
_PURPOSE = "form"
_MOST_CHARACTERS = 400


def new_stamp(ports: Ports) -> str:
    """A stamp for a form that is shown now."""
    text = f"{int(ports.clock.now().timestamp())} {ports.ids.new()}"
    return sign_text(_PURPOSE, text, ports.secrets.keyring())


def key_of_stamp(ports: Ports, stamp: str) -> str | None:
    """The form's own key; None for a stamp that is forged, too young or too old."""
    if len(stamp) > _MOST_CHARACTERS:
        return None
    try:
        text = read_signed_text(_PURPOSE, stamp, ports.secrets.keyring())
    except InvalidLink:
        return None
    shown_at, _, key = text.partition(" ")
    age = ports.clock.now().timestamp() - int(shown_at)
    return key if LEAST_AGE.total_seconds() <= age <= MOST_AGE.total_seconds() else None


def remembered_form(
    client: str, key: str, content: Mapping[str, str | Sequence[str]]
) -> Remembered:
    """What makes a second click find the first one's answer.

    The content is part of the key: who goes back, changes the text and sends again means a new
    request.
    """
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    return Remembered(client, f"{key}-{digest[:32]}", digest, {})
