"""The desk's colour stays readable, whatever it is."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import accent
from chalicelib.domain.accent import LEAST_CONTRAST, accent_of, contrast, ink_on, readable_on

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(colour=COLOURS)
def test_a_button_of_any_colour_can_be_read(colour: str) -> None:
    assert contrast(ink_on(colour), colour) >= 4.2


@given(colour=COLOURS)
@pytest.mark.parametrize("surface", ["#ffffff", "#f6f7f9", "#1d2127", "#14171c"])
def test_a_link_of_any_colour_can_be_read_on_every_surface(surface: str, colour: str) -> None:
    assert contrast(readable_on(surface, colour), surface) >= LEAST_CONTRAST


def test_a_colour_that_reads_well_is_kept() -> None:
    assert readable_on("#ffffff", "#2f5bd0") == "#2f5bd0"


@pytest.mark.parametrize("odd", ["", "red", "#fff", "#2f5bd0;x", "#gggggg", "#2f5bd0\n}"])
def test_what_is_no_colour_becomes_the_products_own(odd: str) -> None:
    assert accent_of(odd) == "#2f5bd0"


def test_the_examples_in_the_documentation_hold() -> None:
    assert doctest.testmod(accent).failed == 0
