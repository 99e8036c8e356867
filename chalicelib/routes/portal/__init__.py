"""The customer portal: pages made on the server, which work without JavaScript.

``web.py`` says what every page has in common; each other module answers one question.
"""

from chalicelib.routes.portal import (
    assets,
    form_pages,
    leaving_pages,
    link_pages,
    rating_pages,
    solution_pages,
    ticket_pages,
    uploads,
)
from chalicelib.routes.portal.web import blueprint

__all__ = [
    "assets",
    "blueprint",
    "form_pages",
    "leaving_pages",
    "link_pages",
    "rating_pages",
    "solution_pages",
    "ticket_pages",
    "uploads",
]
