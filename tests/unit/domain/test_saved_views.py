"""In which order saved views list tickets, and for whom they are."""

import pytest

from chalicelib.domain.saved_views import Sort, sort_key
from tests.builders import a_ticket


@pytest.mark.row(66)
def test_subjects_are_sorted_by_all_their_letters_without_accents_and_case() -> None:
    subjects = ["Arvore b", "árvore a", "zebra", "ÁRVORE", "日本", "#1"]

    listed = sorted(subjects, key=lambda text: sort_key(Sort.SUBJECT, a_ticket(subject=text)))

    assert listed == ["#1", "ÁRVORE", "árvore a", "Arvore b", "zebra", "日本"]


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("subject", ["~", "日本", "", "#" * 300])
def test_a_place_stays_among_the_rows_whatever_a_ticket_says(sort: Sort, subject: str) -> None:
    key = sort_key(sort, a_ticket(subject=subject))

    assert key.isascii()
    assert key < "~"
    assert len(key) < 800
