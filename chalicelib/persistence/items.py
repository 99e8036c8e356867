"""What every item of the table has, and how pynamodb's shapes are filled and read.

pynamodb's models serve as shapes here: they turn attributes into DynamoDB's notation and build
conditions and updates. Reading and writing is done by ``table.py`` over one connection, for a
model would open a client of its own per class.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pynamodb.attributes import TTLAttribute, UnicodeAttribute
from pynamodb.expressions.update import Action
from pynamodb.models import Model

from chalicelib.persistence.attributes import IntegerAttribute
from chalicelib.persistence.keys import Key

RawItem = Mapping[str, Mapping[str, Any]]
"""An item in DynamoDB's own notation: ``{"pk": {"S": "..."}}``."""

SCHEMA = 1
"""Raised when a shape changes so that older items need upgrading while they are read."""


class Item(Model):
    """Keys, kind, schema and expiry.

    Attributes:
        expires_at: when DynamoDB may delete the item; it can still be there for two days.
    """

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = UnicodeAttribute()
    schema = IntegerAttribute(default=SCHEMA)
    expires_at = TTLAttribute(null=True)


ItemT = TypeVar("ItemT", bound=Item)


def read(item_type: type[ItemT], raw: RawItem) -> ItemT:
    """An item from DynamoDB's notation; attributes that this release does not know are skipped."""
    item = item_type()
    item.from_dynamodb_dict({name: dict(value) for name, value in raw.items()})
    return item


def key_of(item: Item) -> Key:
    """Where an item is."""
    return Key(item.pk, item.sk)


def kind_of(raw: RawItem) -> str:
    """What kind of item this is."""
    return str(raw["kind"]["S"])


def set_all(item: Item) -> Sequence[Action]:
    """Actions that write every attribute of an item and leave those that it does not know.

    A newer release may have added attributes; a Put by this one would lose them.
    """
    actions: list[Action] = []
    for name, attribute in item.get_attributes().items():
        if name in ("pk", "sk"):
            continue
        value = getattr(item, name)
        actions.append(attribute.remove() if value is None else attribute.set(value))
    return actions
