"""Jobs whose time comes, or that may wait: no order, and SQS can keep them back."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, TypeAdapter

from chalicelib.usecases.jobs.base import LATER, TIMERS, DelayedJob, Job


class WakeTicket(Job):
    """A ticket's own time has come."""

    queue: ClassVar[str] = TIMERS
    kind: Literal["wake_ticket"] = "wake_ticket"
    number: int


class SendScheduledReply(DelayedJob):
    """A reply's time comes: send it if it still waits.

    Attributes:
        delay: seconds until then when the job was made; no part of what travels.
    """

    queue: ClassVar[str] = TIMERS
    kind: Literal["send_scheduled_reply"] = "send_scheduled_reply"
    number: int
    reply_id: str


class RefreshTickets(DelayedJob):
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

    @property
    def dedup_id(self) -> str:
        return f"refresh-{self.cause}-{self.department_id}-{self.cursor}"


class KeepBreaches(Job):
    """The clocks of a ticket with a missed promise moved: the report follows."""

    queue: ClassVar[str] = TIMERS
    kind: Literal["keep_breaches"] = "keep_breaches"
    number: int
    version: int


class ReleaseTickets(DelayedJob):
    """An agent is away for long, or left a department: his tickets there go to others."""

    queue: ClassVar[str] = TIMERS
    kind: Literal["release_tickets"] = "release_tickets"
    agent_id: str
    cause: str
    cursor: str = ""


class CountUse(Job):
    """A rule acted: one more use of it.

    Attributes:
        cause: what makes it the same use.
    """

    queue: ClassVar[str] = TIMERS
    kind: Literal["count_use"] = "count_use"
    setting_kind: str
    setting_id: str
    cause: str


class CallWebhook(DelayedJob):
    """A rule wants another system to be told.

    Attributes:
        attempt: how often it was tried before.
    """

    queue: ClassVar[str] = TIMERS
    kind: Literal["call_webhook"] = "call_webhook"
    number: int
    webhook_id: str
    event_id: str
    rule_id: str
    attempt: int = 0


class ArrangeView(Job):
    """A view was saved or removed, or what it depends on changed: its rows are made anew if so.

    Attributes:
        view_id: empty is every view that asks for what changed.
    """

    queue: ClassVar[str] = TIMERS
    kind: Literal["arrange_view"] = "arrange_view"
    view_id: str = ""


class BuildView(DelayedJob):
    """The rows of a view are to be made or taken away: go on where it was left."""

    queue: ClassVar[str] = TIMERS
    kind: Literal["build_view"] = "build_view"
    view_id: str


TimerJob = (
    WakeTicket
    | SendScheduledReply
    | RefreshTickets
    | KeepBreaches
    | ReleaseTickets
    | CountUse
    | CallWebhook
    | ArrangeView
    | BuildView
)
TIMER_JOBS: TypeAdapter[TimerJob] = TypeAdapter(
    Annotated[TimerJob, Field(discriminator="kind")], config=LATER
)
