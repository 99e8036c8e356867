"""What rules need: counts of their uses, and a way to other systems."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class UseCounts(Protocol):
    """How often rules and ready-made words were used."""

    def count(self, setting_kind: str, setting_id: str, cause: str, now: datetime) -> None:
        """One more use; the same cause counts once."""

    def read(self, setting_kind: str) -> Mapping[str, int]:
        """Times by id; what was never used is left out."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What another system said.

    Attributes:
        status: of HTTP; 0 when nobody answered.
        reason: what went wrong on the way, in a few words; empty after an answer.
        is_final: asking again would change nothing.
    """

    status: int
    reason: str = ""
    is_final: bool = False

    @property
    def is_taken(self) -> bool:
        """Whether it was taken."""
        return 200 <= self.status < 300


class Webhooks(Protocol):
    """Other systems, by https."""

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Delivered:
        """Send it once, to a public address only, following no redirection. Never raises."""
