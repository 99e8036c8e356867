"""Charsets of text that names none, or a wrong one: by its bytes."""

import re

_GUESS_BYTES = 65_536
_GUESS_MIN_BYTES = 16
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_KANA = re.compile("[\u3041-\u30fe]{2}")
_MIN_CYRILLIC = 4
_COMMON_CYRILLIC = frozenset("оеаинтсрвлкм")
# Polish, Czech and Hungarian letters of Windows-1250 as Windows-1252 shows them inside words.
_CENTRAL_EUROPEAN = re.compile(r"[a-z][¹³¿¶][a-z]|[a-zì]ø[ae]|[a-zéá]õ[a-z]")


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


def strictly(data: bytes, codec: str) -> str | None:
    """The text when every byte is valid in the codec."""
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError):
        return None


def guess(data: bytes) -> str:
    """Text in mostly ASCII letters is Western (or Central European); anything else is measured."""
    sample = data[:_GUESS_BYTES]
    cyrillic = _cyrillic_codec(sample)
    if cyrillic:
        return data.decode(cyrillic, "replace")
    high = sum(1 for byte in sample if byte > 0x7F)
    letters = sum(1 for byte in sample if 0x41 <= byte & 0xDF <= 0x5A)
    if high * 2 < letters or len(sample) < _GUESS_MIN_BYTES:
        text = western(data)
        return data.decode("cp1250", "replace") if _CENTRAL_EUROPEAN.search(text) else text
    codec = _statistical_guess(sample)
    return data.decode(codec, "replace") if codec else western(data)


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


def western(data: bytes) -> str:
    """Windows-1252; its five undefined bytes say that it is Japanese, or become controls."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        japanese = strictly(data, "cp932")
        return japanese if japanese and _KANA.search(japanese) else data.decode("latin-1")
