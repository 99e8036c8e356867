"""The one table over one connection: reads, conditional writes, transactions.

Knows DynamoDB's errors and nothing of tickets. What a failed condition means is said by whoever
set the condition.
"""

import random
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from pynamodb.connection import Connection
from pynamodb.connection.base import MetaTable
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.errors import LostRace, Unavailable
from chalicelib.persistence.failures import CONDITION, Cancelled, translated
from chalicelib.persistence.items import Item, ItemT, RawItem, key_of, read
from chalicelib.persistence.keys import INDEX_KEYS, Key

_CONNECT_SECONDS = 2
_READ_SECONDS = 5
_CALL_ATTEMPTS = 4
_TRANSACTION_ATTEMPTS = 6
_FIRST_PAUSE_SECONDS = 0.025
_BATCH = 100
_BATCH_WRITE = 25


class Page(NamedTuple):
    """Items as DynamoDB gave them, and the key to go on from; None at the end."""

    items: Sequence[RawItem]
    last: RawItem | None


@dataclass(frozen=True, slots=True)
class Write:
    """One part of a transaction.

    Attributes:
        item: for an update, a delete or a check only its keys count.
        refused: the error when the condition does not hold, made from the item that is stored;
            among several that failed the first of the transaction tells.
    """

    operation: Literal["put", "update", "delete", "check"]
    item: Item
    condition: Condition | None = None
    actions: Sequence[Action] = ()
    refused: Callable[[RawItem | None], Exception] | None = None


