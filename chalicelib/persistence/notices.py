"""The repository of what agents are told of inside the console."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from chalicelib.persistence import keys
from chalicelib.persistence.failures import ConditionFailed
from chalicelib.persistence.items import SCHEMA, Item
from chalicelib.persistence.people_items import NoticeItem, NoticesReadItem, notice_of_raw
from chalicelib.persistence.table import Table
from chalicelib.usecases.ports import Notice

_KEPT = timedelta(days=90)


class NoticeRepository:
    """Notices in the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, notice: Notice) -> None:
        """Tell once: the id is made from the event, so repeating changes nothing. One call."""
        item = NoticeItem(
            *keys.notice(notice.agent_id, notice.id),
            agent_id=notice.agent_id,
            notice_kind=notice.kind,
            number=notice.number,
            subject=notice.subject,
            at=notice.at,
            expires_at=notice.at + _KEPT,
        )
        with suppress(ConditionFailed):
            self._table.put(item, Item.pk.does_not_exist())

    def list_by_agent(
        self, agent_id: str, *, limit: int, cursor: str
    ) -> tuple[Sequence[Notice], str]:
        """Newest first, and the next cursor. One Query, after the first page one read more."""
        first, last = keys.notice(agent_id, ""), keys.notices_read(agent_id)
        # Up to which notice was read stands behind the newest one, and comes with the first page.
        until = keys.notice(agent_id, cursor).sk if cursor else last.sk
        page = self._table.query(
            first.pk, Item.sk.between(first.sk, until), limit=limit + 2, newest_first=True
        )
        found = {raw["sk"]["S"]: raw for raw in page.items}
        marker = found.pop(last.sk, None)
        if cursor:
            found.pop(until, None)
            marker = self._table.find_raw(last)
        up_to = str(marker["up_to"]["S"]) if marker else ""
        notices = [notice_of_raw(raw, up_to) for raw in list(found.values())[:limit]]
        return notices, notices[-1].id if len(found) > limit and notices else ""

    def mark_read(self, agent_id: str, up_to: str) -> None:
        """All up to this id were seen; an older id than before changes nothing. One call."""
        actions = [
            NoticesReadItem.kind.set("notices_read"),
            NoticesReadItem.schema.set(SCHEMA),
            NoticesReadItem.up_to.set(up_to),
        ]
        further = NoticesReadItem.up_to.does_not_exist() | (NoticesReadItem.up_to < up_to)
        with suppress(ConditionFailed):
            self._table.update(keys.notices_read(agent_id), actions, further)
