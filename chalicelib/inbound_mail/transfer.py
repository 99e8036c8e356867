"""Content-Transfer-Encoding back to bytes, forgiving what mailers and gateways do to it."""

import binascii
import re

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")
_UU_BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} ?(.*?)\r?$", re.MULTILINE)
_UU_END = re.compile(rb"^(?:`|~| )?\r?\n?end[ \t]*\r?$", re.MULTILINE)


def decode_transfer(data: bytes, encoding: str) -> tuple[bytes, str | None]:
    """Decoded bytes and the name of a defect, if any. Unknown encodings are taken as they are."""
    name = encoding.strip().strip("\"'").lower().replace("_", "-").split(";")[0].strip()
    if name.startswith("base64"):
        return _base64(data)
    if name in ("quoted-printable", "quotedprintable", "qp", "quoted/printable"):
        return binascii.a2b_qp(_without_soft_break_blanks(data)), None
    if name in ("x-uuencode", "x-uue", "uuencode", "uue"):
        return _uu_part(data)
    if name in ("", "7bit", "8bit", "binary", "none", "7-bit", "8-bit"):
        return data, None
    return data, "transfer-encoding-unknown"


def _without_soft_break_blanks(data: bytes) -> bytes:
    # "= \r\n": gateways add blanks after the soft line break and a2b_qp would keep the "=".
    if b"= " not in data and b"=\t" not in data:
        return data
    return re.sub(rb"=[ \t]{1,80}(?=\r?\n)", b"=", data)


def _base64(data: bytes) -> tuple[bytes, str | None]:
    try:
        if b"=" not in data.rstrip(b"= \t\r\n"):
            return binascii.a2b_base64(data), None
    except binascii.Error:
        pass
    return _base64_in_pieces(data), "base64-broken"


def _base64_in_pieces(data: bytes) -> bytes:
    """Several base64 runs one after the other, or one that was cut: decode what there is."""
    pieces = []
    for run in re.split(rb"=+", data):
        letters = _NOT_BASE64.sub(b"", run)
        if len(letters) % 4 == 1:
            letters = letters[:-1]
        pieces.append(binascii.a2b_base64(letters + b"=" * (-len(letters) % 4)))
    return b"".join(pieces)


def _uu_part(data: bytes) -> tuple[bytes, str | None]:
    begin = _UU_BEGIN.search(data)
    body = data[begin.end() :] if begin else data
    return uu_lines(body.splitlines())


def uu_lines(lines: list[bytes]) -> tuple[bytes, str | None]:
    """Bytes of uuencoded lines up to "end", and a defect when a line could not be read."""
    out = bytearray()
    defect = None
    for line in lines:
        stripped = line.rstrip(b"\r\n")
        if stripped.strip() == b"end":
            break
        if not stripped or stripped in (b"`", b" "):
            continue
        try:
            out += binascii.a2b_uu(stripped)
        except binascii.Error:
            # Some encoders pad lines wrongly; the length byte says how much is meant.
            size = ((stripped[0] - 32) & 63) * 4 // 3 + 5
            try:
                out += binascii.a2b_uu(stripped[:size])
            except binascii.Error:
                defect = "uuencode-broken"
    return bytes(out), defect
