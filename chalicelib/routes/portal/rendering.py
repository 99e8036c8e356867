"""From a template to a page: Jinja2 with escaping on, and the headers that keep a page safe."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chalice.app import Response

from chalicelib.domain.accent import accent_of
from chalicelib.domain.desk import DeskProfile
from chalicelib.routes.portal.asset_names import asset_path, icon_path, theme_path
from chalicelib.translations import LANGUAGE_NAMES, language_tag, translator
from chalicelib.translations.dates import moment_in_words
from chalicelib.translations.sizes import size_in_words

if TYPE_CHECKING:
    from jinja2 import Environment

# Nothing from other hosts, no inline script or style. Uploads go to the files bucket, whose host
# differs from stage to stage: scripts are our own only, so where they may connect is left open.
_CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self' https: http:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PAGE_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": _CONTENT_SECURITY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the content of a page.

    Attributes:
        here: where the language switch leads; empty hides it.
    """

    profile: DeskProfile
    language: str
    here: str

    @property
    def languages(self) -> list[tuple[str, str, str]]:
        """Language, its tag and its own name, for the switch."""
        offered = [name for name in self.profile.languages if name in LANGUAGE_NAMES]
        return [(name, language_tag(name), LANGUAGE_NAMES[name]) for name in offered]


def html_page(
    frame: Frame,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **values: object,
) -> Response:
    """A whole page."""
    body = _environment(frame.language).get_template(template).render(**_context(frame), **values)
    return Response(body, status_code=status, headers={**PAGE_HEADERS, **(headers or {})})


def _context(frame: Frame) -> dict[str, Any]:
    accent = accent_of(frame.profile.accent)
    return {
        "desk_name": frame.profile.name,
        "lang": frame.language,
        "tag": language_tag(frame.language),
        "languages": frame.languages,
        "here": frame.here,
        "stylesheet": asset_path("portal.css"),
        "script": asset_path("portal.js"),
        "theme": theme_path(accent),
        "icon": icon_path(accent),
        "accent": accent,
    }


@cache
def _environment(language: str) -> "Environment":
    """One environment a language; Jinja2 is imported only where a page is made."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # The extension adds the method; newstyle escapes the values that go into a sentence.
    install = environment.install_gettext_translations  # type: ignore[attr-defined]
    install(translator(language), newstyle=True)

    def in_words(at: Any, zone: str) -> str:
        return moment_in_words(at, language, zone)

    def as_size(size: int) -> str:
        return size_in_words(size, language)

    environment.filters["in_words"] = in_words
    environment.filters["as_size"] = as_size
    return environment
