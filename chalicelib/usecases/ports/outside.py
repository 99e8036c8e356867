"""The machine and its services: time, ids, files, queues."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """What time it is."""

    def now(self) -> datetime:
        """Aware, in UTC."""


class Ids(Protocol):
    """New ids."""

    def new(self) -> str:
        """A ULID that sorts after every earlier one of this process."""

    def secret(self) -> str:
        """256 random bits that nobody can guess, as 64 characters of hex."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What the files bucket says about an object."""

    size: int
    content_type: str


class Files(Protocol):
    """Attachments and long texts."""

    def upload_slot(
        self, key: str, *, content_type: str, size: int
    ) -> tuple[str, Mapping[str, str]]:
        """URL and form fields of a presigned POST, bound to key, type and exact size."""

    def find(self, key: str) -> StoredFile | None:
        """What was uploaded under a key."""

    def keep(self, keys: Sequence[str]) -> None:
        """These uploads now belong to a message and no longer expire."""

    def put(self, key: str, content: bytes, content_type: str) -> None:
        """Store a file; the same key again overwrites with the same."""

    def read(self, key: str) -> bytes:
        """The bytes of a file."""

    def remove(self, keys: Sequence[str]) -> None:
        """Take files away; one that is not there is as good as gone. Safe to repeat."""

    def download_url(self, key: str, *, filename: str, content_type: str, seconds: int) -> str:
        """A short-lived address that downloads and never displays."""


class Job(Protocol):
    """Something for a queue; see ``usecases/jobs``."""

    @property
    def queue(self) -> str: ...

    @property
    def group(self) -> str: ...

    @property
    def dedup_id(self) -> str: ...

    @property
    def delay_seconds(self) -> int: ...

    def body(self) -> str:
        """The JSON that travels."""


class Jobs(Protocol):
    """SQS."""

    def send(self, jobs: Sequence["Job"]) -> None:
        """Put jobs on their queues. Raises Unavailable when one of them was not taken."""
