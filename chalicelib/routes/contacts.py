"""Customers: read, change, merge."""

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.access import Action
from chalicelib.domain.errors import Fault, InvalidRequest
from chalicelib.domain.set_up import organisation_of
from chalicelib.domain.wording import words
from chalicelib.routes.cursors import position_of, signed_cursor
from chalicelib.routes.endpoint import Call, endpoint
from chalicelib.routes.schemas import contacts as wire
from chalicelib.usecases.contacts import change_contact, merge_contacts
from chalicelib.usecases.find_contacts import find_contacts
from chalicelib.usecases.ports import Contact

blueprint = Blueprint(__name__)
_LONGEST_ADDRESS = 254


@endpoint(
    blueprint, "GET", "/v1/contacts",
    action=Action.LIST_TICKETS, answer=wire.FoundContacts, problems=(422,),
    query={
        "address": "A whole e-mail address, in any case of its letters.",
        "search": "Beginnings of names, addresses, domains or the name of an organisation.",
        "cursor": "Cursor `next` of the page before, with the same search.",
        "limit": "At most 50.",
    },
)  # fmt: skip
def find_contact(call: Call[None]) -> wire.FoundContacts:
    """Find the customer of an address, at most one, or customers by what is remembered of them.

    A page may be shorter than its limit, even empty; `next` says whether there are more.
    """
    if "search" in call.query:
        return _search(call, call.query["search"][:_LONGEST_ADDRESS])
    address = call.query.get("address", "").strip()
    if "@" not in address or len(address) > _LONGEST_ADDRESS:
        raise InvalidRequest(Fault("address", words("Give a whole e-mail address to look for.")))
    found = bootstrap.ports().customers.find_by_address(address)
    return wire.FoundContacts(contacts=[_body(found)] if found else [], next=None)


def _search(call: Call[None], text: str) -> wire.FoundContacts:
    of_list = f"contacts|{text}"
    found, after = find_contacts(
        bootstrap.ports(), text, limit=call.limit(),
        cursor=position_of(of_list, call.query.get("cursor", "")),
    )  # fmt: skip
    return wire.FoundContacts(
        contacts=[_body(one) for one in found], next=signed_cursor(of_list, after)
    )


@endpoint(
    blueprint, "GET", "/v1/contacts/{contact}",
    action=Action.LIST_TICKETS, answer=wire.ContactBody, problems=(404,),
)  # fmt: skip
def read_contact(call: Call[None]) -> wire.ContactBody:
    """Read a customer's name, addresses and organisation."""
    return _body(bootstrap.ports().customers.get(call.path["contact"]))


@endpoint(
    blueprint, "PATCH", "/v1/contacts/{contact}",
    action=Action.CHANGE_CONTACT, body=wire.ContactChange, answer=wire.ContactBody,
    problems=(404, 409, 422),
)  # fmt: skip
def change_a_contact(call: Call[wire.ContactChange]) -> wire.ContactBody:
    """Change a customer's name or addresses."""
    changed = change_contact(
        bootstrap.ports(), call.path["contact"], name=call.body.name, addresses=call.body.addresses
    )
    return _body(changed)


@endpoint(
    blueprint, "POST", "/v1/contacts/{contact}/merge",
    action=Action.CHANGE_CONTACT, body=wire.ContactMerge, answer=wire.ContactBody,
    problems=(404, 422),
)  # fmt: skip
def merge_a_contact(call: Call[wire.ContactMerge]) -> wire.ContactBody:
    """Merge a customer into another who is the same person, and get that one."""
    return _body(merge_contacts(bootstrap.ports(), call.path["contact"], call.body.into))


def _body(contact: Contact) -> wire.ContactBody:
    organisations = bootstrap.desk_now().organisations
    organisation_id = organisation_of(organisations, contact.email)
    known = organisations.get(organisation_id)
    return wire.ContactBody(
        id=contact.id,
        name=contact.name,
        addresses=list(contact.addresses),
        organisation_id=organisation_id,
        organisation_name=known.name if known else "",
        created_at=contact.created_at,
        merged_into=contact.merged_into,
    )
