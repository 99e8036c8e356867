"""Rows and numbers of lists as they are stored, for an operator's command."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from chalicelib.domain.ticket import Ticket
from chalicelib.domain.views import Partition, ViewRow


class ListAudit(Protocol):
    """What verifies and mends lists."""

    def rows(self, wanted: Iterable[ViewRow]) -> Mapping[ViewRow, Ticket]:
        """The tickets that these rows show; one that is not there is missing."""

    def walk(self, partition: Partition, cursor: str) -> tuple[Sequence[ViewRow], str]:
        """One page of the rows of a partition, and the next cursor."""

    def restore(self, row: ViewRow, ticket: Ticket) -> bool:
        """Put a row back that is missing or shows another state; False when it moved meanwhile."""

    def drop(self, row: ViewRow) -> bool:
        """Take a row away that its ticket does not claim; False when it does by now."""

    def correct(self, partition: Partition, *, wrong: int, right: int) -> bool:
        """Make a number right that was seen to be wrong; False when it changed meanwhile."""
