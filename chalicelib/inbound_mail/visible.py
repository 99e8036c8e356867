"""The text of a mail and the visible reply in it, out of whichever form tells more."""

import re
from dataclasses import dataclass

from chalicelib.html.text import Line, html_to_lines, join_lines
from chalicelib.inbound_mail.bodies import MAX_TEXT_CHARACTERS, Bodies, as_html, is_html, part_text
from chalicelib.inbound_mail.parts import Part
from chalicelib.inbound_mail.reply_text import cut_reply, has_quote, plain_lines

_STUB_CHARACTERS = 300
_STUB = re.compile(r"html", re.IGNORECASE)
_STUB_VERB = re.compile(
    r"view|support|client|display|browser|anzeigen|afficher|ver\b", re.IGNORECASE
)
# Without any of these no client has marked a quote or a signature in the HTML.
_MARKS = re.compile(
    r"blockquote|gmail_|yahoo_quoted|yahoo-|divrplyfwdmsg|appendonsend|border-top|moz-|signature"
    r"|outlookmessageheader|reply-intro|stopspelling|isreplycontent|_quote|zmail_extra|olk_src",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Visible:
    """What a mail says.

    Attributes:
        text: everything, as plain text.
        html: as received; empty when there is none.
        lines: the lines that quotes and forwards are looked for in.
    """

    text: str
    html: str
    lines: list[Line]
    html_lines: list[Line] | None


def read_bodies(bodies: Bodies, hints: tuple[str, ...], defects: list[str]) -> Visible:
    """Decode the bodies, once each, into text and HTML."""
    decoded: dict[int, str] = {}
    for part in [*bodies.text, *bodies.html]:
        if id(part) not in decoded:
            decoded[id(part)] = part_text(part, hints, defects)
    html = _html(bodies.html, decoded)
    lines: list[Line] = []
    plain_only = True
    for part in bodies.text:
        text = decoded[id(part)]
        if is_html(part, text):
            plain_only = False
            more = html_to_lines(text)
        else:
            more = plain_lines(text.strip("\n"))
        if lines and any(line.text for line in more):
            lines.append(Line("", 0, None))
        lines.extend(more)
    html_lines = None
    if plain_only and html and (_is_blank(lines) or _is_stub(lines)):
        html_lines = html_to_lines(html)
        lines = html_lines or lines
        plain_only = False
    text = _text(bodies.text, decoded) if plain_only else join_lines(lines)
    return Visible(text[:MAX_TEXT_CHARACTERS], html, lines, html_lines if plain_only else lines)


def _text(parts: list[Part], decoded: dict[int, str]) -> str:
    pieces = (decoded[id(part)].strip("\n") for part in parts)
    return "\n\n".join(piece for piece in pieces if piece.strip())


def _html(parts: list[Part], decoded: dict[int, str]) -> str:
    if not any(is_html(part, decoded[id(part)]) for part in parts):
        return ""
    pieces = (as_html(part, decoded[id(part)]) for part in parts)
    return "\n".join(piece for piece in pieces if piece.strip())[:MAX_TEXT_CHARACTERS]


def _is_blank(lines: list[Line]) -> bool:
    return not any(line.text.strip() for line in lines)


def _is_stub(lines: list[Line]) -> bool:
    """``Your mail program does not support HTML``: a plain part that says nothing."""
    text = " ".join(line.text for line in lines[:10])
    if len(text) > _STUB_CHARACTERS or len(lines) > 10:
        return False
    return bool(_STUB.search(text) and _STUB_VERB.search(text))


def visible_reply(visible: Visible, author: str) -> str:
    """Only what the author newly wrote; the whole text when that would be nothing.

    The plain part is cut by its words. Where it shows no quote, but the client has marked one in
    the HTML, the HTML decides.
    """
    reply = cut_reply(visible.lines, author)
    if visible.html and visible.html_lines is None and _MARKS.search(visible.html):
        if not has_quote(visible.lines):
            lines = html_to_lines(visible.html)
            if has_quote(lines):
                reply = cut_reply(lines, author) or reply
    return reply or visible.text.strip()
