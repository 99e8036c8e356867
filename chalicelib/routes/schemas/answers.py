"""Ready-made words."""

from typing import Annotated

from pydantic import Field, StringConstraints

from chalicelib.domain.answers import AnswerKind
from chalicelib.domain.files import MAX_FILES
from chalicelib.domain.step import MOST_STEPS
from chalicelib.routes.schemas import base
from chalicelib.routes.schemas.tickets import TicketChange
from chalicelib.usecases.settings_base import Name
from chalicelib.usecases.settings_promises import StepDocument

Folder = Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\r\n]*$")]
Owner = Annotated[str, StringConstraints(pattern=r"^(desk|(department|agent):[a-z0-9_-]{1,63})$")]


class AnswerFile(base.Answer):
    """A file of a long answer."""

    id: str
    filename: str
    content_type: str
    size: int


class AnswerBody(base.Answer):
    """One ready-made text; ``owner`` is ``desk``, ``department:`` or ``agent:`` and an id.

    ``may_change`` tells whether this agent may; ``version`` is also the ETag.
    """

    id: str
    kind: AnswerKind
    owner: str
    title: str
    text: str
    folder: str
    steps: list[StepDocument]
    files: list[AnswerFile]
    may_change: bool
    version: int


class AnswerPage(base.Answer):
    """Those that are there for the agent: everybody's, his departments', his own."""

    answers: list[AnswerBody]
    next: str | None


class KeepAnswer(base.Request):
    """Words to keep. ``files`` are those that it had and keeps, ``uploads`` new ones."""

    title: Name
    text: str = Field(default="", max_length=20_000)
    folder: Folder = ""
    steps: list[StepDocument] = Field(default=[], max_length=MOST_STEPS)
    files: list[str] = Field(default=[], max_length=MAX_FILES)
    uploads: list[str] = Field(default=[], max_length=MAX_FILES)


class NewAnswer(KeepAnswer):
    """New words, of a kind and for somebody; both stay."""

    kind: AnswerKind
    owner: Owner


class InsertedFile(base.Answer):
    """A file; ``upload`` is what the message names in ``uploads``."""

    upload: str
    filename: str
    size: int


class InsertedAnswer(base.Answer):
    """Words filled in for a ticket, and what a macro wants changed: the body of a PATCH of it."""

    title: str
    text: str
    files: list[InsertedFile]
    change: TicketChange | None
