"""Which files a desk takes, and under which name they are kept."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.files import (
    FORBIDDEN_ENDINGS,
    MAX_FILE_BYTES,
    MAX_NAME_BYTES,
    faults_of_file,
    safe_filename,
)
from tests.figures import ON_A_SLOW_MACHINE


@pytest.mark.row(29, "J16")
@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ana\\photo.png", "photo.png"),
        ("a\x00b\r\nc.txt", "abc.txt"),
        ('quo"te.txt', "quote.txt"),
        # The mark turns the end of the name round: it would be read as "invoice exe.pdf".
        ("invoice \u202efdp.exe", "invoice fdp.exe"),
        ("\u200b.htaccess", "htaccess"),
        ("...", "attachment"),
        ("", "attachment"),
        ("cafe\u0301.txt", "café.txt"),
    ],
)
def test_a_name_is_kept_without_what_could_do_harm(given_name: str, kept: str) -> None:
    assert safe_filename(given_name) == kept


@given(st.text(max_size=400))
def test_a_safe_name_is_short_flat_normal_and_stays_as_it_is(name: str) -> None:
    safe = safe_filename(name)

    assert 0 < len(safe.encode("utf-8", "surrogatepass")) <= MAX_NAME_BYTES
    assert not set(safe) & set('/\\\x00\r\n":<>|?*')
    assert safe == unicodedata.normalize("NFC", safe)
    assert safe_filename(safe) == safe


def test_a_long_name_keeps_its_ending() -> None:
    assert safe_filename("é" * 4000 + ".pdf").endswith("é.pdf")


def test_a_name_of_a_million_characters_takes_no_time() -> None:
    started = time.process_time()

    safe_filename("n" * 1_000_000 + ".pdf")

    assert time.process_time() - started < ON_A_SLOW_MACHINE


@pytest.mark.row(29)
def test_a_file_of_20_megabytes_is_taken() -> None:
    assert faults_of_file("scan.pdf", MAX_FILE_BYTES) == []


@pytest.mark.row(29)
def test_a_file_that_is_too_large_is_refused_with_the_limit() -> None:
    (fault,) = faults_of_file("scan.pdf", MAX_FILE_BYTES + 1)

    assert fault.field == "size"
    assert "20 MB" in fault.message


def test_an_empty_file_is_refused() -> None:
    assert [fault.field for fault in faults_of_file("scan.pdf", 0)] == ["size"]


@pytest.mark.row(29)
@pytest.mark.parametrize("ending", sorted(FORBIDDEN_ENDINGS))
def test_what_runs_by_a_double_click_is_refused_with_its_kind(ending: str) -> None:
    (fault,) = faults_of_file(f"Holiday.{ending.upper()}", 10)

    assert fault.field == "filename"
    assert f".{ending} " in fault.message


@pytest.mark.parametrize("name", ["run.exe ", "run.exe.", "run.\u202eexe", "run.e\u200bxe"])
def test_an_ending_cannot_be_hidden(name: str) -> None:
    assert [fault.field for fault in faults_of_file(name, 10)] == ["filename"]


def test_every_fault_of_a_file_is_told_at_once() -> None:
    assert {fault.field for fault in faults_of_file("a.exe", 0)} == {"filename", "size"}
