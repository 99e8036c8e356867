"""Jobs of stored mails that come in by another way than their announcement."""

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from chalicelib.usecases.jobs.base import INBOUND_MAIL, Job


class StoredMailPlace(BaseModel):
    """Where a raw mail is, and when it came."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)
    key: str
    stored_at: datetime


class TakeStoredMail(Job):
    """A stored mail that SES's announcement was lost of: take it by what SES wrote on top of it."""

    queue: ClassVar[str] = INBOUND_MAIL
    kind: Literal["take_stored_mail"] = "take_stored_mail"
    stored_mail: StoredMailPlace


class LetInMail(Job):
    """A person lets in a mail that was kept out."""

    queue: ClassVar[str] = INBOUND_MAIL
    kind: Literal["let_in_mail"] = "let_in_mail"
    suspended_mail: str
