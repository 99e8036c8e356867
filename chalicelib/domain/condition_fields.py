"""What a condition can ask about, how, and where: the words of the predicate language."""

from collections.abc import Mapping
from enum import StrEnum

from chalicelib.domain.custom_fields import CustomField, FieldKind

CUSTOM = "field:"
"""What stands before the id of one of the desk's own fields."""


class Field(StrEnum):
    """What is known of every ticket, or of the moment at which something happens to one."""

    DEPARTMENT = "department"
    PRIORITY = "priority"
    STATUS = "status"
    TOPIC = "topic"
    TYPE = "type"
    TAGS = "tags"
    CHANNEL = "channel"
    MAILBOX = "mailbox"
    ASSIGNEE = "assignee"
    LANGUAGE = "language"
    SUBJECT = "subject"
    REQUESTER_ADDRESS = "requester_address"
    REQUESTER_DOMAIN = "requester_domain"
    ORGANISATION = "organisation"
    INTERNAL = "internal"
    BODY = "body"
    SENDER_ADDRESS = "sender_address"
    SENDER_DOMAIN = "sender_domain"
    RECIPIENT = "recipient"
    ATTACHMENT = "attachment"
    AUTOMATIC = "automatic"
    BUSINESS_HOURS = "business_hours"
    HOURS_SINCE_CREATED = "hours_since_created"
    HOURS_SINCE_LAST_MESSAGE = "hours_since_last_message"


class Operator(StrEnum):
    """How a field is held against the values; several values are "one of them".

    ``has`` asks for a member of a set; of a text, for a whole word or several in a row.
    """

    IS = "is"
    IS_NOT = "is_not"
    HAS = "has"
    HAS_NOT = "has_not"
    CONTAINS = "contains"
    CONTAINS_NOT = "contains_not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    IS_EMPTY = "is_empty"
    IS_FILLED = "is_filled"
    IS_TRUE = "is_true"
    IS_FALSE = "is_false"
    INSIDE = "inside"
    OUTSIDE = "outside"


class ValueKind(StrEnum):
    """What a field holds, which says how it can be asked."""

    CHOICE = "choice"
    LEVEL = "level"
    SET = "set"
    TEXT = "text"
    WORDS = "words"
    FLAG = "flag"
    NUMBER = "number"
    DATE = "date"
    HOURS = "hours"


WITHOUT_VALUE = frozenset(
    {Operator.IS_EMPTY, Operator.IS_FILLED, Operator.IS_TRUE, Operator.IS_FALSE}
)
ORDERED = frozenset({Operator.AT_LEAST, Operator.AT_MOST})
_FILLED = (Operator.IS_EMPTY, Operator.IS_FILLED)
_EQUAL = (Operator.IS, Operator.IS_NOT)
_PART = (Operator.CONTAINS, Operator.CONTAINS_NOT)
_MEMBER = (Operator.HAS, Operator.HAS_NOT)
_ORDER = (Operator.AT_LEAST, Operator.AT_MOST)

OPERATORS_OF: Mapping[ValueKind, tuple[Operator, ...]] = {
    ValueKind.CHOICE: (*_EQUAL, *_FILLED),
    ValueKind.LEVEL: (*_EQUAL, *_ORDER),
    ValueKind.SET: (*_MEMBER, *_FILLED),
    ValueKind.TEXT: (*_EQUAL, *_PART, *_FILLED),
    ValueKind.WORDS: (*_MEMBER, *_PART, *_FILLED),
    ValueKind.FLAG: (Operator.IS_TRUE, Operator.IS_FALSE),
    ValueKind.NUMBER: (*_EQUAL, *_ORDER, *_FILLED),
    ValueKind.DATE: (*_EQUAL, *_ORDER, *_FILLED),
    ValueKind.HOURS: (Operator.INSIDE, Operator.OUTSIDE),
}
"""Which operators a kind of value understands, in the order in which they are offered."""

