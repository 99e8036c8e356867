"""Signed and encrypted mail: what is sealed is said to be so, and a signature is looked behind.

Nothing is decrypted and no signature is checked here.
"""

import re

from chalicelib.inbound_mail.parts import Part

PKCS7_TYPES = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime"))
ENCRYPTED_TEXT = "This message is encrypted. The desk cannot read it; the original is attached."

_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_MAX_STEPS = 10_000
_ARMOUR = "-----BEGIN PGP MESSAGE-----"
CLEAR_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
_SIGNATURE = "-----BEGIN PGP SIGNATURE-----"
_ARMOUR_HEADERS = re.compile(r"(?:Hash|Version|Comment|Charset|NotDashEscaped): ?.*\n")


def seal_of(parts: list[Part], text: str) -> str | None:
    """The defect that names how a mail is sealed, or None."""
    for part in parts[:100]:
        kind = part.content_type
        if kind in ("multipart/encrypted", "application/pgp-encrypted"):
            return "encrypted-pgp"
        if kind in PKCS7_TYPES and part.parameter("smime-type").lower() != "signed-data":
            return "encrypted-smime"
        if kind == "multipart/signed":
            return "signed-pgp" if "pgp" in part.parameter("protocol").lower() else "signed-smime"
    if _ARMOUR in text:
        return "encrypted-pgp"
    return "signed-pgp" if CLEAR_SIGNED in text else None


def without_armour(text: str) -> str:
    """A clear-signed PGP text without the lines that only programs need."""
    start = text.find(CLEAR_SIGNED)
    end = text.find(_SIGNATURE, start)
    if start < 0 or end < 0:
        return text
    inside = text[start + len(CLEAR_SIGNED) : end].lstrip("\n")
    header = _ARMOUR_HEADERS.match(inside)
    while header:
        inside = inside[header.end() :]
        header = _ARMOUR_HEADERS.match(inside)
    # RFC 4880, 7.1: lines that begin with a dash are escaped by "- ".
    inside = re.sub(r"^- ", "", inside, flags=re.MULTILINE)
    return (text[:start] + inside).strip("\n")


def signed_content(data: bytes) -> bytes | None:
    """The MIME entity inside an opaque S/MIME signature (CMS SignedData), or None.

    Looks for the content octets only; the walk is flat and bounded, and BER with indefinite
    lengths (as Java's and Apple's programs write it) is read too.
    """
    at = data.find(_SIGNED_DATA, 0, 64)
    if at < 0:
        return None
    pieces: list[bytes] = []
    position, depth_seen = at + len(_SIGNED_DATA), 0
    for _ in range(_MAX_STEPS):
        header = _tlv(data, position)
        if header is None:
            break
        tag, start, size = header
        if tag == 0x04:
            pieces.append(data[start : start + size])
            position = start + size
        elif pieces and tag != 0x00:
            break
        elif tag & 0x20 and depth_seen < 40 and not _is_set(tag):
            depth_seen += 1
            position = start
        else:
            position = start + size
    return b"".join(pieces) or None


def _is_set(tag: int) -> bool:
    """The set of digest algorithms stands before the content and is stepped over."""
    return tag == 0x31


def _tlv(data: bytes, position: int) -> tuple[int, int, int] | None:
    """Tag, start and size of the element; size 0 for an indefinite length."""
    if position + 2 > len(data):
        return None
    tag, first = data[position], data[position + 1]
    if first < 0x80:
        size, start = first, position + 2
    elif first == 0x80:
        return tag, position + 2, 0
    else:
        count = first & 0x7F
        if count > 4 or position + 2 + count > len(data):
            return None
        size = int.from_bytes(data[position + 2 : position + 2 + count], "big")
        start = position + 2 + count
    return (tag, start, size) if start + size <= len(data) else None
