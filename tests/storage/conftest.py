"""One contract, held by the fakes and by the table: on moto, with ``--dynamodb=local`` on Amazon's own
DynamoDB Local, or with ``--dynamodb=emulator`` on the emulator that ``make run`` starts.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from moto import mock_aws

from chalicelib.persistence.table import Table
from tests.fakes import FakePorts
from tests.storage import dynamodb_emulator, dynamodb_local
from tests.storage.desks import Storage, TablePorts, empty, make_table

_SERVERS = {"local": dynamodb_local.running, "emulator": dynamodb_emulator.running}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Which DynamoDB the table's tests use."""
    parser.addoption("--dynamodb", choices=("moto", *_SERVERS), default="moto")


def pytest_configure(config: pytest.Config) -> None:
    """The marker of tests that moto cannot serve."""
    config.addinivalue_line(
        "markers",
        "dynamodb_local: needs a server (--dynamodb=local, or emulator): moto loses updates",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what moto cannot serve."""
    if _server(config):
        return
    skip = pytest.mark.skip(reason="needs --dynamodb=local, or emulator")
    for item in items:
        if item.get_closest_marker("dynamodb_local"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def dynamodb_table(pytestconfig: pytest.Config) -> Iterator[Table]:
    """One table for all tests: clients and tables are slow to make."""
    server = _server(pytestconfig)
    if server is None:
        with mock_aws():
            yield Table(make_table())
        return
    with server() as address, pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_ENDPOINT_URL_DYNAMODB", address)
        yield Table(make_table())


@pytest.fixture
def on_table(dynamodb_table: Table) -> Iterator[TablePorts]:
    """Repositories on an empty table."""
    yield TablePorts(dynamodb_table)
    empty(dynamodb_table)


@pytest.fixture(params=["fake", "table"])
def storage(request: pytest.FixtureRequest) -> Storage:
    """The same contract on both."""
    if request.param == "fake":
        return FakePorts()
    ports: TablePorts = request.getfixturevalue("on_table")
    return ports


def _server(config: pytest.Config) -> Callable[[], AbstractContextManager[str]] | None:
    """What starts the server that was asked for and gives its address; None for moto."""
    return _SERVERS.get(config.getoption("--dynamodb", default="moto"))
