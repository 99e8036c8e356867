"""Hashes of sources, so that a later start does only what changed."""

import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path

IGNORED = {"__pycache__", "node_modules", "dist", ".vite", "coverage"}


def fingerprint(paths: Iterable[Path], *extra: str) -> str:
    """Hash of the files' names and contents, folders included in full, and of the extras."""
    digest = hashlib.sha256(sys.version.encode())
    for text in extra:
        digest.update(text.encode() + b"\0")
    for path in sorted(_files(paths)):
        digest.update(str(path).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_file():
            yield path
            continue
        for found in path.rglob("*"):
            if found.is_file() and not IGNORED.intersection(found.relative_to(path).parts):
                yield found


def is_current(stamp: Path, wanted: str) -> bool:
    """Whether the stamp left by the last success says the same."""
    return stamp.exists() and stamp.read_text() == wanted
