"""``winmail.dat``: Outlook's own envelope (MS-OXTNEF), opened for its files and its text.

Written here rather than taken from a library: only a fifth of the format matters, every length is
checked against the data, and nothing recurses.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from chalicelib.inbound_mail.charsets import decode_text

TNEF_TYPES = frozenset(("application/ms-tnef", "application/vnd.ms-tnef"))
_SIGNATURE = b"\x78\x9f\x3e\x22"
_MAX_FILES = 100
_MAX_PROPERTIES = 5_000

# Attributes of the stream (their low words).
_BODY, _ATTACH_DATA, _ATTACH_TITLE = 0x800C, 0x800F, 0x8010
_RENDER, _MESSAGE_PROPERTIES, _FILE_PROPERTIES, _CODEPAGE = 0x9002, 0x9003, 0x9005, 0x9007
# MAPI properties.
_TEXT_BODY, _HTML_BODY = 0x1000, 0x1013
_FILE_DATA, _SHORT_NAME, _LONG_NAME = 0x3701, 0x3704, 0x3707
_DISPLAY_NAME, _MIME_TYPE, _CONTENT_ID = 0x3001, 0x370E, 0x3712

_SIZES = {0x2: 4, 0xB: 4, 0x3: 4, 0x4: 4, 0xA: 4, 0x5: 8, 0x6: 8, 0x7: 8, 0x14: 8, 0x40: 8}
_SIZES[0x48] = 16
_VARIABLE = frozenset((0x1E, 0x1F, 0x102, 0xD))
_MANY = 0x1000
_OBJECT = 0xD


@dataclass(slots=True)
class TnefFile:
    """One file of the envelope."""

    name: str = ""
    content_type: str = ""
    content_id: str = ""
    content: bytes = b""


@dataclass(slots=True)
class Tnef:
    """What an envelope holds."""

    text: str = ""
    html: str = ""
    files: list[TnefFile] = field(default_factory=list)
    codepage: str = "cp1252"


def open_tnef(data: bytes) -> Tnef | None:
    """The contents of a ``winmail.dat``, as far as it can be read; None when it is none."""
    if not data.startswith(_SIGNATURE):
        return None
    found = Tnef()
    for name, value in _attributes(data):
        _take(found, name, value)
    found.files = [file for file in found.files if file.content or file.name][:_MAX_FILES]
    return found


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    position = 6
    while position + 9 <= len(data):
        _, name, size = struct.unpack_from("<BII", data, position)
        start = position + 9
        if start + size > len(data):
            return
        yield name & 0xFFFF, data[start : start + size]
        position = start + size + 2


def _take(found: Tnef, name: int, value: bytes) -> None:
    if name == _CODEPAGE and len(value) >= 4:
        found.codepage = f"cp{struct.unpack_from('<I', value)[0]}"
    elif name == _BODY:
        found.text = found.text or _string(value, found.codepage)
    elif name == _MESSAGE_PROPERTIES:
        _take_message(found, value)
    elif name == _RENDER:
        found.files.append(TnefFile())
    elif found.files and name == _ATTACH_TITLE:
        found.files[-1].name = found.files[-1].name or _string(value, found.codepage)
    elif found.files and name == _ATTACH_DATA:
        found.files[-1].content = value
    elif found.files and name == _FILE_PROPERTIES:
        _take_file(found.files[-1], value, found.codepage)


def _take_message(found: Tnef, value: bytes) -> None:
    for kind, name, content in _properties(value):
        if name == _TEXT_BODY and not found.text:
            found.text = _property_text(kind, content, found.codepage)
        elif name == _HTML_BODY and not found.html:
            found.html = _property_text(kind, content, found.codepage)


def _take_file(file: TnefFile, value: bytes, codepage: str) -> None:
    names = {}
    for kind, name, content in _properties(value):
        if name == _FILE_DATA and (kind == _OBJECT or not file.content):
            # An embedded message stands behind the 16 bytes of an interface id; the attribute
            # for older programs holds a picture of it.
            file.content = content[16:] if kind == _OBJECT else content
        elif name in (_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME, _MIME_TYPE, _CONTENT_ID):
            names[name] = _property_text(kind, content, codepage)
    file.name = names.get(_LONG_NAME) or file.name or names.get(_SHORT_NAME, "")
    file.name = file.name or names.get(_DISPLAY_NAME, "")
    file.content_type = names.get(_MIME_TYPE, "").lower()
    file.content_id = names.get(_CONTENT_ID, "").strip("<>")


def _property_text(kind: int, content: bytes, codepage: str) -> str:
    if kind == 0x1F:  # Unicode
        return content.decode("utf-16-le", "replace").rstrip("\x00")
    return _string(content, codepage)


def _string(value: bytes, codepage: str) -> str:
    return decode_text(value.rstrip(b"\x00"), codepage)[0]


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Type, id and first value of each MAPI property."""
    if len(data) < 4:
        return
    position = 4
    for _ in range(min(struct.unpack_from("<I", data)[0], _MAX_PROPERTIES)):
        if position + 4 > len(data):
            return
        kind, name = struct.unpack_from("<HH", data, position)
        position += 4
        if name >= 0x8000:
            position = _after_name(data, position)
        values, position = _values(data, position, kind)
        if position > len(data) or not values:
            return
        yield kind & ~_MANY, name, values[0]


def _after_name(data: bytes, position: int) -> int:
    """Behind the name of a named property: a GUID and a number or a string."""
    if position + 24 > len(data):
        return len(data) + 1
    kind, size = struct.unpack_from("<II", data, position + 16)
    return position + 24 + (_padded(size) if kind else 0)


def _values(data: bytes, position: int, kind: int) -> tuple[list[bytes], int]:
    base = kind & ~_MANY
    count = 1
    if kind & _MANY or base in _VARIABLE:
        if position + 4 > len(data):
            return [], len(data) + 1
        count = struct.unpack_from("<I", data, position)[0]
        position += 4
    values: list[bytes] = []
    for _ in range(min(count, _MAX_PROPERTIES)):
        size = _SIZES.get(base)
        if base in _VARIABLE:
            if position + 4 > len(data):
                return [], len(data) + 1
            size = struct.unpack_from("<I", data, position)[0]
            position += 4
        if size is None or position + size > len(data):
            return [], len(data) + 1
        values.append(data[position : position + size])
        position += _padded(size)
    return values or [b""], position


def _padded(size: int) -> int:
    return (size + 3) // 4 * 4
