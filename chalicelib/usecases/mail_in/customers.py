"""A customer's mail joins the ticket that it answers, or opens a new one."""

from dataclasses import replace

from chalicelib.domain.decisions import customer_wrote, merged, participants_set
from chalicelib.domain.desk import without_tag
from chalicelib.domain.errors import InvalidLink, LostRace, StaleTicket, TicketNotFound
from chalicelib.domain.judgement import SuspensionReason
from chalicelib.domain.promises import terms_of
from chalicelib.domain.threading import Evidence, Placement, Verdict, candidate, settled
from chalicelib.domain.ticket import (
    MAX_PARTICIPANTS,
    Actor,
    ActorKind,
    Channel,
    MessageKind,
    Ticket,
)
from chalicelib.domain.tokens import Capability, read_reply_token
from chalicelib.usecases.commits import completed_commit
from chalicelib.usecases.follow_up import needs_follow_up, open_follow_up
from chalicelib.usecases.mail_in.arrival import Arrival, Outcome, references_of
from chalicelib.usecases.mail_in.content import (
    fitting_html,
    fitting_text,
    full_text,
    raw_as_file,
    store_attachments,
)
from chalicelib.usecases.merge_tickets import standing_for
from chalicelib.usecases.open_ticket import NewTicket, open_ticket
from chalicelib.usecases.ports import Commit
from chalicelib.usecases.promises import renewed

_ATTEMPTS = 8
_READ_NOTHING = ("no-reply@", "noreply@", "no_reply@", "donotreply@", "do-not-reply@")
_NOBODY = "unknown@sender.invalid"


def join_or_open(arrival: Arrival) -> Outcome:
    """Put the mail on the ticket it belongs to, or open a new one.

    Raises:
        AlreadyDone: it was taken before.
        LostRace: others were faster every time; the job comes again.
    """
    granted = customers_token(arrival)
    known = arrival.context.known_references
    place = candidate(Evidence(granted, references_of(arrival.mail), known))
    for _ in range(_ATTEMPTS):
        if place.number is None:
            return _open(arrival, place)
        try:
            ticket = arrival.ports.tickets.get(place.number)
        except TicketNotFound:
            return _open(arrival, Placement(None))
        if place.by_token and granted and granted.epoch != ticket.link_epoch:
            # The ticket's addresses were made anew since this one was given out.
            place = candidate(Evidence(None, references_of(arrival.mail), known))
            continue
        # Mail for a ticket that was merged lands where its people take part now.
        ticket = standing_for(arrival.ports, ticket)
        final = _settle(arrival, replace(place, number=ticket.number), ticket)
        if final.number is None:
            return _open(arrival, final)
        reason = arrival.reason_to_hold(is_new=False)
        if reason:
            return arrival.suspend(reason)
        try:
            if needs_follow_up(arrival.desk, ticket, arrival.now):
                return _open(arrival, final, follows=ticket)
            arrival.ports.tickets.commit(_answer(arrival, ticket))
        except (StaleTicket, LostRace):
            continue
        return Outcome("message", ticket.number)
    raise LostRace


def customers_token(arrival: Arrival) -> Capability | None:
    """What the signed reply address opens."""
    for address in arrival.addresses:
        _, plus, token = address.partition("@")[0].partition("+")
        if not plus:
            continue
        try:
            return read_reply_token(token, arrival.ports.secrets.keyring())
        except InvalidLink:
            continue
    return None


def author_of(arrival: Arrival, ticket: Ticket) -> Actor:
    """The sender as the ticket's history names him."""
    sender = arrival.mail.from_address
    is_requester = sender.casefold() == ticket.requester.email.casefold()
    person = ticket.requester.id if is_requester else sender
    name = arrival.mail.from_name or (ticket.requester.name if is_requester else sender)
    return Actor(ActorKind.CUSTOMER, person, name)


def _settle(arrival: Arrival, place: Placement, ticket: Ticket) -> Placement:
    return settled(
        place,
        is_participant=(
            not ticket.is_internal and ticket.has_participant(arrival.mail.from_address)
        ),
        is_authenticated=arrival.is_authenticated,
        is_refuted=arrival.delivery.dmarc is Verdict.FAIL,
    )


