"""Addresses that get no mail, over the API: who is on the list, and who comes off it."""

from urllib.parse import unquote

from chalice.app import Blueprint
from pydantic import ValidationError

from chalicelib import bootstrap
from chalicelib.domain.access import Action
from chalicelib.routes.body_faults import invalid_request
from chalicelib.routes.cursors import position_of, signed_cursor
from chalicelib.routes.endpoint import Call, Reply, endpoint
from chalicelib.routes.schemas import suppressed as schemas
from chalicelib.usecases.suppressed_addresses import allow_again, suppress_by_hand
from chalicelib.usecases.visible_tickets import hidden_among

blueprint = Blueprint(__name__)

_ALL = "/v1/suppressed-addresses"
_ONE = f"{_ALL}/{{address}}"


@endpoint(
    blueprint, "GET", _ALL,
    action=Action.READ_SUPPRESSED_ADDRESSES, answer=schemas.SuppressedAddressPage, problems=(422,),
    query={
        "prefix": "Only addresses that begin so.",
        "cursor": "Cursor `next` of the page before, with the same prefix.",
        "limit": "At most 50.",
    },
)  # fmt: skip
def list_suppressed_addresses(call: Call[None]) -> schemas.SuppressedAddressPage:
    """List addresses that get no mail, by address."""
    prefix = call.query.get("prefix", "")[:254]
    of_list = f"suppressed-addresses|{prefix}"
    ports = bootstrap.ports()
    found, after = ports.suppressions.list_by_address(
        prefix, limit=call.limit(), cursor=position_of(of_list, call.query.get("cursor", ""))
    )
    hidden = hidden_among(ports, call.agent, (one.number for one in found))
    return schemas.SuppressedAddressPage(
        addresses=[
            schemas.SuppressedAddressBody(
                address=one.address,
                reason=one.reason,
                since=one.since,
                detail=one.detail,
                number=one.number if one.number and one.number not in hidden else None,
            )
            for one in found
        ],
        next=signed_cursor(of_list, after),
    )


@endpoint(
    blueprint, "PUT", _ONE,
    action=Action.CHANGE_SUPPRESSED_ADDRESSES, body=schemas.NewSuppressedAddress, status=204,
    problems=(422,),
)  # fmt: skip
def suppress_address(call: Call[schemas.NewSuppressedAddress]) -> Reply:
    """Send nothing to an address from now on; one that is on the list stays as it is."""
    suppress_by_hand(bootstrap.ports(), _checked(call.path["address"]), call.body.reason)
    return Reply(None)


@endpoint(
    blueprint, "DELETE", _ONE,
    action=Action.CHANGE_SUPPRESSED_ADDRESSES, status=204, problems=(404, 503),
)  # fmt: skip
def allow_address(call: Call[None]) -> Reply:
    """Send mail to an address again; it comes off the mail service's own list too."""
    allow_again(bootstrap.ports(), _plain(call.path["address"]))
    return Reply(None)


def _plain(address: str) -> str:
    """The address as it is: API Gateway hands over what stands in the path encoded."""
    return unquote(address).strip()


def _checked(address: str) -> str:
    try:
        return schemas.AnAddress(address=_plain(address)).address
    except ValidationError as error:
        raise invalid_request(error) from error
