"""Bytes of unknown honesty into text: what is declared, what is likely, never an exception.

Order of trust: the declared charset (in the superset that mailers really mean by it), strict UTF-8,
a statistical guess, and at last Windows-1252 with replacement characters.
"""

import codecs
import re

from chalicelib.inbound_mail.charset_guess import guess, strict_utf8, strictly, western
from chalicelib.inbound_mail.iso_2022_jp import JIS_MARK, iso_2022_jp

# What a declared name really means in mail. Left side: lower case, "_" as "-".
_MEANT = {
    "gb2312": "gb18030",
    "gb-2312": "gb18030",
    "gb-2312-80": "gb18030",
    "x-gbk": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "windows-936": "gb18030",
    "chinesesimplified": "gb18030",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso-8859-1-windows-3.1-latin-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "l1": "cp1252",
    "ansi": "cp1252",
    "windows-1252http-equivcontent-type": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "logical": "iso-8859-8",
    "shift-jis": "cp932",
    "shift-jisx0213": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "ms-kanji": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "x-euc": "euc_jp",
    "cp51932": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "iso-2022-jp-ms": "iso2022_jp",
    "cp50220": "iso2022_jp",
    "cp50221": "iso2022_jp",
    "csiso2022jp": "iso2022_jp",
    "ks-c-5601-1987": "cp949",
    "ks-c-5601": "cp949",
    "ksc5601": "cp949",
    "ksc-5601": "cp949",
    "euc-kr": "cp949",
    "euckr": "cp949",
    "korean": "cp949",
    "x-windows-949": "cp949",
    "windows-949": "cp949",
    "big5": "big5hkscs",
    "big-5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "windows-950": "cp950",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "iso-8859-11": "cp874",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8",
    "unicode": "utf-8",
    "x-utf-8": "utf-8",
    "utf-8n": "utf-8",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-ce": "mac_latin2",
    "koi8": "koi8-r",
    "cp-866": "cp866",
    "cp-850": "cp850",
    "win-1251": "cp1251",
    "win1251": "cp1251",
}
_SAYS_NOTHING = frozenset(
    ("", "us-ascii", "ascii", "ansi-x3.4-1968", "unknown", "unknown-8bit", "x-unknown", "default")
    + ("default-charset", "user-defined", "x-user-defined", "binary", "8bit", "7bit", "none")
    + ("utf-8", "utf8", "x-unknown-charset", "auto", "charset", "iso", "windows", "646")
)
# Python codecs that are no charsets, or take time out of proportion.
_NO_CHARSETS = frozenset(("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"))
_MULTI_BYTE = frozenset(
    ("gb18030", "gbk", "gb2312", "big5", "big5hkscs", "cp950", "cp932", "cp949", "johab", "hz")
    + ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-7")
)
_THREE_BYTES = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}")
_MIN_THREE_BYTES = 4


def python_codec(declared: str) -> str | None:
    """The codec for a declared charset name, or None when the name says nothing usable.

    >>> python_codec("GB2312"), python_codec("x-unknown"), python_codec("rot13")
    ('gb18030', None, None)
    """
    name = declared.strip().strip("\"'").lower().replace("_", "-")[:60]
    if name in _SAYS_NOTHING:
        return None
    name = _MEANT.get(name, name)
    try:
        info = codecs.lookup(name)
        # Not-text codecs (base64, rot13) refuse to decode bytes to text.
        known = info.name not in _NO_CHARSETS and isinstance(b" ".decode(name), str)
    except (LookupError, ValueError, AttributeError):
        return None
    return name if known else None


def decode_text(data: bytes, declared: str, hints: tuple[str, ...] = ()) -> tuple[str, str | None]:
    """Text of bytes, and the name of the defect when the declaration did not hold.

    Args:
        data: the bytes after transfer decoding.
        declared: charset as declared, may be empty or nonsense.
        hints: charsets to try when nothing valid is declared (the rest of the mail's).
    """
    if data.isascii() and b"\x1b" not in data:
        codec = python_codec(declared)
        if codec not in ("utf-7", "hz", "utf-16", "utf-16-le", "utf-16-be", "utf-32"):
            return data.decode("ascii"), None
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") and python_codec(declared) in (None, "utf-16"):
        return data.decode("utf-16", "replace"), None
    codec = python_codec(declared)
    if codec is None:
        return _undeclared(data, declared, hints)
    return _declared(data, codec)


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
