"""What a note can have besides its words: things to tick off, a reminder, colleagues called in.

What was said is never changed, so what is ticked and what is still to be reminded of stand on the
ticket.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

MAX_ITEMS = 50
MAX_REMINDERS = 50
"""Of one ticket, still to come."""

_NAMED = re.compile(r"(?<![\w@.])@([a-z0-9][a-z0-9_-]{0,62})")


@dataclass(frozen=True, slots=True, order=True)
class Reminder:
    """A note's author wants to be told again.

    Attributes:
        message_id: the note.
    """

    at: datetime
    agent_id: str
    message_id: str

    @property
    def text(self) -> str:
        """As the table writes it."""
        return f"{self.at.isoformat()} {self.agent_id} {self.message_id}"


def reminder_of_text(text: str) -> Reminder:
    """The reminder that ``Reminder.text`` wrote."""
    at, agent_id, message_id = text.split(" ")
    return Reminder(datetime.fromisoformat(at), agent_id, message_id)


def tick_of(message_id: str, index: int) -> str:
    """How the ticket remembers that an item of a note is done."""
    return f"{message_id}:{index}"


def named_in(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """The ids behind an @ in a text, each once, as far as they are known.

    >>> named_in("Ask @eva, not mail@eva.test or @nobody.", {"eva"})
    ('eva',)
    """
    ids = set(known)
    found = (match[1].rstrip("-_") for match in _NAMED.finditer(text))
    return tuple(dict.fromkeys(name for name in found if name in ids))
