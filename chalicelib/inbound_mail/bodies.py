"""Which parts of a mail are its text, which its HTML, and which are files."""

import re
from dataclasses import dataclass, field

from chalicelib.html.text import text_to_html
from chalicelib.inbound_mail.charsets import decode_text
from chalicelib.inbound_mail.flowed import unflow
from chalicelib.inbound_mail.parts import Part

MAX_TEXT_CHARACTERS = 1_000_000

_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_LOOKS_LIKE_HTML = re.compile(r"\s{0,200}(?:<!doctype html|<html[\s>])", re.IGNORECASE)
# Other ways to say the same, of no use to anybody here.
_NOBODY_NEEDS = frozenset(
    ("text/x-amp-html", "text/watch-html", "text/enriched", "text/richtext", "text/markdown")
)
# Text by another name; shown as it is when there is nothing better.
_AS_PLAIN = frozenset(
    (
        "text/enriched",
        "text/richtext",
        "text/markdown",
        "text/x-markdown",
        "text/text",
        "text/ascii",
    )
    + ("text/utf-8", "text/x-plain", "plain/text", "text/us-ascii", "text/unknown")
)
_BODY_TYPES = _AS_PLAIN | {"text/plain", "text/html"}
_ENRICHED_TAG = re.compile(r"</?[a-zA-Z-]{1,40}>")
_UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


@dataclass(slots=True)
class Bodies:
    """Parts by use, in the order of the mail."""

    text: list[Part] = field(default_factory=list)
    html: list[Part] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)


def sort_parts(root: Part) -> Bodies:
    """Sort the leaves of a mail into text, HTML and files, by the rules of JMAP (RFC 8621, 4.1.4)."""
    bodies = Bodies()
    if root.is_multipart:
        _sort_children(root, bodies, in_alternative=root.content_type == "multipart/alternative")
    elif _may_be_body(root, 0, ""):
        _take(root, bodies)
    else:
        bodies.files.append(root)
    if not bodies.text and not bodies.html:
        _rescue_body(bodies)
    return bodies


def _rescue_body(bodies: Bodies) -> None:
    """Some mailers mark the letter itself as an attachment; it is the text without a name."""
    for part in bodies.files[:3]:
        if part.content_type in ("text/plain", "text/html") and not _is_named(part):
            bodies.files.remove(part)
            _take(part, bodies)
            return


def _sort_children(parent: Part, bodies: Bodies, *, in_alternative: bool) -> None:
    """The depth of parts is limited to 20, so this recursion is too."""
    kind = parent.content_type.partition("/")[2]
    texts, htmls = len(bodies.text), len(bodies.html)
    for index, part in enumerate(parent.children):
        if part.is_multipart:
            deeper = part.content_type == "multipart/alternative"
            _sort_children(part, bodies, in_alternative=in_alternative or deeper)
        elif _is_left_out(part, in_alternative=in_alternative):
            continue
        elif not _may_be_body(part, index, kind):
            bodies.files.append(part)
        elif in_alternative:
            (bodies.html if part.content_type == "text/html" else bodies.text).append(part)
        else:
            _take(part, bodies)
    if kind == "alternative":
        _complete_alternative(bodies, texts, htmls)


def _complete_alternative(bodies: Bodies, texts: int, htmls: int) -> None:
    """An alternative that offered only one form serves for both, where others come before it."""
    if len(bodies.text) == texts and len(bodies.html) > htmls:
        bodies.text.extend(bodies.html[htmls:])
    elif len(bodies.html) == htmls and len(bodies.text) > texts:
        bodies.html.extend(bodies.text[texts:])


def _take(part: Part, bodies: Bodies) -> None:
    bodies.text.append(part)
    bodies.html.append(part)


def _is_left_out(part: Part, *, in_alternative: bool) -> bool:
    """Other forms of the same text, and the half of a Macintosh file that only a Mac needs."""
    if part.content_type == "application/applefile":
        return True
    return in_alternative and part.content_type in _NOBODY_NEEDS


def _may_be_body(part: Part, index: int, parent_kind: str) -> bool:
    if part.content_type not in _BODY_TYPES:
        return False
    word, _ = part.disposition()
    if word == "attachment":
        return False
    if index == 0 or parent_kind == "alternative":
        return part.content_type not in _AS_PLAIN or not _is_named(part)
    return parent_kind != "related" and not _is_named(part)


def _is_named(part: Part) -> bool:
    _, disposition = part.disposition()
    named = ((disposition, "filename"), (part.parameters, "name"))
    return any(
        name.startswith(wanted) and value.strip(' "')
        for parameters, wanted in named
        for name, value in parameters
    )


def charset_hints(parts: list[Part]) -> tuple[str, ...]:
    """Charsets that the text parts declare; raw 8-bit headers are most likely in one of them."""
    declared = [
        part.parameter("charset") for part in parts if part.content_type.startswith("text/")
    ]
    return tuple(dict.fromkeys(name for name in declared if name))[:5]


def part_text(part: Part, hints: tuple[str, ...], defects: list[str]) -> str:
    """A text part decoded: charset, line ends, format=flowed; at most a million characters."""
    data, defect = part.content()
    if defect:
        defects.append(defect)
    charset = part.parameter("charset")
    if part.content_type == "text/html" and not charset:
        meta = _META_CHARSET.search(data[:4_096])
        charset = meta.group(1).decode("ascii", "replace") if meta else ""
    # Four bytes a character at most: no need to decode more than can be kept.
    text, defect = decode_text(data[: MAX_TEXT_CHARACTERS * 4], charset, hints)
    if defect:
        defects.append(defect)
    text = clean_text(text)
    if len(text) > MAX_TEXT_CHARACTERS:
        defects.append("text-truncated")
        text = text[:MAX_TEXT_CHARACTERS]
    if part.content_type in ("text/enriched", "text/richtext"):
        text = _ENRICHED_TAG.sub("", text).replace("<<", "<")
    if part.content_type == "text/plain" and part.parameter("format").lower() == "flowed":
        text = unflow(text, delete_space=part.parameter("delsp").lower() == "yes")
    return text


def clean_text(text: str) -> str:
    """Line ends as LF; NUL bytes, other controls and lone surrogates out; form feeds as breaks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    return _UNUSABLE.sub("", text)


def is_html(part: Part, text: str) -> bool:
    """Whether the text is HTML, declared or not."""
    return part.content_type == "text/html" or _LOOKS_LIKE_HTML.match(text) is not None


def as_html(part: Part, text: str) -> str:
    """A text part for the HTML form of the mail."""
    return text if is_html(part, text) else text_to_html(text)
