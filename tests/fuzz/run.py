"""The whole fuzzing run: ``python -m tests.fuzz.run --minutes 60`` (``make fuzz MINUTES=60``).

Two thirds of the time for mails and one for HTML, one process after the other, at low priority.
What is new and small is merged into the corpus beside this; failures land in ``build/fuzz/found``.
"""

import argparse
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WORK = ROOT / "build" / "fuzz"
FIXTURES = ROOT / "tests" / "fixtures" / "mail"
MAX_ENTRY_BYTES = 20_000
MAX_CORPUS_BYTES = {"mail": 1_500_000, "html": 500_000}
MAX_CORPUS_ENTRIES = 1_000
_STAT = re.compile(r"stat::number_of_executed_units:\s+(\d+)")


def main() -> None:
    """Fuzz both, keep what is new, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--only", choices=("mail", "html"))
    options = parser.parse_args()
    shares = {"mail": 2 / 3, "html": 1 / 3}
    if options.only:
        shares = {options.only: 1.0}
    failures = 0
    for what, share in shares.items():
        failures += _fuzz(what, int(options.minutes * 60 * share))
    sys.exit(1 if failures else 0)


def _fuzz(what: str, seconds: int) -> int:
    """Run one process; the number of inputs that break a property."""
    corpus = HERE / "corpus" / what
    working, found = WORK / what, WORK / "found" / what
    shutil.rmtree(found, ignore_errors=True)
    for folder in (corpus, working, found):
        folder.mkdir(parents=True, exist_ok=True)
    _seed(what, working)
    before = len(list(corpus.iterdir()))
    started = time.monotonic()
    output = _libfuzzer(
        what,
        found,
        [
            str(working),
            str(corpus),
            f"-max_total_time={seconds}",
            f"-max_len={MAX_ENTRY_BYTES}",
            f"-dict={HERE / (what + '.dict')}",
            "-print_final_stats=1",
            "-rss_limit_mb=4096",
            "-timeout=120",
            f"-artifact_prefix={found}/",
        ],
    )
    executed = _STAT.search(output)
    minutes = (time.monotonic() - started) / 60
    kept = _merge(what, working, corpus)
    broken = sorted(found.iterdir())
    print(  # noqa: T201 - the figures are what the run is for
        f"{what}: {minutes:.0f} minutes, {executed.group(1) if executed else '?'} executions, "
        f"corpus {before} -> {kept} entries, {len(broken)} inputs that break a property",
        *(f"  {path}" for path in broken),
        sep="\n",
        flush=True,
    )
    return len(broken)


def _seed(what: str, working: Path) -> None:
    """The fixtures are where a new machine begins."""
    for path in sorted(FIXTURES.glob("*.eml")):
        raw = path.read_bytes()
        if what == "mail" and len(raw) <= MAX_ENTRY_BYTES:
            (working / path.stem).write_bytes(raw)
        if what == "html" and b"<" in raw and len(raw) <= MAX_ENTRY_BYTES and b"html" in raw:
            (working / path.stem).write_bytes(raw.partition(b"\r\n\r\n")[2])


def _libfuzzer(what: str, found: Path, options: list[str]) -> str:
    itself = WORK / f"{what}-process"
    command = shlex.join([sys.executable, "-m", "tests.fuzz.fuzz_one", str(itself), what])
    itself.write_text(f'#!/bin/sh\nexec nice -n 15 {command} {shlex.quote(str(found))} "$@"\n')
    itself.chmod(0o755)
    with subprocess.Popen(
        [str(itself), *options],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        lines = []
        for line in process.stdout or ():
            lines.append(line)
            if line.startswith("FOUND"):
                print(line, end="", flush=True)  # noqa: T201
        return "".join(lines)


def _merge(what: str, working: Path, corpus: Path) -> int:
    """Make the corpus the smallest set with the same coverage, smallest entries first."""
    merged = WORK / f"{what}-merged"
    shutil.rmtree(merged, ignore_errors=True)
    merged.mkdir(parents=True)
    _libfuzzer(what, WORK / "found" / what, ["-merge=1", str(merged), str(corpus), str(working)])
    entries = sorted(merged.iterdir(), key=lambda path: path.stat().st_size)
    if entries:
        for path in corpus.iterdir():
            path.unlink()
    room = MAX_CORPUS_BYTES[what]
    kept = 0
    for path in entries[:MAX_CORPUS_ENTRIES]:
        room -= path.stat().st_size
        if room < 0:
            break
        shutil.copy(path, corpus / path.name)
        kept += 1
    return kept


if __name__ == "__main__":
    main()
