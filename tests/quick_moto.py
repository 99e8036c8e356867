"""moto, with the same answers in a quarter of the time.

moto reads and writes every service by one general way, and a table of a test is asked a thousand
times. What cost most is done here directly, and everything else is left to moto:

- the values of items go out as they are, instead of asking each for ten types under eight names;
- a transaction keeps what it touches, instead of a copy of the whole table for each of its parts;
- an update expression is parsed once, and checked at its root, which covers its branches;
- the descriptions of services are read from the disk once.

``tests/storage/test_quick_moto.py`` holds it to moto's own answers.
"""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache, wraps
from typing import Any

from botocore import session as botocore_session
from botocore.loaders import create_loader
from moto.core.serialize import BaseJSONSerializer, ResponseSerializer
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict
from moto.dynamodb.models.table import Table
from moto.dynamodb.parsing.ast_nodes import DepthFirstTraverser, Node
from moto.dynamodb.parsing.expressions import UpdateExpressionParser
from moto.dynamodb.parsing.validators import ActionCountValidator, OverlappingPathsValidator

_AS_THEY_ARE = frozenset({"S", "BOOL", "NULL"})


@cache
def make_moto_quick() -> None:
    """Once in a process; safe while a mock is running."""
    botocore_session.create_loader = cache(create_loader)
    BaseJSONSerializer._serialize_type_structure = _quick_structure(
        BaseJSONSerializer._serialize_type_structure
    )
    ResponseSerializer.get_value = _quick_value(ResponseSerializer.get_value)
    # Who changes a tree takes a copy first.
    UpdateExpressionParser.make = lru_cache(maxsize=1000)(UpdateExpressionParser.make)
    Node.__deepcopy__ = _copy_node
    DepthFirstTraverser.traverse_node_recursively = _traverse
    for validator in (ActionCountValidator, OverlappingPathsValidator):
        validator.traverse = _look_at_the_root
    DynamoDBBackend.transact_write_items = _quick_transaction(DynamoDBBackend.transact_write_items)
    Item.__init__ = _make_item


class NotPlain(Exception):
    """A value that moto has to write itself."""


def plain(value: Any) -> dict[str, Any]:
    """An attribute's value as it goes out.

    Raises:
        NotPlain: it is binary, or nothing that an item holds.
    """
    if type(value) is not dict or len(value) != 1:
        raise NotPlain
    ((kind, held),) = value.items()
    if kind in _AS_THEY_ARE:
        return value
    if kind == "N":
        return {kind: str(held)}
    if kind == "M":
        return {kind: {name: plain(member) for name, member in held.items()}}
    if kind == "L":
        return {kind: [plain(member) for member in held]}
    if kind in {"SS", "NS"}:
        return {kind: [str(member) for member in held]}
    raise NotPlain


def _quick_structure(slow: Any) -> Any:
    @wraps(slow)
    def serialize(self: Any, serialized: Any, value: Any, shape: Any, key: str) -> None:
        if shape.name == "AttributeValue":
            try:
                serialized[self.get_serialized_name(shape, key)] = plain(value)
            except NotPlain:
                pass
            else:
                return
        slow(self, serialized, value, shape, key)

    return serialize


def _quick_value(slow: Any) -> Any:
    """What stands there under its own name is what all other names are tried for."""

    @wraps(slow)
    def get_value(self: Any, value: Any, key: str, shape: Any) -> Any:
        picker = self._value_picker
        if type(value) is dict and key in value and not picker.response_transformers:
            return value[key]
        return slow(self, value, key, shape)

    return get_value


@cache
def _is_node(kind: type) -> bool:
    return issubclass(kind, Node)


def _copy_node(node: Any, memo: dict[int, Any]) -> Any:
    """A tree needs no list of what was copied already."""
    made = object.__new__(type(node))
    made.type, made.parent, made.children = node.type, None, node.children
    if node.children is not None:
        made.children = [copy.deepcopy(child, memo) for child in node.children]
        for child in made.children:
            if _is_node(type(child)):
                child.parent = made
    return made


def _traverse(self: Any, node: Any, child_id: int = -1) -> Any:
    """moto's own walk, which asks a node's class once and not each node."""
    if not _is_node(type(node)):
        return node
    parent = node.parent
    for position, child in enumerate(node.children or ()):
        self.pre_processing_of_child(node, position)
        if _is_node(type(child)):
            _traverse(self, child, position)
    process = _process_of(self, type(node))
    if process:
        node = process(node)
        node.parent = parent
        if parent:
            parent.children[child_id] = node
    return node


def _process_of(traverser: Any, kind: type) -> Any:
    """What the traverser does with nodes of a kind; None for nothing."""
    known = traverser.__dict__.setdefault("_known", {})
    if kind not in known:
        choices = traverser._processing_map().items()
        known[kind] = next((do for one, do in choices if issubclass(kind, one)), None)
    return known[kind]


def _look_at_the_root(self: Any, node: Any) -> Any:
    return self.process(node)


def _make_item(self: Any, hash_key: Any, range_key: Any, attrs: dict[str, Any]) -> None:
    """Add up the size once, and not for each attribute anew."""
    self.hash_key, self.range_key = hash_key, range_key
    self.attrs = LimitedSizeDict()
    *most, last = attrs or (None,)
    for name in most:
        dict.__setitem__(self.attrs, name, DynamoType(attrs[name]))
    if last is not None:
        self.attrs[last] = DynamoType(attrs[last])


def _quick_transaction(slow: Any) -> Any:
    @wraps(slow)
    def transact(self: Any, transact_items: list[dict[str, Any]]) -> None:
        operations = [operation for item in transact_items for operation in item.values()]
        names = {operation.get("TableName") for operation in operations} & {*self.tables}
        if any(self.tables[name].stream_shard for name in names):
            slow(self, transact_items)
            return
        kept: dict[Any, dict[Any, Any] | None] = {}
        for operation in operations:
            if (name := operation["TableName"]) in names:
                _keep(kept, self.tables[name], operation)
        try:
            with _tables_that_are_not_copied():
                slow(self, transact_items)
        except Exception:
            for (name, partition), items in kept.items():
                if items is None:
                    self.tables[name].items.pop(partition, None)
                else:
                    self.tables[name].items[partition] = items
            raise

    return transact


def _keep(kept: dict[Any, Any], table: Any, operation: dict[str, Any]) -> None:
    """The partition as it is, with a copy of the item that may be changed in its place."""
    key = operation.get("Key") or operation["Item"]
    partition, sort = (DynamoType(key[name]) for name in table.table_key_attrs)
    known = table.items.get(partition)
    items = kept.setdefault((table.name, partition), None if known is None else dict(known))
    if known and sort in known:
        items[sort] = copy.deepcopy(known[sort])


@contextmanager
def _tables_that_are_not_copied() -> Iterator[None]:
    Table.__deepcopy__ = lambda self, _: self
    try:
        yield
    finally:
        del Table.__deepcopy__
