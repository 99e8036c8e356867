"""Rules on events: in order, on what happens, once each, in the same write, and never in circles."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.assignment import Strategy
from chalicelib.domain.decisions import customer_wrote
from chalicelib.domain.desk import Department, Desk
from chalicelib.domain.event_rule import MOST_LEVELS, EventRule, Macro, Trigger
from chalicelib.domain.predicate import Condition, Operator, Predicate
from chalicelib.domain.sla import SLAPolicy, Target
from chalicelib.domain.status import Status
from chalicelib.domain.step import Step, StepKind
from chalicelib.domain.ticket import (
    Channel,
    EventKind,
    Message,
    MessageKind,
    Priority,
    Ticket,
)
from chalicelib.usecases.answer_ticket import Answer, reply_in_public
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.commits import commit_of, decide_until_written, numbered
from chalicelib.usecases.dispatch_change import jobs_for_event
from chalicelib.usecases.jobs import AssignTicket, CallWebhook, CountUse, TellOfEvent
from chalicelib.usecases.open_ticket import open_ticket
from tests.builders import a_message
from tests.fakes import FakePorts
from tests.unit.usecases.stage import ADMIN, RUI, opened_ticket, the_desk, wanted

Asked = tuple[str, str, tuple[str, ...]]


def _rule(
    name: str, on: str, *steps: Step, asked: tuple[Asked, ...] = (), at: int = 0
) -> EventRule:
    conditions = Predicate(tuple(Condition(f, Operator(o), v) for f, o, v in asked))
    return EventRule(name, f"Rule {name}", frozenset({Trigger(on)}), steps, conditions, position=at)


def _do(kind: StepKind, value: str = "", **more: str) -> Step:
    return Step(kind, value, **more)


def _ports(*rules: EventRule, **changes: object) -> FakePorts:
    desk: Desk = replace(the_desk(), event_rules={r.id: r for r in rules}, **changes)  # type: ignore[arg-type]
    return FakePorts(desk)


def _kinds(ports: FakePorts, number: int) -> list[str]:
    return [event.kind for event in ports.tickets.list_events(number)]


def _acted(ports: FakePorts, number: int) -> list[str]:
    events = ports.tickets.list_events(number)
    return [e.after["rule"] for e in events if e.kind is EventKind.EVENT_RULE_ACTED]


def _said(ports: FakePorts, number: int) -> list[Message]:
    return list(ports.tickets.list_messages(number))


def _customer_writes(ports: FakePorts, ticket: Ticket, text: str, **facts: str) -> Ticket:
    author = _said(ports, ticket.number)[0].author
    message = a_message(id=ports.ids.new(), text=text, author=author, created_at=ports.clock.now())

    def decide(found: Ticket) -> object:
        decision = customer_wrote(found, message, None, facts=facts)
        return commit_of(found, numbered(ports.ids, decision))

    return decide_until_written(ports, ticket.number, decide)  # type: ignore[arg-type]


@pytest.mark.row(41, 48, 56)
def test_a_new_ticket_is_moved_weighed_and_told_by_rules_in_the_same_write() -> None:
    ports = _ports(
        _rule(
            "invoices", "created", _do(StepKind.MOVE_DEPARTMENT, "billing"),
            asked=(("subject", "contains", ("invoice",)),), at=1,
        ),
        _rule(
            "urgent", "created", _do(StepKind.SET_PRIORITY, "urgent"),
            _do(StepKind.NOTIFY_DEPARTMENT, "billing"), _do(StepKind.NOTIFY_AGENT, "agent-rui"),
            asked=(("body", "has", ("12",)), ("department", "is", ("billing",))), at=2,
        ),
    )  # fmt: skip

    ticket = opened_ticket(ports)

    assert (ticket.department_id, ticket.priority) == ("billing", Priority.URGENT)
    assert ticket.version == 1
    assert _acted(ports, ticket.number) == ["invoices", "urgent"]
    told = [e for e in ports.tickets.list_events(ticket.number) if e.after.get("notify")]
    assert told[0].after["notify"] == "department:billing,agent:agent-rui"
    assert any(isinstance(job, TellOfEvent) for job in jobs_for_event(ticket.number, told[0]))


@pytest.mark.row(56)
def test_the_promises_of_a_new_ticket_are_those_of_where_rules_bring_it() -> None:
    policy = SLAPolicy("fast", "Fast", "c", {p: {Target.RESOLUTION: 30} for p in Priority}, 5)
    ports = _ports(
        _rule("vip", "created", _do(StepKind.SET_POLICY, "fast")),
        sla_policies={**the_desk().sla_policies, "fast": policy},
    )

    ticket = opened_ticket(ports)

    running = {clock.target: clock for clock in ticket.clocks if clock.due_at}
    assert set(running) == {Target.RESOLUTION}
    assert running[Target.RESOLUTION].allowed_seconds == 1800


@pytest.mark.row(56)
def test_stop_ends_the_run_and_position_says_who_is_first() -> None:
    ports = _ports(
        _rule("b", "created", _do(StepKind.ADD_TAG, "second"), _do(StepKind.STOP), at=2),
        _rule("c", "created", _do(StepKind.ADD_TAG, "third"), at=3),
        _rule("a", "created", _do(StepKind.ADD_TAG, "first"), at=1),
    )

    assert opened_ticket(ports).tags == ("first", "second")


@pytest.mark.row(56)
def test_messages_of_customers_and_of_agents_start_different_rules() -> None:
    ports = _ports(
        _rule("asks", "customer_wrote", _do(StepKind.ADD_TAG, "angry"),
              asked=(("body", "has", ("lawyer",)),)),
        _rule("said", "agent_wrote", _do(StepKind.ADD_TAG, "answered")),
    )  # fmt: skip
    ticket = opened_ticket(ports)
    assert ticket.tags == ()

    reply_in_public(ports, RUI, Answer(ticket.number, "Done.", based_on=1))
    assert ports.tickets.get(ticket.number).tags == ("answered",)
    assert _customer_writes(ports, ticket, "I call my lawyer").tags == ("answered", "angry")


@pytest.mark.row(56)
def test_a_rule_on_changes_acts_when_its_conditions_become_true_and_not_again() -> None:
    ports = _ports(
        _rule("high", "changed", _do(StepKind.ADD_NOTE, text="Look at #{{ticket.number}} soon."),
              asked=(("priority", "at_least", ("high",)),)),
    )  # fmt: skip
    number = opened_ticket(ports).number

    change_ticket(ports, RUI, Change(number, None, priority=Priority.HIGH))
    change_ticket(ports, RUI, Change(number, None, subject="Another"))
    change_ticket(ports, RUI, Change(number, None, priority=Priority.URGENT))

    notes = [m.text for m in _said(ports, number) if m.kind is MessageKind.INTERNAL_NOTE]
    assert notes == [f"Look at #{number} soon."]


@pytest.mark.row(56)
def test_what_a_rule_changes_starts_other_rules_in_the_same_write() -> None:
    ports = _ports(
        _rule("type", "created", _do(StepKind.ADD_TAG, "vip")),
        _rule("vip", "changed", _do(StepKind.SET_PRIORITY, "urgent"),
              asked=(("tags", "has", ("vip",)),)),
        _rule("urgent", "changed", _do(StepKind.ASSIGN, "agent-rui"),
              asked=(("priority", "is", ("urgent",)),)),
    )  # fmt: skip

    ticket = opened_ticket(ports)

    assert (ticket.priority, ticket.assignee_id, ticket.version) == ("urgent", "agent-rui", 1)
    assert _acted(ports, ticket.number) == ["type", "vip", "urgent"]
    assert ports.store.loads["agent-rui"].open_count == 1


@pytest.mark.row(56)
def test_a_chain_that_goes_on_and_on_ends_and_the_history_says_where() -> None:
    chain = [
        _rule(f"r{place}", "changed", _do(StepKind.ADD_TAG, f"t{place + 1}"),
              asked=(("tags", "has", (f"t{place}",)), ), at=99 - place)
        for place in range(8)
    ]  # fmt: skip
    ports = _ports(_rule("first", "created", _do(StepKind.ADD_TAG, "t0")), *chain)

    number = opened_ticket(ports).number

    assert len(_acted(ports, number)) == MOST_LEVELS
    (stopped,) = [e for e in ports.tickets.list_events(number) if e.kind is EventKind.RULES_STOPPED]
    assert stopped.after["rule"] == f"r{MOST_LEVELS - 1}"


@pytest.mark.row(57)
def test_mail_that_is_no_request_is_spam_by_rule_and_nobody_answers_it() -> None:
    ports = _ports(
        _rule("spam", "created", _do(StepKind.MARK_SPAM), _do(StepKind.REPLY, text="Hello"),
              asked=(("sender_domain", "is", ("example.com",)),)),
    )  # fmt: skip

    ticket = opened_ticket(ports)

    assert ticket.status is Status.SPAM
    assert [m.kind for m in _said(ports, ticket.number)] == [MessageKind.CUSTOMER_MESSAGE]
    (created,) = [
        e for e in ports.tickets.list_events(ticket.number) if e.kind is EventKind.TICKET_CREATED
    ]
    assert created.after["acknowledge"] == "no"


_HELLO = "Hello {{requester.first_name|there}}, #{{ticket.number}} is with {{department.name}}."


@pytest.mark.row(56)
def test_a_rule_answers_by_a_template_which_is_no_answer_of_a_person() -> None:
    ports = _ports(_rule("hello", "created", _do(StepKind.REPLY, text=_HELLO)))

    ticket = opened_ticket(ports)

    first, reply = _said(ports, ticket.number)
    assert reply.text == f"Hello Ana, #{ticket.number} is with Support."
    assert (reply.kind, reply.author.name) == (MessageKind.PUBLIC_REPLY, "Example Desk")
    assert (ticket.status, ticket.waiting_since) == (Status.NEW, first.created_at)
    assert ticket.first_answered_at is None
    assert ticket.last_message_preview == first.text
    sent = [e for e in ports.tickets.list_events(ticket.number)
            if e.kind is EventKind.PUBLIC_REPLY_SENT]  # fmt: skip
    assert [event.message_id for event in sent] == [reply.id]
    assert len(jobs_for_event(ticket.number, sent[0])) == 1


@pytest.mark.row(56, "J12")
@pytest.mark.parametrize(
    "changes",
    [
        {"facts": {"acknowledge": "no"}},
        {"channel": Channel.MAIL, "verified": False},
        {"is_internal": True},
    ],
)
def test_machines_forged_senders_and_internal_tickets_get_no_template(
    changes: dict[str, object],
) -> None:
    ports = _ports(_rule("hello", "created", _do(StepKind.REPLY, text=_HELLO)))
    if changes.get("is_internal"):
        from chalicelib.domain.decisions import FirstMessage
        from chalicelib.usecases.answer_ticket import actor_of

        changes |= {"first_message": FirstMessage.NOTE, "opened_by": actor_of(RUI)}

    ticket = open_ticket(ports, wanted(**changes))

    assert len(_said(ports, ticket.number)) == 1


@pytest.mark.row(56)
def test_a_macro_does_its_steps_and_says_its_words() -> None:
    macro = Macro("refund", "Refund", (_do(StepKind.ADD_TAG, "refund"),), "We refund you.")
    ports = _ports(
        _rule("r", "created", _do(StepKind.APPLY_MACRO, "refund")), macros={"refund": macro}
    )

    ticket = opened_ticket(ports)

    assert ticket.tags == ("refund",)
    assert _said(ports, ticket.number)[1].text == "We refund you."


@pytest.mark.row(56)
def test_each_use_is_counted_once_and_webhooks_have_jobs_of_their_own() -> None:
    ports = _ports(_rule("hook", "created", _do(StepKind.CALL_WEBHOOK, "crm")))
    number = opened_ticket(ports).number

    (acted,) = [
        e for e in ports.tickets.list_events(number) if e.kind is EventKind.EVENT_RULE_ACTED
    ]
    jobs = jobs_for_event(number, acted)

    assert [type(job) for job in jobs] == [CountUse, CallWebhook]
    for _ in range(3):
        ports.use_counts.count("event_rules", "hook", acted.id, ports.clock.now())
    assert ports.use_counts.read("event_rules") == {"hook": 1}


@pytest.mark.row(41)
def test_a_rule_asks_for_the_best_agent_where_tickets_are_not_given_out_by_themselves() -> None:
    ports = _ports(
        _rule("best", "created", _do(StepKind.ASSIGN_BEST)),
        departments={"support": Department("support", "Support", "help", strategy=Strategy.MANUAL)},
    )
    number = opened_ticket(ports).number
    (asked,) = [
        e for e in ports.tickets.list_events(number) if e.kind is EventKind.ASSIGNMENT_ASKED
    ]

    (job,) = jobs_for_event(number, asked)

    assert isinstance(job, AssignTicket)
    assert job.asked


def test_steps_that_make_no_sense_on_the_ticket_change_nothing() -> None:
    ports = _ports(
        _rule("odd", "created", _do(StepKind.ASSIGN, "out"), _do(StepKind.REMOVE_TAG, "x"),
              _do(StepKind.SET_TYPE, "gone"), _do(StepKind.ADD_TAG, "kept")),
    )  # fmt: skip

    ticket = opened_ticket(ports)

    assert (ticket.assignee_id, ticket.tags) == ("", ("kept",))


def test_a_ticket_that_was_deleted_starts_no_rule() -> None:
    ports = _ports(
        _rule("any", "changed", _do(StepKind.ADD_TAG, "x"),
              asked=(("status", "is", ("deleted",)),)),
    )  # fmt: skip
    number = opened_ticket(ports).number

    after = change_ticket(ports, ADMIN, Change(number, None, status="deleted"))

    assert after.tags == ()


_KINDS = st.sampled_from(
    [("priority", "set_priority", p) for p in ("low", "normal", "high", "urgent")]
)


@pytest.mark.row(56)
@given(st.lists(st.tuples(_KINDS, _KINDS), min_size=1, max_size=12))
def test_whatever_rules_there_are_each_acts_once_at_most_on_an_event(
    pairs: list[tuple[tuple[str, str, str], tuple[str, str, str]]],
) -> None:
    rules = [
        _rule(f"r{place}", "changed", Step(StepKind(does[1]), does[2]),
              asked=((when[0], "is", (when[2],)),), at=place)
        for place, (when, does) in enumerate(pairs)
    ]  # fmt: skip
    ports = _ports(*rules)
    number = opened_ticket(ports).number
    ports.clock.at += timedelta(minutes=1)

    change_ticket(ports, RUI, Change(number, None, priority=Priority.HIGH))

    acted = _acted(ports, number)
    assert len(acted) == len(set(acted))
