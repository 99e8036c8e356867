"""What a customer does with a signed link: read his ticket, answer, ask for a fresh link."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chalicelib.domain.decisions import confirmed, customer_wrote, refused
from chalicelib.domain.errors import InvalidLink, TicketNotFound
from chalicelib.domain.promises import terms_of
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import (
    Actor,
    ActorKind,
    Channel,
    Message,
    MessageKind,
    Requester,
    Ticket,
)
from chalicelib.domain.tokens import Capability, capability, link_token, read_link_token
from chalicelib.usecases.attachments import claim_uploads, download_link
from chalicelib.usecases.commits import commit_of, decide_until_written, numbered
from chalicelib.usecases.follow_up import needs_follow_up, open_follow_up
from chalicelib.usecases.merge_tickets import standing_for
from chalicelib.usecases.open_ticket import NewTicket
from chalicelib.usecases.ports import Commit, Ports, Remembered

_PAGE = 200
_HIDDEN = frozenset({Status.SPAM, Status.DELETED})


@dataclass(frozen=True, slots=True)
class PublicThread:
    """What the customer of a ticket may see: never a note, never an event.

    Attributes:
        handled_by: display name of the agent who has the ticket, empty without one.
        older: whether there are older messages than these.
    """

    ticket: Ticket
    messages: tuple[Message, ...]
    handled_by: str
    older: bool


def open_customer_page(ports: Ports, token: str) -> PublicThread:
    """The public part of the ticket that a link opens.

    Raises:
        InvalidLink: forged, expired, revoked, or of a ticket that is gone; all look the same.
    """
    granted = read_link_token(token, ports.secrets.keyring(), ports.clock.now())
    try:
        thread = ports.tickets.open_thread(granted.number, limit=_PAGE)
    except TicketNotFound as error:
        raise InvalidLink from error
    _check(granted, thread.ticket)
    if thread.ticket.merged_into:
        # Who opens the link of a ticket that was merged sees the one that stands for it.
        standing = standing_for(ports, thread.ticket)
        if standing.status in _HIDDEN:
            raise InvalidLink
        thread = ports.tickets.open_thread(standing.number, limit=_PAGE)
    owner = ports.settings.desk().agents.get(thread.ticket.assignee_id)
    shown = [e for e in thread.entries if isinstance(e, Message) and e.is_public]
    return PublicThread(
        thread.ticket, tuple(shown), owner.name if owner else "", bool(thread.older)
    )


def answer_by_link(
    ports: Ports,
    token: str,
    text: str,
    uploads: Sequence[str] = (),
    *,
    remembered: Remembered | None = None,
) -> Ticket:
    """The customer's answer from the ticket page becomes a message; it may reopen the ticket.

    Safe to repeat with the same remembered key: the second time raises ``AlreadyDone``.

    Raises:
        InvalidLink: as in ``open_customer_page``.
        InvalidRequest: a file did not arrive.
    """
    granted = read_link_token(token, ports.secrets.keyring(), ports.clock.now())
    files = claim_uploads(ports, uploads)
    desk = ports.settings.desk()

    person: Requester | None = None

    def decide(ticket: Ticket) -> Commit | None:
        nonlocal person
        if ticket.number == granted.number:
            _check(granted, ticket)
        person = person or ticket.requester
        if ticket.merged_into or needs_follow_up(desk, ticket, ports.clock.now()):
            return None
        author = Actor(ActorKind.CUSTOMER, person.id, person.name)
        message = Message(
            id=ports.ids.new(),
            kind=MessageKind.CUSTOMER_MESSAGE,
            author=author,
            channel=Channel.PORTAL,
            text=text,
            html="",
            created_at=ports.clock.now(),
            attachments=files,
        )
        terms = terms_of(desk, ticket)
        commit = commit_of(ticket, numbered(ports.ids, customer_wrote(ticket, message, terms)))
        return replace(commit, remembered=remembered)

    try:
        answered = decide_until_written(ports, granted.number, decide)
        while answered.merged_into:
            answered = decide_until_written(ports, answered.merged_into, decide)
        if person and needs_follow_up(desk, answered, ports.clock.now()):
            wanted = NewTicket(
                name=person.name,
                email=person.email,
                subject=answered.subject,
                text=text,
                channel=Channel.PORTAL,
                attachments=files,
            )
            answered = open_follow_up(ports, answered, wanted, remembered=remembered)
    except TicketNotFound as error:
        raise InvalidLink from error
    return answered


def look_at_solution(ports: Ports, token: str) -> Ticket:
    """The ticket about whose solution the customer is asked. One call; changes nothing.

    Raises:
        InvalidLink: as in ``open_customer_page``.
    """
    granted = read_link_token(token, ports.secrets.keyring(), ports.clock.now())
    try:
        ticket = ports.tickets.get(granted.number)
        _check(granted, ticket)
        return standing_for(ports, ticket)
    except TicketNotFound as error:
        raise InvalidLink from error


def judge_solution(ports: Ports, token: str, *, solved: bool) -> Ticket:
    """The customer says whether it is solved; safe to repeat, and he may change his mind.

    Raises:
        InvalidLink: as in ``open_customer_page``.
        LostRace: others were faster every time.
    """
    desk = ports.settings.desk()
    ticket = look_at_solution(ports, token)
    person = Actor(ActorKind.CUSTOMER, ticket.requester.id, ticket.requester.name)

    def decide(found: Ticket) -> Commit | None:
        at = ports.clock.now()
        if found.status in _HIDDEN or found.merged_into:
            return None
        if not solved and needs_follow_up(desk, found, at):
            return None
        if solved:
            decision = confirmed(found, actor=person, at=at)
        else:
            terms = terms_of(desk, found)
            decision = refused(found, actor=person, at=at, terms=terms)
        return commit_of(found, numbered(ports.ids, decision)) if decision.changed else None

    return decide_until_written(ports, ticket.number, decide)


def token_for(ports: Ports, token: str, answered: Ticket) -> str:
    """What opens the ticket that an answer went to: a follow-up needs a link of its own."""
    granted = read_link_token(token, ports.secrets.keyring(), ports.clock.now())
    if answered.number == granted.number or answered.message_count > 1:
        # Not where the answer is not its first message: that one may be somebody else's.
        return token
    fresh = capability(answered.number, answered.requester.id, answered.link_epoch)
    return link_token(fresh, ports.secrets.keyring(), ports.clock.now())


def customer_file(ports: Ports, token: str, message_id: str, attachment_id: str) -> str:
    """A short-lived address of a file in the public thread.

    Raises:
        InvalidLink: the link does not work, or the file is not part of the public thread.
    """
    page = open_customer_page(ports, token)
    for message in page.messages:
        if message.id == message_id and any(f.id == attachment_id for f in message.attachments):
            return download_link(ports, message, attachment_id)[0]
    raise InvalidLink


def ask_for_links(ports: Ports, address: str, language: str) -> None:
    """Send fresh links to this address if it has tickets; says nothing to whoever asks."""
    ports.link_requests.ask(address, language, ports.clock.now())


def _check(granted: Capability, ticket: Ticket) -> None:
    known = granted.is_for(ticket.requester.id) and granted.epoch == ticket.link_epoch
    if not known or ticket.status in _HIDDEN or ticket.is_internal:
        raise InvalidLink
