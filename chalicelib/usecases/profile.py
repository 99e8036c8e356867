"""The signed-in agent: who he is, whether he is there, how he wants to be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chalicelib.domain.assignment import AgentLoad
from chalicelib.domain.desk import Agent, Desk, NoticeChannel, NoticeKind
from chalicelib.usecases.ports import Ports


@dataclass(frozen=True, slots=True)
class Profile:
    """An agent with his load and the desk around him."""

    agent: Agent
    load: AgentLoad
    desk: Desk


def read_profile(ports: Ports, agent: Agent) -> Profile:
    """Who this is and how busy he is. One call."""
    load = ports.loads.list_by_agents((agent.id,))[0]
    return Profile(agent, load, ports.settings.desk())


def change_availability(ports: Ports, agent: Agent, *, available: bool) -> None:
    """The agent came back or went away; coming back deals him what waits."""
    ports.loads.set_available(agent.id, available=available)


def change_preferences(
    ports: Ports,
    agent: Agent,
    *,
    language: str | None,
    notices: Mapping[NoticeKind, Sequence[NoticeChannel]] | None,
) -> None:
    """How the agent's own console speaks and tells him of things.

    Raises:
        StaleSetting: an administrator changed the same agent just now.
    """
    document, version = ports.settings.document("agents", agent.id)
    changed = dict(document)
    if language is not None:
        changed["language"] = language
    if notices is not None:
        wanted = {str(kind): [str(c) for c in channels] for kind, channels in notices.items()}
        changed["notices"] = {**changed.get("notices", {}), **wanted}
    ports.settings.save("agents", agent.id, changed, based_on=version)
