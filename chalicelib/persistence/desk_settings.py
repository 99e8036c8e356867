"""The repository of the desk's set-up: one partition, read whole, kept for some seconds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from pynamodb.expressions.condition import Condition

from chalicelib.domain.desk import Desk, macros_applied
from chalicelib.domain.errors import LostRace, NotFound, StaleSetting
from chalicelib.domain.sla import Terms
from chalicelib.persistence import keys
from chalicelib.persistence.failures import ConditionFailed
from chalicelib.persistence.items import SCHEMA, Item, RawItem, read
from chalicelib.persistence.older_settings import said_today
from chalicelib.persistence.setting_items import RevisionItem, SettingItem, TermsItem
from chalicelib.persistence.table import Table, Write
from chalicelib.usecases.ports import Clock, SettingChange
from chalicelib.usecases.settings_promises import document_of_terms, terms_from_document
from chalicelib.usecases.settings_schema import desk_from_documents

KEPT_FOR = timedelta(seconds=15)


class SettingsRepository:
    """The set-up in the table."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock
        self._kept: tuple[datetime, Desk] | None = None

    def desk(self) -> Desk:
        """The whole set-up, at most 15 seconds old in this container. One Query, or none."""
        now = self._clock.now()
        if self._kept is None or not now - KEPT_FOR < self._kept[0] <= now:
            by_kind: dict[str, list[Mapping[str, Any]]] = {}
            for item in self._items(None):
                document = said_today(item.setting_kind, item.document)
                by_kind.setdefault(item.setting_kind, []).append(document)
            self._kept = (now, self._with_macros(desk_from_documents(by_kind)))
        return self._kept[1]

    def document(self, kind: str, setting_id: str) -> tuple[Mapping[str, Any], int]:
        """One setting as stored, and its version. One call.

        Raises:
            NotFound: there is none.
        """
        item = self._table.find(SettingItem, keys.setting(kind, setting_id), consistent=True)
        if item is None:
            raise NotFound(kind, setting_id)
        return said_today(kind, item.document), item.version

    def list_documents(self, kind: str) -> Sequence[tuple[Mapping[str, Any], int]]:
        """All settings of a kind, by id, each with its version. One Query per megabyte."""
        return [(said_today(kind, item.document), item.version) for item in self._items(kind)]

    def save(
        self,
        kind: str,
        setting_id: str,
        document: Mapping[str, Any],
        *,
        based_on: int | None,
        as_of: int | None = None,
        change: SettingChange | None = None,
    ) -> int:
        """Store and give the new version; ``based_on`` None overwrites, 0 means "is new".

        Args:
            as_of: revision of the set-up that this was found to fit; None where it needs no other
                setting.

        Raises:
            StaleSetting: it has another version than ``based_on``.
            LostRace: another setting was changed since ``as_of``.
        """
        key = keys.setting(kind, setting_id)
        told = change or SettingChange()
        actions = [
            SettingItem.changed_by.set(told.by),
            SettingItem.change_id.set(told.id),
            SettingItem.kind.set("setting"),
            SettingItem.schema.set(SCHEMA),
            SettingItem.setting_kind.set(kind),
            SettingItem.document.set(dict(document)),
            SettingItem.version.add(1),
        ]
        stale = StaleSetting(kind, setting_id)
        try:
            if as_of is not None:
                at = self._version(key) if based_on is None else based_on
                item = SettingItem(*key)
                write = Write("update", item, _is_at(at), actions, refused=lambda _: stale)
                self._table.transact([_next_revision(as_of), write])
                return at + 1
            condition = None if based_on is None else _is_at(based_on)
            return int(self._table.update(key, actions, condition)["version"]["N"])
        except ConditionFailed as error:
            raise stale from error
        finally:
            self._kept = None

    def remove(
        self, kind: str, setting_id: str, *, based_on: int | None, as_of: int | None = None
    ) -> None:
        """Take a setting away.

        Raises:
            NotFound: there is none.
            StaleSetting: it has another version than ``based_on``.
            LostRace: another setting was changed since ``as_of``.
        """
        condition = SettingItem.pk.exists() if based_on is None else _is_at(based_on)

        def refused(stored: RawItem | None) -> Exception:
            return StaleSetting(kind, setting_id) if stored else NotFound(kind, setting_id)

        item = SettingItem(*keys.setting(kind, setting_id))
        away = Write("delete", item, condition, refused=refused)
        try:
            self._table.transact([away] if as_of is None else [_next_revision(as_of), away])
        finally:
            self._kept = None

    def revision(self) -> int:
        """Counts the changes that were checked against the rest of the set-up. One call."""
        item = self._table.find(RevisionItem, keys.set_up_revision(), consistent=True)
        return item.revision if item else 0

    def keep_terms(self, terms: Iterable[Terms]) -> None:
        """Keep terms under their names; those that are kept already cost a read. Safe to repeat."""
        by_key = {keys.terms(each.id): each for each in terms}
        known = self._table.find_many(by_key) if by_key else {}
        for key in by_key.keys() - known.keys():
            item = TermsItem(*key, document=document_of_terms(by_key[key]))
            self._table.put(item)

    def past_terms(self, names: Sequence[str]) -> Mapping[str, Terms]:
        """Terms by name; what is not known is left out. One call per hundred."""
        wanted = {keys.terms(name): name for name in names if name}
        found = self._table.find_many(wanted) if wanted else {}
        return {
            wanted[key]: terms_from_document(read(TermsItem, raw).document)
            for key, raw in found.items()
        }

    def _version(self, key: keys.Key) -> int:
        item = self._table.find(SettingItem, key, consistent=True)
        return item.version if item else 0

    def _with_macros(self, desk: Desk) -> Desk:
        """Macros are kept with the other ready-made words; a desk whose rules name none pays nothing."""
        if not macros_applied(desk):
            return desk
        from chalicelib.persistence.answers import AnswerRepository

        return replace(desk, macros=AnswerRepository(self._table).shared_macros())

    def _items(self, kind: str | None) -> Iterator[SettingItem]:
        of_kind = SettingItem.sk.startswith(f"{kind}#") if kind else None
        start: RawItem | None = None
        while True:
            page = self._table.query(keys.CONFIG, of_kind, consistent=True, start=start)
            yield from (read(SettingItem, raw) for raw in page.items)
            start = page.last
            if start is None:
                return


def _next_revision(as_of: int) -> Write:
    """Counts on, unless another one did since."""
    item = RevisionItem(*keys.set_up_revision(), revision=as_of + 1)
    as_read = RevisionItem.revision == as_of if as_of else Item.pk.does_not_exist()
    return Write("put", item, as_read, refused=lambda _: LostRace())


def _is_at(version: int) -> Condition:
    return SettingItem.version == version if version else SettingItem.pk.does_not_exist()
