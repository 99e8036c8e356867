"""Addresses of the portal's own files: the name carries a hash, so that they may be kept forever."""

import hashlib
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "assets"
CONTENT_TYPES = {
    "portal.css": "text/css; charset=utf-8",
    "portal.js": "text/javascript; charset=utf-8",
}


@cache
def asset_text(name: str) -> str:
    """The content of a file; only the names in ``CONTENT_TYPES`` exist."""
    return (_FOLDER / name).read_text(encoding="utf-8")


@cache
def asset_path(name: str) -> str:
    """Where a file is served from, for example ``/assets/portal-1a2b3c4d5e.css``."""
    stem, _, ending = name.partition(".")
    digest = hashlib.sha256(asset_text(name).encode()).hexdigest()[:10]
    return f"/assets/{stem}-{digest}.{ending}"


def theme_path(accent: str) -> str:
    """Where the style sheet of an accent colour is served from; the colour is in the name."""
    return f"/assets/theme-{accent.removeprefix('#')}.css"


def icon_path(accent: str) -> str:
    """Where the icon in an accent colour is served from."""
    return f"/assets/icon-{accent.removeprefix('#')}.svg"
