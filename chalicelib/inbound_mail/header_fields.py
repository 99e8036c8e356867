"""The header block of a mail or a part: raw names and values, before any decoding.

Works on bytes, because real headers carry 8-bit text in a charset that only the body tells.
"""

import re
from collections.abc import Iterator

from chalicelib.inbound_mail.charsets import decode_text
from chalicelib.inbound_mail.header_text import decode_words

MAX_FIELDS = 1_000
MAX_VALUE_BYTES = 65_536
# A block longer than this is no header block; it also bounds the work per part.
MAX_BLOCK_BYTES = 1_000_000

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_NAME_ALONE = re.compile(rb"[A-Za-z][A-Za-z-]{1,40}[ \t]*")
_COLON_BELOW = re.compile(rb"[ \t]{1,40}:[ \t]")
_CONTENT_FIELD = re.compile(rb"content-[a-z-]{2,30}:", re.IGNORECASE)
_PARAMETER = re.compile(rb"[a-z][a-z0-9*-]{2,30}=[^:]", re.IGNORECASE)
_REST_OF_ADDRESS = re.compile(rb"[^\s<>:\"]{1,200}>[ \t]*(?:[,;]|\Z)")
_BLANK_LINES = re.compile(rb"(?:[ \t\r]*\n)+|\r+")
_MAX_JUNK_LINES = 5
_MAX_FOLDED_LINES = 20
# Controls that no address, id or name may carry; the tab stays, it separates.
_UNUSABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")
# Names that show, behind a line of junk, that the header block goes on.
_TRUSTED_FIELD = re.compile(
    rb"(?:received|return-path|from|to|cc|subject|date|message-id|mime-version|content-[a-z-]+"
    rb"|delivered-to|reply-to|sender|in-reply-to|references|x-[a-z0-9-]+|dkim-signature)[ \t]*:",
    re.IGNORECASE,
)


class HeaderFields:
    """Raw header fields in order, with decoding on demand."""

    __slots__ = ("_fields", "_hints", "defects")

    def __init__(self, fields: list[tuple[str, bytes]], defects: list[str]) -> None:
        """Take fields as (lower-case name, unfolded raw value)."""
        self._fields = fields
        self._hints: tuple[str, ...] = ()
        self.defects = defects

    def set_charset_hints(self, hints: tuple[str, ...]) -> None:
        """Say which charsets raw 8-bit values may be in: those of the body."""
        self._hints = hints

    def raw(self, name: str) -> bytes:
        """First value of that name, raw; empty when there is none."""
        return next(self.all_raw(name), b"")

    def all_raw(self, name: str) -> Iterator[bytes]:
        """All values of that name, raw, top to bottom."""
        return (value for field, value in self._fields if field == name)

    def count(self, name: str) -> int:
        """How many fields of that name there are."""
        return sum(1 for _ in self.all_raw(name))

    def plain(self, name: str) -> str:
        """First value with raw 8-bit text decoded, encoded words left as they are."""
        return self.decode_raw(self.raw(name))

    def text(self, name: str) -> str:
        """First non-empty value, fully decoded, on one line."""
        for value in self.all_raw(name):
            if value.strip():
                return decode_words(self.decode_raw(value), self._hints)
        return ""

    def decode_raw(self, value: bytes) -> str:
        """A raw value with its 8-bit bytes decoded by the body's charsets, without controls."""
        text = decode_text(value, "", self._hints)[0]
        return text if text.isprintable() else _UNUSABLE.sub("", text.replace("\r", " "))

    def decode(self, value: str) -> str:
        """Encoded words of an already 8-bit-decoded value."""
        return decode_words(value, self._hints)

    def names(self) -> set[str]:
        """Every field name that occurs, lower case."""
        return {name for name, _ in self._fields}


