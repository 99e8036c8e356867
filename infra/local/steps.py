"""Progress, said while it happens."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


class Steps:
    """One line per step: what is being done, then how long it took."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout

    def say(self, text: str) -> None:
        """One line."""
        self._out.write(f"{text}\n")
        self._out.flush()

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Name the step before it starts: it may take a minute."""
        self._out.write(f"  {what} ... ")
        self._out.flush()
        started = time.monotonic()
        try:
            yield
        except BaseException:
            self.say("failed")
            raise
        self.say(f"{time.monotonic() - started:.1f} s")