class Table:
    """The table of one desk. Cheap to make: the client is built by the first call."""

    def __init__(self, name: str, *, pause: Callable[[float], None] = time.sleep) -> None:
        self.name = name
        self._pause = pause
        self._building = threading.Lock()
        self._connection: Connection | None = None

    @property
    def connection(self) -> Connection:
        """The connection of this container, with its time limits and its client."""
        # Using a client in several threads at once is safe; building one is not.
        with self._building:
            if self._connection is None:
                self._connection = self._connect()
            return self._connection

    def _connect(self) -> Connection:
        connection = Connection(
            connect_timeout_seconds=_CONNECT_SECONDS,
            read_timeout_seconds=_READ_SECONDS,
            # The standard mode waits with jitter between the attempts.
            retry_configuration={"total_max_attempts": _CALL_ATTEMPTS, "mode": "standard"},
        )
        connection.add_meta_table(MetaTable(_description(self.name)))
        # Asking for it builds it.
        _ = connection.client
        return connection

    def find(self, item_type: type[ItemT], key: Key, *, consistent: bool = False) -> ItemT | None:
        """One item, or None. One call."""
        raw = self.find_raw(key, consistent=consistent)
        return None if raw is None else read(item_type, raw)

    def find_raw(self, key: Key, *, consistent: bool = False) -> RawItem | None:
        """One item in DynamoDB's notation, or None. One call."""
        with translated():
            answer = self.connection.get_item(self.name, *key, consistent_read=consistent)
        found: RawItem | None = answer.get("Item")
        return found

    def find_many(self, wanted: Iterable[Key], *, consistent: bool = False) -> dict[Key, RawItem]:
        """Those of up to any number of items that exist. One call per hundred."""
        unique = list(dict.fromkeys(wanted))
        found: dict[Key, RawItem] = {}
        for start in range(0, len(unique), _BATCH):
            found.update(self._batch(unique[start : start + _BATCH], consistent=consistent))
        return found

    def query(
        self,
        pk: str,
        sort: Condition | None = None,
        *,
        limit: int | None = None,
        newest_first: bool = False,
        consistent: bool = False,
        index: str | None = None,
        start: RawItem | None = None,
    ) -> Page:
        """One page of a partition in the order of its sort key. One call."""
        with translated():
            answer = self.connection.query(
                self.name,
                pk,
                sort,
                limit=limit,
                scan_index_forward=not newest_first,
                consistent_read=consistent,
                index_name=index,
                exclusive_start_key=start,
            )
        return Page(answer["Items"], answer.get("LastEvaluatedKey"))

    def put(self, item: Item, condition: Condition | None = None) -> None:
        """Store one item whole. Raises ConditionFailed."""
        with translated():
            self.connection.put_item(
                self.name, *key_of(item), attributes=item.to_dynamodb_dict(), condition=condition
            )

    def update(
        self, key: Key, actions: Sequence[Action], condition: Condition | None = None
    ) -> RawItem:
        """Change one item, or make it; gives it as it is afterwards. Raises ConditionFailed."""
        with translated():
            answer = self.connection.update_item(
                self.name, *key, actions=actions, condition=condition, return_values="ALL_NEW"
            )
        changed: RawItem = answer["Attributes"]
        return changed

    def delete(self, key: Key, condition: Condition | None = None) -> None:
        """Take one item away. Raises ConditionFailed."""
        with translated():
            self.connection.delete_item(self.name, *key, condition=condition)

    def put_many(self, items: Iterable[Item]) -> None:
        """Store any number of items whole, without a condition. One call per 25."""
        self._write_many([item.to_dynamodb_dict() for item in items], "put_items")

    def delete_many(self, wanted: Iterable[Key]) -> None:
        """Take any number of items away. One call per 25."""
        unique = dict.fromkeys(wanted)
        self._write_many(
            [{"pk": {"S": key.pk}, "sk": {"S": key.sk}} for key in unique], "delete_items"
        )

    def transact(self, writes: Sequence[Write]) -> None:
        """Write all or nothing. One call when nobody else is at the same items.

        A conflict with a concurrent transaction is tried again with the same request token, so
        that an attempt whose answer was lost is not made twice.

        Raises:
            LostRace: others were at the same items every time.
            Exception: what the first write whose condition failed makes of it.
        """
        token = str(uuid.uuid4())
        for attempt in range(_TRANSACTION_ATTEMPTS):
            try:
                self._send(writes, token)
            except Cancelled as cancelled:
                self._refuse(writes, cancelled)
                # At random, or all who met would meet again.
                self._pause(random.uniform(0, _FIRST_PAUSE_SECONDS * 2**attempt))  # noqa: S311
            else:
                return
        raise LostRace

    def _send(self, writes: Sequence[Write], token: str) -> None:
        groups: dict[str, list[dict[str, Any]]] = {operation: [] for operation in _ORDER}
        for write in writes:
            groups[write.operation].append(self._arguments(write))
        with translated():
            self.connection.transact_write_items(
                groups["check"],
                groups["delete"],
                groups["put"],
                groups["update"],
                client_request_token=token,
            )

    def _refuse(self, writes: Sequence[Write], cancelled: Cancelled) -> None:
        """Raise what a failed condition means; a conflict raises nothing and is tried again."""
        sent = sorted(writes, key=lambda write: _ORDER.index(write.operation))
        failed = {
            id(write): reason
            for write, reason in zip(sent, cancelled.reasons, strict=False)
            if reason and reason.code == CONDITION
        }
        for write in writes:
            if id(write) in failed:
                stored = failed[id(write)].raw_item or self._stored(write)
                raise write.refused(stored) if write.refused else LostRace()

    def _arguments(self, write: Write) -> dict[str, Any]:
        is_put = write.operation == "put"
        return self.connection.get_operation_kwargs(
            self.name,
            *key_of(write.item),
            key="Item" if is_put else "Key",
            attributes=write.item.to_dynamodb_dict() if is_put else None,
            actions=write.actions or None,
            condition=write.condition,
            return_values_on_condition_failure="ALL_OLD" if write.refused else None,
        )

    def _stored(self, write: Write) -> RawItem | None:
        """For an emulator that does not tell the stored item with the failed condition."""
        return self.find_raw(key_of(write.item), consistent=True)

    def _write_many(self, raws: Sequence[Any], what: Literal["put_items", "delete_items"]) -> None:
        for start in range(0, len(raws), _BATCH_WRITE):
            left: Any = raws[start : start + _BATCH_WRITE]
            for attempt in range(_CALL_ATTEMPTS):
                left = self._put_or_delete(left, what)
                if not left:
                    break
                self._pause(random.uniform(0, _FIRST_PAUSE_SECONDS * 2**attempt))  # noqa: S311
            else:
                raise Unavailable("The table did not take all items that were written.")

    def _put_or_delete(self, raws: Sequence[Any], what: str) -> Sequence[Any]:
        """Those that were not written."""
        puts, deletes = (raws, None) if what == "put_items" else (None, raws)
        with translated():
            answer = self.connection.batch_write_item(self.name, puts, deletes)
        request, part = ("PutRequest", "Item") if what == "put_items" else ("DeleteRequest", "Key")
        unwritten = answer.get("UnprocessedItems", {}).get(self.name, ())
        return [entry[request][part] for entry in unwritten]

    def _batch(self, wanted: Sequence[Key], *, consistent: bool) -> dict[Key, RawItem]:
        left: Any = [{"pk": key.pk, "sk": key.sk} for key in wanted]
        found: dict[Key, RawItem] = {}
        for attempt in range(_CALL_ATTEMPTS):
            with translated():
                answer = self.connection.batch_get_item(self.name, left, consistent_read=consistent)
            for raw in answer["Responses"].get(self.name, ()):
                found[Key(raw["pk"]["S"], raw["sk"]["S"])] = raw
            left = answer.get("UnprocessedKeys", {}).get(self.name, {}).get("Keys", ())
            if not left:
                return found
            self._pause(random.uniform(0, _FIRST_PAUSE_SECONDS * 2**attempt))  # noqa: S311
        raise Unavailable("The table did not give all items that were asked for.")


_ORDER = ("check", "delete", "put", "update")
"""pynamodb sends the parts of a transaction in this order, and so DynamoDB's reasons come."""


def _description(name: str) -> dict[str, Any]:
    """What pynamodb must know of the table: keys and indexes."""
    schemas = [("pk", "sk"), *INDEX_KEYS.values()]
    attributes = sorted({attribute for names in schemas for attribute in names})
    return {
        "TableName": name,
        "KeySchema": _key_schema("pk", "sk"),
        "AttributeDefinitions": [{"AttributeName": a, "AttributeType": "S"} for a in attributes],
        "GlobalSecondaryIndexes": [
            {"IndexName": index, "KeySchema": _key_schema(*names)}
            for index, names in INDEX_KEYS.items()
        ],
    }


def _key_schema(hashed: str, ranged: str) -> list[dict[str, str]]:
    return [
        {"AttributeName": hashed, "KeyType": "HASH"},
        {"AttributeName": ranged, "KeyType": "RANGE"},
    ]