def _answer(arrival: Arrival, ticket: Ticket) -> Commit:
    renewal = renewed(arrival.ports, arrival.desk, ticket)
    ticket = renewal.ticket
    terms = terms_of(arrival.desk, ticket)
    author = author_of(arrival, ticket)
    message = arrival.message(MessageKind.CUSTOMER_MESSAGE, author)
    decision = customer_wrote(ticket, message, terms, facts=_how_it_came(arrival))
    if arrival.is_authenticated:
        # Only who is proved brings others in: anybody can write a From and a Cc.
        taking_part = (*ticket.participants, *_readers(arrival))[:MAX_PARTICIPANTS]
        joined = participants_set(decision.ticket, taking_part, actor=author, at=message.created_at)
        decision = merged(decision, joined)
    return arrival.on_ledger(completed_commit(arrival.ports, arrival.desk, renewal, decision))


def _open(arrival: Arrival, place: Placement, *, follows: Ticket | None = None) -> Outcome:
    """A new ticket, or the follow-up of one that was closed too long ago.

    Raises:
        StaleTicket: the earlier ticket changed meanwhile.
    """
    if arrival.delivery.spam is Verdict.FAIL and not arrival.released:
        return arrival.suspend(SuspensionReason.SPAM)
    reason = arrival.reason_to_hold(is_new=True)
    if reason:
        return arrival.suspend(reason)
    ports, mail = arrival.ports, arrival.mail
    mailbox = arrival.mailbox
    text, overflow = fitting_text(ports, arrival.delivery, mail)
    address = mail.from_address or arrival.delivery.envelope_sender or _NOBODY
    broken = raw_as_file(ports, arrival.delivery, mail)
    tags = {"looks-like-an-answer": place.looks_like, "not-fully-parsed": broken}
    wanted = NewTicket(
        name=mail.from_name or address.partition("@")[0],
        email=address,
        subject=mail.subject[:250] or "(no subject)",
        text=text,
        channel=Channel.MAIL,
        department_id=mailbox.department_id,
        mailbox_id=mailbox.id,
        language=_language(arrival),
        html=fitting_html(mail),
        full_text=full_text(mail),
        attachments=(*store_attachments(ports, arrival.delivery, mail), *broken),
        # Only who is proved brings others in: anybody can write a From and a Cc.
        participants=_readers(arrival) if arrival.is_authenticated else (),
        message_id=mail.message_id,
        verified=arrival.is_authenticated,
        tags=tuple(tag for tag, holds in tags.items() if holds),
        overflow_key=overflow,
        copied=arrival.others,
        facts=_facts(arrival, place),
    )
    contact = arrival.context.contact
    if follows:
        ticket = open_follow_up(
            ports, follows, wanted, known_contact=contact, complete=arrival.on_ledger
        )
    else:
        ticket = open_ticket(ports, wanted, known_contact=contact, complete=arrival.on_ledger)
    return Outcome("ticket", ticket.number)


def _facts(arrival: Arrival, place: Placement) -> dict[str, str]:
    """What the ticket's first event says besides the usual."""
    facts = _how_it_came(arrival)
    if place.looks_like:
        facts["looks_like"] = str(place.looks_like)
    return facts


def _how_it_came(arrival: Arrival) -> dict[str, str]:
    """Which of our addresses it was sent to, and whether a machine may answer."""
    own = (without_tag(a) for a in arrival.addresses if arrival.desk.is_own_address(a))
    facts = {"to": ",".join(dict.fromkeys(own))}
    if arrival.mail.asks_no_answer or arrival.mail.is_list:
        facts["acknowledge"] = "no"
    return facts


def _readers(arrival: Arrival) -> tuple[str, ...]:
    """Of those whom the sender wrote to, who may write here too."""
    return tuple(
        address for address in arrival.others if not address.lower().startswith(_READ_NOTHING)
    )[:MAX_PARTICIPANTS]


def _language(arrival: Arrival) -> str:
    guess = (arrival.mail.language or "").lower()
    offered = arrival.desk.profile.languages
    return next((tag for tag in offered if guess and tag.lower().startswith(guess)), offered[0])
