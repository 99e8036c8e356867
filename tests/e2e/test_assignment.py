"""Who gets a ticket on the running desk: comings and goings, two who press at once, who sees what."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import httpx
import pytest

from infra.local.desk import LocalDesk
from tests.e2e.conftest import ApiClient, Post, a_mail
from tests.e2e.sign_in import access_token
from tests.e2e.waiting import HANGS_SECONDS, wait_for

OTHER_AGENT = "agent2@desk.example.com"


@pytest.fixture(scope="module")
def colleague(desk: LocalDesk) -> Iterator[ApiClient]:
    """Demo Agent 2."""
    headers = {"Authorization": f"Bearer {access_token(desk, OTHER_AGENT)}"}
    base_url = f"{desk.desk_url}/api/v1"
    with httpx.Client(base_url=base_url, headers=headers, timeout=HANGS_SECONDS) as http:
        yield ApiClient(http)


def _is_there(agent: ApiClient, *, available: bool) -> None:
    agent.send("PATCH", "/me", {"available": available}).raise_for_status()


@pytest.fixture(autouse=True)
def _nobody_there(agent: ApiClient, colleague: ApiClient) -> Iterator[None]:
    """Each test says itself who is there; afterwards it is as it was."""
    before = [(one, bool(one.get("/me")["available"])) for one in (agent, colleague)]
    for one, _ in before:
        _is_there(one, available=False)
    yield
    for one, available in before:
        _is_there(one, available=available)


def _arrived(agent: ApiClient, post: Post, subject: str) -> int:
    post.send(a_mail("wanda@example.com", subject, "Can you help me?"))
    return int(agent.wait_until_listed("all_open", subject)["number"])


def _owner(agent: ApiClient, number: int) -> str:
    return str(agent.ticket(number)["ticket"]["assignee_id"] or "")


def _save(administrator: ApiClient, path: str, **changes: Any) -> None:
    found = administrator.http.get(path)
    stored = found.json() if found.is_success else {"version": None, "setting": {}}
    wanted = {**stored["setting"], **changes}
    administrator.send("PUT", path, wanted, version=stored["version"]).raise_for_status()


@pytest.mark.row(41, "J10")
def test_who_goes_away_is_given_nothing_and_who_comes_back_is_given_what_waits(
    agent: ApiClient, post: Post
) -> None:
    me = agent.get("/me")["id"]
    _is_there(agent, available=True)
    while_there = _arrived(agent, post, "While you are there")
    wait_for(lambda: _owner(agent, while_there) == me, what="the ticket to be given out")

    _is_there(agent, available=False)
    while_away = _arrived(agent, post, "While you are away")
    assert _owner(agent, while_away) == ""
    assert _owner(agent, while_there) == me

    _is_there(agent, available=True)
    wait_for(lambda: _owner(agent, while_away) == me, what="what waited to be given out")
    for number in (while_there, while_away):
        agent.change(number, status="resolved")


@pytest.mark.row(42, 43, "K2")
def test_two_who_press_to_solve_at_once_get_different_tickets(
    agent: ApiClient, colleague: ApiClient, post: Post
) -> None:
    numbers = {_arrived(agent, post, f"Press {n}") for n in ("one", "two")}
    for number in numbers:
        agent.wait_until_listed("to_solve", agent.ticket(number)["ticket"]["subject"])

    with ThreadPoolExecutor(max_workers=2) as both:
        pressed = [both.submit(one.send, "POST", "/claims", {}) for one in (agent, colleague)]
        answers = [each.result() for each in pressed]

    got = [answer.json()["ticket"]["number"] for answer in answers]
    assert got[0] != got[1]
    assert [_owner(agent, number) for number in got] == [
        one.get("/me")["id"] for one in (agent, colleague)
    ]
    for number in {*numbers, *got}:
        agent.change(number, status="resolved")


@pytest.mark.row(76, "J14")
def test_a_confidential_department_is_not_there_for_an_administrator_from_outside(
    administrator: ApiClient, colleague: ApiClient, post: Post
) -> None:
    member = colleague.get("/me")["id"]
    department = "/departments/complaints"
    _save(administrator, department, id="complaints", name="Complaints", mailbox_id="support")
    departments = [*colleague.get("/me")["departments"], "complaints"]
    _save(administrator, f"/agents/{member}", departments=departments)
    _save(administrator, department, confidential=True)
    number = _arrived(colleague, post, "About a colleague")

    def moved() -> bool:
        version = colleague.ticket(number)["ticket"]["version"]
        change = {"department_id": "complaints"}
        return colleague.send("PATCH", f"/tickets/{number}", change, version=version).is_success

    wait_for(moved, what="the department to be known")

    def is_gone(path: str) -> bool:
        return administrator.http.get(path).status_code == httpx.codes.NOT_FOUND

    for path in (f"/tickets/{number}", department):
        wait_for(partial(is_gone, path), what=path)
    assert "complaints" not in str(administrator.get("/departments"))
    wait_for(
        lambda: administrator.listed("all_open", "About a colleague") is None,
        what="the lists to follow",
    )
    assert colleague.ticket(number)["ticket"]["department_id"] == "complaints"
