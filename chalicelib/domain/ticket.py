"""What a ticket is: its current state, its messages and its events.

Only data and what can be read off it. How a ticket changes is in ``decisions/``; how its clocks
run is in ``sla.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.domain.custom_fields import Values
from chalicelib.domain.note_extras import Reminder
from chalicelib.domain.relations import Links
from chalicelib.domain.satisfaction import Satisfaction
from chalicelib.domain.sla import Clocks, next_alarm_at, next_due_at
from chalicelib.domain.status import Status

PREVIEW_CHARACTERS = 140
MAX_REFERENCES = 20
MAX_PARTICIPANTS = 20
RESTORABLE = timedelta(days=30)
"""How long spam and deleted tickets can be restored."""


class Priority(StrEnum):
    """How much a ticket matters, lowest first."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Channel(StrEnum):
    """The way in that a ticket or a message came.

    The last four are for what was said elsewhere and is written down by an agent.
    """

    FORM = "form"
    MAIL = "mail"
    API = "api"
    CONSOLE = "console"
    PORTAL = "portal"
    PHONE = "phone"
    IN_PERSON = "in_person"
    MESSENGER = "messenger"
    ELSEWHERE = "elsewhere"


EXTERNAL_CHANNELS = frozenset(
    {Channel.PHONE, Channel.IN_PERSON, Channel.MESSENGER, Channel.ELSEWHERE}
)
"""An internal note by one of these tells of a contact outside the desk."""


class MessageKind(StrEnum):
    """Who speaks to whom. Only the first two are ever shown to a customer.

    An automatic reply is what the customer's machine sent (a vacation notice): agents see it, it
    moves nothing.
    """

    CUSTOMER_MESSAGE = "customer_message"
    PUBLIC_REPLY = "public_reply"
    INTERNAL_NOTE = "internal_note"
    AUTOMATIC_REPLY = "automatic_reply"
    SYSTEM = "system"


PUBLIC_KINDS = frozenset({MessageKind.CUSTOMER_MESSAGE, MessageKind.PUBLIC_REPLY})


class ActorKind(StrEnum):
    """Whose doing something was."""

    AGENT = "agent"
    CUSTOMER = "customer"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did something; ``name`` is what a person reads in the history."""

    kind: ActorKind
    id: str
    name: str


SYSTEM = Actor(ActorKind.SYSTEM, "system", "Chamado")


@dataclass(frozen=True, slots=True)
class Requester:
    """The customer of a ticket, as known when it was opened."""

    id: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a message; its bytes are in the files bucket under ``key``.

    Attributes:
        size: bytes.
        content_id: of an inline picture, without angle brackets; empty otherwise.
    """

    id: str
    filename: str
    content_type: str
    size: int
    key: str
    content_id: str = ""


class DeliveryState(StrEnum):
    """What is known of a mail that leaves.

    Suppressed: not sent, for the address bounced or complained before.
    """

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    FAILED = "failed"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class Message:
    """One contribution to a ticket; never changed but for its delivery state.

    Attributes:
        text: plain text as shown; for mail only what the person newly wrote.
        html: sanitised; empty when the text is all there is.
        full_text: the whole mail's text with quotes, empty when it says no more than ``text``.
        message_id: Message-ID of the mail without angle brackets; for mail out what SES gave it.
        verified: the sender was authenticated (DMARC) or came through a signed link.
        copied: everybody else whom the sender wrote to (To and Cc), but for our own addresses;
            text to look at, it gives nobody a right.
        items: of a note, what can be ticked off.
        mentions: agents who are called in by a note.
        merged_from: the ticket that it was said on, where that was merged into this one; else 0.
    """

    id: str
    kind: MessageKind
    author: Actor
    channel: Channel
    text: str
    html: str
    created_at: datetime
    attachments: tuple[Attachment, ...] = ()
    full_text: str = ""
    message_id: str = ""
    verified: bool = True
    delivery: DeliveryState | None = None
    overflow_key: str = ""
    copied: tuple[str, ...] = ()
    merged_from: int = 0
    items: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()

    @property
    def is_public(self) -> bool:
        """Whether a customer may ever see this message."""
        return self.kind in PUBLIC_KINDS


