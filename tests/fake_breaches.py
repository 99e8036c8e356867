"""Missed promises in memory."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.domain.breaches import Breach


class FakeBreaches:
    """The report of breaches in memory."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, datetime, int, str], tuple[int, Breach]] = {}

    def keep(self, breaches: Sequence[Breach], version: int) -> None:
        for breach in breaches:
            key = (breach.department_id, breach.due_at, breach.number, str(breach.target))
            if key not in self._kept or self._kept[key][0] <= version:
                self._kept[key] = (version, breach)

    def page(
        self,
        departments: Sequence[str],
        since: datetime,
        until: datetime,
        *,
        limit: int,
        cursor: str,
    ) -> tuple[Sequence[Breach], str]:
        places = {
            f"{due:%Y%m%dT%H%M%S}#{number:012d}#{target}": breach
            for (owner, due, number, target), (_, breach) in self._kept.items()
            if owner in departments and since <= due < until
        }
        left = sorted(place for place in places if place > cursor)
        more = left[limit - 1] if len(left) > limit else ""
        return [places[place] for place in left[:limit]], more
