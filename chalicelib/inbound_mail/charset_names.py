"""The names of charsets as mailers write them, and the codecs that they really mean."""

import codecs
import re
from functools import lru_cache

# What a declared name really means in mail. Left side: lower case, "_" as "-".
_MEANT = {
    "gb2312": "gb18030",
    "gb-2312": "gb18030",
    "gb-2312-80": "gb18030",
    "x-gbk": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "chinesesimplified": "gb18030",
    "csgb2312": "gb18030",
    "x-euc-cn": "gb18030",
    "euc-cn": "gb18030",
    "cn-gb": "gb18030",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso-8859-1-windows-3.1-latin-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "l1": "cp1252",
    "latin-9": "iso-8859-15",
    "latin-15": "iso-8859-15",
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
    "cswindows31j": "cp932",
    "csshiftjis": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "x-euc": "euc_jp",
    "cp51932": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "iso-2022-jp-ms": "iso2022_jp",
    "cp50220": "iso2022_jp",
    "cp50221": "iso2022_jp",
    "csiso2022jp": "iso2022_jp",
    "jis": "iso2022_jp",
    "jis7": "iso2022_jp",
    "ks-c-5601-1987": "cp949",
    "ks-c-5601": "cp949",
    "ksc5601": "cp949",
    "ksc-5601": "cp949",
    "euc-kr": "cp949",
    "euckr": "cp949",
    "cseuckr": "cp949",
    "korean": "cp949",
    "big5": "big5hkscs",
    "big-5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "big5-eten": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "tis-620": "cp874",
    "iso-8859-11": "cp874",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8",
    "x-unicode-2-0-utf-7": "utf-7",
    "hz-gb-2312": "hz",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "unicode": "utf-8",
    "x-utf-8": "utf-8",
    "utf-8n": "utf-8",
    "mac": "mac_roman",
    "x-mac-roman": "mac_roman",
    "x-mac-greek": "mac_greek",
    "x-mac-turkish": "mac_turkish",
    "x-mac-icelandic": "mac_iceland",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-ce": "mac_latin2",
    "koi8": "koi8-r",
    "koi8r": "koi8-r",
    "koi-8-r": "koi8-r",
    "koi8-ru": "koi8-u",
}
# Microsoft's numbers where Python has no codec of that number, or a narrower one.
_NUMBERED = {
    "932": "cp932",
    "936": "gb18030",
    "943": "cp932",
    "1200": "utf-16-le",
    "1201": "utf-16-be",
    "10000": "mac_roman",
    "20127": "cp1252",
    "20866": "koi8-r",
    "20932": "euc_jp",
    "21866": "koi8-u",
    "28591": "cp1252",
    "50220": "iso2022_jp",
    "50221": "iso2022_jp",
    "50222": "iso2022_jp",
    "51932": "euc_jp",
    "51949": "cp949",
    "54936": "gb18030",
    "65000": "utf-7",
}
_ISO_8859 = re.compile(r"(?:x-)?(?:iso-?)?-?8859-?(\d{1,2})(?:-.{1,30})?")
_NUMBER = re.compile(r"(?:x-)?(?:windows|win|cp|ibm|dos|msdos|ms)-?(\d{3,5})")
_SAYS_NOTHING = frozenset(
    ("", "us-ascii", "ascii", "ansi-x3.4-1968", "unknown", "unknown-8bit", "x-unknown", "default")
    + ("default-charset", "user-defined", "x-user-defined", "binary", "8bit", "7bit", "none")
    + ("utf-8", "utf8", "x-unknown-charset", "auto", "charset", "iso", "windows", "646")
)
# Python codecs that are no charsets, or take time out of proportion.
_NO_CHARSETS = frozenset(("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"))


def python_codec(declared: str) -> str | None:
    """The codec for a declared charset name, or None when the name says nothing usable.

    >>> python_codec("GB2312"), python_codec("x-unknown"), python_codec("rot13")
    ('gb18030', None, None)
    """
    name = declared.strip().strip("\"'").lower().replace("_", "-")[:60]
    name = name.removeprefix("charset=").partition("$")[0].strip("-\"' ")
    return None if name in _SAYS_NOTHING else _known_codec(name)


@lru_cache(maxsize=256)
def _known_codec(declared: str) -> str | None:
    """Asked anew, Python looks for a module of every name that it does not know."""
    name = _MEANT.get(declared) or _meant_by_number(declared) or declared
    try:
        info = codecs.lookup(name)
        # Not-text codecs (base64, rot13) refuse to decode bytes to text.
        is_text = isinstance(b"\0\0\0\0".decode(name, "replace"), str)
        known = is_text and info.name.replace("-", "_") not in _NO_CHARSETS
    except (LookupError, ValueError, AttributeError):
        return None
    return name if known else None


def _meant_by_number(name: str) -> str | None:
    """The codec of ``x-windows-1252``, ``iso88591`` and the like."""
    iso = _ISO_8859.fullmatch(name)
    if iso:
        plain = f"iso-8859-{int(iso.group(1))}"
        return _MEANT.get(plain, plain)
    page = _NUMBER.fullmatch(name)
    if page is None:
        return None
    number = page.group(1)
    if number.startswith("286") or (number.startswith("285") and number != "28591"):
        return f"iso-8859-{int(number) - 28590}"
    return _NUMBERED.get(number, f"cp{number}")
