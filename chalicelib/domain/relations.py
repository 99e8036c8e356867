"""How tickets hang together: links of several kinds, each told on both tickets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

MAX_LINKS = 100
"""Of one ticket: they are read together by one call."""

MOST_LEVELS = 20
"""How far up a family of tickets is followed when a parent is set."""


class LinkKind(StrEnum):
    """What the other ticket is to this one."""

    RELATED = "related"
    DUPLICATE_OF = "duplicate_of"
    DUPLICATED_BY = "duplicated_by"
    PARENT = "parent"
    CHILD = "child"
    FOLLOW_UP_OF = "follow_up_of"
    FOLLOWED_BY = "followed_by"
    SPLIT_FROM = "split_from"
    SPLIT_INTO = "split_into"


SEEN_FROM_THE_OTHER: Mapping[LinkKind, LinkKind] = {
    LinkKind.RELATED: LinkKind.RELATED,
    LinkKind.DUPLICATE_OF: LinkKind.DUPLICATED_BY,
    LinkKind.DUPLICATED_BY: LinkKind.DUPLICATE_OF,
    LinkKind.PARENT: LinkKind.CHILD,
    LinkKind.CHILD: LinkKind.PARENT,
    LinkKind.FOLLOW_UP_OF: LinkKind.FOLLOWED_BY,
    LinkKind.FOLLOWED_BY: LinkKind.FOLLOW_UP_OF,
    LinkKind.SPLIT_FROM: LinkKind.SPLIT_INTO,
    LinkKind.SPLIT_INTO: LinkKind.SPLIT_FROM,
}

BY_HAND = frozenset(
    {
        LinkKind.RELATED, LinkKind.DUPLICATE_OF, LinkKind.DUPLICATED_BY, LinkKind.PARENT,
        LinkKind.CHILD,
    }
)  # fmt: skip
"""What a person links; the other kinds tell how a ticket came about and stay."""


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """One link as one of its tickets has it.

    Attributes:
        kind: what the other ticket is to this one.
        number: the other ticket.
    """

    kind: LinkKind
    number: int

    @property
    def text(self) -> str:
        """As the history and the table write it: ``child 1042``."""
        return f"{self.kind} {self.number}"


Links = tuple[Link, ...]


def link_of_text(text: str) -> Link:
    """The link that ``Link.text`` wrote.

    >>> link_of_text(Link(LinkKind.CHILD, 1042).text).number
    1042
    """
    kind, _, number = text.partition(" ")
    return Link(LinkKind(kind), int(number))


def numbers_of(links: Iterable[Link], kind: LinkKind) -> tuple[int, ...]:
    """The tickets that are linked in one way, in the order in which they were."""
    return tuple(link.number for link in links if link.kind is kind)
