"""Cursors that a client cannot make or move: signed for one list and one person."""

from chalicelib import bootstrap
from chalicelib.domain.errors import Fault, InvalidLink, InvalidRequest
from chalicelib.domain.tokens import read_signed_text, sign_text
from chalicelib.domain.wording import words


def signed_cursor(of_list: str, position: str) -> str | None:
    """A position as a cursor for this list; None at the end."""
    if not position:
        return None
    return sign_text(f"cursor|{of_list}", position, bootstrap.ports().secrets.keyring())


def position_of(of_list: str, cursor: str) -> str:
    """The position that a cursor of this list stands for; empty for the start.

    Raises:
        InvalidRequest: the cursor is not one that we gave out for this list.
    """
    if not cursor:
        return ""
    try:
        keyring = bootstrap.ports().secrets.keyring()
        return read_signed_text(f"cursor|{of_list}", cursor, keyring)
    except InvalidLink as error:
        message = words("Take the cursor from the page before, or leave it out to start again.")
        raise InvalidRequest(Fault("cursor", message)) from error
