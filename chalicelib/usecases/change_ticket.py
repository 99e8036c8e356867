"""An agent changes status, priority, department, owner, subject, tags or participants."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.access import Action, may, require_on_ticket
from chalicelib.domain.decisions import (
    Decision,
    assigned,
    filled_in,
    labelled,
    merged,
    moved_to_department,
    participants_set,
    postponed,
    priority_set,
    requester_changed,
    retold,
    status_moved,
    typed,
    unassigned,
)
from chalicelib.domain.desk import Agent, Desk
from chalicelib.domain.errors import Fault, InvalidRequest, StaleTicket
from chalicelib.domain.names import status_name
from chalicelib.domain.promises import terms_of
from chalicelib.domain.status import TRANSITIONS, Cause, Status
from chalicelib.domain.ticket import MAX_PARTICIPANTS, Actor, Priority, Requester, Ticket
from chalicelib.domain.wording import words
from chalicelib.usecases.answer_ticket import actor_of
from chalicelib.usecases.commits import completed_commit
from chalicelib.usecases.ports import Contact, Ports
from chalicelib.usecases.promises import renewed
from chalicelib.usecases.ticket_form import checked_values, require_resolvable, require_type

_CAUSES = {
    "resolved": Cause.RESOLVED,
    "open": Cause.REOPENED,
    "closed": Cause.CLOSED,
    "spam": Cause.MARKED_SPAM,
    "deleted": Cause.DELETED,
    "restored": Cause.RESTORED,
}
_BY_AGENT = frozenset({*_CAUSES.values(), Cause.POSTPONED, Cause.AGENT_REPLIED})


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be changed; None leaves a field as it is.

    Attributes:
        status: a wanted status, or "restored".
        label_id: a label of the set-up; the status moves to the one that it stands for. Empty
            goes back to the status's own name.
        assignee_id: empty takes the owner away.
        participants: all who take part besides the requester.
        requester: name and address of the person whose ticket it is.
        based_on: version that the agent had before his eyes.
    """

    number: int
    based_on: int | None
    status: str | None = None
    postponed_until: datetime | None = None
    postponed_reason: str = ""
    label_id: str | None = None
    type_id: str | None = None
    fields: Mapping[str, object] | None = None
    priority: Priority | None = None
    department_id: str | None = None
    assignee_id: str | None = None
    subject: str | None = None
    tags: tuple[str, ...] | None = None
    participants: tuple[str, ...] | None = None
    requester: tuple[str, str] | None = None


def allowed_causes(ticket: Ticket, agent: Agent) -> tuple[Cause, ...]:
    """What this agent may do to the status now, by a reply or from a menu."""
    if ticket.merged_into or not may(agent, Action.CHANGE_TICKET, ticket.department_id):
        return ()
    return tuple(cause for cause in TRANSITIONS[ticket.status] if cause in _BY_AGENT)


def change_ticket(ports: Ports, agent: Agent, change: Change) -> Ticket:
    """Make the change, or say why not; nothing is half done.

    Raises:
        TicketNotFound, NotAllowed: the agent may not.
        StaleTicket: somebody changed the ticket since that version.
        InvalidTransition, InvalidRequest: the change cannot be.
    """
    desk = ports.settings.desk()
    ticket = ports.tickets.get(change.number)
    require_on_ticket(agent, Action.CHANGE_TICKET, ticket.number, ticket.department_id)
    if change.based_on is not None and change.based_on != ticket.version:
        raise StaleTicket(ticket.number, change.based_on, ticket.version)
    renewal = renewed(ports, desk, ticket)
    actor, at, hidden = actor_of(agent), ports.clock.now(), agent.hidden_departments
    decision = _decide(desk, renewal.ticket, change, actor, at, hidden)
    contact: Contact | None = None
    if change.requester is not None:
        person, contact = _person(ports, desk, change.requester)
        other = requester_changed(decision.ticket, person, actor=actor, at=at)
        decision = merged(decision, other)
    if not decision.changed:
        return ticket
    commit = completed_commit(ports, desk, renewal, decision)
    ports.tickets.commit(replace(commit, new_contact=contact))
    return commit.after


def _person(ports: Ports, desk: Desk, wanted: tuple[str, str]) -> tuple[Requester, Contact | None]:
    """Whose ticket it is to be, and his contact where he has none yet."""
    name, email = wanted
    if desk.is_own_address(email):
        reason = words(
            "{address} is an address of this desk; mail to it would go round in a loop.",
            address=email,
        )
        raise InvalidRequest(Fault("requester_email", reason))
    known = ports.customers.find_by_address(email)
    person = known or Contact(ports.ids.new(), name, email, ports.clock.now())
    return Requester(person.id, name or person.name, email), None if known else person


