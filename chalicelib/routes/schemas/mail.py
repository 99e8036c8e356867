"""Mail that was kept out, and addresses that forward to the desk, as the API gives them."""

from pydantic import EmailStr, Field

from chalicelib.domain.judgement import SuspensionReason
from chalicelib.domain.threading import Verdict
from chalicelib.routes.schemas.base import Answer, Moment, Request


class SuspendedMailBody(Answer):
    """A mail that was kept but not let in, and why."""

    id: str
    received_at: Moment
    reason: SuspensionReason
    from_address: str
    subject: str
    size: int = Field(description="Bytes of the raw mail.")
    detail: str


class SuspendedMailPage(Answer):
    """Newest first."""

    mails: list[SuspendedMailBody]
    next: str | None


class SuspendedMailDetail(SuspendedMailBody):
    """One of them, with what is needed to decide."""

    text: str = Field(description="Its first words.")
    recipients: list[str] = Field(description="Where it really went, by the envelope.")
    verdicts: dict[str, Verdict] = Field(
        description="What SES found: spam, virus, spf, dkim, dmarc."
    )
    confirmation_code: str = Field(description="Of a mail that confirms a forwarding.")
    confirmation_url: str


class ForwardingCheckRequest(Request):
    """Which address is to be tested."""

    address: EmailStr


class ForwardingCheckBody(Answer):
    """A mail that was sent to an address outside, to see whether it comes back."""

    address: str
    sent_at: Moment
    arrived_at: Moment | None = Field(description="When it came back; null as long as it did not.")


class ForwardingCheckList(Answer):
    """The last check of each address of a mailbox."""

    checks: list[ForwardingCheckBody]
