"""Waiting for a condition, never for a length of time."""

import time
from collections.abc import Callable
from typing import TypeVar

from chalicelib.persistence.desk_settings import KEPT_FOR

Found = TypeVar("Found")
SHORTEST_PAUSE_SECONDS = 0.05
LONGEST_PAUSE_SECONDS = 0.4
HANGS_SECONDS = 150
"""No test is about how long something takes: this ends only what never comes."""


def wait_until_all_know(changed_at: float) -> None:
    """Until no container can have the set-up of before ``changed_at`` (monotonic seconds) any more."""
    known_at = changed_at + KEPT_FOR.total_seconds() + 1
    wait_for(lambda: time.monotonic() > known_at, what="every container to read the set-up again")


def wait_for(
    look: Callable[[], Found | None],
    *,
    what: str,
    seconds: float = HANGS_SECONDS,
    longest_pause: float = LONGEST_PAUSE_SECONDS,
) -> Found:
    """What ``look`` finds, soon after it is there: looking takes work from what is waited for.

    Raises:
        AssertionError: it found nothing in time; says what was waited for.
    """
    deadline = time.monotonic() + seconds
    pause = SHORTEST_PAUSE_SECONDS
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            message = f"waited {seconds} s for {what}"
            raise AssertionError(message)
        time.sleep(pause)
        pause = min(pause * 2, longest_pause)
