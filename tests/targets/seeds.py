"""The seeds of a target: one that never changes, and one that nobody chose.

Both are printed with the figures. To go through a run again: ``SEED=<number> make test``.
"""

import os
import random

FIXED = 20260302


def seed_of(which: str) -> int:
    """``fixed``, or ``random`` for another at every run."""
    if which == "fixed":
        return FIXED
    chosen = os.environ.get("SEED")
    return int(chosen) if chosen else random.SystemRandom().randrange(1_000_000)
