"""What a refusal calls things: kinds of records, statuses, and what conditions ask."""

from collections.abc import Iterable, Mapping
from functools import reduce

from chalicelib.domain.wording import Words, words

KINDS: Mapping[str, Words] = {
    "Answer": words("Ready-made answer"),
    "Attachment": words("File"),
    "Contact": words("Contact"),
    "Item": words("Item"),
    "Link": words("Link"),
    "Mail": words("Mail"),
    "Mailbox": words("Mailbox"),
    "Message": words("Message"),
    "Queue": words("Queue"),
    "Scheduled reply": words("Scheduled reply"),
    "Suppressed address": words("Suppressed address"),
    "Suspended mail": words("Suspended mail"),
    "Ticket": words("Ticket"),
    "View": words("View"),
    "agents": words("Agent"),
    "answers": words("Ready-made answer"),
    "api_keys": words("API key"),
    "assignment_rules": words("Assignment rules"),
    "blocked_senders": words("Blocked sender"),
    "calendars": words("Calendar"),
    "departments": words("Department"),
    "desk": words("Desk"),
    "event_rules": words("Rule"),
    "fields": words("Field"),
    "mail_rules": words("Mail rules"),
    "mailboxes": words("Mailbox"),
    "organisations": words("Organisation"),
    "personal_views": words("View"),
    "region": words("Region"),
    "satisfaction_rules": words("Satisfaction rules"),
    "setting_uses": words("Kind of rules"),
    "shared_views": words("View"),
    "sla_policies": words("Service level"),
    "status_labels": words("Status label"),
    "ticket_rules": words("Ticket rules"),
    "ticket_types": words("Ticket type"),
    "time_rules": words("Rule"),
    "topics": words("Topic"),
    "webhooks": words("Webhook"),
}
"""Records by the name of their kind in code; a kind of the set-up by its name in the API."""

STATUSES: Mapping[str, Words] = {
    "new": words("new"),
    "open": words("open"),
    "answered": words("answered"),
    "postponed": words("postponed"),
    "resolved": words("resolved"),
    "closed": words("closed"),
    "spam": words("spam"),
    "deleted": words("deleted"),
}
"""As they are said of a ticket."""

PRIORITIES: Mapping[str, Words] = {
    "low": words("low"),
    "normal": words("normal"),
    "high": words("high"),
    "urgent": words("urgent"),
}

FIELDS: Mapping[str, Words] = {
    "department": words("department"),
    "priority": words("priority"),
    "status": words("status"),
    "topic": words("topic"),
    "type": words("type"),
    "tags": words("tags"),
    "channel": words("channel"),
    "mailbox": words("mailbox"),
    "assignee": words("assignee"),
    "language": words("language"),
    "subject": words("subject"),
    "requester_address": words("requester's address"),
    "requester_domain": words("requester's domain"),
    "organisation": words("organisation"),
    "internal": words("internal ticket"),
    "body": words("text of the message"),
    "sender_address": words("sender's address"),
    "sender_domain": words("sender's domain"),
    "recipient": words("recipients"),
    "attachment": words("with a file"),
    "automatic": words("automatic mail"),
    "business_hours": words("time of the event"),
    "hours_since_created": words("hours since it came"),
    "hours_since_last_message": words("hours since the last message"),
}
"""What a condition asks about."""

OPERATORS: Mapping[str, Words] = {
    "is": words("is"),
    "is_not": words("is not"),
    "has": words("has"),
    "has_not": words("has not"),
    "contains": words("contains"),
    "contains_not": words("does not contain"),
    "at_least": words("at least"),
    "at_most": words("at most"),
    "is_empty": words("is empty"),
    "is_filled": words("is filled in"),
    "is_true": words("yes"),
    "is_false": words("no"),
    "inside": words("inside"),
    "outside": words("outside"),
}
"""How a condition asks it."""


def kind_name(kind: str) -> str:
    """A kind of record in words; what is none of ours stays as it is."""
    return KINDS.get(kind, kind)


def status_name(status: str) -> str:
    """A status in words."""
    return STATUSES.get(status, status)


def field_name(field: str) -> str:
    """What a condition asks about, in words; one of the desk's own fields is called by its id.

    >>> field_name("requester_domain"), field_name("field:serial")
    ("requester's domain", 'serial')
    """
    return FIELDS.get(field, field.removeprefix("field:"))


def value_name(field: str, value: str) -> str:
    """A value of a condition in words, where it is none that the desk made up."""
    known = {"status": STATUSES, "priority": PRIORITIES}.get(field, {})
    return known.get(value, value)


def one_of(names: Iterable[str]) -> str:
    """Names of which one will do, at least one.

    >>> one_of(["a", "b", "c"])
    'a or b or c'
    """
    return reduce(lambda one, other: words("{one} or {other}", one=one, other=other), names)
