"""Text of HTML, for search, for the plain twin of a mail, and for finding the visible reply."""

import re
from html import escape
from typing import NamedTuple

from chalicelib.html.quote_marks import QUOTE, REST, SIGNATURE, is_hidden, is_indentation, mark_of
from chalicelib.html.tokens import Token, attribute, tokens

_BLOCKS = frozenset(
    ("address", "article", "aside", "body", "caption", "center", "dd", "details", "dir", "div")
    + ("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "html", "legend")
    + ("li", "main", "menu", "nav", "ol", "section", "summary", "table", "tbody", "tfoot", "thead")
    + ("tr", "ul", "blockquote", "pre", "p", "h1", "h2", "h3", "h4", "h5", "h6")
)
_SPACED = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "pre")
)
_VOID = frozenset(("br", "hr", "img", "input", "meta", "link", "area", "base", "col", "wbr", "o:p"))
_INLINE_SKIPPED = frozenset(("head", "select", "button", "map", "audio", "video", "canvas", "math"))
_RULE = "_" * 32
_DEEPER = "deeper"
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_NO_MARGIN = re.compile(r"margin(?:-top|-bottom)?\s*:\s*0(?:px|cm|in|pt|\.)?", re.IGNORECASE)
# No-break spaces become blanks; what has no width goes.
_INVISIBLE = {0xA0: " ", 0x200B: None, 0xFEFF: None, 0xAD: None, 0x2060: None}
_EMOJI_ALT_LENGTH = 8
_MAX_QUOTE_DEPTH = 20
_MAX_REGIONS = 200
_MAX_LINES = 50_000


class Line(NamedTuple):
    """One line of text, how deep it is quoted, and what the client's marks say of it.

    ``end`` is where, in the HTML it was made of, what follows the line begins; ``prefix`` what
    stood in front of a quoted line of plain text.
    """

    text: str
    depth: int
    mark: str | None
    end: int = 0
    prefix: str = ""


def html_to_text(html: str) -> str:
    """Plain text of HTML: links spelt out behind their words, quotes with ``> ``."""
    return join_lines(_Renderer(spell_links=True).render(html))


def html_to_lines(html: str) -> list[Line]:
    """Lines of a mail's HTML with the marks of quotes and signatures; link targets left out."""
    return _Renderer(spell_links=False).render(html)


def join_lines(lines: list[Line]) -> str:
    """Lines as one text, quoted ones with what stood in front of them, or ``> `` per level."""
    text = "\n".join(
        ((line.prefix or "> " * line.depth) + line.text).rstrip() if line.depth else line.text
        for line in lines
    )
    return text.strip("\n")


def text_to_html(text: str) -> str:
    """Plain text as HTML that looks the same: escaped, paragraphs and line breaks kept."""
    paragraphs = text.replace("\r\n", "\n").strip("\n").split("\n\n")
    return "".join(
        "<p>" + escape(paragraph, quote=False).strip("\n").replace("\n", "<br>") + "</p>"
        for paragraph in paragraphs
        if paragraph.strip()
    )


class _Region:
    """An open element that changes how the text inside is taken."""

    __slots__ = ("kind", "nesting", "tag")

    def __init__(self, tag: str, kind: str) -> None:
        self.tag = tag
        self.kind = kind
        self.nesting = 1


