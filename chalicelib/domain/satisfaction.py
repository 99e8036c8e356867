"""One question after the end: was our help good? What a desk says of it, and what a ticket remembers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.domain.status import Status

MAX_COMMENT = 2000


class Rating(StrEnum):
    """What a customer says of the help that he got."""

    GOOD = "good"
    BAD = "bad"


class NotAsked(StrEnum):
    """Why a question that was to be asked did not leave."""

    CAME_BACK = "came_back"
    """The ticket was opened again, or merged, before its mail left."""
    TOO_MANY = "too_many"
    """The address had as many automatic mails as it may get."""
    NO_MAIL = "no_mail"
    """No machine may write to the address, or mail to it was refused."""


@dataclass(frozen=True, slots=True)
class SatisfactionRules:
    """Whether customers are asked, when, and about what.

    Attributes:
        after: resolved or closed; from then on the delay counts.
        change_days: for how many days after it was asked the question can be answered, and the
            answer be changed.
        excluded_departments: whose customers are never asked.
    """

    is_active: bool = False
    after: Status = Status.RESOLVED
    delay_hours: int = 24
    change_days: int = 14
    excluded_departments: frozenset[str] = frozenset()

    def ends_at(self, asked_at: datetime) -> datetime:
        """Until when an answer is taken."""
        return asked_at + timedelta(days=self.change_days)


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """What a ticket remembers of the question; a ticket's customer is asked once at most.

    Attributes:
        never: a machine or a list wrote the ticket, so nobody is asked.
        agent_id: who owned the ticket when it was last solved before the question; empty for
            nobody. The rating is his, whoever owns the ticket later.
        department_id: of the ticket at that time.
        ask_at: when the question is to be asked; None when it is not, or was.
        asked_at: when he was asked; None again where the mail did not leave.
        rating: the present one; what was said before is in the events.
    """

    never: bool = False
    agent_id: str = ""
    department_id: str = ""
    ask_at: datetime | None = None
    asked_at: datetime | None = None
    rating: Rating | None = None
    comment: str = ""
    rated_at: datetime | None = None
