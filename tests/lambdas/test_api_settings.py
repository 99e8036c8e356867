"""The set-up over the API, for administrators."""

from typing import Any

import pytest

from chalicelib.usecases.settings_schema import KINDS
from tests.lambdas.api_caller import Caller


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_can_be_listed_read_and_saved_again(administrator: Caller, kind: str) -> None:
    path = f"/v1/{kind.replace('_', '-')}"

    listed = administrator.get(path).body["settings"]
    single = f"{path}/{listed[0]['setting']['id']}"
    read = administrator.get(single)
    saved = administrator.put(single, read.body["setting"], If_Match=read.etag)

    assert (read.status, read.etag) == (200, '"1"')
    assert (saved.status, saved.etag) == (200, '"2"')


@pytest.mark.row("K3")
def test_a_setting_is_not_overwritten_unseen(administrator: Caller) -> None:
    topic = {"id": "fault", "department_id": "support", "names": {"en": "Other"}}

    unseen = administrator.put("/v1/topics/fault", topic)
    stale = administrator.put("/v1/topics/fault", topic, If_Match='"7"')

    assert (unseen.status, stale.status) == (409, 409)


@pytest.mark.parametrize(
    ("kind", "body", "field"),
    [
        ("topics", {"department_id": "gone", "names": {"en": "X"}}, "topics.x.department_id"),
        ("topics", {"department_id": "support", "names": {}}, "names"),
        ("topics", {"department_id": "support", "names": {"en": "X"}, "colour": "red"}, "colour"),
        ("mailboxes", {"address": "nobody", "name": "X", "department_id": "support"}, "address"),
        (
            "calendars",
            {"name": "X", "time_zone": "Mars/Base", "hours": {"mon": []}},
            "time_zone",
        ),
        ("agents", {"name": "X", "email": "x@example.org", "role": "king"}, "role"),
    ],
)
def test_what_could_not_work_is_refused_with_its_field(
    administrator: Caller, kind: str, body: dict[str, Any], field: str
) -> None:
    answer = administrator.put(f"/v1/{kind}/x", {"id": "x", **body})

    assert (answer.status, answer.fields) == (422, [field])
    assert administrator.get(f"/v1/{kind}/x").status == 404


@pytest.mark.parametrize(
    ("kind", "body", "field"),
    [
        ("topics", {"department_id": "", "names": {"en": "X"}}, "department_id"),
        ("topics", {"department_id": "support", "names": {}}, "names"),
        ("status-labels", {"status": "", "names": {"en": "X"}}, "status"),
        ("agents", {"name": "", "email": "x@example.org"}, "name"),
        ("agents", {"name": "X", "email": ""}, "email"),
        ("organisations", {"name": "X", "domains": []}, "domains"),
    ],
)
def test_what_was_left_empty_is_said_to_be_missing(
    administrator: Caller, kind: str, body: dict[str, Any], field: str
) -> None:
    answer = administrator.put(f"/v1/{kind}/x", {"id": "x", **body})

    assert answer.status == 422
    assert answer.body["errors"] == [{"field": field, "message": "This field is required."}]


def test_the_id_in_the_body_is_the_one_in_the_address(administrator: Caller) -> None:
    topic = {"id": "other", "department_id": "support", "names": {"en": "X"}}

    assert administrator.put("/v1/topics/x", topic).fields == ["id"]


def test_what_is_needed_elsewhere_is_not_removed(administrator: Caller) -> None:
    needed = administrator.delete("/v1/departments/support")
    free = administrator.delete("/v1/topics/fault", If_Match='"1"')
    gone = administrator.delete("/v1/topics/fault")

    assert (needed.status, free.status, gone.status) == (422, 204, 404)
