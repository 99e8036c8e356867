"""What can be asked of a ticket in a condition, and of the moment at which something happens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from chalicelib.domain.calendar import BusinessCalendar, business_seconds_between
from chalicelib.domain.condition_fields import CUSTOM, Field
from chalicelib.domain.custom_fields import FieldValue
from chalicelib.domain.custom_fields import as_text as text_of
from chalicelib.domain.known_facts import Fact, Known
from chalicelib.domain.set_up import Organisation, organisation_of
from chalicelib.domain.ticket import Message, Ticket

LOOKED_AT = 20_000
"""Characters of a message in which words are looked for."""
_A_SECOND = timedelta(seconds=1)
_Houses = Mapping[str, Organisation]


def facts_of(ticket: Ticket, organisations: _Houses | None = None) -> Known:
    """A ticket in the words of ``domain/predicate.py``."""
    return Known(_of_ticket(ticket, organisations or {}))


def promised_facts_of(ticket: Ticket, organisations: _Houses | None = None) -> Known:
    """The same with the priority that the promises were made at: a breach raises only the other."""
    if ticket.promised_priority is None:
        return facts_of(ticket, organisations)
    return facts_of(replace(ticket, priority=ticket.promised_priority), organisations)


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happens to a ticket, as far as conditions can ask about it.

    Attributes:
        message: what was said with it, if anything was.
        sender: address of who said it.
        recipients: addresses that the message was sent to, our own included.
        is_automatic: a machine wrote it.
        last_message_at: when something was said before this.
    """

    at: datetime
    message: Message | None = None
    sender: str = ""
    recipients: frozenset[str] = frozenset()
    is_automatic: bool = False
    last_message_at: datetime | None = None


def facts_of_moment(
    ticket: Ticket, moment: Moment, calendars: Mapping[str, BusinessCalendar]
) -> Known:
    """What is asked of a moment: the fields of ``OF_A_MOMENT``. Rules do not change it."""
    said = moment.message
    return Known(
        {
            Field.BODY: lambda: said.text[:LOOKED_AT] if said else "",
            Field.SENDER_ADDRESS: lambda: moment.sender,
            Field.SENDER_DOMAIN: lambda: moment.sender.rpartition("@")[2],
            Field.RECIPIENT: lambda: moment.recipients,
            Field.ATTACHMENT: lambda: _flag(said and said.attachments),
            Field.AUTOMATIC: lambda: _flag(moment.is_automatic),
            Field.BUSINESS_HOURS: lambda: frozenset(
                name for name, calendar in calendars.items() if is_open(calendar, moment.at)
            ),
            Field.HOURS_SINCE_CREATED: lambda: _hours(ticket.created_at, moment.at),
            Field.HOURS_SINCE_LAST_MESSAGE: lambda: _hours(moment.last_message_at, moment.at),
        }
    )


def facts_at(ticket: Ticket, of_moment: Known, organisations: _Houses) -> Known:
    """A ticket as it is while something happens to it."""
    return Known(_of_ticket(ticket, organisations), of_moment)


def is_open(calendar: BusinessCalendar, at: datetime) -> bool:
    """Whether an instant is within the hours of a calendar."""
    return business_seconds_between(calendar, at, at + _A_SECOND) > 0


def _of_ticket(ticket: Ticket, organisations: _Houses) -> dict[str, Callable[[], Fact]]:
    address = ticket.requester.email
    known: dict[str, Callable[[], Fact]] = {
        Field.DEPARTMENT: lambda: ticket.department_id,
        Field.PRIORITY: lambda: ticket.priority,
        Field.STATUS: lambda: ticket.status,
        Field.TOPIC: lambda: ticket.topic_id,
        Field.TYPE: lambda: ticket.type_id,
        Field.TAGS: lambda: frozenset(ticket.tags),
        Field.CHANNEL: lambda: ticket.channel,
        Field.MAILBOX: lambda: ticket.mailbox_id,
        Field.ASSIGNEE: lambda: ticket.assignee_id,
        Field.LANGUAGE: lambda: ticket.language,
        Field.SUBJECT: lambda: ticket.subject,
        Field.REQUESTER_ADDRESS: lambda: address,
        Field.REQUESTER_DOMAIN: lambda: address.rpartition("@")[2],
        Field.ORGANISATION: lambda: organisation_of(organisations, address),
        Field.INTERNAL: lambda: _flag(ticket.is_internal),
    }
    for name, value in ticket.fields.items():
        known[f"{CUSTOM}{name}"] = partial(_custom, value)
    return known


def _custom(value: FieldValue) -> Fact:
    return frozenset(value) if isinstance(value, tuple) else text_of(value)


def _flag(holds: object) -> str:
    return "yes" if holds else ""


def _hours(since: datetime | None, at: datetime) -> str:
    return str((at - since).total_seconds() / 3600) if since else ""
