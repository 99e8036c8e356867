"""How a ticket is stored: as itself, and as a row of a list."""

from typing import Any

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    ListAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)

from chalicelib.domain.custom_fields import FieldValue
from chalicelib.domain.note_extras import reminder_of_text
from chalicelib.domain.relations import link_of_text
from chalicelib.domain.satisfaction import Rating, Satisfaction
from chalicelib.domain.sla import Clock, ClockState, Target
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Channel, MessageKind, Priority, Requester, Ticket
from chalicelib.persistence import keys
from chalicelib.persistence.attributes import EnumAttribute, IntegerAttribute, Part
from chalicelib.persistence.items import Item, RawItem, read


class RequesterMap(Part):
    """The customer of a ticket."""

    id = UnicodeAttribute()
    name = UnicodeAttribute(default="")
    email = UnicodeAttribute(default="")


class ClockMap(Part):
    """One SLA clock."""

    target = EnumAttribute(Target)
    state = EnumAttribute(ClockState)
    allowed_seconds = IntegerAttribute()
    started_at = UTCDateTimeAttribute()
    spent_seconds = IntegerAttribute(default=0)
    running_since = UTCDateTimeAttribute(null=True)
    due_at = UTCDateTimeAttribute(null=True)
    at_risk_at = UTCDateTimeAttribute(null=True)
    warned_at = UTCDateTimeAttribute(null=True)
    breached_at = UTCDateTimeAttribute(null=True)
    finished_at = UTCDateTimeAttribute(null=True)


class RuleMap(Part):
    """A time rule that acted, and the instant that it counted from."""

    rule = UnicodeAttribute()
    since = UTCDateTimeAttribute()


class SatisfactionMap(Part):
    """The question how our help was, and its answer."""

    never = BooleanAttribute(default=False)
    agent_id = UnicodeAttribute(default="")
    department_id = UnicodeAttribute(default="")
    ask_at = UTCDateTimeAttribute(null=True)
    asked_at = UTCDateTimeAttribute(null=True)
    rating = EnumAttribute(Rating, null=True)
    comment = UnicodeAttribute(default="")
    rated_at = UTCDateTimeAttribute(null=True)


class TicketShape(Item):
    """The attributes of a ticket, named as in the domain."""

    number = IntegerAttribute()
    version = IntegerAttribute()
    subject = UnicodeAttribute(default="")
    status = EnumAttribute(Status)
    priority = EnumAttribute(Priority)
    department_id = UnicodeAttribute(default="")
    mailbox_id = UnicodeAttribute(default="")
    channel = EnumAttribute(Channel)
    requester = RequesterMap()
    created_at = UTCDateTimeAttribute()
    updated_at = UTCDateTimeAttribute()
    status_before = EnumAttribute(Status, null=True)
    topic_id = UnicodeAttribute(default="")
    language = UnicodeAttribute(default="en")
    tags = ListAttribute(of=UnicodeAttribute, default=list)
    participants = ListAttribute(of=UnicodeAttribute, default=list)
    assignee_id = UnicodeAttribute(default="")
    assigned_at = UTCDateTimeAttribute(null=True)
    clocks = ListAttribute(of=ClockMap, default=list)
    postponed_until = UTCDateTimeAttribute(null=True)
    postponed_reason = UnicodeAttribute(default="")
    resolved_at = UTCDateTimeAttribute(null=True)
    closed_at = UTCDateTimeAttribute(null=True)
    waiting_since = UTCDateTimeAttribute(null=True)
    first_answered_at = UTCDateTimeAttribute(null=True)
    last_message_at = UTCDateTimeAttribute(null=True)
    last_customer_message_at = UTCDateTimeAttribute(null=True)
    last_message_kind = EnumAttribute(MessageKind, null=True)
    last_message_preview = UnicodeAttribute(default="")
    message_count = IntegerAttribute(default=0)
    content_version = IntegerAttribute(default=1)
    last_message_id = UnicodeAttribute(default="")
    references = ListAttribute(of=UnicodeAttribute, default=list)
    link_epoch = IntegerAttribute(default=1)
    status_since = UTCDateTimeAttribute(null=True)
    terms_id = UnicodeAttribute(null=True)
    promised_priority = EnumAttribute(Priority, null=True)
    rules_done = ListAttribute(of=RuleMap, default=list)
    rules_at = UTCDateTimeAttribute(null=True)
    merged_into = IntegerAttribute(default=0)
    merged_from = ListAttribute(of=IntegerAttribute, default=list)
    merge_brought = ListAttribute(of=UnicodeAttribute, default=list)
    links = ListAttribute(of=UnicodeAttribute, default=list)
    label_id = UnicodeAttribute(default="")
    policy_id = UnicodeAttribute(default="")
    put_away_at = UTCDateTimeAttribute(null=True)
    is_internal = BooleanAttribute(default=False)
    contact_id = UnicodeAttribute(default="")
    type_id = UnicodeAttribute(default="")
    confirmed_at = UTCDateTimeAttribute(null=True)
    fields = JSONAttribute(default=dict)
    ticked = ListAttribute(of=UnicodeAttribute, default=list)
    reminders = ListAttribute(of=UnicodeAttribute, default=list)
    satisfaction = SatisfactionMap(null=True)
    weight = IntegerAttribute(default=1)
    passed_by = ListAttribute(of=UnicodeAttribute, default=list)


