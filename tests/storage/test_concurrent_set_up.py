"""Two changes of the set-up at once, each of which fits alone: they are checked one after the other."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, cast

import pytest

from chalicelib.domain.errors import InvalidSetting
from chalicelib.usecases.change_settings import save_setting, seed_settings
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.settings_schema import KINDS
from tests.storage.desks import TablePorts
from tests.storage.test_concurrency import together
from tests.unit.usecases.test_change_settings import SET_UP

pytestmark = [pytest.mark.dynamodb_local, pytest.mark.timeout(300)]

ROUNDS = 5


def an_agent_document(name: str, role: str) -> dict[str, Any]:
    """An agent as the set-up stores him."""
    document = {
        "id": name,
        "name": name,
        "email": f"{name}@example.org",
        "role": role,
        "subject": name,
    }
    return KINDS["agents"].model_validate(document).model_dump(mode="json")


def roles(ports: Ports) -> Mapping[str, str]:
    """Role by agent, as stored."""
    stored = ports.settings.list_documents("agents")
    return {document["id"]: document["role"] for document, _ in stored}


@pytest.mark.row("J14")
@pytest.mark.parametrize("_round", range(ROUNDS))
def test_administrators_who_lower_each_other_at_once_leave_one(
    on_table: TablePorts, _round: int
) -> None:
    ports = cast("Ports", on_table)
    seed_settings(ports, SET_UP)
    names = [f"admin-{number}" for number in range(4)]
    for name in names:
        document = an_agent_document(name, "administrator")
        ports.settings.save("agents", name, document, based_on=0)

    def lower(name: str) -> str:
        try:
            save_setting(ports, "agents", an_agent_document(name, "agent"), based_on=1)
        except InvalidSetting:
            return "refused"
        return "lowered"

    told = Counter(together(lower, names))

    assert told == {"lowered": 3, "refused": 1}
    assert [roles(ports)[name] for name in names].count("administrator") == 1
