"""The repository of missed promises: one partition per department, by due time.

A read model like the lists: made of a ticket's events by a job, and remembered with the version of
the ticket that it was made from.
"""

import heapq
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from pynamodb.attributes import JSONAttribute, UnicodeAttribute

from chalicelib.domain.breaches import Breach, Outcome
from chalicelib.domain.sla import Segment, SegmentKind, Target
from chalicelib.persistence import keys
from chalicelib.persistence.attributes import IntegerAttribute
from chalicelib.persistence.failures import ConditionFailed
from chalicelib.persistence.items import Item, RawItem, read
from chalicelib.persistence.table import Table

_MOST_AT_ONCE = 8


class BreachItem(Item):
    """One missed promise, with its proof, as of one version of its ticket."""

    kind = UnicodeAttribute(default="breach")
    version = IntegerAttribute()
    document = JSONAttribute()


class BreachRepository:
    """Missed promises in the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def keep(self, breaches: Sequence[Breach], version: int) -> None:
        """Keep them as of this version of their ticket; an older one changes nothing. Repeatable.

        One call for each; a ticket has few.
        """
        for breach in breaches:
            item = BreachItem(*_key(breach), version=version, document=_document(breach))
            is_newer = BreachItem.pk.does_not_exist() | (BreachItem.version <= version)
            try:
                self._table.put(item, is_newer)
            except ConditionFailed:
                continue

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

        One Query of each department, side by side. The cursor is the place of the last row.
        """
        if not departments:
            return [], ""
        # A space sorts before whatever could follow a row's place: the range begins after it.
        begins = f"{cursor} " if cursor else keys.instant(since)
        due = BreachItem.sk.between(begins, keys.instant(until))

        def rows(department_id: str) -> Sequence[RawItem]:
            return self._table.query(keys.breaches(department_id), due, limit=limit + 1).items

        with ThreadPoolExecutor(max_workers=min(len(departments), _MOST_AT_ONCE)) as pool:
            merged = list(heapq.merge(*pool.map(rows, departments), key=_place))
        shown = [_breach_of(read(BreachItem, raw).document) for raw in merged[:limit]]
        return shown, _place(merged[limit - 1]) if len(merged) > limit else ""


def _key(breach: Breach) -> keys.Key:
    return keys.breach(breach.department_id, breach.due_at, breach.number, breach.target)


def _place(raw: RawItem) -> str:
    return str(raw["sk"]["S"])


def _document(breach: Breach) -> dict[str, Any]:
    plain = asdict(replace(breach, pieces=()))
    plain["pieces"] = [
        [piece.kind, _text(piece.starts_at), _text(piece.ends_at)] for piece in breach.pieces
    ]
    return {name: _text(v) if isinstance(v, datetime) else v for name, v in plain.items()}


def _breach_of(document: Mapping[str, Any]) -> Breach:
    started_at = _instant(document["started_at"])
    due_at, counted_to = map(datetime.fromisoformat, (document["due_at"], document["counted_to"]))
    pieces = tuple(
        Segment(
            SegmentKind(kind),
            datetime.fromisoformat(starts),
            datetime.fromisoformat(ends),
            started_at or due_at,
        )
        for kind, starts, ends in document["pieces"]
    )
    named = {
        "target": Target(document["target"]),
        "outcome": Outcome(document["outcome"]),
        "due_at": due_at,
        "started_at": started_at,
        "ended_at": _instant(document["ended_at"]),
        "counted_to": counted_to,
        "pieces": pieces,
    }
    return Breach(**{**document, **named})


def _text(moment: datetime) -> str:
    return moment.isoformat()


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
