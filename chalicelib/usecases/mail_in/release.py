"""A person decides on a mail that was kept out: let it in, or throw it away."""

from collections.abc import Callable

from chalicelib.domain.errors import Fault, InvalidRequest, NotFound
from chalicelib.domain.inbound_mail import InboundMail
from chalicelib.domain.judgement import SuspensionReason
from chalicelib.domain.wording import words
from chalicelib.usecases.jobs import LetInMail
from chalicelib.usecases.mail_in.arrival import Outcome
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.receive_mail import receive_mail


def ask_to_let_in(ports: Ports, mail_id: str) -> None:
    """Have a suspended mail taken as if it had been let in at once; safe to repeat.

    Raises:
        NotFound: it is no longer on the list.
        InvalidRequest: it carries a virus; that stays outside.
        Unavailable: the queue did not take the job; try again.
    """
    entry = ports.mail_intake.find_suspended(mail_id)
    if entry.reason == SuspensionReason.VIRUS:
        advice = words("A mail with a virus stays outside. Ask the sender for another one.")
        raise InvalidRequest(Fault("id", advice))
    ports.jobs.send([LetInMail(suspended_mail=mail_id)])


def let_in(ports: Ports, mail_id: str, parse: Callable[[bytes], InboundMail]) -> Outcome:
    """Take a suspended mail; the second time nothing happens."""
    try:
        entry = ports.mail_intake.find_suspended(mail_id)
    except NotFound:
        return Outcome("repeated")
    if entry.delivery is None:
        return Outcome("suspended", reason=entry.reason)
    raw = ports.raw_mails.read(entry.raw_key)
    return receive_mail(ports, entry.delivery, parse(raw), len(raw), released=entry)
