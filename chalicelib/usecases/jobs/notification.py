"""Jobs that end in mails and notices; kept in order by ticket."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, TypeAdapter

from chalicelib.usecases.jobs.base import LATER, NOTIFICATION, Job


class TellOfEvent(Job):
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


class SendLinks(Job):
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


class SendForwardingCheck(Job):
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


class SendDigest(Job):
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


class RegroupTickets(Job):
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


class TellMembers(Job):
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


NotificationJob = (
    TellOfEvent | SendLinks | SendForwardingCheck | SendDigest | RegroupTickets | TellMembers
)
NOTIFICATION_JOBS: TypeAdapter[NotificationJob] = TypeAdapter(
    Annotated[NotificationJob, Field(discriminator="kind")], config=LATER
)
