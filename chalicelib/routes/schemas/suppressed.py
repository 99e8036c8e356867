"""Bodies about addresses that get no mail."""

from pydantic import BaseModel, ConfigDict, EmailStr, Field

from chalicelib.routes.schemas.base import Answer, Moment, Request
from chalicelib.usecases.ports import SuppressionReason


class SuppressedAddressBody(Answer):
    """An address that gets no mail. ``number`` is the ticket whose mail came back."""

    address: str
    reason: SuppressionReason
    since: Moment
    detail: str
    number: int | None = Field(default=None)


class SuppressedAddressPage(Answer):
    """By address."""

    addresses: list[SuppressedAddressBody]
    next: str | None = Field(default=None)


class NewSuppressedAddress(Request):
    """Why an address is to get no mail, for whoever reads the list later."""

    reason: str = Field(default="", max_length=500)


class AnAddress(BaseModel):
    """What stands in the path."""

    model_config = ConfigDict(defer_build=True)
    address: EmailStr = Field(max_length=254)
