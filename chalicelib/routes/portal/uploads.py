"""Where the portal's script asks for a place for each file, before it sends it to the bucket."""

import json

from chalice.app import Response
from pydantic import ValidationError

from chalicelib.domain.errors import Fault, InvalidRequest
from chalicelib.domain.wording import words
from chalicelib.routes.body_faults import invalid_request
from chalicelib.routes.portal.web import Visit, page
from chalicelib.routes.problems import problem_of, respond
from chalicelib.routes.schemas.tickets import NewUpload, UploadSlot
from chalicelib.usecases.attachments import offer_upload

_MAX_BODY_BYTES = 4_000


@page("POST", "/uploads", content_types=("application/json",))
def offer_place(visit: Visit) -> Response:
    """A place for one file, or the reason why it is not taken."""
    try:
        slot = _slot(visit)
    except InvalidRequest as error:
        return respond(problem_of(error, visit.language), visit.language)
    headers: dict[str, str | list[str]] = {
        "Content-Type": "application/json",
        "Cache-Control": "no-store",
    }
    return Response(json.dumps(slot.model_dump(mode="json")), status_code=200, headers=headers)


def _slot(visit: Visit) -> UploadSlot:
    raw = visit.request.raw_body or b""
    if len(raw) > _MAX_BODY_BYTES:
        raise InvalidRequest(
            Fault("body", words("Send at most {most} bytes.", most=_MAX_BODY_BYTES))
        )
    try:
        wanted = NewUpload.model_validate_json(raw)
    except ValidationError as error:
        raise invalid_request(error) from error
    offered = offer_upload(
        visit.ports, filename=wanted.filename, content_type=wanted.content_type, size=wanted.size
    )
    return UploadSlot(upload=offered.upload, url=offered.url, fields=dict(offered.fields))
