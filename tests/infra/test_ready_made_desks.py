"""Each ready-made desk can be loaded by itself, beside the others, and used."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.ticket import Channel
from chalicelib.usecases.change_settings import seed_settings
from chalicelib.usecases.open_ticket import NewTicket, open_ticket
from infra.seed import STAGES, load_document
from tests.fakes import FakePorts

DESKS = sorted((STAGES / "ready-made").glob("*.yaml"))


def _loaded(path: Path) -> tuple[FakePorts, dict[str, Any]]:
    ports, document = FakePorts(), load_document(path)
    seed_settings(ports, document)
    return ports, document


@pytest.mark.row(73, 74, 75, 76, 77)
def test_there_is_one_for_each_kind_of_work() -> None:
    names = [path.stem for path in DESKS]

    assert names == ["customer-service", "facilities", "hr", "it", "projects"]


@pytest.mark.row(73, 74, 75, 76, 77)
@pytest.mark.parametrize("path", DESKS, ids=lambda path: path.stem)
def test_a_customer_opens_a_ticket_of_each_topic(path: Path) -> None:
    ports, _ = _loaded(path)
    for topic in ports.settings.desk().topics.values():
        wanted = NewTicket(
            "Ana Example", "ana@example.org", "Help", "Please.", Channel.FORM, topic_id=topic.id
        )
        ticket = open_ticket(ports, wanted)
        assert (ticket.type_id, ticket.department_id) == (topic.type_id, topic.department_id)


@pytest.mark.row(73, 77)
@pytest.mark.parametrize(
    ("name", "topic", "missing"),
    [("it", "something-broken", "Service"), ("facilities", "report-damage", "Place")],
)
def test_its_forms_ask_for_what_the_work_needs(name: str, topic: str, missing: str) -> None:
    ports, _ = _loaded(STAGES / "ready-made" / f"{name}.yaml")
    wanted = NewTicket(
        "Ana Example", "ana@example.org", "Help", "!", Channel.API, topic_id=topic, fields={}
    )
    with pytest.raises(InvalidRequest, match=f"Fill in {missing} now"):
        open_ticket(ports, wanted)


def test_all_of_them_fit_beside_each_other() -> None:
    together: dict[str, list[Any]] = {}
    for path in DESKS:
        for kind, entries in yaml.safe_load(path.read_text()).items():
            together.setdefault(kind, []).extend(entries)
    seed_settings(FakePorts(), together)

    for kind, entries in together.items():
        ids = [entry["id"] for entry in entries]
        assert len(set(ids)) == len(ids), kind
    for kind in ("fields", "ticket_types", "topics", "status_labels"):
        for entry in together[kind]:
            assert set(entry["names"]) == {"en", "es", "pt_BR", "pt_PT"}, entry["id"]
