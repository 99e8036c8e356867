"""Dates that mail clients write into forwards, in the words of their user's language."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from chalicelib.inbound_mail.block_dates import block_date

ZONE = timezone(timedelta(hours=1))
FORWARDED_AT = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
SECOND_OF_FEBRUARY = datetime(2026, 2, 2, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "Mon, 2 Feb 2026 15:05:00 +0100",
        "2026-02-02T15:05:00+01:00",
        "2026-02-02 15:05",
        "Monday, February 2, 2026 3:05 PM",
        "Mon, Feb 2, 2026 at 3:05 PM",
        "February 2, 2026 at 3:05:00 PM GMT+1",
        "2 de febrero de 2026 15:05",
        "lunes, 2 de febrero de 2026 3:05 p. m.",
        "seg., 2 de fev. de 2026 às 15:05",
        "segunda-feira, 2 de fevereiro de 2026 15:05",
        "Montag, 2. Februar 2026 15:05",
        "Mo., 2. Feb. 2026 um 15:05 Uhr",
        "02.02.2026 15:05",
        "lundi 2 février 2026 15:05",
        "2 févr. 2026 à 15h05",
        "lunedì 2 febbraio 2026 15:05",
        "lun 2 feb 2026 alle ore 15:05",
        "maandag 2 februari 2026 15:05",
        "poniedziałek, 2 lutego 2026 15:05",
        "пн, 2 февр. 2026 г. в 15:05",
        "понедельник, 2 февраля 2026 г. 15:05",
        "2 Şubat 2026 Pazartesi 15:05",
        "2026年2月2日(月) 15:05",
        "2026年2月2日 下午3:05",
        "2026년 2월 2일 (월) 오후 3:05",
        "man. 2. feb. 2026 kl. 15.05",
        "den 2 februari 2026 15:05",
        "ma 2. helmik. 2026 klo 15.05",
    ],
)
def test_a_date_is_understood_in_any_clients_words(written):
    found = block_date(written, forwarded_at=FORWARDED_AT, zone=ZONE)
    assert found == SECOND_OF_FEBRUARY


@pytest.mark.parametrize("written", ["", "yesterday", "Monday", "2 Feb 2026", "99/99/2026 15:05"])
def test_what_names_no_moment_has_none(written):
    assert block_date(written, forwarded_at=FORWARDED_AT, zone=ZONE) is None


def test_day_and_month_that_could_be_either_are_not_guessed():
    assert block_date("02/03/2026 15:05", forwarded_at=FORWARDED_AT, zone=ZONE) is None


def test_a_forward_is_not_older_than_what_it_forwards():
    found = block_date("02/11/2026 15:05", forwarded_at=FORWARDED_AT, zone=ZONE)
    assert found == datetime(2026, 2, 11, 14, 5, tzinfo=UTC)


def test_march_and_tuesday_are_told_apart():
    tuesday = block_date("mar. 3 févr. 2026 à 15:05", forwarded_at=FORWARDED_AT, zone=ZONE)
    march = block_date("3 mar 2026 15:05", forwarded_at=FORWARDED_AT, zone=ZONE)
    assert (tuesday.month, march.month) == (2, 3)
