"""Addresses that get no mail, over the API, for administrators."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from chalicelib.domain.errors import Unavailable
from chalicelib.usecases.ports import SuppressedAddress, SuppressionReason
from tests.fakes import MONDAY, FakePorts
from tests.lambdas.api_caller import Caller, deployed, token_for
from tests.unit.usecases.stage import ADMIN, the_desk

PATH = "/v1/suppressed-addresses"


@pytest.fixture
def administrator() -> Iterator[Caller]:
    """The API of a desk, as its administrator."""
    ports = FakePorts(the_desk(replace(ADMIN, subject="sub-admin")))
    with deployed(ports):
        yield Caller(ports, token=token_for("sub-admin"))


def listed(administrator: Caller, query: str = "") -> list[str]:
    """Who is on the list."""
    return [one["address"] for one in administrator.get(f"{PATH}{query}").body["addresses"]]


@pytest.mark.row("J3")
def test_the_list_tells_who_gets_nothing_since_when_and_why(administrator: Caller) -> None:
    bounce = SuppressionReason.BOUNCE
    administrator.ports.suppressions.suppress(
        SuppressedAddress("ana@example.com", bounce, MONDAY, "5.1.1", 1001), "ses-1"
    )

    answer = administrator.get(PATH)

    assert answer.status == 200
    assert answer.body == {
        "addresses": [
            {
                "address": "ana@example.com", "reason": "bounce", "detail": "5.1.1",
                "since": "2026-03-02T09:00:00.000Z", "number": 1001,
            }
        ],
        "next": None,
    }  # fmt: skip


@pytest.mark.row("J3")
def test_an_administrator_puts_an_address_on_the_list_and_takes_it_off(
    administrator: Caller,
) -> None:
    put = administrator.put(f"{PATH}/bo%40example.org", {"reason": "He asked for it."})
    assert put.status == 204
    (entry,) = administrator.get(PATH).body["addresses"]
    assert (entry["address"], entry["reason"]) == ("bo@example.org", "manual")
    assert (entry["detail"], entry["number"]) == ("He asked for it.", None)

    gone = [administrator.delete(f"{PATH}/BO%40example.org").status for _ in range(2)]

    assert gone == [204, 404]
    assert listed(administrator) == []
    assert administrator.ports.mail_sender.forgiven[0] == "BO@example.org"


def test_the_list_is_searched_by_its_beginning_and_comes_in_pages(administrator: Caller) -> None:
    for name in ("anna", "ana", "bo"):
        administrator.put(f"{PATH}/{name}%40example.org", {})

    assert listed(administrator, "?prefix=An") == ["ana@example.org", "anna@example.org"]
    first = administrator.get(f"{PATH}?prefix=an&limit=1").body
    rest = administrator.get(f"{PATH}?prefix=an&limit=1&cursor={first['next']}").body
    assert [one["address"] for one in rest["addresses"]] == ["anna@example.org"]
    foreign = administrator.get(f"{PATH}?prefix=b&cursor={first['next']}")
    assert foreign.status == 422


@pytest.mark.parametrize("address", ["nobody", "a%40", "%40example.org", "a b%40example.org"])
def test_what_is_no_address_is_refused_with_words(administrator: Caller, address: str) -> None:
    answer = administrator.put(f"{PATH}/{address}", {})
    assert answer.status == 422
    assert answer.body["errors"]


def test_when_the_mail_service_does_not_answer_the_address_stays_on_the_list(
    administrator: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    administrator.put(f"{PATH}/bo%40example.org", {})

    def silent(_: str) -> None:
        raise Unavailable("SES")

    monkeypatch.setattr(administrator.ports.mail_sender, "forgive", silent)
    assert administrator.delete(f"{PATH}/bo%40example.org").status == 503
    assert listed(administrator) == ["bo@example.org"]
