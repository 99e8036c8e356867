"""Fresh links by mail, for customers whose link is lost or ran out."""

from chalice.app import Response
from pydantic import EmailStr, Field, ValidationError

from chalicelib.routes.portal.form_body import NOTHING_TYPED, checked, faults_in, read_form
from chalicelib.routes.portal.rendering import html_page
from chalicelib.routes.portal.web import Visit, page
from chalicelib.routes.schemas.base import Request as RequestBody
from chalicelib.usecases.customer_page import ask_for_links


class LinksWanted(RequestBody):
    """Whose tickets are wanted."""

    email: EmailStr = Field(max_length=254)


@page("GET", "/links")
def links_form(visit: Visit) -> Response:
    """Where a customer asks for his links."""
    return html_page(visit.frame(here="/links"), "links.html", typed=NOTHING_TYPED, faults={})


@page("POST", "/links")
def send_links(visit: Visit) -> Response:
    """The same answer whoever asks: it does not tell whether the address has tickets."""
    posted = read_form(visit.request)
    try:
        wanted: LinksWanted = checked(LinksWanted, {"email": posted.get("email")})
    except ValidationError as error:
        faults = faults_in(error, visit.words)
        return html_page(visit.frame(), "links.html", status=422, typed=posted, faults=faults)
    ask_for_links(visit.ports, wanted.email, visit.language)
    return html_page(visit.frame(), "links_sent.html")
