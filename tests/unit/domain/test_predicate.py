"""Conditions as data: what holds of which ticket, and what is refused as no question."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.calendar import always_open
from chalicelib.domain.condition_fields import OF_A_MOMENT
from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.facts import Moment, facts_at, facts_of, facts_of_moment
from chalicelib.domain.predicate import LEVELS, OPERATORS, Condition, Field, Operator, Predicate
from chalicelib.domain.set_up import Organisation
from chalicelib.domain.ticket import Priority
from tests.builders import a_message, a_requester, a_ticket

HOUSES = {"example": Organisation("example", "Example", ("example.com",))}
TICKET = a_ticket(
    fields={"seats": 12, "until": "2030-01-31", "parts": ("lid", "box"), "urgent": True},
    tags=("vip", "Lisbon"),
    topic_id="invoice",
    subject="Invoice 12: the total is wrong",
    requester=a_requester(email="Ana@Mail.Example.com"),
)


@pytest.mark.row(49, 54)
@pytest.mark.parametrize(
    ("field", "operator", "values", "holds"),
    [
        ("department", "is", ("support",), True),
        ("department", "is", ("billing", "support"), True),
        ("department", "is_not", ("billing", "support"), False),
        ("priority", "is", ("normal",), True),
        ("priority", "at_least", ("normal",), True),
        ("priority", "at_least", ("high",), False),
        ("priority", "at_most", ("high",), True),
        ("status", "is", ("new", "open"), True),
        ("topic", "is", ("invoice",), True),
        ("topic", "is_empty", (), False),
        ("tags", "has", ("lisbon",), True),
        ("tags", "has", ("porto", "vip"), True),
        ("tags", "has_not", ("vip",), False),
        ("tags", "is_filled", (), True),
        ("channel", "is_not", ("mail",), True),
        ("assignee", "is_empty", (), True),
        ("subject", "contains", ("INVOICE",), True),
        ("subject", "contains_not", ("refund",), True),
        ("requester_address", "is", ("ana@mail.example.com",), True),
        ("requester_domain", "is", ("example.com",), True),
        ("requester_domain", "is", ("ample.com",), False),
        ("requester_domain", "is_not", ("mail.example.com",), False),
        ("type", "is_empty", (), True),
        ("organisation", "is", ("example",), True),
        ("internal", "is_false", (), True),
        ("field:seats", "at_least", ("12",), True),
        ("field:seats", "at_most", ("11.5",), False),
        ("field:seats", "is", ("12.0",), True),
        ("field:until", "at_least", ("2030-02-01",), False),
        ("field:until", "at_most", ("2030-02-01",), True),
        ("field:parts", "has", ("lid",), True),
        ("field:parts", "has_not", ("lid", "cup"), False),
        ("field:urgent", "is_true", (), True),
        ("field:never_filled", "is_true", (), False),
        ("field:never_filled", "at_most", ("5",), False),
    ],
)
def test_a_condition_is_asked_of_a_ticket(
    field: str, operator: str, values: tuple[str, ...], holds: bool
) -> None:
    assert Condition(field, Operator(operator), values).holds(facts_of(TICKET, HOUSES)) is holds


@pytest.mark.row(56)
@pytest.mark.parametrize(
    ("field", "operator", "values", "holds"),
    [
        ("body", "has", ("refund",), True),
        ("body", "has", ("fund",), False),
        ("body", "has", ("please, refund",), True),
        ("body", "contains", ("fund",), True),
        ("body", "has_not", ("invoice",), True),
        ("sender_address", "is", ("BO@example.org",), True),
        ("sender_domain", "is", ("example.org",), True),
        ("recipient", "has", ("help@desk.test",), True),
        ("attachment", "is_true", (), False),
        ("automatic", "is_true", (), True),
        ("business_hours", "inside", ("always",), True),
        ("business_hours", "outside", ("always",), False),
        ("business_hours", "outside", ("nights",), True),
        ("hours_since_created", "at_least", ("2",), True),
        ("hours_since_created", "at_most", ("1",), False),
        ("hours_since_last_message", "at_least", ("0",), False),
    ],
)
def test_a_condition_is_asked_of_a_moment(
    field: str, operator: str, values: tuple[str, ...], holds: bool
) -> None:
    moment = Moment(
        at=TICKET.created_at + timedelta(hours=2),
        message=a_message(text="Please: REFUND me"),
        sender="bo@example.org",
        recipients=frozenset({"Help@desk.test"}),
        is_automatic=True,
    )
    shared = facts_of_moment(TICKET, moment, {"always": always_open()})
    facts = facts_at(TICKET, shared, HOUSES)

    assert Condition(field, Operator(operator), values).holds(facts) is holds


def _asked(field: Field, *values: str) -> Condition:
    return Condition(field, Operator.IS, values)


def test_all_of_the_first_and_one_of_the_second_must_hold() -> None:
    here, there = _asked(Field.DEPARTMENT, "support"), _asked(Field.DEPARTMENT, "billing")
    facts = facts_of(TICKET)

    assert Predicate().holds(facts)
    assert Predicate((here,)).holds(facts)
    assert not Predicate((here, there)).holds(facts)
    assert Predicate((here,), (there, here)).holds(facts)
    assert not Predicate((here,), (there,)).holds(facts)


def test_a_field_that_nobody_knows_is_empty() -> None:
    assert Condition(Field.TOPIC, Operator.IS_EMPTY).holds({})
    assert not _asked(Field.TOPIC, "invoice").holds({})


@pytest.mark.parametrize(
    ("field", "operator", "values", "wrong"),
    [
        (Field.TAGS, Operator.IS, ("vip",), "operator"),
        (Field.PRIORITY, Operator.CONTAINS, ("high",), "operator"),
        (Field.DEPARTMENT, Operator.IS, (), "values"),
        (Field.DEPARTMENT, Operator.IS, (" ",), "values"),
        (Field.TOPIC, Operator.IS_EMPTY, ("invoice",), "values"),
        (Field.PRIORITY, Operator.IS, ("asap",), "values"),
        (Field.PRIORITY, Operator.AT_LEAST, ("low", "high"), "values"),
        (Field.TOPIC, Operator.IS, ("x",) * 51, "values"),
    ],
)
def test_what_is_no_question_is_refused_in_words(
    field: Field, operator: Operator, values: tuple[str, ...], wrong: str
) -> None:
    with pytest.raises(InvalidSetting) as refused:
        Condition(field, operator, values)

    assert refused.value.field == wrong
    assert refused.value.reason.endswith(".")


def test_more_conditions_than_anybody_oversees_are_refused() -> None:
    with pytest.raises(InvalidSetting):
        Predicate((_asked(Field.TOPIC, "a"),) * 21)


def test_every_field_of_the_language_is_known_of_a_ticket_and_has_operators() -> None:
    plain = replace(TICKET, fields={})
    assert set(facts_of(plain)) == set(Field) - OF_A_MOMENT
    shared = facts_of_moment(plain, Moment(plain.created_at), {})
    assert set(facts_at(plain, shared, {})) == set(Field) == set(OPERATORS)
    assert tuple(Priority) == LEVELS


def test_whether_it_could_hold_in_a_department_is_known_without_a_ticket() -> None:
    here = Predicate((_asked(Field.DEPARTMENT, "support"), _asked(Field.TOPIC, "invoice")))
    either = Predicate(any_of=(_asked(Field.DEPARTMENT, "support"), _asked(Field.TOPIC, "x")))

    assert here.may_hold_where(Field.DEPARTMENT, "support")
    assert not here.may_hold_where(Field.DEPARTMENT, "billing")
    assert either.may_hold_where(Field.DEPARTMENT, "billing")
