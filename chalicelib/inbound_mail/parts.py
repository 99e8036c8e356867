"""The tree of parts of a mail, as slices of its bytes: no copies, no recursion, bounded work.

The standard parser recurses per level and copies per part; 1,000 nested multiparts end it with a
RecursionError and 40 MB cost it six times that. Here a part is a pair of positions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from chalicelib.inbound_mail.header_fields import HeaderFields, split_headers
from chalicelib.inbound_mail.header_text import parameter, split_parameters
from chalicelib.inbound_mail.transfer import decode_transfer

MAX_DEPTH = 20
MAX_PARTS = 3_000

_GUESSED_BOUNDARY = re.compile(rb"^--([^\r\n]{1,200}?)[ \t]*\r?$", re.MULTILINE)
_GUESS_BYTES = 100_000
_MAX_GUESSES = 10
_MAX_PREAMBLE_LINES = 5
_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+")


@dataclass(slots=True)
class Part:
    """One node: its header fields and where its body lies in ``buffer``."""

    fields: HeaderFields
    buffer: bytes
    start: int
    end: int
    depth: int
    content_type: str
    parameters: list[tuple[str, str]]
    children: list["Part"] = field(default_factory=list)

    @property
    def is_multipart(self) -> bool:
        """Whether the part was split; a multipart that could not be split is a leaf."""
        return bool(self.children)

    def parameter(self, name: str) -> str:
        """A parameter of Content-Type."""
        return parameter(self.parameters, name)

    def raw_body(self) -> bytes:
        """The body before transfer decoding."""
        return self.buffer[self.start : self.end]

    def content(self) -> tuple[bytes, str | None]:
        """The body after transfer decoding, and the defect met."""
        return decode_transfer(self.raw_body(), self.fields.plain("content-transfer-encoding"))

    def disposition(self) -> tuple[str, list[tuple[str, str]]]:
        """Content-Disposition: its word and its raw parameters."""
        return split_parameters(self.fields.plain("content-disposition"))


def parse_parts(raw: bytes, defects: list[str], start: int = 0, end: int | None = None) -> Part:
    """The root part of the mail between ``start`` and ``end``, with all its descendants."""
    root = _part_at(raw, start, len(raw) if end is None else end, 0, "text/plain")
    waiting = [root]
    count = 1
    while waiting:
        part = waiting.pop()
        defects.extend(part.fields.defects)
        if not part.content_type.startswith("multipart/"):
            continue
        if part.depth >= MAX_DEPTH or count >= MAX_PARTS:
            _note(defects, "parts-truncated")
            continue
        part.children = _children(part, MAX_PARTS - count, defects)
        count += len(part.children)
        waiting.extend(reversed(part.children))
        if not part.children:
            # A multipart that is none: its text is better shown than lost.
            part.content_type = "text/plain"
            _note(defects, "multipart-without-parts")
    return root


def walk(root: Part) -> list[Part]:
    """All parts in the order of the mail, the root first."""
    found: list[Part] = []
    waiting = [root]
    while waiting:
        part = waiting.pop()
        found.append(part)
        waiting.extend(reversed(part.children))
    return found


def _note(defects: list[str], name: str) -> None:
    if name not in defects:
        defects.append(name)


def _part_at(buffer: bytes, start: int, end: int, depth: int, default_type: str) -> Part:
    fields, body = split_headers(buffer, start, end, is_part=depth > 0)
    declared, parameters = _content_type(fields)
    content_type = declared or default_type
    if not declared and depth == 0 and _looks_like_multipart(fields, buffer, body, end):
        content_type = "multipart/mixed"
        fields.defects.append("content-type-missing")
    return Part(fields, buffer, body, end, depth, content_type, parameters)


def _content_type(fields: HeaderFields) -> tuple[str, list[tuple[str, str]]]:
    """The first readable Content-Type, or an empty string."""
    for raw in fields.all_raw("content-type"):
        value, parameters = split_parameters(fields.decode_raw(raw))
        match = _TYPE.match(value)
        if match:
            return match.group(), parameters
        main = value.partition("/")[0]
        if main in ("text", "plain", "html", "multipart"):
            kind = {"html": "text/html", "multipart": "multipart/mixed"}
            return kind.get(main, "text/plain"), parameters
    return "", []


def _looks_like_multipart(fields: HeaderFields, buffer: bytes, start: int, end: int) -> bool:
    """Whether parts stand in a mail that does not say so, close below its header fields.

    Delimiters behind a text of some length are those of a mail that is quoted in it.
    """
    if fields.raw("content-type"):
        return False
    limit = min(end, start + 10_000)
    boundary = _guess_boundary(buffer, start, limit)
    if boundary is None or b"ontent-" not in buffer[start:limit]:
        return False
    preamble = buffer[start : buffer.find(b"--" + boundary, start, limit)]
    return sum(1 for line in preamble.split(b"\n") if line.strip()) <= _MAX_PREAMBLE_LINES


def _children(part: Part, room: int, defects: list[str]) -> list[Part]:
    spans = _spans(part, room, defects)
    if not spans and part.fields.plain("content-transfer-encoding").strip():
        # A multipart may not be encoded, yet some gateways do it.
        decoded, _ = part.content()
        if decoded != part.raw_body():
            part.buffer, part.start, part.end = decoded, 0, len(decoded)
            spans = _spans(part, room, defects)
    default = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
    return [
        _part_at(part.buffer, start, end, part.depth + 1, default)
        for start, end in spans
        if end > start
    ]


def _spans(part: Part, room: int, defects: list[str]) -> list[tuple[int, int]]:
    declared = part.parameter("boundary").encode("utf-8", "surrogateescape").rstrip()
    spans: list[tuple[int, int]] = []
    if declared:
        spans = _split(part.buffer, part.start, part.end, declared, room, defects)
    if not spans:
        guessed = _guess_boundary(part.buffer, part.start, part.end)
        if guessed and guessed != declared:
            _note(defects, "boundary-guessed")
            spans = _split(part.buffer, part.start, part.end, guessed, room, defects)
    return spans


def _guess_boundary(buffer: bytes, start: int, end: int) -> bytes | None:
    """The first line that looks like a delimiter: fields below it, or a closing one far below."""
    limit = min(end, start + _GUESS_BYTES)
    for count, match in enumerate(_GUESSED_BOUNDARY.finditer(buffer, start, limit)):
        boundary = match.group(1).removesuffix(b"--").rstrip()
        after = buffer[match.end() : min(end, match.end() + 80)].lstrip(b"\r\n").lower()
        if boundary and after.startswith((b"content-", b"mime-", b"x-")):
            return boundary
        closing = b"\n--" + boundary + b"--"
        if len(boundary) > 4 and buffer.find(closing, match.end(), end) >= 0:
            return boundary
        if count >= _MAX_GUESSES:
            break
    return None


def _split(
    buffer: bytes, start: int, end: int, boundary: bytes, room: int, defects: list[str]
) -> list[tuple[int, int]]:
    """Positions of the parts between the delimiter lines of ``boundary``."""
    spans: list[tuple[int, int]] = []
    open_at: int | None = None
    closed = False
    for line_start, line_end, closing in _delimiters(buffer, start, end, boundary):
        if open_at is not None:
            spans.append((open_at, _before_line_break(buffer, open_at, line_start)))
            if len(spans) >= room:
                _note(defects, "parts-truncated")
                return spans
        # Parts behind a closing delimiter are read too: some mailers close too early.
        open_at = None if closing else line_end
        closed = closing
    if open_at is not None:
        spans.append((open_at, end))
    if spans and not closed:
        _note(defects, "multipart-not-closed")
    return spans


def _delimiters(
    buffer: bytes, start: int, end: int, boundary: bytes
) -> Iterator[tuple[int, int, bool]]:
    """Delimiter lines: where the line begins, where the next one does, whether it closes."""
    mark = b"--" + boundary
    position = buffer.find(mark, start, end)
    while position >= 0:
        after = position + len(mark)
        if position == start or buffer[position - 1 : position] in (b"\n", b"\r"):
            line_end = buffer.find(b"\n", after, end)
            line_end = end if line_end < 0 else line_end + 1
            rest = buffer[after : min(line_end, after + 200)].strip()
            if rest in (b"", b"--"):
                yield position, line_end, rest == b"--"
        position = buffer.find(mark, after, end)


def _before_line_break(buffer: bytes, start: int, position: int) -> int:
    """The line break before a delimiter belongs to the delimiter."""
    if position > start and buffer[position - 1 : position] == b"\n":
        position -= 1
    if position > start and buffer[position - 1 : position] == b"\r":
        position -= 1
    return position
