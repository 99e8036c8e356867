"""Files that stand as uuencode or yEnc in the middle of a plain text."""

import re

from chalicelib.inbound_mail.transfer import uu_lines

_BEGIN = re.compile(r"begin [0-7]{3,4} (\S.{0,250}?)\s*\Z")
_YENC = re.compile(r"=ybegin (?=.{0,200}\bsize=\d).{0,300}?name=(.{1,250})\Z")
_UU_LINE = re.compile(r"[\x20-\x60]{1,90}\Z")
_MAX_FILES = 20


def take_inline_files(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """The text without its inline files, and those as (name, content).

    A "begin" line counts only when encoded lines and an "end" follow: people begin sentences so.
    """
    if "\nend" not in text and "\n=yend" not in text:
        return text, []
    lines = text.split("\n")
    kept: list[str] = []
    files: list[tuple[str, bytes]] = []
    position = 0
    while position < len(lines):
        name, end = _file_at(lines, position) if len(files) < _MAX_FILES else ("", 0)
        if not end:
            kept.append(lines[position])
            position += 1
            continue
        block = lines[position + 1 : end]
        files.append((name, _yenc(block) if lines[position][0] == "=" else _uu(block)))
        position = end + 1
    return "\n".join(kept), files


def _file_at(lines: list[str], start: int) -> tuple[str, int]:
    """Name of the file that begins at this line and the line that ends it; 0 when none does."""
    first = lines[start].rstrip()
    uu = _BEGIN.match(first)
    if uu is not None:
        for end in range(start + 1, len(lines)):
            if lines[end].strip() == "end":
                return (uu.group(1), end) if end > start + 1 else ("", 0)
            if lines[end].strip() and not _UU_LINE.match(lines[end]):
                return "", 0
        return "", 0
    yenc = _YENC.match(first) if first.startswith("=ybegin") else None
    if yenc is not None:
        for end in range(start + 1, len(lines)):
            if lines[end].startswith("=yend"):
                return yenc.group(1).strip(), end
    return "", 0


def _uu(lines: list[str]) -> bytes:
    return uu_lines([line.encode("ascii", "replace") for line in lines])[0]


def _yenc(lines: list[str]) -> bytes:
    """YEnc adds 42 to each byte; only in a text that kept its 8-bit bytes it survives."""
    out = bytearray()
    for line in lines:
        if line.startswith("=ypart"):
            continue
        escaped = False
        for byte in line.encode("cp1252", "replace"):
            if byte == 0x3D and not escaped:
                escaped = True
                continue
            out.append((byte - 42 - (64 if escaped else 0)) & 0xFF)
            escaped = False
    return bytes(out)
