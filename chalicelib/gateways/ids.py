"""New ids: the only place that makes them."""

import secrets
import time

from ulid import ULIDGenerator


class UlidFactory:
    """ULIDs: sortable by time, 80 random bits."""

    def __init__(self) -> None:
        self._newest = 0
        # In the same millisecond the generator counts upwards instead of drawing again.
        self._generator = ULIDGenerator(clock=self._milliseconds)

    def new(self) -> str:
        """A ULID that sorts after every earlier one of this process."""
        return str(self._generator.generate())

    def secret(self) -> str:
        """256 bits of the operating system's generator, as 64 characters of hex."""
        return secrets.token_hex(32)

    def _milliseconds(self) -> int:
        """The time, which stands still while the machine's clock is set back."""
        self._newest = max(self._newest, time.time_ns() // 1_000_000)
        return self._newest
