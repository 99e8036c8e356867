"""Fresh links, for a customer whose link is lost or ran out."""

from datetime import UTC, datetime

from chalicelib.domain.letter import Letter, LetterKind, LetterLink
from chalicelib.usecases.jobs import SendLinks
from chalicelib.usecases.mail_out.letters import mailbox_of, own_id, page_of
from chalicelib.usecases.mail_out.sending import Outgoing, send_once
from chalicelib.usecases.ports import Ports

_MAX_LINKS = 10


def send_links(ports: Ports, job: SendLinks) -> None:
    """Mail fresh links to the tickets of an address; nothing to an address without tickets."""
    desk = ports.settings.desk()
    contact = ports.customers.find_by_address(job.address)
    if contact is None:
        return
    tickets, _ = ports.tickets.list_by_requester(contact.id, limit=_MAX_LINKS, cursor="")
    tickets = [ticket for ticket in tickets if not ticket.is_internal]
    if not tickets:
        return
    key = f"links:{job.request_id}"

    def letter() -> Letter:
        links = tuple(LetterLink(f"{t.number} · {t.subject}", page_of(ports, t)) for t in tickets)
        box = mailbox_of(desk, tickets[0])
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

    send_once(ports, Outgoing(key, contact.email, _asked_at(ports, job)), letter)


def _asked_at(ports: Ports, job: SendLinks) -> datetime:
    """When the customer asked: the last part of the wish's id, in seconds."""
    seconds = job.request_id.rpartition("-")[2]
    return datetime.fromtimestamp(int(seconds), tz=UTC) if _is_time(seconds) else ports.clock.now()


def _is_time(text: str) -> bool:
    return text.isascii() and text.isdecimal() and 9 < len(text) < 12
