"""A public reply leaves: one mail for the requester and one for each who takes part."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.domain.decisions.decision import SETTLED
from chalicelib.domain.desk import Desk
from chalicelib.domain.letter import Letter, LetterFile, LetterKind, LetterLink
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Message, Ticket
from chalicelib.domain.tokens import name_key
from chalicelib.usecases.jobs import TellOfEvent
from chalicelib.usecases.mail_out.enclosures import enclosed
from chalicelib.usecases.mail_out.letters import to_participant, to_requester
from chalicelib.usecases.mail_out.people import followers
from chalicelib.usecases.mail_out.sending import Outgoing, send_once
from chalicelib.usecases.ports import Ports

_HISTORY = 3
_HISTORY_PAGE = 40


def send_reply(
    ports: Ports, desk: Desk, ticket: Ticket, job: TellOfEvent, *, since: datetime
) -> None:
    """Send a public reply to everybody who takes part; each gets a mail of his own.

    So everybody has his own signed reply address, and one whose address is dead hides nothing of
    the others.
    """
    resolves = job.after.get("status") == Status.RESOLVED and ticket.status in SETTLED
    reply = _Reply(ports, desk, ticket, job.message_id, resolves)
    for mail, letter in reply.mails(since):
        send_once(ports, mail, letter)


@dataclass(slots=True)
class _Reply:
    """A reply on its way; files are read once, and only when a mail really leaves."""

    ports: Ports
    desk: Desk
    ticket: Ticket
    message_id: str
    resolves: bool = False
    _thread: tuple[Message, tuple[Message, ...]] | None = field(default=None)
    _small: tuple[LetterFile, ...] | None = field(default=None)

    def mails(self, since: datetime) -> list[tuple[Outgoing, Callable[[], Letter]]]:
        number, message_id = self.ticket.number, self.message_id
        own = Outgoing(
            f"reply:{message_id}", self.ticket.requester.email, since, number, message_id,
            is_requesters=True,
        )  # fmt: skip
        mails: list[tuple[Outgoing, Callable[[], Letter]]] = [(own, self._for_requester(own))]
        for address in followers(self.desk, self.ticket):
            key = f"reply:{message_id}:{name_key(address)}"
            mail = Outgoing(key, address, since, number, message_id)
            mails.append((mail, self._for_participant(mail)))
        return mails

    def _for_requester(self, mail: Outgoing) -> Callable[[], Letter]:
        def letter() -> Letter:
            kind = LetterKind.PUBLIC_REPLY
            base = to_requester(self.ports, self.desk, self.ticket, kind, mail.key)
            message, earlier = self._read()
            files, oversized = self._files(message, base.page_url)
            return replace(
                base, message=message, history=earlier, files=files, oversized=oversized,
                from_name=self._signed(message), everybody=self._everybody(),
                facts={**base.facts, "resolves": "yes" if self.resolves else ""},
            )  # fmt: skip

        return letter

    def _for_participant(self, mail: Outgoing) -> Callable[[], Letter]:
        def letter() -> Letter:
            kind = LetterKind.PUBLIC_REPLY
            base = to_participant(self.ports, self.desk, self.ticket, mail.address, kind, mail.key)
            message, _ = self._read()
            files, oversized = self._files(message, "")
            # No history: who joined late must not read what was said before him.
            return replace(
                base, message=message, files=files, oversized=oversized,
                from_name=self._signed(message), everybody=self._everybody(),
            )  # fmt: skip

        return letter

    def _signed(self, message: Message) -> str:
        return f"{message.author.name} ({self.desk.profile.name})"

    def _everybody(self) -> tuple[str, ...]:
        joined = followers(self.desk, self.ticket)
        return (self.ticket.requester.email, *joined) if joined else ()

    def _read(self) -> tuple[Message, tuple[Message, ...]]:
        """The reply, and the public messages before it, newest first."""
        if self._thread is None:
            thread = self.ports.tickets.open_thread(self.ticket.number, limit=_HISTORY_PAGE)
            public = [e for e in thread.entries if isinstance(e, Message) and e.is_public]
            message = next((m for m in public if m.id == self.message_id), None)
            if message is None:
                message = self.ports.tickets.get_message(self.ticket.number, self.message_id)
            earlier = [m for m in public if m.id < message.id][::-1][:_HISTORY]
            self._thread = message, tuple(earlier)
        return self._thread

    def _files(
        self, message: Message, page_url: str
    ) -> tuple[tuple[LetterFile, ...], tuple[LetterLink, ...]]:
        def link(file_id: str) -> str:
            return f"{page_url}/files/{message.id}/{file_id}" if page_url else ""

        return enclosed(self.ports, message, link)
