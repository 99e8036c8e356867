"""The mails that the desk sent, kept across restarts, the oldest dropped."""

import json
import secrets
import threading
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

MAX_MAILS = 500


@dataclass(frozen=True, slots=True)
class SentMail:
    """One mail with its envelope. ``sent_at`` is RFC 3339 in UTC."""

    id: str
    sent_at: str
    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        """The parsed mail."""
        return message_from_bytes(self.raw, policy=policy.default)


class MailStore:
    """A folder with two files per mail: envelope and content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        # A mail never changes: each is read once, however often the page is asked for all of them.
        self._read: dict[str, SentMail] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, sender: str, recipients: list[str], raw: bytes) -> str:
        """Keep one mail and return its id; ids sort by time."""
        now = datetime.now(UTC)
        mail_id = f"{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"
        sent_at = now.isoformat(timespec="milliseconds")
        mail = SentMail(mail_id, sent_at, sender, tuple(recipients), raw)
        envelope = asdict(mail)
        del envelope["raw"]
        with self._lock:
            self._content(mail_id).write_bytes(raw)
            # Written last: a mail whose envelope is there is complete.
            self._envelope(mail_id).write_text(json.dumps(envelope))
            for old in self._ids()[MAX_MAILS:]:
                self._envelope(old).unlink(missing_ok=True)
                self._content(old).unlink(missing_ok=True)
                self._read.pop(old, None)
        return mail_id

    def newest_first(self) -> list[SentMail]:
        """Every mail kept."""
        return [mail for mail in map(self.find, self._ids()) if mail]

    def find(self, mail_id: str) -> SentMail | None:
        """The mail, or nothing when it is unknown or was dropped."""
        if not mail_id.replace("-", "").isalnum():
            return None
        if mail_id not in self._read:
            try:
                envelope = json.loads(self._envelope(mail_id).read_text())
                envelope["recipients"] = tuple(envelope["recipients"])
                self._read[mail_id] = SentMail(raw=self._content(mail_id).read_bytes(), **envelope)
            except (FileNotFoundError, json.JSONDecodeError):
                return None
        return self._read.get(mail_id)

    def _ids(self) -> list[str]:
        return sorted((path.stem for path in self._folder.glob("*.json")), reverse=True)

    def _envelope(self, mail_id: str) -> Path:
        return self._folder / f"{mail_id}.json"

    def _content(self, mail_id: str) -> Path:
        return self._folder / f"{mail_id}.eml"
