"""ISO-2022-JP as mailers really write it."""

import re

from chalicelib.inbound_mail.charset_guess import strict_utf8

_JIS_ESCAPE = re.compile(rb"\x1b\$[@B]|\x1b\([BJI]|\x1b\$\([DOPQ]")
JIS_MARK = re.compile(rb"\x1b\$[@B]")


def iso_2022_jp(data: bytes) -> str:
    """ISO-2022-JP as Windows mailers write it: with half-width kana and NEC's special characters.

    Python's own codec refuses those, so the two-byte runs go through Windows-31J.
    """
    try:
        return data.decode("iso2022_jp")
    except UnicodeDecodeError:
        pass
    pieces: list[str] = []
    start, mode = 0, b"\x1b(B"
    for escape in _JIS_ESCAPE.finditer(data):
        pieces.append(_jis_run(data[start : escape.start()], mode))
        start, mode = escape.end(), escape.group()
    pieces.append(_jis_run(data[start:], mode))
    return "".join(pieces)


def _jis_run(run: bytes, mode: bytes) -> str:
    if mode in (b"\x1b$B", b"\x1b$@"):
        return "".join(_jis_line(line) for line in run.splitlines(keepends=True))
    if mode == b"\x1b(I":
        return bytes(byte | 0x80 for byte in run).decode("cp932", "replace")
    if mode in (b"\x1b(B", b"\x1b(J"):
        text = strict_utf8(run)
        return text if text is not None else run.decode("cp932", "replace")
    return run.decode("ascii", "replace")


def _jis_line(line: bytes) -> str:
    body = line.rstrip(b"\r\n")
    shifted = bytearray()
    for row, cell in zip(body[::2], body[1::2], strict=False):
        high, low = row & 0x7F, cell & 0x7F
        lead = (high + 1) // 2 + (0x70 if high < 0x5F else 0xB0)
        trail = low + (0x1F if high % 2 else 0x7E)
        if high % 2 and trail >= 0x7F:
            trail += 1
        shifted += bytes((lead & 0xFF, trail & 0xFF))
    return shifted.decode("cp932", "replace") + line[len(body) :].decode("ascii")
