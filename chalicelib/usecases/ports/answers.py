"""Ready-made words of the desk, of its departments and of its agents."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from chalicelib.domain.answers import Answer, AnswerKind
from chalicelib.domain.event_rule import Macro


class Answers(Protocol):
    """Ready-made words, by owner."""

    def page(
        self, owner: str, kind: AnswerKind | None, *, limit: int, after: str
    ) -> tuple[Sequence[Answer], str]:
        """Those of one owner by kind and name, and the place after which the next page begins."""

    def get(self, owner: str, kind: AnswerKind, name: str) -> Answer:
        """One of them. Raises NotFound."""

    def save(self, answer: Answer) -> Answer:
        """Store it if it is still at its version, 0 for a new one; gives it with the next version.

        Raises:
            StaleSetting: it was changed meanwhile, or is gone.
        """

    def remove(self, answer: Answer) -> None:
        """Take it away as it was read. Raises StaleSetting."""

    def shared_macros(self) -> Mapping[str, Macro]:
        """The macros that all share, by id."""
