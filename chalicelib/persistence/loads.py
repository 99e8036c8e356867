"""The repository of agents' loads. Counts are changed in the tickets' transactions."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.domain.assignment import AgentLoad
from chalicelib.persistence import keys
from chalicelib.persistence.people_items import LoadItem, load_naming, load_of_raw
from chalicelib.persistence.table import Table


class LoadRepository:
    """Agents' loads in the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def list_by_agents(self, agent_ids: Sequence[str]) -> Sequence[AgentLoad]:
        """The loads of these agents in their order, read consistently. One call per hundred.

        An agent who never had a ticket and never came has an empty load.
        """
        wanted = {agent_id: keys.load(agent_id) for agent_id in agent_ids}
        found = self._table.find_many(wanted.values(), consistent=True)
        return [
            load_of_raw(found[key]) if key in found else AgentLoad(agent_id)
            for agent_id, key in wanted.items()
        ]

    def set_available(self, agent_id: str, *, available: bool, at: datetime | None = None) -> None:
        """The agent came or went; the stream tells of it, and waiting tickets are dealt.

        One call. Going away twice keeps the first time.
        """
        actions = [*load_naming(agent_id), LoadItem.available.set(available)]
        if available:
            actions.append(LoadItem.away_since.remove())
        elif at is not None:
            first = LoadItem.away_since | int(at.timestamp())
            actions.append(LoadItem.away_since.set(first))
        self._table.update(keys.load(agent_id), actions)
