"""The mail that tests a forwarding; it is known again by its own id (see ``mail_in.forwarding``)."""

from chalicelib.domain.letter import Letter, LetterKind
from chalicelib.usecases.jobs import SendForwardingCheck
from chalicelib.usecases.mail_out.letters import own_id
from chalicelib.usecases.mail_out.sending import Outgoing, send_once
from chalicelib.usecases.ports import Ports


def send_forwarding_check(ports: Ports, job: SendForwardingCheck) -> None:
    """Send it once; nothing when the mailbox is gone meanwhile.

    Raises:
        Unavailable: not now; the job comes again.
    """
    desk = ports.settings.desk()
    box = desk.mailboxes.get(job.mailbox_id)
    if box is None:
        return
    key = f"check:{job.check_id}"

    def letter() -> Letter:
        return Letter(
            kind=LetterKind.FORWARDING_CHECK,
            language=desk.profile.languages[0],
            desk=desk.profile,
            to_name="",
            to_address=job.address,
            from_name=desk.profile.name,
            from_address=box.address,
            subject="",
            own_id=own_id(key, box),
            instance=ports.addresses.desk_url,
        )

    send_once(ports, Outgoing(key, job.address, ports.clock.now()), letter)
