"""What the fuzzer once found still holds: the whole corpus, and every input that broke something."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fuzz.properties import check_html, check_mail

HERE = Path(__file__).parent
CHECKS: dict[str, Callable[[bytes], None]] = {"mail": check_mail, "html": check_html}
FOUND = sorted((HERE / "found").glob("*/*"))


@pytest.mark.row(26)
@pytest.mark.parametrize("what", CHECKS)
def test_every_input_that_reached_something_new_keeps_the_promises(what, figure):
    entries = sorted((HERE / "corpus" / what).iterdir())
    for entry in entries:
        try:
            CHECKS[what](entry.read_bytes())
        except Exception as error:  # noqa: BLE001 - the entry must be named
            pytest.fail(f"{entry}: {error!r}")
    assert entries
    figure(f"fuzzing corpus: {what}, promises kept", f"{len(entries)} of {len(entries)}", "all")


@pytest.mark.parametrize("path", FOUND, ids=[f"{path.parent.name}-{path.name}" for path in FOUND])
def test_what_broke_a_promise_once_does_so_no_more(path):
    CHECKS[path.parent.name](path.read_bytes())


def test_the_corpus_stays_small():
    sizes = [path.stat().st_size for path in HERE.rglob("corpus/*/*")]
    assert sum(sizes) <= 3_000_000
    assert max(sizes) <= 20_000
