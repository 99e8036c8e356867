"""What holds for every test: no sockets, and the row of the feature list that a test shows."""

import os
from collections.abc import Sequence

import pytest
from hypothesis import settings
from pytest_socket import disable_socket, enable_socket

# What is imported while tests are collected must find an environment, and never a real account.
os.environ.update(
    AWS_ACCESS_KEY_ID="test",
    AWS_SECRET_ACCESS_KEY="test",
    AWS_DEFAULT_REGION="us-east-1",
    AWS_REGION="us-east-1",
    AWS_EC2_METADATA_DISABLED="true",
)

# Machines with two busy cores: a slow example is no fault. The seed of a run is printed on failure.
settings.register_profile("desk", deadline=None, print_blob=True)
settings.load_profile("desk")

pytest_plugins = ["tests.figures"]

_MAY_CONNECT = ("/tests/e2e/", "/tests/storage/", "/tests/targets/", "/tests/infra/", "/bench/")


def pytest_configure(config: pytest.Config) -> None:
    """The marker that ties a test to what the product promises."""
    config.addinivalue_line(
        "markers", "row(*numbers): rows of docs/features.md that this test shows"
    )


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """A row is a number or a short name, given at least once per marker."""
    for item in items:
        for marker in item.iter_markers("row"):
            if not marker.args or not all(isinstance(row, int | str) for row in marker.args):
                message = f"{item.nodeid}: say which rows, like @pytest.mark.row(13, 'J1')"
                raise pytest.UsageError(message)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Sockets stay shut, but for the tests whose subject is on the other end of one."""
    if any(folder in str(item.path) for folder in _MAY_CONNECT):
        enable_socket()
    else:
        disable_socket(allow_unix_socket=True)


def pytest_runtest_teardown() -> None:
    """What runs between tests (a browser, an emulator of a session) may connect."""
    enable_socket()
