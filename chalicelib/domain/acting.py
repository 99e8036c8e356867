"""Who acts on the desk: a person, or a program by its key."""

from datetime import date

from chalicelib.domain.api_keys import ACTOR_PREFIX, ApiKey, PresentedKey
from chalicelib.domain.desk import Agent, Desk, Role


def holder_of(desk: Desk, presented: PresentedKey, today: date) -> Agent | None:
    """Who acts by this key; None when there is no such key, or its last day has passed.

    Args:
        today: the day in UTC.
    """
    key = desk.api_keys.get(presented.id)
    if key is None or not key.is_shown_by(presented) or not key.works_on(today):
        return None
    return agent_of_key(desk, key)


def who_acts(desk: Desk, actor_id: str, today: date) -> Agent | None:
    """The person or key with this id in the history; None when it is gone or has ended."""
    if not actor_id.startswith(ACTOR_PREFIX):
        return desk.agents.get(actor_id)
    key = desk.api_keys.get(actor_id.removeprefix(ACTOR_PREFIX))
    return agent_of_key(desk, key) if key and key.works_on(today) else None


def agent_of_key(desk: Desk, key: ApiKey) -> Agent:
    """A key as somebody who acts. Its scopes say what it may do, never its role.

    The role is the least of all, so that what asks for a role without asking the matrix refuses.
    """
    known = frozenset(desk.departments)
    secret = frozenset(d.id for d in desk.departments.values() if d.confidential)
    departments = key.departments & known if key.departments else known - secret
    return Agent(
        id=f"{ACTOR_PREFIX}{key.id}",
        name=key.name,
        email="",
        role=Role.COLLABORATOR,
        departments=departments,
        capacity=0,
        hidden_departments=secret - departments,
        scopes=key.scopes,
    )
