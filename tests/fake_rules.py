"""What rules need, in memory: counts of their uses, and other systems that take what they are told."""

from collections.abc import Mapping
from datetime import datetime

from chalicelib.usecases.ports import Delivered


class FakeUseCounts:
    """Counts of uses, in memory."""

    def __init__(self) -> None:
        self._causes: dict[tuple[str, str], set[str]] = {}

    def count(self, setting_kind: str, setting_id: str, cause: str, now: datetime) -> None:
        del now
        if not any(cause in causes for causes in self._causes.values()):
            self._causes.setdefault((setting_kind, setting_id), set()).add(cause)

    def read(self, setting_kind: str) -> Mapping[str, int]:
        return {name: len(c) for (kind, name), c in self._causes.items() if kind == setting_kind}


class FakeWebhooks:
    """Other systems that answer as they are told to, and keep what was sent."""

    def __init__(self) -> None:
        self.answers: list[Delivered] = []
        self.sent: list[tuple[str, bytes, Mapping[str, str]]] = []

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Delivered:
        self.sent.append((url, body, headers))
        return self.answers.pop(0) if self.answers else Delivered(200)
