"""Customers as the desk knows them: their name, their addresses, and two that are one person."""

from collections.abc import Sequence
from dataclasses import replace

from chalicelib.domain.decisions import regrouped
from chalicelib.domain.desk import Desk
from chalicelib.domain.errors import Fault, InvalidRequest, LostRace
from chalicelib.domain.ticket import SYSTEM, Ticket
from chalicelib.domain.wording import words
from chalicelib.usecases.commits import commit_of, decide_until_written, numbered
from chalicelib.usecases.jobs import RegroupTickets
from chalicelib.usecases.ports import Commit, Contact, Ports

MAX_ADDRESSES = 20
_ATTEMPTS = 4
_PAGE = 50


def change_contact(
    ports: Ports, contact_id: str, *, name: str | None, addresses: Sequence[str] | None
) -> Contact:
    """Give a customer another name, or other addresses, the first of which he is written to.

    Tickets that he has keep the address with which they were opened.

    Raises:
        NotFound: there is no such contact.
        InvalidRequest, AddressTaken: an address cannot be his.
        LostRace: others were faster every time.
    """
    desk = ports.settings.desk()
    for _ in range(_ATTEMPTS):
        contact = ports.customers.get(contact_id)
        _require_current(contact)
        wanted = contact.addresses if addresses is None else _distinct(desk, addresses)
        changed = replace(
            contact,
            name=contact.name if name is None else name,
            email=wanted[0],
            more=tuple(wanted[1:]),
        )
        if changed == contact:
            return contact
        changed = replace(changed, version=contact.version + 1)
        try:
            ports.customers.save(contact, changed)
        except LostRace:
            continue
        return changed
    raise LostRace


def merge_contacts(ports: Ports, contact_id: str, into: str) -> Contact:
    """Two contacts are one person: the other one takes over the addresses. Safe to repeat.

    Their tickets follow by a job, page by page.

    Raises:
        NotFound: there is no such contact.
        InvalidRequest: into itself, or into one that was merged; or too many addresses.
        LostRace: others were faster every time.
    """
    for _ in range(_ATTEMPTS):
        source, target = ports.customers.get(contact_id), ports.customers.get(into)
        if source.merged_into != target.id:
            _require_mergeable(source, target)
            more = (*target.more, *source.addresses)
            grown = replace(target, more=more, version=target.version + 1)
            try:
                ports.customers.save(target, grown, source)
            except LostRace:
                continue
            target = grown
        job = RegroupTickets(source=source.id, target=target.id, cause=ports.ids.new())
        ports.jobs.send([job])
        return target
    raise LostRace


def regroup_tickets(ports: Ports, job: RegroupTickets) -> int:
    """One page of a merged contact's tickets counts to the other; the rest by a further job.

    Safe to repeat. Gives how many were moved.

    Raises:
        LostRace: the job comes again.
    """

    def decide(ticket: Ticket) -> Commit | None:
        decision = regrouped(ticket, job.target, actor=SYSTEM, at=ports.clock.now())
        return commit_of(ticket, numbered(ports.ids, decision)) if decision.changed else None

    found, more = ports.tickets.list_by_requester(job.source, limit=_PAGE, cursor="")
    for ticket in found:
        decide_until_written(ports, ticket.number, decide)
    if more:
        ports.jobs.send([job.model_copy(update={"cause": ports.ids.new()})])
    return len(found)


def _distinct(desk: Desk, addresses: Sequence[str]) -> tuple[str, ...]:
    """Each address once, by any case of the letters."""
    by_key = {address.casefold(): address for address in reversed(addresses)}
    wanted = tuple(reversed(by_key.values()))
    for address in wanted:
        if desk.is_own_address(address):
            raise InvalidRequest(
                Fault(
                    "addresses",
                    words("{address} is an address of this desk; leave it out.", address=address),
                )
            )
    return wanted


def _require_current(contact: Contact) -> None:
    if contact.merged_into:
        reason = words(
            "This contact was merged into {merged_into}; change that one.",
            merged_into=contact.merged_into,
        )
        raise InvalidRequest(Fault("contact", reason))


def _require_mergeable(source: Contact, target: Contact) -> None:
    if source.id == target.id:
        raise InvalidRequest(
            Fault("into", words("A contact cannot be merged into itself; choose another one."))
        )
    _require_current(source)
    if target.merged_into:
        reason = words(
            "That contact was merged into {merged_into}; choose that one.",
            merged_into=target.merged_into,
        )
        raise InvalidRequest(Fault("into", reason))
    if len(source.addresses) + len(target.addresses) > MAX_ADDRESSES:
        reason = words(
            "One contact has at most {most} addresses; take some off first.", most=MAX_ADDRESSES
        )
        raise InvalidRequest(Fault("into", reason))
