"""A deployed desk in memory for the tests of routes and handlers."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

import pytest

from chalicelib.usecases.change_settings import seed_settings
from tests.fakes import FakePorts
from tests.lambdas.api_caller import ADMINISTRATOR, Caller, deployed, token_for
from tests.unit.usecases.stage import PEOPLE, the_desk
from tests.unit.usecases.test_change_settings import SET_UP


@pytest.fixture
def desk_ports() -> Iterator[FakePorts]:
    """The fakes behind every route and handler; everybody can sign in as ``sub-<id>``."""
    people = [replace(agent, subject=f"sub-{agent.id}") for agent in PEOPLE]
    ports = FakePorts(the_desk(*people))
    with deployed(ports):
        yield ports


@pytest.fixture
def administrator() -> Iterator[Caller]:
    """The API of a seeded desk, as its administrator."""
    ports = FakePorts()
    set_up = deepcopy(SET_UP)
    set_up["agents"].append(ADMINISTRATOR)
    seed_settings(ports, set_up)
    with deployed(ports):
        yield Caller(ports, token=token_for("sub-admin"))