class EventKind(StrEnum):
    """What can have happened to a ticket, in the past tense."""

    TICKET_CREATED = "ticket_created"
    CUSTOMER_MESSAGE_RECEIVED = "customer_message_received"
    PUBLIC_REPLY_SENT = "public_reply_sent"
    NOTE_ADDED = "note_added"
    STATUS_CHANGED = "status_changed"
    PRIORITY_CHANGED = "priority_changed"
    DEPARTMENT_CHANGED = "department_changed"
    TICKET_ASSIGNED = "ticket_assigned"
    TICKET_UNASSIGNED = "ticket_unassigned"
    TAGS_CHANGED = "tags_changed"
    SUBJECT_CHANGED = "subject_changed"
    TARGET_AT_RISK = "target_at_risk"
    TARGET_BREACHED = "target_breached"
    TICKET_PASSED_ON = "ticket_passed_on"
    AUTOMATIC_REPLY_RECEIVED = "automatic_reply_received"
    MAIL_NOT_DELIVERED = "mail_not_delivered"
    AGENT_MAIL_KEPT_AS_NOTE = "agent_mail_kept_as_note"
    PARTICIPANTS_CHANGED = "participants_changed"
    SCHEDULED_REPLY_HELD = "scheduled_reply_held"
    PROMISES_CHANGED = "promises_changed"
    TIME_RULE_ACTED = "time_rule_acted"
    RESOLUTION_HELD_BACK = "resolution_held_back"
    EVENT_RULE_ACTED = "event_rule_acted"
    RULES_STOPPED = "rules_stopped"
    ASSIGNMENT_ASKED = "assignment_asked"
    WEBHOOK_DELIVERED = "webhook_delivered"
    WEBHOOK_FAILED = "webhook_failed"
    TICKET_MERGED = "ticket_merged"
    TICKET_TAKEN_IN = "ticket_taken_in"
    TICKET_UNMERGED = "ticket_unmerged"
    TICKET_LET_GO = "ticket_let_go"
    LINK_ADDED = "link_added"
    LINK_REMOVED = "link_removed"
    LABEL_CHANGED = "label_changed"
    REQUESTER_CHANGED = "requester_changed"
    TYPE_CHANGED = "type_changed"
    FIELD_CHANGED = "field_changed"
    SOLUTION_CONFIRMED = "solution_confirmed"
    SOLUTION_REFUSED = "solution_refused"
    AGENT_MENTIONED = "agent_mentioned"
    ITEM_TICKED = "item_ticked"
    ITEM_UNTICKED = "item_unticked"
    REMINDER_DUE = "reminder_due"
    SATISFACTION_ASKED = "satisfaction_asked"
    SATISFACTION_NOT_ASKED = "satisfaction_not_asked"
    SATISFACTION_RATED = "satisfaction_rated"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; immutable, and the outbox from which jobs are made.

    Attributes:
        before, after: the changed values by field name, as plain strings.
        message_id: the message that this event is about, where there is one.
    """

    kind: EventKind
    actor: Actor
    at: datetime
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)
    message_id: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """The current state of one ticket. All times are aware and in UTC.

    Attributes:
        version: counts the writes; an edit says which version it was based on.
        status_before: where Spam, Deleted and Postponed lead back to.
        mailbox_id: the mailbox that mail to the requester leaves from.
        content_version: version that the last message came with; a reply that was based on an
            older one is stale, one that only missed a change of owner is not.
        participants: addresses besides the requester that take part.
        last_message_id: Message-ID of the customer's last mail, for In-Reply-To.
        references: chain of Message-IDs for the References header, oldest first.
        link_epoch: raised to revoke all signed links and reply addresses of this ticket.
        assigned_at: when the present owner got it.
        waiting_since: since when the customer waits for an answer; None while we wait for him.
        first_answered_at: when he first got an answer; solving without a word is one too.
        status_since: when it got its present status; None on tickets from before this was kept.
        terms_id: name of the terms that its clocks run under, empty for none; None on tickets from
            before this was kept.
        promised_priority: the priority that the promises were made at, where a rule raised the
            ticket's own since; None while they are the same.
        rules_done: time rules that acted on it, each with the instant that it counted from.
        rules_at: when the next time rule may act.
        policy_id: the service level that a rule chose; empty follows the conditions of policies.
        label_id: the label by which people see its status; empty for the status's own name.
        type_id: the kind of request; empty without one.
        fields: values of the desk's own fields, by field.
        confirmed_at: when the customer said that it is solved, since it last was.
        ticked: items of notes that are done, as ``tick_of`` names them.
        reminders: what authors of notes still want to be told of.
        satisfaction: when the customer is asked how our help was, and what he said.
        weight: how much it counts on its agent's load.
        last_customer_message_at: when the customer last wrote; None where he never did, and on tickets
            from before this was kept.
        passed_by: agents who left it to others since it last had an owner.
        put_away_at: since when it is spam or deleted.
        is_internal: no customer ever sees it, in whatever way.
        contact_id: the contact that it counts to since the requester's was merged into it; empty
            for the requester's own. Signed links name the requester and go on working.
        merged_into: the ticket that stands for this one since they were merged; 0 without one.
        merged_from: tickets for which this one stands.
        merge_brought: addresses that take part in ``merged_into`` because of this ticket.
    """

    number: int
    subject: str
    status: Status
    priority: Priority
    department_id: str
    mailbox_id: str
    channel: Channel
    requester: Requester
    created_at: datetime
    updated_at: datetime
    version: int = 1
    status_before: Status | None = None
    topic_id: str = ""
    language: str = "en"
    tags: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    assignee_id: str = ""
    assigned_at: datetime | None = None
    clocks: Clocks = ()
    postponed_until: datetime | None = None
    postponed_reason: str = ""
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    waiting_since: datetime | None = None
    first_answered_at: datetime | None = None
    last_message_at: datetime | None = None
    last_customer_message_at: datetime | None = None
    last_message_kind: MessageKind | None = None
    last_message_preview: str = ""
    message_count: int = 0
    content_version: int = 1
    last_message_id: str = ""
    references: tuple[str, ...] = ()
    link_epoch: int = 1
    status_since: datetime | None = None
    terms_id: str | None = None
    promised_priority: Priority | None = None
    rules_done: tuple[tuple[str, datetime], ...] = ()
    rules_at: datetime | None = None
    merged_into: int = 0
    merged_from: tuple[int, ...] = ()
    merge_brought: tuple[str, ...] = ()
    links: Links = ()
    label_id: str = ""
    policy_id: str = ""
    put_away_at: datetime | None = None
    is_internal: bool = False
    contact_id: str = ""
    confirmed_at: datetime | None = None
    type_id: str = ""
    fields: Values = field(default_factory=dict)
    ticked: tuple[str, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    satisfaction: Satisfaction = field(default_factory=Satisfaction)
    weight: int = 1
    passed_by: tuple[str, ...] = ()

    @property
    def wake_at(self) -> datetime | None:
        """The earliest instant at which this ticket must be looked at by itself."""
        candidates: list[datetime | None] = [next_alarm_at(self.clocks), self.rules_at]
        if self.status is Status.POSTPONED:
            candidates.append(self.postponed_until)
        candidates.extend((self.gone_at, self.satisfaction.ask_at))
        if not self.put_away_at:
            candidates.extend(reminder.at for reminder in self.reminders)
        return min((at for at in candidates if at), default=None)

    @property
    def gone_at(self) -> datetime | None:
        """When a ticket that was thrown away is gone for good; None for one that was not."""
        return self.put_away_at + RESTORABLE if self.put_away_at else None

    @property
    def customer_id(self) -> str:
        """The contact among whose tickets this one is listed."""
        return self.contact_id or self.requester.id

    @property
    def due_at(self) -> datetime | None:
        """When the nearest running target falls due."""
        return next_due_at(self.clocks)

    def has_participant(self, address: str) -> bool:
        """Whether mail from this address is a participant's; case does not matter."""
        wanted = address.casefold()
        known = (self.requester.email, *self.participants)
        return any(wanted == candidate.casefold() for candidate in known)


def preview(text: str) -> str:
    r"""The first words of a message on one line, for lists.

    >>> preview("Hello,\n\n the   VAT")
    'Hello, the VAT'
    """
    line = " ".join(text[: PREVIEW_CHARACTERS * 4].split())
    return line if len(line) <= PREVIEW_CHARACTERS else line[: PREVIEW_CHARACTERS - 1] + "…"
