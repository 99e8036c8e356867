"""What travels on SQS: one model per job, versioned, small, and safe to receive twice.

A body that an older release queued must still be read: fields are only ever added, with defaults.
"""

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

INBOUND_MAIL = "inbound_mail"
ASSIGNMENT = "assignment"
NOTIFICATION = "notification"
PROJECTION = "projection"
TIMERS = "timers"
FAILED_RECORDS = "failed_records"


class _Job(BaseModel):
    """A job names its queue, the group whose order is kept, and what makes it the same job."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)
    queue: ClassVar[str]
    schema_version: int = 1

    @property
    def group(self) -> str:
        """Whose order is kept; empty on a queue that keeps none."""
        return ""

    @property
    def dedup_id(self) -> str:
        """What makes it the same job; empty on a queue that compares none."""
        return ""

    @property
    def delay_seconds(self) -> int:
        """How long SQS keeps it back, at most 900; a FIFO queue keeps back no single job."""
        return 0

    def body(self) -> str:
        """The JSON that travels."""
        return self.model_dump_json()


class AssignTicket(_Job):
    """A ticket needs an owner: find one in its department."""

    queue: ClassVar[str] = ASSIGNMENT
    kind: Literal["assign_ticket"] = "assign_ticket"
    number: int
    department_id: str
    cause: str
    asked: bool = False

    @property
    def group(self) -> str:
        return self.department_id

    @property
    def dedup_id(self) -> str:
        return f"assign-{self.number}-{self.cause}"


class FillAgent(_Job):
    """An agent has room: deal him what waits in his departments."""

    queue: ClassVar[str] = ASSIGNMENT
    kind: Literal["fill_agent"] = "fill_agent"
    agent_id: str
    cause: str

    @property
    def group(self) -> str:
        return f"agent:{self.agent_id}"

    @property
    def dedup_id(self) -> str:
        return f"fill-{self.agent_id}-{self.cause}"


class FillDepartment(_Job):
    """Tickets wait in a department: deal them to whoever has room."""

    queue: ClassVar[str] = ASSIGNMENT
    kind: Literal["fill_department"] = "fill_department"
    department_id: str
    cause: str

    @property
    def group(self) -> str:
        return self.department_id

    @property
    def dedup_id(self) -> str:
        return f"fill-{self.department_id}-{self.cause}"


class TellOfEvent(_Job):
    """Something happened on a ticket that a customer or an agent is told of."""

    queue: ClassVar[str] = NOTIFICATION
    kind: Literal["tell_of_event"] = "tell_of_event"
    number: int
    event_id: str
    event_kind: str
    actor_kind: str
    actor_id: str
    message_id: str = ""
    before: dict[str, str] = Field(default_factory=dict)
    after: dict[str, str] = Field(default_factory=dict)

    @property
    def group(self) -> str:
        return f"ticket:{self.number}"

    @property
    def dedup_id(self) -> str:
        return f"tell-{self.event_id}"


class SendLinks(_Job):
    """A customer asked for a fresh link to his tickets."""

    queue: ClassVar[str] = NOTIFICATION
    kind: Literal["send_links"] = "send_links"
    request_id: str
    address: str
    language: str

    @property
    def group(self) -> str:
        return f"links:{self.request_id}"

    @property
    def dedup_id(self) -> str:
        return f"links-{self.request_id}"


class ProjectTicket(_Job):
    """A ticket changed: its rows in the lists follow. ``image`` is the stored item."""

    queue: ClassVar[str] = PROJECTION
    kind: Literal["project_ticket"] = "project_ticket"
    number: int
    version: int
    image: dict[str, Any]

    @property
    def group(self) -> str:
        return f"ticket:{self.number}"

    @property
    def dedup_id(self) -> str:
        return f"project-{self.number}-{self.version}"


class WakeTicket(_Job):
    """A ticket's own time has come."""

    queue: ClassVar[str] = TIMERS
    kind: Literal["wake_ticket"] = "wake_ticket"
    number: int


class RefreshTickets(_Job):
    """The set-up of promises or time rules changed: open tickets follow, page by page.

    Attributes:
        department_id: whose tickets; empty is the beginning, which queues one for each.
        cursor: the place after which the page begins.
        delay: seconds; no part of what travels. At first longer than any container keeps an old
            set-up.
    """

    queue: ClassVar[str] = TIMERS
    kind: Literal["refresh_tickets"] = "refresh_tickets"
    cause: str
    department_id: str = ""
    cursor: str = ""
    delay: int = Field(default=0, exclude=True)

    @property
    def dedup_id(self) -> str:
        return f"refresh-{self.cause}-{self.department_id}-{self.cursor}"

    @property
    def delay_seconds(self) -> int:
        return self.delay


class ReleaseTickets(_Job):
    """An agent is away for long, or left a department: his tickets there go to others.

    Attributes:
        delay: seconds; no part of what travels.
    """

    queue: ClassVar[str] = TIMERS
    kind: Literal["release_tickets"] = "release_tickets"
    agent_id: str
    cause: str
    cursor: str = ""
    delay: int = Field(default=0, exclude=True)

    @property
    def delay_seconds(self) -> int:
        return self.delay


class ArrangeView(_Job):
    """A view was saved or removed, or what it depends on changed: its rows are made anew if so.

    Attributes:
        view_id: empty is every view that asks for what changed.
    """

    queue: ClassVar[str] = TIMERS
    kind: Literal["arrange_view"] = "arrange_view"
    view_id: str = ""


class BuildView(_Job):
    """The rows of a view are to be made or taken away: go on where it was left.

    Attributes:
        delay: seconds; no part of what travels.
    """

    queue: ClassVar[str] = TIMERS
    kind: Literal["build_view"] = "build_view"
    view_id: str
    delay: int = Field(default=0, exclude=True)

    @property
    def delay_seconds(self) -> int:
        return self.delay


