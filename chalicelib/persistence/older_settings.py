"""Settings that were stored under earlier rules, as they are said today."""

from collections.abc import Mapping
from typing import Any


def said_today(kind: str, document: Mapping[str, Any]) -> Mapping[str, Any]:
    """A stored document as the present release reads it; its next save stores it so.

    Departments once had ``push_assignment`` beside their strategy; off meant ``manual``.
    """
    if kind != "departments" or "push_assignment" not in document:
        return document
    kept = {name: value for name, value in document.items() if name != "push_assignment"}
    return kept if document["push_assignment"] else {**kept, "strategy": "manual"}
