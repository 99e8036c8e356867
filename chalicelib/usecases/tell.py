"""Mails and notices leave the desk: to the customer what is public, to agents what concerns them.

Every mail has a key made from the event and the recipient. The ledger lets it be sent by one
worker at a time and never again once it left, so a job may come twice. A crash between SES and the
ledger can send one mail twice, never none; both then carry the same id of ours.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

from chalicelib.domain.desk import Agent, Desk, Mailbox, NoticeChannel, NoticeKind
from chalicelib.domain.errors import MailRefused, TicketNotFound
from chalicelib.domain.expectation import first_answer_expected, time_zone_of
from chalicelib.domain.letter import Letter, LetterFile, LetterKind, LetterLink
from chalicelib.domain.ticket import ActorKind, DeliveryState, EventKind, Message, Ticket
from chalicelib.domain.tokens import capability, link_token, reply_token
from chalicelib.usecases.jobs import SendLinks, TellOfEvent
from chalicelib.usecases.ports import Notice, Ports

LEASE_SECONDS = 120
MAX_FILES_BYTES = 7 * 1024 * 1024
"""SES v1 takes 10 MB after base64, which adds a third: files above this are linked."""
_HISTORY = 3
_HISTORY_PAGE = 40
_MAX_LINKS = 10


def tell_of_event(ports: Ports, job: TellOfEvent) -> None:
    """Tell whoever must know of an event; each once, and nobody of his own doing.

    Raises:
        Unavailable, LostRace: not everybody could be told; the job comes again.
    """
    try:
        ticket = ports.tickets.get(job.number)
    except TicketNotFound:
        return
    desk = ports.settings.desk()
    if job.event_kind == EventKind.TICKET_CREATED:
        _acknowledge(ports, desk, ticket, job)
    elif job.event_kind == EventKind.PUBLIC_REPLY_SENT:
        _send_reply(ports, desk, ticket, job)
    else:
        _tell_agents(ports, desk, ticket, job)


def _acknowledge(ports: Ports, desk: Desk, ticket: Ticket, job: TellOfEvent) -> None:
    """One mail per new ticket, within the limits per address, never to an unverified stranger."""
    message = ports.tickets.get_message(ticket.number, job.message_id)
    if job.actor_kind != ActorKind.CUSTOMER or not message.verified:
        return
    key = f"ack:{job.event_id}"
    address = ticket.requester.email

    def letter() -> Letter | None:
        if not ports.mail_ledger.may_acknowledge(address, ports.clock.now()):
            return None
        return replace(
            _to_requester(ports, desk, ticket, LetterKind.ACKNOWLEDGEMENT, key),
            facts=_expectation(desk, ticket),
        )

    send_once(ports, key, letter, Sent(ticket.number))


def _send_reply(ports: Ports, desk: Desk, ticket: Ticket, job: TellOfEvent) -> None:
    key = f"reply:{job.message_id}"

    def letter() -> Letter | None:
        thread = ports.tickets.open_thread(ticket.number, limit=_HISTORY_PAGE)
        public = [e for e in thread.entries if isinstance(e, Message) and e.is_public]
        message = next((m for m in public if m.id == job.message_id), None)
        if message is None:
            message = ports.tickets.get_message(ticket.number, job.message_id)
        earlier = [m for m in public if m.id < message.id][::-1][:_HISTORY]
        base = _to_requester(ports, desk, ticket, LetterKind.PUBLIC_REPLY, key)
        files, oversized = _enclosed(ports, message, base.page_url)
        return replace(
            base,
            message=message,
            history=tuple(earlier),
            files=files,
            oversized=oversized,
            from_name=f"{message.author.name} ({desk.profile.name})",
        )

    send_once(ports, key, letter, Sent(ticket.number, job.message_id))


_NOTICES = {
    EventKind.TICKET_ASSIGNED: (NoticeKind.ASSIGNED, LetterKind.AGENT_ASSIGNED),
    EventKind.TARGET_AT_RISK: (NoticeKind.AT_RISK, LetterKind.AGENT_AT_RISK),
    EventKind.TARGET_BREACHED: (NoticeKind.BREACHED, LetterKind.AGENT_BREACHED),
    EventKind.CUSTOMER_MESSAGE_RECEIVED: (
        NoticeKind.CUSTOMER_WROTE,
        LetterKind.AGENT_CUSTOMER_WROTE,
    ),
}


def _tell_agents(ports: Ports, desk: Desk, ticket: Ticket, job: TellOfEvent) -> None:
    kind, letter_kind = _NOTICES[EventKind(job.event_kind)]
    for agent in _concerned(desk, ticket, job):
        if agent.id == job.actor_id:
            continue
        channels = agent.notices.get(kind, ())
        if NoticeChannel.IN_APP in channels:
            at = ports.clock.now()
            notice = Notice(job.event_id, agent.id, kind, ticket.number, ticket.subject, at)
            ports.notices.add(notice)
        if NoticeChannel.MAIL in channels:
            key = f"{kind}:{job.event_id}:{agent.id}"
            letter = _to_agent(ports, desk, ticket, agent, letter_kind, job)
            send_once(ports, key, partial(_as_is, letter), Sent(0))


def _as_is(letter: Letter) -> Letter:
    return letter


def _concerned(desk: Desk, ticket: Ticket, job: TellOfEvent) -> Iterable[Agent]:
    """Who is told: the new owner, the owner, or the supervisors of the department."""
    if job.event_kind == EventKind.TARGET_BREACHED:
        return desk.supervisors(ticket.department_id)
    agent_id = ticket.assignee_id
    if job.event_kind == EventKind.TICKET_ASSIGNED:
        agent_id = job.after.get("assignee", "")
    owner = desk.agents.get(agent_id)
    return (owner,) if owner and owner.is_active else ()


def send_links(ports: Ports, job: SendLinks) -> None:
    """Mail fresh links to the tickets of an address; nothing to an address without tickets."""
    desk = ports.settings.desk()
    contact = ports.customers.find_by_address(job.address)
    if contact is None:
        return
    tickets, _ = ports.tickets.list_by_requester(contact.id, limit=_MAX_LINKS, cursor="")
    if not tickets:
        return
    key = f"links:{job.request_id}"

    def letter() -> Letter:
        links = tuple(LetterLink(f"{t.number} · {t.subject}", page_of(ports, t)) for t in tickets)
        box = _mailbox_of(desk, tickets[0])
        return Letter(
            kind=LetterKind.FRESH_LINKS,
            language=job.language,
            desk=desk.profile,
            to_name=contact.name,
            to_address=contact.email,
            from_name=desk.profile.name,
            from_address=box.address,
            subject="",
            own_id=own_id(key, box),
            instance=ports.addresses.desk_url,
            links=links,
        )

    send_once(ports, key, letter, Sent(0))


@dataclass(frozen=True, slots=True)
class Sent:
    """What a mail was about: its ticket (0 for none) and its message."""

    number: int
    message_id: str = ""


def send_once(ports: Ports, key: str, letter: Callable[[], Letter | None], about: Sent) -> None:
    """Send the mail with this key unless it left already.

    Raises:
        Unavailable: SES throttles or does not answer.
    """
    if not ports.mail_ledger.begin_sending(key, ports.clock.now(), lease_seconds=LEASE_SECONDS):
        return
    written = letter()
    if written is None:
        ports.mail_ledger.finish_sending(key, "", 0, "")
        return
    try:
        ses_id = ports.mail_sender.send(
            ports.composer.compose(written),
            sender=written.from_address,
            recipient=written.to_address,
        )
    except MailRefused:
        if about.message_id:
            ports.tickets.record_delivery(about.number, about.message_id, DeliveryState.FAILED)
        ports.mail_ledger.finish_sending(key, "", about.number, about.message_id)
        return
    ports.mail_ledger.finish_sending(key, ses_id, about.number, about.message_id)
    if about.message_id:
        ports.tickets.record_delivery(about.number, about.message_id, DeliveryState.SENT, ses_id)


def page_of(ports: Ports, ticket: Ticket) -> str:
    """A fresh link to the customer's page of a ticket."""
    granted = capability(ticket.number, ticket.requester.id, ticket.link_epoch)
    token = link_token(granted, ports.secrets.keyring(), ports.clock.now())
    return ports.addresses.ticket_page(token)


