"""Words of a header: RFC 2047 encoded words and RFC 2231 parameters, as mailers really write them.

Everything here is linear in its input: positions only move forward.
"""

import binascii
import re

from chalicelib.inbound_mail.charsets import decode_text

_ESCAPE = re.compile(r"=([0-9A-Fa-f]{2})")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")
_SEGMENT = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?\Z")
_MAX_PARAMETERS = 200


def decode_words(value: str, hints: tuple[str, ...] = ()) -> str:
    """Decode all encoded words; blanks between two of them vanish; the result is one line.

    Neighbouring words of one charset are joined as bytes first, because mailers split them in the
    middle of a character.

    >>> decode_words("=?utf-8?B?w6Q=?= =?utf-8?Q?=C3?= =?utf-8?Q?=A4_x?=")
    'ää x'
    """
    if "=?" not in value:
        return one_line(value)
    out: list[str] = []
    pending: tuple[str, bytes] | None = None
    position = 0
    while position < len(value):
        word = _next_word(value, position)
        if word is None:
            break
        start, end, charset, data = word
        between = value[position:start]
        if between.strip() or (pending and pending[0] != charset) or pending is None:
            out.append(_finish(pending, hints))
            if between.strip() or pending is None:
                out.append(between)
            pending = (charset, data)
        else:
            pending = (charset, pending[1] + data)
        position = end
    out.append(_finish(pending, hints))
    out.append(value[position:])
    return one_line("".join(out))


def one_line(value: str) -> str:
    """Line breaks and control characters become single blanks; overrides of direction go.

    A name or subject that turns the writing direction can show ``exe.fdp`` as ``fdp.exe``.
    """
    return re.sub(r"  +", " ", _CONTROLS.sub(" ", _OVERRIDES.sub("", value))).strip()


def _finish(pending: tuple[str, bytes] | None, hints: tuple[str, ...]) -> str:
    return "" if pending is None else decode_text(pending[1], pending[0], hints)[0]


def _next_word(value: str, position: int) -> tuple[int, int, str, bytes] | None:
    """The next encoded word from ``position``: start, end, charset, bytes."""
    while True:
        start = value.find("=?", position)
        if start < 0:
            return None
        charset_end = value.find("?", start + 2, start + 90)
        kind = value[charset_end + 1 : charset_end + 3].lower() if charset_end > 0 else ""
        if kind not in ("b?", "q?"):
            position = start + 2
            continue
        close = _word_end(value, charset_end + 3, kind)
        if close < 0:
            return None
        charset = value[start + 2 : charset_end].split("*", maxsplit=1)[0]
        payload = value[charset_end + 3 : close]
        data = _b_bytes(payload) if kind == "b?" else _q_bytes(payload)
        return start, close + 2, charset, data


def _word_end(value: str, start: int, kind: str) -> int:
    """Where the closing ``?=`` is. In Q text a literal ``?`` may stand before ``=C3``."""
    close = value.find("?=", start)
    if kind == "b?":
        return close
    while close >= 0 and _ESCAPE.match(value, close + 1):
        later = value.find("?=", close + 2)
        blank = value.find(" ", close, later if later > 0 else len(value))
        if later < 0 or blank >= 0:
            return close
        close = later
    return close


def _q_bytes(payload: str) -> bytes:
    raw = payload.replace("_", " ").encode("utf-8", "surrogateescape")
    return binascii.a2b_qp(raw)


def _b_bytes(payload: str) -> bytes:
    letters = re.sub(r"[^A-Za-z0-9+/]", "", payload.replace("-", "+").replace("_", "/"))
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + "=" * (-len(letters) % 4))


def split_parameters(value: str) -> tuple[str, list[tuple[str, str]]]:
    """A structured header in its main value and its raw parameters, in order.

    Semicolons inside quotes do not split; a missing semicolon before ``name=`` is forgiven.

    >>> split_parameters('Text/HTML; charset="utf-8"; name=a;b.txt')[0]
    'text/html'
    """
    pieces = _split_outside_quotes(value)
    head = pieces[0].strip() if pieces else ""
    extra: list[str] = []
    if " " in head and "=" in head:
        # "text/plain charset=utf-8", seen from mailers that forget the semicolon.
        head, rest = head.split(None, 1)
        extra = [rest]
    elif "=" in head and "/" not in head.partition("=")[0]:
        # Content-Disposition: filename="x.pdf", with the word left out.
        head, extra = "", [head]
    parameters: list[tuple[str, str]] = []
    for piece in extra + pieces[1 : _MAX_PARAMETERS + 1]:
        name, equals, raw = piece.partition("=")
        if equals:
            parameters.append((name.strip().lower(), raw.strip()))
        elif parameters and piece.strip() and parameters[-1][0] in ("name", "filename"):
            # An unquoted file name with a semicolon in it.
            last_name, last = parameters[-1]
            parameters[-1] = (last_name, last + ";" + piece)
    return head.lower(), parameters


def _split_outside_quotes(value: str) -> list[str]:
    pieces: list[str] = []
    start = 0
    quoted = False
    if value.count('"') % 2:
        # A quote that never ends would swallow the rest of the header.
        return value.split(";")
    for match in re.finditer(r'\\.|"|;', value):
        if match.group() == '"':
            quoted = not quoted
        elif match.group() == ";" and not quoted:
            pieces.append(value[start : match.start()])
            start = match.end()
    pieces.append(value[start:])
    return pieces


def parameter(parameters: list[tuple[str, str]], name: str, hints: tuple[str, ...] = ()) -> str:
    """One parameter, decoded: RFC 2231 (with continuations), else RFC 2047, else as it stands."""
    segments: dict[int, tuple[str, bool]] = {}
    plain: str | None = None
    for field, raw in parameters:
        match = _SEGMENT.match(field)
        if match is None or match.group(1).strip() != name:
            continue
        number, star = match.group(2), match.group(3)
        if number is None and star is None:
            plain = plain if plain is not None else _unquote(raw)
        else:
            segments.setdefault(int(number or 0), (_unquote(raw), star is not None))
    if segments:
        return one_line(_join_segments(segments, hints))
    return decode_words(plain, hints) if plain else ""


def _unquote(raw: str) -> str:
    text = raw.strip()
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return re.sub(r'\\(["\\])', r"\1", text[1:-1])
    return text.strip('"')


def _join_segments(segments: dict[int, tuple[str, bool]], hints: tuple[str, ...]) -> str:
    charset = ""
    data = bytearray()
    for position, number in enumerate(sorted(segments)):
        text, encoded = segments[number]
        if encoded and position == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        raw = text.encode("utf-8", "surrogateescape")
        data += _PERCENT.sub(lambda m: bytes((int(m.group(1), 16),)), raw) if encoded else raw
    text = decode_text(bytes(data), charset, hints)[0]
    # Mailers exist that put encoded words into RFC 2231 values.
    return decode_words(text, hints) if "=?" in text else text
