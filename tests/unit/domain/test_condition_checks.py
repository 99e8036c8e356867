"""Conditions that name what there is not, or that no ticket ever fulfils, are refused in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.calendar import always_open
from chalicelib.domain.condition_checks import check_conditions, contradiction
from chalicelib.domain.condition_fields import Operator
from chalicelib.domain.custom_fields import CustomField, FieldKind
from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.predicate import LEVELS, Condition, Predicate
from tests.builders import a_desk, an_agent

FIELDS = {
    "seats": CustomField("seats", FieldKind.NUMBER, {"en": "Seats"}),
    "until": CustomField("until", FieldKind.DATE, {"en": "Until"}),
    "vip": CustomField("vip", FieldKind.CHECKBOX, {"en": "VIP"}),
    "room": CustomField("room", FieldKind.CHOICE, {"en": "Room"}, choices={"a": {"en": "A"}}),
}
DESK = a_desk(an_agent(id="agent-1"), fields=FIELDS, calendars={"always": always_open()})

Asked = tuple[str, str, tuple[str, ...]]


def _predicate(all_of: list[Asked], any_of: list[Asked] | None = None) -> Predicate:
    def made(asked: list[Asked]) -> tuple[Condition, ...]:
        return tuple(Condition(f, Operator(o), v) for f, o, v in asked)

    return Predicate(made(all_of), made(any_of or []))


@pytest.mark.row(56)
@pytest.mark.parametrize(
    "all_of",
    [
        [("status", "is", ("open",)), ("status", "is", ("new",))],
        [("priority", "at_least", ("high",)), ("priority", "is", ("low",))],
        [("tags", "has", ("vip",)), ("tags", "has_not", ("VIP",))],
        [("tags", "has", ("vip",)), ("tags", "is_empty", ())],
        [("subject", "contains", ("refund",)), ("subject", "contains_not", ("fun",))],
        [("body", "has", ("please help",)), ("body", "has_not", ("help",))],
        [("assignee", "is_empty", ()), ("assignee", "is", ("agent-1",))],
        [("attachment", "is_true", ()), ("attachment", "is_false", ())],
        [("business_hours", "inside", ("always",)), ("business_hours", "outside", ("always",))],
        [("hours_since_created", "at_least", ("5",)), ("hours_since_created", "at_most", ("4",))],
        [("field:until", "is", ("2030-01-31",)), ("field:until", "at_least", ("2030-02-01",))],
    ],
)
def test_conditions_that_exclude_each_other_are_refused(all_of: list[Asked]) -> None:
    with pytest.raises(InvalidSetting, match="No ticket can be all of this"):
        check_conditions(DESK, "event_rules.x", _predicate(all_of), of_a_moment=True)


@pytest.mark.parametrize(
    "all_of",
    [
        [("status", "is", ("open", "new")), ("status", "is", ("new",))],
        [("tags", "has", ("a", "b")), ("tags", "has_not", ("a",))],
        [("tags", "has", ("a",)), ("tags", "has", ("b",))],
        [("subject", "contains", ("a",)), ("subject", "contains", ("b",))],
        [("body", "has", ("no",)), ("body", "has", ("one",)), ("body", "has_not", ("no one",))],
        [("hours_since_created", "at_least", ("5",)), ("hours_since_created", "is_not", ("5",))],
        [("requester_domain", "is", ("a.test",)), ("requester_domain", "is", ("b.a.test",))],
        [("assignee", "is_not", ("agent-1",)), ("assignee", "is_filled", ())],
        [("field:vip", "is_true", ()), ("field:room", "is", ("a",))],
    ],
)
def test_conditions_that_can_hold_together_are_let_pass(all_of: list[Asked]) -> None:
    assert contradiction(DESK, _predicate(all_of)) == ()


def test_any_of_is_refused_only_if_none_of_it_can_hold() -> None:
    here: list[Asked] = [("status", "is", ("open",))]
    new, tagged = ("status", "is", ("new",)), ("tags", "has", ("vip",))

    assert contradiction(DESK, _predicate(here, [new]))
    assert not contradiction(DESK, _predicate(here, [new, tagged]))


@pytest.mark.row(56)
@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        (("department", "is", ("nowhere",)), "values"),
        (("type", "is", ("nothing",)), "values"),
        (("organisation", "is", ("nobody",)), "values"),
        (("status", "is", ("lost",)), "values"),
        (("business_hours", "inside", ("nights",)), "values"),
        (("field:gone", "is", ("x",)), "field"),
        (("field:seats", "contains", ("1",)), "operator"),
        (("field:seats", "at_least", ("many",)), "values"),
        (("field:until", "at_most", ("12",)), "values"),
        (("field:room", "is", ("b",)), "values"),
    ],
)
def test_what_names_something_that_there_is_not_is_refused_at_its_place(
    asked: Asked, wrong: str
) -> None:
    with pytest.raises(InvalidSetting) as refused:
        check_conditions(DESK, "event_rules.x", _predicate([asked]), of_a_moment=True)

    assert refused.value.field == f"event_rules.x.conditions.all_of.0.{wrong}"


def test_what_is_known_only_while_a_message_comes_in_cannot_be_asked_by_a_clock() -> None:
    asked = _predicate([("body", "has", ("refund",))])

    with pytest.raises(InvalidSetting, match="rule on events"):
        check_conditions(DESK, "time_rules.x", asked, of_a_moment=False)


_LEVELS = st.tuples(
    st.sampled_from(["is", "is_not", "at_least", "at_most"]), st.sampled_from(LEVELS)
)


@given(st.lists(_LEVELS, min_size=2, max_size=5))
def test_priorities_are_refused_exactly_when_none_of_the_four_fits(
    asked: list[tuple[str, str]],
) -> None:
    predicate = _predicate([("priority", operator, (level,)) for operator, level in asked])
    fits = any(predicate.holds({"priority": level}) for level in LEVELS)

    assert bool(contradiction(DESK, predicate)) is not fits
