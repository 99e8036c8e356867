"""What an agent is offered to do with a ticket's status."""

import pytest

from chalicelib.domain.desk import Role
from chalicelib.domain.status import Cause, Status
from chalicelib.usecases.change_ticket import allowed_causes
from tests.builders import a_ticket, an_agent


@pytest.mark.row(11)
def test_an_agent_may_reply_to_a_new_ticket() -> None:
    offered = allowed_causes(a_ticket(status=Status.NEW), an_agent())

    assert Cause.AGENT_REPLIED in offered


@pytest.mark.row(17)
def test_nobody_replies_on_a_closed_ticket() -> None:
    offered = allowed_causes(a_ticket(status=Status.CLOSED), an_agent())

    assert Cause.AGENT_REPLIED not in offered


@pytest.mark.row(14)
def test_a_postponed_ticket_may_be_given_another_time() -> None:
    offered = allowed_causes(a_ticket(status=Status.POSTPONED), an_agent())

    assert Cause.POSTPONED in offered


def test_a_collaborator_is_offered_nothing() -> None:
    offered = allowed_causes(a_ticket(), an_agent(role=Role.COLLABORATOR))

    assert offered == ()
