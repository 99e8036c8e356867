"""What reading a mail costs: processor time and memory, by size. ``python -m bench.parse_mail``.

Each mail is read in a process of its own that does nothing else, so that the memory is the mail's.
"""

import base64
import json
import random
import resource
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass

from bench.report import Target, print_table, print_targets

MEGABYTE = 1024 * 1024
# What the function that reads mails has, and how long a mail may take of its time.
MEMORY_MB = 512
SECONDS = 5
_ROUNDS = 30


@dataclass(frozen=True)
class Reading:
    """``seconds`` of processor time; ``times`` is the peak of memory by the mail's own size."""

    size: int
    seconds: float
    times: float
    resident_mb: float


def letter() -> bytes:
    """10 kB as a mail program writes them: text, HTML, a quote and a signature."""
    line = "The lamp that I bought from you does not work as it should, and the switch is warm."
    quote = "On Tue, Feb 3, 2026 at 9:12 AM Desk <support@example.com> wrote:\r\n"
    plain = f"{line}\r\n" * 12 + "\r\n-- \r\nAna\r\n\r\n" + quote + f"> {line}\r\n" * 24
    html = f'<div style="color:#333;margin:0 0 4px">{line}</div>' * 12
    html += f'<div class="gmail_quote"><div class="gmail_attr">{quote}</div><blockquote>'
    html += f"<p>{line}</p>" * 34 + "</blockquote></div>"
    body = "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n"
    body += f"Content-Type: text/plain; charset=utf-8\r\n\r\n{plain}\r\n--b\r\n"
    body += f"Content-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n--b--\r\n"
    return _HEAD + body.encode()


def with_files(size: int) -> bytes:
    """A mail of about ``size`` bytes with three files."""
    payload = random.Random(1).randbytes(int(size / 3 * 0.73))
    part = b"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    encoded = base64.encodebytes(payload).replace(b"\n", b"\r\n")
    pieces = [_HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee the files."]
    pieces += [part + encoded] * 3
    return b"\r\n--b\r\n".join(pieces) + b"\r\n--b--\r\n"


_HEAD = (
    b"From: Ana Example <ana@example.org>\r\nTo: support@example.com\r\nSubject: Lamp\r\n"
    b"Date: Tue, 3 Feb 2026 10:15:00 +0100\r\nMessage-ID: <m1@example.org>\r\n"
)
MAILS: dict[str, Callable[[], bytes]] = {
    "10 kB letter": letter,
    "20 MB with files": lambda: with_files(20 * MEGABYTE),
    "40 MB with files": lambda: with_files(40 * MEGABYTE - 100_000),
}


def read(name: str) -> Reading:
    """Read one of ``MAILS`` in a process of its own."""
    command = [sys.executable, "-m", "bench.parse_mail", name]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Reading(**json.loads(done.stdout))


def measure() -> list[Target]:
    """Print the table; return what is promised and what was found."""
    found = {name: read(name) for name in MAILS}
    rows = [
        (
            name,
            f"{it.size:,}",
            f"{it.seconds * 1000:,.1f}",
            f"{it.times:.1f}",
            f"{it.resident_mb:.0f}",
        )
        for name, it in found.items()
    ]
    columns = ("mail", "bytes", "CPU ms", "times its size", "resident MB")
    print_table("Reading a mail (one process each, best of several)", columns, rows)
    small, large, largest = found.values()
    return [
        Target("10 kB mail, CPU ms", round(small.seconds * 1000, 1), 5),
        Target("20 MB mail, CPU ms", round(large.seconds * 1000), 1_500),
        Target("20 MB mail, memory by its size", round(large.times, 1), 4),
        Target("40 MB mail, CPU ms", round(largest.seconds * 1000), SECONDS * 1000),
        Target("40 MB mail, resident MB", round(largest.resident_mb), MEMORY_MB),
    ]


def _read_here(name: str) -> Reading:
    from chalicelib.inbound_mail.mime import parse_mail

    raw = MAILS[name]()
    parse_mail(_HEAD)  # Imports and tables are not the mail's.
    best = min(_seconds(parse_mail, raw) for _ in range(_ROUNDS if len(raw) < MEGABYTE else 2))
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    tracemalloc.start()
    parse_mail(raw)
    peak = tracemalloc.get_traced_memory()[1]
    return Reading(len(raw), best, (peak + len(raw)) / len(raw), resident)


def _seconds(parse: Callable[[bytes], object], raw: bytes) -> float:
    started = time.process_time()
    parse(raw)
    return time.process_time() - started


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(vars(_read_here(sys.argv[1]))))
    else:
        print_targets(measure())
