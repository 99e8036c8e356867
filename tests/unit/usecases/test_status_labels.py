"""Names that an administrator gives to the fixed statuses, and to parts of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import InvalidRequest, InvalidSetting, InvalidTransition
from chalicelib.domain.set_up import StatusLabel, label_of
from chalicelib.domain.status import Status
from chalicelib.usecases.answer_ticket import Answer, reply_in_public
from chalicelib.usecases.change_settings import save_setting, seed_settings
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.settings_tickets import StatusLabelDocument
from tests.fakes import FakePorts
from tests.unit.usecases.stage import RUI, opened_ticket, ports_of, the_desk

RENAMED = StatusLabel("solved", Status.RESOLVED, {"en": "Solved"}, is_name_of_status=True)
NO_FAULT = StatusLabel("no-fault", Status.RESOLVED, {"en": "No fault found", "es": "Sin fallo"})
SUPPLIER = StatusLabel("supplier", Status.POSTPONED, {"en": "At the supplier"})
ASKED = StatusLabel("asked", Status.ANSWERED, {"en": "Asked"})
LABELS = {x.id: x for x in (RENAMED, NO_FAULT, SUPPLIER, ASKED)}


def _ports() -> FakePorts:
    ports = ports_of()
    ports.settings.ready = replace(the_desk(), status_labels=LABELS)
    return ports


@pytest.mark.row(19)
def test_a_label_stands_for_its_status_or_for_a_part_of_it() -> None:
    assert label_of(LABELS, Status.RESOLVED) is RENAMED
    assert label_of(LABELS, Status.RESOLVED, "no-fault") is NO_FAULT
    assert label_of(LABELS, Status.RESOLVED, "supplier") is RENAMED
    assert label_of(LABELS, Status.OPEN, "gone") is None
    assert [NO_FAULT.name("es"), NO_FAULT.name("pt_BR", ("en",))] == [
        "Sin fallo", "No fault found",
    ]  # fmt: skip


@pytest.mark.row(19)
def test_choosing_a_label_takes_the_step_that_leads_to_it() -> None:
    ports = _ports()
    number = opened_ticket(ports).number
    until = ports.clock.at + timedelta(days=1)
    waits = Change(number, None, label_id="supplier", postponed_until=until)
    assert change_ticket(ports, RUI, waits).status is Status.POSTPONED
    solved = change_ticket(ports, RUI, Change(number, None, label_id="no-fault"))

    assert (solved.status, solved.label_id) == (Status.RESOLVED, "no-fault")
    plain = change_ticket(ports, RUI, Change(number, None, label_id=""))
    assert (plain.status, plain.label_id) == (Status.RESOLVED, "")


@pytest.mark.row(19)
def test_a_label_goes_with_its_status() -> None:
    ports = _ports()
    number = opened_ticket(ports).number
    change_ticket(ports, RUI, Change(number, None, label_id="no-fault"))

    assert change_ticket(ports, RUI, Change(number, None, status="open")).label_id == ""


@pytest.mark.row(19)
def test_a_label_takes_no_step_that_the_table_lacks() -> None:
    ports = _ports()
    number = opened_ticket(ports).number
    with pytest.raises(InvalidRequest, match="a reply makes them so"):
        change_ticket(ports, RUI, Change(number, None, label_id="asked"))
    with pytest.raises(InvalidRequest, match="one of the desk's labels"):
        change_ticket(ports, RUI, Change(number, None, label_id="gone"))
    reply_in_public(ports, RUI, Answer(number, "Which one?"))
    assert change_ticket(ports, RUI, Change(number, None, label_id="asked")).label_id == "asked"
    change_ticket(ports, RUI, Change(number, None, status="deleted"))
    with pytest.raises(InvalidTransition):
        change_ticket(ports, RUI, Change(number, None, label_id="no-fault"))


@pytest.mark.row(19)
def test_a_label_mapped_to_nothing_is_refused_when_it_is_saved() -> None:
    with pytest.raises(ValueError, match="status"):
        StatusLabelDocument.model_validate({"id": "x", "names": {"en": "X"}})
    with pytest.raises(ValueError, match="status"):
        StatusLabelDocument.model_validate({"id": "x", "names": {"en": "X"}, "status": "waiting"})


@pytest.mark.row(19)
def test_a_status_has_one_name() -> None:
    ports = FakePorts()
    name = {"status": "resolved", "names": {"en": "Solved"}, "is_name_of_status": True}
    seed_settings(ports, {"status_labels": [{"id": "solved", **name}]})

    with pytest.raises(InvalidSetting, match="solved is the name of this status already"):
        save_setting(ports, "status_labels", {"id": "done", **name}, based_on=0)
