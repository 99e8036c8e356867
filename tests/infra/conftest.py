"""The templates, synthesised once for each state of the sources."""

import json
from pathlib import Path
from typing import Any

import pytest

from infra.local import toolchain

Template = dict[str, Any]
STAGE = "dev"
DOMAIN = "support.example.com"


@pytest.fixture(scope="session")
def assembly() -> Path:
    """What would be deployed to AWS. cdk-nag runs in the synthesis and fails it."""
    with toolchain.only_one_builder("assembly"):
        return toolchain.ensure_assembly(STAGE, DOMAIN)


@pytest.fixture(scope="session")
def local_assembly() -> Path:
    """What the local run deploys."""
    with toolchain.only_one_builder("assembly"):
        return toolchain.ensure_assembly()


def read_template(assembly: Path, stack: str) -> Template:
    return json.loads((assembly / f"chamado-{stack}.template.json").read_text())


@pytest.fixture(scope="session")
def core(assembly: Path) -> Template:
    return read_template(assembly, f"{STAGE}-core")


@pytest.fixture(scope="session")
def mail(assembly: Path) -> Template:
    return read_template(assembly, f"{STAGE}-mail")


@pytest.fixture(scope="session")
def operations(assembly: Path) -> Template:
    return read_template(assembly, f"{STAGE}-operations")


@pytest.fixture(scope="session")
def templates(core: Template, mail: Template, operations: Template) -> dict[str, Template]:
    return {"core": core, "mail": mail, "operations": operations}


@pytest.fixture
def local_core(local_assembly: Path) -> Template:
    return read_template(local_assembly, "local-core")


@pytest.fixture(scope="session")
def resources():
    """Find resources of one type in a template."""

    def find(template: Template, kind: str) -> dict[str, dict[str, Any]]:
        return {
            name: resource["Properties"]
            for name, resource in template["Resources"].items()
            if resource["Type"] == kind
        }

    return find
