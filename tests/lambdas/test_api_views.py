"""Lists over the API: shared views, one's own, how far they are, and who sees what in them."""

from collections.abc import Iterator

import pytest

from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Priority
from chalicelib.usecases.change_settings import save_setting
from chalicelib.usecases.dispatch_change import jobs_for_view
from tests.fakes import FakePorts
from tests.lambdas.api_caller import Caller, deployed, token_for
from tests.view_desk import a_seeded_desk, asking, do_all, do_next, share, with_tickets

URGENT = asking("priority", "is", "urgent")
OWN = {"name": "My urgent ones", "conditions": URGENT, "sort": "newest", "columns": ["tags"]}


@pytest.fixture
def ports() -> Iterator[FakePorts]:
    """Two urgent tickets in support, one in sales, one that nobody hurries for, one solved."""
    seeded = a_seeded_desk()
    with_tickets(
        seeded,
        {"priority": Priority.URGENT, "assignee_id": "rui", "tags": ("vat",)},
        {"priority": Priority.URGENT},
        {"priority": Priority.URGENT, "department_id": "sales", "status": Status.OPEN},
        {},
        {"status": Status.RESOLVED},
    )
    with deployed(seeded):
        yield seeded


def _as(ports: FakePorts, agent: str) -> Caller:
    return Caller(ports, token=token_for(f"sub-{agent}"))


def _numbers(caller: Caller, view: str, query: str = "") -> list[int]:
    answer = caller.get(f"/v1/views/{view}/tickets?limit=50{query}")
    assert answer.status == 200
    return [ticket["number"] for ticket in answer.body["tickets"]]


def _listed(caller: Caller, view: str) -> dict[str, object]:
    found = {each["id"]: each for each in caller.get("/v1/views").body["views"]}
    return dict(found[view])


@pytest.mark.row(66, "K6")
def test_a_shared_view_has_for_everybody_the_tickets_that_he_may_see(ports: FakePorts) -> None:
    share(ports, conditions=URGENT, sort="oldest", split="department")
    do_all(ports)

    assert _numbers(_as(ports, "eva"), "urgent") == [1001, 1002, 1003]
    assert _numbers(_as(ports, "rui"), "urgent") == [1001, 1002]
    assert (_listed(_as(ports, "eva"), "urgent"), _listed(_as(ports, "rui"), "urgent")["count"]) == (
        {
            "id": "urgent", "name": "Urgent", "count": 3, "personal": False, "sort": "oldest",
            "split": "department", "state": "ready",
            "columns": ["status", "department", "assignee", "time_left"],
            "parts": [
                {"department_id": "sales", "count": 1}, {"department_id": "support", "count": 2}
            ],
        },
        2,
    )  # fmt: skip


@pytest.mark.row(5, 66)
def test_a_view_neither_shows_nor_counts_what_is_confidential_to_others(ports: FakePorts) -> None:
    share(ports, conditions=URGENT, sort="oldest", split="department")
    do_all(ports)
    admin = _as(ports, "admin")
    assert _listed(admin, "urgent")["count"] == 3

    department, version = ports.settings.document("departments", "sales")
    secret = {**department, "confidential": True}
    save_setting(ports, "departments", secret, based_on=version)

    assert _numbers(admin, "urgent") == [1001, 1002]
    assert _listed(admin, "urgent")["count"] == 2
    assert "sales" not in str(admin.get("/v1/views").body)
    assert _numbers(_as(ports, "eva"), "urgent") == [1001, 1002, 1003]


def test_a_view_that_is_split_by_assignee_is_to_everybody_his_own(ports: FakePorts) -> None:
    share(ports, conditions=URGENT, split="assignee")
    do_all(ports)

    assert _numbers(_as(ports, "rui"), "urgent") == [1001]
    assert _numbers(_as(ports, "eva"), "urgent") == []
    assert _listed(_as(ports, "rui"), "urgent")["count"] == 1


