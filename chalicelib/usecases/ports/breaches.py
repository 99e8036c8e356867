"""The report of missed promises."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from chalicelib.domain.breaches import Breach


class Breaches(Protocol):
    """Every breach, by department and due time."""

    def keep(self, breaches: Sequence[Breach], version: int) -> None:
        """Keep them as of this version of their ticket; an older one changes nothing. Repeatable."""

    def page(
        self,
        departments: Sequence[str],
        since: datetime,
        until: datetime,
        *,
        limit: int,
        cursor: str,
    ) -> tuple[Sequence[Breach], str]:
        """Those due from ``since`` on and before ``until``, earliest first, and the next cursor.

        The departments are read side by side, a Query of each.
        """
