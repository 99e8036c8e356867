"""Agents find, use and keep ready-made words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from chalicelib.domain.access import Action, require_on_ticket
from chalicelib.domain.answer_text import filled_in_text
from chalicelib.domain.answers import (
    FILE_OF_ANSWER,
    Answer,
    AnswerKind,
    check_answer,
    may_change,
    owners_for,
    place_of,
)
from chalicelib.domain.custom_fields import FieldValue, checked, typed_value
from chalicelib.domain.desk import Agent, Desk, macros_applied
from chalicelib.domain.errors import Fault, InvalidRequest, InvalidSetting, NotFound, StaleSetting
from chalicelib.domain.step import Step, StepKind
from chalicelib.domain.ticket import Attachment, Priority, Ticket
from chalicelib.domain.wording import words
from chalicelib.usecases.attachments import claim_uploads, name_of_upload
from chalicelib.usecases.ports import Ports

_READS = 6
_PAGE = 100
_MOST_TAGS = 20
_HIGHER = {Priority.LOW: Priority.NORMAL, Priority.NORMAL: Priority.HIGH}


def list_answers(
    ports: Ports, agent: Agent, *, kind: AnswerKind | None, search: str, limit: int, cursor: str
) -> tuple[Sequence[Answer], str]:
    """What is there for an agent, by whose it is, and where the next page begins.

    Reads a few pages at most, one after the other; what a search leaves out may make a page short.

    Args:
        search: stands in the title, the folder or the words; upper and lower case are one.
    """
    owners = owners_for(ports.settings.desk(), agent)
    place, _, after = cursor.partition("|")
    at = int(place) if place.isdecimal() else 0
    found: list[Answer] = []
    for _ in range(_READS):
        if at >= len(owners):
            return found, ""
        page, after = ports.answers.page(
            owners[at], kind, limit=min(_PAGE, limit - len(found)), after=after
        )
        found += [answer for answer in page if _is_found(answer, search)]
        at = at if after else at + 1
        if len(found) >= limit:
            break
    return found, f"{at}|{after}" if at < len(owners) else ""


def find_answer(ports: Ports, agent: Agent, answer_id: str) -> Answer:
    """One of those that are there for this agent.

    Raises:
        NotFound: there is none, or not for him.
    """
    place = place_of(answer_id)
    if place is None or place[0] not in owners_for(ports.settings.desk(), agent):
        raise NotFound("Answer", answer_id)
    return ports.answers.get(*place)


def save_answer(
    ports: Ports, agent: Agent, answer: Answer, *, uploads: Sequence[str], keep: Sequence[str]
) -> Answer:
    """Keep words; a new one has version 0 and no name yet.

    Args:
        uploads: signed names of files that were uploaded before.
        keep: ids of files that it had and still has.

    Raises:
        InvalidRequest: they are not this agent's to change, or a file is missing.
        InvalidSetting: they could not be used.
        NotFound, StaleSetting: it is not there for him, or was changed meanwhile.
    """
    desk = ports.settings.desk()
    if not may_change(desk, agent, answer.owner):
        reason = words(
            "You can change your own; a department's its supervisors, the rest administrators."
        )
        raise InvalidRequest(Fault("owner", reason))
    old: tuple[Attachment, ...] = ()
    if answer.name:
        stored = find_answer(ports, agent, answer.id)
        if stored.version != answer.version:
            raise StaleSetting("answers", answer.id)
        old = tuple(file for file in stored.files if file.id in keep)
    else:
        answer = replace(answer, name=ports.ids.new().lower(), version=0)
    check_answer(desk, replace(answer, files=old))
    claimed = claim_uploads(ports, uploads)
    new = tuple(replace(file, id=f"{FILE_OF_ANSWER}{file.id}") for file in claimed)
    answer = replace(answer, files=(*old, *new))
    check_answer(desk, answer)
    return ports.answers.save(answer)


def remove_answer(ports: Ports, agent: Agent, answer_id: str, *, based_on: int) -> None:
    """Take words away. Their files stay for the messages that have them.

    Raises:
        NotFound, StaleSetting: they are not this agent's to change, or were changed meanwhile.
        InvalidSetting: a rule applies the macro.
    """
    answer = find_answer(ports, agent, answer_id)
    desk = ports.settings.desk()
    if not may_change(desk, agent, answer.owner):
        raise NotFound("Answer", answer_id)
    rule = macros_applied(desk).get(answer.id)
    if rule:
        reason = words("The rule “{rule}” applies it; change the rule first.", rule=rule)
        raise InvalidSetting("answer", reason)
    ports.answers.remove(replace(answer, version=based_on))


@dataclass(frozen=True, slots=True)
class Inserted:
    """Words for one ticket.

    Attributes:
        files: each with the signed name by which a message takes it.
        change: what the macro wants of the ticket, as ``change_ticket`` names it.
    """

    answer: Answer
    text: str
    files: Sequence[tuple[Attachment, str]]
    change: Mapping[str, object]


def insert_answer(
    ports: Ports, agent: Agent, number: int, answer_id: str, *, cause: str
) -> Inserted:
    """Fill words in for a ticket, and count the use. Nothing of the ticket changes.

    Args:
        cause: what makes it the same use; empty for one of its own.

    Raises:
        TicketNotFound, NotFound: the ticket, or the words, are not there for this agent.
    """
    ticket = ports.tickets.get(number)
    require_on_ticket(agent, Action.READ_TICKET, ticket.number, ticket.department_id)
    answer = find_answer(ports, agent, answer_id)
    desk = ports.settings.desk()
    text = filled_in_text(desk, ticket, agent, answer.text)
    files = [(file, name_of_upload(ports, file)) for file in answer.files]
    now = ports.clock.now()
    ports.use_counts.count("answers", answer.id, cause or ports.ids.new(), now)
    return Inserted(answer, text, files, change_of(desk, ticket, answer.steps))


def change_of(desk: Desk, ticket: Ticket, steps: Sequence[Step]) -> Mapping[str, object]:
    """What steps of a macro want of a ticket, as an agent would change it himself."""
    change: dict[str, object] = {}
    fields: dict[str, FieldValue | None] = {}
    tags = list(ticket.tags)
    for step in steps:
        if step.kind is StepKind.ADD_TAG and step.value not in tags and len(tags) < _MOST_TAGS:
            tags.append(step.value)
        elif step.kind is StepKind.REMOVE_TAG and step.value in tags:
            tags.remove(step.value)
        elif step.kind is StepKind.RAISE_PRIORITY:
            change["priority"] = _HIGHER.get(ticket.priority, Priority.URGENT)
        elif step.kind is StepKind.SET_FIELD and step.field in desk.fields:
            known = desk.fields[step.field]
            fields[step.field] = checked(known, typed_value(known.kind, step.value))[0]
        elif step.kind in _NAMES:
            name, fixed = _NAMES[step.kind]
            change[name] = step.value if fixed is None else fixed
    if tags != list(ticket.tags):
        change["tags"] = tags
    return {**change, "fields": fields} if fields else change


_NAMES: Mapping[StepKind, tuple[str, str | None]] = {
    StepKind.SET_PRIORITY: ("priority", None),
    StepKind.SET_TYPE: ("type_id", None),
    StepKind.MOVE_DEPARTMENT: ("department_id", None),
    StepKind.ASSIGN: ("assignee_id", None),
    StepKind.UNASSIGN: ("assignee_id", ""),
    StepKind.RESOLVE: ("status", "resolved"),
}


def _is_found(answer: Answer, search: str) -> bool:
    wanted = search.strip().casefold()
    return not wanted or any(
        wanted in text.casefold() for text in (answer.title, answer.folder, answer.text)
    )
