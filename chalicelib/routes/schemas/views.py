"""Lists of tickets: those of every desk, shared views, an agent's own."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chalicelib.domain.desk import Role
from chalicelib.domain.saved_views import DEFAULT_COLUMNS, Column, Sort, Split
from chalicelib.routes.schemas.base import Answer, Request
from chalicelib.usecases.settings_base import Name
from chalicelib.usecases.settings_promises import PredicateDocument

ViewName = Annotated[str, StringConstraints(max_length=120)]


class PartCount(Answer):
    """How many tickets of a view are in one department."""

    department_id: str
    count: int


class ViewSummary(Answer):
    """A list in the console's rail and how many tickets are in it for this agent.

    ``name`` is empty for the lists of every desk, which are called by the reader's language. While
    a view is built it shows what it showed before, or what there is of it already.
    """

    id: str
    name: str = ""
    count: int
    personal: bool = False
    sort: Sort = Sort.TIME_LEFT
    split: Split = Split.NONE
    columns: list[Column] = Field(default=list(DEFAULT_COLUMNS))
    state: Literal["ready", "building"] = "ready"
    parts: list[PartCount] = Field(
        default=[], description="By department, of a view that is split so; none that is empty."
    )


class Views(Answer):
    """The lists of this agent."""

    views: list[ViewSummary]


class ViewBody(ViewSummary):
    """A saved view whole.

    ``done`` of ``total`` ticket numbers were gone through when it is being built. ``version`` is
    the ETag of a view of one's own; 0 for one that is shared.
    """

    conditions: PredicateDocument
    departments: list[str]
    roles: list[Role]
    position: int
    done: int
    total: int
    version: int


class PersonalView(Request):
    """A view of one's own; conditions as in rules, but for what is known only of a moment."""

    name: Name
    conditions: PredicateDocument = PredicateDocument()
    sort: Sort = Sort.TIME_LEFT
    split: Split = Split.NONE
    columns: list[Column] = Field(default=list(DEFAULT_COLUMNS), max_length=len(Column))
    position: int = Field(default=0, ge=0, le=1000)
