"""Would a mail of the past be dealt with in the same way today? Nothing is written to find out.

The mail goes through the present judgement, threading and rules, on the tickets as they are now;
what comes out is compared with what is stored of it. What was decided by counts of an hour (a
sender who wrote too often) or by a person (a mail that was let in) cannot be decided again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from chalicelib.domain.delivery import Delivery
from chalicelib.domain.errors import NotFound
from chalicelib.domain.inbound_mail import InboundMail
from chalicelib.domain.judgement import SuspensionReason
from chalicelib.domain.ticket import ActorKind, Event, EventKind, Message
from chalicelib.usecases.ports import (
    WITHOUT_ENTRY,
    Commit,
    MailReceipt,
    Ports,
    SuspendedMail,
    TakenMail,
)
from chalicelib.usecases.read_only_ports import ReadOnlyPorts
from chalicelib.usecases.receive_mail import Outcome, receive_mail

_LOOKED_AT = 50
OPENED, JOINED, KEPT_OUT, BOUNCE, UNKNOWN = "opened", "joined", "kept out", "bounce", "not taken"


_BY_COUNT = frozenset({SuspensionReason.TOO_MANY, SuspensionReason.REPEATED})


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a mail, as far as two ways of dealing with it can be compared.

    Attributes:
        what: one of the words above.
        number: of the ticket; 0 for one that would be opened, or for none.
        subject: of a ticket that it opened.
        files: name and size of each, in order.
        is_acknowledged: whether its sender is to hear that it is here.
    """

    what: str
    number: int = 0
    reason: str = ""
    subject: str = ""
    text: str = ""
    files: tuple[str, ...] = ()
    is_acknowledged: bool = False

    @property
    def place(self) -> str:
        """Where it is, in words."""
        if self.what in (JOINED, BOUNCE):
            return f"{self.what} {self.number}"
        return f"{self.what} ({self.reason})" if self.reason else self.what


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would be otherwise."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """One mail, dealt with again. ``number`` is that of its ticket, 0 when it is on none."""

    key: str
    number: int
    changes: tuple[Change, ...]


def replay_mail(
    ports: Ports,
    delivery: Delivery,
    mail: InboundMail,
    size: int,
    suspended: Mapping[str, SuspendedMail],
) -> Replayed | None:
    """Deal with a stored mail again, without writing.

    None for a copy of another delivery; for a mail that was kept out until a person let it in or
    threw it away, for his word stands above every rule; and for one that came too often, for what
    else came in its hour is past.

    Args:
        delivery: what SES said of it.
        size: bytes of the raw mail.
        suspended: what was kept out, by the key of the raw mail.
    """
    taken = ports.mail_accounts.taken([delivery.ses_id]).get(delivery.ses_id)
    if taken and (
        taken.entry == WITHOUT_ENTRY or _was_decided_by_a_person(taken, delivery, suspended)
    ):
        return None
    kept_out = suspended.get(delivery.raw_key)
    if kept_out and kept_out.reason in _BY_COUNT:
        return None
    before = _stored(ports, delivery, mail, taken, suspended)
    # What SES said is kept with a mail that was kept out; of others only its own block tells.
    said = kept_out.delivery if kept_out and kept_out.delivery else delivery
    after = _decided(ports, said, mail, size)
    return Replayed(delivery.raw_key, before.number, tuple(_changes(before, after)))


def _was_decided_by_a_person(
    taken: TakenMail, delivery: Delivery, suspended: Mapping[str, SuspendedMail]
) -> bool:
    return not taken.number and delivery.raw_key not in suspended


def _stored(
    ports: Ports,
    delivery: Delivery,
    mail: InboundMail,
    taken: TakenMail | None,
    suspended: Mapping[str, SuspendedMail],
) -> Result:
    kept_out = suspended.get(delivery.raw_key)
    if kept_out:
        return Result(KEPT_OUT, reason=kept_out.reason)
    if taken and taken.number and not taken.entry:
        return Result(BOUNCE, taken.number)
    message, number = _message(ports, mail, taken)
    if message is None:
        return Result(UNKNOWN)
    return _of_message(ports, number, message)


def _message(
    ports: Ports, mail: InboundMail, taken: TakenMail | None
) -> tuple[Message | None, int]:
    """The message that a mail became: by its receipt, or where its own Message-ID leads."""
    if taken and taken.number:
        try:
            return ports.tickets.get_message(taken.number, taken.entry), taken.number
        except NotFound:
            return None, 0
    nothing = MailReceipt("", "")
    known = ports.customers.mail_context(nothing, [mail.message_id], "").known_references
    number = known.get(mail.message_id, 0)
    if not number:
        return None, 0
    thread = ports.tickets.open_thread(number, limit=_LOOKED_AT)
    while True:
        for entry in thread.entries:
            if isinstance(entry, Message) and entry.message_id == mail.message_id:
                return entry, number
        if not thread.older:
            return None, 0
        thread = ports.tickets.list_older(number, before=thread.older, limit=_LOOKED_AT)


def _of_message(ports: Ports, number: int, message: Message) -> Result:
    earlier = ports.tickets.list_older(number, before=message.id, limit=_LOOKED_AT)
    is_first = not earlier.older and not any(isinstance(e, Message) for e in earlier.entries)
    if not is_first:
        return Result(JOINED, number, text=message.text, files=_files(message))
    around = ports.tickets.open_thread(number, limit=_LOOKED_AT)
    events = [*earlier.entries, *around.entries]
    return Result(
        OPENED,
        number,
        subject=earlier.ticket.subject,
        text=message.text,
        files=_files(message),
        is_acknowledged=any(_is_to_hear(e) for e in events if isinstance(e, Event)),
    )


def _decided(ports: Ports, delivery: Delivery, mail: InboundMail, size: int) -> Result:
    read_only = ReadOnlyPorts(ports, delivery.received_at, (mail.message_id,))
    outcome = receive_mail(cast("Ports", read_only), delivery, mail, size)
    if read_only.recorded.suspended:
        return Result(KEPT_OUT, reason=read_only.recorded.suspended[-1].reason)
    commits = [c for c in read_only.recorded.commits if c.messages]
    return _of_commit(commits[-1]) if commits else _of_outcome(outcome)


def _of_outcome(outcome: Outcome) -> Result:
    if outcome.what == "bounce":
        return Result(BOUNCE, outcome.number)
    return Result(KEPT_OUT, reason=outcome.reason or outcome.what)


def _of_commit(commit: Commit) -> Result:
    message = commit.messages[0]
    if commit.before:
        number = commit.after.number
        return Result(JOINED, number, text=message.text, files=_files(message))
    return Result(
        OPENED,
        subject=commit.after.subject,
        text=message.text,
        files=_files(message),
        is_acknowledged=any(_is_to_hear(event) for event in commit.events),
    )


def _is_to_hear(event: Event) -> bool:
    """Whether an event is a ticket's beginning that its customer hears of."""
    is_customers = event.actor.kind is ActorKind.CUSTOMER
    opened = event.kind is EventKind.TICKET_CREATED
    return opened and is_customers and event.after.get("acknowledge") != "no"


def _files(message: Message) -> tuple[str, ...]:
    return tuple(f"{file.filename} ({file.size} bytes)" for file in message.attachments)


def _changes(before: Result, after: Result) -> list[Change]:
    if before.what == OPENED == after.what:
        # A new number would be another one each time.
        after = replace(after, number=before.number)
    found = [("place", before.place, after.place)]
    on_tickets = {OPENED, JOINED}
    if {before.what, after.what} <= on_tickets:
        found += [
            ("text", before.text, after.text),
            ("files", ", ".join(before.files), ", ".join(after.files)),
        ]
    if before.what == OPENED == after.what:
        found += [
            ("subject", before.subject, after.subject),
            ("acknowledged", _word(before.is_acknowledged), _word(after.is_acknowledged)),
        ]
    return [Change(name, old, new) for name, old, new in found if old != new]


def _word(answer: bool) -> str:  # noqa: FBT001 - turned into a word here and nowhere else
    return "yes" if answer else "no"
