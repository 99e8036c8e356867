"""Mails of customers, as a seed makes them up: new ones, answers, and copies of both."""

import json
import random
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from typing import Any

from chalicelib.domain.tokens import capability, reply_token
from chalicelib.usecases.ports import MailReceipt
from infra.local.ses_receiving import Received, Verdicts, notification, stored_mail

MAILBOX = "support@desk.example.com"
ANSWERS = 0.35
ANSWERS_BY_TOKEN = 0.6


@dataclass
class Written:
    """One mail that a customer wrote.

    Attributes:
        marker: words that stand in this mail only.
        answers: marker of the mail whose ticket it belongs to; its own for a new ticket.
    """

    marker: str
    message_id: str
    sender: str
    answers: str
    raw: bytes
    recipient: str = MAILBOX


@dataclass
class Customers:
    """Everybody who writes, and what they wrote."""

    ports: Any
    random: random.Random
    written: list[Written] = field(default_factory=list)
    deliveries: int = 0

    def write(self) -> Written:
        """The next mail: to a ticket that is there already, or a new one."""
        known = self._answerable() if self.random.random() < ANSWERS else None
        mail = self._answer(*known) if known else self._new()
        self.written.append(mail)
        return mail

    def deliver(self, mail: Written, at: datetime) -> Received:
        """What SES makes of a mail; each time with another id."""
        self.deliveries += 1
        return Received(
            message_id=f"{self.random.getrandbits(96):024x}{self.deliveries:06d}",
            sender=mail.sender,
            recipients=[mail.recipient],
            raw=mail.raw,
            verdicts=Verdicts(),
            received_at=at,
        )

    def _new(self) -> Written:
        position = len(self.written)
        sender = f"customer{position}@example.org"
        return self._mail(position, sender, answers="", subject=f"Question {position}")

    def _answer(self, first: Written, number: int) -> Written:
        position = len(self.written)
        by_token = self.random.random() < ANSWERS_BY_TOKEN
        mail = self._mail(
            position, first.sender, answers=first.marker, subject=f"Re: Question {position}",
            in_reply_to="" if by_token else first.message_id,
        )  # fmt: skip
        if by_token:
            ticket = self.ports.tickets.get(number)
            granted = capability(number, ticket.requester.id, ticket.link_epoch)
            token = reply_token(granted, self.ports.secrets.keyring())
            mail.recipient = f"support+{token}@desk.example.com"
        return mail

    def _answerable(self) -> tuple[Written, int] | None:
        """A mail that opened a ticket, and the ticket."""
        for _ in range(3):
            if not self.written:
                return None
            mail = self.random.choice(self.written)
            if mail.answers != mail.marker:
                continue
            receipt = MailReceipt("", "")
            known = self.ports.customers.mail_context(receipt, [mail.message_id], "")
            if mail.message_id in known.known_references:
                return mail, known.known_references[mail.message_id]
        return None

    def _mail(
        self, position: int, sender: str, *, answers: str, subject: str, in_reply_to: str = ""
    ) -> Written:
        marker = f"marker{position:06d}"
        message_id = f"{marker}.{self.random.getrandbits(32):08x}@mail.example.org"
        mail = EmailMessage()
        mail["From"] = f"Customer {position} <{sender}>"
        mail["To"] = MAILBOX
        mail["Subject"] = subject
        mail["Message-ID"] = f"<{message_id}>"
        mail["Date"] = "Mon, 02 Mar 2026 08:59:00 +0000"
        if in_reply_to:
            mail["In-Reply-To"] = f"<{in_reply_to}>"
        words = " ".join(f"word{self.random.getrandbits(16)}" for _ in range(12))
        mail.set_content(f"{words}\n{marker}\n")
        return Written(marker, message_id, sender, answers or marker, bytes(mail))


def announcement(mail: Received) -> str:
    """The body of the job that SES's announcement becomes."""
    said = json.loads(notification(mail, bucket="raw", topic_arn="arn:topic"))
    return json.dumps(said)


def stored(mail: Received) -> bytes:
    """The object in the bucket."""
    return stored_mail(mail)
