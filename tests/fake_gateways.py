"""The services outside the table, in memory: files, raw mails, SES, SQS, the sign-in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from chalicelib.domain.errors import NotFound
from chalicelib.domain.letter import Letter
from chalicelib.usecases.ports import Job, StoredFile, StoredMail

_BEGINNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class FakeFiles:
    """The files bucket in memory. ``pending`` are uploads that no message has taken."""

    def __init__(self) -> None:
        self.stored: dict[str, tuple[bytes, str]] = {}
        self.pending: set[str] = set()

    def upload_slot(
        self, key: str, *, content_type: str, size: int
    ) -> tuple[str, Mapping[str, str]]:
        self.pending.add(key)
        return "https://files.example.com/", {"key": key, "Content-Type": content_type}

    def upload(self, key: str, content: bytes, content_type: str) -> None:
        """What a browser does with the slot."""
        self.stored[key] = (content, content_type)

    def find(self, key: str) -> StoredFile | None:
        if key not in self.stored:
            return None
        content, content_type = self.stored[key]
        return StoredFile(len(content), content_type)

    def keep(self, keys: Sequence[str]) -> None:
        self.pending.difference_update(keys)

    def put(self, key: str, content: bytes, content_type: str) -> None:
        self.stored[key] = (content, content_type)

    def read(self, key: str) -> bytes:
        return self.stored[key][0]

    def remove(self, keys: Sequence[str]) -> None:
        for key in keys:
            self.stored.pop(key, None)

    def download_url(self, key: str, *, filename: str, content_type: str, seconds: int) -> str:
        return f"https://files.example.com/{key}?seconds={seconds}"


@dataclass
class FakeRawMails:
    """The raw mails in memory. ``stored_at`` says when, where it was not at the beginning."""

    stored: dict[str, bytes] = field(default_factory=dict)
    stored_at: dict[str, datetime] = field(default_factory=dict)
    page_size: int = 1000

    def read(self, key: str) -> bytes:
        if key not in self.stored:
            raise NotFound("Mail", key)
        return self.stored[key]

    def list_page(self, cursor: str) -> tuple[Sequence[StoredMail], str]:
        keys = sorted(key for key in self.stored if key > cursor)
        page = [
            StoredMail(key, self.stored_at.get(key, _BEGINNING), len(self.stored[key]))
            for key in keys[: self.page_size]
        ]
        return page, page[-1].key if len(keys) > self.page_size else ""


@dataclass(frozen=True)
class SentMail:
    """One mail that left."""

    ses_id: str
    raw: bytes
    sender: str
    recipient: str


@dataclass
class FakeMailSender:
    """SES in memory. ``failures`` are raised by the next sends, one each."""

    sent: list[SentMail] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def forgive(self, address: str) -> None:
        self.forgiven.append(address)

    def send(self, raw: bytes, *, sender: str, recipient: str) -> str:
        if self.failures:
            raise self.failures.pop(0)
        ses_id = f"0100-{len(self.sent) + 1:04d}"
        self.sent.append(SentMail(ses_id, raw, sender, recipient))
        return ses_id


@dataclass
class FakeComposer:
    """Keeps the letters; their bytes are of no interest."""

    letters: list[Letter] = field(default_factory=list)

    def compose(self, letter: Letter) -> bytes:
        self.letters.append(letter)
        return f"letter {len(self.letters)}".encode()


@dataclass
class FakeJobs:
    """The queues in memory. ``failures`` are raised by the next sends, one each."""

    sent: list[Job] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    def send(self, jobs: Sequence[Job]) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.extend(jobs)


@dataclass
class FakeIdentities:
    """The sign-in's directory in memory."""

    invited: dict[str, str] = field(default_factory=dict)

    def ensure(self, *, email: str, name: str) -> str:
        return self.invited.setdefault(email.casefold(), f"subject-{len(self.invited) + 1}")
