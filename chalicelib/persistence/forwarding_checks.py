"""The repository of forwarding checks: one row per address, all in one small partition."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.persistence import keys
from chalicelib.persistence.items import read
from chalicelib.persistence.ledger_items import ForwardingCheckItem
from chalicelib.persistence.table import Table
from chalicelib.usecases.ports import ForwardingCheck


class ForwardingCheckRepository:
    """Forwarding checks in the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def begin(self, check: ForwardingCheck) -> None:
        """Remember that a check was sent. One call."""
        self._table.put(
            ForwardingCheckItem(
                *keys.forwarding_check(check.address),
                check_id=check.id,
                mailbox_id=check.mailbox_id,
                sent_at=check.sent_at,
                arrived_at=check.arrived_at,
            )
        )

    def finish(self, check_id: str, now: datetime) -> bool:
        """It came back; false when there is no such check. Two calls."""
        for check in self.list_all():
            if check.id == check_id:
                arrived = ForwardingCheckItem.arrived_at.set(ForwardingCheckItem.arrived_at | now)
                same = ForwardingCheckItem.check_id == check_id
                self._table.update(keys.forwarding_check(check.address), [arrived], same)
                return True
        return False

    def list_all(self) -> Sequence[ForwardingCheck]:
        """The last check of each address. One Query: there are as many as aliases."""
        page = self._table.query(keys.FORWARDING, consistent=True)
        items = [read(ForwardingCheckItem, raw) for raw in page.items]
        return [
            ForwardingCheck(i.check_id, i.mailbox_id, i.sk, i.sent_at, i.arrived_at) for i in items
        ]