@pytest.mark.row(8, 67)
def test_a_list_is_filtered_and_its_pages_are_full(ports: FakePorts) -> None:
    share(ports, "everything", sort="oldest")
    do_all(ports)
    eva = _as(ports, "eva")

    assert _numbers(eva, "everything", "&status=resolved") == [1005]
    assert _numbers(eva, "everything", "&tag=vat") == [1001]
    assert _numbers(eva, "everything", "&department=sales") == [1003]
    # One row a page is read until one fits.
    page = eva.get("/v1/views/everything/tickets?limit=1&status=resolved").body
    assert [ticket["number"] for ticket in page["tickets"]] == [1005]


def test_pages_follow_each_other_and_a_cursor_is_of_its_list(ports: FakePorts) -> None:
    share(ports, conditions=URGENT, sort="oldest")
    share(ports, "everything", sort="oldest")
    do_all(ports)
    eva = _as(ports, "eva")
    first = eva.get("/v1/views/urgent/tickets?limit=2").body
    cursor = first["next"]

    assert _numbers(eva, "urgent", f"&cursor={cursor}") == [1003]
    assert eva.get(f"/v1/views/everything/tickets?cursor={cursor}").status == 422
    assert _as(ports, "rui").get(f"/v1/views/urgent/tickets?cursor={cursor}").status == 422


@pytest.mark.row(66)
def test_progress_is_told_while_a_view_is_built(ports: FakePorts) -> None:
    eva = _as(ports, "eva")
    share(ports, conditions=URGENT)
    before = eva.get("/v1/views/urgent").body
    do_next(ports)
    during = eva.get("/v1/views/urgent").body
    do_all(ports)
    after = eva.get("/v1/views/urgent").body

    assert [each["state"] for each in (before, during, after)] == ["building", "building", "ready"]
    assert (during["count"], after["count"]) == (0, 3)
    assert after["conditions"]["all_of"] == URGENT["all_of"]


@pytest.mark.row(66)
def test_an_agent_saves_changes_and_removes_a_view_of_his_own(ports: FakePorts) -> None:
    rui = _as(ports, "rui")
    saved = rui.put("/v1/views/my-urgent", OWN)
    ports.jobs.send(jobs_for_view("personal_views", "my-urgent"))
    do_all(ports)

    assert (saved.status, saved.etag) == (200, '"1"')
    assert _numbers(rui, "my-urgent") == [1001, 1002]
    assert _listed(rui, "my-urgent")["personal"] is True
    assert _as(ports, "eva").get("/v1/views/my-urgent/tickets").status == 404
    assert rui.put("/v1/views/my-urgent", OWN).status == 409

    renamed = rui.put("/v1/views/my-urgent", {**OWN, "name": "Quick"}, If_Match=saved.etag)
    read = rui.get("/v1/views/my-urgent")
    assert (renamed.etag, read.etag, read.body["name"]) == ('"2"', '"2"', "Quick")

    assert rui.delete("/v1/views/my-urgent").status == 204
    assert rui.get("/v1/views/my-urgent").status == 404


@pytest.mark.parametrize(
    ("view", "body", "field"),
    [
        ("mine", OWN, "id"),
        ("My Own", OWN, "id"),
        ("my-own", {**OWN, "sort": "colour"}, "sort"),
        ("my-own", {**OWN, "conditions": asking("department", "is", "gone")},
         "my-own.conditions.all_of.0.values"),
    ],
)  # fmt: skip
def test_what_cannot_be_saved_is_said_at_its_place(
    ports: FakePorts, view: str, body: dict[str, object], field: str
) -> None:
    answer = _as(ports, "rui").put(f"/v1/views/{view.replace(' ', '%20')}", body)

    assert answer.status == 422
    assert [fault["field"] for fault in answer.body["errors"]] == [field]


@pytest.mark.row(47)
def test_triage_lists_what_is_new_and_nobodys(ports: FakePorts) -> None:
    triage = {
        "all_of": [
            {"field": "status", "operator": "is", "values": ["new"]},
            {"field": "assignee", "operator": "is_empty"},
        ]
    }
    share(ports, "triage", conditions=triage, sort="waiting")
    do_all(ports)

    assert _numbers(_as(ports, "rui"), "triage") == [1002, 1004]
