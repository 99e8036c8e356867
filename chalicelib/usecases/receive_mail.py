"""A mail that SES stored becomes a message on the ticket it answers, or a new ticket.

The raw mail is stored before this starts and stays. Whatever happens, the mail ends as a message,
as a suspended mail, or in the dead-letter queue; a second delivery ends as nothing.
"""

import hashlib
from dataclasses import dataclass, replace

from chalicelib.domain.decisions import customer_wrote
from chalicelib.domain.delivery import Delivery, is_authenticated
from chalicelib.domain.desk import Desk, Mailbox, without_tag
from chalicelib.domain.errors import InvalidLink, LostRace, StaleTicket, TicketNotFound
from chalicelib.domain.inbound_mail import InboundMail
from chalicelib.domain.threading import Evidence, Placement, Verdict, candidate, settled
from chalicelib.domain.ticket import (
    MAX_PARTICIPANTS,
    Actor,
    ActorKind,
    Channel,
    Message,
    MessageKind,
    Ticket,
)
from chalicelib.domain.tokens import Capability, read_reply_token
from chalicelib.usecases.commits import commit_of, numbered
from chalicelib.usecases.mail_content import (
    fitting_html,
    fitting_text,
    full_text,
    store_attachments,
)
from chalicelib.usecases.open_ticket import NewTicket, open_ticket
from chalicelib.usecases.ports import (
    AlreadyDone,
    Commit,
    MailContext,
    MailReceipt,
    Ports,
    SuspendedMail,
)

_MAX_REFERENCES = 40
_ATTEMPTS = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mail: ``what`` is message, ticket, suspended or repeated."""

    what: str
    number: int = 0
    reason: str = ""


def receive_mail(ports: Ports, delivery: Delivery, mail: InboundMail, size: int) -> Outcome:
    """Let a mail in, three calls that wait for each other. Safe to repeat."""
    desk = ports.settings.desk()
    receipt = MailReceipt(delivery.ses_id, _fingerprint(mail, delivery))
    reason = _reason_to_suspend(desk, delivery, mail)
    if reason:
        return _suspend(ports, delivery, mail, size, receipt, reason)
    references = _references(mail)
    context = ports.customers.mail_context(receipt, references, mail.from_address)
    if context.seen:
        return Outcome("repeated")
    granted = _capability(ports, delivery, mail)
    place = candidate(Evidence(granted, references, context.known_references))
    arrival = _Arrival(ports, desk, delivery, mail, receipt, context, granted)
    try:
        return arrival.join(place)
    except AlreadyDone:
        return Outcome("repeated")


@dataclass(frozen=True, slots=True)
class _Arrival:
    """One mail on its way in, with all that was read about it."""

    ports: Ports
    desk: Desk
    delivery: Delivery
    mail: InboundMail
    receipt: MailReceipt
    context: MailContext
    granted: Capability | None

    def join(self, place: Placement) -> Outcome:
        """Put the mail on the ticket it belongs to, or open a new one."""
        if place.number is None:
            return self._open(place)
        for _ in range(_ATTEMPTS):
            try:
                ticket = self.ports.tickets.get(place.number)
            except TicketNotFound:
                return self._open(Placement(None))
            if place.by_token and self._is_revoked(ticket):
                known = self.context.known_references
                return self.join(candidate(Evidence(None, _references(self.mail), known)))
            final = self._settle(place, ticket)
            if final.number is None:
                return self._open(final)
            commit = self._answer(ticket)
            try:
                self.ports.tickets.commit(commit)
            except (StaleTicket, LostRace):
                continue
            return Outcome("message", ticket.number)
        raise LostRace

    def _is_revoked(self, ticket: Ticket) -> bool:
        """Whether the ticket's addresses were made anew since this one was given out."""
        return self.granted is not None and self.granted.epoch != ticket.link_epoch

    def _settle(self, place: Placement, ticket: Ticket) -> Placement:
        sender = self.mail.from_address
        return settled(
            place,
            is_participant=ticket.has_participant(sender),
            is_authenticated=is_authenticated(self.delivery, self.mail),
            is_refuted=self.delivery.dmarc is Verdict.FAIL,
        )

    def _answer(self, ticket: Ticket) -> Commit:
        terms = self.desk.terms(ticket.department_id, ticket.priority)
        message = self._message(ticket)
        decision = customer_wrote(ticket, message, terms)
        commit = commit_of(ticket, numbered(self.ports.ids, decision))
        return replace(commit, receipt=self.receipt, thread_ids=self._thread_ids())

    def _message(self, ticket: Ticket) -> Message:
        text, overflow = fitting_text(self.ports, self.delivery, self.mail)
        sender = self.mail.from_address
        is_requester = sender.casefold() == ticket.requester.email.casefold()
        person = ticket.requester.id if is_requester else sender
        name = self.mail.from_name or (ticket.requester.name if is_requester else sender)
        return Message(
            id=self.ports.ids.new(),
            kind=MessageKind.CUSTOMER_MESSAGE,
            author=Actor(ActorKind.CUSTOMER, person, name),
            channel=Channel.MAIL,
            text=text,
            html=fitting_html(self.mail),
            full_text=full_text(self.mail),
            created_at=self.ports.clock.now(),
            attachments=store_attachments(self.ports, self.delivery, self.mail),
            message_id=self.mail.message_id,
            verified=is_authenticated(self.delivery, self.mail),
            overflow_key=overflow,
        )

    def _open(self, place: Placement) -> Outcome:
        mailbox = _mailbox(self.desk, self.delivery, self.mail)
        text, overflow = fitting_text(self.ports, self.delivery, self.mail)
        wanted = NewTicket(
            name=self.mail.from_name or self.mail.from_address.partition("@")[0],
            email=self.mail.from_address,
            subject=self.mail.subject[:250] or "(no subject)",
            text=text,
            channel=Channel.MAIL,
            department_id=mailbox.department_id,
            mailbox_id=mailbox.id,
            language=_language(self.desk, self.mail),
            html=fitting_html(self.mail),
            full_text=full_text(self.mail),
            attachments=store_attachments(self.ports, self.delivery, self.mail),
            participants=self._participants(),
            message_id=self.mail.message_id,
            verified=is_authenticated(self.delivery, self.mail),
            receipt=self.receipt,
            thread_ids=self._thread_ids(),
            tags=("looks-like-an-answer",) if place.looks_like else (),
            overflow_key=overflow,
        )
        ticket = open_ticket(self.ports, wanted, known_contact=self.context.contact)
        return Outcome("ticket", ticket.number)

    def _participants(self) -> tuple[str, ...]:
        """Only who is authenticated brings others in: anybody can write a From and a Cc."""
        if not is_authenticated(self.delivery, self.mail):
            return ()
        return _participants(self.desk, self.mail)

    def _thread_ids(self) -> tuple[str, ...]:
        return (self.mail.message_id,) if self.mail.message_id else ()


