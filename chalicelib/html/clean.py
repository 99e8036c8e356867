"""The one place where foreign HTML becomes safe to show: mails, API replies, notes, signatures.

An allow-list of elements, attributes, URL schemes and CSS properties. What is not named here goes.
``clean_html`` is idempotent, and nothing may change its result afterwards.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from chalicelib.html.text import html_to_text, text_to_html

if TYPE_CHECKING:
    from nh3 import Cleaner

MAX_CHARACTERS = 2_000_000
# nh3 takes square time in the nesting depth (100,000 open elements: half a minute).
MAX_NESTING = 400
_MAX_PASSES = 4
# nh3 also takes square time in the number of entities in one text.
_MAX_ENTITIES = 100_000
LINK_SCHEMES = ("http://", "https://", "mailto:")

_TAGS = frozenset(
    ("a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br")
    + ("caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div")
    + ("dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5")
    + ("h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "ol", "p", "pre", "q")
    + ("rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike", "strong", "sub")
    + ("summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u")
    + ("ul", "var", "wbr")
)
# Elements that go together with what is inside them.
_TAGS_WITH_CONTENT = frozenset(
    ("script", "style", "title", "template", "noscript", "noembed", "noframes", "iframe", "object")
    + ("embed", "applet", "svg", "math", "textarea", "select", "option", "button", "audio", "video")
    + ("canvas", "frame", "frameset", "xmp", "plaintext")
)
_ATTRIBUTES = {
    "*": {"dir", "lang", "title", "style", "align", "valign"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "data-remote-src"},
    "font": {"color", "face", "size"},
    "table": {"width", "height", "border", "cellpadding", "cellspacing", "bgcolor", "summary"},
    "tr": {"height", "bgcolor"},
    "td": {"width", "height", "bgcolor", "colspan", "rowspan", "nowrap"},
    "th": {"width", "height", "bgcolor", "colspan", "rowspan", "nowrap", "scope"},
    "col": {"width", "span"},
    "colgroup": {"width", "span"},
    "ol": {"start", "type", "reversed"},
    "ul": {"type"},
    "li": {"value"},
    "blockquote": {"type"},
    "bdo": {"dir"},
    "time": {"datetime"},
    "details": {"open"},
    "hr": {"width", "size", "color", "noshade"},
}
# No position, nothing that takes a URL, nothing that lays one thing over another.
_STYLES = frozenset(
    ("background-color", "border", "border-bottom", "border-bottom-color", "border-bottom-style")
    + ("border-bottom-width", "border-collapse", "border-color", "border-left")
    + ("border-left-color", "border-left-style", "border-left-width", "border-radius")
    + ("border-right", "border-right-color", "border-right-style", "border-right-width")
    + ("border-spacing", "border-style", "border-top", "border-top-color", "border-top-style")
    + ("border-top-width", "border-width", "color", "direction", "display", "font", "font-family")
    + ("font-size", "font-style", "font-variant", "font-weight", "height", "letter-spacing")
    + ("line-height", "list-style-type", "margin", "margin-bottom", "margin-left")
    + ("margin-right", "margin-top", "max-width", "min-width", "padding", "padding-bottom")
    + ("padding-left", "padding-right", "padding-top", "table-layout", "text-align")
    + ("text-decoration", "text-indent", "text-transform", "vertical-align", "white-space")
    + ("width", "word-break", "word-spacing", "overflow-wrap")
)
# What fetches or computes, and the comments and escapes that hide it. All of it needs one of the
# characters below, which most styles do not have.
_UNSAFE_STYLE = re.compile(
    r"url|expression|image-set|image\(|cross-fade|attr\(|var\(|env\(|element\(|@|\\|/\*|<|script",
    re.IGNORECASE,
)
_SUSPICIOUS = re.compile(r"[(@\\</]")
_NEGATIVE = re.compile(r"\s*(?:margin|text-indent)[a-z-]*\s*:[^;]*-\s*[\d.]", re.IGNORECASE)
_DISPLAY = re.compile(r"\s*display\s*:", re.IGNORECASE)
_DISPLAY_VALUES = re.compile(
    r"\s*display\s*:\s*(?:none|block|inline|inline-block|table|table-row|table-cell|list-item)"
    r"\s*(?:!\s*important)?\s*\Z",
    re.IGNORECASE,
)
_TAG_EDGE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)")
# Void elements, and those that close themselves when the next one opens.
_NEVER_DEEP = frozenset(
    ("br", "hr", "img", "input", "meta", "link", "area", "base", "col", "wbr", "p", "li", "td")
    + ("tr", "th", "dd", "dt", "option", "tbody", "thead", "tfoot", "colgroup", "html", "body")
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# Exactly what nh3 writes, so that a picture's address can be moved between the two passes.
_REMOTE_PICTURE = re.compile(r'(<img(?: [a-z-]+="[^"]*")*?) src="(?=https?:)')


def clean_html(html: str) -> str:
    """HTML that is safe to show inside the console and to send in a mail.

    Pictures by ``cid:`` stay; remote ones keep their address in ``data-remote-src`` and load only
    when the reader asks for it. Idempotent. Markup nested deeper than any honest mail comes back
    as plain paragraphs.
    """
    html = _CONTROLS.sub("", html[:MAX_CHARACTERS])
    if _is_too_deep(html):
        html = text_to_html(html_to_text(html))
    if html.count("&") > _MAX_ENTITIES:
        html = html[:_MAX_ENTITIES]
    cleaner = _cleaner()
    cleaned = cleaner.clean(html)
    for _ in range(_MAX_PASSES):
        # The last thing that touches the result is always the check; it is looked at again until
        # nothing changes, because misnested markup can come out in another order.
        moved = _REMOTE_PICTURE.sub(r'\1 data-remote-src="', _CONTROLS.sub("", cleaned))
        again = cleaner.clean(moved)
        if again == cleaned:
            return cleaned
        cleaned = again
    # Nothing is known that gets here; text is safe whatever it is.
    return cleaner.clean(text_to_html(html_to_text(cleaned)))


@cache
def _cleaner() -> "Cleaner":
    # Imported on first use: the functions that never show HTML do not pay for it.
    from nh3 import Cleaner

    return Cleaner(
        tags=set(_TAGS),
        clean_content_tags=set(_TAGS_WITH_CONTENT),
        attributes=_ATTRIBUTES,
        attribute_filter=_filter_attribute,
        link_rel="noopener noreferrer nofollow",
        url_schemes={"http", "https", "mailto", "cid"},
        url_relative="deny",
        filter_style_properties=set(_STYLES),
    )


def _filter_attribute(_tag: str, name: str, value: str) -> str | None:
    """The attribute's safe value, or None to drop it."""
    if name == "style":
        return _safe_style(value)
    if name == "href":
        return value if value.strip().lower().startswith(LINK_SCHEMES) else None
    if name in ("src", "data-remote-src"):
        # In one spelling, so that no "HTTPS:" escapes from being moved.
        scheme, colon, rest = value.strip().partition(":")
        scheme = scheme.lower()
        allowed = ("http", "https", "cid") if name == "src" else ("http", "https")
        return scheme + colon + rest if colon and scheme in allowed else None
    return value


def _safe_style(style: str) -> str | None:
    """The declarations that nothing speaks against; which properties may stand is nh3's check."""
    suspicious = _SUSPICIOUS.search(style) is not None
    kept = [
        declaration
        for declaration in style[:4_000].split(";")
        if not (suspicious and _UNSAFE_STYLE.search(declaration))
        and not _NEGATIVE.match(declaration)
        and (not _DISPLAY.match(declaration) or _DISPLAY_VALUES.match(declaration))
    ]
    return ";".join(kept).strip() or None


def _is_too_deep(html: str) -> bool:
    """Whether more elements are open at once than honest mails have.

    Counts on the safe side: an element counts as open until its own end tag comes.
    """
    if html.count("<") <= MAX_NESTING:
        return False
    open_tags: list[str] = []
    for slash, tag in _TAG_EDGE.findall(html):
        name = tag.lower()
        if name in _NEVER_DEEP:
            continue
        if not slash:
            open_tags.append(name)
            if len(open_tags) > MAX_NESTING:
                return True
        elif open_tags and open_tags[-1] == name:
            open_tags.pop()
        elif name in open_tags:
            open_tags.reverse()
            open_tags.remove(name)
            open_tags.reverse()
    return False
