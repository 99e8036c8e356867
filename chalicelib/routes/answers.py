"""Ready-made words over the API: found, kept, and filled in for a ticket."""

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.access import Action
from chalicelib.domain.answers import Answer, AnswerKind, may_change, place_of
from chalicelib.domain.desk import Agent
from chalicelib.domain.errors import Fault, InvalidRequest, NotFound
from chalicelib.domain.wording import words
from chalicelib.routes.cursors import position_of, signed_cursor
from chalicelib.routes.endpoint import Call, Reply, endpoint
from chalicelib.routes.schemas import answers as wire
from chalicelib.routes.schemas.tickets import TicketChange
from chalicelib.usecases import answers as usecase
from chalicelib.usecases.settings_promises import StepDocument, all_of

blueprint = Blueprint(__name__)

_ALL = "/v1/answers"
_ONE = f"{_ALL}/{{answer}}"


@endpoint(
    blueprint, "GET", _ALL,
    action=Action.READ_ANSWERS, answer=wire.AnswerPage, problems=(422,),
    query={
        "kind": "canned_message, predefined_answer or macro; all without it.",
        "search": "Stands in the title, the folder or the words.",
        "cursor": "Cursor `next` of the page before, with the same kind and search.",
        "limit": "At most 50. A search can make a page shorter.",
    },
)  # fmt: skip
def list_answers(call: Call[None]) -> wire.AnswerPage:
    """List ready-made words: everybody's, those of the agent's departments, his own."""
    asked, search = call.query.get("kind", ""), call.query.get("search", "")[:100]
    if asked and asked not in set(AnswerKind):
        raise InvalidRequest(
            Fault("kind", words("Give one of {known}.", known=", ".join(AnswerKind)))
        )
    of_list = f"answers|{call.agent.id}|{asked}|{search}"
    found, after = usecase.list_answers(
        bootstrap.ports(), call.agent, kind=AnswerKind(asked) if asked else None, search=search,
        limit=call.limit(), cursor=position_of(of_list, call.query.get("cursor", "")),
    )  # fmt: skip
    return wire.AnswerPage(
        answers=[_body(call.agent, answer) for answer in found],
        next=signed_cursor(of_list, after),
    )


@endpoint(
    blueprint, "POST", _ALL,
    action=Action.CHANGE_ANSWERS, body=wire.NewAnswer, answer=wire.AnswerBody, status=201,
    problems=(422,),
)  # fmt: skip
def create_answer(call: Call[wire.NewAnswer]) -> Reply:
    """Keep new words."""
    body = call.body
    return _kept(call.agent, Answer("", body.kind, body.owner, body.title), body)


@endpoint(blueprint, "GET", _ONE, action=Action.READ_ANSWERS, answer=wire.AnswerBody,
          problems=(404,))  # fmt: skip
def read_answer(call: Call[None]) -> Reply:
    """Read ready-made words as they are kept."""
    found = usecase.find_answer(bootstrap.ports(), call.agent, call.path["answer"])
    return Reply(_body(call.agent, found), {"ETag": f'"{found.version}"'})


@endpoint(
    blueprint, "PUT", _ONE,
    action=Action.CHANGE_ANSWERS, body=wire.KeepAnswer, answer=wire.AnswerBody,
    needs_version=True, problems=(404, 409, 422),
)  # fmt: skip
def change_answer(call: Call[wire.KeepAnswer]) -> Reply:
    """Change ready-made words."""
    place = place_of(call.path["answer"])
    if place is None:
        raise NotFound("Answer", call.path["answer"])
    owner, kind, name = place
    known = Answer(name, kind, owner, call.body.title, version=call.based_on or 0)
    return _kept(call.agent, known, call.body)


@endpoint(
    blueprint, "DELETE", _ONE,
    action=Action.CHANGE_ANSWERS, status=204, needs_version=True, problems=(404, 409, 422),
)  # fmt: skip
def remove_answer(call: Call[None]) -> Reply:
    """Take ready-made words away; messages that have them stay as they are."""
    usecase.remove_answer(
        bootstrap.ports(), call.agent, call.path["answer"], based_on=call.based_on or 0
    )
    return Reply(None)


@endpoint(
    blueprint, "POST", "/v1/tickets/{number}/answers/{answer}",
    action=Action.READ_ANSWERS, answer=wire.InsertedAnswer, problems=(404,),
)  # fmt: skip
def insert_answer(call: Call[None]) -> wire.InsertedAnswer:
    """Fill ready-made words in for a ticket. Nothing of the ticket changes."""
    made = usecase.insert_answer(
        bootstrap.ports(), call.agent, call.number, call.path["answer"],
        cause=call.idempotency_key,
    )  # fmt: skip
    return wire.InsertedAnswer(
        title=made.answer.title,
        text=made.text,
        files=[
            wire.InsertedFile(upload=upload, filename=file.filename, size=file.size)
            for file, upload in made.files
        ],
        change=TicketChange.model_validate(dict(made.change)) if made.change else None,
    )


def _kept(agent: Agent, answer: Answer, body: wire.KeepAnswer) -> Reply:
    wanted = Answer(
        answer.name, answer.kind, answer.owner, body.title, body.text, body.folder,
        all_of("steps", body.steps), version=answer.version,
    )  # fmt: skip
    saved = usecase.save_answer(
        bootstrap.ports(), agent, wanted, uploads=body.uploads, keep=body.files
    )
    return Reply(_body(agent, saved), {"ETag": f'"{saved.version}"'})


def _body(agent: Agent, answer: Answer) -> wire.AnswerBody:
    return wire.AnswerBody(
        id=answer.id,
        kind=answer.kind,
        owner=answer.owner,
        title=answer.title,
        text=answer.text,
        folder=answer.folder,
        steps=[
            StepDocument(kind=s.kind, value=s.value, field=s.field, text=s.text)
            for s in answer.steps
        ],
        files=[
            wire.AnswerFile(id=f.id, filename=f.filename, content_type=f.content_type, size=f.size)
            for f in answer.files
        ],
        may_change=may_change(bootstrap.desk_now(), agent, answer.owner),
        version=answer.version,
    )
