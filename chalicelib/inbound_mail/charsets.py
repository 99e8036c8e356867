"""Bytes of unknown honesty into text: what is declared, what is likely, never an exception.

Order of trust: the declared charset (in the superset that mailers really mean by it), strict UTF-8,
a statistical guess, and at last Windows-1252 with replacement characters.
"""

import codecs
import re

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
_GUESS_BYTES = 65_536
_GUESS_MIN_BYTES = 16
# Polish, Czech and Hungarian letters of Windows-1250 as Windows-1252 shows them inside words.
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_THREE_BYTES = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}")
_MIN_THREE_BYTES = 4
_KANA = re.compile("[\u3041-\u30fe]{2}")
_MIN_CYRILLIC = 4
_COMMON_CYRILLIC = frozenset("оеаинтсрвлкм")
_CENTRAL_EUROPEAN = re.compile(r"[a-z][¹³¿¶][a-z]|[a-zì]ø[ae]|[a-zéá]õ[a-z]")
_JIS_ESCAPE = re.compile(rb"\x1b\$[@B]|\x1b\([BJI]|\x1b\$\([DOPQ]")
_JIS_MARK = re.compile(rb"\x1b\$[@B]")


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
        return _iso_2022_jp(data), None
    utf8 = strict_utf8(data)
    if utf8 is not None and (not _is_multi_byte(codec) or _is_surely_utf8(data)):
        # UTF-8 declared as Latin-1 or Windows-125x: real text of those charsets is practically
        # never valid UTF-8.
        return utf8, "charset-was-utf-8"
    text = _cp1252(data) if codec == "cp1252" else _strict(data, codec)
    if text is not None:
        return text, None
    if utf8 is not None:
        return utf8, "charset-was-utf-8"
    text = data.decode(codec, "replace")
    if text.count("\ufffd") * 20 <= len(text):
        return text, "charset-partly-invalid"
    return _guess(data), "charset-wrong"


def _is_multi_byte(codec: str) -> bool:
    name = codecs.lookup(codec).name
    return name in _MULTI_BYTE or name.startswith(("iso2022", "euc_", "shift_jis"))


def _is_surely_utf8(data: bytes) -> bool:
    """Whether valid UTF-8 is too long to be so by chance in a charset of two-byte characters."""
    return len(_THREE_BYTES.findall(data)) >= _MIN_THREE_BYTES


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _undeclared(data: bytes, declared: str, hints: tuple[str, ...]) -> tuple[str, str | None]:
    if _JIS_MARK.search(data):
        return _iso_2022_jp(data), None
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
    return _guess(data), "charset-wrong" if said_utf8 else "charset-undeclared"


def strict_utf8(data: bytes) -> str | None:
    """The text when the bytes are valid UTF-8, a character cut off at the end forgiven.

    Only behind other characters of UTF-8: "Olá" in Latin-1 ends like one that was cut.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        whole = data[: error.start]
        if error.reason == "unexpected end of data" and not whole.isascii():
            return whole.decode("utf-8-sig", "replace")
        return None


def _count_non_ascii(text: str) -> int:
    return sum(1 for character in text if character > "\x7f")


def _guess(data: bytes) -> str:
    """Text in mostly ASCII letters is Western (or Central European); anything else is measured."""
    sample = data[:_GUESS_BYTES]
    cyrillic = _cyrillic_codec(sample)
    if cyrillic:
        return data.decode(cyrillic, "replace")
    high = sum(1 for byte in sample if byte > 0x7F)
    letters = sum(1 for byte in sample if 0x41 <= byte & 0xDF <= 0x5A)
    if high * 2 < letters or len(sample) < _GUESS_MIN_BYTES:
        text = _cp1252(data)
        return data.decode("cp1250", "replace") if _CENTRAL_EUROPEAN.search(text) else text
    codec = _statistical_guess(sample)
    return data.decode(codec, "replace") if codec else _cp1252(data)


def _cyrillic_codec(sample: bytes) -> str | None:
    """The charset of text in words of Cyrillic letters only, by how common its letters are.

    Words that are all accented letters do not occur in a Western language, and two-byte charsets
    have bytes below 0xC0 in any longer text.
    """
    words = _HIGH_RUN.findall(sample)
    if not any(len(word) >= _MIN_CYRILLIC for word in words) or min(map(min, words)) < 0xC0:
        return None
    scores = {codec: _commonness(words, codec) for codec in ("koi8_r", "cp1251")}
    best, other = sorted(scores, key=lambda codec: -scores[codec])
    length = sum(map(len, words))
    return best if scores[best] * 5 >= length * 3 and scores[best] > scores[other] else None


def _commonness(words: list[bytes], codec: str) -> int:
    """How many letters are common ones; none when capitals stand inside words."""
    text = [word.decode(codec) for word in words]
    if not all(word.islower() or word.isupper() or word[1:].islower() for word in text):
        return 0
    return sum(letter in _COMMON_CYRILLIC for word in text for letter in word.lower())


def _statistical_guess(sample: bytes) -> str | None:
    # Imported here: it costs a cold start some 50 ms and one mail in a thousand needs it.
    from charset_normalizer import from_bytes

    best = from_bytes(sample, threshold=0.3).best()
    return best.encoding if best is not None else None


def _cp1252(data: bytes) -> str:
    """Windows-1252; its five undefined bytes say that it is Japanese, or become controls."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        japanese = _strict(data, "cp932")
        return japanese if japanese and _KANA.search(japanese) else data.decode("latin-1")


def _iso_2022_jp(data: bytes) -> str:
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
