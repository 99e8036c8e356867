"""What SES does with a mail that comes in: headers on top, object in S3, notification.

Pure: bytes in, bytes and JSON out, so that tests can compare it with SES's documentation.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import format_datetime, getaddresses
from typing import Any

CHECKS = ("spam", "virus", "spf", "dkim", "dmarc")
# Header as it is written to its name among SES's common headers.
ADDRESS_HEADERS = {"from": "from", "to": "to", "cc": "cc", "reply-to": "replyTo"}
TEXT_HEADERS = {"date": "date", "message-id": "messageId", "subject": "subject"}
# SES truncates the list of headers in a notification; SQS takes 1 MiB, this stays far below.
MAX_HEADERS_BYTES = 100_000
# Only the bridge reads it, and takes it out: `X-Local-Verdicts: dmarc=FAIL policy=reject`.
VERDICTS_HEADER = re.compile(
    rb"^x-local-verdicts:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n", re.IGNORECASE | re.MULTILINE
)
# The same for `X-Local-Drop-Notification: yes`: the mail is stored and nobody is told.
DROP_HEADER = re.compile(
    rb"^x-local-drop-notification:[ \t]*yes[ \t]*\r?\n", re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What SES's checks said: ``PASS``, ``FAIL``, ``GRAY`` or ``PROCESSING_FAILED`` each."""

    by_check: dict[str, str] = field(default_factory=dict)
    # The sender domain's DMARC policy; SES tells it only when DMARC failed.
    policy: str = "none"

    def of(self, check: str) -> str:
        """The verdict of one check; everything passes unless a test says otherwise."""
        return self.by_check.get(check, "PASS")


@dataclass(frozen=True, slots=True)
class Received:
    """One SMTP transaction as SES would hand it on."""

    message_id: str
    sender: str
    recipients: list[str]
    raw: bytes
    verdicts: Verdicts
    received_at: datetime


def take_verdicts(raw: bytes) -> tuple[bytes, Verdicts]:
    """Cut the test header out of the mail's head and read it."""
    head, separator, body = _split(raw)
    found = VERDICTS_HEADER.search(head)
    if not found:
        return raw, Verdicts()
    text = found.group().split(b":", 1)[1].decode("ascii", "replace")
    pairs = dict(re.findall(r"(\w+)=(\w+)", text))
    policy = pairs.pop("policy", "none")
    clean = head[: found.start()] + head[found.end() :]
    verdicts = {name: value.upper() for name, value in pairs.items() if name in CHECKS}
    return clean + separator + body, Verdicts(verdicts, policy)


def take_drop(raw: bytes) -> tuple[bytes, bool]:
    """Cut the header that asks for a lost announcement out of the mail's head."""
    head, separator, body = _split(raw)
    found = DROP_HEADER.search(head)
    if not found:
        return raw, False
    return head[: found.start()] + head[found.end() :] + separator + body, True


def _split(raw: bytes) -> tuple[bytes, bytes, bytes]:
    """Head with its last line break, blank line, body."""
    found = re.search(rb"\r?\n(\r?\n)", raw)
    if not found:
        return raw, b"", b""
    return raw[: found.start(1)], found.group(1), raw[found.end(1) :]


def stored_mail(mail: Received) -> bytes:
    """The object in the raw bucket: SES's block on top of what came in."""
    verdicts = mail.verdicts
    domain = mail.sender.rpartition("@")[2] or "mailer-daemon.invalid"
    results = "; ".join(
        f"{check}={verdicts.of(check).lower()}" for check in ("spf", "dkim", "dmarc")
    )
    block = [
        f"Return-Path: <{mail.sender}>",
        (
            f"Received: from {domain} ({domain} [127.0.0.1])\r\n"
            f" by inbound-smtp.us-east-1.amazonaws.com with SMTP id {mail.message_id}\r\n"
            f" for {mail.recipients[0]};\r\n"
            f" {format_datetime(mail.received_at)}"
        ),
        f"X-SES-Spam-Verdict: {verdicts.of('spam')}",
        f"X-SES-Virus-Verdict: {verdicts.of('virus')}",
        (
            f"Received-SPF: {verdicts.of('spf').lower()} (spfCheck: local) client-ip=127.0.0.1;"
            f" envelope-from={mail.sender};"
        ),
        f"Authentication-Results: amazonses.com;\r\n {results} header.from={domain};",
        "X-SES-RECEIPT: bG9jYWw=",
    ]
    return "\r\n".join(block).encode("ascii", "replace") + b"\r\n" + mail.raw


def notification(mail: Received, *, bucket: str, topic_arn: str) -> str:
    """The body that SQS gets through SNS with raw delivery, after the S3 action."""
    headers = _headers(mail)
    stamp = mail.received_at.astimezone(UTC).isoformat(timespec="milliseconds")
    timestamp = stamp.replace("+00:00", "Z")
    verdicts = {f"{name}Verdict": {"status": mail.verdicts.of(name)} for name in CHECKS}
    if mail.verdicts.of("dmarc") == "FAIL":
        verdicts["dmarcPolicy"] = mail.verdicts.policy  # type: ignore[assignment]
    document = {
        "notificationType": "Received",
        "mail": {
            "timestamp": timestamp,
            "source": mail.sender,
            "messageId": mail.message_id,
            "destination": mail.recipients,
            "headersTruncated": len(str(headers)) > MAX_HEADERS_BYTES,
            "headers": _within_limit(headers),
            "commonHeaders": _common_headers(mail, headers),
        },
        "receipt": {
            "timestamp": timestamp,
            "processingTimeMillis": 1,
            "recipients": mail.recipients,
            **verdicts,
            "action": {
                "type": "S3",
                "topicArn": topic_arn,
                "bucketName": bucket,
                "objectKeyPrefix": "",
                "objectKey": mail.message_id,
            },
        },
    }
    return json.dumps(document)


def _headers(mail: Received) -> list[dict[str, str]]:
    parsed = BytesHeaderParser(policy=compat32).parsebytes(stored_mail(mail))
    return [{"name": name, "value": _text(value)} for name, value in parsed.raw_items()]


def _text(value: Any) -> str:
    plain = str(value).encode("ascii", "surrogateescape").decode("utf-8", "replace")
    return re.sub(r"\r?\n[ \t]+", " ", plain)


def _within_limit(headers: list[dict[str, str]]) -> list[dict[str, str]]:
    kept, size = [], 0
    for header in headers:
        size += len(header["name"]) + len(header["value"])
        if size > MAX_HEADERS_BYTES:
            break
        kept.append(header)
    return kept


def _common_headers(mail: Received, headers: list[dict[str, str]]) -> dict[str, Any]:
    first: dict[str, str] = {}
    for header in headers:
        first.setdefault(header["name"].lower(), header["value"])
    common: dict[str, Any] = {"returnPath": mail.sender}
    for name, key in ADDRESS_HEADERS.items():
        if name in first:
            common[key] = [_address(pair) for pair in getaddresses([first[name][:10_000]])]
    for name, key in TEXT_HEADERS.items():
        if name in first:
            common[key] = first[name]
    return common


def _address(pair: tuple[str, str]) -> str:
    name, address = pair
    return f"{name} <{address}>" if name else address
