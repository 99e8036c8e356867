"""What every page of the portal has in common: language, headers, failures, one log line.

A page is declared with ``@page``; it gets a ``Visit`` and gives a ``Response``. Log lines name the
declared path, never the real one: links to tickets are secrets.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, Literal

from chalice.app import Blueprint, Request, Response

from chalicelib import bootstrap
from chalicelib.domain.desk import Desk
from chalicelib.domain.errors import (
    DeskError,
    InvalidLink,
    InvalidRequest,
    InvalidSetting,
    TooManyRequests,
)
from chalicelib.routes.portal.form_body import NOTHING_TYPED
from chalicelib.routes.portal.rendering import Frame, html_page
from chalicelib.routes.problems import STATUS_CODES
from chalicelib.translations import LANGUAGES, translator
from chalicelib.translations.choice import choose_language

if TYPE_CHECKING:
    from gettext import NullTranslations

    from chalicelib.usecases.ports import Ports

log = logging.getLogger("chamado.portal")
blueprint = Blueprint("chalicelib.routes.portal")
FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Visit:
    """One request to the portal, with the desk as it is now.

    Attributes:
        path: the values in the path, as they came.
        notes: what a page adds to the log line; never an address, a name or a token.
    """

    request: Request
    path: Mapping[str, str]
    desk: Desk
    notes: dict[str, object] = field(default_factory=dict)

    @property
    def ports(self) -> "Ports":
        """Everything outside."""
        return bootstrap.ports()

    @property
    def query(self) -> Mapping[str, str]:
        """The first value of each query parameter."""
        return self.request.query_params or {}

    @property
    def asked_language(self) -> str:
        """The language in the address, empty when none of ours is asked for."""
        asked = self.query.get("lang", "")
        return asked if asked in self.desk.profile.languages and asked in LANGUAGES else ""

    @property
    def language(self) -> str:
        """What was asked for in the address, else what the browser prefers."""
        offered = [name for name in self.desk.profile.languages if name in LANGUAGES]
        accepted = self.request.headers.get("accept-language", "")
        return choose_language(self.asked_language, accepted, offered or LANGUAGES)

    @property
    def words(self) -> "NullTranslations":
        """The catalogue of the visitor's language."""
        return translator(self.language)

    def frame(self, *, here: str = "", language: str = "") -> Frame:
        """What the page around the content needs.

        Args:
            here: address of this page for the language switch; empty where switching would lose
                what was typed.
            language: the page's own language, where it is not the visitor's.
        """
        return Frame(self.desk.profile, language or self.language, here)


View = Callable[[Visit], Response]


def page(
    method: Literal["GET", "POST"], path: str, content_types: tuple[str, ...] = (FORM_TYPE,)
) -> Callable[[View], View]:
    """Declare a page. The view stays importable for tests."""

    def declare(view: View) -> View:
        @wraps(view)
        def answer(**path_values: str) -> Response:
            return _answer(method, path, view, path_values)

        accepted: dict[str, Any] = (
            {"content_types": list(content_types)} if method == "POST" else {}
        )
        blueprint.route(path, methods=[method], **accepted)(answer)
        return view

    return declare


def see_other(location: str) -> Response:
    """Go there with GET; nothing of the way is remembered."""
    headers = {"Location": location, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return Response("", status_code=303, headers={**headers, "Content-Type": "text/plain"})


def _answer(method: str, path: str, view: View, path_values: dict[str, str]) -> Response:
    started = time.perf_counter()
    visit = Visit(blueprint.current_request, path_values, Desk())
    outcome = "ok"
    try:
        desk = bootstrap.ports().settings.desk()
        visit = Visit(visit.request, path_values, desk, visit.notes)
        response = view(visit)
    except DeskError as error:
        outcome = type(error).__name__
        response = _failure(visit, error)
    except Exception:
        # The batch boundary of HTTP: one request failed, the container lives on.
        log.exception("request failed", extra={"route": path, "method": method})
        outcome = "unexpected"
        response = html_page(visit.frame(), "failure.html", status=500, kind="unexpected")
    line: dict[str, object] = {
        "route": path,
        "method": method,
        "status": response.status_code,
        "outcome": outcome,
        "milliseconds": round((time.perf_counter() - started) * 1000, 1),
        **visit.notes,
    }
    log.info("request", extra=line)
    return response


def _failure(visit: Visit, error: DeskError) -> Response:
    if isinstance(error, InvalidLink):
        return html_page(
            visit.frame(), "link_dead.html", status=404, typed=NOTHING_TYPED, faults={}
        )
    # A set-up that cannot work is the desk's fault, whatever the API says of it to who changes it.
    status = 500 if isinstance(error, InvalidSetting) else STATUS_CODES.get(type(error), 500)
    if isinstance(error, TooManyRequests):
        headers = {"Retry-After": str(error.retry_after_seconds)}
        return html_page(
            visit.frame(), "failure.html", status=status, headers=headers, kind="too_many"
        )
    if isinstance(error, InvalidRequest):
        return html_page(visit.frame(), "failure.html", status=status, kind="refused")
    headers = {"Retry-After": "5"} if error.is_transient else {}
    kind = "busy" if error.is_transient else "unexpected"
    return html_page(visit.frame(), "failure.html", status=status, headers=headers, kind=kind)
