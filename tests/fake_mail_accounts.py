"""What became of stored mails, in memory."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from chalicelib.usecases.ports import WITHOUT_ENTRY, StrayMail, TakenMail
from tests.fake_tickets import FakeStore


class FakeMailAccounts:
    """Receipts, strays and the last look in memory."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store
        self._strays: dict[str, StrayMail] = {}
        self._up_to: datetime | None = None

    def taken(self, ses_ids: Sequence[str]) -> Mapping[str, TakenMail]:
        receipts = self._store.receipts
        return {name: receipts[f"ses:{name}"] for name in ses_ids if f"ses:{name}" in receipts}

    def note_without_entry(self, ses_id: str, now: datetime) -> None:
        self._store.receipts.setdefault(f"ses:{ses_id}", TakenMail(0, WITHOUT_ENTRY))

    def strays(self, ses_ids: Sequence[str]) -> Mapping[str, StrayMail]:
        return {name: self._strays[name] for name in ses_ids if name in self._strays}

    def note_queued(self, stray: StrayMail, now: datetime) -> None:
        ses_id = stray.key.rpartition("/")[2]
        known = self._strays.get(ses_id)
        if (known.attempts if known else 0) == stray.attempts - 1:
            self._strays[ses_id] = stray

    def accounted_up_to(self) -> datetime | None:
        return self._up_to

    def note_accounted(self, up_to: datetime) -> None:
        self._up_to = up_to
