"""Jobs that failed every time are seen and sent back, over the API and by an operator."""

from collections.abc import Iterator

import pytest

from chalicelib import bootstrap
from chalicelib.domain.errors import NotFound
from chalicelib.operations import redrive as command
from chalicelib.usecases.jobs import FAILED_RECORDS, ProjectTicket, TellOfEvent
from chalicelib.usecases.open_ticket import open_ticket
from chalicelib.usecases.ports import PutAside
from chalicelib.usecases.redrive import redrive
from tests.fake_dead_letters import FakeDeadLetters
from tests.fakes import FakePorts
from tests.lambdas.api_caller import Caller, token_for
from tests.moto_desk import MotoPorts, desk_on_moto
from tests.unit.usecases.stage import ADMIN, wanted

pytestmark = pytest.mark.row("K1")


@pytest.fixture
def admin(desk_ports: FakePorts) -> Caller:
    return Caller(desk_ports, token=token_for(f"sub-{ADMIN.id}"))


def test_an_administrator_sees_how_much_is_dead(admin: Caller, desk_ports: FakePorts) -> None:
    desk_ports.dead_letters.dead["inbound_mail"] = 3
    desk_ports.dead_letters.waiting["projection"] = 2

    queues = {q["queue"]: q for q in admin.get("/v1/dead-letters").body["queues"]}

    assert queues["inbound_mail"]["dead"] == 3
    assert queues["projection"]["waiting"] == 2
    assert list(queues)[-1] == FAILED_RECORDS


def test_an_administrator_sends_dead_jobs_back(admin: Caller, desk_ports: FakePorts) -> None:
    desk_ports.dead_letters.dead["inbound_mail"] = 3

    answer = admin.post("/v1/dead-letters/inbound_mail/redrive", {})

    assert answer.body == {"moved": 3, "in_background": False, "left": False}
    assert desk_ports.dead_letters.dead["inbound_mail"] == 0


def test_a_queue_that_does_not_exist_is_not_found(admin: Caller) -> None:
    assert admin.post("/v1/dead-letters/wishes/redrive", {}).status == 404


def test_the_command_goes_on_until_nothing_is_left(desk_ports: FakePorts) -> None:
    desk_ports.dead_letters.dead["timers"] = 1_200

    report = command.run(desk_ports, "timers", bootstrap.jobs_of_stored)

    assert report.lines == ("1200 jobs of timers were sent back.",)


def test_the_command_without_a_queue_says_where_something_is(desk_ports: FakePorts) -> None:
    desk_ports.dead_letters.dead["timers"] = 1

    report = command.run(desk_ports, "", bootstrap.jobs_of_stored)

    assert report.exit_code == 1
    assert any(line.startswith("timers") and "1 dead" in line for line in report.lines)
    with pytest.raises(NotFound):
        command.run(desk_ports, "wishes", bootstrap.jobs_of_stored)


@pytest.fixture
def desk() -> Iterator[MotoPorts]:
    with desk_on_moto() as ports:
        ports.dead_letters = FakeDeadLetters()
        yield ports


def put_aside(desk: MotoPorts, kind: str) -> None:
    """The records of a kind were not understood when they came."""
    for item in desk.items():
        if item["kind"]["S"] == kind:
            keys = {"pk": item["pk"], "sk": item["sk"]}
            receipt = f"r{len(desk.dead_letters.aside)}"
            desk.dead_letters.aside.append(PutAside(receipt, keys))


def test_a_record_that_was_put_aside_starts_the_jobs_of_its_item(desk: MotoPorts) -> None:
    ticket = open_ticket(desk, wanted(department_id="support"))
    put_aside(desk, "ticket")
    put_aside(desk, "event")

    done = redrive(desk, FAILED_RECORDS, bootstrap.jobs_of_stored)

    assert done.moved == 2
    assert desk.dead_letters.aside == []
    assert {type(job) for job in desk.jobs.sent} >= {ProjectTicket, TellOfEvent}
    assert {job.number for job in desk.jobs.sent} == {ticket.number}


def test_a_record_whose_item_is_gone_is_done(desk: MotoPorts) -> None:
    keys = {"pk": {"S": "TICKET#9999"}, "sk": {"S": "TICKET"}}
    desk.dead_letters.aside.append(PutAside("r", keys))

    assert redrive(desk, FAILED_RECORDS, bootstrap.jobs_of_stored).moved == 1
    assert desk.jobs.sent == []


def test_a_record_that_still_cannot_be_understood_stays(desk: MotoPorts) -> None:
    open_ticket(desk, wanted(department_id="support"))
    put_aside(desk, "ticket")
    keys = {"pk": {"N": "1"}, "sk": {"S": "TICKET"}}
    desk.dead_letters.aside.insert(0, PutAside("poison", keys))
    desk.dead_letters.aside.append(PutAside("batch", None))

    assert redrive(desk, FAILED_RECORDS, bootstrap.jobs_of_stored).moved == 1
    assert [record.receipt for record in desk.dead_letters.aside] == ["poison", "batch"]
