"""What speaks against a mail, in which order, and when one sender has written too often."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.desk import BlockedSender, MailRules
from chalicelib.domain.judgement import SuspensionReason, reason_to_hold, tallies_of
from tests.unit.usecases.mail_in.mails import a_mail

RULES = MailRules()
DAY_ONE = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 2_000_000).map(lambda m: DAY_ONE + timedelta(minutes=m))


@pytest.mark.row("J6")
@given(st.integers(0, 1000), st.integers(0, 1000), st.booleans(), st.booleans())
def test_a_sender_is_held_exactly_when_a_limit_is_reached(
    tickets: int, copies: int, is_new: bool, is_authenticated: bool
) -> None:
    reason = reason_to_hold(
        RULES, tickets=tickets, copies=copies, is_new=is_new, is_authenticated=is_authenticated
    )

    most = RULES.tickets_per_hour_authenticated if is_authenticated else RULES.tickets_per_hour
    expected = None
    if is_new and tickets >= most:
        expected = SuspensionReason.TOO_MANY
    if copies >= RULES.copies_per_hour:
        expected = SuspensionReason.REPEATED
    assert reason is expected


@pytest.mark.row("J6")
@given(moments)
def test_what_is_counted_names_nobody_and_starts_anew_each_hour(at: datetime) -> None:
    mail = a_mail(from_address="Ana+news@example.com")
    now, next_hour = tallies_of(mail, at), tallies_of(mail, at + timedelta(hours=1))

    assert "example.com" not in now.tickets.name
    assert now.tickets.ends_at > at
    assert {now.tickets.name, now.copies.name}.isdisjoint(
        {next_hour.tickets.name, next_hour.copies.name}
    )


def test_other_words_and_other_senders_are_counted_apart_and_tags_are_not() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    own = tallies_of(a_mail(), at)

    assert tallies_of(a_mail(text="Other."), at).copies != own.copies
    assert tallies_of(a_mail(from_address="bo@example.com"), at).tickets != own.tickets
    assert tallies_of(a_mail(from_address="ANA+x@example.com"), at) == own


@pytest.mark.row("J19")
@pytest.mark.parametrize(
    ("pattern", "address", "blocked"),
    [
        ("mallory@spam.test", "Mallory+1@spam.test", True),
        ("mallory@spam.test", "ana@spam.test", False),
        ("@spam.test", "anybody@spam.test", True),
        ("@spam.test", "anybody@mail.spam.test", True),
        ("@spam.test", "anybody@notspam.test", False),
        ("@spam.test", "spam.test@example.org", False),
    ],
)
def test_a_blocked_sender_is_an_address_or_a_domain_and_what_is_below_it(
    pattern: str, address: str, blocked: bool
) -> None:
    assert BlockedSender("b", pattern).matches(address) is blocked
