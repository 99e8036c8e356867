"""Who may do what: the only place that decides, and it denies what it does not know.

A role says what a person may do at all, and scopes what a key may; departments say with which
tickets. What is not allowed on
a ticket of another department looks like a ticket that does not exist. An administrator sees all
departments but the confidential ones that he is no member of.
"""

from enum import StrEnum

from chalicelib.domain.api_keys import Scope
from chalicelib.domain.desk import Agent, Role
from chalicelib.domain.errors import NotAllowed, TicketNotFound


class Action(StrEnum):
    """Everything that a signed-in person, or a program by its key, can ask for."""

    READ_OWN_PROFILE = "read_own_profile"
    CHANGE_OWN_PROFILE = "change_own_profile"
    READ_NOTICES = "read_notices"
    LIST_TICKETS = "list_tickets"
    CHANGE_OWN_VIEWS = "change_own_views"
    READ_TICKET = "read_ticket"
    OPEN_TICKET = "open_ticket"
    CHANGE_TICKET = "change_ticket"
    CHANGE_CONTACT = "change_contact"
    REPLY = "reply"
    WRITE_NOTE = "write_note"
    CLAIM = "claim"
    UPLOAD = "upload"
    READ_ANSWERS = "read_answers"
    CHANGE_ANSWERS = "change_answers"
    READ_SETTINGS = "read_settings"
    CHANGE_SETTINGS = "change_settings"
    CHANGE_AGENTS = "change_agents"
    READ_API_KEYS = "read_api_keys"
    CHANGE_API_KEYS = "change_api_keys"
    READ_REPORTS = "read_reports"
    READ_WEBHOOK_KEY = "read_webhook_key"
    READ_SUSPENDED_MAIL = "read_suspended_mail"
    READ_DEAD_LETTERS = "read_dead_letters"
    REDRIVE = "redrive"
    DECIDE_ON_SUSPENDED_MAIL = "decide_on_suspended_mail"
    READ_SUPPRESSED_ADDRESSES = "read_suppressed_addresses"
    CHANGE_SUPPRESSED_ADDRESSES = "change_suppressed_addresses"


_EVERYBODY = frozenset(Role)
_ANSWERING = frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR, Role.AGENT})
_ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

MATRIX: dict[Action, frozenset[Role]] = {
    Action.READ_OWN_PROFILE: _EVERYBODY,
    Action.CHANGE_OWN_PROFILE: _EVERYBODY,
    Action.READ_NOTICES: _EVERYBODY,
    Action.LIST_TICKETS: _EVERYBODY,
    Action.CHANGE_OWN_VIEWS: _EVERYBODY,
    Action.READ_TICKET: _EVERYBODY,
    Action.OPEN_TICKET: _ANSWERING,
    Action.CHANGE_TICKET: _ANSWERING,
    Action.CHANGE_CONTACT: _ANSWERING,
    Action.REPLY: _ANSWERING,
    Action.WRITE_NOTE: _EVERYBODY,
    Action.CLAIM: frozenset({Role.SUPERVISOR, Role.AGENT}),
    Action.UPLOAD: _EVERYBODY,
    Action.READ_ANSWERS: _EVERYBODY,
    Action.CHANGE_ANSWERS: _ANSWERING,
    Action.READ_SETTINGS: _ADMINISTRATORS,
    Action.CHANGE_SETTINGS: _ADMINISTRATORS,
    Action.CHANGE_AGENTS: _ADMINISTRATORS,
    Action.READ_API_KEYS: _ADMINISTRATORS,
    Action.CHANGE_API_KEYS: _ADMINISTRATORS,
    Action.READ_REPORTS: frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR}),
    Action.READ_WEBHOOK_KEY: _ADMINISTRATORS,
    Action.READ_SUSPENDED_MAIL: _ADMINISTRATORS,
    Action.READ_DEAD_LETTERS: _ADMINISTRATORS,
    Action.REDRIVE: _ADMINISTRATORS,
    Action.DECIDE_ON_SUSPENDED_MAIL: _ADMINISTRATORS,
    Action.READ_SUPPRESSED_ADDRESSES: _ADMINISTRATORS,
    Action.CHANGE_SUPPRESSED_ADDRESSES: _ADMINISTRATORS,
}

_READ_TICKETS = frozenset({Action.LIST_TICKETS, Action.READ_TICKET})
_READ_MAIL = frozenset({Action.READ_SUSPENDED_MAIL, Action.READ_SUPPRESSED_ADDRESSES})

BY_SCOPE: dict[Scope, frozenset[Action]] = {
    Scope.TICKETS_READ: _READ_TICKETS,
    Scope.TICKETS_WRITE: _READ_TICKETS
    | {
        Action.OPEN_TICKET,
        Action.CHANGE_TICKET,
        Action.REPLY,
        Action.WRITE_NOTE,
        Action.UPLOAD,
    },
    Scope.CONTACTS_WRITE: frozenset({Action.CHANGE_CONTACT}),
    Scope.ANSWERS_READ: frozenset({Action.READ_ANSWERS}),
    Scope.REPORTS_READ: frozenset({Action.READ_REPORTS}),
    Scope.MAIL_READ: _READ_MAIL,
    Scope.MAIL_WRITE: _READ_MAIL
    | {Action.DECIDE_ON_SUSPENDED_MAIL, Action.CHANGE_SUPPRESSED_ADDRESSES},
    Scope.SETTINGS_READ: frozenset({Action.READ_SETTINGS}),
    Scope.SETTINGS_WRITE: frozenset({Action.READ_SETTINGS, Action.CHANGE_SETTINGS}),
}
"""What a key may do. What stands under no scope no key may: who works here, keys themselves, and
what belongs to a person, like his profile, notices and views."""


def may(agent: Agent, action: Action, department_id: str | None = None) -> bool:
    """Whether this agent may do this, with a ticket of this department where one is named."""
    if not agent.is_active or not _has_right(agent, action):
        return False
    return department_id is None or sees_department(agent, department_id)


def _has_right(agent: Agent, action: Action) -> bool:
    if agent.scopes is None:
        return agent.role in MATRIX.get(action, frozenset())
    return any(action in BY_SCOPE.get(scope, frozenset()) for scope in agent.scopes)


def sees_department(agent: Agent, department_id: str) -> bool:
    """Whether tickets of a department exist for this agent."""
    if department_id in agent.hidden_departments:
        return False
    return agent.role is Role.ADMINISTRATOR or department_id in agent.departments


def require(agent: Agent, action: Action) -> None:
    """Let pass, or say no.

    Raises:
        NotAllowed: the agent's role, or the key's scopes, have no such right.
    """
    if not may(agent, action):
        raise NotAllowed(action)


def require_on_ticket(agent: Agent, action: Action, number: int, department_id: str) -> None:
    """Let pass, or say no without telling whether the ticket exists.

    Raises:
        TicketNotFound: the ticket's department is not the agent's.
        NotAllowed: the agent may see the ticket but not do this with it.
    """
    if not sees_department(agent, department_id):
        raise TicketNotFound(number)
    require(agent, action)
