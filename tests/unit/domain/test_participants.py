"""Who takes part besides the requester."""

from datetime import timedelta

import pytest

from chalicelib.domain.decisions import participants_set
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import EventKind
from tests.builders import AGENT, NOON, a_requester, a_ticket

LATER = NOON + timedelta(hours=1)


def test_added_people_take_part_and_the_history_tells_who_did_it() -> None:
    ticket = a_ticket(participants=("ben@example.org",))
    wanted = ["ben@example.org", "carla@example.org"]
    decision = participants_set(ticket, wanted, actor=AGENT, at=LATER)
    assert decision.ticket.participants == ("ben@example.org", "carla@example.org")
    (event,) = decision.events
    assert (event.kind, event.actor) == (EventKind.PARTICIPANTS_CHANGED, AGENT)
    assert event.before == {"participants": "ben@example.org"}
    assert event.after == {"participants": "ben@example.org, carla@example.org"}


def test_the_same_people_again_change_nothing() -> None:
    ticket = a_ticket(participants=("ben@example.org",))
    assert not participants_set(ticket, ["ben@example.org"], actor=AGENT, at=LATER).changed


def test_nobody_takes_part_twice_and_the_requester_never() -> None:
    ticket = a_ticket(requester=a_requester(email="ana@example.com"))
    wanted = ["Ben@example.org", "ANA@example.com", "ben@EXAMPLE.org", " "]
    decision = participants_set(ticket, wanted, actor=AGENT, at=LATER)
    assert decision.ticket.participants == ("Ben@example.org",)


def test_a_reply_that_is_being_written_does_not_become_stale() -> None:
    ticket = a_ticket(content_version=4, version=6)
    decision = participants_set(ticket, ["ben@example.org"], actor=AGENT, at=LATER)
    assert decision.message is None
    assert decision.ticket.content_version == 4


@pytest.mark.parametrize("status", list(Status))
def test_somebody_can_leave_a_ticket_in_every_status(status: Status) -> None:
    ticket = a_ticket(status=status, participants=("ben@example.org",))
    left = participants_set(ticket, (), actor=AGENT, at=LATER).ticket
    assert (left.participants, left.status) == ((), status)
