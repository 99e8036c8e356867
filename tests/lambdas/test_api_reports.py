"""The report of missed promises over the API, as JSON and as a table."""

import csv
import io
from typing import Any

import pytest

from chalicelib.usecases.report_breaches import keep_breaches
from chalicelib.usecases.timers import wake_ticket
from tests.fakes import FakePorts
from tests.lambdas.api_caller import Caller, token_for
from tests.unit.usecases.stage import opened_ticket

pytestmark = pytest.mark.row("K9", 55)


class TextCaller(Caller):
    """A caller who reads what comes as it is."""

    def text(self, path: str, **headers: str) -> tuple[str, dict[str, str]]:
        sent = {"Authorization": f"Bearer {self._token}", **headers}
        answer = self._client.http.get(path, headers=sent)
        return answer.body.decode(), dict(answer.headers)


@pytest.fixture
def boss(desk_ports: FakePorts) -> TextCaller:
    """The API as a supervisor whose department has missed three promises."""
    for subject in ("=cmd|' /C calc'!A0", "Two", "Three"):
        number = opened_ticket(desk_ports, subject=subject).number
        desk_ports.clock.advance(hours=1)
        wake_ticket(desk_ports, number)
        keep_breaches(desk_ports, number)
    desk_ports.clock.advance(minutes=30)
    return TextCaller(desk_ports, token=token_for("sub-boss"))


def test_each_line_has_the_pieces_of_time_that_prove_it(boss: Caller) -> None:
    first: dict[str, Any] = boss.get("/v1/reports/breaches").body["breaches"][0]

    assert (first["target"], first["outcome"]) == ("first_response", "open")
    ran = [p["seconds"] for p in first["segments"] if p["kind"] == "running"]
    assert sum(ran) == first["running_seconds"] == first["allowed_seconds"] == 3600
    assert first["segments"][-1]["ends_at"] == first["due_at"]
    assert first["late_seconds"] == 2 * 3600 + 1800


def test_pages_follow_each_other_within_their_own_list(boss: Caller) -> None:
    path = "/v1/reports/breaches?limit=2"
    first = boss.get(path).body
    second = boss.get(f"{path}&cursor={first['next']}").body

    assert [len(first["breaches"]), len(second["breaches"]), second["next"]] == [2, 1, None]
    assert boss.get(f"{path}&department=support&cursor={first['next']}").fields == ["cursor"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("from=2026-03-02&to=2026-03-03", 3),
        ("from=2026-03-02T10:30:00Z&to=2026-03-02T12:00:00Z", 1),
        ("from=2026-03-02T12:30:00%2B02:00", 2),
        ("to=2026-03-02", 0),
        ("department=billing", 0),
    ],
)
def test_the_period_and_the_department_narrow_it(boss: Caller, query: str, count: int) -> None:
    assert len(boss.get(f"/v1/reports/breaches?{query}").body["breaches"]) == count


@pytest.mark.parametrize("query", ["from=yesterday", "to=2026-13-01", "format=xml", "limit=x"])
def test_what_cannot_be_read_is_refused_by_name(boss: Caller, query: str) -> None:
    answer = boss.get(f"/v1/reports/breaches?{query}")

    assert (answer.status, answer.fields) == (422, [query.partition("=")[0]])


def test_it_comes_as_a_table_too_page_by_page(boss: TextCaller) -> None:
    text, headers = boss.text("/v1/reports/breaches?format=csv&limit=2")
    rows = list(csv.DictReader(io.StringIO(text)))
    following = headers["Link"][1:].partition(">")[0]
    rest, last = boss.text(f"/v1/reports/breaches{following}", Accept="text/csv")

    assert headers["Content-Type"].startswith("text/csv")
    assert [row["running_seconds"] for row in rows] == ["3600", "3600"]
    assert len(rest.splitlines()) == 1
    assert "Link" not in last
    # A subject is written by a stranger: no spreadsheet may run it.
    assert rows[0]["subject"].startswith("'=")


@pytest.mark.row("J14")
def test_agents_do_not_read_reports(desk_ports: FakePorts) -> None:
    agent = Caller(desk_ports, token=token_for("sub-agent-rui"))

    assert agent.get("/v1/reports/breaches").status == 403
