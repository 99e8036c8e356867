"""The portal's style, script and icon. Only names that we know are served."""

import re

from chalice.app import Response

from chalicelib.domain.accent import ink_on, readable_on
from chalicelib.routes.portal.asset_names import CONTENT_TYPES, asset_path, asset_text
from chalicelib.routes.portal.web import Visit, page

_FOREVER = "public, max-age=31536000, immutable"
_THEME = re.compile(r"theme-([0-9a-f]{6})\.css")
_ICON = re.compile(r"icon-([0-9a-f]{6})\.svg")
# The surfaces of portal.css that text in the accent colour stands on.
_LIGHT_SURFACE, _DARK_SURFACE = "#f6f7f9", "#1d2127"


@page("GET", "/assets/{name}")
def asset(visit: Visit) -> Response:
    """A file of the portal, to be kept by browsers for a year."""
    name = visit.path["name"]
    for known, content_type in CONTENT_TYPES.items():
        if f"/assets/{name}" == asset_path(known):
            return _file(asset_text(known), content_type)
    theme, icon = _THEME.fullmatch(name), _ICON.fullmatch(name)
    if theme:
        return _file(theme_css(f"#{theme[1]}"), "text/css; charset=utf-8")
    if icon:
        return _file(_icon_svg(f"#{icon[1]}"), "image/svg+xml")
    headers: dict[str, str | list[str]] = {
        "Content-Type": "text/plain; charset=utf-8",
        "Cache-Control": "no-store",
    }
    return Response("There is no such file.\n", status_code=404, headers=headers)


def theme_css(accent: str) -> str:
    """The desk's colour as custom properties, readable on light and on dark surfaces."""
    light, dark = readable_on(_LIGHT_SURFACE, accent), readable_on(_DARK_SURFACE, accent)
    ink = ink_on(accent)
    return (
        f":root{{--accent:{accent};--on-accent:{ink};--accent-text:{light}}}\n"
        "@media (prefers-color-scheme:dark){"
        f":root{{--accent:{accent};--on-accent:{ink};--accent-text:{dark}}}}}\n"
    )


def _icon_svg(accent: str) -> str:
    """A speech bubble in the desk's colour."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="7" fill="{accent}"/>'
        f'<path fill="{ink_on(accent)}" d="M8 9h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-8l-5 4v-4H8a2 2 0'
        ' 0 1-2-2v-9a2 2 0 0 1 2-2z"/></svg>\n'
    )


def _file(text: str, content_type: str) -> Response:
    headers: dict[str, str | list[str]] = {
        "Content-Type": content_type,
        "Cache-Control": _FOREVER,
        "X-Content-Type-Options": "nosniff",
    }
    return Response(text, status_code=200, headers=headers)
