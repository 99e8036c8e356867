"""The signed-in agent: who he is, whether he is there, how he wants to be told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.domain.assignment import AgentLoad
from chalicelib.domain.desk import Agent, Desk
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.settings_schema import AgentDocument


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
    ports.loads.set_available(agent.id, available=available, at=ports.clock.now())


def change_preferences(ports: Ports, agent: Agent, wanted: Mapping[str, Any]) -> None:
    """How the agent's own console speaks, and how and when he is told of things.

    Args:
        wanted: some of ``language``, ``notices`` and ``quiet_hours``, as an agent's document has
            them; what is left out stays.

    Raises:
        InvalidSetting: quiet hours that never end, or a time zone that there is not.
        StaleSetting: an administrator changed the same agent just now.
    """
    document, version = ports.settings.document("agents", agent.id)
    changed = {**document, **wanted}
    if "notices" in wanted:
        changed["notices"] = {**document.get("notices", {}), **wanted["notices"]}
    AgentDocument.model_validate(changed).to_domain()
    ports.settings.save("agents", agent.id, changed, based_on=version)
