"""Tokens in quoted text are made useless, for customers forward mails."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.tokens import (
    Keyring,
    capability,
    link_token,
    rating_token,
    reply_token,
    without_tokens,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
KEYRING = Keyring({1: b"k" * 32})


@pytest.mark.row("J2")
@given(number=st.integers(1, 10**9), epoch=st.integers(1, 500))
def test_no_link_or_reply_address_survives_a_quote(number: int, epoch: int) -> None:
    granted = capability(number, "01M807NX4BDCT78GNWVV1DXD4T", epoch)
    link, reply = link_token(granted, KEYRING, NOW), reply_token(granted, KEYRING)
    rating = rating_token(granted, KEYRING)

    left = without_tokens(
        f"> https://desk.test/t/{link}\n> support+{reply.upper()}@desk.test\n"
        f"> https://desk.test/s/{rating}?rating=good"
    )

    assert link not in left
    assert rating not in left
    assert reply.upper() not in left


def test_ordinary_words_are_left_alone() -> None:
    text = "Order l1-22-33, see https://shop.example.com/item-1234567890-abc"

    assert without_tokens(text) == text
