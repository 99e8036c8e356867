"""Webhooks go to public addresses only, whatever name leads there."""

import pytest

from chalicelib.gateways.webhooks import HTTPSWebhooks, is_public


@pytest.mark.row(56)
@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
     "100.64.0.1", "224.0.0.1", "::1", "fe80::1", "fd00::1", "::ffff:169.254.169.254", "x"],
)  # fmt: skip
def test_an_address_inside_is_not_called(address: str) -> None:
    assert not is_public(address)

    said = HTTPSWebhooks(lambda _: [address]).post("https://hooks.example.org/", b"{}", {})

    assert (said.status, said.reason, said.is_final) == (0, "private_address", True)


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    webhooks = HTTPSWebhooks(lambda _: ["93.184.216.34", "10.0.0.1"])

    assert webhooks.post("https://hooks.example.org/", b"", {}).reason == "private_address"


def test_a_name_that_nobody_knows_may_be_known_later() -> None:
    def unknown(_: str) -> list[str]:
        raise OSError

    said = HTTPSWebhooks(unknown).post("https://hooks.example.org/", b"", {})

    assert (said.reason, said.is_final) == ("unknown_host", False)


def test_only_https_is_called() -> None:
    assert HTTPSWebhooks().post("http://hooks.example.org/", b"", {}).reason == "not_https"


def test_a_host_that_does_not_answer_is_left_alone_for_a_minute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    now = [100.0]

    def refused(*_: object) -> None:
        raise ConnectionRefusedError

    def public(host: str) -> list[str]:
        asked.append(host)
        return ["93.184.216.34"]

    monkeypatch.setattr("socket.create_connection", refused)
    webhooks = HTTPSWebhooks(public, lambda: now[0])
    said = [webhooks.post("https://hooks.example.org/", b"", {}) for _ in range(3)]
    assert {one.reason for one in said} == {"no_answer"}
    assert len(asked) == 1

    now[0] += 61
    webhooks.post("https://hooks.example.org/", b"", {})
    assert len(asked) == 2
