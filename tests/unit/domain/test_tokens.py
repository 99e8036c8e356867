"""Signed reply addresses and links: what opens a ticket, and what does not any more."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import InvalidLink
from chalicelib.domain.tokens import (
    LINK_LIFETIME,
    MAX_MAILBOX_CHARACTERS,
    MAX_SEEN,
    AgentCapability,
    Keyring,
    agent_token,
    capability,
    link_token,
    name_key,
    read_agent_token,
    read_link_token,
    read_reply_token,
    read_signed_text,
    reply_token,
    sign_text,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
KEYS = Keyring({1: b"k" * 32})
PERSON = "01JN8Z3Q4R5S6T7V8W9X0Y1Z2A"
OTHER_PERSON = "01JN8Z3Q4R5S6T7V8W9X0Y1Z2B"
GRANTED = capability(1042, PERSON, 1)
ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789-"

tickets = st.integers(1, 60_000_000)
epochs = st.integers(1, 35)


@pytest.mark.row(27, "J1")
@given(tickets, epochs)
def test_a_reply_token_opens_the_ticket_it_was_made_for(number: int, epoch: int) -> None:
    granted = capability(number, PERSON, epoch)

    assert read_reply_token(reply_token(granted, KEYS), KEYS) == granted


@pytest.mark.row(28, "J13")
@given(tickets, st.integers(0, MAX_SEEN), st.booleans())
def test_an_agents_token_says_what_he_saw_and_whether_he_answers_the_customer(
    number: int, seen: int, as_note: bool
) -> None:
    granted = AgentCapability(number, name_key("agent-1"), seen, as_note)
    token = agent_token(granted, KEYS)

    assert read_agent_token(token, KEYS) == granted
    assert len(token) + 1 + MAX_MAILBOX_CHARACTERS <= 64


@pytest.mark.row("J13")
@given(tickets)
def test_no_kind_of_token_does_for_another(number: int) -> None:
    note = agent_token(AgentCapability(number, name_key("agent-1"), 1, as_note=True), KEYS)
    customers = reply_token(capability(number, PERSON, 1), KEYS)

    for token in (customers, "a" + note[1:], "r" + note[1:]):
        with pytest.raises(InvalidLink):
            read_agent_token(token, KEYS)
    with pytest.raises(InvalidLink):
        read_reply_token(note, KEYS)


@pytest.mark.row(27)
def test_a_token_says_for_whom_it_was_made() -> None:
    opened = read_reply_token(reply_token(GRANTED, KEYS), KEYS)

    assert opened.is_for(PERSON)
    assert not opened.is_for(OTHER_PERSON)


@pytest.mark.row(27, "J2")
@given(st.data())
def test_a_token_with_one_character_changed_opens_nothing(data: st.DataObject) -> None:
    token = reply_token(GRANTED, KEYS)
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from(ALPHABET).filter(lambda c: c != token[at]))

    with pytest.raises(InvalidLink):
        read_reply_token(token[:at] + other + token[at + 1 :], KEYS)


@pytest.mark.row(27, "J2")
def test_a_token_with_one_bit_changed_opens_nothing() -> None:
    token = reply_token(GRANTED, KEYS)
    altered = [
        token[:at] + chr(ord(token[at]) ^ (1 << bit)) + token[at + 1 :]
        for at in range(len(token))
        for bit in range(7)
    ]
    # Bit 5 of a letter is its case, which mail systems change and which says nothing.
    altered = [text for text in altered if text.lower() != token]

    for text in altered:
        with pytest.raises(InvalidLink):
            read_reply_token(text, KEYS)


@pytest.mark.row(27)
@given(st.integers(0, 45))
def test_a_token_that_was_cut_opens_nothing(length: int) -> None:
    token = reply_token(GRANTED, KEYS)

    with pytest.raises(InvalidLink):
        read_reply_token(token[: min(length, len(token) - 1)], KEYS)


@pytest.mark.row(27, "J2")
def test_the_signature_of_one_ticket_does_not_open_another() -> None:
    ours, theirs = (reply_token(capability(n, PERSON, 1), KEYS) for n in (1042, 1043))
    swapped = theirs.rpartition("-")[0] + "-" + ours.rpartition("-")[2]

    with pytest.raises(InvalidLink):
        read_reply_token(swapped, KEYS)


def test_a_reply_token_is_no_link_and_a_link_is_no_reply_token() -> None:
    with pytest.raises(InvalidLink):
        read_link_token(reply_token(GRANTED, KEYS), KEYS, NOW)
    with pytest.raises(InvalidLink):
        read_reply_token(link_token(GRANTED, KEYS, NOW), KEYS)


@pytest.mark.row(27)
@given(st.data())
def test_a_mail_system_that_changes_the_case_breaks_nothing(data: st.DataObject) -> None:
    token = reply_token(GRANTED, KEYS)
    shouted = "".join(data.draw(st.sampled_from([c, c.upper()])) for c in token)

    assert read_reply_token(shouted, KEYS) == GRANTED


@pytest.mark.row(24)
def test_a_link_works_for_thirty_days_and_then_no_more() -> None:
    token = link_token(GRANTED, KEYS, NOW)

    assert read_link_token(token, KEYS, NOW + LINK_LIFETIME) == GRANTED
    with pytest.raises(InvalidLink):
        read_link_token(token, KEYS, NOW + LINK_LIFETIME + timedelta(days=1))


def test_an_expired_and_a_forged_link_say_the_same() -> None:
    token = link_token(GRANTED, KEYS, NOW)

    said = set()
    for text, at in ((token, NOW + timedelta(days=99)), (f"{token[:-1]}!", NOW), ("", NOW)):
        with pytest.raises(InvalidLink) as refused:
            read_link_token(text, KEYS, at)
        said.add(str(refused.value))
    assert len(said) == 1


def test_old_mails_still_work_after_the_key_was_changed_and_new_ones_use_the_new_key() -> None:
    old = reply_token(GRANTED, KEYS)
    both = Keyring({1: b"k" * 32, 2: b"n" * 32})

    assert read_reply_token(old, both) == GRANTED
    assert reply_token(GRANTED, both).startswith("r2-")


def test_a_key_that_was_withdrawn_opens_nothing() -> None:
    old = reply_token(GRANTED, KEYS)

    with pytest.raises(InvalidLink):
        read_reply_token(old, Keyring({2: b"n" * 32}))


def test_a_token_cannot_choose_the_key_it_is_checked_with() -> None:
    both = Keyring({1: b"k" * 32, 2: b"n" * 32})
    token = reply_token(GRANTED, KEYS)

    with pytest.raises(InvalidLink):
        read_reply_token(token.replace("r1-", "r2-", 1), both)


@pytest.mark.row(27)
@given(tickets, epochs, st.integers(1, 9))
def test_a_reply_address_fits_the_64_octets_of_a_local_part(
    number: int, epoch: int, version: int
) -> None:
    token = reply_token(capability(number, PERSON, epoch), Keyring({version: b"k"}))
    local = f"{'m' * MAX_MAILBOX_CHARACTERS}+{token}"

    assert len(local.encode()) <= 64


@given(st.text(max_size=200))
def test_no_text_at_all_makes_the_reader_stumble(text: str) -> None:
    for read in (
        lambda: read_reply_token(text, KEYS),
        lambda: read_link_token(text, KEYS, NOW),
        lambda: read_signed_text("cursor", text, KEYS),
    ):
        with pytest.raises(InvalidLink):
            read()


@given(st.text(max_size=80).filter(lambda text: text.isprintable()))
def test_a_signed_text_comes_back_for_its_purpose_only(text: str) -> None:
    signed = sign_text("upload", text, KEYS)

    assert read_signed_text("upload", signed, KEYS) == text
    with pytest.raises(InvalidLink):
        read_signed_text("cursor", signed, KEYS)


def test_a_signed_text_outlives_a_change_of_keys() -> None:
    signed = sign_text("upload", "uploads/1", KEYS)

    assert read_signed_text("upload", signed, Keyring({1: b"k" * 32, 2: b"n"})) == "uploads/1"
