"""To which ticket an incoming mail belongs.

Never by a number in the subject, never by an empty id. First a signed reply address, then a
Message-ID that we know; anything else is a new ticket. A From header is a display name: a thread
reference lets in only a participant, or whoever is authenticated; the rest becomes a new ticket
that is marked for review.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.tokens import Capability


class Verdict(StrEnum):
    """What SES found about a mail, as far as it matters here."""

    PASS = "PASS"  # noqa: S105 - a verdict
    FAIL = "FAIL"
    GRAY = "GRAY"
    PROCESSING_FAILED = "PROCESSING_FAILED"
    DISABLED = "DISABLED"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a mail shows of where it belongs.

    Attributes:
        capability: what its signed reply address opens, if it had a valid one.
        references: Message-IDs it answers, nearest first, without empty ones.
        known: ticket numbers of those references that we know.
    """

    capability: Capability | None
    references: Sequence[str]
    known: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a mail goes: on ``number``, or on a new ticket when that is None.

    Attributes:
        by_token: the sender holds the signed address, so he need not be known otherwise.
        looks_like: a ticket that it seems to answer but may not join.
    """

    number: int | None
    by_token: bool = False
    looks_like: int | None = None


def candidate(evidence: Evidence) -> Placement:
    """The ticket that the evidence points to, before the sender was looked at."""
    if evidence.capability is not None:
        return Placement(evidence.capability.number, by_token=True)
    for reference in evidence.references:
        if reference and reference in evidence.known:
            return Placement(evidence.known[reference])
    return Placement(None)


def settled(
    place: Placement, *, is_participant: bool, is_authenticated: bool, is_refuted: bool
) -> Placement:
    """The final place, once the sender is known.

    A stranger joins nothing: a leaked address or a guessed Message-ID would let anybody in. A
    participant joins when authenticated. One who is not (his domain says nothing about itself)
    joins only by the signed address, which is a secret; and a sender whom his own domain refutes
    is nobody, whatever his From says.

    Args:
        is_authenticated: the From address was proved.
        is_refuted: the From address was disproved.
    """
    if place.number is None:
        return place
    if is_participant and (is_authenticated or (place.by_token and not is_refuted)):
        return place
    return Placement(None, looks_like=place.number)
