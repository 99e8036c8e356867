"""The page of one ticket behind a signed link: status, thread, files, and the answer box."""

import re
from gettext import NullTranslations

from chalice.app import Response
from pydantic import Field, ValidationError

from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.expectation import time_zone_of
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import ActorKind, Message, Ticket
from chalicelib.routes.portal.form_body import NOTHING_TYPED, Posted, checked, faults_in, read_form
from chalicelib.routes.portal.form_fields import told_by_customer
from chalicelib.routes.portal.rendering import html_page
from chalicelib.routes.portal.stamps import key_of_stamp, new_stamp, remembered_form
from chalicelib.routes.portal.web import Visit, page, see_other
from chalicelib.routes.schemas.base import Request as RequestBody
from chalicelib.routes.schemas.tickets import MAX_FILES, Text
from chalicelib.translations import translator
from chalicelib.usecases.customer_page import (
    PublicThread,
    answer_by_link,
    customer_file,
    open_customer_page,
    token_for,
)
from chalicelib.usecases.ports import AlreadyDone


class NewAnswer(RequestBody):
    """What a customer sends from the page of his ticket."""

    text: Text
    uploads: list[str] = Field(default=[], max_length=MAX_FILES)


@page("GET", "/t/{token}")
def ticket_page(visit: Visit) -> Response:
    """The public part of a ticket; looking at it changes nothing, for scanners look too."""
    thread = open_customer_page(visit.ports, visit.path["token"])
    visit.notes["ticket"] = thread.ticket.number
    return _ticket(visit, thread, NOTHING_TYPED, {}, 200)


@page("POST", "/t/{token}/answers")
def answer_ticket(visit: Visit) -> Response:
    """The customer's answer; a second click on the same form adds nothing."""
    token = visit.path["token"]
    posted = read_form(visit.request)
    try:
        answer: NewAnswer = checked(
            NewAnswer, {"text": posted.get("text"), "uploads": posted.signed_uploads}
        )
        ticket = _answer_once(visit, token, posted, answer)
    except (ValidationError, InvalidRequest) as error:
        thread = open_customer_page(visit.ports, token)
        words = translator(_language(visit, thread.ticket))
        return _ticket(visit, thread, posted, faults_in(error, words), 422)
    except AlreadyDone:
        visit.notes["outcome"] = "repeated"
    else:
        visit.notes["ticket"] = ticket.number
        token = token_for(visit.ports, token, ticket)
    query = f"?lang={visit.asked_language}" if visit.asked_language else ""
    return see_other(f"/t/{token}{query}#newest")


@page("GET", "/t/{token}/answers")
def answers_by_address(visit: Visit) -> Response:
    """Who reloads the address of a refused answer wants the ticket."""
    return see_other(f"/t/{visit.path['token']}")


@page("GET", "/t/{token}/files/{message}/{attachment}")
def ticket_file(visit: Visit) -> Response:
    """A file of the public thread, by an address that works for a minute."""
    path = visit.path
    return see_other(customer_file(visit.ports, path["token"], path["message"], path["attachment"]))


def _answer_once(visit: Visit, token: str, posted: Posted, answer: NewAnswer) -> Ticket:
    key = key_of_stamp(visit.ports, posted.get("stamp"))
    # Without a stamp that holds, the link alone is proof enough; only the guard against a double
    # click is missing then.
    remembered = remembered_form("portal-answer", key, {"text": answer.text}) if key else None
    return answer_by_link(
        visit.ports, token, answer.text, tuple(answer.uploads), remembered=remembered
    )


def _ticket(
    visit: Visit, thread: PublicThread, typed: Posted, faults: dict[str, str], status: int
) -> Response:
    ticket, token = thread.ticket, visit.path["token"]
    language = _language(visit, ticket)
    words = translator(language)
    sentence, more = _status_sentence(ticket, thread.handled_by, words)
    return html_page(
        visit.frame(here=f"/t/{token}" if status == 200 else "", language=language),
        "ticket.html",
        status=status,
        ticket=ticket,
        told=told_by_customer(visit.desk, ticket, language, words),
        messages=[_shown(message) for message in thread.messages],
        older=thread.older,
        sentence=sentence,
        more=more,
        settled=ticket.status in _SETTLED,
        base=f"/t/{token}",
        lang_query=f"?lang={visit.asked_language}" if visit.asked_language else "",
        zone=time_zone_of(visit.desk, ticket),
        stamp=new_stamp(visit.ports),
        typed=typed,
        faults=faults,
    )


def _language(visit: Visit, ticket: Ticket) -> str:
    """The ticket's own language, unless the visitor switched."""
    return visit.asked_language or ticket.language


def _shown(message: Message) -> dict[str, object]:
    """A message for the template.

    A mail that quotes is shown by what was newly written. The rest can be unfolded where it is the
    customer's own; what an agent's mail quotes may be internal.
    """
    by_desk = message.author.kind is not ActorKind.CUSTOMER
    quotes = bool(message.full_text)
    return {
        "id": message.id,
        "by_desk": by_desk,
        "author": message.author.name,
        "at": message.created_at,
        "text": message.text,
        "html": "" if quotes else _clean(message.html),
        "full_text": "" if by_desk else message.full_text,
        "files": message.attachments,
    }


def _clean(html: str) -> str:
    """Cleaned when it came, and again here: this is the last gate before a browser.

    Styles and inline pictures go first. The page's policy would block them anyway, and with its
    own colours a mail can be read in the dark.
    """
    if not html:
        return ""
    from chalicelib.html.clean import clean_html

    return clean_html(_ATTRIBUTE.sub(_unless_blocked, html))


# As the cleaner writes them: names in lower case, every value in double quotes.
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')


def _unless_blocked(attribute: re.Match[str]) -> str:
    name, value = attribute.groups()
    blocked = name == "style" or (name == "src" and value.startswith("cid:"))
    return "" if blocked else attribute[0]


_SETTLED = frozenset({Status.RESOLVED, Status.CLOSED})


def _status_sentence(ticket: Ticket, handled_by: str, words: NullTranslations) -> tuple[str, str]:
    """How the ticket stands, as a person would say it, and what the customer can do."""
    say = words.gettext
    if ticket.status in _SETTLED:
        opens = say("If something is still open, write below: your request opens again.")
        return say("This request is solved."), opens
    if ticket.status is Status.ANSWERED:
        return say("We are waiting for your answer."), ""
    if ticket.status is Status.POSTPONED:
        return say("We are looking into it and will come back to you."), ""
    if handled_by:
        return say("%(name)s is working on it.") % {"name": handled_by}, ""
    if ticket.status is Status.NEW:
        return say("We have your request and will answer soon."), ""
    return say("We have your message and will answer soon."), ""
