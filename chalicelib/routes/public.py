"""What needs no sign-in: the form as an API, the sign-in's addresses, health, documentation."""

from chalice.app import Blueprint, Response

from chalicelib import bootstrap
from chalicelib.domain.ticket import Channel
from chalicelib.routes.endpoint import Call, Reply, endpoint
from chalicelib.routes.idempotency import first_answer, remembered
from chalicelib.routes.schemas import people
from chalicelib.routes.schemas import tickets as wire
from chalicelib.settings import settings
from chalicelib.usecases.attachments import offer_upload
from chalicelib.usecases.open_ticket import NewTicket, open_ticket
from chalicelib.usecases.ports import AlreadyDone

blueprint = Blueprint(__name__)
_TRAP_NUMBER = 0


@endpoint(
    blueprint, "POST", "/v1/requests",
    action=None, body=wire.NewRequest, answer=wire.RequestReceived, status=201,
    problems=(422, 429),
)  # fmt: skip
def send_request(call: Call[wire.NewRequest]) -> wire.RequestReceived:
    """Send a request as a customer; the link to it comes by mail."""
    body = call.body
    if body.website:
        # A robot filled in the field that people do not see: it learns nothing.
        return wire.RequestReceived(number=_TRAP_NUMBER)
    asked = remembered("form", call.idempotency_key, "requests", body)
    wanted = NewTicket(
        name=body.name,
        email=body.email,
        subject=body.subject,
        text=body.description,
        channel=Channel.FORM,
        topic_id=body.topic or "",
        language=body.language or "",
        uploads=tuple(body.uploads),
        fields=body.fields or {},
        by_customer=True,
    )
    try:
        ticket = open_ticket(bootstrap.ports(), wanted, remembered=asked)
    except AlreadyDone as done:
        return wire.RequestReceived(number=int(first_answer(done, asked)["number"]))
    return wire.RequestReceived(number=ticket.number)


@endpoint(
    blueprint, "POST", "/v1/request-uploads",
    action=None, body=wire.NewUpload, answer=wire.UploadSlot, status=201, problems=(422, 429),
)  # fmt: skip
def offer_customer_upload(call: Call[wire.NewUpload]) -> wire.UploadSlot:
    """Get a place to send a file to, before a request takes it."""
    slot = offer_upload(bootstrap.ports(), **call.body.model_dump())
    return wire.UploadSlot(upload=slot.upload, url=slot.url, fields=dict(slot.fields))


@endpoint(blueprint, "GET", "/v1/sign-in", action=None, answer=people.SignIn)
def read_sign_in(call: Call[None]) -> Reply:  # noqa: ARG001 - every view takes the call
    """Read where and how the console signs in."""
    known = settings()
    answer = people.SignIn(
        issuer=known.oidc_issuer,
        client_id=known.oidc_client_id,
        authorize_url=known.oidc_authorize_url,
        token_url=known.oidc_token_url,
        logout_url=known.oidc_logout_url,
        keys_url=known.oidc_keys_url,
    )
    return Reply(answer, {"Cache-Control": "public, max-age=300"})


@endpoint(blueprint, "GET", "/v1/health", action=None, answer=people.Health)
def read_health(call: Call[None]) -> people.Health:  # noqa: ARG001 - as above
    """Tell that the desk answers."""
    return people.Health(status="ok")


@blueprint.route("/v1/openapi.json", methods=["GET"])
def read_openapi() -> Response:
    """The description of this API."""
    from chalicelib.routes.openapi import document_json

    headers: dict[str, str | list[str]] = {
        "Content-Type": "application/json",
        "Cache-Control": "public, max-age=300",
    }
    return Response(body=document_json(), status_code=200, headers=headers)
