"""How a ticket stands: what decides which clocks run when other terms come to apply to it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.sla.clock import Clocks, ClockState
from chalicelib.domain.sla.policy import Target, Terms
from chalicelib.domain.status import Status


class Moment(StrEnum):
    """What happens to a ticket, as far as its clocks are concerned."""

    CREATED = "created"
    CUSTOMER_WROTE = "customer_wrote"
    AGENT_ANSWERED = "agent_answered"
    PAUSED = "paused"
    RESUMED = "resumed"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    TERMS_CHANGED = "terms_changed"
    ESCALATED = "escalated"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a ticket stands just before its terms change: what its clocks alone may not know.

    A ticket that was under no terms has no clocks, so nobody could tell from them whether it was
    answered or resolved meanwhile; and only the old terms know in which hours a clock ran.

    Attributes:
        terms: what applied until now.
        waiting_since: since when the customer waits for an answer; None while he does not.
        is_answered: an agent has answered once, or the ticket was resolved once.
    """

    terms: Terms | None = None
    status: Status = Status.NEW
    waiting_since: datetime | None = None
    is_answered: bool = False

    def wants(self, target: Target) -> bool:
        """Whether the target is still to be met."""
        if self.status not in _UNSOLVED:
            return False
        if target is Target.FIRST_RESPONSE:
            return not self.is_answered
        if target is Target.NEXT_RESPONSE:
            return self.is_answered and self.waiting_since is not None
        return True

    def pauses(self, target: Target, terms: Terms) -> bool:
        """Whether a clock of these terms stands still."""
        if self.status is Status.POSTPONED:
            return True
        awaits_customer = self.status is Status.ANSWERED and terms.pause_on_answered
        return awaits_customer and target is Target.RESOLUTION


_UNSOLVED = frozenset({Status.NEW, Status.OPEN, Status.ANSWERED, Status.POSTPONED})
_FOLLOWING = {
    Moment.CREATED: Status.NEW,
    Moment.CUSTOMER_WROTE: Status.OPEN,
    Moment.AGENT_ANSWERED: Status.ANSWERED,
    Moment.PAUSED: Status.POSTPONED,
    Moment.RESUMED: Status.OPEN,
    Moment.RESOLVED: Status.RESOLVED,
    Moment.REOPENED: Status.OPEN,
    Moment.TERMS_CHANGED: None,
    Moment.ESCALATED: None,
}
_ANSWERS = (Moment.AGENT_ANSWERED, Moment.RESOLVED)
_ASKS = (Moment.CREATED, Moment.CUSTOMER_WROTE)


def standing_after(
    standing: Standing, moment: Moment, at: datetime, terms: Terms | None
) -> Standing:
    """How a ticket stands after something happened to it, ``terms`` applying from then on."""
    answers = moment in _ANSWERS
    # A last word after "resolved" is not a new round: the ticket stays resolved.
    is_last_word = moment is Moment.AGENT_ANSWERED and standing.status is Status.RESOLVED
    waiting_since = None if answers else standing.waiting_since
    if waiting_since is None and moment in _ASKS:
        waiting_since = whole_second(at)
    return Standing(
        terms=terms,
        status=standing.status if is_last_word else _FOLLOWING[moment] or standing.status,
        waiting_since=waiting_since,
        is_answered=standing.is_answered or answers,
    )


def standing_from(clocks: Clocks, terms: Terms | None) -> Standing:
    """How a ticket stands as far as its clocks can tell, these terms having applied before too."""
    by_target = {clock.target: clock for clock in clocks}
    first = by_target.get(Target.FIRST_RESPONSE)
    following = by_target.get(Target.NEXT_RESPONSE)
    resolution = by_target.get(Target.RESOLUTION)
    status = Status.OPEN if clocks else Status.NEW
    if any(clock.state is ClockState.PAUSED for clock in clocks):
        status = Status.POSTPONED
    elif resolution is not None and resolution.state is ClockState.MET:
        status = Status.RESOLVED
    return Standing(
        terms=terms,
        status=status,
        waiting_since=following.started_at if following and following.is_live else None,
        is_answered=following is not None or (first is not None and first.state is ClockState.MET),
    )


def whole_second(at: datetime) -> datetime:
    """The second that an instant falls in: clocks count in those, so that pieces add up."""
    return at.replace(microsecond=0) if at.microsecond else at
