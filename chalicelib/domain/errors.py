"""Everything that can go wrong in the rules, as one tree.

Each error carries the ids it is about and says, in ``advice``, what a person can do. How an error
becomes a status code is decided in ``routes/problems.py``; whether a job is tried again is decided
by ``is_transient``.
"""

from dataclasses import dataclass


class DeskError(Exception):
    """A rule was broken or something was not there."""

    advice: str = "Try again; if it happens again, tell your administrator."
    is_transient: bool = False


class NotFound(DeskError):
    """What was asked for does not exist, or is not for this person: the two look the same."""

    advice = "Check the number or the link, and that you belong to the department."

    def __init__(self, kind: str, key: str | int) -> None:
        self.kind = kind
        self.key = key
        super().__init__(f"{kind} {key} was not found.")


class TicketNotFound(NotFound):
    """No such ticket, or none that this person may know of."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__("Ticket", number)


class NotAllowed(DeskError):
    """The person is known but may not do this."""

    advice = "Ask an administrator of the desk for the right to do this."

    def __init__(self, action: str) -> None:
        self.action = action
        super().__init__(f"You may not do this: {action}.")


class KeyNotValid(DeskError):
    """An API key that is unknown, was revoked or has ended: nobody is told which."""

    advice = "Ask an administrator of the desk for a new API key."

    def __init__(self) -> None:
        super().__init__("This API key does not work, or does no longer.")


class InvalidTransition(DeskError):
    """The status table has no such step."""

    advice = "Reload the ticket: its status has changed, or this step does not exist."

    def __init__(self, number: int, status: str, wanted: str) -> None:
        self.number = number
        self.status = status
        self.wanted = wanted
        super().__init__(f"Ticket {number} is {status} and cannot become {wanted} this way.")


class StaleTicket(DeskError):
    """The edit was based on an older version than the stored one."""

    advice = "Look at what is new on the ticket, then send again."

    def __init__(self, number: int, based_on: int, current: int) -> None:
        self.number = number
        self.based_on = based_on
        self.current = current
        super().__init__(f"Ticket {number} is at version {current}; this was based on {based_on}.")


class ScheduledReplyGone(NotFound):
    """A reply that was waiting no longer is: it left, or somebody took it back."""

    advice = "Reload the ticket: the reply was sent, or taken back."

    def __init__(self, reply_id: str) -> None:
        super().__init__("Scheduled reply", reply_id)


class StaleScheduledReply(DeskError):
    """A waiting reply was changed by somebody else meanwhile."""

    advice = "Read the reply again and make your change on what it says now."

    def __init__(self, reply_id: str) -> None:
        self.reply_id = reply_id
        super().__init__(f"The scheduled reply {reply_id} was changed meanwhile.")


class StaleSetting(DeskError):
    """A setting was changed by somebody else meanwhile."""

    advice = "Load the setting again and make your change on the new version."

    def __init__(self, kind: str, setting_id: str) -> None:
        self.kind = kind
        self.setting_id = setting_id
        super().__init__(f"The {kind} {setting_id} was changed meanwhile.")


class LostRace(DeskError):
    """Somebody else wrote first; whoever holds the intention decides again on fresh state."""

    is_transient = True
    advice = "Others are changing the same thing right now. Try again in a moment."


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one field of what was sent."""

    field: str
    message: str


class InvalidSetting(DeskError):
    """A setting that could not work is refused when it is saved.

    Attributes:
        field: which field, in dotted form.
        reason: why, in a sentence for the person who saves it.
        faults: this one, and others of the same kind that were found with it.
    """

    advice = "Correct the field that is named and save again."

    def __init__(self, field: str, reason: str, *others: Fault) -> None:
        self.field = field
        self.reason = reason
        self.faults = (Fault(field, reason), *others)
        super().__init__(f"{field}: {reason}")


class InvalidRequest(DeskError):
    """What was sent cannot be accepted: one fault per field."""

    advice = "Correct the fields that are named and send again."

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{fault.field}: {fault.message}" for fault in faults))


class NothingToSolve(DeskError):
    """No ticket is waiting for this agent."""

    advice = "Nothing is waiting in your departments. New tickets appear here by themselves."

    def __init__(self) -> None:
        super().__init__("No ticket is waiting for you.")


class AtCapacity(DeskError):
    """The agent already has as many open tickets as he may have."""

    advice = "Answer, postpone or resolve one of your tickets first."

    def __init__(self, agent_id: str, capacity: int) -> None:
        self.agent_id = agent_id
        self.capacity = capacity
        super().__init__(f"You already have {capacity} open tickets, which is your limit.")


class AlreadyAssigned(DeskError):
    """Somebody else took the ticket first."""

    advice = "Take another ticket, or ask the owner to hand it over."

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"Ticket {number} already has an owner.")


class InvalidLink(DeskError):
    """A signed link or address that is forged, cut, expired or revoked: nobody is told which."""

    advice = "Ask for a fresh link; it comes by mail."

    def __init__(self) -> None:
        super().__init__("This link does not work any more.")


class KeyReused(DeskError):
    """The same Idempotency-Key came with another body."""

    advice = "Use a new Idempotency-Key for a new request."

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key was used for another request.")


class AddressTaken(DeskError):
    """An address belongs to another contact."""

    advice = "Merge the two contacts if they are one person; else leave the address out."

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(f"{address} belongs to another contact.")


class TooManyRequests(DeskError):
    """A limit for this sender or address was reached."""

    advice = "Wait a little, then try again."

    def __init__(self, retry_after_seconds: int) -> None:
        self.retry_after_seconds = retry_after_seconds
        super().__init__("Too many requests.")


class Unavailable(DeskError):
    """A service that the desk stands on did not answer in time."""

    is_transient = True
    advice = "The desk could not reach its storage. Try again in a moment."


class Throttled(Unavailable):
    """The mail service surely did not take a mail now, and will take it later."""

    advice = "The mail waits and is tried again by itself."


class TooEarly(Unavailable):
    """News came of something that is not written down yet."""

    advice = "It is looked at again by itself."


class MailRefused(DeskError):
    """The mail service will never take this mail; trying again changes nothing."""

    advice = "Check the customer's address and the files of this message."
