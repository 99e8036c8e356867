"""Everything that can go wrong in the rules, as one tree.

Each error carries the ids it is about and says, in ``detail`` and ``advice``, what happened and what
a person can do: sentences that can be told in his language (``domain/wording.py``). How an error
becomes a status code is decided in ``routes/problems.py``; whether a job is tried again is decided
by ``is_transient``.
"""

from dataclasses import dataclass

from chalicelib.domain.names import kind_name, status_name
from chalicelib.domain.wording import Words, counted, joined, words

_NOT_NOW = words("The desk could not do this just now.")


class DeskError(Exception):
    """A rule was broken or something was not there.

    What it is made with is either a sentence for a person, or a cause for the log: names and codes
    of services, which nobody outside is told.
    """

    advice: Words = words("Try again; if it happens again, tell your administrator.")
    is_transient: bool = False

    @property
    def detail(self) -> Words:
        """What happened, for a person."""
        said = self.args[0] if self.args else None
        return said if isinstance(said, Words) else _NOT_NOW


class NotFound(DeskError):
    """What was asked for does not exist, or is not for this person: the two look the same."""

    advice = words("Check the number or the link, and that you belong to the department.")

    def __init__(self, kind: str, key: str | int) -> None:
        self.kind = kind
        self.key = key
        super().__init__(words("{kind} {key} was not found.", kind=kind_name(kind), key=key))


class TicketNotFound(NotFound):
    """No such ticket, or none that this person may know of."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__("Ticket", number)


class NotAllowed(DeskError):
    """The person is known but may not do this."""

    advice = words("Ask an administrator of the desk for the right to do this.")

    def __init__(self, action: str) -> None:
        self.action = action
        super().__init__(words("You may not do this: {action}.", action=action))


class KeyNotValid(DeskError):
    """An API key that is unknown, was revoked or has ended: nobody is told which."""

    advice = words("Ask an administrator of the desk for a new API key.")

    def __init__(self) -> None:
        super().__init__(words("This API key does not work, or does no longer."))


class InvalidTransition(DeskError):
    """The status table has no such step."""

    advice = words("Reload the ticket: its status has changed, or this step does not exist.")

    def __init__(self, number: int, status: str, wanted: str) -> None:
        self.number = number
        self.status = status
        self.wanted = wanted
        super().__init__(
            words(
                "Ticket {number} is {status}; this step cannot be taken from there.",
                number=number,
                status=status_name(status),
            )
        )


class StaleTicket(DeskError):
    """The edit was based on an older version than the stored one."""

    advice = words("Look at what is new on the ticket, then send again.")

    def __init__(self, number: int, based_on: int, current: int) -> None:
        self.number = number
        self.based_on = based_on
        self.current = current
        super().__init__(
            words(
                "Ticket {number} is at version {current}; this was based on {based_on}.",
                number=number,
                current=current,
                based_on=based_on,
            )
        )


class ScheduledReplyGone(NotFound):
    """A reply that was waiting no longer is: it left, or somebody took it back."""

    advice = words("Reload the ticket: the reply was sent, or taken back.")

    def __init__(self, reply_id: str) -> None:
        super().__init__("Scheduled reply", reply_id)


class StaleScheduledReply(DeskError):
    """A waiting reply was changed by somebody else meanwhile."""

    advice = words("Read the reply again and make your change on what it says now.")

    def __init__(self, reply_id: str) -> None:
        self.reply_id = reply_id
        super().__init__(
            words("The scheduled reply {reply_id} was changed meanwhile.", reply_id=reply_id)
        )


class StaleSetting(DeskError):
    """A setting was changed by somebody else meanwhile."""

    advice = words("Load the setting again and make your change on the new version.")

    def __init__(self, kind: str, setting_id: str) -> None:
        self.kind = kind
        self.setting_id = setting_id
        super().__init__(
            words("{kind} {id} was changed meanwhile.", kind=kind_name(kind), id=setting_id)
        )


class LostRace(DeskError):
    """Somebody else wrote first; whoever holds the intention decides again on fresh state."""

    is_transient = True
    advice = words("Others are changing the same thing right now. Try again in a moment.")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one field of what was sent."""

    field: str
    message: Words

    @property
    def told(self) -> Words:
        """The field and what is wrong with it."""
        return joined(": ", (self.field, self.message))


class InvalidSetting(DeskError):
    """A setting that could not work is refused when it is saved.

    Attributes:
        field: which field, in dotted form.
        reason: why, in a sentence for the person who saves it.
        faults: this one, and others of the same kind that were found with it.
    """

    advice = words("Correct the field that is named and save again.")

    def __init__(self, field: str, reason: Words, *others: Fault) -> None:
        self.field = field
        self.reason = reason
        self.faults = (Fault(field, reason), *others)
        super().__init__(self.faults[0].told)


class InvalidRequest(DeskError):
    """What was sent cannot be accepted: one fault per field."""

    advice = words("Correct the fields that are named and send again.")

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__(joined("; ", [fault.told for fault in faults]))


class NothingToSolve(DeskError):
    """No ticket is waiting for this agent."""

    advice = words("Nothing is waiting in your departments. New tickets appear here by themselves.")

    def __init__(self) -> None:
        super().__init__(words("No ticket is waiting for you."))


class AtCapacity(DeskError):
    """The agent already has as many open tickets as he may have."""

    advice = words("Answer, postpone or resolve one of your tickets first.")

    def __init__(self, agent_id: str, capacity: int) -> None:
        self.agent_id = agent_id
        self.capacity = capacity
        super().__init__(
            counted(
                "You already have {count} open ticket, which is your limit.",
                "You already have {count} open tickets, which is your limit.",
                capacity,
            )
        )


class AlreadyAssigned(DeskError):
    """Somebody else took the ticket first."""

    advice = words("Take another ticket, or ask the owner to hand it over.")

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(words("Ticket {number} already has an owner.", number=number))


class InvalidLink(DeskError):
    """A signed link or address that is forged, cut, expired or revoked: nobody is told which."""

    advice = words("Ask for a fresh link; it comes by mail.")

    def __init__(self) -> None:
        super().__init__(words("This link does not work any more."))


class KeyReused(DeskError):
    """The same Idempotency-Key came with another body."""

    advice = words("Use a new Idempotency-Key for a new request.")

    def __init__(self) -> None:
        super().__init__(words("This Idempotency-Key was used for another request."))


class AddressTaken(DeskError):
    """An address belongs to another contact."""

    advice = words("Merge the two contacts if they are one person; else leave the address out.")

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(words("{address} belongs to another contact.", address=address))


class TooManyRequests(DeskError):
    """A limit for this sender or address was reached."""

    advice = words("Wait a little, then try again.")

    def __init__(self, retry_after_seconds: int) -> None:
        self.retry_after_seconds = retry_after_seconds
        super().__init__(words("Too many requests."))


class Unavailable(DeskError):
    """A service that the desk stands on did not answer in time."""

    is_transient = True
    advice = words("The desk could not reach its storage. Try again in a moment.")


class Throttled(Unavailable):
    """The mail service surely did not take a mail now, and will take it later."""

    advice = words("The mail waits and is tried again by itself.")


class TooEarly(Unavailable):
    """News came of something that is not written down yet."""

    advice = words("It is looked at again by itself.")


class MailRefused(DeskError):
    """The mail service will never take this mail; trying again changes nothing."""

    advice = words("Check the customer's address and the files of this message.")