def own_id(key: str, box: Mailbox) -> str:
    """Our own Message-ID for a mail: the same at every attempt, without brackets.

    SES replaces it, so it also stands in References, which most mail programs send back.
    """
    return f"chamado.{key.replace(':', '.')}@{box.address.rpartition('@')[2]}"


def _to_requester(ports: Ports, desk: Desk, ticket: Ticket, kind: LetterKind, key: str) -> Letter:
    box = _mailbox_of(desk, ticket)
    granted = capability(ticket.number, ticket.requester.id, ticket.link_epoch)
    local, _, domain = box.address.partition("@")
    return Letter(
        kind=kind,
        language=ticket.language,
        desk=desk.profile,
        to_name=ticket.requester.name,
        to_address=ticket.requester.email,
        from_name=desk.profile.name,
        from_address=box.address,
        subject=ticket.subject,
        reply_to=f"{local}+{reply_token(granted, ports.secrets.keyring())}@{domain}",
        in_reply_to=ticket.last_message_id,
        references=ticket.references,
        own_id=own_id(key, box),
        instance=ports.addresses.desk_url,
        page_url=page_of(ports, ticket),
        facts={"number": str(ticket.number), "time_zone": time_zone_of(desk, ticket)},
    )


def _to_agent(
    ports: Ports, desk: Desk, ticket: Ticket, agent: Agent, kind: LetterKind, job: TellOfEvent
) -> Letter:
    box = _mailbox_of(desk, ticket)
    # A department may be removed while its last tickets are still about.
    department = desk.departments.get(ticket.department_id)
    facts: dict[str, str] = {
        "number": str(ticket.number),
        "time_zone": time_zone_of(desk, ticket),
        "requester": ticket.requester.name,
        "department": department.name if department else ticket.department_id,
        "priority": str(ticket.priority),
        **{name: job.after[name] for name in ("target", "due_at") if name in job.after},
    }
    return Letter(
        kind=kind,
        language=agent.language,
        desk=desk.profile,
        to_name=agent.name,
        to_address=agent.email,
        from_name=desk.profile.name,
        from_address=box.address,
        subject=ticket.subject,
        own_id=own_id(f"{kind}:{job.event_id}:{agent.id}", box),
        instance=ports.addresses.desk_url,
        page_url=ports.addresses.console_ticket(ticket.number),
        facts=facts,
    )


def _mailbox_of(desk: Desk, ticket: Ticket) -> Mailbox:
    return desk.mailboxes.get(ticket.mailbox_id) or desk.default_mailbox()


def _expectation(desk: Desk, ticket: Ticket) -> dict[str, str]:
    """When an answer can be expected, in business minutes; empty without a promise."""
    facts = {"number": str(ticket.number)}
    promised = first_answer_expected(desk, ticket.department_id, ticket.priority)
    if promised:
        facts["expectation"] = str(promised.minutes)
        facts["workday_minutes"] = str(promised.workday_minutes)
    return facts


def _enclosed(
    ports: Ports, message: Message, page_url: str
) -> tuple[tuple[LetterFile, ...], tuple[LetterLink, ...]]:
    """Files that travel with the mail, and links for those that would make it too large."""
    files: list[LetterFile] = []
    links: list[LetterLink] = []
    room = MAX_FILES_BYTES
    for file in message.attachments:
        if file.size <= room:
            room -= file.size
            content = ports.files.read(file.key)
            files.append(LetterFile(file.filename, file.content_type, content))
        else:
            url = f"{page_url}/files/{message.id}/{file.id}"
            links.append(LetterLink(file.filename, url))
    return tuple(files), tuple(links)
