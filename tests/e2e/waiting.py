"""Waiting for a condition, never for a length of time."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")
PAUSE_SECONDS = 0.1


def wait_for(look: Callable[[], Found | None], *, what: str, seconds: float = 10) -> Found:
    """What ``look`` finds, as soon as it finds it.

    Raises:
        AssertionError: it found nothing in time; says what was waited for.
    """
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            message = f"waited {seconds} s for {what}"
            raise AssertionError(message)
        time.sleep(PAUSE_SECONDS)