KINDS: Mapping[Field, ValueKind] = {
    Field.DEPARTMENT: ValueKind.CHOICE,
    Field.PRIORITY: ValueKind.LEVEL,
    Field.STATUS: ValueKind.CHOICE,
    Field.TOPIC: ValueKind.CHOICE,
    Field.TYPE: ValueKind.CHOICE,
    Field.TAGS: ValueKind.SET,
    Field.CHANNEL: ValueKind.CHOICE,
    Field.MAILBOX: ValueKind.CHOICE,
    Field.ASSIGNEE: ValueKind.CHOICE,
    Field.LANGUAGE: ValueKind.CHOICE,
    Field.SUBJECT: ValueKind.TEXT,
    Field.REQUESTER_ADDRESS: ValueKind.TEXT,
    Field.REQUESTER_DOMAIN: ValueKind.CHOICE,
    Field.ORGANISATION: ValueKind.CHOICE,
    Field.INTERNAL: ValueKind.FLAG,
    Field.BODY: ValueKind.WORDS,
    Field.SENDER_ADDRESS: ValueKind.TEXT,
    Field.SENDER_DOMAIN: ValueKind.CHOICE,
    Field.RECIPIENT: ValueKind.SET,
    Field.ATTACHMENT: ValueKind.FLAG,
    Field.AUTOMATIC: ValueKind.FLAG,
    Field.BUSINESS_HOURS: ValueKind.HOURS,
    Field.HOURS_SINCE_CREATED: ValueKind.NUMBER,
    Field.HOURS_SINCE_LAST_MESSAGE: ValueKind.NUMBER,
}
"""What each field holds; those of the desk's own fields follow from their kinds."""

OF_A_MOMENT = frozenset(
    {
        Field.BODY, Field.SENDER_ADDRESS, Field.SENDER_DOMAIN, Field.RECIPIENT, Field.ATTACHMENT,
        Field.AUTOMATIC, Field.BUSINESS_HOURS, Field.HOURS_SINCE_CREATED,
        Field.HOURS_SINCE_LAST_MESSAGE,
    }
)  # fmt: skip
"""Known only while something happens: what stands ready in lists and clocks cannot ask these."""

VALUES_FROM: Mapping[Field, str] = {
    Field.DEPARTMENT: "departments",
    Field.PRIORITY: "priorities",
    Field.STATUS: "statuses",
    Field.TOPIC: "topics",
    Field.TYPE: "ticket_types",
    Field.TAGS: "tags",
    Field.CHANNEL: "channels",
    Field.MAILBOX: "mailboxes",
    Field.ASSIGNEE: "agents",
    Field.LANGUAGE: "languages",
    Field.ORGANISATION: "organisations",
    Field.BUSINESS_HOURS: "calendars",
}
"""Where the values of a field are chosen from; those of tags are only suggested."""

DOMAINS = frozenset({Field.REQUESTER_DOMAIN, Field.SENDER_DOMAIN})
"""As with blocked senders, a domain stands for those below it too."""

_OF_CUSTOM: Mapping[FieldKind, ValueKind] = {
    FieldKind.TEXT: ValueKind.TEXT,
    FieldKind.NUMBER: ValueKind.NUMBER,
    FieldKind.DATE: ValueKind.DATE,
    FieldKind.CHOICE: ValueKind.CHOICE,
    FieldKind.MULTI_CHOICE: ValueKind.SET,
    FieldKind.CHECKBOX: ValueKind.FLAG,
}


def custom_id(field: str) -> str:
    """The id of the desk's own field that is asked about; empty for another field.

    >>> custom_id("field:serial")
    'serial'
    """
    return field[len(CUSTOM) :] if field.startswith(CUSTOM) else ""


def kind_of_custom(known: CustomField) -> ValueKind:
    """What one of the desk's own fields holds; a place without a list is a text."""
    listed = ValueKind.CHOICE if known.choices else ValueKind.TEXT
    return _OF_CUSTOM.get(known.kind, listed)