def _decide(
    desk: Desk,
    ticket: Ticket,
    change: Change,
    actor: Actor,
    at: datetime,
    hidden: frozenset[str],
) -> Decision:
    """Each change in turn, every one on what the last one left."""
    decision = retold(ticket, subject=change.subject, tags=change.tags, actor=actor, at=at)
    if change.participants is not None:
        _require_can_take_part(desk, ticket, change.participants)
        people = participants_set(decision.ticket, change.participants, actor=actor, at=at)
        decision = merged(decision, people)
    if change.department_id is not None:
        known = desk.departments.keys() - hidden
        _require_known(known, "department_id", change.department_id)
        decision = merged(decision, _moved(desk, decision.ticket, change.department_id, actor, at))
    if change.priority is not None:
        decision = merged(decision, _weighed(desk, decision.ticket, change.priority, actor, at))
    if change.type_id is not None:
        if change.type_id:
            require_type(desk, change.type_id, decision.ticket.department_id)
        decision = merged(decision, typed(decision.ticket, change.type_id, actor=actor, at=at))
    if change.fields is not None:
        values = checked_values(desk, change.fields)
        decision = merged(decision, filled_in(decision.ticket, values, actor=actor, at=at))
    if change.assignee_id is not None:
        decision = merged(decision, _owner(desk, decision.ticket, change.assignee_id, actor, at))
    if change.status is not None:
        decision = merged(decision, _status(desk, decision.ticket, change, actor, at))
    if change.label_id is not None:
        decision = merged(decision, _label(desk, decision.ticket, change, actor, at))
    return decision


def _moved(desk: Desk, ticket: Ticket, department_id: str, actor: Actor, at: datetime) -> Decision:
    return moved_to_department(
        ticket,
        department_id,
        actor=actor,
        at=at,
        terms_before=terms_of(desk, ticket),
        terms=terms_of(desk, replace(ticket, department_id=department_id)),
    )


def _weighed(
    desk: Desk, ticket: Ticket, priority: Priority, actor: Actor, at: datetime
) -> Decision:
    return priority_set(
        ticket,
        priority,
        actor=actor,
        at=at,
        terms_before=terms_of(desk, ticket),
        terms=terms_of(desk, replace(ticket, priority=priority, promised_priority=None)),
    )


def _owner(desk: Desk, ticket: Ticket, agent_id: str, actor: Actor, at: datetime) -> Decision:
    if not agent_id:
        return unassigned(ticket, actor=actor, at=at)
    wanted = desk.agents.get(agent_id)
    if wanted is None or not wanted.is_active:
        raise InvalidRequest(Fault("assignee_id", words("Choose an agent who is active.")))
    if ticket.department_id not in wanted.departments:
        message = words(
            "{name} is not a member of this department; move the ticket first.", name=wanted.name
        )
        raise InvalidRequest(Fault("assignee_id", message))
    return assigned(ticket, agent_id, actor=actor, at=at)


def _label(desk: Desk, ticket: Ticket, change: Change, actor: Actor, at: datetime) -> Decision:
    """The label, and the step of the status that leads to it where the ticket is not there."""
    wanted = desk.status_labels.get(change.label_id or "")
    if wanted is None:
        if change.label_id:
            raise InvalidRequest(Fault("label_id", words("Choose one of the desk's labels.")))
        return labelled(ticket, "", actor=actor, at=at)
    moved = Decision(ticket)
    if wanted.status is not ticket.status:
        if wanted.status not in (*_CAUSES, Status.POSTPONED):
            reason = words(
                "This label is for tickets that are {status}; a reply makes them so.",
                status=status_name(wanted.status),
            )
            raise InvalidRequest(Fault("label_id", reason))
        moved = _status(desk, ticket, replace(change, status=status_name(wanted.status)), actor, at)
    return merged(moved, labelled(moved.ticket, wanted.id, actor=actor, at=at))


def _status(desk: Desk, ticket: Ticket, change: Change, actor: Actor, at: datetime) -> Decision:
    terms = terms_of(desk, ticket)
    if change.status == Status.POSTPONED:
        if change.postponed_until is None:
            raise InvalidRequest(Fault("postponed_until", words("Say until when.")))
        until, reason = change.postponed_until, change.postponed_reason
        return postponed(ticket, until, reason, actor=actor, at=at, terms=terms)
    cause = _CAUSES[change.status or ""]
    if cause is Cause.RESOLVED:
        require_resolvable(desk, ticket)
    return status_moved(ticket, cause, actor=actor, at=at, terms=terms)


def _require_can_take_part(desk: Desk, ticket: Ticket, addresses: Sequence[str]) -> None:
    """Refuse who must not be added; one who takes part already is not looked at again."""
    if len(addresses) > MAX_PARTICIPANTS:
        raise InvalidRequest(
            Fault("participants", words("Name at most {most} people.", most=MAX_PARTICIPANTS))
        )
    for address in addresses:
        if desk.is_own_address(address):
            reason = words(
                "{address} is an address of this desk; mail to it would go round in a loop.",
                address=address,
            )
            raise InvalidRequest(Fault("participants", reason))
        if address.casefold() == ticket.requester.email.casefold():
            reason = words(
                "{address} is the requester's, who gets every reply already.", address=address
            )
            raise InvalidRequest(Fault("participants", reason))


def _require_known(known: Container[str], field: str, wanted: str) -> None:
    if wanted not in known:
        raise InvalidRequest(Fault(field, words("Choose one that exists.")))
