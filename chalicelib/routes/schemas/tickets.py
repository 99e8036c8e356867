"""Tickets, their messages and events, and the lists that show them."""

from typing import Annotated, Literal

from pydantic import (
    AwareDatetime,
    EmailStr,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    StringConstraints,
)

from chalicelib.domain.decisions import FirstMessage
from chalicelib.domain.note_extras import MAX_ITEMS
from chalicelib.domain.satisfaction import Rating
from chalicelib.domain.scheduled_reply import HeldReason
from chalicelib.domain.sla import BadgeState, ClockState, Target
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import (
    MAX_PARTICIPANTS,
    ActorKind,
    Channel,
    DeliveryState,
    EventKind,
    MessageKind,
    Priority,
)
from chalicelib.routes.schemas.base import Answer, Moment, Problem, Request

Subject = Annotated[str, StringConstraints(min_length=1, max_length=250, pattern=r"^[^\r\n]*$")]
PersonName = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\r\n]*$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=100_000)]
SettingId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")]
Tag = Annotated[str, StringConstraints(pattern=r"^[^\s,]{1,50}$", to_lower=True)]
Contact = Literal[Channel.PHONE, Channel.IN_PERSON, Channel.MESSENGER, Channel.ELSEWHERE]
Item = Annotated[str, StringConstraints(min_length=1, max_length=250, pattern=r"^[^\r\n]*$")]
MAX_FILES = 10
FieldValue = StrictBool | StrictInt | StrictFloat | StrictStr | list[str]


class ActorBody(Answer):
    """Who did something."""

    kind: ActorKind
    id: str
    name: str


class NamedAgent(Answer):
    """An agent by name."""

    id: str
    name: str


class AttachmentBody(Answer):
    """A file of a message; ``size`` in bytes. Its bytes are at the attachment's own URL."""

    id: str
    filename: str
    content_type: str
    size: int
    content_id: str = ""


class MessageBody(Answer):
    """One contribution to the thread."""

    type: Literal["message"] = "message"
    id: str
    kind: MessageKind
    author: ActorBody
    channel: Channel
    text: str
    html: str = Field(description="Sanitised; empty when the text is all there is.")
    full_text: str = Field(description="With the quoted rest; empty when `text` is the whole.")
    attachments: list[AttachmentBody]
    created_at: Moment
    verified: bool
    delivery: DeliveryState | None = None
    items: list[str] = Field(description="Of a note: what can be ticked off.")
    mentions: list[str] = Field(description="Agents who are called in by a note.")
    merged_from: int = Field(description="The ticket it was said on, if that was merged; else 0.")
    copied: list[str] = Field(
        default=[], description="Whom else the sender wrote to; they take part only if listed so."
    )


class EventBody(Answer):
    """Something that happened to the ticket."""

    type: Literal["event"] = "event"
    id: str
    kind: EventKind
    actor: ActorBody
    at: Moment
    before: dict[str, str]
    after: dict[str, str]
    message_id: str = ""


Entry = Annotated[MessageBody | EventBody, Field(discriminator="type")]


class RequesterBody(Answer):
    """The customer of a ticket."""

    id: str
    name: str
    email: str


class SLABadge(Answer):
    """How a ticket stands against its promises right now."""

    state: BadgeState
    due_at: Moment | None = None


class ClockBody(Answer):
    """One target of the SLA. Seconds are business seconds of the policy's calendar."""

    target: Target
    state: ClockState
    started_at: Moment
    due_at: Moment | None = None
    finished_at: Moment | None = None
    breached_at: Moment | None = None
    allowed_seconds: int
    spent_seconds: int


class TicketSummary(Answer):
    """A ticket as a row of a list."""

    number: int
    subject: str
    status: Status
    priority: Priority
    channel: Channel
    department_id: str
    assignee_id: str
    requester: RequesterBody
    tags: list[str]
    type_id: str
    created_at: Moment
    updated_at: Moment
    label_id: str = Field(description="Label of the status; empty for the status's own name.")
    internal: bool = Field(description="No customer ever sees it.")
    due_at: Moment | None
    waiting_since: Moment | None = Field(description="Since when the customer waits for us.")
    badge: SLABadge
    last_message_preview: str
    last_message_kind: MessageKind | None
    last_message_at: Moment | None
    message_count: int


class ReminderBody(Answer):
    """When an agent is told of his note again."""

    at: Moment
    agent_id: str
    message_id: str


