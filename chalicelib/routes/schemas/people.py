"""The signed-in agent, colleagues, notices and the sign-in itself."""

from datetime import time
from typing import Literal

from pydantic import EmailStr, Field

from chalicelib.domain import quiet_hours
from chalicelib.domain.desk import NoticeChannel, NoticeKind, Role
from chalicelib.routes.schemas.base import Answer, Moment, Request


class Colleague(Answer):
    """An agent as colleagues see one."""

    id: str
    name: str
    role: Role
    departments: list[str]


class NamedSetting(Answer):
    """A department or topic by name."""

    id: str
    name: str


class QuietHoursWanted(Request):
    """No mail between two times of every day, by this person's clock on the wall."""

    starts: time
    ends: time
    time_zone: str = Field(max_length=64, examples=["Europe/Lisbon"])
    urgent_passes: bool = Field(default=True, description="Urgent tickets are mailed all the same.")


class QuietHours(Answer):
    """When this person is not mailed."""

    starts: time
    ends: time
    time_zone: str
    urgent_passes: bool

    @classmethod
    def of(cls, known: quiet_hours.QuietHours | None) -> "QuietHours | None":
        """As it is shown; None where every hour may be mailed in."""
        if known is None:
            return None
        return cls(
            starts=known.starts,
            ends=known.ends,
            time_zone=known.time_zone,
            urgent_passes=known.urgent_passes,
        )


class Me(Answer):
    """Who is signed in, what the desk looks like to this person, and how busy he is."""

    id: str
    name: str
    email: EmailStr
    role: Role
    language: str
    departments: list[str]
    available: bool
    open_tickets: int
    skipped_tickets: int
    capacity: int
    desk_name: str
    colleagues: list[Colleague]
    all_departments: list[NamedSetting]
    notices: dict[NoticeKind, list[NoticeChannel]]
    quiet_hours: QuietHours | None
    undo_seconds: int = Field(description="How long a reply can be undone before it leaves.")


class MeChange(Request):
    """Come back, go away, choose a language or how to be told."""

    available: bool | None = None
    language: Literal["en", "pt_BR", "pt_PT", "es"] | None = None
    notices: dict[NoticeKind, list[NoticeChannel]] | None = None
    quiet_hours: QuietHoursWanted | None = Field(
        default=None, description="Null switches them off; left out they stay."
    )


class SignIn(Answer):
    """Where and how the console signs in (OpenID Connect, code flow with PKCE)."""

    issuer: str
    client_id: str
    authorize_url: str
    token_url: str
    logout_url: str
    keys_url: str
    scope: str = "openid email profile"


class NoticeBody(Answer):
    """Something an agent is told of."""

    id: str
    kind: NoticeKind
    number: int
    subject: str
    at: Moment
    read: bool


class NoticePage(Answer):
    """Newest first."""

    notices: list[NoticeBody]
    next: str | None = Field(default=None)


class NoticesRead(Request):
    """All notices up to and including this one were seen."""

    up_to: str = Field(pattern=r"^[0-9A-Z]{26}$")


class Health(Answer):
    """The desk answers."""

    status: Literal["ok"]
