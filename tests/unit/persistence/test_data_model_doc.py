"""docs/data-model.md names every kind of item and every function that reads or writes one."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chalicelib import persistence
from chalicelib.persistence.items import Item
from chalicelib.persistence.table import Table

TEXT = (Path(__file__).parents[3] / "docs" / "data-model.md").read_text()


def classes() -> Iterator[tuple[str, Any]]:
    """Every class of the persistence package."""
    for module in pkgutil.iter_modules(persistence.__path__):
        loaded = importlib.import_module(f"chalicelib.persistence.{module.name}")
        for name, found in inspect.getmembers(loaded, inspect.isclass):
            if found.__module__ == loaded.__name__:
                yield name, found


def access_patterns() -> Iterator[tuple[str, str]]:
    """Repository and function."""
    for name, found in classes():
        takes_table = "table" in inspect.signature(found.__init__).parameters
        if takes_table and found is not Table:
            for function, _ in inspect.getmembers(found, inspect.isfunction):
                if not function.startswith("_"):
                    yield name, function


def kinds() -> Iterator[str]:
    """Kinds of items that are stored."""
    for _, found in classes():
        if issubclass(found, Item):
            default = found.get_attributes()["kind"].default
            if default:
                yield default


@pytest.mark.parametrize(("repository", "function"), sorted(access_patterns()))
def test_every_access_pattern_is_written_down(repository: str, function: str) -> None:
    (line,) = [
        line
        for line in TEXT.splitlines()
        if f"`{repository}.{function}`" in line
        or (f"`{repository}." in line and f"`.{function}`" in line)
    ]
    assert line.startswith("| ")


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_kind_of_item_is_written_down(kind: str) -> None:
    assert f"| `{kind}` |" in TEXT
