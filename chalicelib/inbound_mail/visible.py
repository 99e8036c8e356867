"""The text of a mail and the visible reply in it, out of whichever form tells more."""

import re
from dataclasses import dataclass

from chalicelib.html.text import Line, html_to_lines, join_lines
from chalicelib.inbound_mail.bodies import (
    MAX_TEXT_CHARACTERS,
    Bodies,
    as_html,
    clean_text,
    is_html,
    part_text,
)
from chalicelib.inbound_mail.inline_files import take_inline_files
from chalicelib.inbound_mail.parts import Part
from chalicelib.inbound_mail.plain_lines import plain_lines
from chalicelib.inbound_mail.reply_text import cut_reply, has_mark, has_quote
from chalicelib.inbound_mail.sealed import CLEAR_SIGNED, without_armour

_STUB_CHARACTERS = 300
_STUB = re.compile(r"html", re.IGNORECASE)
_STUB_VERB = re.compile(
    r"view|support|client|display|browser|anzeigen|afficher|ver\b", re.IGNORECASE
)
# Without any of these no client has marked a quote or a signature in the HTML.
_MARKS = (
    (
        "blockquote",
        "gmail_",
        "yahoo_quoted",
        "yahoo-",
        "divrplyfwdmsg",
        "appendonsend",
        "border-top",
    )
    + ("moz-", "signature", "outlookmessageheader", "reply-intro", "stopspelling", "isreplycontent")
    + ("_quote", "zmail_extra", "olk_src", "zwchr", "isforwardcontent", "replysplit")
    + ("messagereplysection",)
)


@dataclass(frozen=True, slots=True)
class Visible:
    """What a mail says.

    Attributes:
        text: everything, as plain text.
        html: as received; empty when there is none.
        lines: the lines that quotes and forwards are looked for in.
        html_was_read: whether ``lines`` already come from the HTML.
        inline_files: files that stood encoded in the text, as (name, content).
    """

    text: str
    html: str
    lines: list[Line]
    html_was_read: bool
    inline_files: list[tuple[str, bytes]]


def read_bodies(bodies: Bodies, hints: tuple[str, ...], defects: list[str]) -> Visible:
    """Decode the bodies, once each, into text and HTML."""
    inline_files: list[tuple[str, bytes]] = []
    decoded: dict[int, str] = {}
    for part in [*bodies.text, *bodies.html]:
        if id(part) not in decoded:
            text = part_text(part, hints, defects)
            if part.content_type == "text/plain":
                text, found = take_inline_files(text)
                inline_files += found
            decoded[id(part)] = text
    _drop_second_form(bodies, decoded)
    html = _html(bodies.html, decoded)
    html_was_read = any(is_html(part, decoded[id(part)]) for part in bodies.text)
    lines = _lines(bodies.text, decoded)
    if html and not html_was_read and (_is_blank(lines) or _is_stub(lines)):
        html_was_read = True
        lines = html_to_lines(html) or lines
    text = join_lines(lines) if html_was_read else _text(bodies.text, decoded)
    return Visible(text[:MAX_TEXT_CHARACTERS], html, lines, html_was_read, inline_files)


def _drop_second_form(bodies: Bodies, decoded: dict[int, str]) -> None:
    """Plain text and the same as HTML in one multipart/mixed: each form is for its own use."""
    for plain, other in zip(bodies.text, bodies.text[1:], strict=False):
        if plain.content_type != "text/plain" or other.content_type != "text/html":
            continue
        said = _letters(" ".join(line.text for line in html_to_lines(decoded[id(other)])))
        if said and said == _letters(decoded[id(plain)]):
            bodies.text.remove(other)
            if plain in bodies.html and other in bodies.html:
                bodies.html.remove(plain)
            return


def visible_of(text: str, html: str) -> Visible:
    """The same for a text that stood in none of the mail's own bodies."""
    if html.strip():
        lines = html_to_lines(html)
        return Visible(join_lines(lines)[:MAX_TEXT_CHARACTERS], html, lines, True, [])  # noqa: FBT003
    text = clean_text(text).strip("\n")[:MAX_TEXT_CHARACTERS]
    return Visible(text, "", plain_lines(text), False, [])  # noqa: FBT003


def _lines(parts: list[Part], decoded: dict[int, str]) -> list[Line]:
    lines: list[Line] = []
    for part in parts:
        text = decoded[id(part)]
        more = html_to_lines(text) if is_html(part, text) else plain_lines(text.strip("\n"))
        if lines and any(line.text for line in more):
            lines.append(Line("", 0, None))
        lines.extend(more)
    return lines


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
    lines = visible.lines
    if CLEAR_SIGNED in visible.text:
        lines = plain_lines(without_armour(visible.text))
    reply = cut_reply(lines, author)
    if _may_know_more(visible) and not has_quote(visible.lines):
        lines = html_to_lines(visible.html)
        shorter = cut_reply(lines, author) if has_mark(lines) or has_quote(lines) else ""
        if shorter and len(_letters(shorter)) < len(_letters(reply)):
            reply = shorter
    return reply or visible.text.strip()


def _letters(text: str) -> str:
    """A text without blanks and rules, which the plain and the HTML form never share."""
    return "".join(letter for letter in text if letter.isalnum())


def _may_know_more(visible: Visible) -> bool:
    """Whether there is HTML that has not been looked at and that some client has marked."""
    if not visible.html or visible.html_was_read:
        return False
    lowered = visible.html.lower()
    return any(mark in lowered for mark in _MARKS)
