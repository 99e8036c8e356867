"""What SES says of a mail that came in, and whether its sender can be believed."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.inbound_mail import InboundMail
from chalicelib.domain.threading import Verdict


@dataclass(frozen=True, slots=True)
class Delivery:
    """What SES says about one mail, apart from the mail itself.

    Attributes:
        ses_id: of this delivery, and the raw mail's name.
        recipients: envelope recipients (RCPT TO): where the mail really went.
        verdicts: by name (spam, virus, spf, dkim, dmarc); never read from headers of the mail,
            which a sender can write.
        dmarc_policy: what the domain asks for where DMARC failed: none, quarantine or reject;
            empty where it did not fail.
    """

    ses_id: str
    raw_key: str
    received_at: datetime
    envelope_sender: str
    recipients: tuple[str, ...]
    spam: Verdict
    virus: Verdict
    spf: Verdict
    dkim: Verdict
    dmarc: Verdict
    dmarc_policy: str = ""


def is_authenticated(delivery: Delivery, mail: InboundMail) -> bool:
    """Whether From can be believed.

    DMARC passed; or the domain has no DMARC policy (GRAY), and SPF passed for an envelope sender of
    the very domain that From names. SES's SPF and DKIM verdicts alone say nothing about From.
    """
    if not mail.header_from or mail.header_from.casefold() != mail.from_address.casefold():
        return False
    if delivery.dmarc is Verdict.PASS:
        return True
    aligned = _domain(delivery.envelope_sender) == _domain(mail.from_address)
    return delivery.dmarc is Verdict.GRAY and delivery.spf is Verdict.PASS and aligned


def _domain(address: str) -> str:
    return address.rpartition("@")[2].casefold()
