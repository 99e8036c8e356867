"""Two SMTP servers on loopback: the bridge plays SES receiving, the sink takes what SES sends."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from infra.local.failures import LocalRunError
from infra.local.mail_store import MailStore
from infra.local.profile import LOOPBACK
from infra.local.ses_receiving import (
    Received,
    notification,
    stored_mail,
    take_drop,
    take_verdicts,
)

# SES's own limit for mail in; larger mails bounce at SMTP.
MAX_BYTES = 40 * 1024 * 1024
# Mail clients and list servers send lines longer than the RFC's 998; SES takes them.
MAX_LINE_BYTES = 1024 * 1024
log = logging.getLogger(__name__)


class MailServer(SMTP):
    """aiosmtpd's server without its limit on lines."""

    line_length_limit = MAX_LINE_BYTES


class LoopbackServer(Controller):
    """One SMTP server in a thread of its own, on loopback only."""

    def factory(self) -> SMTP:
        """A server per connection; its name is given so that no look-up of the host's is made."""
        return MailServer(
            self.handler,
            data_size_limit=MAX_BYTES,
            hostname="localhost",
            ident="Chamado local mail",
        )


def serve(handler: object, port: int) -> LoopbackServer:
    """Start a server on the port.

    Raises:
        LocalRunError: somebody took the port since it was checked.
    """
    server = LoopbackServer(handler, hostname=LOOPBACK, port=port)
    try:
        server.start()
    except (OSError, TimeoutError) as error:
        message = f"The mail server cannot listen on port {port}: {error}"
        raise LocalRunError(message) from error
    return server


class Bridge:
    """Mail to the desk: stored and announced exactly as SES would.

    Args:
        domains: what the receipt rule has as recipients; other mail is refused, as by SES.
    """

    def __init__(
        self, *, s3: Any, sqs: Any, bucket: str, queue_url: str, domains: tuple[str, ...]
    ) -> None:
        self._s3 = s3
        self._sqs = sqs
        self._bucket = bucket
        self._queue_url = queue_url
        self._domains = domains

    async def handle_RCPT(
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Accept only the desk's own domains."""
        if address.rpartition("@")[2].lower() not in self._domains:
            return f"550 5.1.1 {address}: the desk receives mail for {', '.join(self._domains)}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Take one mail; say "later" when the emulator does not answer, so nothing is lost."""
        try:
            message_id = await asyncio.to_thread(
                self.receive, envelope.mail_from or "", list(envelope.rcpt_tos), _bytes(envelope)
            )
        except Exception:
            log.exception("a mail could not be handed to the desk")
            return "451 4.3.0 The desk cannot take mail now, try again"
        return f"250 OK {message_id}"

    def receive(self, sender: str, recipients: list[str], raw: bytes) -> str:
        """Store, then announce, and return the id SES would have given the mail."""
        clean, verdicts = take_verdicts(raw)
        clean, is_dropped = take_drop(clean)
        mail = Received(
            message_id=secrets.token_hex(20),
            sender=sender,
            recipients=recipients,
            raw=clean,
            verdicts=verdicts,
            received_at=datetime.now(UTC),
        )
        self._s3.put_object(Bucket=self._bucket, Key=mail.message_id, Body=stored_mail(mail))
        if is_dropped:
            return mail.message_id
        topic = "arn:aws:sns:us-east-1:000000000000:chamado-local-inbound-mail"
        body = notification(mail, bucket=self._bucket, topic_arn=topic)
        self._sqs.send_message(QueueUrl=self._queue_url, MessageBody=body)
        return mail.message_id


class Sink:
    """Mail from the desk: kept for the page of mails."""

    def __init__(self, store: MailStore, on_mail: Callable[[str], None] | None = None) -> None:
        self._store = store
        self._on_mail = on_mail

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keep one mail."""
        mail_id = self._store.add(
            envelope.mail_from or "", list(envelope.rcpt_tos), _bytes(envelope)
        )
        if self._on_mail:
            self._on_mail(mail_id)
        return "250 OK"


def _bytes(envelope: Envelope) -> bytes:
    content = envelope.original_content or envelope.content or b""
    return content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape")
