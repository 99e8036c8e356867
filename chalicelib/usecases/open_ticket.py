"""A request becomes a ticket: by form, by the API, or by mail (see ``receive_mail``)."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from chalicelib.domain.custom_fields import Values
from chalicelib.domain.decisions import (
    FIRST_MESSAGE_KINDS,
    FirstMessage,
    opened,
    opened_by_agent,
)
from chalicelib.domain.desk import Desk
from chalicelib.domain.errors import Fault, InvalidRequest, LostRace
from chalicelib.domain.promises import terms_of
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import (
    Actor,
    ActorKind,
    Attachment,
    Channel,
    DeliveryState,
    Message,
    Priority,
    Requester,
    Ticket,
)
from chalicelib.domain.wording import words
from chalicelib.usecases.attachments import claim_uploads
from chalicelib.usecases.commits import commit_of, numbered
from chalicelib.usecases.ports import (
    Commit,
    Contact,
    Ports,
    Remembered,
)
from chalicelib.usecases.promises import completed
from chalicelib.usecases.ticket_form import first_values, require_type, values_of_customer

_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class NewTicket:
    """What is wanted of a new ticket.

    Attributes:
        department_id: empty lets the topic or the desk's first mailbox decide.
        uploads: signed names of files that were uploaded before.
        opened_by: an agent who opens the ticket in the customer's name; None for himself.
        first_message: whose words ``text`` is; all but the customer's are those of ``opened_by``.
        copied: whom else the sender of a mail wrote to.
        facts: what the ticket's first event says besides the usual.
        is_internal: no customer ever sees it; it begins with a note.
        type_id: empty lets the topic decide.
        fields: values of the desk's own fields; None for a way in that asks for none.
        by_customer: the customer filled in the fields: those on the form, and no others.
    """

    name: str
    email: str
    subject: str
    text: str
    channel: Channel
    topic_id: str = ""
    department_id: str = ""
    mailbox_id: str = ""
    priority: Priority | None = None
    tags: tuple[str, ...] = ()
    language: str = ""
    uploads: tuple[str, ...] = ()
    html: str = ""
    full_text: str = ""
    attachments: tuple[Attachment, ...] = ()
    participants: tuple[str, ...] = ()
    message_id: str = ""
    verified: bool = True
    opened_by: Actor | None = None
    overflow_key: str = ""
    first_message: FirstMessage = FirstMessage.CUSTOMER
    copied: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    is_internal: bool = False
    type_id: str = ""
    fields: Mapping[str, object] | None = None
    by_customer: bool = False


def _as_it_is(commit: Commit) -> Commit:
    return commit


def open_ticket(
    ports: Ports,
    wanted: NewTicket,
    *,
    known_contact: Contact | None = None,
    remembered: Remembered | None = None,
    complete: Callable[[Commit], Commit] = _as_it_is,
) -> Ticket:
    """Make a ticket of a request, in two calls that wait for each other.

    Safe to repeat with the same receipt or remembered key: the second time raises ``AlreadyDone``.

    Args:
        complete: adds to the write what the way in asks for, a mail's receipt for example.

    Raises:
        InvalidRequest: a topic, department or file that does not exist.
    """
    desk = ports.settings.desk()
    if wanted.is_internal and wanted.first_message is not FirstMessage.NOTE:
        raise InvalidRequest(
            Fault("first_message", words("An internal ticket begins with a note."))
        )
    target = _target(desk, wanted)
    if wanted.type_id:
        require_type(desk, wanted.type_id, target.department_id)
    if wanted.fields is not None:
        values = values_of_customer if wanted.by_customer else first_values
        target = replace(target, fields=values(desk, target.type_id, wanted.fields))
    files = wanted.attachments + claim_uploads(ports, wanted.uploads)
    for attempt in range(_ATTEMPTS):
        number, contact = _number_and_contact(ports, wanted.email, known_contact)
        commit = complete(_decide(ports, desk, wanted, target, files, number, contact))
        try:
            ports.tickets.commit(replace(commit, remembered=_answered(remembered, number)))
        except LostRace:
            # Somebody else made the contact of this address meanwhile: read it and decide again.
            if attempt == _ATTEMPTS - 1:
                raise
            known_contact = None
        else:
            return commit.after
    raise LostRace


@dataclass(frozen=True, slots=True)
class _Target:
    department_id: str
    mailbox_id: str
    priority: Priority
    language: str
    type_id: str = ""
    fields: Values = field(default_factory=dict)


def _target(desk: Desk, wanted: NewTicket) -> _Target:
    topic = desk.topics.get(wanted.topic_id)
    if wanted.topic_id and topic is None:
        raise InvalidRequest(Fault("topic", words("Choose one of the topics of this desk.")))
    department_id = wanted.department_id or (topic.department_id if topic else "")
    if not department_id:
        department_id = desk.default_mailbox().department_id
    department = desk.departments.get(department_id)
    if department is None:
        raise InvalidRequest(Fault("department_id", words("Choose one of the desk's departments.")))
    return _Target(
        department_id,
        wanted.mailbox_id or department.mailbox_id,
        wanted.priority or (topic.priority if topic else Priority.NORMAL),
        wanted.language if wanted.language in desk.profile.languages else desk.profile.languages[0],
        wanted.type_id or (topic.type_id if topic else ""),
    )


def _number_and_contact(
    ports: Ports, email: str, known: Contact | None
) -> tuple[int, Contact | None]:
    """Both at once: neither needs the other, and each is a call."""
    if known is not None:
        return ports.tickets.next_number(), known
    with ThreadPoolExecutor(max_workers=1) as pool:
        found = pool.submit(ports.customers.find_by_address, email)
        return ports.tickets.next_number(), found.result()


def _decide(
    ports: Ports,
    desk: Desk,
    wanted: NewTicket,
    target: _Target,
    files: tuple[Attachment, ...],
    number: int,
    contact: Contact | None,
) -> Commit:
    now = ports.clock.now()
    person = contact or Contact(ports.ids.new(), wanted.name, wanted.email, now)
    message = Message(
        id=ports.ids.new(),
        kind=FIRST_MESSAGE_KINDS[wanted.first_message],
        author=_author(wanted, person),
        channel=wanted.channel,
        text=wanted.text,
        html=wanted.html,
        full_text=wanted.full_text,
        created_at=now,
        attachments=files,
        message_id=wanted.message_id,
        verified=wanted.verified,
        overflow_key=wanted.overflow_key,
        copied=wanted.copied,
        delivery=DeliveryState.QUEUED if wanted.first_message is FirstMessage.MAIL else None,
    )
    blank = Ticket(
        number=number,
        subject=wanted.subject,
        status=Status.NEW,
        priority=target.priority,
        department_id=target.department_id,
        mailbox_id=target.mailbox_id,
        channel=wanted.channel,
        requester=Requester(person.id, wanted.name or person.name, wanted.email),
        created_at=now,
        updated_at=now,
        topic_id=wanted.topic_id,
        language=target.language,
        tags=wanted.tags,
        participants=wanted.participants,
        is_internal=wanted.is_internal,
        type_id=target.type_id,
        fields=target.fields,
    )
    terms = terms_of(desk, blank)
    if wanted.first_message is FirstMessage.CUSTOMER:
        decision = opened(blank, message, terms, actor=wanted.opened_by, facts=wanted.facts)
    else:
        owner_id = _owner_id(desk, target.department_id, message.author)
        decision = opened_by_agent(blank, message, terms, owner_id=owner_id)
    commit = completed(ports, desk, commit_of(None, numbered(ports.ids, decision)))
    return replace(commit, new_contact=None if contact else person)


def _author(wanted: NewTicket, person: Contact) -> Actor:
    if wanted.first_message is not FirstMessage.CUSTOMER and wanted.opened_by:
        return wanted.opened_by
    return Actor(ActorKind.CUSTOMER, person.id, wanted.name or person.name)


def _owner_id(desk: Desk, department_id: str, author: Actor) -> str:
    """Who writes to a customer first has the ticket, if it is one of his department's."""
    return author.id if author.id in {a.id for a in desk.members(department_id)} else ""


def _answered(remembered: Remembered | None, number: int) -> Remembered | None:
    if remembered is None:
        return None
    answer = {**remembered.answer, "number": number}
    return replace(remembered, answer=answer)
