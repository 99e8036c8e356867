"""The form by which a customer asks for help, and the page that says it arrived."""

from collections.abc import Mapping
from urllib.parse import quote

from chalice.app import Response
from pydantic import ValidationError

from chalicelib.domain.desk import Desk
from chalicelib.domain.errors import InvalidLink, InvalidRequest
from chalicelib.domain.expectation import first_answer_expected
from chalicelib.domain.ticket import Channel, Priority
from chalicelib.domain.tokens import read_signed_text, sign_text
from chalicelib.routes.portal.form_body import (
    NOTHING_TYPED,
    OWN_FIELD,
    Posted,
    checked,
    faults_in,
    read_form,
)
from chalicelib.routes.portal.form_fields import (
    asks_more,
    field_faults,
    in_language,
    in_order,
    shown_fields,
    typed_values,
)
from chalicelib.routes.portal.rendering import html_page
from chalicelib.routes.portal.stamps import key_of_stamp, new_stamp, remembered_form
from chalicelib.routes.portal.web import Visit, page, see_other
from chalicelib.routes.schemas.tickets import NewRequest
from chalicelib.translations.durations import expectation
from chalicelib.usecases.open_ticket import NewTicket, open_ticket
from chalicelib.usecases.ports import AlreadyDone, Remembered

_RECEIPT = "received"
_MOST_CARDS = 6
_OWN_FIELDS = frozenset({"stamp", "lang"})


@page("GET", "/")
def request_form(visit: Visit) -> Response:
    """The empty form; the choice of a topic first, where topics ask for different things."""
    topic_id = visit.query.get("topic", "")
    if not asks_more(visit.desk):
        return _form(visit, NOTHING_TYPED, {}, 200)
    if topic_id in visit.desk.topics:
        return _form(visit, Posted({"topic": topic_id}), {}, 200)
    topics = _topics(visit)
    return html_page(
        visit.frame(here="/"), "topics.html", topics=topics, as_cards=len(topics) <= _MOST_CARDS
    )


@page("POST", "/requests")
def send_request(visit: Visit) -> Response:
    """A filled form becomes a ticket, once, however often the button is pressed."""
    posted = read_form(visit.request)
    if posted.get("website"):
        # Only a robot fills a field that nobody can see. It is told what it wants to hear.
        visit.notes["outcome"] = "trapped"
        return _received_at(visit, "")
    key = key_of_stamp(visit.ports, posted.get("stamp"))
    wanted, faults = _read(visit, posted)
    if not faults and key is None:
        visit.notes["outcome"] = "stamp_refused"
        say = visit.words.gettext
        faults["form"] = say("We could not take the form at once. Press the button again, please.")
    if faults or wanted is None:
        return _form(visit, posted, faults, 422)
    try:
        number = _number_of_ticket(visit, wanted, key or "")
    except InvalidRequest as error:
        return _form(visit, posted, faults_in(error, visit.words), 422)
    visit.notes["ticket"] = number
    return _received_at(visit, f"{number} {wanted.topic or ''}")


@page("GET", "/requests")
def requests_by_address(visit: Visit) -> Response:  # noqa: ARG001 - every page takes the visit
    """Who reloads the address of a refused form wants the form."""
    return see_other("/")


@page("GET", "/requests/received")
def request_received(visit: Visit) -> Response:
    """The number, when to expect an answer, and that a mail is on its way."""
    number, topic_id = _receipt(visit)
    return html_page(
        visit.frame(),
        "received.html",
        number=number,
        expectation=_expectation(visit, topic_id) if number else "",
    )


def _read(visit: Visit, posted: Posted) -> tuple[NewRequest | None, dict[str, str]]:
    """The request that was typed, and everything that is wrong with it at once."""
    values = typed_values(visit.desk, posted, visit.language)
    faults = _topic_fault(visit, posted)
    if not faults:
        faults = field_faults(visit.desk, posted.get("topic"), values, visit.words)
    try:
        return _wanted(visit, posted, values), faults
    except ValidationError as error:
        return None, faults | faults_in(error, visit.words)


