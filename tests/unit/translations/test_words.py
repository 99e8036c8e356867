"""Times, sizes and languages in words."""

import doctest
from datetime import UTC, datetime
from types import ModuleType

import pytest

from chalicelib.translations import choice, dates, durations, sizes
from chalicelib.translations.dates import moment_in_words
from chalicelib.translations.durations import duration, expectation


@pytest.mark.parametrize(
    ("minutes", "workday", "words"),
    [
        (1, 480, "1 minute"),
        (59, 480, "59 minutes"),
        (60, 480, "1 business hour"),
        (61, 480, "2 business hours"),
        (480, 480, "8 business hours"),
        (481, 480, "2 business days"),
        (2400, 480, "5 business days"),
        (60, 1440, "1 hour"),
        (960, 1440, "16 hours"),
        (961, 1440, "1 day"),
        (4320, 1440, "3 days"),
        (90, 30, "2 business hours"),
    ],
)
def test_a_promise_is_rounded_up_and_said_in_hours_or_days(
    minutes: int, workday: int, words: str
) -> None:
    assert duration(minutes, "en", workday_minutes=workday) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "usually within 1 business hour"),
        ("pt_BR", "normalmente em até 1 hora útil"),
        ("pt_PT", "normalmente no prazo de 1 hora útil"),
        ("es", "normalmente en un plazo de 1 hora laborable"),
    ],
)
def test_a_promise_is_said_in_every_language(language: str, words: str) -> None:
    assert expectation(60, language, workday_minutes=480) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "2 July 2026, 13:30 WEST"),
        ("pt_BR", "2 de julho de 2026, 13:30 WEST"),
        ("pt_PT", "2 de julho de 2026, 13:30 WEST"),
        ("es", "2 de julio de 2026, 13:30 WEST"),
    ],
)
def test_a_moment_is_told_in_the_zone_and_the_language(language: str, words: str) -> None:
    at = datetime(2026, 7, 2, 12, 30, tzinfo=UTC)
    assert moment_in_words(at, language, "Europe/Lisbon") == words


@pytest.mark.parametrize("module", [choice, dates, durations, sizes])
def test_the_examples_in_the_documentation_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0