def split_headers(
    buffer: bytes, start: int, end: int, *, is_part: bool = False
) -> tuple[HeaderFields, int]:
    """Read the header block at ``start``; return the fields and where the body begins.

    A line that is neither a field nor a continuation ends the block, unless well-known fields go
    on behind it (mbox ``From `` lines, junk that relays put on top).
    """
    fields: list[tuple[str, bytearray]] = []
    defects: list[str] = []
    position = start if is_part else _skip_leading_junk(buffer, start, end, defects)
    limit = min(end, position + MAX_BLOCK_BYTES)
    while position < limit:
        line_end = buffer.find(b"\n", position, limit)
        next_line = limit if line_end < 0 else line_end + 1
        line = buffer[position:next_line].rstrip(b"\r\n")
        if _NAME_ALONE.fullmatch(line) and _COLON_BELOW.match(buffer, next_line, limit):
            # A name whose colon was folded to the next line.
            line_end = buffer.find(b"\n", next_line, limit)
            next_line = limit if line_end < 0 else line_end + 1
            line = b"".join(buffer[position:next_line].splitlines())
        if not line.strip(b" \t\r"):
            # A line of blanks, or the first line of a part, is no end when fields follow.
            goes_on = _CONTENT_FIELD.match(buffer, next_line, limit) if not fields else line
            if goes_on and _continues(buffer, next_line, limit):
                position = next_line
                continue
            return _finished(fields, defects), next_line
        if fields and (line[:1] in b" \t" or _lost_its_indent(fields[-1][1], line)):
            if len(fields[-1][1]) < MAX_VALUE_BYTES:
                fields[-1][1].extend(b" " + line.strip(b" \t"))
        elif not _take_field(line, fields, defects) and not _continues(
            buffer, next_line, limit, 1 if fields or is_part else _MAX_JUNK_LINES
        ):
            defects.append("header-body-separator-missing")
            return _finished(fields, defects), position
        position = next_line
    return _finished(fields, defects), position


def _lost_its_indent(previous: bytearray, line: bytes) -> bool:
    """``boundary="x"`` or ``example.com>`` at the start of a line: what the field above it lacks."""
    if previous.endswith(b";") and _PARAMETER.match(line):
        return True
    if not _REST_OF_ADDRESS.match(line):
        return False
    return previous.rfind(b"<") > previous.rfind(b">")


def _finished(fields: list[tuple[str, bytearray]], defects: list[str]) -> HeaderFields:
    whole = [(name, bytes(value[:MAX_VALUE_BYTES]).strip()) for name, value in fields]
    return HeaderFields(whole, defects)


def _take_field(line: bytes, fields: list[tuple[str, bytearray]], defects: list[str]) -> bool:
    match = _FIELD.match(line)
    if match is None:
        if line[:5] not in (b"From ", b">From") and fields:
            defects.append("header-line-unreadable")
        return False
    if len(fields) < MAX_FIELDS:
        value = bytearray(line[match.end() :].strip(b" \t"))
        fields.append((match.group(1).decode("ascii").lower(), value))
    elif "headers-truncated" not in defects:
        defects.append("headers-truncated")
    return True


def _continues(buffer: bytes, position: int, limit: int, lines: int = 1) -> bool:
    """Whether one of the next ``lines`` from ``position`` is a well-known field, before a blank.

    Indented lines belong to the one above them and are not counted.
    """
    for _ in range(_MAX_FOLDED_LINES):
        if _TRUSTED_FIELD.match(buffer, position, limit):
            return True
        line_end = buffer.find(b"\n", position, limit)
        if line_end < 0 or not buffer[position:line_end].strip():
            return False
        lines -= buffer[position : position + 1] not in (b" ", b"\t")
        if not lines:
            return False
        position = line_end + 1
    return False


def _skip_leading_junk(buffer: bytes, start: int, end: int, defects: list[str]) -> int:
    position = start
    if buffer.startswith(b"\xef\xbb\xbf", position):
        position += 3
    blank = _BLANK_LINES.match(buffer, position, end)
    position = blank.end() if blank else position
    is_mbox = buffer.startswith((b"From ", b">From "), position)
    if is_mbox and not _FIELD.match(buffer, position, end):
        # A mailbox's separator; whatever field comes first below it.
        following = buffer.find(b"\n", position, end) + 1
        if following and _FIELD.match(buffer, following, end):
            position = following
    if position > start + 2 and "blank-lines-before-headers" not in defects:
        defects.append("blank-lines-before-headers")
    return position
