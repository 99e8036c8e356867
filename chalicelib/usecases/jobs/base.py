"""What every job has: a queue, whose order it keeps, what makes it the same job."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

INBOUND_MAIL = "inbound_mail"
ASSIGNMENT = "assignment"
NOTIFICATION = "notification"
PROJECTION = "projection"
TIMERS = "timers"
FAILED_RECORDS = "failed_records"

# Built by the first job that is read: every function imports these, and few read jobs.
LATER = ConfigDict(defer_build=True)


class Job(BaseModel):
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


class DelayedJob(Job):
    """A job of an unordered queue that SQS may keep back.

    Attributes:
        delay: seconds; no part of what travels.
    """

    delay: int = Field(default=0, exclude=True)

    @property
    def delay_seconds(self) -> int:
        return self.delay
