"""Whether a mail may come in, and why not.

What is kept out is kept: a person sees it with its reason, lets it in or throws it away. The order
of the rules is the order in which a person would want to hear of them. Sources: RFC 3834 and
RFC 5230 on machines that answer each other, RFC 7489 on what a domain says of its own mail.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.domain.delivery import Delivery, is_authenticated
from chalicelib.domain.desk import Desk, MailRules, without_tag
from chalicelib.domain.inbound_mail import InboundMail
from chalicelib.domain.threading import Verdict

MAX_RECEIVED = 50
"""Received headers of a mail that goes round in circles; real mails have under twenty."""

_WINDOW = timedelta(hours=1)


class SuspensionReason(StrEnum):
    """Why a mail was kept out."""

    VIRUS = "virus"
    OWN_ADDRESS = "own_address"
    LOOP = "loop"
    UNREADABLE = "unreadable"
    BLOCKED = "blocked"
    DMARC = "dmarc"
    SPAM = "spam"
    AUTOMATIC = "automatic"
    BOUNCE = "bounce"
    UNVERIFIED_AGENT = "unverified_agent"
    NOT_POSSIBLE = "not_possible"
    TOO_MANY = "too_many"
    REPEATED = "repeated"
    FORWARDING_CONFIRMATION = "forwarding_confirmation"


def reason_to_keep_out(
    mail: InboundMail, delivery: Delivery, desk: Desk, *, instance: str
) -> SuspensionReason | None:
    """What speaks against a mail before anybody asks where it belongs; None when nothing does.

    Spam is not among it: SES errs, and an answer that finds its ticket by a secret is none. Nor are
    bounces and automatic mails, which may belong to a ticket.

    Args:
        instance: address of this desk, as its own mails carry it in ``X-Chamado-Loop``.
    """
    comes_back = bool(instance) and mail.headers.get("x_chamado_loop", "").strip() == instance
    refuted = delivery.dmarc is Verdict.FAIL and delivery.dmarc_policy in ("reject", "quarantine")
    in_order = {
        SuspensionReason.VIRUS: delivery.virus is Verdict.FAIL,
        SuspensionReason.LOOP: (
            comes_back or _is_own_id(mail, desk) or mail.received_count > MAX_RECEIVED
        ),
        SuspensionReason.OWN_ADDRESS: any(desk.is_own_address(a) for a in _senders(mail)),
        SuspensionReason.UNREADABLE: not mail.from_address,
        SuspensionReason.BLOCKED: desk.is_blocked(mail.from_address),
        SuspensionReason.DMARC: refuted,
        SuspensionReason.FORWARDING_CONFIRMATION: (
            mail.is_forwarding_confirmation and is_authenticated(delivery, mail)
        ),
    }
    return next((reason for reason, holds in in_order.items() if holds), None)


@dataclass(frozen=True, slots=True)
class Tally:
    """Something that is counted within an hour.

    Attributes:
        name: what is counted; no address, only a digest of it.
        ends_at: after it the count is of no more interest.
    """

    name: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Tallies:
    """What is counted of one sender: his new tickets, and the same words again."""

    tickets: Tally
    copies: Tally


def tallies_of(mail: InboundMail, now: datetime) -> Tallies:
    """The counts that this mail adds to, in the hour of ``now``."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    sender = without_tag(mail.from_address)
    said = f"{mail.subject}\n{mail.text}"
    ends_at = hour + 2 * _WINDOW

    def tally(*parts: str) -> Tally:
        digest = hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()
        return Tally(f"{hour:%Y%m%dT%H}#{digest}", ends_at)

    return Tallies(tally("tickets", sender), tally("copies", sender, said))


def reason_to_hold(
    rules: MailRules, *, tickets: int, copies: int, is_new: bool, is_authenticated: bool
) -> SuspensionReason | None:
    """Whether one sender has written too often: the backstop whatever the headers say.

    Args:
        tickets: how many he opened in this hour.
        copies: how often he said just this in this hour.
        is_new: this mail would open one more.
    """
    if copies >= rules.copies_per_hour:
        return SuspensionReason.REPEATED
    allowed = rules.tickets_per_hour_authenticated if is_authenticated else rules.tickets_per_hour
    if is_new and tickets >= allowed:
        return SuspensionReason.TOO_MANY
    return None


def _senders(mail: InboundMail) -> tuple[str, ...]:
    return (mail.from_address, *(sender.address for sender in mail.sender))


def _is_own_id(mail: InboundMail, desk: Desk) -> bool:
    """Whether the Message-ID is one that we make: our own mail came back unchanged."""
    local, _, domain = mail.message_id.partition("@")
    own = {box.address.rpartition("@")[2] for box in desk.mailboxes.values()}
    return local.startswith("chamado.") and domain.casefold() in own
