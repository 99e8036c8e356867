"""Kinds of attributes that pynamodb does not have."""

from enum import StrEnum
from typing import Any, TypeVar

from pynamodb.attributes import Attribute, MapAttribute
from pynamodb.constants import NUMBER, STRING

E = TypeVar("E", bound=StrEnum)


class EnumAttribute(Attribute[E]):
    """A value of a closed list, stored as its text."""

    attr_type = STRING

    def __init__(self, enum: type[E], *, null: bool = False) -> None:
        super().__init__(null=null)
        self._enum = enum

    def serialize(self, value: E) -> str:
        """The stored text."""
        return str(value.value)

    def deserialize(self, value: str) -> E:
        """The value; a text that this release does not know is an error, never a guess."""
        return self._enum(value)


class IntegerAttribute(Attribute[int]):
    """A whole number; pynamodb's own attribute may be a fraction."""

    attr_type = NUMBER

    def serialize(self, value: int) -> str:
        """The number in digits."""
        return str(value)

    def deserialize(self, value: str) -> int:
        """The number; DynamoDB never writes a whole one with a point or an exponent."""
        return int(value)


class Part(MapAttribute[str, Any]):
    """A group of attributes inside an item."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)  # type: ignore[no-untyped-call]
