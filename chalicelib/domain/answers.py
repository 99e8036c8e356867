"""Ready-made words: short ones, long ones with files, and macros that also do something.

Each belongs to everybody, to a department, or to one agent, and is there for nobody else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.access import sees_department
from chalicelib.domain.answer_text import check_variables
from chalicelib.domain.desk import Agent, Desk, Role
from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.event_rule import Macro
from chalicelib.domain.files import MAX_FILES
from chalicelib.domain.step import BY_MACRO, Step, check_steps
from chalicelib.domain.step_checks import check_steps_of
from chalicelib.domain.ticket import Attachment
from chalicelib.domain.wording import words

SHARED = "desk"
_OF_DEPARTMENT, _OF_AGENT = "department:", "agent:"
_BETWEEN = "~"
FILE_OF_ANSWER = "answer-"
"""How the id of a file begins that belongs to ready-made words: it outlives the tickets it goes to."""


class AnswerKind(StrEnum):
    """What it is: a short text, a long one with files, or a macro."""

    CANNED = "canned_message"
    PREDEFINED = "predefined_answer"
    MACRO = "macro"


LONGEST: Mapping[AnswerKind, int] = {
    AnswerKind.CANNED: 2_000,
    AnswerKind.PREDEFINED: 20_000,
    AnswerKind.MACRO: 20_000,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One ready-made text.

    Attributes:
        name: the last part of its id, which nobody chooses.
        owner: ``desk``, ``department:`` or ``agent:`` and an id.
        folder: where it stands in lists; empty for none.
        version: counts the writes.
    """

    name: str
    kind: AnswerKind
    owner: str
    title: str
    text: str = ""
    folder: str = ""
    steps: tuple[Step, ...] = ()
    files: tuple[Attachment, ...] = ()
    version: int = 0

    @property
    def id(self) -> str:
        """How it is asked for: whose it is, its kind and its name."""
        return _BETWEEN.join((self.owner, self.kind, self.name))

    def as_macro(self) -> Macro:
        """What a rule applies."""
        return Macro(self.id, self.title, self.steps, self.text)


def place_of(answer_id: str) -> tuple[str, AnswerKind, str] | None:
    """Owner, kind and name; None for what is no id.

    >>> place_of("desk~macro~01A")
    ('desk', <AnswerKind.MACRO: 'macro'>, '01A')
    """
    owner, _, rest = answer_id.partition(_BETWEEN)
    kind, _, name = rest.partition(_BETWEEN)
    if not owner or not name or _BETWEEN in name or kind not in set(AnswerKind):
        return None
    return owner, AnswerKind(kind), name


def owners_for(desk: Desk, agent: Agent) -> tuple[str, ...]:
    """Whose words are there for an agent: everybody's, his departments', his own; in this order."""
    departments = sorted(d for d in desk.departments if sees_department(agent, d))
    return (SHARED, *(f"{_OF_DEPARTMENT}{d}" for d in departments), f"{_OF_AGENT}{agent.id}")


def may_change(desk: Desk, agent: Agent, owner: str) -> bool:
    """His own everybody; a department's its supervisors; what all share the administrators."""
    if owner not in owners_for(desk, agent):
        return False
    if owner.startswith(_OF_AGENT) or agent.role is Role.ADMINISTRATOR:
        return True
    return owner.startswith(_OF_DEPARTMENT) and agent.role is Role.SUPERVISOR


def check_answer(desk: Desk, answer: Answer) -> None:
    """Refuse words that could not be used.

    Raises:
        InvalidSetting: the first thing that is wrong, in words.
    """
    if answer.kind is not AnswerKind.MACRO and not answer.text.strip():
        raise InvalidSetting("text", words("Write the words."))
    if len(answer.text) > LONGEST[answer.kind]:
        raise InvalidSetting(
            "text", words("Write at most {most} characters.", most=LONGEST[answer.kind])
        )
    if answer.kind is not AnswerKind.MACRO and answer.steps:
        raise InvalidSetting("steps", words("Only a macro does something."))
    if answer.kind is AnswerKind.MACRO and not answer.steps and not answer.text.strip():
        raise InvalidSetting("steps", words("Say what the macro does, or write its words."))
    if answer.files and answer.kind is AnswerKind.CANNED:
        raise InvalidSetting("uploads", words("Short texts have no files; make it a long one."))
    if len(answer.files) > MAX_FILES:
        raise InvalidSetting("uploads", words("Keep at most {most} files.", most=MAX_FILES))
    check_variables(desk.fields, answer.text, "text")
    check_steps(answer.steps, BY_MACRO)
    check_steps_of(desk, "steps", answer.steps)
