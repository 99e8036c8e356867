"""Customers as the desk knows them."""

from pydantic import EmailStr, Field

from chalicelib.routes.schemas.base import Answer, Moment, Request
from chalicelib.routes.schemas.tickets import PersonName
from chalicelib.usecases.contacts import MAX_ADDRESSES


class ContactBody(Answer):
    """A customer; he is written to at the first address."""

    id: str
    name: str
    addresses: list[str]
    organisation_id: str = Field(description="By the domain of the first address; may be empty.")
    organisation_name: str
    created_at: Moment
    merged_into: str = Field(description="The contact that stands for this one; may be empty.")


class FoundContacts(Answer):
    """The contacts that were sought; none is no fault."""

    contacts: list[ContactBody]
    next: str | None = Field(description="Cursor of the next page; null at the end.")


class ContactChange(Request):
    """What to change; fields that are left out stay."""

    name: PersonName | None = None
    addresses: list[EmailStr] | None = Field(
        default=None, min_length=1, max_length=MAX_ADDRESSES,
        description="All addresses; the first is the one he is written to.",
    )  # fmt: skip


class ContactMerge(Request):
    """The contact that takes this one's addresses and tickets over."""

    into: str = Field(min_length=1, max_length=64)
