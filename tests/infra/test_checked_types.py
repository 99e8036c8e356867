"""What the stacks are made of is checked with its types."""

import re
import tomllib

from infra.local.profile import ROOT


def test_every_module_of_the_cdk_that_a_stack_uses_is_read_by_the_type_check():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]["overrides"]
    read = {
        name
        for part in settings
        if part.get("follow_imports") == "normal"
        for name in part["module"]
    }
    sources = "\n".join(path.read_text() for path in (ROOT / "infra").rglob("*.py"))

    used = {f"aws_cdk.{name}" for name in re.findall(r"from aws_cdk import (aws_\w+)", sources)}

    assert used
    assert used <= read
