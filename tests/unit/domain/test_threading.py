"""Where a mail belongs: the truth table, and what it must never follow from."""

from itertools import product

import pytest

from chalicelib.domain.threading import Evidence, Placement, candidate, settled
from chalicelib.domain.tokens import capability

TOKEN = capability(1001, "01JN8Z3Q4R5S6T7V8W9X0Y1Z2A", 1)


@pytest.mark.row(27, "J1")
def test_the_signed_address_comes_before_every_reference() -> None:
    place = candidate(Evidence(TOKEN, ("a@mail.test",), {"a@mail.test": 2002}))

    assert place == Placement(1001, by_token=True)


@pytest.mark.row(27, "J1")
def test_the_nearest_known_reference_decides() -> None:
    known = {"near@mail.test": 1, "far@mail.test": 2}

    place = candidate(Evidence(None, ("lost@mail.test", "near@mail.test", "far@mail.test"), known))

    assert place == Placement(1)


@pytest.mark.row(27, "J2")
def test_an_empty_id_never_matches() -> None:
    assert candidate(Evidence(None, ("", ""), {"": 1})) == Placement(None)


@pytest.mark.row(26)
def test_a_mail_that_answers_nothing_we_know_is_a_new_ticket() -> None:
    assert candidate(Evidence(None, ("x@mail.test",), {})) == Placement(None)


# participant, authenticated, refuted, by signed address -> joins
TRUTH = {
    (True, True, False, True): True,
    (True, True, False, False): True,
    # His domain says nothing about itself: only the secret lets him in.
    (True, False, False, True): True,
    (True, False, False, False): False,
    # His own domain says that it is not him: nothing lets him in.
    (True, False, True, True): False,
    (True, False, True, False): False,
    # A stranger joins nothing: neither by a leaked address nor by a guessed Message-ID.
    (False, True, False, True): False,
    (False, True, False, False): False,
    (False, False, False, True): False,
    (False, False, False, False): False,
    (False, False, True, True): False,
    (False, False, True, False): False,
}


@pytest.mark.row(27, "J2")
@pytest.mark.parametrize("sender", sorted(TRUTH))
def test_who_may_join_a_ticket_by_mail(sender: tuple[bool, bool, bool, bool]) -> None:
    participant, authenticated, refuted, by_token = sender

    place = settled(
        Placement(1001, by_token=by_token),
        is_participant=participant,
        is_authenticated=authenticated,
        is_refuted=refuted,
    )

    if TRUTH[sender]:
        assert place.number == 1001
    else:
        assert place == Placement(None, looks_like=1001)


def test_the_truth_table_is_complete() -> None:
    # Nobody is proved and disproved at once.
    possible = {row for row in product((True, False), repeat=4) if not (row[1] and row[2])}

    assert set(TRUTH) == possible


@pytest.mark.row(26)
@pytest.mark.parametrize("trusted", [True, False])
def test_a_new_ticket_stays_a_new_ticket_whoever_writes(trusted: bool) -> None:
    place = settled(
        Placement(None), is_participant=trusted, is_authenticated=trusted, is_refuted=not trusted
    )

    assert place == Placement(None)
