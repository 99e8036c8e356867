"""The public form of a topic whose type has fields of its own."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib import bootstrap
from chalicelib.domain.custom_fields import (
    CustomField,
    FieldKind,
    FieldOfType,
    RequiredAt,
    TicketType,
)
from chalicelib.domain.desk import Topic
from chalicelib.usecases.change_settings import seed_settings
from infra.seed import STAGES, load_document
from tests.fakes import FakePorts
from tests.lambdas.portal_browser import FILLED_IN, Browser, Page, a_promising_desk, with_ticket

ROOMS = {"a": {"en": "Attic", "es": "Ático"}, "b": {"en": "Basement"}}
FIELDS = {
    known.id: known
    for known in (
        CustomField("serial", FieldKind.TEXT, {"en": "Serial number", "es": "Número de serie"},
                    {"en": "It is on the back.", "es": "Está detrás."}),
        CustomField("count", FieldKind.NUMBER, {"en": "How many"}),
        CustomField("since", FieldKind.DATE, {"en": "Since"}),
        CustomField("room", FieldKind.CHOICE, {"en": "Room"}, choices=ROOMS),
        CustomField("rooms", FieldKind.MULTI_CHOICE, {"en": "Other rooms"}, choices=ROOMS),
        CustomField("agreed", FieldKind.CHECKBOX, {"en": "I agree"}),
        CustomField("place", FieldKind.LOCATION, {"en": "Place"}),
        CustomField("thing", FieldKind.ASSET, {"en": "Thing"}, choices=ROOMS),
        CustomField("cause", FieldKind.TEXT, {"en": "Cause"}),
        CustomField("cost", FieldKind.NUMBER, {"en": "Cost"}),
    )
}  # fmt: skip
NEEDED = ("serial", "since", "room", "rooms", "agreed")
REPAIR = TicketType(
    "repair",
    {"en": "Repair"},
    (
        *(
            FieldOfType(
                name, RequiredAt.CREATION if name in NEEDED else RequiredAt.NEVER, on_form=True
            )
            for name in ("serial", "count", "since", "room", "rooms", "agreed", "place", "thing")
        ),
        FieldOfType("cause", RequiredAt.CREATION),
        FieldOfType("cost"),
    ),
)
FILLED = {
    "topic": "repair",
    "fields.serial": " X-1 ",
    "fields.count": "1,250.5",
    "fields.since": "2028-02-29",
    "fields.room": "b",
    "fields.rooms": ["b", "a"],
    "fields.agreed": "yes",
    "fields.place": "Hall",
    "fields.thing": "",
}


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> FakePorts:
    topics = {
        "repair": Topic("repair", "support", {"en": "Repair"}, type_id="repair"),
        "other": Topic("other", "support", {"en": "Something else"}, position=1),
    }
    desk = replace(a_promising_desk(topics=topics), fields=FIELDS, ticket_types={"repair": REPAIR})
    fakes = FakePorts(desk)
    monkeypatch.setattr(bootstrap, "ports", lambda: fakes)
    return fakes


@pytest.fixture
def browser(ports: FakePorts) -> Browser:
    return Browser(ports)


def _sent(browser: Browser, **changes: Any) -> Page:
    stamp = browser.get("/?topic=repair").hidden("stamp")
    browser.ports.clock.advance(seconds=30)
    named = {name.replace("__", "."): value for name, value in changes.items()}
    return browser.post("/requests", {**FILLED_IN, **FILLED, "stamp": stamp, **named})


@pytest.mark.row(9, 41, 73)
def test_the_topic_comes_first_and_then_the_form_with_its_fields(browser: Browser) -> None:
    first = browser.get("/")
    assert "/?topic=repair&amp;lang=en" in first.text
    assert "<form" not in first.text

    form = browser.get("/?topic=repair")
    assert form.hidden("topic") == "repair"
    shown = [name for name in FIELDS if f'name="fields.{name}"' in form.text]
    assert shown == ["serial", "count", "since", "room", "rooms", "agreed", "place", "thing"]
    assert "Serial number" not in browser.get("/?topic=other").words


@pytest.mark.row(41)
def test_many_topics_are_a_list_that_needs_no_script(browser: Browser, ports: FakePorts) -> None:
    many = {f"t{n}": Topic(f"t{n}", "support", {"en": f"Topic {n}"}) for n in range(6)}
    desk = ports.settings.desk()
    ports.settings.ready = replace(desk, topics={**desk.topics, **many})
    page = browser.get("/")

    assert page.text.count("<option") == 8
    assert '<form method="get" action="/">' in page.text


def test_a_topic_that_nobody_has_leads_to_the_choice(browser: Browser) -> None:
    assert "Choose what it is about." in browser.get("/?topic=nonsense").words


@pytest.mark.row(73, 77)
def test_what_was_filled_in_is_on_the_ticket(browser: Browser, ports: FakePorts) -> None:
    assert _sent(browser).status == 303
    [ticket] = ports.store.tickets.values()

    assert ticket.type_id == "repair"
    assert ticket.fields == {
        "serial": "X-1",
        "count": 1250.5,
        "since": "2028-02-29",
        "room": "b",
        "rooms": ("a", "b"),
        "agreed": True,
        "place": "Hall",
    }


@pytest.mark.row(9, 73)
@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("serial", "  ", "Fill this in."),
        ("serial", "x" * 2001, "Write at most 2000 characters."),
        ("count", "many", "Write a number, in digits."),
        ("since", "", "Choose a day."),
        ("since", "31.1.2030", "Choose a day."),
        ("room", "", "Choose from the list."),
        ("room", "c", "Choose from the list."),
        ("rooms", [], "Choose at least one."),
        ("rooms", ["a", "c"], "Choose from the list."),
        ("agreed", [], "Tick this box."),
        ("thing", "c", "Choose from the list."),
    ],
)
def test_a_fault_is_said_beside_its_field_and_in_the_summary(
    browser: Browser, ports: FakePorts, field: str, typed: object, sentence: str
) -> None:
    page = _sent(browser, **{f"fields__{field}": typed})

    assert page.status == 422
    assert f'id="fields.{field}-fault">{sentence}' in page.text
    assert f'<a href="#fields.{field}">' in page.text
    assert 'autofocus id="summary"' in page.text
    assert not ports.store.tickets


def test_everything_that_is_wrong_comes_at_once_in_the_order_of_the_form(browser: Browser) -> None:
    page = _sent(browser, subject="", name="", fields__since="", fields__serial="")

    summary = page.text.partition('id="summary"')[2].partition("</div>")[0]
    named = ("name", "fields.serial", "fields.since", "subject")
    places = [summary.index(f'href="#{name}"') for name in named]
    assert places == sorted(places)
    assert "4 things are missing" in page.words


def test_what_was_typed_stays_when_something_is_wrong(browser: Browser) -> None:
    page = _sent(browser, name="", fields__count="many")

    assert 'value=" X-1 "' in page.text
    assert 'value="many"' in page.text
    assert 'value="2028-02-29"' in page.text
    assert '<option value="b" selected>' in page.text
    assert page.text.count(" checked") == 3


@pytest.mark.parametrize("field", ["cause", "cost", "nonsense", "Ä"])
def test_fields_that_the_form_does_not_show_are_refused(
    browser: Browser, ports: FakePorts, field: str
) -> None:
    assert _sent(browser, **{f"fields__{field}": "x"}).status == 422
    assert not ports.store.tickets


def test_a_form_that_was_opened_before_the_type_got_fields_is_shown_with_them(
    browser: Browser, ports: FakePorts
) -> None:
    with_fields = ports.settings.desk()
    ports.settings.ready = replace(with_fields, ticket_types={})
    stamp = browser.get("/").hidden("stamp")
    ports.settings.ready = with_fields
    ports.clock.advance(seconds=30)
    page = browser.post("/requests", {**FILLED_IN, "topic": "repair", "stamp": stamp})

    assert page.status == 422
    assert 'name="fields.serial"' in page.text
    assert "The invoice is wrong" in page.text


@pytest.mark.row(79)
def test_names_hints_and_choices_are_in_the_visitors_language(browser: Browser) -> None:
    page = browser.get("/?topic=repair&lang=es")

    assert "Número de serie" in page.words
    assert "Está detrás." in page.words
    assert "Ático" in page.words
    assert 'aria-describedby="fields.serial-hint"' in page.text
    assert '/?topic=repair&amp;lang=pt_BR"' in page.text


@pytest.mark.row(24, 77)
def test_the_ticket_page_shows_what_was_filled_in_and_nothing_for_agents(
    browser: Browser, ports: FakePorts
) -> None:
    values = {
        "serial": "X-1", "count": 1250.5, "since": "2028-02-29", "rooms": ("a", "b"),
        "agreed": True, "room": "gone", "cause": "Secret cause",
    }  # fmt: skip
    token = with_ticket(ports, type_id="repair", fields=values)
    page = browser.get(f"/t/{token}")

    for told in ("X-1", "1,250.5", "29 February 2028", "Attic, Basement", "Yes", "gone"):
        assert told in page.words
    assert "Secret cause" not in page.words
    assert "1.250,5" in browser.get(f"/t/{token}?lang=es").words


@pytest.mark.row(73, 74, 76, 77)
@pytest.mark.parametrize(
    ("desk", "topic", "filled"),
    [
        ("it", "something-broken", {"service": "mail", "impact": "team", "asset": "PC 7"}),
        ("it", "need-something", {"service": "network", "needed-by": "2030-01-31"}),
        ("facilities", "report-damage", {"place": "Hall 2", "thing": "Door", "danger": "yes"}),
        ("hr", "ask-leave",
         {"leave-kind": "holiday", "first-day": "2030-07-01", "last-day": "2030-07-12"}),
    ],
)  # fmt: skip
def test_the_forms_of_the_ready_made_desks_can_be_filled_in(
    monkeypatch: pytest.MonkeyPatch, desk: str, topic: str, filled: dict[str, str]
) -> None:
    ports = FakePorts()
    seed_settings(ports, load_document(STAGES / "ready-made" / f"{desk}.yaml"))
    monkeypatch.setattr(bootstrap, "ports", lambda: ports)
    browser = Browser(ports)
    form = browser.get(f"/?topic={topic}&lang=pt_PT")
    assert all(f'name="fields.{name}"' in form.text for name in filled)

    ports.clock.advance(seconds=30)
    typed = {**FILLED_IN, "topic": topic, "stamp": form.hidden("stamp")}
    assert browser.post("/requests", typed).status == 422
    answers = {f"fields.{name}": value for name, value in filled.items()}
    assert browser.post("/requests", {**typed, **answers}).status == 303
    [ticket] = ports.store.tickets.values()
    assert set(ticket.fields) == set(filled)
