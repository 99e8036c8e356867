"""Types of tickets, and the fields that each of them asks for."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.custom_fields import (
    CustomField,
    FieldKind,
    FieldOfType,
    RequiredAt,
    TicketType,
    checked,
)
from chalicelib.domain.errors import InvalidRequest, InvalidSetting
from chalicelib.domain.set_up import TicketRules
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import EventKind
from chalicelib.usecases.answer_ticket import Answer, reply_in_public
from chalicelib.usecases.change_settings import remove_setting, seed_settings
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.scheduled_replies import schedule_reply, send_when_due
from tests.fakes import FakePorts
from tests.unit.usecases.stage import RUI, opened_ticket, ports_of, the_desk

SERIAL = CustomField("serial", FieldKind.TEXT, {"en": "Serial number"})
CAUSE = CustomField(
    "cause", FieldKind.CHOICE, {"en": "Cause"},
    choices={"wear": {"en": "Wear"}, "fall": {"en": "Fall"}},
)  # fmt: skip
ROOMS = CustomField(
    "rooms", FieldKind.MULTI_CHOICE, {"en": "Rooms"}, choices={"a": {"en": "A"}, "b": {"en": "B"}}
)
PLACE = CustomField("place", FieldKind.LOCATION, {"en": "Place"})
AGREED = CustomField("agreed", FieldKind.CHECKBOX, {"en": "Agreed"})
INCIDENT = TicketType(
    "incident",
    {"en": "Incident"},
    (
        FieldOfType("serial", RequiredAt.CREATION),
        FieldOfType("cause", RequiredAt.RESOLVE),
        FieldOfType("place"),
    ),
    frozenset({"support"}),
)
LEAVE = TicketType("leave", {"en": "Leave"}, departments=frozenset({"billing"}))


def _ports(**rules: bool) -> FakePorts:
    ports = ports_of()
    fields = {known.id: known for known in (SERIAL, CAUSE, ROOMS, PLACE, AGREED)}
    ports.settings.ready = replace(
        the_desk(),
        fields=fields,
        ticket_types={"incident": INCIDENT, "leave": LEAVE},
        ticket_rules=TicketRules(**rules),  # type: ignore[arg-type]
    )
    return ports


@pytest.mark.row(9, 77)
@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        (FieldKind.TEXT, "X-1", "X-1"), (FieldKind.NUMBER, 2.5, 2.5), (FieldKind.NUMBER, 0, 0),
        (FieldKind.DATE, "2028-02-29", "2028-02-29"), (FieldKind.CHECKBOX, False, False),
        (FieldKind.CHOICE, "a", "a"), (FieldKind.MULTI_CHOICE, ["b", "a", "b"], ("a", "b")),
        (FieldKind.LOCATION, "a", "a"), (FieldKind.ASSET, "b", "b"), (FieldKind.TEXT, "", None),
        (FieldKind.MULTI_CHOICE, [], None), (FieldKind.NUMBER, None, None),
    ],
)  # fmt: skip
def test_a_value_is_kept_as_its_field_says(kind: FieldKind, value: object, kept: object) -> None:
    known = CustomField("x", kind, {"en": "X"}, choices={"a": {}, "b": {}})

    assert checked(known, value) == (kept, None)


@pytest.mark.row(9, 77)
@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (FieldKind.TEXT, 5, "is a text"), (FieldKind.TEXT, "x" * 2001, "at most 2000"),
        (FieldKind.NUMBER, "5", "is a number"), (FieldKind.NUMBER, True, "is a number"),
        (FieldKind.NUMBER, float("nan"), "is a number"), (FieldKind.DATE, "31.1.2030", "is a date"),
        (FieldKind.DATE, "2027-02-29", "is a date"), (FieldKind.DATE, 5, "is a date"),
        (FieldKind.CHECKBOX, "yes", "yes or no"), (FieldKind.CHOICE, "c", "Choose one"),
        (FieldKind.MULTI_CHOICE, ["a", "c"], "Choose among"),
        (FieldKind.MULTI_CHOICE, "a", "Choose among"), (FieldKind.ASSET, "c", "Choose one"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused_in_words(
    kind: FieldKind, value: object, said: str
) -> None:
    known = CustomField("x", kind, {"en": "Colour"}, choices={"a": {}, "b": {}})
    kept, fault = checked(known, value)

    assert kept is None
    assert said in fault
    assert "Colour" in fault


@pytest.mark.row(73)
def test_a_ticket_of_a_type_begins_with_what_the_type_asks_for() -> None:
    ports = _ports()
    with pytest.raises(InvalidRequest, match=r"fields\.serial: Fill in Serial number now\."):
        opened_ticket(ports, type_id="incident", fields={"place": "Hall"})
    ticket = opened_ticket(ports, type_id="incident", fields={"serial": "X-1"})

    assert (ticket.type_id, ticket.fields) == ("incident", {"serial": "X-1"})
    with pytest.raises(InvalidRequest, match="another department"):
        opened_ticket(ports, type_id="leave", fields={})


@pytest.mark.row(9, 73)
def test_resolving_asks_for_what_is_missing_in_words_and_then_lets_pass() -> None:
    ports = _ports()
    number = opened_ticket(ports, type_id="incident", fields={"serial": "X-1"}).number
    for resolve in (
        lambda: change_ticket(ports, RUI, Change(number, None, status="resolved")),
        lambda: reply_in_public(ports, RUI, Answer(number, "Done.", resolves=True)),
    ):
        with pytest.raises(InvalidRequest, match="Fill in Cause before the ticket is resolved"):
            resolve()
    done = change_ticket(
        ports, RUI, Change(number, None, status="resolved", fields={"cause": "fall"})
    )

    assert (done.status, done.fields["cause"]) == (Status.RESOLVED, "fall")
    told = [e for e in ports.store.events(number) if e.kind is EventKind.FIELD_CHANGED]
    assert [e.after for e in told] == [{"field": "cause", "value": "fall"}]


@pytest.mark.row(9)
def test_a_type_can_be_asked_for_before_resolving() -> None:
    ports = _ports(type_to_resolve=True)
    number = opened_ticket(ports).number
    with pytest.raises(InvalidRequest, match="Choose a type before"):
        change_ticket(ports, RUI, Change(number, None, status="resolved"))
    fields = {"serial": "X", "cause": "wear"}
    done = change_ticket(
        ports, RUI, Change(number, None, status="resolved", type_id="incident", fields=fields)
    )

    assert done.status is Status.RESOLVED


@pytest.mark.row(9)
def test_a_reply_that_waited_and_may_not_resolve_is_held_and_not_lost() -> None:
    ports = _ports()
    number = opened_ticket(ports, type_id="incident", fields={"serial": "X-1"}).number
    later = ports.clock.at.replace(hour=15)
    _, reply = schedule_reply(ports, RUI, Answer(number, "Done.", resolves=True, based_on=1), later)
    ports.clock.at = later

    assert send_when_due(ports, number, reply.id) == "held"


@pytest.mark.row(73)
def test_fields_are_changed_one_by_one_and_emptied_by_nothing() -> None:
    ports = _ports()
    number = opened_ticket(ports).number
    first = change_ticket(ports, RUI, Change(number, None, fields={"rooms": ["b"], "agreed": True}))
    same = change_ticket(ports, RUI, Change(number, None, fields={"agreed": True}))
    left = change_ticket(ports, RUI, Change(number, None, fields={"rooms": None}))

    assert first.fields == {"rooms": ("b",), "agreed": True}
    assert same.version == first.version
    assert left.fields == {"agreed": True}
    with pytest.raises(InvalidRequest, match="no such field"):
        change_ticket(ports, RUI, Change(number, None, fields={"nonsense": "x"}))


@pytest.mark.row(73, 74)
@pytest.mark.parametrize(
    ("kind", "entry", "said"),
    [
        ("fields", {"kind": "choice", "names": {"en": "X"}}, "Give the values"),
        ("fields", {"kind": "text", "names": {"en": "X"}, "choices": [
            {"id": "a", "names": {"en": "A"}}]}, "Only lists"),
        ("fields", {"kind": "choice", "names": {"en": "X"}, "choices": [
            {"id": "a", "names": {"en": "A"}}, {"id": "a", "names": {"en": "B"}}]}, "same id"),
        ("ticket_types", {"names": {"en": "X"}, "fields": [{"field_id": "gone"}]}, "no such entry"),
        ("ticket_types", {"names": {"en": "X"}, "departments": ["gone"]}, "no such entry"),
        ("organisations", {"name": "X", "domains": ["taken.example.org"]}, "belongs to taken"),
    ],
)  # fmt: skip
def test_a_type_or_field_that_could_not_work_is_refused(
    kind: str, entry: dict[str, Any], said: str
) -> None:
    ports = FakePorts()
    seed_settings(
        ports, {"organisations": [{"id": "taken", "name": "T", "domains": ["taken.example.org"]}]}
    )
    documents = {kind: [{"id": "x", **entry}]}
    if kind == "organisations":
        documents[kind].insert(0, {"id": "taken", "name": "T", "domains": ["taken.example.org"]})
    with pytest.raises(InvalidSetting, match=said):
        seed_settings(ports, documents)


def test_a_field_that_a_type_uses_is_not_removed() -> None:
    ports = FakePorts()
    seed_settings(ports, {
        "fields": [{"id": "serial", "kind": "text", "names": {"en": "Serial"}}],
        "ticket_types": [{"id": "t", "names": {"en": "T"}, "fields": [{"field_id": "serial"}]}],
    })  # fmt: skip

    with pytest.raises(InvalidSetting, match=r"ticket_types\.t\.fields: It is still needed"):
        remove_setting(ports, "fields", "serial", based_on=None)


@pytest.mark.row(8)
def test_tags_that_were_given_before_are_suggested_most_used_first() -> None:
    ports = ports_of()
    for tags in (("vat",), ("vat", "van"), ("lift",)):
        opened_ticket(ports, tags=tags)

    assert ports.tickets.suggest_tags("va", limit=5) == ["vat", "van"]
    assert ports.tickets.suggest_tags("", limit=2) == ["vat", "lift"]
