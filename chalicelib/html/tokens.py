"""HTML as a flat stream of tokens, for reading only: never use it to decide what is safe.

Forgiving like a browser where mails need it (stray ``<``, unclosed comments, ``>`` in attributes)
and linear in its input, which the standard library's parser is not.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)((?:\"[^\"]*\"|'[^']*'|[^>\"'])*)>")
_ATTRIBUTE = re.compile(
    r"([^\s=>\"'/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?", re.DOTALL
)
# Elements whose content is no text.
_OPAQUE = frozenset(("script", "style", "title", "template", "noscript", "iframe", "object", "svg"))


class Token(NamedTuple):
    """``kind`` is ``text``, ``open`` or ``close``; ``value`` is text or the lower-case tag name.

    ``start`` is where the token begins in the HTML.
    """

    kind: str
    value: str
    attributes: str = ""
    start: int = 0


def tokens(html: str) -> Iterator[Token]:
    """Texts (entities resolved) and tags in order; comments and opaque elements left out."""
    position = 0
    never_closed: set[str] = set()
    # Behind the last ">" there is no tag; without this a mail full of "<a" costs square time.
    last_tag_end = html.rfind(">")
    while position < len(html):
        start = html.find("<", position)
        if start < 0 or start > last_tag_end:
            yield Token("text", unescape(html[position:].partition("<!--")[0]), "", position)
            return
        if start > position:
            yield Token("text", unescape(html[position:start]), "", position)
        following = html[start + 1 : start + 2]
        if following and following in "!?":
            position = _after_declaration(html, start)
            continue
        match = _TAG.match(html, start) if following == "/" or following.isalpha() else None
        if match is None:
            position = _after_broken_tag(html, start, following)
            if position == start + 1:
                yield Token("text", "<", "", start)
            continue
        yield _token(match)
        position = match.end()
        if not match.group(1) and match.group(2).lower() in _OPAQUE:
            position = _after_opaque(html, match, never_closed)


def _token(match: re.Match[str]) -> Token:
    name = match.group(2).lower()
    if match.group(1):
        return Token("close", name, "", match.start())
    return Token("open", name, match.group(3), match.start())


def attribute(attributes: str, name: str) -> str:
    """One attribute of a start tag, entities resolved; empty when absent."""
    if name not in attributes.lower():
        return ""
    for match in _ATTRIBUTE.finditer(attributes):
        if match.group(1).lower() == name:
            return unescape(match.group(2) or match.group(3) or match.group(4) or "")
    return ""


def _after_declaration(html: str, start: int) -> int:
    """Behind a comment, doctype or conditional comment."""
    if html.startswith("<!--", start):
        end = html.find("-->", start + 2)
        return len(html) if end < 0 else end + 3
    end = html.find(">", start)
    return len(html) if end < 0 else end + 1


def _after_broken_tag(html: str, start: int, following: str) -> int:
    """Behind a tag that the pattern cannot read, or just behind a ``<`` that opens none."""
    if following == "/" or following.isalpha():
        end = html.find(">", start)
        if end >= 0:
            return end + 1
    return start + 1


def _after_opaque(html: str, match: re.Match[str], never_closed: set[str]) -> int:
    """Behind an element whose content is no text; behind its start tag when it never ends."""
    name = match.group(2).lower()
    if name in never_closed or match.group(3).endswith("/"):
        return match.end()
    end = re.compile(f"</{name}", re.IGNORECASE).search(html, match.end())
    if end is not None:
        close = html.find(">", end.start())
        return len(html) if close < 0 else close + 1
    # Looked for once only, or a mail full of "<title>" would cost square time.
    never_closed.add(name)
    return len(html) if name in ("script", "style") else match.end()
