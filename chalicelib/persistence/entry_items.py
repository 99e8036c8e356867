"""How messages and events are stored: one timeline per ticket, by ULID."""

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    ListAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)

from chalicelib.domain.ticket import (
    Actor,
    ActorKind,
    Attachment,
    Channel,
    DeliveryState,
    Event,
    EventKind,
    Message,
    MessageKind,
)
from chalicelib.persistence import keys
from chalicelib.persistence.attributes import EnumAttribute, IntegerAttribute, Part
from chalicelib.persistence.items import Item, RawItem, kind_of, read

MESSAGE = "message"
EVENT = "event"


class ActorMap(Part):
    """Who did something."""

    kind = EnumAttribute(ActorKind)
    id = UnicodeAttribute(default="")
    name = UnicodeAttribute(default="")


class AttachmentMap(Part):
    """A file of a message."""

    id = UnicodeAttribute()
    filename = UnicodeAttribute()
    content_type = UnicodeAttribute(default="")
    size = IntegerAttribute()
    key = UnicodeAttribute()
    content_id = UnicodeAttribute(default="")


class MessageItem(Item):
    """A contribution to a ticket. ``kind`` is the item's kind, so the message's is beside it."""

    kind = UnicodeAttribute(default=MESSAGE)
    number = IntegerAttribute()
    message_kind = EnumAttribute(MessageKind)
    author = ActorMap()
    channel = EnumAttribute(Channel)
    text = UnicodeAttribute(default="")
    html = UnicodeAttribute(default="")
    created_at = UTCDateTimeAttribute()
    attachments = ListAttribute(of=AttachmentMap, default=list)
    full_text = UnicodeAttribute(default="")
    message_id = UnicodeAttribute(default="")
    verified = BooleanAttribute(default=True)
    delivery = EnumAttribute(DeliveryState, null=True)
    overflow_key = UnicodeAttribute(default="")
    copied = ListAttribute(of=UnicodeAttribute, default=list)
    merged_from = IntegerAttribute(default=0)
    items = ListAttribute(of=UnicodeAttribute, default=list)
    mentions = ListAttribute(of=UnicodeAttribute, default=list)


class EventItem(Item):
    """Something that happened; never changed."""

    kind = UnicodeAttribute(default=EVENT)
    number = IntegerAttribute()
    event_kind = EnumAttribute(EventKind)
    actor = ActorMap()
    at = UTCDateTimeAttribute()
    before = JSONAttribute(default=dict)
    after = JSONAttribute(default=dict)
    message_id = UnicodeAttribute(default="")


_MESSAGE = (
    "author", "channel", "text", "html", "created_at", "full_text", "message_id", "verified",
    "delivery", "overflow_key", "merged_from",
)  # fmt: skip
_ATTACHMENT = tuple(Attachment.__dataclass_fields__)


def message_item(number: int, message: Message) -> MessageItem:
    """A message as it is stored."""
    key = keys.entry(number, message.id)
    fields = {name: getattr(message, name) for name in _MESSAGE}
    return MessageItem(
        key.pk,
        key.sk,
        number=number,
        message_kind=message.kind,
        attachments=[attachment_map(attachment) for attachment in message.attachments],
        copied=list(message.copied),
        items=list(message.items),
        mentions=list(message.mentions),
        **{**fields, "author": _actor_map(message.author)},
    )


def event_item(number: int, event: Event) -> EventItem:
    """An event as it is stored.

    Raises:
        ValueError: it has no id, so it would have no place in the timeline.
    """
    if not event.id:
        raise ValueError(f"The event {event.kind} of ticket {number} has no id.")
    key = keys.entry(number, event.id)
    return EventItem(
        key.pk,
        key.sk,
        number=number,
        event_kind=event.kind,
        actor=_actor_map(event.actor),
        at=event.at,
        before=dict(event.before),
        after=dict(event.after),
        message_id=event.message_id,
    )


def entry_of_raw(raw: RawItem) -> Message | Event:
    """The message or event in an item as DynamoDB gave it."""
    return message_of_raw(raw) if kind_of(raw) == MESSAGE else event_of_raw(raw)


def message_of_raw(raw: RawItem) -> Message:
    """The message in an item as DynamoDB gave it."""
    item = read(MessageItem, raw)
    fields = {name: getattr(item, name) for name in _MESSAGE}
    return Message(
        id=_entry_id(item),
        kind=item.message_kind,
        attachments=tuple(attachment_of(stored) for stored in item.attachments),
        copied=tuple(str(address) for address in item.copied),
        items=tuple(str(text) for text in item.items),
        mentions=tuple(str(name) for name in item.mentions),
        **{**fields, "author": _actor_of(item.author)},
    )


def copy_to(target: int, source: int, raw: RawItem) -> MessageItem:
    """A stored message of one ticket as it stands on another, under the same id."""
    item = read(MessageItem, raw)
    item.pk, item.number, item.merged_from = keys.ticket(target).pk, target, source
    return item


def event_of_raw(raw: RawItem) -> Event:
    """The event in an item as DynamoDB gave it."""
    item = read(EventItem, raw)
    return Event(
        kind=item.event_kind,
        actor=_actor_of(item.actor),
        at=item.at,
        before=item.before,
        after=item.after,
        message_id=item.message_id,
        id=_entry_id(item),
    )


def _entry_id(item: Item) -> str:
    return item.sk.removeprefix(keys.ENTRY_PREFIX)


def _actor_map(actor: Actor) -> ActorMap:
    return ActorMap(kind=actor.kind, id=actor.id, name=actor.name)


def _actor_of(stored: ActorMap) -> Actor:
    return Actor(stored.kind, stored.id, stored.name)


def attachment_map(attachment: Attachment) -> AttachmentMap:
    """A file of a message as it is stored."""
    return AttachmentMap(**{name: getattr(attachment, name) for name in _ATTACHMENT})


def attachment_of(stored: AttachmentMap) -> Attachment:
    """The file in a stored message."""
    return Attachment(**{name: getattr(stored, name) for name in _ATTACHMENT})
