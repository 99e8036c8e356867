"""A POST with an Idempotency-Key is done once; the first answer is given again."""

import hashlib
import json

from pydantic import BaseModel

from chalicelib.domain.errors import KeyReused
from chalicelib.usecases.ports import AlreadyDone, Remembered


def remembered(client: str, key: str, route: str, body: BaseModel) -> Remembered | None:
    """What is kept with the write, so that a repetition finds it; None without a key."""
    if not key:
        return None
    said = f"{route}\n{json.dumps(body.model_dump(mode='json'), sort_keys=True)}"
    return Remembered(client, key, hashlib.sha256(said.encode()).hexdigest(), {})


def first_answer(done: AlreadyDone, asked: Remembered | None) -> dict[str, str]:
    """What was answered the first time.

    Raises:
        KeyReused: the key came with another body then.
        AlreadyDone: nothing was remembered.
    """
    if done.remembered is None or asked is None:
        raise done
    if done.remembered.request_hash != asked.request_hash:
        raise KeyReused
    return dict(done.remembered.answer)
