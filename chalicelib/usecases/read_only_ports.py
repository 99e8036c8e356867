"""Ports that write nothing: what would be written is kept beside, anything else is refused.

For a decision that is to be taken again on what is stored, to see whether it would be the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from chalicelib.usecases.ports import Commit, MailContext, MailReceipt, Ports, SuspendedMail


class WriteAttempted(Exception):
    """A port was asked to change something. This is a fault of the code, and of no person."""


READS: Mapping[str, frozenset[str]] = {
    "tickets": frozenset(
        {
            "get", "open_thread", "list_older", "get_message", "find_remembered",
            "list_by_requester", "list_due",
        }
    ),
    "customers": frozenset({"find_by_address", "mail_context"}),
    "settings": frozenset({"desk", "document", "list_documents"}),
    "secrets": frozenset({"keyring"}),
    "mail_accounts": frozenset({"taken", "strays", "accounted_up_to"}),
    "mail_intake": frozenset({"list_suspended", "find_suspended"}),
    "mail_ledger": frozenset({"sent_mail", "left_as"}),
    "forwarding_checks": frozenset({"list_all"}),
    "files": frozenset({"read", "find"}),
    "raw_mails": frozenset({"read", "list_page"}),
}  # fmt: skip
"""What may be asked; a port or a function that is not here raises."""


@dataclass
class Recorded:
    """What would have been written."""

    commits: list[Commit] = field(default_factory=list)
    suspended: list[SuspendedMail] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _StandingClock:
    at: datetime

    def now(self) -> datetime:
        return self.at


class _NoIds:
    def new(self) -> str:
        return "0" * 26


class ReadOnlyPorts:
    """The ports of a desk at one instant, for one mail.

    The ledger says that the mail was not taken; references do not lead to what the mail itself made
    known; and what was counted within its hour is forgotten, so no limit holds it up.

    Args:
        at: what time it is.
        own_ids: Message-IDs of the mail itself.
    """

    def __init__(self, ports: Ports, at: datetime, own_ids: Sequence[str]) -> None:
        self._ports = ports
        self._own = {_folded(value) for value in own_ids}
        self.recorded = Recorded()
        self.clock = _StandingClock(at)
        self.ids = _NoIds()
        self.addresses = ports.addresses
        self._swallowed: dict[tuple[str, str], Callable[..., Any]] = {
            ("customers", "mail_context"): self._mail_context,
            ("tickets", "commit"): self.recorded.commits.append,
            ("tickets", "next_number"): lambda: 0,
            ("mail_intake", "suspend"): lambda mail, _: self.recorded.suspended.append(mail),
            # What a bounce or a forwarding's check leaves besides a commit.
            ("mail_intake", "note_taken"): _nothing,
            ("forwarding_checks", "finish"): lambda *_: False,
            ("suppressions", "suppress"): _nothing,
            ("suppressions", "strike"): lambda *_: 1,
            # Files are named after the delivery: storing them again would store the same.
            ("files", "put"): _nothing,
        }

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return _ReadOnlyPort(self, name)

    def function(self, port: str, name: str) -> Callable[..., Any]:
        """The function of a port, or what stands in for it.

        Raises:
            WriteAttempted: it is no read.
        """
        if (port, name) in self._swallowed:
            return self._swallowed[port, name]
        if name not in READS.get(port, frozenset()):
            raise WriteAttempted(f"{port}.{name}")
        found: Callable[..., Any] = getattr(getattr(self._ports, port), name)
        return found

    def _mail_context(self, receipt: MailReceipt, *asked: Any) -> MailContext:
        context = self._ports.customers.mail_context(receipt, *asked)
        known = {
            value: number
            for value, number in context.known_references.items()
            if _folded(value) not in self._own
        }
        return replace(context, seen=False, known_references=known, counts={})


class _ReadOnlyPort:
    def __init__(self, ports: ReadOnlyPorts, name: str) -> None:
        self._ports = ports
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return self._ports.function(self._name, name)


def _folded(message_id: str) -> str:
    return message_id.strip().strip("<>").strip().casefold()


def _nothing(*_: Any, **__: Any) -> None:
    """Done, as far as anybody can see."""
