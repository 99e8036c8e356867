"""``make rows``: one line per row of the feature list, with how many tests show it.

A row without a test is an open one. Rows are counted where tests say ``@pytest.mark.row(...)``.
"""

import contextlib
import io
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FEATURES = ROOT / "docs" / "features.md"
_ROW = re.compile(r"^\| ([JK]?\d+) \| (.+?) \|")


class RowCounter:
    """A pytest plugin that only looks at what was collected."""

    def __init__(self) -> None:
        self.tests: Counter[str] = Counter()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Count each test once for each row that it shows."""
        for item in session.items:
            rows = {str(row) for marker in item.iter_markers("row") for row in marker.args}
            self.tests.update(rows)


def titles() -> dict[str, str]:
    """Title by row number, in the order of the document."""
    found = (_ROW.match(line) for line in FEATURES.read_text(encoding="utf-8").splitlines())
    return {row[1]: row[2] for row in found if row}


def main() -> int:
    """Print the rows; an exit code above 0 when a test names a row that does not exist."""
    counter, said = RowCounter(), io.StringIO()
    with contextlib.redirect_stdout(said):
        code = pytest.main(["--collect-only", "-q", str(ROOT / "tests")], plugins=[counter])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        sys.stderr.write(said.getvalue())
        return int(code)
    known = titles()
    for row, title in known.items():
        count = str(counter.tests[row] or "-")
        sys.stdout.write(f"{row:>4}  {count:>5}  {title}\n")
    unknown = sorted(set(counter.tests) - set(known))
    shown = sum(1 for row in known if counter.tests[row])
    sys.stdout.write(f"\n{shown} of {len(known)} rows are shown by a test.\n")
    if unknown:
        sys.stderr.write(f"Tests name rows that do not exist: {', '.join(unknown)}\n")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
