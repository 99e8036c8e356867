"""HTTP: one blueprint per noun, and the customer portal's pages."""

from importlib import import_module
from types import ModuleType

from chalice.app import Chalice

_API = (
    "auth",
    "tickets",
    "messages",
    "scheduled_replies",
    "relations",
    "contacts",
    "vocabulary",
    "views",
    "work",
    "administration",
    "api_keys",
    "clocks",
    "reports",
    "rules",
    "answers",
    "mail",
    "suppressed",
    "operations",
    "public",
)
_PORTAL = "portal"


def import_endpoints() -> list[ModuleType]:
    """Import every module that declares JSON routes, so that all are known."""
    return [import_module(f"chalicelib.routes.{name}") for name in _API]


def register_routes(app: Chalice) -> None:
    """Hang every blueprint on the application."""
    for module in (*import_endpoints(), import_module(f"chalicelib.routes.{_PORTAL}")):
        app.register_blueprint(module.blueprint)
