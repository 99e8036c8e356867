"""How was our help? A page behind the two links of a mail.

The links decide nothing, for scanners of mail follow every link; they only mark what was clicked.
The button posts. Nobody signs in: the link opens this one answer, and no ticket.
"""

from chalice.app import Response

from chalicelib.domain.expectation import time_zone_of
from chalicelib.domain.satisfaction import MAX_COMMENT, Rating
from chalicelib.routes.portal.form_body import NOTHING_TYPED, Posted, read_form
from chalicelib.routes.portal.rendering import html_page
from chalicelib.routes.portal.web import Visit, page, see_other
from chalicelib.translations import translator
from chalicelib.usecases.rate_ticket import RatingPage, look_at_rating, rate_ticket

_RATINGS = frozenset(Rating)


@page("GET", "/s/{token}")
def ask_how_it_was(visit: Visit) -> Response:
    """Ask, and change nothing."""
    found = look_at_rating(visit.ports, visit.path["token"])
    return _shown(visit, found, NOTHING_TYPED, {}, 200)


@page("POST", "/s/{token}")
def hear_how_it_was(visit: Visit) -> Response:
    """Take the answer; said again it is the same, and until its time is over it may be changed."""
    token, posted = visit.path["token"], read_form(visit.request)
    said, comment = posted.get("rating"), posted.get("comment").strip()
    found = look_at_rating(visit.ports, token)
    faults = _faults(visit, found, said, comment)
    if faults:
        return _shown(visit, found, posted, faults, 422)
    rate_ticket(visit.ports, token, Rating(said), comment)
    visit.notes["ticket"] = found.ticket.number
    query = f"?lang={visit.asked_language}" if visit.asked_language else ""
    return see_other(f"/s/{token}{query}")


def _faults(visit: Visit, found: RatingPage, said: str, comment: str) -> dict[str, str]:
    say = translator(_language(visit, found)).gettext
    faults = {}
    if said not in _RATINGS:
        faults["rating"] = say("Choose one of the two.")
    if len(comment) > MAX_COMMENT:
        sentence = say("Write at most %(max_length)s characters.")
        faults["comment"] = sentence % {"max_length": MAX_COMMENT}
    return faults


def _shown(
    visit: Visit, found: RatingPage, posted: Posted, faults: dict[str, str], status: int
) -> Response:
    known, token = found.ticket.satisfaction, visit.path["token"]
    visit.notes["ticket"] = found.ticket.number
    clicked = visit.query.get("rating", "")
    rating = posted.get("rating") or (clicked if clicked in _RATINGS else "") or known.rating or ""
    return html_page(
        visit.frame(here=f"/s/{token}" if status == 200 else "", language=_language(visit, found)),
        "rating.html",
        status=status,
        number=found.ticket.number,
        address=f"/s/{token}",
        lang_query=f"?lang={visit.asked_language}" if visit.asked_language else "",
        said=known.rating or "",
        # Who follows the other link of the mail means to change it: nothing is said yet.
        is_changing=bool(clicked) and clicked != known.rating,
        rating=rating,
        comment=posted.get("comment") if faults else known.comment,
        most=MAX_COMMENT,
        is_open=found.is_open,
        until=found.until,
        zone=time_zone_of(visit.desk, found.ticket),
        faults=faults,
    )


def _language(visit: Visit, found: RatingPage) -> str:
    return visit.asked_language or found.ticket.language
