"""Calendars, policies and rules are refused in words when they are saved, if they could not work."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from chalicelib.domain.errors import InvalidSetting
from chalicelib.usecases.change_settings import remove_setting, save_setting, seed_settings
from chalicelib.usecases.dispatch_change import jobs_for_setting, without_repeats
from chalicelib.usecases.jobs import RefreshTickets, WakeTicket
from tests.fakes import FakePorts
from tests.unit.usecases.test_change_settings import SET_UP

OFFICE = SET_UP["calendars"][0]
POLICY = SET_UP["sla_policies"][0]
RULE = SET_UP["time_rules"][0]


@pytest.fixture
def ports() -> FakePorts:
    """A seeded desk with a second department."""
    seeded = FakePorts()
    set_up = deepcopy(SET_UP)
    set_up["departments"].append({"id": "second", "name": "Second tier", "mailbox_id": "help"})
    seed_settings(seeded, set_up)
    return seeded


def _save(ports: FakePorts, kind: str, document: dict[str, Any]) -> dict[str, Any]:
    return dict(save_setting(ports, kind, document, based_on=None)[0])


@pytest.mark.row(50)
def test_public_holidays_are_stored_as_days_years_ahead(ports: FakePorts) -> None:
    regions = [{"country": "XX", "subdivision": "N"}]

    stored = _save(ports, "calendars", {**OFFICE, "public_holidays": regions})

    closed = ports.settings.desk().calendars["office"].holidays
    assert {date(2026, 10, 5), date(2026, 6, 24), date(2031, 10, 5)} <= closed
    assert stored["public_days"][0] == {"date": "2025-06-24", "name": "St. John"}


@pytest.mark.row(50)
def test_a_public_holiday_can_be_worked_and_own_days_are_added(ports: FakePorts) -> None:
    wanted = {
        **OFFICE,
        "public_holidays": [{"country": "XX", "subdivision": ""}],
        "working_days": ["2026-10-05"],
        "holidays": ["2026-12-24"],
    }

    _save(ports, "calendars", wanted)

    closed = ports.settings.desk().calendars["office"].holidays
    assert date(2026, 10, 5) not in closed
    assert {date(2026, 12, 24), date(2027, 10, 5)} <= closed


@pytest.mark.row(50)
def test_a_region_that_nobody_knows_is_refused(ports: FakePorts) -> None:
    regions = [{"country": "XX", "subdivision": ""}, {"country": "ZZ", "subdivision": "1"}]

    with pytest.raises(InvalidSetting, match="ZZ-1 are not known") as refused:
        _save(ports, "calendars", {**OFFICE, "public_holidays": regions})

    assert refused.value.field == "public_holidays.1"


@pytest.mark.row(50)
@pytest.mark.parametrize("hours", [{}, {"mon": []}])
def test_a_calendar_without_hours_is_refused(ports: FakePorts, hours: dict[str, Any]) -> None:
    with pytest.raises(InvalidSetting, match="at least one opening hour") as refused:
        _save(ports, "calendars", {**OFFICE, "hours": hours})

    assert refused.value.field == "hours"


def _asked(**changes: Any) -> dict[str, Any]:
    question = {"field": "department", "operator": "is", "values": ["support"]}
    return {"all_of": [{**question, **changes}]}


@pytest.mark.row(49, 54)
@pytest.mark.parametrize(
    ("kind", "document", "field"),
    [
        ("sla_policies", {**POLICY, "calendar_id": "gone"}, "sla_policies.std.calendar_id"),
        (
            "sla_policies",
            {**POLICY, "conditions": _asked(values=["gone"])},
            "sla_policies.std.conditions.all_of.0.values",
        ),
        (
            "sla_policies",
            {**POLICY, "conditions": _asked(operator="has")},
            "conditions.all_of.0.operator",
        ),
        (
            "sla_policies",
            {**POLICY, "breach_steps": [{"kind": "move_department", "value": "gone"}]},
            "sla_policies.std.breach_steps",
        ),
        ("sla_policies", {**POLICY, "breach_steps": [{"kind": "close"}]}, "steps"),
        (
            "sla_policies",
            {**POLICY, "breach_steps": [{"kind": "add_tag"}]},
            "breach_steps.0.value",
        ),
        ("time_rules", {**RULE, "calendar_id": "gone"}, "time_rules.silent.calendar_id"),
        ("time_rules", {**RULE, "after_days": 2}, "after_minutes"),
        ("time_rules", {**RULE, "steps": []}, "steps"),
        (
            "time_rules",
            {**RULE, "steps": [{"kind": "set_priority", "value": "asap"}]},
            "time_rules.silent.steps",
        ),
        (
            "departments",
            {**SET_UP["departments"][0], "escalates_to": "gone"},
            "departments.support.escalates_to",
        ),
        (
            "departments",
            {**SET_UP["departments"][0], "escalates_to": "support"},
            "departments.support.escalates_to",
        ),
    ],
)
def test_what_could_not_work_is_refused_with_its_place(
    ports: FakePorts, kind: str, document: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidSetting) as refused:
        _save(ports, kind, document)

    assert refused.value.field == field
    assert refused.value.reason.endswith(".")


@pytest.mark.row(45)
def test_a_ring_of_departments_is_refused_at_the_save_that_closes_it(ports: FakePorts) -> None:
    first = {**SET_UP["departments"][0], "escalates_to": "second"}
    _save(ports, "departments", first)
    back = {"id": "second", "name": "Second tier", "mailbox_id": "help", "escalates_to": "support"}

    with pytest.raises(InvalidSetting, match="go round"):
        _save(ports, "departments", back)
    move = [{"kind": "move_department", "value": "support"}]
    with pytest.raises(InvalidSetting, match="go round"):
        _save(ports, "time_rules", {**RULE, "conditions": {}, "steps": move})


def test_an_unknown_field_of_a_condition_is_no_condition(ports: FakePorts) -> None:
    with pytest.raises(ValidationError):
        seed_settings(ports, {**SET_UP, "time_rules": [{**RULE, "conditions": _asked(field="x")}]})


def test_a_calendar_that_a_rule_counts_by_cannot_be_removed(ports: FakePorts) -> None:
    _save(ports, "calendars", {**OFFICE, "id": "night"})
    _save(ports, "time_rules", {**RULE, "calendar_id": "night"})

    with pytest.raises(InvalidSetting):
        remove_setting(ports, "calendars", "night", based_on=None)


@pytest.mark.row("K9")
def test_what_is_promised_is_kept_under_its_name_before_and_after_an_edit(
    ports: FakePorts,
) -> None:
    before = set(ports.settings.kept_terms)

    _save(ports, "sla_policies", {**POLICY, "minutes": {"normal": {"first_response": 30}}})

    assert before < set(ports.settings.kept_terms)


@pytest.mark.row(49)
def test_a_change_of_promises_starts_one_walk_through_the_open_tickets() -> None:
    edits = ["calendars", "sla_policies", "departments", "time_rules", "topics", "agents"]
    jobs = [job for kind in edits for job in jobs_for_setting(kind, f"of-{kind}")]

    assert [job.cause for job in jobs if isinstance(job, RefreshTickets)] == [
        f"of-{kind}" for kind in edits[:4]
    ]
    # Later than any container still keeps the set-up of before.
    assert {job.delay_seconds for job in jobs} == {20}
    wake = WakeTicket(number=1)
    assert without_repeats([*jobs, wake]) == [jobs[0], wake]