def _wanted(visit: Visit, posted: Posted, fields: Mapping[str, object]) -> NewRequest:
    values = {
        name: text
        for name, text in posted.values.items()
        if name not in _OWN_FIELDS and not name.startswith(OWN_FIELD)
    }
    beyond = {"uploads": posted.signed_uploads, "language": visit.language, "fields": fields}
    request: NewRequest = checked(
        NewRequest, {**values, **beyond, "topic": values.get("topic") or None}
    )
    return request


def _topic_fault(visit: Visit, posted: Posted) -> dict[str, str]:
    """The API can do without a topic; who fills in the form chooses one where there are any."""
    if visit.desk.topics and posted.get("topic") not in visit.desk.topics:
        return {"topic": visit.words.gettext("Choose what it is about.")}
    return {}


def _number_of_ticket(visit: Visit, wanted: NewRequest, key: str) -> int:
    content = wanted.model_dump(mode="json", exclude_none=True)
    remembered = remembered_form("portal", key, content)
    try:
        return _open(visit, wanted, remembered)
    except AlreadyDone as done:
        visit.notes["outcome"] = "repeated"
        answer = done.remembered.answer if done.remembered else {}
        return int(answer.get("number", 0))


def _open(visit: Visit, wanted: NewRequest, remembered: Remembered) -> int:
    ticket = open_ticket(
        visit.ports,
        NewTicket(
            name=wanted.name,
            email=wanted.email,
            subject=wanted.subject,
            text=wanted.description,
            channel=Channel.FORM,
            topic_id=wanted.topic or "",
            language=visit.language,
            uploads=tuple(wanted.uploads),
            fields=wanted.fields or {},
            by_customer=True,
        ),
        remembered=remembered,
    )
    return ticket.number


def _form(visit: Visit, posted: Posted, faults: dict[str, str], status: int) -> Response:
    topics = _topics(visit)
    topic_id = posted.get("topic")
    is_second_step = asks_more(visit.desk) and topic_id in visit.desk.topics
    fields = shown_fields(visit.desk, topic_id, visit.language)
    here = f"/?topic={topic_id}" if is_second_step else "/"
    return html_page(
        visit.frame(here=here if status == 200 else ""),
        "form.html",
        status=status,
        stamp=new_stamp(visit.ports),
        topics=topics,
        chosen=next((t for t in topics if t[0] == topic_id), None) if is_second_step else None,
        as_cards=len(topics) <= _MOST_CARDS,
        fields=fields,
        own_labels={field.name: field.label for field in fields},
        typed=posted,
        faults=in_order(faults, fields),
    )


def _topics(visit: Visit) -> list[tuple[str, str, str]]:
    """Id, name and hint of each, in the visitor's language."""
    language, fallback = visit.language, visit.desk.profile.languages[0]
    return [
        (t.id, in_language(t.names, language, fallback), in_language(t.hints, language, fallback))
        for t in sorted(visit.desk.topics.values(), key=lambda topic: (topic.position, topic.id))
    ]


def _received_at(visit: Visit, text: str) -> Response:
    receipt = sign_text(_RECEIPT, text, visit.ports.secrets.keyring()) if text else ""
    parameters = [("r", receipt), ("lang", visit.asked_language)]
    query = "&".join(f"{name}={quote(value)}" for name, value in parameters if value)
    return see_other(f"/requests/received?{query}".rstrip("?"))


def _receipt(visit: Visit) -> tuple[int, str]:
    """Number and topic of the request; nothing for a receipt that is not ours."""
    try:
        text = read_signed_text(_RECEIPT, visit.query.get("r", ""), visit.ports.secrets.keyring())
    except InvalidLink:
        return 0, ""
    number, _, topic_id = text.partition(" ")
    return int(number), topic_id


def _expectation(visit: Visit, topic_id: str) -> str:
    department_id, priority = _where(visit.desk, topic_id)
    promised = first_answer_expected(visit.desk, department_id, priority)
    if promised is None:
        return ""
    return expectation(promised.minutes, visit.language, workday_minutes=promised.workday_minutes)


def _where(desk: Desk, topic_id: str) -> tuple[str, Priority]:
    topic = desk.topics.get(topic_id)
    if topic is None:
        return desk.default_mailbox().department_id, Priority.NORMAL
    return topic.department_id, topic.priority
