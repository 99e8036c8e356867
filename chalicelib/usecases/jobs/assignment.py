"""Jobs that find owners for tickets; kept in order by department or agent."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, TypeAdapter

from chalicelib.usecases.jobs.base import ASSIGNMENT, LATER, Job


class AssignTicket(Job):
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


class FillAgent(Job):
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


class FillDepartment(Job):
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


AssignmentJob = AssignTicket | FillAgent | FillDepartment
ASSIGNMENT_JOBS: TypeAdapter[AssignmentJob] = TypeAdapter(
    Annotated[AssignmentJob, Field(discriminator="kind")], config=LATER
)
