"""People: agents and their load, what they are told of, who asks for links."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.domain.assignment import AgentLoad
from chalicelib.domain.desk import NoticeKind


class Loads(Protocol):
    """How busy agents are."""

    def list_by_agents(self, agent_ids: Sequence[str]) -> Sequence[AgentLoad]:
        """The loads of these agents; one who never had a ticket has an empty load. One call."""

    def set_available(self, agent_id: str, *, available: bool, at: datetime | None = None) -> None:
        """The agent came or went; the stream tells of it, and waiting tickets are dealt.

        Args:
            at: since when; going away twice keeps the first time.
        """


@dataclass(frozen=True, slots=True)
class Notice:
    """Something an agent is told of inside the console."""

    id: str
    agent_id: str
    kind: NoticeKind
    number: int
    subject: str
    at: datetime
    read: bool = False


class Notices(Protocol):
    """What agents are told of."""

    def add(self, notice: Notice) -> None:
        """Tell once: the id is made from the event, so repeating changes nothing."""

    def list_by_agent(
        self, agent_id: str, *, limit: int, cursor: str
    ) -> tuple[Sequence[Notice], str]:
        """Newest first."""

    def mark_read(self, agent_id: str, up_to: str) -> None:
        """All up to this id were seen."""


class LinkRequests(Protocol):
    """Customers who ask for a fresh link."""

    def ask(self, address: str, language: str, now: datetime) -> None:
        """Note the wish as an event, at most once in ten minutes per address; tells nothing."""


class Identities(Protocol):
    """The sign-in's directory of agents."""

    def ensure(self, *, email: str, name: str) -> str:
        """The subject of this person's sign-in, invited if there is none; empty without one."""
