"""One fuzzing process: ``python -m tests.fuzz.fuzz_one SELF mail|html FOUND [libFuzzer's options]``.

SELF is an executable that does the same: libFuzzer starts itself anew when it merges.

Atheris feeds what it makes up to the properties beside this. A failure does not end the run: its
input is kept in FOUND, a few per kind of failure, and the run goes on.
"""

import hashlib
import sys
import time
import traceback
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["chalicelib"]):
    from tests.fuzz.properties import check_html, check_mail

CHECKS = {"mail": check_mail, "html": check_html}
_KEPT_PER_KIND = 3
# Instrumented code is some ten times slower; anything square shows far above this.
_SECONDS = 1.0
_SECONDS_PER_BYTE = 2e-4


def main(arguments: list[str]) -> None:
    """Fuzz one thing until libFuzzer's limits end it."""
    itself, what, found = arguments[1], arguments[2], Path(arguments[3])
    check = CHECKS[what]
    found.mkdir(parents=True, exist_ok=True)
    kinds: dict[str, int] = {}

    def feed(data: bytes) -> None:
        started = time.process_time()
        kind = ""
        try:
            check(data)
        except Exception as error:  # noqa: BLE001 - every exception is what is looked for
            kind = _kind_of(error)
        seconds = time.process_time() - started
        if seconds > _SECONDS + _SECONDS_PER_BYTE * len(data):
            kind = "slow"
        if kind:
            kinds[kind] = kinds.get(kind, 0) + 1
            if kinds[kind] <= _KEPT_PER_KIND:
                name = f"{kind}-{hashlib.sha256(data).hexdigest()[:12]}"
                (found / name).write_bytes(data)
                print(f"FOUND {name} ({len(data)} bytes, {seconds:.2f} s)", flush=True)  # noqa: T201

    atheris.Setup([itself, *arguments[4:]], feed)
    atheris.Fuzz()


def _kind_of(error: Exception) -> str:
    """A name for where and how a failure happens, so that each is kept a few times only."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}-{Path(frame.filename).stem}-{frame.lineno}"


if __name__ == "__main__":
    main(sys.argv)
