"""What a rule wrote leaves as an automatic mail: once, within limits, instead of the acknowledgement."""

from dataclasses import replace

import pytest

from chalicelib.domain.event_rule import EventRule, Trigger
from chalicelib.domain.letter import AUTOMATIC, CONVERSATION, LetterKind
from chalicelib.domain.step import Step, StepKind
from chalicelib.domain.ticket import DeliveryState
from tests.fakes import FakePorts
from tests.unit.usecases.stage import Stream, in_thread, opened_ticket, the_desk
from tests.unit.usecases.test_automatic_mails import a_mail, to_ana


@pytest.fixture
def ports() -> FakePorts:
    """A desk with a rule that greets whoever opens a ticket, and tells the billing department."""
    steps = (
        Step(StepKind.REPLY, text="Hello {{requester.first_name}}."),
        Step(StepKind.NOTIFY_DEPARTMENT, "billing"),
    )
    rule = EventRule("hello", "Hello", frozenset({Trigger.CREATED}), steps)
    return FakePorts(replace(the_desk(), event_rules={"hello": rule}))


@pytest.mark.row(56, "J12")
def test_the_customer_gets_the_template_once_and_no_acknowledgement_besides(
    ports: FakePorts,
) -> None:
    ticket = opened_ticket(ports, **a_mail())

    Stream(ports).flow(times=3)

    assert to_ana(ports) == [LetterKind.RULE_REPLY]
    (letter,) = [x for x in ports.composer.letters if x.kind is LetterKind.RULE_REPLY]
    assert letter.message is not None
    assert letter.message.text == "Hello Ana."
    assert LetterKind.RULE_REPLY in AUTOMATIC & CONVERSATION
    assert in_thread(ports, ticket.number)[1].delivery is DeliveryState.SENT


@pytest.mark.row(56, "J6")
def test_templates_end_at_the_limit_of_the_address_and_the_message_says_that_it_did_not_leave(
    ports: FakePorts,
) -> None:
    stream = Stream(ports)
    for _ in range(5):
        last = opened_ticket(ports, **a_mail())
        stream.flow()

    assert len(to_ana(ports)) == 3
    assert in_thread(ports, last.number)[1].delivery is DeliveryState.FAILED


@pytest.mark.row(48)
def test_the_department_that_a_rule_names_is_told_and_nobody_else(ports: FakePorts) -> None:
    opened_ticket(ports, **a_mail())

    Stream(ports).flow()

    told = {agent for agent in ports.settings.desk().agents if _notices(ports, agent)}
    assert told == {"out"}


def _notices(ports: FakePorts, agent_id: str) -> int:
    found, _ = ports.notices.list_by_agent(agent_id, limit=10, cursor="")
    return len(found)