class KeepBreaches(_Job):
    """The clocks of a ticket with a missed promise moved: the report follows."""

    queue: ClassVar[str] = TIMERS
    kind: Literal["keep_breaches"] = "keep_breaches"
    number: int
    version: int


class SendScheduledReply(_Job):
    """A reply's time comes: send it if it still waits.

    Attributes:
        delay: seconds until then when the job was made; no part of what travels.
    """

    queue: ClassVar[str] = TIMERS
    kind: Literal["send_scheduled_reply"] = "send_scheduled_reply"
    number: int
    reply_id: str
    delay: int = Field(default=0, exclude=True)

    @property
    def delay_seconds(self) -> int:
        return self.delay


class CountUse(_Job):
    """A rule acted: one more use of it.

    Attributes:
        cause: what makes it the same use.
    """

    queue: ClassVar[str] = TIMERS
    kind: Literal["count_use"] = "count_use"
    setting_kind: str
    setting_id: str
    cause: str


class CallWebhook(_Job):
    """A rule wants another system to be told.

    Attributes:
        attempt: how often it was tried before.
        delay: seconds; no part of what travels.
    """

    queue: ClassVar[str] = TIMERS
    kind: Literal["call_webhook"] = "call_webhook"
    number: int
    webhook_id: str
    event_id: str
    rule_id: str
    attempt: int = 0
    delay: int = Field(default=0, exclude=True)

    @property
    def delay_seconds(self) -> int:
        return self.delay


class StoredMailPlace(BaseModel):
    """Where a raw mail is, and when it came."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)
    key: str
    stored_at: datetime


class TakeStoredMail(_Job):
    """A stored mail that SES's announcement was lost of: take it by what SES wrote on top of it."""

    queue: ClassVar[str] = INBOUND_MAIL
    kind: Literal["take_stored_mail"] = "take_stored_mail"
    stored_mail: StoredMailPlace


class LetInMail(_Job):
    """A person lets in a mail that was kept out."""

    queue: ClassVar[str] = INBOUND_MAIL
    kind: Literal["let_in_mail"] = "let_in_mail"
    suspended_mail: str


class SendDigest(_Job):
    """An hour is over: mail an agent what he has not read.

    Attributes:
        hour: its end, in ISO form and UTC.
    """

    queue: ClassVar[str] = NOTIFICATION
    kind: Literal["send_digest"] = "send_digest"
    agent_id: str
    hour: str

    @property
    def group(self) -> str:
        return f"digest:{self.agent_id}"

    @property
    def dedup_id(self) -> str:
        return f"digest-{self.agent_id}-{self.hour}"


class SendForwardingCheck(_Job):
    """Send a mail to a forwarded address, to see whether it comes back."""

    queue: ClassVar[str] = NOTIFICATION
    kind: Literal["send_forwarding_check"] = "send_forwarding_check"
    check_id: str
    mailbox_id: str
    address: str

    @property
    def group(self) -> str:
        return f"check:{self.check_id}"

    @property
    def dedup_id(self) -> str:
        return f"check-{self.check_id}"


class RegroupTickets(_Job):
    """Two contacts are one person: the tickets of one count to the other, page by page."""

    queue: ClassVar[str] = NOTIFICATION
    kind: Literal["regroup_tickets"] = "regroup_tickets"
    source: str
    target: str
    cause: str

    @property
    def group(self) -> str:
        return f"contact:{self.source}"

    @property
    def dedup_id(self) -> str:
        return f"regroup-{self.source}-{self.cause}"


class TellMembers(_Job):
    """Somebody was let into departments, or one is no longer confidential: its members are told."""

    queue: ClassVar[str] = NOTIFICATION
    kind: Literal["tell_members"] = "tell_members"
    change_id: str
    departments: list[str]
    agent_id: str = ""
    made_public: bool = False
    by: str = ""

    @property
    def group(self) -> str:
        return f"members:{self.change_id}"

    @property
    def dedup_id(self) -> str:
        return f"members-{self.change_id}"


class FailedRecord(_Job):
    """A stream record that could not be turned into jobs; a person looks at it."""

    queue: ClassVar[str] = FAILED_RECORDS
    kind: Literal["failed_record"] = "failed_record"
    event_id: str
    keys: dict[str, Any]
    reason: str


AssignmentJob = Annotated[AssignTicket | FillAgent | FillDepartment, Field(discriminator="kind")]
TimerJob = Annotated[
    WakeTicket
    | SendScheduledReply
    | RefreshTickets
    | KeepBreaches
    | ReleaseTickets
    | CountUse
    | CallWebhook
    | ArrangeView
    | BuildView,
    Field(discriminator="kind"),
]
NotificationJob = Annotated[
    TellOfEvent | SendLinks | SendForwardingCheck | SendDigest | RegroupTickets | TellMembers,
    Field(discriminator="kind"),
]

# Built by the first job that is read: every function imports this, and few read jobs.
_LATER = ConfigDict(defer_build=True)
ASSIGNMENT_JOBS: TypeAdapter[AssignTicket | FillAgent | FillDepartment] = TypeAdapter(
    AssignmentJob, config=_LATER
)
NOTIFICATION_JOBS: TypeAdapter[
    TellOfEvent | SendLinks | SendForwardingCheck | SendDigest | RegroupTickets | TellMembers
] = TypeAdapter(NotificationJob, config=_LATER)
TIMER_JOBS: TypeAdapter[
    WakeTicket
    | SendScheduledReply
    | RefreshTickets
    | KeepBreaches
    | ReleaseTickets
    | CountUse
    | CallWebhook
    | ArrangeView
    | BuildView
] = TypeAdapter(TimerJob, config=_LATER)