def _reason_to_suspend(desk: Desk, delivery: Delivery, mail: InboundMail) -> str:
    """Why a mail is kept out; empty when it may come in."""
    if delivery.virus is Verdict.FAIL:
        return "virus"
    if desk.is_own_address(mail.from_address) or mail.headers.get("x_chamado_loop"):
        return "own_address"
    if not mail.from_address:
        return "unreadable"
    if mail.is_bounce or mail.is_auto_reply:
        return "automatic"
    return ""


def _suspend(
    ports: Ports,
    delivery: Delivery,
    mail: InboundMail,
    size: int,
    receipt: MailReceipt,
    reason: str,
) -> Outcome:
    entry = SuspendedMail(
        id=ports.ids.new(),
        received_at=delivery.received_at,
        reason=reason,
        from_address=mail.from_address or delivery.envelope_sender,
        subject=mail.subject[:250],
        size=size,
        raw_key=delivery.raw_key,
        detail=", ".join(mail.defects),
    )
    ports.mail_ledger.suspend(entry, receipt)
    return Outcome("suspended", reason=reason)


def _fingerprint(mail: InboundMail, delivery: Delivery) -> str:
    """The same for two copies of one mail; different for another mail under the same Message-ID."""
    files = "|".join(f"{f.filename}:{f.size}" for f in mail.attachments)
    said = f"{mail.message_id}\n{mail.from_address}\n{mail.date}\n{mail.text}\n{mail.html}\n{files}"
    if not mail.message_id:
        said += delivery.ses_id
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()


def _references(mail: InboundMail) -> tuple[str, ...]:
    """What the mail answers, nearest first: In-Reply-To, then References from the last."""
    ids = (*mail.in_reply_to, *reversed(mail.references))
    return tuple(dict.fromkeys(i for i in ids if i.strip()))[:_MAX_REFERENCES]


def _capability(ports: Ports, delivery: Delivery, mail: InboundMail) -> Capability | None:
    """What the signed reply address opens, envelope recipients first."""
    headers = (*(a.address for a in mail.to), *(a.address for a in mail.cc))
    for address in (*delivery.recipients, *headers):
        _, plus, token = address.partition("@")[0].partition("+")
        if not plus:
            continue
        try:
            return read_reply_token(token, ports.secrets.keyring())
        except InvalidLink:
            continue
    return None


def _mailbox(desk: Desk, delivery: Delivery, mail: InboundMail) -> Mailbox:
    headers = (*(a.address for a in mail.to), *(a.address for a in mail.cc))
    for address in (*delivery.recipients, *headers):
        found = desk.mailbox_at(address)
        if found:
            return found
    return desk.default_mailbox()


def _participants(desk: Desk, mail: InboundMail) -> tuple[str, ...]:
    """Who else the first mail was written to: they may write on this ticket."""
    others = [
        address.address
        for address in (*mail.to, *mail.cc)
        if address.address and not desk.is_own_address(address.address)
        and without_tag(address.address) != without_tag(mail.from_address)
        and not address.address.lower().startswith(("no-reply@", "noreply@", "donotreply@"))
    ]  # fmt: skip
    return tuple(dict.fromkeys(others))[:MAX_PARTICIPANTS]


def _language(desk: Desk, mail: InboundMail) -> str:
    guess = (mail.language or "").lower()
    offered = desk.profile.languages
    return next((tag for tag in offered if guess and tag.lower().startswith(guess)), offered[0])
