"""Whether an address outside really forwards to the desk: a mail is sent there and must come back.

The mail carries an id that only its sender and whoever passes it on know; that it arrives here
proves the forwarding, whatever the provider.
"""

from chalicelib.domain.errors import Fault, InvalidRequest, NotFound
from chalicelib.domain.wording import words
from chalicelib.usecases.jobs import SendForwardingCheck
from chalicelib.usecases.mail_in.arrival import Arrival, references_of
from chalicelib.usecases.ports import ForwardingCheck, Ports

CHECK_PREFIX = "chamado.check."
"""Begin of our own Message-ID of such a mail; the rest is the id of the check."""


def ask(ports: Ports, mailbox_id: str, address: str) -> ForwardingCheck:
    """Send a mail to an alias of the mailbox, to see whether it comes back here.

    Raises:
        NotFound: there is no such mailbox.
        InvalidRequest: the address is not among its aliases.
        Unavailable: the queue did not take the job; try again.
    """
    desk = ports.settings.desk()
    box = desk.mailboxes.get(mailbox_id)
    if box is None:
        raise NotFound("Mailbox", mailbox_id)
    wanted = address.strip().lower()
    if wanted not in box.aliases:
        advice = words("Add the address to the mailbox's aliases first, then test it.")
        raise InvalidRequest(Fault("address", advice))
    check = ForwardingCheck(ports.ids.new(), mailbox_id, wanted, ports.clock.now())
    ports.forwarding_checks.begin(check)
    ports.jobs.send([SendForwardingCheck(check_id=check.id, mailbox_id=mailbox_id, address=wanted)])
    return check


def checks_of(ports: Ports, mailbox_id: str) -> list[ForwardingCheck]:
    """The last check of each address of a mailbox.

    Raises:
        NotFound: there is no such mailbox.
    """
    if mailbox_id not in ports.settings.desk().mailboxes:
        raise NotFound("Mailbox", mailbox_id)
    return [c for c in ports.forwarding_checks.list_all() if c.mailbox_id == mailbox_id]


def note_arrival(arrival: Arrival) -> bool:
    """Whether this mail is such a check come back; if so, note it. Safe to repeat."""
    ids = (arrival.mail.message_id, *references_of(arrival.mail))
    for identifier in ids:
        local = identifier.partition("@")[0]
        if local.casefold().startswith(CHECK_PREFIX):
            check_id = local[len(CHECK_PREFIX) :].upper()
            if arrival.ports.forwarding_checks.finish(check_id, arrival.now):
                arrival.ports.mail_intake.note_taken(arrival.receipt, 0, arrival.now)
                return True
    return False
