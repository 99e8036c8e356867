"""Errors as ``application/problem+json`` (RFC 9457): the only place that knows status codes.

Also the only place of the API that knows who reads them: what the rules say is told here in the
language that the request asks for.
"""

import json
import re
from collections.abc import Iterable

from chalice.app import Response

from chalicelib.domain import errors
from chalicelib.domain.wording import Words
from chalicelib.routes.schemas.base import FieldFault, Problem

STATUS_CODES: dict[type[errors.DeskError], int] = {
    errors.NotFound: 404,
    errors.TicketNotFound: 404,
    errors.NotAllowed: 403,
    errors.KeyNotValid: 401,
    errors.InvalidTransition: 409,
    errors.StaleTicket: 409,
    errors.StaleSetting: 409,
    errors.ScheduledReplyGone: 404,
    errors.StaleScheduledReply: 409,
    errors.LostRace: 503,
    errors.InvalidSetting: 422,
    errors.InvalidRequest: 422,
    errors.NothingToSolve: 404,
    errors.AtCapacity: 409,
    errors.AlreadyAssigned: 409,
    errors.InvalidLink: 404,
    errors.KeyReused: 422,
    errors.AddressTaken: 409,
    errors.TooManyRequests: 429,
    errors.Unavailable: 503,
}
ENGLISH = "en"
MEDIA_TYPE = "application/problem+json"


def problem_type(error: type[errors.DeskError]) -> str:
    """The stable name of a kind of error.

    >>> problem_type(errors.StaleTicket)
    'urn:chamado:problem:stale-ticket'
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", error.__name__).lower()
    return f"urn:chamado:problem:{words}"


def language_of(accept_language: str) -> str:
    """The language of ours that a request asks for; English where it asks for none.

    >>> language_of("pt-BR, en;q=0.5"), language_of("")
    ('pt_BR', 'en')
    """
    # Most programs ask for none, and need nothing of this loaded.
    if not accept_language:
        return ENGLISH
    from chalicelib.translations import LANGUAGES
    from chalicelib.translations.choice import choose_language

    return choose_language("", accept_language, LANGUAGES)


def content_language(language: str) -> dict[str, str]:
    """The header that says in which language an answer's sentences are."""
    return {"Content-Language": language.replace("_", "-")}


def told_in(language: str, said: Words) -> str:
    """A sentence of the rules in a language. Its catalogue is read when it is first needed."""
    if language == ENGLISH:
        return str(said)
    from chalicelib.translations.telling import told

    return told(said, language)


def told_faults(faults: Iterable[errors.Fault], language: str) -> list[FieldFault]:
    """Faults and warnings of fields in a language."""
    return [FieldFault(field=f.field, message=told_in(language, f.message)) for f in faults]


def problem_of(error: errors.DeskError, language: str) -> Problem:
    """What is told of an error in a language, with one entry per field at fault.

    Type and title are the same in every language: programs go by them.
    """
    kind = type(error)
    return Problem(
        type=problem_type(kind),
        title=re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__).capitalize(),
        status=STATUS_CODES.get(kind, 500),
        detail=told_in(language, error.detail),
        advice=told_in(language, error.advice),
        errors=told_faults(_faults_of(error), language),
    )


def respond(problem: Problem, language: str, **headers: str) -> Response:
    """The answer that carries a problem, and says in which language."""
    return Response(
        body=json.dumps(problem.model_dump(mode="json")),
        status_code=problem.status,
        headers={
            "Content-Type": MEDIA_TYPE,
            "Cache-Control": "no-store",
            **content_language(language),
            **headers,
        },
    )


def _faults_of(error: errors.DeskError) -> tuple[errors.Fault, ...]:
    return error.faults if isinstance(error, errors.InvalidRequest | errors.InvalidSetting) else ()
