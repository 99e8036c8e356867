"""Bytes of unknown honesty into text: what is declared, what is likely, never an exception.

Order of trust: the declared charset (in the superset that mailers really mean by it), strict UTF-8,
a statistical guess, and at last Windows-1252 with replacement characters.
"""

import codecs
import re

from chalicelib.inbound_mail.charset_guess import guess, strict_utf8, strictly, western
from chalicelib.inbound_mail.charset_names import python_codec
from chalicelib.inbound_mail.iso_2022_jp import JIS_MARK, iso_2022_jp

_MULTI_BYTE = frozenset(
    ("gb18030", "gbk", "gb2312", "big5", "big5hkscs", "cp950", "cp932", "cp949", "johab", "hz")
    + ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-7")
)
_THREE_BYTES = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}")
_MIN_THREE_BYTES = 4


def decode_text(data: bytes, declared: str, hints: tuple[str, ...] = ()) -> tuple[str, str | None]:
    """Text of bytes, and the name of the defect when the declaration did not hold.

    Args:
        data: the bytes after transfer decoding.
        declared: charset as declared, may be empty or nonsense.
        hints: charsets to try when nothing valid is declared (the rest of the mail's).
    """
    if data.isascii() and b"\x1b" not in data:
        codec = python_codec(declared)
        is_wide = codec is not None and codec.startswith(("utf-16", "utf-32"))
        if codec not in ("utf-7", "hz") and not (is_wide and not _is_plain(data)):
            return data.decode("ascii"), None
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") and python_codec(declared) in (None, "utf-16"):
        return data.decode("utf-16", "replace"), None
    codec = python_codec(declared)
    if codec is None:
        return _undeclared(data, declared, hints)
    return _declared(data, codec)


def _is_plain(data: bytes) -> bool:
    """Whether ASCII that is declared as UTF-16 or UTF-32 is just that: no zero byte, and words."""
    return b"\0" not in data and (b" " in data or data.isalnum())


def _declared(data: bytes, codec: str) -> tuple[str, str | None]:
    if codec == "iso2022_jp":
        return iso_2022_jp(data), None
    utf8 = strict_utf8(data)
    if utf8 is not None and (not _is_multi_byte(codec) or _is_surely_utf8(data)):
        # UTF-8 declared as Latin-1 or Windows-125x: real text of those charsets is practically
        # never valid UTF-8.
        return utf8, "charset-was-utf-8"
    text = western(data) if codec == "cp1252" else strictly(data, codec)
    if text is not None:
        return text, None
    if utf8 is not None:
        return utf8, "charset-was-utf-8"
    text = data.decode(codec, "replace")
    if text.count("\ufffd") * 20 <= len(text):
        return text, "charset-partly-invalid"
    return guess(data), "charset-wrong"


def _is_multi_byte(codec: str) -> bool:
    name = codecs.lookup(codec).name
    return name in _MULTI_BYTE or name.startswith(("iso2022", "euc_", "shift_jis"))


def _is_surely_utf8(data: bytes) -> bool:
    """Whether valid UTF-8 is too long to be so by chance in a charset of two-byte characters."""
    return len(_THREE_BYTES.findall(data)) >= _MIN_THREE_BYTES


def _undeclared(data: bytes, declared: str, hints: tuple[str, ...]) -> tuple[str, str | None]:
    if JIS_MARK.search(data):
        return iso_2022_jp(data), None
    # A name that is known but says nothing about 8-bit bytes, or UTF-8 itself.
    said_utf8 = declared.strip().strip("\"'").lower() in ("utf-8", "utf8")
    utf8 = strict_utf8(data)
    if utf8 is not None:
        return utf8, None if said_utf8 or not declared else "charset-undeclared"
    if said_utf8:
        text = data.decode("utf-8", "replace")
        if text.count("\ufffd") * 4 <= _count_non_ascii(text):
            return text, "charset-partly-invalid"
    for hint in hints:
        codec = python_codec(hint)
        if codec:
            text = data.decode(codec, "replace")
            if "\ufffd" not in text:
                return text, "charset-undeclared"
    return guess(data), "charset-wrong" if said_utf8 else "charset-undeclared"


def _count_non_ascii(text: str) -> int:
    return sum(1 for character in text if character > "\x7f")