class SatisfactionBody(Answer):
    """What the customer says of the help he got; asked once in a ticket's life."""

    ask_at: Moment | None = Field(description="When he will be asked.")
    asked_at: Moment | None
    rating: Rating | None
    comment: str
    rated_at: Moment | None
    agent_id: str = Field(description="Who owned the ticket when it was solved; empty for nobody.")


class TicketBody(TicketSummary):
    """A ticket with all that an agent may see; ``version`` is also the ETag."""

    version: int
    mailbox_id: str
    topic_id: str
    language: str
    participants: list[str]
    clocks: list[ClockBody]
    postponed_until: Moment | None
    postponed_reason: str
    resolved_at: Moment | None
    closed_at: Moment | None
    fields: dict[str, FieldValue]
    ticked: list[str] = Field(description="Items of notes that are done: `<message>:<index>`.")
    reminders: list[ReminderBody]
    confirmed_at: Moment | None = Field(description="When the customer said that it is solved.")
    satisfaction: SatisfactionBody | None = Field(
        description="The question how the help was; null while nobody is to be asked."
    )
    gone_at: Moment | None = Field(description="When a ticket thrown away is gone for good.")
    organisation_id: str = Field(description="By the domain of the requester's address.")
    merged_into: int = Field(description="The ticket that stands for this one; 0 without one.")
    merged_from: list[int] = Field(description="Tickets for which this one stands.")
    allowed_causes: list[str] = Field(description="Status changes that this person may make now.")
    escalates_to: str = Field(
        description="The department to which this person can escalate it now; empty for none."
    )


class ScheduledReplyBody(Answer):
    """A reply that waits to be sent; customers know nothing of it yet."""

    id: str
    agent: NamedAgent
    text: str
    attachments: list[AttachmentBody]
    resolves: bool = Field(description="The ticket is resolved when it leaves.")
    send_at: Moment
    created_at: Moment
    version: int = Field(description="Of this reply; send it with a change.")
    held: HeldReason | None = Field(
        description="Why it did not leave at its time; it waits for a person now."
    )


class OpenedTicket(Answer):
    """A ticket and the newest part of its thread, oldest entry first."""

    ticket: TicketBody
    entries: list[Entry]
    older: str | None = Field(description="Cursor of the entries before these; null at the start.")
    scheduled: list[ScheduledReplyBody] = Field(description="Replies that wait to be sent.")


class StaleProblem(Problem):
    """409: somebody changed the ticket meanwhile; here is how it is now."""

    current: OpenedTicket | None = None


class EntryPage(Answer):
    """Older entries of a thread, oldest first."""

    entries: list[Entry]
    older: str | None


class TicketPage(Answer):
    """One page of a list; ``next`` is the cursor of the page after it."""

    tickets: list[TicketSummary]
    next: str | None


class NewTicket(Request):
    """A ticket that an agent or an integration opens for a customer."""

    requester_name: PersonName
    requester_email: EmailStr
    subject: Subject
    text: Text
    department_id: SettingId | None = None
    topic_id: SettingId | None = None
    priority: Priority = Priority.NORMAL
    tags: list[Tag] = Field(default=[], max_length=20)
    uploads: list[str] = Field(default=[], max_length=MAX_FILES)
    first_message: FirstMessage = Field(
        default=FirstMessage.CUSTOMER,
        description="Whose words `text` is: the customer's, an internal note, a mail to him.",
    )
    type_id: SettingId | None = None
    fields: dict[SettingId, FieldValue | None] = Field(
        default={}, max_length=50, description="Values of the desk's own fields."
    )
    internal: bool = Field(
        default=False, description="No customer ever sees it; it begins with a note."
    )


class NewRequest(Request):
    """What a customer sends by the public form."""

    name: PersonName
    email: EmailStr
    topic: SettingId | None = None
    fields: dict[SettingId, FieldValue | None] | None = Field(
        default=None, max_length=50, description="Values of the fields that the topic asks for."
    )
    subject: Subject
    description: Text
    uploads: list[str] = Field(default=[], max_length=MAX_FILES)
    language: Literal["en", "pt_BR", "pt_PT", "es"] | None = None
    website: str = Field(default="", max_length=200, description="Leave empty: a trap for robots.")


class RequestReceived(Answer):
    """The number of the new ticket; the link to it comes by mail."""

    number: int