class _Renderer:
    """Walks the tokens once and writes lines."""

    def __init__(self, *, spell_links: bool) -> None:
        self.spell_links = spell_links
        self.at = 0
        self.lines: list[Line] = []
        self.current: list[str] = []
        self.wants_blank = False
        self.depth = 0
        self.preformatted = 0
        self.indent = ""
        self.lists: list[int | None] = []
        self.link = ("", 0)
        self.regions: list[_Region] = []
        self.region_mark: str | None = None
        self.skipping: _Region | None = None
        self.rest_is_quoted = False

    def render(self, html: str) -> list[Line]:
        for token in tokens(html):
            if len(self.lines) > _MAX_LINES:
                break
            self.at = token.start
            if self.skipping is not None:
                self._skip(token, self.skipping)
            elif token.kind == "text":
                self._text(token.value)
            elif token.kind == "open":
                self._open(token)
            else:
                self._close(token.value)
        self.at = len(html)
        self._end_line()
        return self._trimmed()

    def _trimmed(self) -> list[Line]:
        first, last = 0, len(self.lines)
        while first < last and not self.lines[first].text:
            first += 1
        while last > first and not self.lines[last - 1].text:
            last -= 1
        return self.lines[first:last]

    def _skip(self, token: Token, region: _Region) -> None:
        if token.kind == "text" or token.value != region.tag:
            return
        region.nesting += 1 if token.kind == "open" else -1
        if region.nesting == 0:
            self.skipping = None

    def _text(self, value: str) -> None:
        if self.preformatted:
            first, *others = value.replace("\r\n", "\n").split("\n")
            self.current.append(first)
            for line in others:
                self._end_line(keep_empty=True)
                self.current.append(line)
            return
        text = _BLANKS.sub(" ", value)
        if not self.current or self.current[-1].endswith(" "):
            text = text.lstrip(" ")
        if text:
            self.current.append(text)

    def _open(self, token: Token) -> None:
        tag, attributes = token.value, token.attributes
        style, mark = "", None
        if attributes:
            style = attribute(attributes, "style")
            section = attribute(attributes, "name") if tag == "div" else ""
            classes, identifier = attribute(attributes, "class"), attribute(attributes, "id")
            mark = mark_of(classes, identifier, style, section)
        if tag in _INLINE_SKIPPED or (style and tag not in _VOID and is_hidden(style)):
            self.skipping = _Region(tag, "hidden")
            return
        if tag in _BLOCKS or mark:
            self._end_line()
        self._note_region(tag, attributes, style, mark)
        if tag in _SPACED and not self.lists and not (tag == "p" and _is_tight(attributes, style)):
            self.wants_blank = bool(self.lines)
        opener = _OPENERS.get(tag)
        if opener is not None:
            opener(self, attributes)

    def _note_region(self, tag: str, attributes: str, style: str, mark: str | None) -> None:
        if mark == REST:
            self.rest_is_quoted = True
        kind = mark if mark in (QUOTE, SIGNATURE) else None
        if tag == "blockquote" and not (is_indentation(style) and "cite" not in attributes):
            kind = _DEEPER
        if kind is not None and tag not in _VOID and len(self.regions) < _MAX_REGIONS:
            self.regions.append(_Region(tag, kind))
            self._count_depth()
            return
        for region in reversed(self.regions):
            if region.tag == tag:
                region.nesting += 1
                return

    def _close(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_line()
        closer = _CLOSERS.get(tag)
        if closer is not None:
            closer(self)
        if tag in _SPACED and tag != "p" and not self.lists:
            self.wants_blank = True
        for index in range(len(self.regions) - 1, -1, -1):
            if self.regions[index].tag == tag:
                self._close_region(index)
                return

    def _close_region(self, index: int) -> None:
        self.regions[index].nesting -= 1
        if self.regions[index].nesting == 0:
            self._end_line()
            del self.regions[index:]
            self._count_depth()

    def _count_depth(self) -> None:
        deeper = sum(1 for region in self.regions if region.kind == _DEEPER)
        self.depth = min(deeper, _MAX_QUOTE_DEPTH)
        marks = [region.kind for region in self.regions if region.kind != _DEEPER]
        self.region_mark = marks[-1] if marks else None

    def _mark(self) -> str | None:
        return QUOTE if self.rest_is_quoted else self.region_mark

    def _end_line(self, *, keep_empty: bool = False) -> None:
        text = "".join(self.current).translate(_INVISIBLE)
        text = text.rstrip() if self.preformatted else text.strip()
        if self.indent and text:
            text, self.indent = self.indent + text, ""
        if text or keep_empty or (self.current and "\xa0" in "".join(self.current)):
            mark = self._mark()
            if self.wants_blank and text and self.lines and self.lines[-1].text:
                above = self.lines[-1]
                self.lines.append(Line("", min(self.depth, above.depth), mark, above.end))
            self.wants_blank = False
            self.lines.append(Line(text, self.depth, mark, self.at))
        self.current = []

    def open_br(self, _: str) -> None:
        self._end_line(keep_empty=True)

    def open_hr(self, _: str) -> None:
        self._end_line()
        self.current = [_RULE]
        self._end_line()

    def open_pre(self, _: str) -> None:
        self.preformatted += 1

    def close_pre(self) -> None:
        self.preformatted = max(0, self.preformatted - 1)

    def open_list(self, _: str) -> None:
        self.lists.append(None)

    def open_numbered(self, attributes: str) -> None:
        start = attribute(attributes, "start")
        self.lists.append(
            int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
        )

    def close_list(self) -> None:
        if self.lists:
            self.lists.pop()

    def open_item(self, _: str) -> None:
        number = self.lists[-1] if self.lists else None
        indent = "  " * min(max(len(self.lists) - 1, 0), 10)
        self.indent = indent
        self.current = ["- " if number is None else f"{number}. "]
        if number is not None:
            self.lists[-1] = number + 1

    def open_cell(self, _: str) -> None:
        if self.current and not self.current[-1].endswith(" "):
            self.current.append(" ")

    def open_img(self, attributes: str) -> None:
        alt = attribute(attributes, "alt")
        if 0 < len(alt) <= _EMOJI_ALT_LENGTH and not alt.isascii():
            self.current.append(alt)

    def open_link(self, attributes: str) -> None:
        self.link = (attribute(attributes, "href").strip(), len(self.current))

    def close_link(self) -> None:
        target, since = self.link
        self.link = ("", 0)
        words = "".join(self.current[since:]).strip()
        shown = target.removeprefix("mailto:").removeprefix("https://").removeprefix("http://")
        if (
            self.spell_links
            and words
            and target.lower().startswith(("http://", "https://", "mailto:"))
            and shown.rstrip("/").lower() not in words.lower()
        ):
            self.current.append(f" <{target.removeprefix('mailto:')}>")


_OPENERS = {
    "br": _Renderer.open_br,
    "hr": _Renderer.open_hr,
    "pre": _Renderer.open_pre,
    "ul": _Renderer.open_list,
    "ol": _Renderer.open_numbered,
    "li": _Renderer.open_item,
    "td": _Renderer.open_cell,
    "th": _Renderer.open_cell,
    "img": _Renderer.open_img,
    "a": _Renderer.open_link,
}
_CLOSERS = {
    "pre": _Renderer.close_pre,
    "ul": _Renderer.close_list,
    "ol": _Renderer.close_list,
    "a": _Renderer.close_link,
}


def _is_tight(attributes: str, style: str) -> bool:
    """Whether a paragraph stands without a blank line: Word's, and those with no margin."""
    return "MsoNormal" in attributes or bool(_NO_MARGIN.search(style[:400]))
