"""Is it solved? Two buttons behind a link in the mail that says so.

The link itself decides nothing, for scanners of mail and previews follow every link; only a button,
which posts, does. Nobody signs in: the link is the same capability as that of the ticket's page.
"""

from chalice.app import Response

from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Ticket
from chalicelib.routes.portal.form_body import read_form
from chalicelib.routes.portal.rendering import html_page
from chalicelib.routes.portal.web import Visit, page, see_other
from chalicelib.usecases.customer_page import judge_solution, look_at_solution

_SETTLED = frozenset({Status.RESOLVED, Status.CLOSED})


@page("GET", "/t/{token}/solved")
def ask_whether_solved(visit: Visit) -> Response:
    """Ask, and change nothing."""
    return _shown(visit, look_at_solution(visit.ports, visit.path["token"]), said="")


@page("POST", "/t/{token}/solved")
def hear_whether_solved(visit: Visit) -> Response:
    """Take the answer; a second click says the same, another button the opposite."""
    token, said = visit.path["token"], read_form(visit.request).get("solved")
    if said not in ("yes", "no"):
        return see_other(f"/t/{token}/solved")
    return _shown(visit, judge_solution(visit.ports, token, solved=said == "yes"), said)


def _shown(visit: Visit, ticket: Ticket, said: str) -> Response:
    token = visit.path["token"]
    visit.notes["ticket"] = ticket.number
    return html_page(
        visit.frame(
            here="" if said else f"/t/{token}/solved",
            language=visit.asked_language or ticket.language,
        ),
        "solved.html",
        ticket=ticket,
        base=f"/t/{token}",
        # What it says is how the ticket stands now, whatever was pressed.
        confirmed=bool(ticket.confirmed_at) and bool(said),
        settled=ticket.status in _SETTLED,
        refused=said == "no",
        meant=visit.query.get("said", ""),
    )
