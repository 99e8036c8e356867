"""How a reply that waits is stored, and the parts of a ticket's commit that touch one."""

from collections.abc import Iterator

from pynamodb.attributes import (
    BooleanAttribute,
    ListAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)

from chalicelib.domain.errors import LostRace, ScheduledReplyGone
from chalicelib.domain.scheduled_reply import HeldReason, ScheduledReply
from chalicelib.persistence import keys
from chalicelib.persistence.attributes import EnumAttribute, IntegerAttribute
from chalicelib.persistence.entry_items import AttachmentMap, attachment_map, attachment_of
from chalicelib.persistence.items import Item, RawItem, read, set_all
from chalicelib.persistence.table import Write
from chalicelib.usecases.ports import Commit


class ScheduledReplyItem(Item):
    """A reply that waits for its time.

    Attributes:
        wake_shard, wake_at: absent while it is held, which keeps it out of the alarm index.
    """

    kind = UnicodeAttribute(default="scheduled_reply")
    number = IntegerAttribute()
    version = IntegerAttribute()
    agent_id = UnicodeAttribute()
    agent_name = UnicodeAttribute(default="")
    text = UnicodeAttribute(default="")
    attachments = ListAttribute(of=AttachmentMap, default=list)
    resolves = BooleanAttribute(default=False)
    based_on = IntegerAttribute()
    send_at = UTCDateTimeAttribute()
    created_at = UTCDateTimeAttribute()
    held = EnumAttribute(HeldReason, null=True)
    wake_shard = UnicodeAttribute(null=True)
    wake_at = UTCDateTimeAttribute(null=True)


_AS_THEY_ARE = (
    "number", "version", "agent_id", "agent_name", "text", "resolves", "based_on", "send_at",
    "created_at", "held",
)  # fmt: skip


def scheduled_reply_item(reply: ScheduledReply) -> ScheduledReplyItem:
    """A reply as it is stored."""
    return ScheduledReplyItem(
        *keys.scheduled_reply(reply.number, reply.id),
        attachments=[attachment_map(attachment) for attachment in reply.attachments],
        wake_at=reply.wake_at,
        wake_shard=keys.wake_shard(reply.number) if reply.wake_at else None,
        **{name: getattr(reply, name) for name in _AS_THEY_ARE},
    )


def scheduled_reply_of_raw(raw: RawItem) -> ScheduledReply:
    """The reply in an item as DynamoDB gave it."""
    item = read(ScheduledReplyItem, raw)
    return ScheduledReply(
        id=item.sk.removeprefix(keys.SCHEDULED_PREFIX),
        attachments=tuple(attachment_of(stored) for stored in item.attachments),
        **{name: getattr(item, name) for name in _AS_THEY_ARE},
    )


def scheduled_writes(commit: Commit) -> Iterator[Write]:
    """A reply leaves or is held by this commit, others of the same agent stay fresh."""
    if commit.spent:
        gone = ScheduledReplyGone(commit.spent.id)
        item = ScheduledReplyItem(*keys.scheduled_reply(commit.spent.number, commit.spent.id))
        as_read = ScheduledReplyItem.version == commit.spent.version
        yield Write("delete", item, as_read, refused=lambda _: gone)
    if commit.held:
        yield changed_write(commit.held, ScheduledReplyGone(commit.held.id))
    for reply in commit.kept_fresh:
        # It left or was changed meanwhile: whoever writes decides again without it.
        yield changed_write(reply, LostRace())


def changed_write(reply: ScheduledReply, refusal: Exception) -> Write:
    """Store a changed reply on the version that it was read with."""
    item = scheduled_reply_item(reply)
    as_read = ScheduledReplyItem.version == reply.version - 1
    return Write("update", item, as_read, set_all(item), refused=lambda _: refusal)