class TicketItem(TicketShape):
    """A ticket with the keys of both indexes.

    Attributes:
        wake_shard, wake_at: absent while nothing is to happen by itself, which keeps it out of
            the alarm index.
    """

    kind = UnicodeAttribute(default="ticket")
    requester_id = UnicodeAttribute()
    wake_shard = UnicodeAttribute(null=True)
    wake_at = UTCDateTimeAttribute(null=True)


class RowItem(TicketShape):
    """A ticket as a row of a list. It has none of the index keys, so it is in no index."""

    kind = UnicodeAttribute(default="view_row")


_AS_THEY_ARE = (
    "number", "version", "subject", "status", "priority", "department_id", "mailbox_id", "channel",
    "created_at", "updated_at", "status_before", "topic_id", "language", "assignee_id",
    "assigned_at", "postponed_until", "postponed_reason", "resolved_at", "closed_at",
    "waiting_since", "first_answered_at", "last_message_at", "last_message_kind",
    "last_customer_message_at", "last_message_preview", "message_count", "content_version", "last_message_id", "link_epoch",
    "status_since", "terms_id", "promised_priority", "rules_at",
    "merged_into", "label_id", "policy_id", "put_away_at", "is_internal", "contact_id", "type_id",
    "confirmed_at", "weight",
)  # fmt: skip
_LISTS = (
    "tags",
    "participants",
    "references",
    "merged_from",
    "merge_brought",
    "ticked",
    "passed_by",
)
_CLOCK = tuple(Clock.__dataclass_fields__)
_SATISFACTION = tuple(Satisfaction.__dataclass_fields__)
_NOTHING_KNOWN = Satisfaction()


def ticket_item(ticket: Ticket) -> TicketItem:
    """A ticket as it is stored."""
    key = keys.ticket(ticket.number)
    wake_at = ticket.wake_at
    return TicketItem(
        key.pk,
        key.sk,
        requester_id=ticket.customer_id,
        wake_at=wake_at,
        wake_shard=keys.wake_shard(ticket.number) if wake_at else None,
        **_stored(ticket),
    )


def row_item(pk: str, sk: str, ticket: Ticket) -> RowItem:
    """A ticket as a row of a list."""
    return RowItem(pk, sk, **_stored(ticket))


def ticket_of(shape: TicketShape) -> Ticket:
    """The ticket in a stored item or row."""
    requester = shape.requester
    fields: dict[str, Any] = {name: getattr(shape, name) for name in _AS_THEY_ARE}
    fields.update({name: tuple(getattr(shape, name)) for name in _LISTS})
    return Ticket(
        requester=Requester(requester.id, requester.name, requester.email),
        clocks=tuple(_clock_of(stored) for stored in shape.clocks),
        rules_done=tuple((stored.rule, stored.since) for stored in shape.rules_done),
        fields={name: _value_of(stored) for name, stored in shape.fields.items()},
        reminders=tuple(reminder_of_text(str(text)) for text in shape.reminders),
        links=tuple(link_of_text(str(text)) for text in shape.links),
        satisfaction=_satisfaction_of(shape.satisfaction),
        **fields,
    )


def ticket_of_raw(raw: RawItem) -> Ticket:
    """The ticket in an item as DynamoDB gave it."""
    return ticket_of(read(TicketItem, raw))


def _stored(ticket: Ticket) -> dict[str, Any]:
    requester = ticket.requester
    return {
        "requester": RequesterMap(id=requester.id, name=requester.name, email=requester.email),
        "clocks": [_clock_map(clock) for clock in ticket.clocks],
        "rules_done": [RuleMap(rule=rule, since=since) for rule, since in ticket.rules_done],
        "fields": dict(ticket.fields),
        "reminders": [reminder.text for reminder in ticket.reminders],
        "links": [link.text for link in ticket.links],
        "satisfaction": _satisfaction_map(ticket.satisfaction),
        **{name: getattr(ticket, name) for name in _AS_THEY_ARE},
        **{name: list(getattr(ticket, name)) for name in _LISTS},
    }


def _value_of(stored: Any) -> FieldValue:
    """A value of a field; JSON knows no tuples."""
    return tuple(stored) if isinstance(stored, list) else stored


def _satisfaction_map(known: Satisfaction) -> SatisfactionMap | None:
    if known == _NOTHING_KNOWN:
        return None
    return SatisfactionMap(**{name: getattr(known, name) for name in _SATISFACTION})


def _satisfaction_of(stored: SatisfactionMap | None) -> Satisfaction:
    if stored is None:
        return _NOTHING_KNOWN
    return Satisfaction(**{name: getattr(stored, name) for name in _SATISFACTION})


def _clock_map(clock: Clock) -> ClockMap:
    return ClockMap(**{name: getattr(clock, name) for name in _CLOCK})


def _clock_of(stored: ClockMap) -> Clock:
    return Clock(**{name: getattr(stored, name) for name in _CLOCK})
