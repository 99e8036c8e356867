"""Which policy applies to a ticket, and what its terms are called."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain.desk import Department, Desk
from chalicelib.domain.facts import facts_of
from chalicelib.domain.predicate import Condition, Field, Operator, Predicate
from chalicelib.domain.promises import policy_for, terms_by_facts, terms_of
from chalicelib.domain.sla import SLAPolicy, Target
from chalicelib.domain.ticket import Channel, Priority, Ticket
from chalicelib.usecases.settings_promises import document_of_terms, terms_from_document
from tests.builders import a_desk, a_requester, a_ticket
from tests.unit.domain.hours import NIGHT_SHIFT, a_calendar
from tests.unit.domain.promises import FIRST, some_terms


def _policy(name: str, position: int = 0, *asked: Condition, minutes: int = 60) -> SLAPolicy:
    allowed = {p.value: {Target.FIRST_RESPONSE: minutes} for p in Priority}
    return SLAPolicy(name, name, "c", allowed, 0, conditions=Predicate(asked), position=position)


def _is(field: Field, *values: str) -> Condition:
    operator = Operator.HAS if field is Field.TAGS else Operator.IS
    return Condition(field, operator, values)


def _desk(*policies: SLAPolicy) -> Desk:
    return a_desk(
        departments={
            "support": Department("support", "Support", "help", "own"),
            "sales": Department("sales", "Sales", "help"),
        },
        calendars={"c": a_calendar()},
        sla_policies={p.id: p for p in (_policy("own"), *policies)},
    )


def _chosen(desk: Desk, ticket: Ticket) -> str:
    policy = policy_for(desk, facts_of(ticket))
    return policy.id if policy else ""


@pytest.mark.row(49)
@pytest.mark.parametrize(
    ("asked", "changes"),
    [
        (_is(Field.DEPARTMENT, "support"), {}),
        (_is(Field.PRIORITY, "urgent"), {"priority": Priority.URGENT}),
        (_is(Field.TOPIC, "outage"), {"topic_id": "outage"}),
        (_is(Field.TAGS, "gold"), {"tags": ("gold",)}),
        (_is(Field.REQUESTER_DOMAIN, "acme.test"), {"requester": a_requester(email="a@acme.test")}),
        (_is(Field.CHANNEL, "phone"), {"channel": Channel.PHONE}),
        (_is(Field.MAILBOX, "vip"), {"mailbox_id": "vip"}),
    ],
)
def test_a_policy_is_chosen_by_what_is_known_of_the_ticket(
    asked: Condition, changes: dict[str, object]
) -> None:
    desk = _desk(_policy("special", 1, asked))

    assert _chosen(desk, a_ticket(**changes)) == "special"
    assert _chosen(desk, a_ticket(department_id="sales")) in ("", "special" if not changes else "")


@pytest.mark.row(49)
def test_the_first_policy_that_holds_applies_and_else_the_departments_own() -> None:
    gold = _is(Field.TAGS, "gold")
    desk = _desk(_policy("late", 2, gold), _policy("early", 1, gold, _is(Field.PRIORITY, "high")))

    assert _chosen(desk, a_ticket()) == "own"
    assert _chosen(desk, a_ticket(tags=("gold",))) == "late"
    assert _chosen(desk, a_ticket(tags=("gold",), priority=Priority.HIGH)) == "early"
    assert _chosen(desk, a_ticket(department_id="sales")) == ""
    assert _chosen(desk, a_ticket(department_id="sales", tags=("gold",))) == "late"


@pytest.mark.row(49)
def test_what_is_promised_depends_on_department_and_priority() -> None:
    desk = _desk()
    only_normal = replace(desk.sla_policies["own"], minutes={"normal": {Target.FIRST_RESPONSE: 60}})
    desk = replace(desk, sla_policies={"own": only_normal})

    promised = terms_by_facts(desk, {"department": "support", "priority": "normal"})
    urgent = terms_by_facts(desk, {"department": "support", "priority": "urgent"})

    assert promised is not None
    assert promised.seconds == {Target.FIRST_RESPONSE: 3600}
    assert urgent is not None
    assert urgent.seconds == {}
    assert terms_by_facts(desk, {"department": "sales", "priority": "normal"}) is None
    assert terms_by_facts(desk, {"department": "gone", "priority": "normal"}) is None


@pytest.mark.row(52)
def test_a_priority_that_a_rule_raised_brings_no_other_promises() -> None:
    desk = _desk(_policy("special", 0, _is(Field.PRIORITY, "high")))
    raised = a_ticket(priority=Priority.HIGH, promised_priority=Priority.NORMAL)

    terms = terms_of(desk, raised)

    assert terms is not None
    assert terms.policy_id == "own"


@pytest.mark.row("K9")
def test_terms_have_the_same_name_as_long_as_nothing_that_counts_changes() -> None:
    terms = some_terms()
    renamed = replace(terms.calendar, name="Other words")

    assert replace(terms, calendar=renamed, breach_steps=()).id == terms.id
    others = [
        replace(terms, calendar=a_calendar(holidays=frozenset({date(2026, 3, 4)}))),
        replace(terms, calendar=a_calendar(zone="Asia/Kathmandu")),
        replace(terms, calendar=a_calendar(NIGHT_SHIFT)),
        replace(terms, seconds={FIRST: 60}),
        replace(terms, at_risk_lead_seconds=1),
        replace(terms, policy_id="q"),
        replace(terms, pause_on_answered=True),
    ]
    assert len({terms.id, *(other.id for other in others)}) == 1 + len(others)


@pytest.mark.row("K9")
def test_terms_that_were_kept_come_back_with_their_name() -> None:
    calendar = a_calendar(
        NIGHT_SHIFT, zone="Asia/Kathmandu", holidays=frozenset({date(2028, 2, 29)})
    )
    terms = some_terms(calendar, pause_on_answered=True)

    again = terms_from_document(document_of_terms(terms))

    assert again.id == terms.id
    assert again == terms
