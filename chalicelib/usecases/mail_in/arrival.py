"""One mail on its way in, with all that is known of it and what makes its write safe."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.delivery import Delivery, is_authenticated
from chalicelib.domain.desk import Desk, Mailbox, without_tag
from chalicelib.domain.inbound_mail import InboundMail
from chalicelib.domain.judgement import SuspensionReason, Tallies, reason_to_hold
from chalicelib.domain.ticket import Actor, Channel, Message, MessageKind
from chalicelib.usecases.mail_in.content import (
    fitting_html,
    fitting_text,
    full_text,
    store_attachments,
)
from chalicelib.usecases.ports import Commit, MailContext, MailReceipt, Ports, SuspendedMail

_MAX_REFERENCES = 40
_MAX_COPIED = 50
_PREVIEW_CHARACTERS = 5_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mail.

    Attributes:
        what: message, ticket, note, bounce, automatic, suspended, check or repeated.
    """

    what: str
    number: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One mail on its way in.

    Attributes:
        size: bytes of the raw mail.
        released: the entry of the list of suspended mails that a person lets in; None on the
            ordinary way.
    """

    ports: Ports
    desk: Desk
    delivery: Delivery
    mail: InboundMail
    size: int
    now: datetime
    receipt: MailReceipt
    tallies: Tallies
    context: MailContext
    released: SuspendedMail | None = None

    @property
    def is_authenticated(self) -> bool:
        """Whether From can be believed."""
        return is_authenticated(self.delivery, self.mail)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where the mail was sent to: the envelope first, for headers say what the sender likes."""
        headers = (*(a.address for a in self.mail.to), *(a.address for a in self.mail.cc))
        return (*self.delivery.recipients, *headers)

    @property
    def mailbox(self) -> Mailbox:
        """The mailbox that the mail was sent to; the catch-all when it names none."""
        found = (self.desk.mailbox_at(address) for address in self.addresses)
        return next((box for box in found if box), None) or self.desk.default_mailbox()

    @property
    def others(self) -> tuple[str, ...]:
        """Everybody else whom the sender wrote to, each once, without addresses of ours."""
        own = without_tag(self.mail.from_address)
        headers = (*(a.address for a in self.mail.to), *(a.address for a in self.mail.cc))
        named = (
            address
            for address in headers
            if address and not self.desk.is_own_address(address) and without_tag(address) != own
        )
        return tuple(dict.fromkeys(named))[:_MAX_COPIED]

    def reason_to_hold(self, *, is_new: bool) -> SuspensionReason | None:
        """Whether this sender wrote too often; never for a mail that a person lets in."""
        if self.released:
            return None
        counts = self.context.counts
        return reason_to_hold(
            self.desk.mail_rules,
            tickets=counts.get(self.tallies.tickets.name, 0),
            copies=counts.get(self.tallies.copies.name, 0),
            is_new=is_new,
            is_authenticated=self.is_authenticated,
        )

    def message(self, kind: MessageKind, author: Actor) -> Message:
        """The mail as a message of a ticket; its long text and its files are stored by this."""
        text, overflow = fitting_text(self.ports, self.delivery, self.mail)
        return Message(
            id=self.ports.ids.new(),
            kind=kind,
            author=author,
            channel=Channel.MAIL,
            text=text,
            html=fitting_html(self.mail),
            full_text=full_text(self.mail),
            created_at=self.ports.clock.now(),
            attachments=store_attachments(self.ports, self.delivery, self.mail),
            message_id=self.mail.message_id,
            verified=self.is_authenticated,
            overflow_key=overflow,
            copied=self.others,
        )

    def on_ledger(self, commit: Commit) -> Commit:
        """The commit with what makes it happen once for this mail, and what is counted."""
        ids = (self.mail.message_id,) if self.mail.message_id else ()
        threaded = replace(commit, thread_ids=ids)
        if self.released:
            return replace(threaded, released=self.released.id)
        opens = (self.tallies.tickets,) if commit.before is None else ()
        return replace(threaded, receipt=self.receipt, tallies=(self.tallies.copies, *opens))

    def suspend(self, reason: SuspensionReason, detail: str = "") -> Outcome:
        """Keep the mail out, where a person finds it with the reason; safe to repeat."""
        mail = self.mail
        entry = SuspendedMail(
            id=self.ports.ids.new(),
            received_at=self.delivery.received_at,
            reason=reason,
            from_address=mail.from_address or self.delivery.envelope_sender,
            subject=mail.subject[:250],
            size=self.size,
            raw_key=self.delivery.raw_key,
            detail=detail or ", ".join(mail.defects),
            text=(mail.reply_text or mail.text)[:_PREVIEW_CHARACTERS],
            confirmation_code=mail.confirmation_code,
            confirmation_url=mail.confirmation_url,
            delivery=self.delivery,
        )
        if not self.released:
            self.ports.mail_intake.suspend(entry, self.receipt)
        return Outcome("suspended", reason=reason)


def receipt_of(delivery: Delivery, mail: InboundMail) -> MailReceipt:
    """What the mail is known by: this delivery, and what it says."""
    return MailReceipt(delivery.ses_id, _fingerprint(mail, delivery))


def references_of(mail: InboundMail) -> tuple[str, ...]:
    """What the mail answers, nearest first: In-Reply-To, then References from the last.

    For a bounce: the mail that came back, and what that one answered.
    """
    ids = (*mail.bounced_ids, *mail.in_reply_to, *reversed(mail.references))
    return tuple(dict.fromkeys(i for i in ids if i.strip()))[:_MAX_REFERENCES]


def _fingerprint(mail: InboundMail, delivery: Delivery) -> str:
    """The same for two copies of one mail; different for another mail under the same Message-ID."""
    files = "|".join(f"{f.filename}:{f.size}" for f in mail.attachments)
    said = f"{mail.message_id}\n{mail.from_address}\n{mail.date}\n{mail.text}\n{mail.html}\n{files}"
    if not mail.message_id:
        said += delivery.ses_id
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()
