"""Who resolved a ticket answers those that are part of it in one go."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from chalicelib.domain.desk import Agent
from chalicelib.domain.errors import DeskError
from chalicelib.domain.relations import LinkKind
from chalicelib.domain.status import UNSOLVED
from chalicelib.domain.ticket import Ticket
from chalicelib.usecases.answer_ticket import Answer, reply_in_public
from chalicelib.usecases.link_tickets import list_linked
from chalicelib.usecases.ports import AlreadyDone, Ports, Remembered

_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class ChildAnswered:
    """What became of one child; ``error`` is None where it was answered."""

    number: int
    error: DeskError | None = None


def answer_children(
    ports: Ports,
    agent: Agent,
    ticket: Ticket,
    text: str,
    *,
    resolves: bool,
    remembered: Remembered | None = None,
) -> Sequence[ChildAnswered]:
    """Say the same in public on every child that is not solved yet; each is a write of its own.

    One that could not be answered holds up none of the others. With a remembered key it is safe to
    repeat: whoever has the answer does not get it twice.
    """
    seen = list_linked(ports, agent, ticket).links
    children = [t for link, t in seen if link.kind is LinkKind.CHILD]
    waiting = [child.number for child in children if child.status in UNSOLVED]

    def answer(number: int) -> ChildAnswered:
        own = replace(remembered, key=f"{remembered.key}#{number}") if remembered else None
        try:
            reply_in_public(ports, agent, Answer(number, text, resolves=resolves), own)
        except AlreadyDone:
            return ChildAnswered(number)
        except DeskError as error:
            return ChildAnswered(number, error)
        return ChildAnswered(number)

    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        return list(pool.map(answer, waiting))