class NewMessage(Request):
    """A public reply or an internal note.

    ``send_at`` belongs to replies, ``contact`` to notes: by which way something was said outside
    the desk.
    """

    kind: Literal[MessageKind.PUBLIC_REPLY, MessageKind.INTERNAL_NOTE]
    text: Text
    uploads: list[str] = Field(default=[], max_length=MAX_FILES)
    then: Literal["stay", "resolve"] = "stay"
    send_at: AwareDatetime | None = Field(
        default=None, description="When the reply leaves, within a year; until then it waits."
    )
    contact: Contact | None = Field(
        default=None, description="The note tells of a contact outside the desk."
    )
    items: list[Item] = Field(
        default=[], max_length=MAX_ITEMS, description="Of a note: what can be ticked off."
    )
    mentions: list[SettingId] = Field(
        default=[],
        max_length=20,
        description="Of a note: agents who are called in, besides those behind an @ in the text.",
    )
    remind_at: AwareDatetime | None = Field(
        default=None, description="Of a note: when its author is told of it again."
    )


class Tick(Request):
    """Whether an item of a note is done."""

    done: bool


class MessageAdded(Answer):
    """The new message, or the reply that waits, and the ticket as it is now.

    Both are null when a repeated request finds that the reply left or was taken back.
    """

    message: MessageBody | None = None
    scheduled: ScheduledReplyBody | None = None
    ticket: TicketBody


class ScheduledReplyChange(Request):
    """Other words or another time; what is left out stays. A held reply goes by its new time."""

    version: int = Field(ge=1, description="Of the reply that this change was made on.")
    text: Text | None = None
    send_at: AwareDatetime | None = None


class TakenBack(Answer):
    """The reply as it was. ``uploads`` name its files for another message, as they are listed."""

    reply: ScheduledReplyBody
    uploads: list[str]


class TicketChange(Request):
    """What to change; fields that are left out stay. ``status`` names the wanted status."""

    status: (
        Literal[
            Status.POSTPONED,
            Status.RESOLVED,
            Status.OPEN,
            Status.CLOSED,
            Status.SPAM,
            Status.DELETED,
            "restored",
        ]
        | None
    ) = None
    postponed_until: AwareDatetime | None = None
    postponed_reason: str | None = Field(default=None, max_length=250)
    type_id: SettingId | Literal[""] | None = None
    fields: dict[SettingId, FieldValue | None] | None = Field(
        default=None, max_length=50, description="Fields to change; null empties one."
    )
    label_id: SettingId | Literal[""] | None = Field(
        default=None,
        description="A status label; the status moves to the one that it stands for.",
    )
    priority: Priority | None = None
    department_id: SettingId | None = None
    assignee_id: SettingId | Literal[""] | None = Field(
        default=None, description="An agent's id; an empty string takes the owner away."
    )
    subject: Subject | None = None
    tags: list[Tag] | None = Field(default=None, max_length=20)
    participants: list[EmailStr] | None = Field(
        default=None,
        max_length=MAX_PARTICIPANTS,
        description="Everybody besides the requester who gets the replies by mail.",
    )
    requester_email: EmailStr | None = Field(
        default=None, description="Whose ticket it is; what the one before held opens nothing more."
    )
    requester_name: PersonName | None = None


class PassedOn(Request):
    """The ticket that was dealt last and is left to others, and why."""

    number: int
    reason: str = Field(min_length=1, max_length=200)


class ClaimRequest(Request):
    """Ask for the next ticket to solve.

    ``passed_on`` leaves one to others; it is told on the ticket and counted. ``skip`` only leaves
    numbers out, those that are being answered just now for example.
    """

    skip: list[int] = Field(default=[], max_length=20, description="Numbers not to deal now.")
    passed_on: PassedOn | None = None


class Claimed(Answer):
    """The ticket that was dealt; ``newly_assigned`` is false when it was already yours."""

    ticket: TicketBody
    newly_assigned: bool


class NewUpload(Request):
    """A file that is going to be sent; ``size`` in bytes."""

    filename: str = Field(min_length=1, max_length=255)
    content_type: str = Field(max_length=100, pattern=r"^[\w.+-]+/[\w.+-]+$")
    size: int = Field(ge=1, le=20 * 1024 * 1024)


class UploadSlot(Answer):
    """Where to POST the file as multipart form data, with ``fields`` before the file.

    ``upload`` is what a later request names in ``uploads``.
    """

    upload: str
    url: str
    fields: dict[str, str]


class AttachmentLink(Answer):
    """A short-lived address of a file."""

    url: str
    expires_at: Moment
