"""How contacts, agents' loads and notices are stored, and the counter of ticket numbers."""

from collections.abc import Sequence
from typing import Any

from pynamodb.attributes import (
    BooleanAttribute,
    ListAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.expressions.update import Action

from chalicelib.domain.assignment import AgentLoad
from chalicelib.domain.contact_words import words_of
from chalicelib.domain.desk import NoticeKind
from chalicelib.persistence import keys
from chalicelib.persistence.attributes import EnumAttribute, IntegerAttribute
from chalicelib.persistence.items import SCHEMA, Item, RawItem, read
from chalicelib.usecases.ports import Contact, Notice


class CounterItem(Item):
    """Where ticket numbers come from."""

    kind = UnicodeAttribute(default="counter")
    value = IntegerAttribute(default=0)

    @classmethod
    def drawing(cls) -> Sequence[Action]:
        """The actions that draw the next value."""
        return [cls.value.add(1), cls.kind.set("counter"), cls.schema.set(SCHEMA)]


class ContactShape(Item):
    """A customer; the same attributes stand on the contact and on each of its addresses."""

    contact_id = UnicodeAttribute()
    name = UnicodeAttribute(default="")
    email = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    more = ListAttribute(of=UnicodeAttribute, default=list)
    version = IntegerAttribute(default=1)
    merged_into = UnicodeAttribute(default="")


class ContactItem(ContactShape):
    """A customer by id."""

    kind = UnicodeAttribute(default="contact")


class AddressItem(ContactShape):
    """A customer by address: one read tells whose a mail is."""

    kind = UnicodeAttribute(default="address")


class ContactWordItem(Item):
    """A customer is found by the beginning of a word; what he is stands on the contact alone."""

    kind = UnicodeAttribute(default="contact_word")
    word = UnicodeAttribute()
    contact_id = UnicodeAttribute()


class LoadItem(Item):
    """How busy an agent is."""

    kind = UnicodeAttribute(default="load")
    agent_id = UnicodeAttribute()
    open_count = IntegerAttribute(default=0)
    available = BooleanAttribute(default=False)
    turn = IntegerAttribute(default=0)
    away_since = IntegerAttribute(default=0)
    skipped = IntegerAttribute(default=0)


class NoticeItem(Item):
    """Something an agent is told of."""

    kind = UnicodeAttribute(default="notice")
    agent_id = UnicodeAttribute()
    notice_kind = EnumAttribute(NoticeKind)
    number = IntegerAttribute()
    subject = UnicodeAttribute(default="")
    at = UTCDateTimeAttribute()


class NoticesReadItem(Item):
    """Up to which notice an agent has read."""

    kind = UnicodeAttribute(default="notices_read")
    up_to = UnicodeAttribute(default="")


def contact_items(contact: Contact, address: str = "") -> tuple[ContactItem, AddressItem]:
    """A customer as stored, by id and by one of his addresses, the first if none is named."""
    fields: dict[str, Any] = {
        "contact_id": contact.id,
        "name": contact.name,
        "email": contact.email,
        "created_at": contact.created_at,
        "more": list(contact.more),
        "version": contact.version,
        "merged_into": contact.merged_into,
    }
    by_id, by_address = keys.contact(contact.id), keys.address(address or contact.email)
    return ContactItem(*by_id, **fields), AddressItem(*by_address, **fields)


def word_items(contact: Contact) -> Sequence[ContactWordItem]:
    """The words by which a customer is found, as stored; none for one who was merged."""
    if contact.merged_into:
        return []
    return [
        ContactWordItem(*keys.contact_word(word, contact.id), word=word, contact_id=contact.id)
        for word in sorted(words_of(contact.name, contact.addresses))
    ]


def contact_of_raw(raw: RawItem) -> Contact:
    """The customer of a contact or address item; one of before addresses were several has one."""
    item = read(AddressItem, raw)
    return Contact(
        item.contact_id,
        item.name,
        item.email,
        item.created_at,
        tuple(str(address) for address in item.more),
        item.version,
        item.merged_into,
    )


def load_naming(agent_id: str) -> Sequence[Action]:
    """The actions that make an agent's load complete, whichever change comes first."""
    return [
        LoadItem.kind.set("load"),
        LoadItem.schema.set(SCHEMA),
        LoadItem.agent_id.set(agent_id),
    ]


def load_of_raw(raw: RawItem) -> AgentLoad:
    """The load in an item as DynamoDB gave it."""
    item = read(LoadItem, raw)
    return AgentLoad(
        item.agent_id, item.open_count, item.available, item.turn, item.away_since, item.skipped
    )


def notice_of_raw(raw: RawItem, read_up_to: str) -> Notice:
    """The notice in an item as DynamoDB gave it."""
    item = read(NoticeItem, raw)
    notice_id = item.sk.removeprefix(keys.NOTICE_PREFIX)
    return Notice(
        id=notice_id,
        agent_id=item.agent_id,
        kind=item.notice_kind,
        number=item.number,
        subject=item.subject,
        at=item.at,
        read=notice_id <= read_up_to,
    )
