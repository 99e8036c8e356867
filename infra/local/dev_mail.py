"""``/dev/mail``: every mail that the desk sent, and a form to write as any customer.

Served by the run's own process on a port of its own; the emulator's front passes ``/dev`` on.
"""

import json
import smtplib
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from jinja2 import Environment, FileSystemLoader, select_autoescape

from infra.local.mail_store import MailStore, SentMail
from infra.local.mail_view import answer, bare_address, new_mail, summary
from infra.local.profile import LOOPBACK

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=select_autoescape(["html"]),
)
MAX_FORM_BYTES = 1_000_000
# No script at all on this page; mails are shown in a frame without any rights.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'"
POLICY += "; frame-src 'self'; base-uri 'self'; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class DevMailContext:
    """What the page knows."""

    store: MailStore
    smtp_port: int
    desk_port: int
    mailboxes: tuple[str, ...]


class DevMailServer:
    """The page's server, in a thread of its own, on loopback."""

    def __init__(self, context: DevMailContext) -> None:
        handler = type("Handler", (DevMailHandler,), {"context": context})
        self._server = ThreadingHTTPServer((LOOPBACK, 0), handler)
        self._server.daemon_threads = True
        self.url = f"http://{LOOPBACK}:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class DevMailHandler(BaseHTTPRequestHandler):
    """GET shows, POST writes as a customer."""

    context: DevMailContext

    def do_GET(self) -> None:
        """List, one mail, or JSON."""
        url = urlsplit(self.path)
        if not self._is_from_this_machine():
            self._send(HTTPStatus.FORBIDDEN, "text/plain", b"Only for this machine.")
        elif url.path == "/dev/mail.json":
            self._send_json([summary(mail) for mail in self.context.store.newest_first()])
        elif url.path.rstrip("/") in {"/dev", "/dev/mail"}:
            self._send_page(said=parse_qs(url.query).get("said", [""])[0])
        elif url.path.endswith(".eml") and (mail := self._mail(Path(url.path).stem)):
            self._send(HTTPStatus.OK, "message/rfc822", mail.raw)
        elif mail := self._mail(url.path.removeprefix("/dev/mail/")):
            self._send_page(open_mail=mail)
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", b"There is no such mail.")

    def do_POST(self) -> None:
        """Send a new mail or an answer to the desk."""
        if not self._is_from_this_machine():
            self._send(HTTPStatus.FORBIDDEN, "text/plain", b"Only for this machine.")
            return
        length = min(int(self.headers.get("Content-Length") or 0), MAX_FORM_BYTES)
        form = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
        try:
            message = self._written(form)
        except (KeyError, ValueError) as error:
            self._send(HTTPStatus.BAD_REQUEST, "text/plain", f"Cannot send: {error}".encode())
            return
        self._redirect(self._hand_over(message))

    def _written(self, form: dict[str, str]) -> EmailMessage:
        now = datetime.now(UTC)
        path = urlsplit(self.path).path
        if path == "/dev/mail/new":
            fields = {name: form[name] for name in ("sender", "recipient", "subject", "text")}
            return new_mail(now=now, **fields)
        mail = self._mail(path.removeprefix("/dev/mail/").removesuffix("/answer"))
        if mail is None:
            message = "there is no such mail"
            raise ValueError(message)
        return answer(mail, text=form["text"], now=now)

    def _hand_over(self, message: EmailMessage) -> str:
        recipient = bare_address(str(message["To"]))
        try:
            with smtplib.SMTP(LOOPBACK, self.context.smtp_port, timeout=30) as connection:
                connection.send_message(message, bare_address(str(message["From"])), [recipient])
        except (OSError, smtplib.SMTPException) as error:
            return f"The desk did not take the mail: {error}"
        return f"Sent to {recipient}."

    def _mail(self, mail_id: str) -> SentMail | None:
        return self.context.store.find(mail_id)

    def _is_from_this_machine(self) -> bool:
        """Whether the browser asked for this page itself, and no other site or name did."""
        ours = {f"{host}:{self.context.desk_port}" for host in ("localhost", LOOPBACK)}
        origin = self.headers.get("Origin")
        direct = urlsplit(f"http://{self.headers.get('Host', '')}").port == self.server.server_port  # type: ignore[attr-defined]
        asked_by_name = self.headers.get("Host") in ours or direct
        return asked_by_name and (origin is None or origin in {f"http://{name}" for name in ours})

    def _send_page(self, *, open_mail: SentMail | None = None, said: str = "") -> None:
        page = TEMPLATES.get_template("mails.html").render(
            mails=[summary(mail) for mail in self.context.store.newest_first()],
            open=summary(open_mail) if open_mail else None,
            said=said,
            smtp_port=self.context.smtp_port,
            mailboxes=self.context.mailboxes,
        )
        self._send(HTTPStatus.OK, "text/html; charset=utf-8", page.encode())

    def _send_json(self, value: Any) -> None:
        self._send(HTTPStatus.OK, "application/json", json.dumps(value).encode())

    def _redirect(self, said: str) -> None:
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", f"/dev/mail?said={quote(said)}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing: the terminal belongs to the run."""
