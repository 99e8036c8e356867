"""Jobs made of changes in the table: rows of lists, and changes that could not be read."""

from typing import Any, ClassVar, Literal

from chalicelib.usecases.jobs.base import FAILED_RECORDS, PROJECTION, Job


class ProjectTicket(Job):
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


class FailedRecord(Job):
    """A stream record that could not be turned into jobs; a person looks at it."""

    queue: ClassVar[str] = FAILED_RECORDS
    kind: Literal["failed_record"] = "failed_record"
    event_id: str
    keys: dict[str, Any]
    reason: str
