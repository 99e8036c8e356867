"""Tickets that hang together: merged, linked, split, answered together."""

from typing import Literal

from pydantic import Field

from chalicelib.domain.relations import LinkKind
from chalicelib.domain.status import Status
from chalicelib.routes.schemas.base import Answer, Request
from chalicelib.routes.schemas.tickets import Subject, Text


class Merge(Request):
    """The ticket that is to stand for this one."""

    into: int = Field(ge=1)


class NewSplit(Request):
    """The subject of the new ticket."""

    subject: Subject


class NewLink(Request):
    """What the other ticket is to this one."""

    kind: Literal[
        LinkKind.RELATED,
        LinkKind.DUPLICATE_OF,
        LinkKind.DUPLICATED_BY,
        LinkKind.PARENT,
        LinkKind.CHILD,
    ]
    number: int = Field(ge=1, description="The other ticket.")


class LinkedTicket(Answer):
    """A linked ticket, and what it is to this one."""

    kind: LinkKind
    number: int
    subject: str
    status: Status
    label_id: str
    department_id: str
    assignee_id: str


class LinkedTickets(Answer):
    """Linked tickets that this person may see; ``done`` of ``children`` are solved."""

    links: list[LinkedTicket]
    done: int
    children: int


class ChildrenReply(Request):
    """The same public reply to every child that is not solved yet."""

    text: Text
    then: Literal["stay", "resolve"] = "resolve"


class ChildAnswered(Answer):
    """What became of one child; ``problem`` tells why it was not answered."""

    number: int
    answered: bool
    problem: str | None


class ChildrenAnswered(Answer):
    """What became of each child."""

    children: list[ChildAnswered]
