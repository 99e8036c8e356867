"""A deployed desk in memory for the tests of routes and handlers."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.fakes import FakePorts
from tests.lambdas.api_caller import deployed
from tests.unit.usecases.stage import PEOPLE, the_desk


@pytest.fixture
def desk_ports() -> Iterator[FakePorts]:
    """The fakes behind every route and handler; everybody can sign in as ``sub-<id>``."""
    people = [replace(agent, subject=f"sub-{agent.id}") for agent in PEOPLE]
    ports = FakePorts(the_desk(*people))
    with deployed(ports):
        yield ports
