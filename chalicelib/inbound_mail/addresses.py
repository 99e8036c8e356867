"""Address headers into mailboxes: one pass, no recursion, tolerant of what people's mailers write.

What is ambiguous is said to be so: an attacker writes ``a@good.example<b@evil.example>`` because
parsers disagree about it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from chalicelib.domain.inbound_mail import MailAddress
from chalicelib.inbound_mail.header_fields import HeaderFields
from chalicelib.inbound_mail.header_text import decode_words, one_line

MAX_RECIPIENTS = 200
_MAX_QUOTED = 500
_MAX_ESCAPED_QUOTES = 20
_MAX_ANGLE = 1_000

_RUN = re.compile(r'[^"()<>,;:]+')
_COMMENT_MARK = re.compile(r"\\.|[()]", re.DOTALL)
_COMMENT = re.compile(r"\([^()<>]{0,200}\)")
_BREAKS_ADDRESS = re.compile(r"[\s<>()\[\],;:\"'|]+")
_DOMAIN = re.compile(r"@([^\s<>(),;:\"'@|]{1,255})")
# Python's email package encodes the comma between two mailboxes when it folds there.
_ENCODED_COMMA = re.compile(r"(?<=>)\s{0,80}=\?utf-8\?q\?=2C\?=", re.IGNORECASE)
_SCHEMES = ("mailto", "smtp")


@dataclass(slots=True)
class _Mailbox:
    """What has been read of the mailbox at hand."""

    words: list[str] = field(default_factory=list)
    angles: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    def text(self) -> str:
        return one_line("".join(self.words))

    def is_empty(self) -> bool:
        return not self.angles and not self.comments and not self.text()


def addresses(fields: HeaderFields, name: str, defects: list[str]) -> tuple[MailAddress, ...]:
    """Mailboxes of all fields of that name, at most 200, in order, without repetition."""
    found: dict[str, MailAddress] = {}
    for raw in fields.all_raw(name):
        value = fields.decode_raw(raw)
        parsed = parse_addresses(value, fields.decode)
        if "=?" in value and (not parsed or any("=?" in box.address for box in parsed)):
            # Some mailers encode the whole field, address and all, or the part before the @.
            parsed = parse_addresses(fields.decode(value), one_line)
        for mailbox in parsed:
            if len(found) >= MAX_RECIPIENTS:
                defects.append("recipients-truncated")
                return tuple(found.values())
            found.setdefault(mailbox.address.lower(), mailbox)
    return tuple(found.values())


def parse_addresses(value: str, decode: Callable[[str], str] = decode_words) -> list[MailAddress]:
    """Mailboxes of one field value. Groups are opened, comments become names.

    >>> parse_addresses('"Doe, J." <j@example.com>; k@example.com (Kim)')[1]
    MailAddress(address='k@example.com', name='Kim')
    """
    found: list[MailAddress] = []
    value = _ENCODED_COMMA.sub(",", value)
    box = _Mailbox()
    position = 0
    while position < len(value) and len(found) <= MAX_RECIPIENTS:
        character = value[position]
        if character in ",;":
            found.extend(_finished(box, decode))
            box = _Mailbox()
            position += 1
        elif character == ":":
            if not box.angles and "@" not in box.text() and box.text().lower() not in _SCHEMES:
                box = _Mailbox()
            else:
                box.words = [word for word in box.words if word.strip().lower() not in _SCHEMES]
            position += 1
        else:
            position = _READERS.get(character, _read_run)(value, position, box)
            if character == "<" and _next_starts_mailbox(value, position):
                found.extend(_finished(box, decode))
                box = _Mailbox()
    found.extend(_finished(box, decode))
    return found[: MAX_RECIPIENTS + 1]


def _read_quoted(value: str, position: int, box: _Mailbox) -> int:
    end = _quote_end(value, position + 1)
    if end < 0:
        # A quote that never closes is taken as not being there.
        return _read_run(value, position, box)
    inside = re.sub(r"\\(.)", r"\1", value[position + 1 : end])
    if value[end + 1 : end + 2] == "@":
        box.words.append(re.sub(r"\s", "", inside))
    else:
        box.words.append(" " + inside + " ")
    return end + 1


def _quote_end(value: str, position: int) -> int:
    """Where the quote closes that opens before ``position``; -1 when it is not near."""
    limit = position + _MAX_QUOTED
    end = value.find('"', position, limit)
    for _ in range(_MAX_ESCAPED_QUOTES):
        if end < 0 or not _is_escaped(value, end, position):
            return end
        end = value.find('"', end + 1, limit)
    return -1


def _is_escaped(value: str, at: int, start: int) -> bool:
    slashes = 0
    while at - slashes - 1 >= start and value[at - slashes - 1] == "\\":
        slashes += 1
    return slashes % 2 == 1


def _read_comment(value: str, position: int, box: _Mailbox) -> int:
    depth = 0
    for match in _COMMENT_MARK.finditer(value, position):
        depth += {"(": 1, ")": -1}.get(match.group(), 0)
        if depth == 0:
            box.comments.append(value[position + 1 : match.start()])
            return match.end()
    box.comments.append(value[position + 1 :])
    return len(value)


def _read_angle(value: str, position: int, box: _Mailbox) -> int:
    close = value.find(">", position, position + _MAX_ANGLE)
    if close < 0:
        close = (
            position
            + 1
            + len(
                _BREAKS_ADDRESS.split(value[position + 1 : position + _MAX_QUOTED], maxsplit=1)[0]
            )
        )
    inside = value[position + 1 : close].strip(" <")
    if not (inside.startswith('"') and '"@' in inside):
        inside = inside.strip(" <\"'")
    if "@" in inside or not box.angles:
        box.angles.append(inside)
    return close + 1


def _read_run(value: str, position: int, box: _Mailbox) -> int:
    match = _RUN.match(value, position)
    if match is None:
        # A stray bracket or quote: it separates, it says nothing.
        box.words.append(" ")
        return position + 1
    box.words.append(match.group())
    return match.end()


_READERS: dict[str, Callable[[str, int, _Mailbox], int]] = {
    '"': _read_quoted,
    "(": _read_comment,
    "<": _read_angle,
}


def _next_starts_mailbox(value: str, position: int) -> bool:
    """``<a@example.com> "B" <b@example.com>`` without the comma: seen from old scripts."""
    rest = value[position : position + 200].lstrip()
    return bool(rest) and rest[0] not in ",;(" and "<" in rest


def _finished(box: _Mailbox, decode: Callable[[str], str]) -> list[MailAddress]:
    if box.is_empty():
        return []
    comment = decode(one_line(" ".join(box.comments)))
    for angle in box.angles:
        address = _first_address(angle)
        if address:
            name = decode(box.text()).strip(" \"'") or comment
            return [MailAddress(address, "" if name.lower() == address.lower() else name)]
    bare = _find_addresses(box.text())
    if len(bare) == 1:
        name = box.text().replace(bare[0], " ").strip(" \"'<>-|")
        return [MailAddress(_normal(bare[0]), decode(name) or comment)]
    if bare:
        return [MailAddress(_normal(address)) for address in bare]
    inside = _find_addresses(comment)
    return [MailAddress(_normal(inside[0]), decode(box.text()))] if inside else []


def _first_address(angle: str) -> str:
    """The address between angle brackets; source routes and schemes are dropped."""
    angle = _COMMENT.sub("", angle)
    text = angle.rpartition(":")[2] if angle.startswith("@") else angle
    for scheme in _SCHEMES:
        if text.lower().startswith(scheme + ":"):
            text = text[len(scheme) + 1 :]
    if text.startswith('"') and '"@' in text:
        return _normal(text)
    # RFC 822 let blanks stand around the dots and the sign.
    found = _find_addresses(re.sub(r"\s{0,20}([@.])\s{0,20}", r"\1", text))
    return _normal(found[0]) if found else ""


def _find_addresses(text: str) -> list[str]:
    found = []
    for match in _DOMAIN.finditer(text):
        before = text[max(0, match.start() - 320) : match.start()]
        local = _BREAKS_ADDRESS.split(before)[-1].rpartition("@")[2]
        if local:
            found.append(local + "@" + match.group(1).rstrip(".>"))
        if len(found) > MAX_RECIPIENTS:
            break
    return found


def _normal(address: str) -> str:
    local, _, domain = address.strip().strip("'").rpartition("@")
    return f"{local}@{domain.lower().rstrip('.')}"
